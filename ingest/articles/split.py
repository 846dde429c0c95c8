"""A source text cut into articles: many posts may stand one after the other with nothing between
them.

Each paragraph is asked whether a new article begins with it. Cues are evidence with weights
(`WEIGHTS`), summed; none decides alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ingest.articles.boilerplate import Mark
from ingest.articles.paragraph import Paragraph, repeats
from ingest.articles.republished import introduces
from ingest.attribution.turns import read_label

# What each cue is worth, and the sum from which an article begins.
WEIGHTS = {
    "title shape": 1.0,
    "capitals of a title": 0.5,
    "no-break space before the last word, as blog titles have": 1.5,
    "title repeated below": 1.5,
    "date below": 2.5,
    "byline below": 2.5,
    "name or outlet below": 1.5,
    "source link below": 1.0,
    "outlet line that stands under other titles too": 1.0,
    "after closing lines": 2.0,
    "after a rule": 2.5,
    "script changes": 2.0,
    "prose follows at once": 0.5,
    "speakers' labels begin": 1.5,
    "ends like a sentence": -1.0,
    "no prose follows": -2.0,
    "introduced by the text above": -5.0,
}
THRESHOLD = 4.0

_LONGEST_TITLE = 180
_LONGEST_HEAD = 6


@dataclass(frozen=True)
class Cut:
    """One article of a source: lines above the title, the title (None where the text opens at
    once), the head's lines below it, all further paragraphs, and why the article begins here.
    """

    above: tuple[Paragraph, ...]
    title: Paragraph | None
    head: tuple[Paragraph, ...]
    rest: tuple[Paragraph, ...]
    reasons: tuple[str, ...]

    @property
    def lines(self) -> tuple[Paragraph, ...]:
        """The lines that say what the article is, the title apart."""
        return (*self.above, *self.head)

    @property
    def start(self) -> int:
        return next(p for p in (*self.above, self.title, *self.rest) if p is not None).start

    @property
    def end(self) -> int:
        return next(
            p
            for p in (*self.rest[-1:], *self.head[-1:], self.title, *self.above[-1:])
            if p is not None
        ).end


@dataclass(frozen=True)
class _Source:
    """The paragraphs of a source, with what each is weighed against: how often a lone name stands
    in it, and the script of the nearest prose above and below each paragraph.
    """

    found: Sequence[Paragraph]
    recurring: Mapping[str, int]
    above: Sequence[str | None]
    below: Sequence[str | None]

    @classmethod
    def of(cls, paragraphs: Sequence[Paragraph]) -> _Source:
        recurring = Counter(p.text for p in paragraphs if p.is_mark(Mark.NAME))
        return cls(
            paragraphs,
            recurring,
            _scripts_before(paragraphs),
            _scripts_before(paragraphs[::-1])[::-1],
        )


def _scripts_before(paragraphs: Sequence[Paragraph]) -> list[str | None]:
    """For each paragraph the script of the last prose before it; None where there is none."""
    scripts: list[str | None] = [None]
    for paragraph in paragraphs:
        scripts.append(paragraph.script if paragraph.is_prose else scripts[-1])
    return scripts[:-1]


@dataclass(frozen=True)
class _Candidate:
    at: int
    head_end: int
    score: float
    reasons: tuple[str, ...]


def split(paragraphs: Sequence[Paragraph]) -> list[Cut]:
    """The articles of a source's paragraphs, in order; together they hold all of them."""
    if not paragraphs:
        return []
    first = next((n for n, p in enumerate(paragraphs) if _may_be_title(p)), 0)
    first = first if all(p.furniture is not None for p in paragraphs[:first]) else 0
    source = _Source.of(paragraphs)
    candidates = [
        _weigh(source, at)
        for at in range(len(paragraphs))
        if at == first or _may_be_title(paragraphs[at])
    ]
    chosen = _without_overlap(
        [c for c in candidates if c.at == first or c.score >= THRESHOLD], first
    )
    bounds = [c.at for c in chosen] + [len(paragraphs)]
    return [
        _cut(paragraphs, c, 0 if c.at == first else c.at, end)
        for c, end in zip(chosen, bounds[1:], strict=True)
    ]


def whole(paragraphs: Sequence[Paragraph]) -> Cut:
    """Paragraphs that are known to be one article, as a cut."""
    return _cut(paragraphs, _weigh(_Source(paragraphs, {}, [None], [None]), 0), 0, len(paragraphs))


def _cut(paragraphs: Sequence[Paragraph], candidate: _Candidate, start: int, end: int) -> Cut:
    at, head_end = candidate.at, candidate.head_end
    if start < at or _is_title(paragraphs[at], candidate):
        head = tuple(paragraphs[at + 1 : head_end])
        return Cut(
            tuple(paragraphs[start:at]),
            paragraphs[at],
            head,
            tuple(paragraphs[head_end:end]),
            candidate.reasons,
        )
    return Cut((), None, (), tuple(paragraphs[at:end]), candidate.reasons)


def _is_title(first: Paragraph, candidate: _Candidate) -> bool:
    """Whether the first paragraph of a source is its title and not the beginning of its prose."""
    return _may_be_title(first) and (
        candidate.score >= THRESHOLD or not (first.ends_like_a_sentence and first.is_prose)
    )


def _may_be_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    plain = paragraph.furniture is None or paragraph.is_mark(Mark.NAME)
    return (
        plain
        and 8 <= len(text) <= _LONGEST_TITLE
        and not text.endswith((":", ",", ";", "،", "؛"))
        and not text.startswith(("-", "•", "(", "["))
    )


def _weigh(source: _Source, at: int) -> _Candidate:
    paragraphs = source.found
    title, end = paragraphs[at], _head_end(paragraphs, at)
    head = paragraphs[at + 1 : end]
    before = paragraphs[max(0, at - 3) : at]
    repeated = any(repeats(title.text, p.text) for p in head)
    # a name below such a line may be the next title
    prose = title.ends_like_a_sentence and not repeated
    cues = {
        "title shape": True,
        "capitals of a title": _has_title_capitals(title.text),
        "no-break space before the last word, as blog titles have": _ends_with_no_break(title.raw),
        "title repeated below": repeated,
        "date below": any(p.furniture and p.furniture.published for p in head),
        "byline below": any(p.is_mark(Mark.BYLINE, Mark.TRANSLATOR) for p in head),
        "name or outlet below": not prose
        and any(p.is_mark(Mark.NAME, Mark.DATELINE) for p in head),
        "source link below": any(p.is_mark(Mark.LINK) for p in head),
        "outlet line that stands under other titles too": any(
            source.recurring.get(p.text, 0) > 1 for p in head
        ),
        "after closing lines": any(p.is_mark(Mark.CLOSING, Mark.DISCLAIMER) for p in before),
        "after a rule": bool(before) and before[-1].is_mark(Mark.RULE),
        "script changes": _script_changes(source, at),
        "prose follows at once": end < len(paragraphs) and paragraphs[end].is_prose,
        "speakers' labels begin": _labels_begin(paragraphs, at, end),
        "ends like a sentence": title.ends_like_a_sentence,
        "no prose follows": not any(p.is_prose for p in paragraphs[end : end + 5]),
        "introduced by the text above": any(introduces(p.text) for p in before),
    }
    reasons = tuple(cue for cue, holds in cues.items() if holds)
    return _Candidate(at, end, sum(WEIGHTS[cue] for cue in reasons), reasons)


def _head_end(paragraphs: Sequence[Paragraph], at: int) -> int:
    """The index after the last line of the head.

    The head is furniture and the repeated title, in the title's script, with at most one teaser
    between; a name after the teaser belongs to it only when nobody has signed above.
    """
    end, teaser_seen, signed, script = at + 1, False, False, paragraphs[at].script
    for n in range(at + 1, min(len(paragraphs), at + 1 + _LONGEST_HEAD)):
        paragraph = paragraphs[n]
        names = paragraph.is_signature
        if paragraph.script not in (script, None) or (names and signed and teaser_seen):
            break
        if repeats(paragraphs[at].text, paragraph.text) or _is_head_line(paragraph):
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


def _without_overlap(candidates: Sequence[_Candidate], first: int) -> list[_Candidate]:
    """The best candidates of which none lies in another's head; the source's first always stays."""
    taken: list[_Candidate] = []
    covered: set[int] = set()
    for candidate in sorted(candidates, key=lambda c: (c.at != first, -c.score, c.at)):
        head = range(candidate.at, candidate.head_end)
        if covered.isdisjoint(head):
            taken.append(candidate)
            covered.update(head)
    return sorted(taken, key=lambda c: c.at)


def _ends_with_no_break(raw: str) -> bool:
    """Whether the last gap between words is a no-break space and no other is."""
    gaps = [char for char in raw.strip() if char.isspace()]
    return bool(gaps) and gaps[-1] == "\xa0" and gaps.count("\xa0") == 1


def _has_title_capitals(text: str) -> bool:
    long_words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(long_words) > 1 and sum(word[0].isupper() for word in long_words) >= 0.7 * len(
        long_words
    )


def _labels_begin(paragraphs: Sequence[Paragraph], at: int, end: int) -> bool:
    """Whether speakers are labelled below and nobody was above, as where a transcript begins."""
    below = sum(read_label(p.text) is not None for p in paragraphs[end : end + 12])
    return below > 1 and not any(read_label(p.text) for p in paragraphs[max(0, at - 5) : at])


def _script_changes(source: _Source, at: int) -> bool:
    here, before = source.found[at].script, source.above[at]
    return before is not None and here == source.below[at] and here != before
