"""What the lines around an article say of it: author, translator, outlet, date. What they do not
say stays None.
"""

from __future__ import annotations

from collections.abc import Sequence

from ingest.articles.boilerplate import Boilerplate, Mark, is_outlet_shaped
from ingest.articles.paragraph import Paragraph
from ingest.articles.split import Cut
from ingest.metadata import Metadata
from vectorstore.names.keys import small_capitals
from vectorstore.records import Kind


def outlet_lines(cuts: Sequence[Cut]) -> frozenset[str]:
    """Those lone names in a source that are outlets and not authors.

    A name is an outlet's when its words say so, or when a byline beside it names somebody else;
    what it is under one title it is under all.
    """
    marked = [(cut.lines, _signed(cut.lines)) for cut in cuts]
    names = [(p.text, signed) for lines, signed in marked for p in lines if p.is_mark(Mark.NAME)]
    return frozenset(text for text, signed in names if signed or is_outlet_shaped(text))


def read_byline(cut: Cut, outlets: frozenset[str]) -> Metadata:
    """The facts that an article's head and closing lines state."""
    facts = [p.furniture for p in cut.lines if p.furniture]
    lone = [p.text for p in cut.lines if p.is_mark(Mark.NAME)]
    author = _signed(cut.lines) or next(
        (small_capitals(name) for name in lone if name not in outlets), None
    )
    dateline = _first(facts, Mark.DATELINE)
    stated = next((f.outlet for f in facts if f.outlet), None)
    alone = next((small_capitals(name) for name in lone if name in outlets), None)
    # "Name" and then "Other Name | date": the other is the outlet
    beside_author = dateline if author else None
    return Metadata(
        author=author or dateline,
        translator=_first(facts, Mark.TRANSLATOR),
        outlet=stated or alone or beside_author or _disclaiming(cut),
        published=next((f.published for f in facts if f.published), None),
        kind=next((_kind(f) for f in facts if f.kind), None),
    )


def _signed(lines: Sequence[Paragraph]) -> str | None:
    return _first([p.furniture for p in lines if p.furniture], Mark.BYLINE)


def _disclaiming(cut: Cut) -> str | None:
    """The outlet that says below an article that the views are not its own."""
    names = (
        p.furniture.outlet for p in reversed(cut.rest) if p.furniture and p.is_mark(Mark.DISCLAIMER)
    )
    return _with_capital(next(names, None))


def _first(facts: Sequence[Boilerplate], *marks: Mark) -> str | None:
    return next((f.name for f in facts if f.mark in marks and f.name), None)


def _with_capital(name: str | None) -> str | None:
    return name[0].upper() + name[1:] if name else None


def _kind(boilerplate: Boilerplate) -> Kind:
    return boilerplate.kind  # type: ignore[return-value]
