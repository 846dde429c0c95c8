"""A source as its articles: where each begins, what it says of itself, which of its lines are its own text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from ingest.byline import outlet_lines, read_byline
from ingest.front_matter import FrontMatter, read_front_matter
from ingest.furniture import Mark
from ingest.splitter import Cut, Paragraph, read_paragraphs, repeats, split
from ingest.voices.turns import is_transcript
from vectorstore.language.identify import language_of
from vectorstore.records import Article, Kind, Source, Span, content_id

_NOT_BODY = (Mark.PICTURE, Mark.LINK, Mark.RULE, Mark.CLOSING, Mark.DISCLAIMER)
_FOOT = (Mark.NAME, Mark.DATE, *_NOT_BODY)


def read_articles(source: Source) -> tuple[Article, ...]:
    """The articles of a source, in order; never none, for a source that holds words."""
    matter = read_front_matter(source.name, source.text)
    if matter:
        found = tuple(read_paragraphs(source.text, matter.end))
        return (_described(source, found, matter),)
    cuts = split(source.text)
    outlets = outlet_lines(cuts)
    return tuple(_article(source, cut, outlets) for cut in cuts)


def _article(source: Source, cut: Cut, outlets: frozenset[str]) -> Article:
    facts = read_byline(cut, outlets)
    start, end = cut.title.start, cut.paragraphs[-1].end
    body = body_spans(cut.title, cut.paragraphs[1:], cut.head - 1)
    words = _words(source.text, body)
    return Article(
        id=content_id(source.name, str(start), source.text[start:end]),
        source=source.name,
        start=start,
        end=end,
        title=_title(cut.title),
        author=facts.author,
        translator=facts.translator,
        outlet=facts.outlet,
        published=facts.published,
        language=language_of(words or cut.title.text),
        kind=facts.kind or _kind(cut.paragraphs, body),
        body=body,
    )


def _described(source: Source, found: Sequence[Paragraph], matter: FrontMatter) -> Article:
    """The one article of a file whose front matter says what it is."""
    facts = matter.facts
    title = facts.get("title") or (_title(found[0]) if found else source.name)
    heading = next((p for p in found[:1] if p.raw.startswith("#")), None)
    body = body_spans(heading, found[1:] if heading else found, 0)
    return Article(
        id=content_id(source.name, "0", source.text),
        source=source.name,
        start=0,
        end=len(source.text),
        title=title,
        author=facts.get("author"),
        translator=facts.get("translator"),
        outlet=facts.get("outlet"),
        original_outlet=facts.get("original_outlet"),
        published=facts.get("published"),
        url=facts.get("url"),
        language=facts.get("language") or language_of(_words(source.text, body) or title),
        kind=_as_kind(facts.get("kind")) or _kind(found, body),
        body=body,
    )


def body_spans(title: Paragraph | None, rest: Sequence[Paragraph], head: int) -> tuple[Span, ...]:
    """The stretches of an article's own text: no title, byline, caption or closing lines.

    `head` counts the lines under the title.
    """
    last = _foot_start(rest)
    own = [n for n, p in enumerate(rest[:last]) if _is_own(title, p, n < head)]
    spans: list[Span] = []
    for before, n in zip([-2, *own], own, strict=False):
        start = spans.pop()[0] if n == before + 1 else rest[n].start
        spans.append((start, rest[n].end))
    return tuple(spans)


def _is_own(title: Paragraph | None, paragraph: Paragraph, in_head: bool) -> bool:
    if title is not None and repeats(title, paragraph):
        return False
    return paragraph.furniture is None or (not in_head and not paragraph.is_mark(*_NOT_BODY))


def _foot_start(rest: Sequence[Paragraph]) -> int:
    """The index of the closing lines: the first of them after which only short lines stand."""
    last = len(rest)
    while last and (rest[last - 1].is_mark(*_FOOT) or len(rest[last - 1].text) < 80):
        last -= 1
    return next((n for n in range(last, len(rest)) if rest[n].is_mark(Mark.CLOSING, Mark.DISCLAIMER)), len(rest))


def _title(paragraph: Paragraph) -> str:
    return paragraph.text.lstrip("# ").strip("*_ ")


def _words(text: str, body: Sequence[Span]) -> str:
    return "\n".join(text[start:end] for start, end in body)


def _kind(found: Sequence[Paragraph], body: Sequence[Span]) -> Kind | None:
    if not body:
        return "stub"
    return "transcript" if is_transcript([p.text for p in found[1:]]) else None


def _as_kind(stated: str | None) -> Kind | None:
    return stated if stated in get_args(Kind) else None  # type: ignore[return-value]
