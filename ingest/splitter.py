"""A source text cut into articles: many posts may stand one after the other with nothing between them.

Each paragraph is asked whether a new article begins with it. Cues are evidence with weights (`WEIGHTS`), summed; none
decides alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ingest.furniture import Furniture, Mark, furniture
from vectorstore.language.folding import fold, squeeze
from vectorstore.language.identify import script_of
from vectorstore.language.sentences import paragraphs
from vectorstore.records import Span

# What each cue is worth, and the sum from which an article begins.
WEIGHTS = {
    "title shape": 1.0,
    "capitals of a title": 0.5,
    "no-break space before the last word, as blog titles have": 1.5,
    "title repeated below": 2.5,
    "date below": 2.5,
    "byline below": 2.5,
    "name or outlet below": 1.5,
    "outlet line that stands under other titles too": 1.0,
    "after closing lines": 2.0,
    "after a rule": 2.5,
    "script changes": 2.0,
    "ends like a sentence": -1.0,
    "no prose follows": -2.0,
}
THRESHOLD = 4.0

_LONGEST_TITLE = 180
_LONGEST_HEAD = 6
_PROSE = 80


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of a source, with its words on one line and what it is if it is no prose."""

    start: int
    end: int
    raw: str
    furniture: Furniture | None

    @cached_property
    def text(self) -> str:
        return squeeze(self.raw)

    @cached_property
    def key(self) -> str:
        """Its letters and digits only: equal for a title and its repetition."""
        return "".join(char for char in fold(self.text) if char.isalnum())

    @property
    def is_prose(self) -> bool:
        return self.furniture is None and len(self.text) >= _PROSE

    def is_mark(self, *marks: Mark) -> bool:
        return self.furniture is not None and self.furniture.mark in marks


@dataclass(frozen=True)
class Cut:
    """One article of a source: its paragraphs, the first of which is the title; how many are its head; why it begins
    here.
    """

    paragraphs: tuple[Paragraph, ...]
    head: int
    reasons: tuple[str, ...]

    @property
    def title(self) -> Paragraph:
        return self.paragraphs[0]


@dataclass(frozen=True)
class _Candidate:
    at: int
    head_end: int
    score: float
    reasons: tuple[str, ...]


def read_paragraphs(text: str, start: int = 0) -> list[Paragraph]:
    """The paragraphs of a source from an offset on, each judged by itself."""
    return [_paragraph(text, span) for span in paragraphs(text, start)]


def split(text: str, start: int = 0) -> list[Cut]:
    """The articles of a source text from an offset on, in order; together they hold all its paragraphs."""
    found = read_paragraphs(text, start)
    if not found:
        return []
    recurring = Counter(p.key for p in found if p.is_mark(Mark.NAME))
    candidates = [_weigh(found, at, recurring) for at in range(len(found)) if at == 0 or _may_be_title(found[at])]
    chosen = _without_overlap([c for c in candidates if c.at == 0 or c.score >= THRESHOLD])
    bounds = [c.at for c in chosen] + [len(found)]
    return [
        Cut(tuple(found[c.at : end]), c.head_end - c.at, c.reasons) for c, end in zip(chosen, bounds[1:], strict=True)
    ]


def _paragraph(text: str, span: Span) -> Paragraph:
    raw = text[slice(*span)]
    return Paragraph(*span, raw, furniture(raw))


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    plain = paragraph.furniture is None or paragraph.is_mark(Mark.NAME)
    return (
        plain
        and 8 <= len(text) <= _LONGEST_TITLE
        and not text.endswith((":", ",", ";", "،", "؛"))
        and not text.startswith(("-", "•", "“", '"', "(", "["))
    )


def _weigh(found: Sequence[Paragraph], at: int, recurring: Counter[str]) -> _Candidate:
    title, end = found[at], _head_end(found, at)
    head = found[at + 1 : end]
    before = found[max(0, at - 3) : at]
    cues = {
        "title shape": True,
        "capitals of a title": _has_title_capitals(title.text),
        "no-break space before the last word, as blog titles have": _ends_with_no_break(title.raw),
        "title repeated below": any(repeats(title, p) for p in head),
        "date below": any(p.furniture and p.furniture.published for p in head),
        "byline below": any(p.is_mark(Mark.BYLINE, Mark.TRANSLATOR) for p in head),
        "name or outlet below": any(p.is_mark(Mark.NAME, Mark.DATELINE) for p in head),
        "outlet line that stands under other titles too": any(recurring[p.key] > 1 for p in head),
        "after closing lines": any(p.is_mark(Mark.CLOSING, Mark.DISCLAIMER) for p in before),
        "after a rule": bool(before) and before[-1].is_mark(Mark.RULE),
        "script changes": _script_changes(found, at),
        "ends like a sentence": title.text.endswith(".") and not title.text.endswith(".."),
        "no prose follows": not any(p.is_prose for p in found[end : end + 5]),
    }
    reasons = tuple(cue for cue, holds in cues.items() if holds)
    return _Candidate(at, end, sum(WEIGHTS[cue] for cue in reasons), reasons)


def _head_end(found: Sequence[Paragraph], at: int) -> int:
    """The index after the last line of the head.

    The head is furniture and the repeated title, in the title's script, with at most one teaser between; a name after
    the teaser belongs to it only when nobody has signed above.
    """
    end, teaser_seen, signed, script = at + 1, False, False, script_of(found[at].text)
    for n in range(at + 1, min(len(found), at + 1 + _LONGEST_HEAD)):
        paragraph = found[n]
        names = paragraph.is_mark(Mark.NAME, Mark.BYLINE, Mark.DATELINE)
        if script_of(paragraph.text) not in (script, None) or (names and signed and teaser_seen):
            break
        if repeats(found[at], paragraph) or _is_head_line(paragraph):
            end, signed = n + 1, signed or names
        elif teaser_seen or not _may_be_teaser(paragraph):
            break
        else:
            teaser_seen = True
    return end


def _is_head_line(paragraph: Paragraph) -> bool:
    return paragraph.furniture is not None and not paragraph.is_mark(Mark.CLOSING, Mark.DISCLAIMER)


def _may_be_teaser(paragraph: Paragraph) -> bool:
    return (
        paragraph.furniture is None
        and 40 <= len(paragraph.text) <= 400
        and paragraph.text.endswith((".", "…", "!", "?", "؟", "”"))
    )


def _without_overlap(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The best candidates of which none lies in another's head; the start of the source always stays."""
    taken: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda c: (c.at != 0, -c.score, "ends like a sentence" in c.reasons, c.at)):
        if not any(candidate.at < other.head_end and other.at < candidate.head_end for other in taken):
            taken.append(candidate)
    return sorted(taken, key=lambda c: c.at)


def repeats(title: Paragraph, other: Paragraph) -> bool:
    """Whether a line says the title again: nearly the same letters, whatever the capitals and marks."""
    if not title.key or not other.key:
        return False
    shorter, longer = sorted((title.key, other.key), key=len)
    return (
        len(shorter) >= 12
        and len(shorter) >= 0.8 * len(longer)
        and longer.startswith(shorter[: int(len(shorter) * 0.9)])
    )


def _ends_with_no_break(raw: str) -> bool:
    """Whether the last gap between words is a no-break space and no other is."""
    gaps = [char for char in raw.strip() if char.isspace()]
    return bool(gaps) and gaps[-1] == "\xa0" and gaps.count("\xa0") == 1


def _has_title_capitals(text: str) -> bool:
    long_words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(long_words) > 1 and sum(word[0].isupper() for word in long_words) >= 0.7 * len(long_words)


def _script_changes(found: Sequence[Paragraph], at: int) -> bool:
    here = script_of(found[at].text)
    before = next((script_of(p.text) for p in reversed(found[:at]) if p.is_prose), None)
    after = next((script_of(p.text) for p in found[at + 1 :] if p.is_prose), None)
    return before is not None and here == after and here != before
