"""What search derives from one snapshot of the corpus: its passages as words, in their own language
and across.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from rag.retrieval.coverage import Idf, QuestionTerms, crosses
from vectorstore.bilingual.translate_terms import crossed
from vectorstore.language.time.periods import Period, periods, written_dates
from vectorstore.language.tokenise import terms
from vectorstore.records import Article, Passage
from vectorstore.search.arrays import Array, Arrays, RaggedArray, row_key
from vectorstore.search.bm25 import BM25Index
from vectorstore.search.term_counts import TermCounts
from vectorstore.storage.array_cache import ArrayCache, code_of
from vectorstore.storage.snapshot import Snapshot

Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]

Places = Mapping[str, Array]  # of passages in the snapshot, by a name
Fields = Mapping[str, str]  # what is searched of a passage: its text, its title, whom it comes from

# share of the passages that may be read anew at the next start rather than kept on the disk now
_FEW = 0.01


@dataclass(frozen=True)
class Words:
    """Passages as BM25 sees them: their terms, and the index of these."""

    table: TermCounts
    lexical: BM25Index

    @cached_property
    def rarity(self) -> Idf:
        return Idf(self.table)


class Index:
    """A snapshot with what is derived from it, good as long as the snapshot is.

    What was read of a passage before is taken from what is `kept`, so that an upload costs the
    reading of what it brings.
    """

    def __init__(
        self, snapshot: Snapshot, weights: Mapping[str, int], cache: ArrayCache | None = None
    ) -> None:
        """`weights` are those of the fields of a passage."""
        self.snapshot = snapshot
        self._weights = weights
        self._kept = cache or ArrayCache()
        self._by_fact: dict[str, Places] = {}

    @cached_property
    def native(self) -> Words:
        """The passages in the words of their own languages."""
        return self._words("native", lambda text: text)

    @cached_property
    def common(self) -> Words:
        """The passages of both languages in one form of words
        (`vectorstore.bilingual.translate_terms`).
        """
        return self._words("common", crossed)

    def _words(self, name: Literal["native", "common"], form: Callable[[str], str]) -> Words:
        """The words of passages by field, each of which counts as often as it weighs: BM25 over
        weighted fields (Robertson, Zaragoza and Taylor, "Simple BM25 Extension to Multiple Weighted
        Fields", CIKM 2004).
        """
        cached = self._kept.last(name)
        if cached and cached.version == self._version:
            table = TermCounts.of_arrays(cached.arrays)
            return Words(table, BM25Index(table, cached.arrays))

        def counted(n: int) -> Counter[str]:
            counts: Counter[str] = Counter()
            for field, text in fields[n].items():
                for term, times in Counter(terms(form(text))).items():
                    counts[term] += self._weights[field] * times
            return counts

        fields = [
            _fields(passage, self.snapshot.article[passage.article_id])
            for passage in self.snapshot.passages
        ]
        before = TermCounts.of_arrays(cached.arrays) if cached else None
        keys = np.array(
            [row_key((self._made_by, *tally.values(), *tally)) for tally in fields], dtype=np.uint64
        )
        table = TermCounts.read(keys, counted, before)
        arrays = {**table.arrays, **BM25Index(table).arrays}
        stored = self._keep(name, arrays, keys, before.rows if before else None)
        table = TermCounts.of_arrays(stored)
        return Words(table, BM25Index(table, stored))

    @cached_property
    def times(self) -> RaggedArray:
        """The periods that each passage names, as the numbers of their first and last days
        (20201110). A date without its year is of the year of its article.
        """
        cached = self._kept.last("times")
        if cached and cached.version == self._version:
            return RaggedArray.of_arrays(cached.arrays)

        def read(n: int) -> tuple[list[int], list[int]]:
            year = int(self._day[n]) // 10_000
            named = periods(self.snapshot.passages[n].text, year or None)
            return [day_number(period.first) for period in named], [
                day_number(period.last) for period in named
            ]

        before = RaggedArray.of_arrays(cached.arrays) if cached else None
        dated = zip(self.snapshot.passages, self._day.tolist(), strict=True)
        keys = np.array(
            [row_key((self._made_by, passage.text, str(day))) for passage, day in dated],
            dtype=np.uint64,
        )
        times = RaggedArray.read(keys, read, (np.int32, np.int32), before)
        return RaggedArray.of_arrays(self._keep("times", times.arrays, keys, before))

    def naming_a_day_of(self, asked: Iterable[Period]) -> Mask:
        """Which passages name a time that has a day in common with one of these periods."""
        first, last = self.times.columns
        meets = np.zeros(len(first), dtype=bool)
        for period in asked:
            meets |= (first <= day_number(period.last)) & (last >= day_number(period.first))
        return np.asarray(self.times.sums(meets) > 0)

    def published_in(self, asked: Iterable[Period]) -> Mask:
        """Which passages are of an article that was published in one of these periods."""
        published = np.zeros(len(self._day), dtype=bool)
        for period in asked:
            published |= (
                (self._day >= day_number(period.first))
                & (self._day <= day_number(period.last))
                & (self._day > 0)
            )
        return published

    @cached_property
    def _day(self) -> Array:
        """For each passage the day its article was published, as a number (20201110); 0 where none
        is known.
        """
        days = [
            day_number(article.published) if article.published else 0
            for article in self.snapshot.articles
        ]
        return np.array(days, dtype=np.int32)[self.article]

    @property
    def languages(self) -> Collection[str | None]:
        """The languages of all passages."""
        return self._languages.keys()

    def in_languages(self, languages: Collection[str | None]) -> Mask:
        """Which passages stand in one of these languages."""
        mask = np.zeros(len(self.snapshot.passages), dtype=bool)
        for known, inside in self._languages.items():
            if known in languages:
                mask |= inside
        return mask

    def foreign(self, language: str) -> Mask:
        """Which passages stand in the other language than a question."""
        return self.in_languages([known for known in self.languages if crosses(language, known)])

    @cached_property
    def _languages(self) -> Mapping[str | None, Mask]:
        languages = np.array([passage.language or "" for passage in self.snapshot.passages])
        return {known or None: languages == known for known in np.unique(languages).tolist()}

    @cached_property
    def article(self) -> Array:
        """For each passage the number of its article in the snapshot."""
        return np.array([self._place[p.article_id] for p in self.snapshot.passages], dtype=np.int32)

    def articles_with(self, passages: Mask) -> int:
        """How many articles have one of these passages."""
        if passages.all():
            return self._articles
        articles = np.zeros(len(self.snapshot.articles), dtype=bool)
        articles[self.article[passages]] = True
        return int(articles.sum())

    @cached_property
    def _articles(self) -> int:
        return len(np.unique(self.article))

    def articles_of(self, facts: Sequence[str], wanted: Callable[[str], bool]) -> Mask:
        """Which articles have, as one of these facts, a value that is wanted: each value is looked
        at once.
        """
        mask = np.zeros(len(self.snapshot.articles), dtype=bool)
        for fact in facts:
            for value, places in self._articles_by(fact).items():
                if wanted(value):
                    mask[places] = True
        return mask

    def _articles_by(self, fact: str) -> Places:
        if fact not in self._by_fact:
            self._by_fact[fact] = _places(
                (getattr(a, fact), n) for n, a in enumerate(self.snapshot.articles)
            )
        return self._by_fact[fact]

    @cached_property
    def copies(self) -> Sequence[tuple[int, tuple[str, ...]]]:
        """The articles that stand in several places, by their numbers, the earliest first, each
        with the ids of all.
        """
        articles, copies = self.snapshot.articles, self.snapshot.copies
        copied = [n for n, article in enumerate(articles) if article.id in copies]
        copied.sort(key=lambda n: (articles[n].published or "9999", articles[n].key))
        return [(n, copies[articles[n].id]) for n in copied]

    @cached_property
    def _place(self) -> Mapping[str, int]:
        return {article.id: n for n, article in enumerate(self.snapshot.articles)}

    def coverages(self, question: QuestionTerms, passages: Sequence[int]) -> list[float]:
        """The share of a question (0 to 1) that each of some passages covers, with its title,
        outlet, author and speakers.
        """
        across = [crosses(question.language, self.snapshot.passages[n].language) for n in passages]
        coverage_of = dict[int, float]()
        for way in set(across):
            places = [n for n, crossed in zip(passages, across, strict=True) if crossed == way]
            term_rows = (self.common if way else self.native).table.of(places, question.terms(way))
            coverage_of |= {
                n: question.coverage(terms, way) for n, terms in zip(places, term_rows, strict=True)
            }
        return [coverage_of[n] for n in passages]

    def told_by(
        self, holders: Sequence[str], outlets: Sequence[str] = (), individuals: bool = False
    ) -> Scores:
        """1 for each passage in which one of these holders speaks, or which one of these outlets
        published; else 0.

        With `individuals`, only persons and authors count.
        """
        speaking = self._individuals if individuals else self.speaking
        scores = np.zeros(len(self.snapshot.passages), dtype=np.float32)
        for places in (*map(speaking.get, holders), *map(self._published.get, outlets)):
            if places is not None:
                scores[places] = 1.0
        return scores

    @cached_property
    def speaking(self) -> Places:
        """The passages in which each holder speaks."""
        return _places(_speakers(self.snapshot.passages))

    @cached_property
    def _individuals(self) -> Places:
        return _places(_speakers(self.snapshot.passages, individuals=True))

    @cached_property
    def _published(self) -> Places:
        outlets = [article.outlet for article in self.snapshot.articles]
        return _places((outlets[place], n) for n, place in enumerate(self.article.tolist()))

    @cached_property
    def outlets(self) -> tuple[str, ...]:
        """The names of all outlets."""
        names = chain.from_iterable((a.outlet, a.original_outlet) for a in self.snapshot.articles)
        return tuple(sorted(set(filter(None, names))))

    @cached_property
    def _made_by(self) -> str:
        """What the reading of a passage depends on besides its own words."""
        return f"{code_of('rag')} {sorted(self._weights.items())}"

    @property
    def _version(self) -> str:
        return f"{self.snapshot.version} {self._made_by}"

    def _keep(self, name: str, arrays: Arrays, keys: Array, before: RaggedArray | None) -> Arrays:
        """The same arrays as they are kept: those on the disk take memory only where they are
        read.
        """
        fresh = len(keys) if before is None else len(keys) - int(np.isin(keys, before.keys).sum())
        self._kept.keep(name, self._version, arrays, on_disk=fresh > _FEW * len(keys))
        cached = self._kept.last(name)
        return cached.arrays if cached else arrays


def day_number(iso: str) -> int:
    """A day as a number that is the higher the later it is: 20201110."""
    return int(iso.replace("-", ""))


def _speakers(
    passages: Iterable[Passage], individuals: bool = False
) -> Iterator[tuple[str | None, int]]:
    """The holder of each statement with the place of its passage; with `individuals`, only persons
    and authors.
    """
    for n, passage in enumerate(passages):
        for statement in passage.statements:
            if not individuals or statement.holder.is_individual:
                yield statement.holder.name, n


def _places(pairs: Iterable[tuple[str | None, int]]) -> Places:
    """The passages in which each name is told."""
    places_of: dict[str, dict[int, None]] = {}
    for name, n in pairs:
        if name:
            places_of.setdefault(name, {})[n] = None
    return {
        name: np.fromiter(places, dtype=np.int32, count=len(places))
        for name, places in places_of.items()
    }


def _fields(passage: Passage, article: Article) -> Fields:
    speakers = dict.fromkeys(s.holder.name for s in passage.statements if s.holder.name)
    source = (
        article.outlet,
        article.original_outlet,
        article.author,
        article.published and written_dates(article.published),
    )
    fields = {
        "text": passage.text,
        "title": article.title,
        "source": "\n".join(filter(None, source)),
        "holders": "\n".join(speakers),
    }
    return {name: text for name, text in fields.items() if text}


def scaled(scores: Scores) -> Scores:
    """Min-max scaling, where the least possible score is 0: sums of scaled scores fuse better than
    sums of ranks.
    """
    best = float(scores.max(initial=0))
    return scores / best if best > 0 else scores


def within(scores: Scores, mask: Mask) -> Scores:
    """Scores where a mask is set, elsewhere 0; the same where it is set everywhere."""
    return scores if mask.all() else scores * mask
