"""What a person says of a statement, as a correction that can be kept; and the corrections kept, as
rows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ui.schemas import AskedCorrection, CorrectionRow
from vectorstore.corrections import RULE, Correction, place_of
from vectorstore.errors import UsageError
from vectorstore.names.keys import name_key
from vectorstore.records import Article, HolderType, Span, Statement, content_id
from vectorstore.storage.snapshot import Snapshot

_BODIES: tuple[HolderType, ...] = ("organisation", "media")


def correction_of(
    snapshot: Snapshot,
    statement: Statement,
    text: str,
    asked: AskedCorrection,
    made: str,
    earlier: Correction | None = None,
) -> Correction:
    """The correction that gives a statement to whom somebody says; `earlier` is the one that it
    takes the place of.

    `text` is the source text, `made` the day. Raises UsageError where the words do not stand in the
    article, or nobody is named.
    """
    _check(statement, asked)
    article = snapshot.article[statement.article_id]
    start, end = (
        _place(article, statement, text, asked.words)
        if asked.words is not None
        else _span(statement)
    )
    _check_whole(snapshot, statement, (start, end))
    return Correction(
        article.id,
        text[start:end],
        start,
        _type(snapshot, statement, asked),
        asked.holder,
        _replaced(statement, text, (start, end), earlier),
        article.title,
        made,
    )


def correction_at(
    corrections: Sequence[Correction], statement: Statement, text: str, article: Article
) -> Correction | None:
    """The correction that a statement shows, or None."""
    of_article = (
        correction
        for correction in corrections
        if correction.article == statement.article_id and statement.rule == RULE
    )
    return next(
        (
            earlier
            for earlier in of_article
            if place_of(earlier.words, text, (article.start, article.end), earlier.at)
            == _span(statement)
        ),
        None,
    )


def correction_rows(
    corrections: Sequence[Correction], snapshot: Snapshot, text_of: Callable[[str], str]
) -> Iterator[CorrectionRow]:
    """The corrections in the order in which they were made, each with what it holds on to now."""
    for correction in corrections:
        place = place_now(correction, snapshot, text_of)
        made = [
            s
            for s in snapshot.statements
            if s.article_id == correction.article and s.rule == RULE and _span(s) == place
        ]
        yield CorrectionRow(
            correction_id(correction),
            made[0].id if made else None,
            correction.article,
            correction.title,
            correction.words,
            correction.at,
            correction.type,
            correction.holder,
            correction.made,
            place is not None,
        )


def place_now(
    correction: Correction, snapshot: Snapshot, text_of: Callable[[str], str]
) -> Span | None:
    """Where the words of a correction stand now; None where they or their article are gone."""
    article = snapshot.article.get(correction.article)
    if article is None:
        return None
    return place_of(
        correction.words, text_of(article.id), (article.start, article.end), correction.at
    )


def correction_id(correction: Correction) -> str:
    """What a correction is called, also when its words are gone."""
    return content_id(correction.article, correction.words, str(correction.at))[:8]


def innermost(statements: Sequence[Statement], place: Span) -> Statement:
    """The statement that answers for a span of a body: the smallest around it, of equal ones the
    child.
    """
    return min(reversed([s for s in statements if s.covers(*place)]), key=lambda s: s.end - s.start)


def _check(statement: Statement, asked: AskedCorrection) -> None:
    if asked.holder is not None and not (name_key(asked.holder) and _is_text(asked.holder)):
        raise UsageError(
            f"{asked.holder!r} is no name. Name the holder, or say that it is the author or"
            " unnamed."
        )
    if asked.holder is None and asked.type not in ("author", "unnamed"):
        raise UsageError(
            "Nobody is named. Name the holder, or say that it is the author or unnamed."
        )
    if asked.type != "author":
        return
    if asked.holder is not None or asked.words is not None:
        raise UsageError(
            "Words go back to the author as a whole statement, without a name or other words. To"
            " shorten a statement, name its holder and the words that stay theirs."
        )
    if statement.parent_id is None and statement.rule != RULE:
        raise UsageError(f"The statement {statement.id} is the author's already.")


def _is_text(words: str) -> bool:
    """Whether words can be written: a terminal tells bytes that are no text as halves of
    characters.
    """
    return not any("\ud800" <= char <= "\udfff" for char in words)


def _place(article: Article, statement: Statement, text: str, words: str) -> Span:
    """Where words stand in an article's own text, however white space runs in them; inside the
    statement first.
    """
    pattern = re.compile(r"\s+".join(map(re.escape, words.split())) or r"(?!)")
    spans = [match.span() for match in pattern.finditer(text, article.start, article.end)]
    places = [
        (start, end)
        for start, end in spans
        if any(a <= start and end <= b for a, b in article.body)
    ]
    if not places:
        raise UsageError(
            f"These words do not stand in the text of {article.title!r}. "
            f"Copy them from `rashomon statements {article.id}`."
        )
    return min(
        places, key=lambda place: (not statement.covers(*place), abs(place[0] - statement.start))
    )


def _check_whole(snapshot: Snapshot, statement: Statement, place: Span) -> None:
    """Refuses words that cut another statement in two: statements lie inside one another, or
    apart.
    """
    start, end = place
    for other in snapshot.statements:
        same = other.article_id == statement.article_id and other.id != statement.id
        if (
            same
            and other.overlaps(*place)
            and not other.covers(*place)
            and not (start <= other.start and other.end <= end)
        ):
            raise UsageError(
                f"These words cut the statement {other.id} in two. Correct that one first, or give"
                " words that hold it whole."
            )


def _type(snapshot: Snapshot, statement: Statement, asked: AskedCorrection) -> HolderType:
    """The type that is given; else what the corpus knows the name as, what the statement's holder
    is, or a person.
    """
    if asked.type is not None:
        return asked.type
    name = snapshot.naming.canonical(asked.holder or "")
    sort = next((named.sort for named in snapshot.naming.holders if named.name == name), None)
    alias = snapshot.naming.aliases.get(name_key(name))
    if sort == "body":
        used = Counter(s.holder.type for s in snapshot.statements if s.holder.name == name)
        return max(_BODIES, key=lambda body: used[body])
    if sort is not None:
        return sort
    if alias and alias.type and alias.type != "author":
        return alias.type
    holder_now = statement.holder
    return (
        holder_now.type if holder_now.name and holder_now.type in ("person", *_BODIES) else "person"
    )


def _replaced(
    statement: Statement, text: str, place: Span, earlier: Correction | None
) -> str | None:
    """The words of the statement that was found there, where the right ones are others."""
    if earlier is not None:
        replaced = earlier.instead_of or (
            None if statement.id == _made_id(earlier) else earlier.words
        )
    else:
        replaced = None if statement.parent_id is None else text[statement.start : statement.end]
    return None if replaced == text[place[0] : place[1]] else replaced


def _made_id(correction: Correction) -> str:
    """The id of a statement that a correction made where there was none."""
    return f"{correction.article}-c{content_id(correction.words)[:8]}"


def _span(statement: Statement) -> Span:
    return (statement.start, statement.end)
