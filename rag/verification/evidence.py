"""What a sentence may rest on: the best window of each quote that it cites, and who, where and when
stand behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rag.answer import Citation
from rag.semantics.claims import stem
from vectorstore.bilingual.translate_terms import crossed
from vectorstore.language.figures.amounts import in_digits
from vectorstore.language.sentences import sentences
from vectorstore.language.time.periods import written_date, written_dates
from vectorstore.language.tokenise import content_words
from vectorstore.names.skeletons import is_arabic

_WINDOW = 5  # sentences in a row; a quote that is longer supports by its best ones only
_DAY = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])-\d\d")
_ROOT = 4  # letters that a people and its country have in common, at least


@dataclass(frozen=True)
class CitedEvidence:
    """The citations of a sentence, each with its quote cut to the sentences in a row that have most
    of its words.
    """

    citations: tuple[Citation, ...]
    crosses: bool = False  # a quote is in the other script than the sentence
    arabic: bool = False  # the sentence is in Arabic letters

    @classmethod
    def of(cls, sentence: str, citations: Sequence[Citation]) -> CitedEvidence:
        wanted = stems(sentence)
        crosses = any(is_arabic(citation.quote) != is_arabic(sentence) for citation in citations)
        cut = tuple(
            replace(citation, quote=window(wanted, citation.quote)) for citation in citations
        )
        return cls(cut, crosses, is_arabic(sentence))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The cited sentences, of all quotes."""
        cited: list[str] = []
        for citation in self.citations:
            quote = citation.quote
            cited.extend(quote[start:end] for start, end in sentences(quote))
        return tuple(cited)

    @cached_property
    def words(self) -> str:
        """All the cited words."""
        return "\n".join(citation.quote for citation in self.citations)

    @cached_property
    def who(self) -> str:
        """Everybody who stands behind the cited words."""
        return "\n".join(dict.fromkeys(names_behind(self.citations)))

    @cached_property
    def when(self) -> str:
        """The dates of the cited words, as ISO and in words."""
        dates: list[str] = []
        for citation in self.citations:
            dates.extend(_dates(citation, self.arabic))
        return "\n".join(dict.fromkeys(dates))

    @cached_property
    def behind(self) -> str:
        """Who, where and when: what a sentence may say of the cited words besides them."""
        titles = dict.fromkeys(citation.title for citation in self.citations)
        return "\n".join((*titles, self.who, self.when))

    @cached_property
    def told(self) -> frozenset[str]:
        """The terms of all that a sentence may take from them."""
        return self._behind_terms.union(*self.by_sentence)

    @cached_property
    def by_sentence(self) -> tuple[frozenset[str], ...]:
        """The terms of each cited sentence, with those of who, where and when; at least one set."""
        term_sets = (
            terms(sentence, self.crosses) | self._behind_terms for sentence in self.sentences
        )
        return tuple(term_sets) or (self._behind_terms,)

    def have(self, word: str, cited: frozenset[str] | None = None) -> bool:
        """Whether a word of the sentence, or a likely translation of it, stands in them (or in some
        of their terms).
        """
        return not terms(word, self.crosses).isdisjoint(self.told if cited is None else cited)

    def have_name(self, word: str) -> bool:
        """Whether the cited words, or those behind them, have a word of a name, or one of its root:
        "Tollish" for "Tolling". A headline names nobody.
        """
        name_stem = stem(word)
        least = max(_ROOT, len(name_stem) - 3)
        return self.have(word, self._names) or any(
            name[:least] == name_stem[:least] for name in self._names if len(name) >= least
        )

    @cached_property
    def _names(self) -> frozenset[str]:
        return terms(f"{self.words}\n{self.who}", self.crosses)

    @cached_property
    def _behind_terms(self) -> frozenset[str]:
        return terms(self.behind, self.crosses)


def window(wanted: frozenset[str], text: str) -> str:
    """The sentences in a row that have most of the wanted stems; of equal ones the first."""
    spans = list(sentences(text))
    if len(spans) <= _WINDOW:
        return text
    have = [stems(text[start:end]) & wanted for start, end in spans]
    runs = range(len(spans) - _WINDOW + 1)
    first = max(runs, key=lambda at: len(frozenset[str]().union(*have[at : at + _WINDOW])))
    return text[spans[first][0] : spans[first + _WINDOW - 1][1]]


def stems(text: str) -> frozenset[str]:
    """The stems of a text's content words."""
    return frozenset(stem(word) for word in content_words(text))


def terms(text: str, crosses: bool) -> frozenset[str]:
    """The stems of a text, with amounts as digits; to be compared across scripts, also those of its
    likely translations and the sounds of its names.
    """
    in_figures = in_digits(text)
    return (
        stems(in_figures) | frozenset(stem(term) for term in crossed(in_figures).split())
        if crosses
        else stems(in_figures)
    )


def chain(citation: Citation) -> Iterator[str]:
    """Everybody who stands behind a citation's words."""
    named = (citation.holder.name, citation.holder.mention, citation.author, citation.outlet)
    yield from (
        name
        for name in (*named, *(link.name for link in citation.chain), *citation.also_in)
        if name
    )


def names_behind(citations: Iterable[Citation]) -> Iterator[str]:
    """Everybody who stands behind the words of these citations, in their order."""
    for citation in citations:
        yield from chain(citation)


def _dates(citation: Citation, arabic: bool) -> Iterator[str]:
    """The dates behind a citation, as ISO and in words, those of both languages for a sentence in
    Arabic.
    """
    in_words = written_dates if arabic else written_date
    for date in dict.fromkeys(
        filter(None, (citation.published, *(link.date for link in citation.chain)))
    ):
        yield f"{date} {in_words(date)}" if _DAY.fullmatch(date) else date
