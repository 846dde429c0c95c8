"""What the lines around an article say of it: author, translator, outlet, date. What they do not say stays None."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.furniture import Furniture, Mark, is_outlet_shaped, small_capitals
from ingest.splitter import Cut, Paragraph
from vectorstore.records import Kind


@dataclass(frozen=True)
class Byline:
    """The facts of one article's head and foot."""

    author: str | None = None
    translator: str | None = None
    outlet: str | None = None
    published: str | None = None
    kind: Kind | None = None


def outlet_lines(cuts: Sequence[Cut]) -> frozenset[str]:
    """The keys of those lone names in a source that are outlets and not authors.

    A name is an outlet's when its words say so, or when it stands, under any title, beside a byline that names somebody else and
    under other titles too.
    """
    heads = [cut.paragraphs[1 : cut.head] for cut in cuts]
    titles = Counter(p.key for head in heads for p in head if p.is_mark(Mark.NAME))
    beside = {p.key for head in heads if any(q.is_mark(Mark.BYLINE) for q in head) for p in head if p.is_mark(Mark.NAME)}
    named_so = {p.key for head in heads for p in head if p.is_mark(Mark.NAME) and is_outlet_shaped(p.text)}
    return frozenset(named_so | {key for key in beside if titles[key] > 1})


def read_byline(cut: Cut, outlets: frozenset[str]) -> Byline:
    """The facts that an article's head and closing lines state."""
    head = cut.paragraphs[1 : cut.head]
    facts = [p.furniture for p in head if p.furniture]
    lone = [p for p in head if p.is_mark(Mark.NAME)]
    signed = _first(facts, Mark.BYLINE, Mark.DATELINE)
    author = signed or next((small_capitals(p.text) for p in lone if p.key not in outlets), None)
    return Byline(
        author=author,
        translator=_first(facts, Mark.TRANSLATOR),
        outlet=_outlet(cut, facts, lone, outlets),
        published=next((f.published for f in facts if f.published), None),
        kind=next((_kind(f) for f in facts if f.kind), None),
    )


def _outlet(cut: Cut, facts: Sequence[Furniture], lone: Sequence[Paragraph], outlets: frozenset[str]) -> str | None:
    stated = next((f.outlet for f in facts if f.outlet), None)
    alone = next((small_capitals(p.text) for p in lone if p.key in outlets), None)
    closing = next((p.furniture.outlet for p in reversed(cut.paragraphs) if p.furniture and p.is_mark(Mark.DISCLAIMER)), None)
    return stated or alone or _with_capital(closing)


def _first(facts: Sequence[Furniture], *marks: Mark) -> str | None:
    return next((f.name for f in facts if f.mark in marks and f.name), None)


def _with_capital(name: str | None) -> str | None:
    return name[0].upper() + name[1:] if name else None


def _kind(found: Furniture) -> Kind:
    return found.kind  # type: ignore[return-value]
