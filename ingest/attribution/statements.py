"""An article's statements: first all is its author's, then turns are their speakers', then come the
voices inside.

Nesting is by containment: what lies inside another's words is told by that other.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count

from ingest.attribution.chains import told_chain
from ingest.attribution.languages import read_stretch
from ingest.attribution.reported import ReportedSpan
from ingest.attribution.resolve import Resolver
from ingest.attribution.turns import SpeakerTurn, read_turns
from vectorstore.chains import article_chain, embedded_chain
from vectorstore.records import Article, Form, Holder, Link, Modality, Polarity, Span, Statement

_DEEPEST = 4  # voices inside voices


@dataclass(frozen=True)
class Base:
    """A stretch of an article that is somebody's by its place: the author's, a republished
    author's, a turn's.
    """

    start: int
    end: int
    holder: Holder
    form: Form
    chain: tuple[Link, ...]
    rule: str
    cue: None = None
    polarity: Polarity = "asserted"
    modality: Modality = "stated"
    resolved: str = "place"
    confidence: float = 1.0


def read_statements(article: Article, text: str) -> tuple[Statement, ...]:
    """The statements of an article in its source text, parents before children.

    Every character of the body has one at least; those that overlap lie inside one another.
    """
    turns = read_turns(text, article.body) if article.kind == "transcript" else []
    register = Resolver.of(article, text)
    numbers = count()
    statements: list[Statement] = []
    for body in article.body:
        statements += _told_in(article, text, list(_bases(article, body, turns)), register, numbers)
    return tuple(_with_role(statement, register.roles) for statement in statements)


def _with_role(statement: Statement, roles: Mapping[str, str]) -> Statement:
    """A statement whose holder has the role that the article gives them, wherever it does."""
    role = roles.get(statement.holder.name or "")
    return replace(statement, holder=replace(statement.holder, role=role)) if role else statement


def _told_in(
    article: Article, text: str, bases: Sequence[Base], register: Resolver, numbers: Iterator[int]
) -> list[Statement]:
    """The statements of one body span: its bases, and in each what others answer for."""
    whole, *inner = bases
    voices: list[Base | ReportedSpan] = [*inner]
    for base, stretch in _stretches(bases):
        voices += [
            voice
            for voice in read_stretch(text, stretch, article.language, register)
            if _is_another(voice, base.holder)
        ]
    above = [_statement(article, whole, None, numbers)]
    statements = [above[0]]
    for voice in sorted(
        voices, key=lambda voice: (voice.start, -voice.end, isinstance(voice, ReportedSpan))
    ):
        while above and above[-1].end <= voice.start:
            above.pop()
        placed = _placed(voice, above)
        if placed is None:
            continue
        statement = _statement(article, placed, above[-1], numbers)
        above.append(statement)
        statements.append(statement)
    return statements


def _bases(article: Article, body: Span, turns: Sequence[SpeakerTurn]) -> Iterator[Base]:
    """The stretches of a body span by place: first all of it, the author's."""
    chain = article_chain(article)
    yield Base(*body, Holder(article.byline, None, "author"), "author", chain, "author")
    for piece in article.embedded:
        if span := _inside((piece.start, piece.end), body):
            holder = Holder(piece.author, None, "author")
            yield Base(*span, holder, "author", embedded_chain(article, piece), "republished")
    first = bisect_right(turns, body[0], key=lambda turn: turn.end)
    for turn in turns[first : bisect_left(turns, body[1], key=lambda turn: turn.start)]:
        if span := _inside((turn.start, turn.end), body):
            yield Base(*span, _speaker(turn), "turn", (*_said(turn), *chain), "turn")


def _stretches(bases: Sequence[Base]) -> Iterator[tuple[Base, Span]]:
    """The stretches that each have one voice: the inner bases, and what they leave of the whole."""
    whole, *inner = bases
    at = whole.start
    for base in sorted(inner, key=lambda base: base.start):
        if at < base.start:
            yield whole, (at, base.start)
        yield base, (base.start, base.end)
        at = max(at, base.end)
    if at < whole.end:
        yield whole, (at, whole.end)


def _is_another(reported: ReportedSpan, holder: Holder) -> bool:
    """Whether what is told is somebody else's than the words it stands in."""
    return reported.holder.name is None or reported.holder.name != holder.name


def _placed(voice: Base | ReportedSpan, above: Sequence[Statement]) -> Base | ReportedSpan | None:
    """A voice cut to what lies inside the one above it; None where nothing new is left."""
    parent = above[-1]
    if voice.end > parent.end:
        if len(above) > 1 and parent.end - voice.start < voice.end - parent.end:
            # most of it lies behind a voice that it crosses: one of the two was read wrong
            return None
        voice = replace(voice, end=parent.end)
    return voice if isinstance(voice, Base) or _is_new(voice, above) else None


def _is_new(reported: ReportedSpan, above: Sequence[Statement]) -> bool:
    """Whether what is told adds a voice: another holder's, about less than all, and not too
    deep.
    """
    parent = above[-1]
    echo = (reported.start, reported.end) == (parent.start, parent.end) and len(above) > 1
    return (
        reported.start < reported.end
        and len(above) <= _DEEPEST
        and not echo
        and _is_another(reported, parent.holder)
    )


def _statement(
    article: Article, voice: Base | ReportedSpan, parent: Statement | None, numbers: Iterator[int]
) -> Statement:
    return Statement(
        id=f"{article.id}-s{next(numbers)}",
        article_id=article.id,
        source=article.source,
        start=voice.start,
        end=voice.end,
        holder=voice.holder,
        form=voice.form,
        chain=voice.chain if isinstance(voice, Base) else told_chain(voice, parent),
        cue=voice.cue,
        polarity=voice.polarity,
        modality=voice.modality,
        parent_id=parent.id if parent else None,
        confidence=voice.confidence,
        language=article.language,
        rule=voice.rule,
        resolved=voice.resolved,
    )


def _inside(span: Span, stretch: Span) -> Span | None:
    """The part of a span that lies inside a stretch; a caption in the middle of a turn does not end
    it.
    """
    start, end = max(span[0], stretch[0]), min(span[1], stretch[1])
    return (start, end) if start < end else None


def _speaker(turn: SpeakerTurn) -> Holder:
    return Holder(turn.name, turn.mention, "person" if turn.name else "unnamed")


def _said(turn: SpeakerTurn) -> tuple[Link, ...]:
    """Who spoke a turn, and that it was translated where the label says so."""
    said = Link(turn.name or turn.mention, "said")
    return (said, Link(None, "translated_by")) if turn.translated else (said,)
