"""A document as its articles: where each begins, what it says of itself, which of its lines are its
own text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.articles.boilerplate import Mark
from ingest.articles.byline import outlet_lines, read_byline
from ingest.articles.paragraph import Paragraph, read_paragraphs, repeats
from ingest.articles.republished import is_translation, read_embedded
from ingest.articles.split import Cut, split, whole
from ingest.attribution.turns import is_transcript
from ingest.document import Document, DocumentPart
from ingest.metadata import Metadata
from vectorstore.language.detect import language_of
from vectorstore.records import Article, Embedded, Kind, Source, Span, content_id

_NOT_BODY = (
    Mark.PICTURE,
    Mark.STAFF,
    Mark.LINK,
    Mark.ELISION,
    Mark.EDITORIAL,
    Mark.RULE,
    Mark.CLOSING,
    Mark.DISCLAIMER,
)
_LONGEST_OPENING = 80
_LONGEST_TITLE = 2_000  # characters; a longer first paragraph is no title
_LONGEST_HEADING = 120
_MOST_HEADING_WORDS = 14
_END_MARKS = tuple('.!?؟…,،;؛:"”’»)')
_ITEM = re.compile(r"(?:[-*•–—]|\d+[.)])\s")
_FOOT = (Mark.NAME, Mark.DATE, *_NOT_BODY)


def read_articles(
    name: str, document: Document, stated: Metadata = Metadata()
) -> tuple[Article, ...]:
    """The articles of a document that goes by a name, in order; never none, for a document that
    holds words.

    `stated` fills what the document does not say of them.
    """
    if document.parts:
        text = document.text
        alone = len(document.parts) == 1
        return tuple(
            _stated(name, text, part, (0, len(text)) if alone else (part.start, part.end), stated)
            for part in document.parts
        )
    return tuple(article for article, _ in cut_articles(name, document, stated))


def cut_articles(
    name: str, document: Document, stated: Metadata = Metadata()
) -> list[tuple[Article, Cut]]:
    """The articles that the splitter finds in a document, each with its cut."""
    cuts = split(read_paragraphs(document.text))
    outlets = outlet_lines(cuts)
    return [(_found(name, document.text, cut, outlets, stated), cut) for cut in cuts]


def _found(name: str, text: str, cut: Cut, outlets: frozenset[str], stated: Metadata) -> Article:
    """An article that the splitter found."""
    paragraphs = [*cut.head, *cut.rest]
    embedded = read_embedded(text, paragraphs)
    facts = _credited(read_byline(cut, outlets), paragraphs, embedded)
    title = Metadata(title=_title(cut.title) if cut.title else _opening(cut.rest))
    body = body_spans(title.title if cut.title else None, paragraphs, len(cut.head))
    return _article(
        name,
        text,
        (cut.start, cut.end),
        title.before(facts).before(stated),
        paragraphs,
        body,
        embedded,
    )


def _stated(name: str, text: str, part: DocumentPart, span: Span, defaults: Metadata) -> Article:
    """An article that the document states; `span` is what it takes up with its metadata.

    Lines of a head below its title are read as such; without a title of its own, all is its text.
    """
    paragraphs = read_paragraphs(text, part.start, part.end)
    cut = whole(paragraphs) if paragraphs else None
    titled = cut is not None and cut.title is not None and _says_title(cut.title, part.facts.title)
    of_article = [*cut.head, *cut.rest] if cut and titled else paragraphs
    read = (
        read_byline(cut, outlet_lines([cut])) if cut and titled and not part.final else Metadata()
    )
    title = part.facts.title or (_first_line(paragraphs) if paragraphs else name)
    facts = replace(part.facts, title=title).before(read).before(defaults)
    body = body_spans(title, of_article, len(cut.head) if cut and titled else 0)
    return _article(name, text, span, facts, of_article, body, read_embedded(text, of_article))


def _says_title(paragraph: Paragraph, title: str | None) -> bool:
    return title is None or repeats(title, paragraph.text)


def _article(
    name: str,
    text: str,
    span: Span,
    facts: Metadata,
    paragraphs: Sequence[Paragraph],
    body: tuple[Span, ...],
    embedded: tuple[Embedded, ...],
) -> Article:
    start, end = span
    title = facts.title or name
    return Article(
        id=article_id(Source(name, text), span),
        source=name,
        start=start,
        end=end,
        title=title,
        author=facts.author,
        translator=facts.translator,
        outlet=facts.outlet,
        original_outlet=facts.original_outlet,
        published=facts.published,
        url=facts.url,
        language=facts.language or language_of(_words(text, body) or title),
        kind=facts.kind or _kind(paragraphs, body),
        body=body,
        embedded=embedded,
    )


def article_id(source: Source, span: Span) -> str:
    """The id of the article that takes up a span of a source: made of its name, its place and its
    words.
    """
    start, end = span
    return content_id(source.name, str(start), source.text[start:end])


def _credited(
    facts: Metadata, paragraphs: Sequence[Paragraph], embedded: Sequence[Embedded]
) -> Metadata:
    """The facts of an article; whoever signs a translation is its translator and not its author."""
    if not embedded or not is_translation(paragraphs, embedded[0]):
        return facts
    piece, translator = embedded[0], facts.translator or facts.author
    return replace(facts, author=piece.author, translator=translator, original_outlet=piece.outlet)


def body_spans(
    title: str | None, paragraphs: Sequence[Paragraph], head: int = 0
) -> tuple[Span, ...]:
    """The stretches of an article's own text among its paragraphs: no repeated title, caption or
    closing lines.

    Of the first `head` paragraphs, which are its head, only teasers are its own text.
    """
    places = [n for n in range(_foot_start(paragraphs)) if _is_own(title, paragraphs, n, n < head)]
    spans: list[Span] = []
    for before, n in zip([-2, *places], places, strict=False):
        start = spans.pop()[0] if n == before + 1 else paragraphs[n].start
        spans.append((start, paragraphs[n].end))
    return tuple(spans)


def _is_own(title: str | None, paragraphs: Sequence[Paragraph], n: int, in_head: bool) -> bool:
    paragraph = paragraphs[n]
    if (title is not None and repeats(title, paragraph.text)) or _stands_apart(paragraphs, n):
        return False
    return paragraph.furniture is None or not (in_head or paragraph.is_mark(*_NOT_BODY))


def _stands_apart(paragraphs: Sequence[Paragraph], n: int) -> bool:
    """Whether a line is a heading or a caption: short, without an end mark, over prose or over its
    own repetition.
    """
    paragraph, below = paragraphs[n], paragraphs[n + 1 : n + 2]
    long = (
        len(paragraph.text) > _LONGEST_HEADING or len(paragraph.text.split()) > _MOST_HEADING_WORDS
    )
    if long or paragraph.text.endswith(_END_MARKS) or _ITEM.match(paragraph.text):
        return False
    twice = any(
        repeats(paragraph.text, other.text) for other in (*paragraphs[max(0, n - 1) : n], *below)
    )
    return twice or any(other.is_prose for other in below)


def _foot_start(rest: Sequence[Paragraph]) -> int:
    """The index of the closing lines: the first of them after which only short lines stand."""
    last = len(rest)
    while last and (rest[last - 1].is_mark(*_FOOT) or len(rest[last - 1].text) < 80):
        last -= 1
    return next(
        (n for n in range(last, len(rest)) if rest[n].is_mark(Mark.CLOSING, Mark.DISCLAIMER)),
        len(rest),
    )


def _title(paragraph: Paragraph) -> str:
    return paragraph.text.lstrip("# ").strip("*_ ")


def _first_line(paragraphs: Sequence[Paragraph]) -> str:
    """The first paragraph of an article that nobody has given a title, or its first words where no
    title is so long.
    """
    title = _title(paragraphs[0])
    return title if len(title) <= _LONGEST_TITLE else _opening(paragraphs)


def _opening(paragraphs: Sequence[Paragraph]) -> str:
    """The first words of an article that has no title, in its place."""
    text = paragraphs[0].text
    return (
        text if len(text) <= _LONGEST_OPENING else f"{text[:_LONGEST_OPENING].rsplit(' ', 1)[0]} …"
    )


def _words(text: str, body: Sequence[Span]) -> str:
    return "\n".join(text[start:end] for start, end in body)


def _kind(paragraphs: Sequence[Paragraph], body: Sequence[Span]) -> Kind | None:
    if not body:
        return "stub"
    return "transcript" if is_transcript([p.text for p in paragraphs]) else None
