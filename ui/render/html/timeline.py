"""Statements by date, as HTML: a row for each outlet or each holder, a dot for each statement,
which opens it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from eval.reports.templates import rendered
from rag.answer import Answer
from rag.writing.messages import written_date
from ui.render.html.voices import palette_of, voice_name

_NO_OUTLET = "no outlet"
_LONGEST_TITLE = 160  # characters
_MOST_TICKS = 8
_PILE = 5  # dots above each other
_ASIDE = 1.2  # hundredths of the span


@dataclass(frozen=True)
class Dated:
    """A statement to be plotted: when and where it was published, whose it is, its words, where it
    opens.
    """

    published: str | None
    outlet: str | None
    voice: str
    css: str
    words: str
    href: str


@dataclass(frozen=True)
class Dot:
    """A statement's place from 0 (the first day) to 100 (the last), and what is told of it."""

    at: float
    css: str
    title: str
    href: str
    level: int = 0


@dataclass(frozen=True)
class TimelineRow:
    """The dots of one outlet or holder; those of one day stand above each other, each at a level of
    its own.
    """

    name: str
    dots: tuple[Dot, ...]

    @property
    def levels(self) -> int:
        return 1 + max(dot.level for dot in self.dots)


@dataclass(frozen=True)
class Timeline:
    """Lines over one span of time; `ticks` are its years or its ends, with their places; `undated`
    have no place.
    """

    lines: tuple[TimelineRow, ...]
    ticks: tuple[tuple[float, str], ...]
    undated: tuple[Dated, ...]


def answer_timeline(answer: Answer, exchange: int) -> str:
    """The cited statements of an answer over time, by outlet and by holder."""
    palette = palette_of(answer)
    statements = [
        Dated(
            c.published,
            c.outlet,
            voice_name(c.holder),
            palette.css(c.holder),
            c.quote,
            f"#c-{exchange}-{c.id}",
        )
        for c in answer.citations
    ]
    plots = {
        "By outlet": timeline(statements, by_holder=False),
        "By holder": timeline(statements, by_holder=True),
    }
    return rendered("ui.render", "timeline.html.jinja", plots=plots, exchange=exchange)


def timeline(statements: Sequence[Dated], by_holder: bool) -> Timeline:
    """The plot of some statements; equal dates have equal places."""
    dated = sorted(
        (statement for statement in statements if statement.published),
        key=lambda statement: statement.published or "",
    )
    days = [date.fromisoformat(statement.published or "").toordinal() for statement in dated]
    first, last = (days[0], days[-1]) if days else (0, 0)
    lines: dict[str, list[Dot]] = {}
    for statement, day in zip(dated, days, strict=True):
        name = statement.voice if by_holder else statement.outlet or _NO_OUTLET
        lines.setdefault(name, []).append(
            Dot(_place(day, first, last), statement.css, _title(statement), statement.href)
        )
    rows = tuple(TimelineRow(name, tuple(_apart(dots))) for name, dots in lines.items())
    return Timeline(
        rows,
        tuple(_ticks(first, last)) if days else (),
        tuple(statement for statement in statements if not statement.published),
    )


def _place(day: int, first: int, last: int) -> float:
    return round(100 * (day - first) / (last - first), 2) if last > first else 50.0


def _apart(dots: Iterable[Dot]) -> Iterator[Dot]:
    """Dots of one place above each other, so that each can be seen and opened; a sixth begins
    another pile beside.
    """
    met: Counter[float] = Counter()
    for dot in dots:
        pile, level = divmod(met[dot.at], _PILE)
        met[dot.at] += 1
        aside = pile * _ASIDE * (-1 if dot.at > 50 else 1)
        yield replace(dot, at=round(dot.at + aside, 2), level=level)


def _title(statement: Dated) -> str:
    words = " ".join(statement.words.split())
    cut = words if len(words) <= _LONGEST_TITLE else f"{words[: _LONGEST_TITLE - 1]}…"
    where = ", ".join(
        part
        for part in (
            statement.voice,
            statement.outlet,
            written_date(statement.published or "", "en"),
        )
        if part
    )
    return f"{where}: {cut}"


def _ticks(first: int, last: int) -> Iterator[tuple[float, str]]:
    """The first days of years inside the span, as many as can be read; the two ends where there is
    none.
    """
    years = range(date.fromordinal(first).year + 1, date.fromordinal(last).year + 1)
    step = len(years) // _MOST_TICKS + 1
    if len(years) < 2:
        ends = dict.fromkeys((first, last))
        yield from ((_place(day, first, last), date.fromordinal(day).isoformat()) for day in ends)
        return
    for year in years[::step]:
        yield _place(date(year, 1, 1).toordinal(), first, last), str(year)
