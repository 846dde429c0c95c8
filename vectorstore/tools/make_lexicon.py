"""Computes the lexicon from parallel texts.

    python -m vectorstore.tools.make_lexicon ../shared/data/parallel

Only the table of words goes into the package, no sentence of the texts; NOTICE names where they
come from.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from math import sqrt
from pathlib import Path

import numpy as np

from vectorstore.bilingual.stems import Stems, indefinite
from vectorstore.bilingual.table import SHIPPED, Senses, Table, write_table
from vectorstore.language.tokenise import words
from vectorstore.names.skeletons import is_arabic
from vectorstore.tools.alignment import Ids, probabilities
from vectorstore.tools.parallel import Pair, read_parallel

_LEAST = 0.05  # of the geometric mean of both probabilities
_MOST = 5  # translations of a word that are kept

Scores = Mapping[tuple[str, str], float]
Form = Callable[[str], str]


def make_table(pairs: Sequence[Pair]) -> Table:
    """The lexicon of pairs of texts, learned twice: over Arabic words without clitics, which tells
    peace from safety, and over Arabic stems, which knows more forms.
    """
    stems = Stems(
        Counter(indefinite(word) for pair in pairs for word in _words(pair.arabic, arabic=True))
    )
    texts = _told(pairs, stems)
    arabic, english = ([word for text in texts for word in text[side]] for side in (0, 1))
    by_word, by_stem = (_senses(texts, form, stems.stem) for form in (stems.bare, stems.stem))
    return Table(
        by_word,
        by_stem,
        _commonest(arabic, stems.stem, stems.bare, set(by_stem)),
        _commonest(
            english,
            stems.stem,
            str,
            {root for senses in (by_word, by_stem) for texts in senses.values() for root in texts},
        ),
        dict(sorted(stems.counts.items())),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the shipped table and says what it holds. The exit code: 0, or 1 when the texts cannot
    be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m vectorstore.tools.make_lexicon", description="Computes the lexicon."
    )
    parser.add_argument("folder", type=Path, help="the folder of the parallel texts")
    parser.add_argument("--to", type=Path, default=SHIPPED, help="the file to write")
    asked = parser.parse_args(arguments)
    try:
        pairs = read_parallel(asked.folder)
    except (OSError, SyntaxError) as error:  # a malformed TMX is a SyntaxError
        print(f"The parallel texts in {asked.folder} cannot be read: {error}.", file=sys.stderr)
        return 1
    table = make_table(pairs)
    write_table(table, asked.to)
    print(
        f"{asked.to}: {len(table.words)} Arabic words, {len(table.english)} English stems, from"
        f" {len(pairs)} texts"
    )
    return 0


def _told(pairs: Sequence[Pair], stems: Stems) -> list[tuple[list[str], list[str]]]:
    """The words of each pair, Arabic and English; without names that would be read as a clitic and
    a word, and that word then as the name: "لوان" (Luan) as "ل ان".
    """
    pairs_of_words = []
    for pair in pairs:
        arabic, english = _words(pair.arabic, arabic=True), _words(pair.english, arabic=False)
        misread = pair.name and any(stems.bare(word) != indefinite(word) for word in arabic)
        if arabic and english and not misread:
            pairs_of_words.append((arabic, english))
    return pairs_of_words


def _words(text: str, arabic: bool) -> list[str]:
    return [word for word in words(text) if is_arabic(word) == arabic]


def _commonest(words: Sequence[str], stem: Form, form: Form, wanted: Set[str]) -> dict[str, str]:
    """For each stem the form in which most words of it stand; of equals the first in the
    alphabet.
    """
    commonest: dict[str, str] = {}
    counts = Counter((stem(word), form(word)) for word in words)
    for (root, written), _ in sorted(counts.items(), key=lambda row: (-row[1], row[0])):
        commonest.setdefault(root, written)
    return {root: written for root, written in sorted(commonest.items()) if root in wanted}


def _senses(
    texts: Sequence[tuple[list[str], list[str]]], arabic_form: Form, english_form: Form
) -> Senses:
    """The pairs that are likely enough, each Arabic form's best first."""
    ours = [[arabic_form(word) for word in text] for text, _ in texts]
    theirs = [[english_form(word) for word in text] for _, text in texts]
    pruned = _pruned(_scores(ours, theirs)).items()
    senses: dict[str, dict[str, float]] = {}
    for (arabic, english), score in sorted(pruned, key=lambda row: (row[0][0], -row[1], row[0][1])):
        senses.setdefault(arabic, {})[english] = score
    return senses


def _scores(ours: Sequence[list[str]], theirs: Sequence[list[str]]) -> Scores:
    """The geometric mean of both directions' probabilities: what is likely only one way (a rare
    word for a stop word) falls out.
    """
    arabic, arabic_ids = _numbered(ours)
    english, english_ids = _numbered(theirs)
    there, back = probabilities(arabic_ids, english_ids), probabilities(english_ids, arabic_ids)
    return {(arabic[a], english[e]): sqrt(p * back[e, a]) for (a, e), p in there.items()}


def _numbered(texts: Sequence[Sequence[str]]) -> tuple[list[str], list[Ids]]:
    """The different words in order, from place 1 on, and each text as the numbers of its words."""
    known = sorted({word for text in texts for word in text})
    number = {word: n for n, word in enumerate(known, 1)}
    return ["", *known], [
        np.array([number[word] for word in text], dtype=np.int64) for text in texts
    ]


def _pruned(scores: Scores) -> Scores:
    """What is likely enough and among the best translations of either word."""
    likely = {pair: round(score, 3) for pair, score in scores.items() if score >= _LEAST}
    return {pair: likely[pair] for side in (0, 1) for pair in _best(likely, side)}


def _best(scores: Scores, side: int) -> list[tuple[str, str]]:
    taken: Counter[str] = Counter()
    best = []
    for pair in sorted(scores, key=lambda pair: (-scores[pair], pair)):
        taken[pair[side]] += 1
        if taken[pair[side]] <= _MOST:
            best.append(pair)
    return best


if __name__ == "__main__":
    sys.exit(main())
