"""An article's statements: first everything is its author's, then turns are their speakers', then come the voices inside.

Nesting is by containment: what lies inside another's words is told by that other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from ingest.voices.holders import Register
from ingest.voices.languages import read_stretch
from ingest.voices.speech import Told
from ingest.voices.turns import Turn, read_turns
from vectorstore.records import Article, Embedded, Form, Holder, Link, Span, Statement

_DEEPEST = 4  # voices inside voices
_SHORTEST_REST = 20  # characters that are left of a span which crosses another


@dataclass(frozen=True)
class Base:
    """A stretch of an article that is somebody's by its place: the author's, a republished author's, a turn's."""

    start: int
    end: int
    holder: Holder
    form: Form
    chain: tuple[Link, ...]
    rule: str


def read_statements(article: Article, text: str) -> tuple[Statement, ...]:
    """The statements of an article in its source text, parents before children.

    Every character of the body has one at least; those that overlap lie inside one another.
    """
    turns = read_turns(text, article.body) if article.kind == "transcript" else []
    register = Register.of(article, text)
    numbers = count()
    found: list[Statement] = []
    for body in article.body:
        found += _told_in(article, text, list(_bases(article, body, turns)), register, numbers)
    return tuple(found)


def _told_in(
    article: Article, text: str, bases: Sequence[Base], register: Register, numbers: Iterator[int]
) -> list[Statement]:
    """The statements of one body span: its bases, and in each what others answer for."""
    whole, *inner = bases
    told: list[Base | Told] = [*inner]
    for base, stretch in _stretches(bases):
        told += [one for one in read_stretch(text, stretch, article.language, register) if _is_another(one, base)]
    above = [_statement(article, whole, None, numbers)]
    found = [above[0]]
    for one in sorted(told, key=lambda one: (one.start, -one.end, isinstance(one, Told))):
        while above and above[-1].end <= one.start:
            above.pop()
        placed = _placed(one, above)
        if placed is None:
            continue
        statement = _statement(article, placed, above[-1], numbers)
        above.append(statement)
        found.append(statement)
    return found


def _bases(article: Article, body: Span, turns: Sequence[Turn]) -> Iterator[Base]:
    """The stretches of a body span by place: first all of it, the author's."""
    chain = article_chain(article)
    yield Base(*body, Holder(article.byline, None, "author"), "author", chain, "author")
    for piece in article.embedded:
        if span := _inside((piece.start, piece.end), body):
            holder = Holder(piece.author, None, "author")
            yield Base(*span, holder, "author", embedded_chain(article, piece), "republished")
    for turn in turns:
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


def _is_another(told: Told, base: Base) -> bool:
    """Whether what is told is somebody else's than the stretch it stands in."""
    return told.holder.name is None or told.holder.name != base.holder.name


def _placed(one: Base | Told, above: Sequence[Statement]) -> Base | Told | None:
    """A voice cut to what it does not share with the one before; None where nothing new is left."""
    parent = above[-1]
    if one.end > parent.end:
        if len(above) > 1 and parent.end - one.start < one.end - parent.end:
            one = replace(one, start=parent.end)
            return one if one.end - one.start >= _SHORTEST_REST and one.end <= above[-2].end else None
        one = replace(one, end=parent.end)
    same = one.holder.name == parent.holder.name and one.holder.name is not None
    echo = isinstance(one, Told) and ((one.start, one.end) == (parent.start, parent.end) and len(above) > 1)
    deep = len(above) > _DEEPEST
    return None if (isinstance(one, Told) and (same or echo or deep)) or one.start >= one.end else one


def _statement(article: Article, one: Base | Told, parent: Statement | None, numbers: Iterator[int]) -> Statement:
    own = isinstance(one, Base)
    return Statement(
        id=f"{article.id}-s{next(numbers)}",
        article_id=article.id,
        source=article.source,
        start=one.start,
        end=one.end,
        holder=one.holder,
        form=one.form,
        chain=one.chain if isinstance(one, Base) else _chain(one, parent),
        cue=None if isinstance(one, Base) else one.cue,
        polarity="asserted" if isinstance(one, Base) else one.polarity,
        modality="stated" if isinstance(one, Base) else one.modality,
        parent_id=parent.id if parent else None,
        confidence=1.0 if isinstance(one, Base) else one.confidence,
        language=article.language,
        rule=one.rule,
        resolved="place" if own else one.resolved,
    )


def _chain(told: Told, parent: Statement | None) -> tuple[Link, ...]:
    """Who said it, then how it reached us: a speaker above is who quoted it."""
    above = parent.chain if parent else ()
    said = Link(told.holder.name or told.holder.mention, "said")
    return (said, *(replace(link, role="quoted_by") if link.role == "said" else link for link in above))


def _inside(span: Span, stretch: Span) -> Span | None:
    """The part of a span that lies inside a stretch; a caption in the middle of a turn does not end it."""
    start, end = max(span[0], stretch[0]), min(span[1], stretch[1])
    return (start, end) if start < end else None


def _speaker(turn: Turn) -> Holder:
    return Holder(turn.name, turn.mention, "person" if turn.name else "unnamed")


def _said(turn: Turn) -> tuple[Link, ...]:
    """Who spoke a turn, and that it was translated where the label says so."""
    said = Link(turn.name or turn.mention, "said")
    return (said, Link(None, "translated_by")) if turn.translated else (said,)


def embedded_chain(article: Article, piece: Embedded) -> tuple[Link, ...]:
    """How the words of a republished piece reached us: its author and outlet, then who took it over."""
    links = [
        Link(piece.author, "written_by", piece.published),
        Link(piece.outlet, "published_by", piece.published),
        Link(article.translator, "translated_by"),
        Link(article.author, "quoted_by", article.published),
        Link(article.outlet, "republished_by", article.published),
    ]
    return tuple(link for link in links if link.name)


def article_chain(article: Article) -> tuple[Link, ...]:
    """How an article's own words reached us: its author, its outlet, its translator."""
    links = [
        Link(article.author, "written_by", article.published),
        Link(article.original_outlet, "published_by"),
        Link(article.translator, "translated_by"),
        Link(article.outlet, "republished_by" if article.original_outlet else "published_by", article.published),
    ]
    return tuple(link for link in links if link.name)
