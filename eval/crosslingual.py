"""Measures how well questions find passages within English and Arabic and across the two:

python -m eval.crosslingual ../shared/data/xquad

Reads `xquad.en.dev.json` and `xquad.ar.dev.json` of XQuAD (Artetxe, Ruder and Yogatama, ACL 2020):
the same questions and paragraphs in both languages. A question's right passage is its own
paragraph.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorstore.bilingual.lexicon import open_lexicon
from vectorstore.bilingual.translate_terms import crossed
from vectorstore.embedders.base import Embedder
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.errors import RashomonError
from vectorstore.language.sentences import sentences
from vectorstore.names.skeletons import is_arabic
from vectorstore.search.bm25 import BM25Index
from vectorstore.search.term_counts import TermCounts

Way = tuple[str, str]  # the language of the question, and of the passages
Scores = NDArray[np.floating]  # questions x passages
Search = Callable[[Sequence[str], Sequence[str]], Scores]  # of questions and passages
Found = Mapping[Way, Scores]

_WITHIN: tuple[Way, ...] = (("en", "en"), ("ar", "ar"))
_ACROSS: tuple[Way, ...] = (("en", "ar"), ("ar", "en"))
_READ: tuple[Way, ...] = (("en", "en"), *_ACROSS)  # ways in which vectors say enough


@dataclass(frozen=True)
class XquadReading:
    """The paragraphs of one language, its questions, and the place of each question's paragraph."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    right: tuple[int, ...]


@dataclass(frozen=True)
class HitRates:
    """How one way of searching did: Hits@1 and Hits@10, each 0 to 1, from language to language."""

    name: str
    hits: Mapping[Way, tuple[float, float]]

    def __str__(self) -> str:
        cells = (
            "{:.3f}/{:.3f}".format(*self.hits[way]) if way in self.hits else ""
            for way in (*_WITHIN, *_ACROSS)
        )
        return f"{self.name:<28}" + "".join(f"{cell:>13}" for cell in cells)


def read_xquad(path: Path) -> XquadReading:
    """The questions and paragraphs of a file in SQuAD's format."""
    articles = json.loads(path.read_text(encoding="utf-8"))["data"]
    paragraphs = [paragraph for article in articles for paragraph in article["paragraphs"]]
    asked = [
        (row["question"], place)
        for place, paragraph in enumerate(paragraphs)
        for row in paragraph["qas"]
    ]
    passages = tuple(paragraph["context"] for paragraph in paragraphs)
    return XquadReading(
        passages, tuple(question for question, _ in asked), tuple(place for _, place in asked)
    )


def measure(texts: Mapping[str, XquadReading], embedder: Embedder) -> list[HitRates]:
    """What each way of searching finds; `texts` holds the same questions and paragraphs in "en" and
    "ar".
    """

    def tried(search: Search, ways: Iterable[Way]) -> Found:
        return {
            way: scaled(search(texts[way[0]].questions, texts[way[1]].passages)) for way in ways
        }

    plain, common = (tried(lexical(form), (*_WITHIN, *_ACROSS)) for form in (str, crossed))
    near = tried(dense(embedder), _READ)
    nearest = {
        way: near[way] / 2 + best / 2 for way, best in tried(best_sentence(embedder), _READ).items()
    }
    legs = {
        **common,
        ("en", "en"): plain["en", "en"],
        ("ar", "ar"): plain["ar", "ar"] + common["ar", "ar"] / 2,
    }
    searches: dict[str, Found] = {
        "BM25": plain,
        "BM25, glossed into Arabic": tried(lexical(into_arabic), _ACROSS),
        "BM25, glossed into English": tried(lexical(into_english), _ACROSS),
        "BM25, crossed": common,
        "vectors, Arabic glossed": near,
        "vectors with best sentence": nearest,
        "BM25 + vectors": fused(legs, near),
        "BM25 + both vectors": fused(legs, nearest),
    }
    right = texts["en"].right
    return [
        HitRates(name, {way: hits(scores, right) for way, scores in scores_of.items()})
        for name, scores_of in searches.items()
    ]


def lexical(form: Callable[[str], str]) -> Search:
    """BM25 of passages and questions in some form."""

    def search(questions: Sequence[str], passages: Sequence[str]) -> Scores:
        index = BM25Index(TermCounts.of_texts([form(passage) for passage in passages]))
        return np.stack([index.scores(form(question)) for question in questions])

    return search


def dense(embedder: Embedder) -> Search:
    """Cosines, of Arabic text by its gloss."""

    def search(questions: Sequence[str], passages: Sequence[str]) -> Scores:
        ours, theirs = (
            embedder.encode([into_english(text) for text in side]) for side in (questions, passages)
        )
        cosines: Scores = np.maximum(ours @ theirs.T, 0)
        return cosines

    return search


def best_sentence(embedder: Embedder) -> Search:
    """The cosine of each passage's nearest sentence."""

    def search(questions: Sequence[str], passages: Sequence[str]) -> Scores:
        sentence_lists = [
            [passage[start:end] for start, end in sentences(passage)] for passage in passages
        ]
        starts = np.cumsum([0, *(len(parts) for parts in sentence_lists[:-1])])
        cosines = dense(embedder)(
            questions, [sentence for parts in sentence_lists for sentence in parts]
        )
        nearest: Scores = np.maximum.reduceat(cosines, starts, axis=1)
        return nearest

    return search


def fused(legs: Found, vectors: Found) -> Found:
    """The sums where there are vectors, as the retriever adds its scaled legs."""
    return {
        way: scores + vectors[way] if way in vectors else scores for way, scores in legs.items()
    }


def into_english(text: str) -> str:
    return open_lexicon().gloss(text, "en") if is_arabic(text) else text


def into_arabic(text: str) -> str:
    return text if is_arabic(text) else open_lexicon().gloss(text, "ar")


def scaled(scores: Scores) -> Scores:
    """Each question's scores with the best as 1, as the retriever scales them."""
    shares: Scores = scores / np.maximum(scores.max(axis=1, keepdims=True), 1e-9)
    return shares


def hits(scores: Scores, right: Sequence[int]) -> tuple[float, float]:
    """The share of questions whose passage comes first, and among the first ten; of equals the
    earlier is first.
    """
    order = np.argsort(-np.round(scores, 6), axis=1, kind="stable")
    is_right = order == np.array(right)[:, None]
    return float(is_right[:, :1].any(axis=1).mean()), float(is_right[:, :10].any(axis=1).mean())


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table. The exit code: 0, or 1 when the questions cannot be read."""
    parser = argparse.ArgumentParser(
        prog="python -m eval.crosslingual", description="Hits@1/@10 on XQuAD."
    )
    parser.add_argument(
        "folder", type=Path, help="the folder with xquad.en.dev.json and xquad.ar.dev.json"
    )
    folder = parser.parse_args(arguments).folder
    try:
        texts = {
            language: read_xquad(folder / f"xquad.{language}.dev.json") for language in ("en", "ar")
        }
        rows = measure(texts, BundledEmbedder())
    except (OSError, ValueError, KeyError, RashomonError) as error:
        print(f"XQuAD in {folder} cannot be measured: {error}", file=sys.stderr)
        return 1
    print(
        f"{len(texts['en'].questions)} questions, {len(texts['en'].passages)} passages;"
        " Hits@1/Hits@10"
    )
    print(
        f"{'':<28}" + "".join(f"{f'{ours}->{theirs}':>13}" for ours, theirs in (*_WITHIN, *_ACROSS))
    )
    print("\n".join(str(row) for row in rows))
    return 0


if __name__ == "__main__":
    sys.exit(main())
