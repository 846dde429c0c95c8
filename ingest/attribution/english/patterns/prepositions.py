"""The patterns of phrases: "According to Orlen, ...", "..., in the words of Orlen"."""

from __future__ import annotations

from collections.abc import Iterator

from ingest.attribution.english.contents import Content
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.patterns.nouns import owner_of
from ingest.attribution.english.phrases import Phrase, phrase_after
from ingest.attribution.english.sayings import Found, Lead, span_of
from ingest.attribution.english.sources.mentions import pronoun, read_mention
from ingest.attribution.english.tokens import TaggedSentence
from ingest.attribution.spans import Attribution, Mention

_OPINIONS = frozenset("view opinion words estimation assessment account telling eyes".split())
_WIDEST_REST = 12  # tokens that hang on a source before the next comma
_OPENING = 3  # tokens into a clause within which a source still opens it
_FEWEST_BEFORE = 4  # tokens before a source in the middle of its content


def read_sources(s: TaggedSentence, grammar: Grammar) -> Found:
    """What phrases like "according to" and "in his view" attribute."""
    yield from _views(s, grammar)
    for at, phrase in _phrases(s, grammar):
        source = phrase_after(s, at + len(phrase), grammar)
        mention = _mention(s, source, grammar) if source else None
        content = _around(s, at, _source_end(s, source)) if source else None
        if mention is None or content is None:
            continue
        words = " ".join(phrase)
        if s.kinds[-1] == ":":
            yield Lead("below", mention, words, "words-below")
        yield Attribution(
            *span_of(s, content), mention, words, f"according-{content.frame}", confidence=0.9
        )


def _views(s: TaggedSentence, grammar: Grammar) -> Found:
    """ "In his opinion, ...", "In Orlen's view, ..."."""
    for at in range(len(s) - 2):
        source = phrase_after(s, at + 1, grammar) if s.lower(at) == "in" else None
        if source is None or s.lower(source.end - 1) not in _OPINIONS:
            continue
        mention = owner_of(s, source.end - 1, grammar)
        content = _around(s, at, source.end)
        if mention is not None and content is not None:
            words = f"in {s.tokens[source.end - 1].text}"
            yield Attribution(
                *span_of(s, content), mention, words, f"according-{content.frame}", confidence=0.85
            )


def _phrases(s: TaggedSentence, grammar: Grammar) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Where a sentence has one of the grammar's phrases."""
    known = [phrase for phrase in grammar.phrases if s.lowers.issuperset(phrase)]
    for at in range(len(s) if known else 0):
        for phrase in known:
            if all(s.lower(at + n) == word for n, word in enumerate(phrase)):
                yield at, phrase
                break


def _source_end(s: TaggedSentence, source: Phrase) -> int:
    """The end of a source with what hangs on it; the clause goes on behind the next comma."""
    end = source.aside[1] if source.aside and s.kind(source.aside[1]) == "," else source.end
    comma = next(
        (n for n in range(end, min(len(s), end + _WIDEST_REST)) if s.kinds[n] in ",.:;"), end
    )
    return comma if not any(kind in "vbm" for kind in s.kinds[end:comma]) else end


def _around(s: TaggedSentence, start: int, end: int) -> Content | None:
    """The content around a source `start:end`: what follows at the start of a clause, else what
    goes before.
    """
    # "The dyke, according to Orlen, will hold"
    goes_on = s.kind(end) == "," and s.kind(end + 1) in "vbm"
    if start == 0 or (start <= _OPENING and s.kind(start - 1) in ",cs" and not goes_on):
        opened = end + (s.kind(end) == ",")
        return Content(opened, s.last, "fronted") if opened < s.last else None
    before = start - 1 if s.kind(start - 1) in ",-" else start
    left = _clause_after_conjunction(s, before)
    if s.kind(end) == "," and s.last - end > 2:
        if s.kind(start - 1) == "," and (before - left >= _FEWEST_BEFORE or goes_on):
            return Content(left, s.last, "inserted")
        return Content(end + 1, s.last, "fronted")
    return Content(left, before, "trailing") if left < before else None


def _clause_after_conjunction(s: TaggedSentence, end: int) -> int:
    """Where the clause that ends at `end` opens, when "and" or "but" behind a comma opened it with
    a subject.
    """
    for n in range(end - 1, 0, -1):
        if s.kinds[n] == ";" or (
            s.kinds[n] == "c" and s.kinds[n - 1] == "," and "b" in s.kinds[n:end]
        ):
            return n + 1
    return 0


def _mention(s: TaggedSentence, source: Phrase, grammar: Grammar) -> Mention | None:
    """Whom a source stands for: "according to his words" is him, "according to her" is her."""
    single = source.end - source.start == 1
    if not single and s.lower(source.end - 1) in grammar.words["views"]:
        owner = owner_of(s, source.end - 1, grammar)
        if owner is not None:
            return owner
    token = s.tokens[source.start]
    if single and token.lower == "them":
        return pronoun(token, "many")
    if single and token.lower in ("him", "her"):
        return pronoun(token, "one", "she" if token.lower == "her" else "he")
    return read_mention(s, source, grammar)
