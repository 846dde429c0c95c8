"""An Arabic paragraph as sentences of words, marks and quotations, each with its exact span."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ingest.attribution.arabic.lexicon import lexicon
from ingest.attribution.arabic.words import NO_WORD, ArabicWord, word_of
from vectorstore.records import Span

_SKIPPED = "\u00ad\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_INSIDE = "\u0640\u064b-\u065f\u0670\u200c-\u200f"
_TOKEN = re.compile(rf"\d[\d.,:/٫٬]*\d|[\w{_INSIDE}]+|[^\s{_SKIPPED}]")
_MARKS = re.compile('[«»“”„"]')
_STOPS = frozenset(".!؟?…")
_MOST_TOKENS = 300
_LONGEST_QUOTATION = 8000


class ArabicToken(NamedTuple):
    """A word, a mark or a whole quotation; `inner` is what stands inside the marks of a
    quotation.
    """

    start: int
    end: int
    word: ArabicWord
    mark: str = ""
    inner: Span | None = None
    words: int = 1


class ArabicSentence(NamedTuple):
    """The tokens of a sentence of a text, and where its paragraph ends."""

    text: str
    tokens: list[ArabicToken]
    paragraph_end: int

    def mark(self, at: int) -> str:
        """The mark at a place, an empty string at a word, and a full stop beyond the ends."""
        return self.tokens[at].mark if 0 <= at < len(self.tokens) else "."

    def word(self, at: int) -> ArabicWord:
        """The word at a place; a word that is nothing at a mark and beyond the ends."""
        return self.tokens[at].word if 0 <= at < len(self.tokens) else NO_WORD

    def has(self, at: int, *labels: str) -> bool:
        """Whether the word at a place bears one of the labels."""
        return self.word(at).has(*labels)

    def phrase(self, name: str, at: int) -> int:
        """How many words a phrase of a list takes at a place, the longest of them; 0 for none.

        The first word may bear a clitic.
        """
        word = self.word(at)
        if name not in word.opens:
            return 0
        phrases = lexicon().phrases[name]
        for words in (
            *phrases.get(word.folded, ()),
            *(phrases.get(word.bare, ()) if word.bare != word.folded else ()),
        ):
            if all(self.word(at + k).folded == words[k] for k in range(1, len(words))):
                return len(words)
        return 0

    def span_text(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last`, the last not included."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


def read_sentences(text: str, start: int, end: int) -> Iterator[ArabicSentence]:
    """The sentences of a paragraph. A stop inside a quotation does not end one, nor does the point
    of an initial.
    """
    tokens: list[ArabicToken] = []
    for token in _tokens(text, start, end):
        tokens.append(token)
        if len(tokens) >= _MOST_TOKENS or (
            token.mark in _STOPS and token.mark and _ends(text, tokens, end)
        ):
            yield ArabicSentence(text, tokens, end)
            tokens = []
    if tokens:
        yield ArabicSentence(text, tokens, end)


def _ends(text: str, tokens: list[ArabicToken], end: int) -> bool:
    stop = tokens[-1].end
    initial = len(tokens) > 1 and tokens[-2].end - tokens[-2].start == 1 and not tokens[-2].mark
    return not initial and (stop >= end or not text[stop].isalnum())


def _tokens(text: str, start: int, end: int) -> Iterator[ArabicToken]:
    at = start
    for opened, closed in _quotations(text, start, end):
        yield from _plain_tokens(text, at, opened)
        inner = (opened + 1, closed - 1)
        yield ArabicToken(
            opened, closed, NO_WORD, "«»", inner, len(text[inner[0] : inner[1]].split())
        )
        at = closed
    yield from _plain_tokens(text, at, end)


def _plain_tokens(text: str, start: int, end: int) -> Iterator[ArabicToken]:
    for match in _TOKEN.finditer(text, start, end):
        written = match.group()
        if written[0].isalpha():
            yield ArabicToken(
                match.start(), match.end(), word_of(written) if len(written) < 40 else NO_WORD
            )
        else:
            yield ArabicToken(
                match.start(), match.end(), NO_WORD, "0" if written[0].isalnum() else written
            )


def _quotations(text: str, start: int, end: int) -> list[Span]:
    """The outermost pairs of quotation marks. A mark without its partner is a mark and opens
    nothing.

    Double marks of every shape open and close alike (the Arabic press turns them both ways), told
    by the space beside.
    """
    guillemets: list[int] = []
    doubled: int | None = None
    quotations: list[Span] = []
    for mark in _MARKS.finditer(text, start, end):
        at = mark.start()
        if mark.group() == "«":
            guillemets.append(at)
        elif mark.group() == "»" and guillemets:
            _add(quotations, (guillemets.pop(), at + 1))
        elif mark.group() != "»" and doubled is not None and not text[at - 1].isspace():
            _add(quotations, (doubled, at + 1))
            doubled = None
        elif mark.group() != "»" and at + 1 < end and not text[at + 1].isspace():
            doubled = at
    return quotations


def _add(quotations: list[Span], span: Span) -> None:
    """Adds a quotation, in place of those inside it; one that crosses another, or is too long, is
    left out.
    """
    if span[1] - span[0] > _LONGEST_QUOTATION or span[1] - span[0] < 3:
        return
    while quotations and quotations[-1][0] > span[0]:
        quotations.pop()
    if not quotations or quotations[-1][1] <= span[0]:
        quotations.append(span)
