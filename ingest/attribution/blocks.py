"""The blocks of a stretch: its paragraphs, with what is quoted as a whole blanked out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.attribution.quotations import MASK, Quotation, ends_sentence, read_quotations
from vectorstore.language.sentences import paragraphs, sentences
from vectorstore.records import Span

WORDS = re.compile(r"\w[\w’'-]*")
_FEWEST_SPOKEN = 4  # words of a quotation that is speech by itself
_FEWEST_OPENING = 8  # and of one that opens like a sentence without ending like one
_LONGEST_TITLE = 12
_MOST_SPACE = 40  # characters between a quotation and what stands before it
_SENTENCE_ENDS = (*':,.!?…”»"', "")
# what no sentence needs: also rows of dots
_BLANK = re.compile(rf"[\r\n{MASK}]|(?<=[.!?…]{{3}})[.!?…]+")
_WORDED = re.compile(rf"[\w{MASK}]")
_LONGEST_PART = 3_000  # characters of a block that are cut into sentences at once
_LONGEST_SENTENCE = 1_200  # characters that the grammar reads at once
_SENTENCE_END = re.compile(r".*\w{4}[.!?…][”\"’»)]{0,3}(?=\s\W?[^\W\d_a-z])|.*\s", re.DOTALL)
_CLAUSE_END = re.compile(r".*[,;:–—]\s|.*\s", re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A paragraph `text[start:end]`, or several that one quotation spans.

    `words` is the same in one line, with a mask for each character of a quotation.
    """

    start: int
    end: int
    words: str

    def sentences(self) -> Iterator[Span]:
        """The sentences as spans of `words`; what is too long for one is cut between words."""
        for opened, closed in _parts(self.words, 0, len(self.words), _LONGEST_PART, _SENTENCE_END):
            for start, end in sentences(self.words[opened:closed]):
                if _WORDED.search(self.words, opened + start, opened + end):
                    yield from _parts(
                        self.words, opened + start, opened + end, _LONGEST_SENTENCE, _CLAUSE_END
                    )


def read_blocks(text: str, span: Span) -> list[Block]:
    """The blocks of `text[start:end]` in order."""
    paragraphs = paragraphs_in(text, span)
    heads = {start for start, _ in paragraphs}
    quotations = [
        q for q in read_quotations(text, paragraphs) if _is_speech(text, q, q.start in heads)
    ]
    blocks: list[Block] = []
    at = 0
    for start, end in _joined(paragraphs, quotations):
        first = at
        while at < len(quotations) and quotations[at].start < end:
            at += 1
        blocks.append(Block(start, end, _masked(text, (start, end), quotations[first:at])))
    return blocks


def paragraphs_in(text: str, span: Span) -> list[Span]:
    """The paragraphs of a stretch, which is read as if it were all of the text."""
    start, end = span
    return [(start + opened, start + closed) for opened, closed in paragraphs(text[start:end])]


def _joined(paragraphs: Sequence[Span], quotations: Sequence[Quotation]) -> Iterator[Span]:
    """The paragraphs, with those as one that a quotation spans."""
    ends = iter(quotations)
    quotation = next(ends, None)
    opened: int | None = None
    for start, end in paragraphs:
        opened = start if opened is None else opened
        while quotation is not None and quotation.end <= end:
            quotation = next(ends, None)
        if quotation is None or quotation.start >= end:
            yield opened, end
            opened = None
    if opened is not None:
        yield opened, paragraphs[-1][1]


def _masked(text: str, span: Span, quotations: Sequence[Quotation]) -> str:
    """The words of a block with the insides of quotations blanked out, up to a last mark that the
    sentence needs.
    """
    parts, at = [], span[0]
    for q in quotations:
        start, end = q.inner
        last = end - 1 if text[end - 1 : end] in ".,!?…" and end - start > 1 else end
        parts += [_plain(text[at:start]), MASK * (last - start)]
        at = last
    return "".join([*parts, _plain(text[at : span[1]])])


def _plain(words: str) -> str:
    """Words in one line, as long as they were."""
    return _BLANK.sub(lambda match: " " * len(match.group()), words)


def _parts(words: str, start: int, end: int, longest: int, cut: re.Pattern[str]) -> Iterator[Span]:
    """A span in parts that are not too long, cut where the pattern last ends in each."""
    while end - start > longest:
        match = cut.match(words, start, start + longest)
        at = match.end() if match else start + longest
        yield start, at
        start = at
    if start < end:
        yield start, end


def _is_speech(text: str, q: Quotation, opens_paragraph: bool) -> bool:
    """Whether a quotation is read as a whole: it opens a sentence or follows a colon or comma, and
    is no title.
    """
    inner = q.text(text)
    words = WORDS.findall(inner)
    before = "" if opens_paragraph else text[max(0, q.start - _MOST_SPACE) : q.start].rstrip()[-1:]
    ended = ends_sentence(inner) or inner.rstrip().endswith(",")
    if not words or (len(words) < _FEWEST_SPOKEN and not (ended and before in _SENTENCE_ENDS)):
        return False
    if _is_title(inner, words):
        return False
    if "\n" in inner or before in ("", ":", ","):
        return True
    opens = inner.lstrip()[:1].isupper() or inner.lstrip()[:1].isdigit()
    return opens and (ended or len(words) >= _FEWEST_OPENING)


def _is_title(inner: str, words: Sequence[str]) -> bool:
    """Whether quoted words are written like the title of a book: most of them with a capital."""
    long = [word for word in words if len(word) > 3]
    capitals = sum(word[0].isupper() for word in long)
    return (
        len(words) < _LONGEST_TITLE
        and bool(long)
        and capitals > 0.7 * len(long)
        and not ends_sentence(inner)
    )
