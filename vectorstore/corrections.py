"""What a person has corrected: whose words are whose, whatever the rules found.

A correction holds on to the words themselves, so that it survives another ingest, other rules, and
a revised text as long as the words stand in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from vectorstore.atomic_write import write_whole
from vectorstore.errors import CorrectionError
from vectorstore.records import Holder, HolderType, Link, Span, Statement, content_id
from vectorstore.yaml_files import NotYaml, read_yaml_file, shown, write_yaml

RULE = "correction"
_HEAD = """\
# Whose words are whose, as people have corrected it with `rashomon correct`. What stands here beats every rule.
# `article` and `words` say which words; `at` tells repeated ones apart; remove an entry to withdraw it.
"""
_TYPES = tuple(kind for kind in get_args(HolderType))


@dataclass(frozen=True)
class Correction:
    """That these words of an article are a holder's. `type` author gives them back to whoever tells
    the article.

    `instead_of` are the words of the statement that it takes the place of, when the span was wrong.
    """

    article: str
    words: str
    at: int
    type: HolderType
    holder: str | None = None
    instead_of: str | None = None
    title: str | None = None
    made: str | None = None

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.article, self.words, self.at)


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """The corrections of a YAML file, in order; none when there is no such file. Raises
    CorrectionError.
    """
    try:
        rows = read_yaml_file(path)
    except FileNotFoundError:
        return ()
    except NotYaml as error:
        raise CorrectionError(
            f"{path.name} cannot be read {error}. Correct it, or remove it.", path
        ) from error
    if not isinstance(rows, list | None):
        raise CorrectionError(
            f"{path.name} must hold a list of corrections. Correct it, or remove it.", path
        )
    return tuple(_correction(path, number, row) for number, row in enumerate(rows or (), 1))


def add_correction(path: Path, correction: Correction) -> None:
    """Writes a correction into the file; it takes the place of one about the same words."""
    _write(
        path,
        [
            *(earlier for earlier in read_corrections(path) if earlier.key != correction.key),
            correction,
        ],
    )


def drop_correction(path: Path, article: str, words: str, at: int) -> bool:
    """Takes the correction of these words out of the file; whether it was there."""
    held = read_corrections(path)
    left = [correction for correction in held if correction.key != (article, words, at)]
    if len(left) < len(held):
        _write(path, left)
    return len(left) < len(held)


def _write(path: Path, corrections: Sequence[Correction]) -> None:
    rows = [
        {name: value for name, value in asdict(correction).items() if value is not None}
        for correction in corrections
    ]
    write_whole(path, _HEAD + write_yaml(rows))


def corrected(
    statements: Sequence[Statement], text: str, span: Span, corrections: Iterable[Correction]
) -> tuple[Statement, ...]:
    """The statements of one article with what a person said of them; `span` is the article's place
    in its text.
    """
    corrected_statements = list(statements)
    for correction in corrections:
        place = place_of(correction.words, text, span, correction.at)
        if place is not None:
            instead = correction.instead_of
            old = place_of(instead, text, span, correction.at) if instead else None
            corrected_statements = _told_anew(corrected_statements, place, old, correction)
    return tuple(corrected_statements)


def place_of(words: str, text: str, span: Span, near: int) -> Span | None:
    """Where words stand in an article: the place nearest to where they stood before, or None."""
    places: list[int] = []
    at = text.find(words, *span)
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1, span[1])
    if not places:
        return None
    start = min(places, key=lambda place: abs(place - near))
    return (start, start + len(words))


def _told_anew(
    statements: list[Statement], place: Span, old: Span | None, correction: Correction
) -> list[Statement]:
    replaced = [
        s for s in statements if (s.start, s.end) in (place, old) and s.parent_id is not None
    ]
    whole = next((s for s in statements if (s.start, s.end) == place and s.parent_id is None), None)
    left = [s for s in statements if s not in replaced]
    if whole is not None:
        left[left.index(whole)] = _given(whole, correction)
    elif correction.type != "author":
        like = replaced[0] if replaced else None
        around = [s for s in left if s.covers(*place)]
        if not around:
            return statements
        parent = min(reversed(around), key=lambda s: s.end - s.start)
        left.append(_statement(like or parent, parent, place, correction, like is not None))
    return _nested(left)


def _statement(
    like: Statement, parent: Statement, place: Span, correction: Correction, same_form: bool
) -> Statement:
    chain = tuple(
        replace(link, role="quoted_by") if link.role == "said" else link for link in parent.chain
    )
    made = replace(
        like, form=like.form if same_form else "indirect", chain=(Link(None, "said"), *chain)
    )
    id = like.id if same_form else f"{like.article_id}-c{content_id(correction.words)[:8]}"
    return _given(
        replace(made, id=id, start=place[0], end=place[1], parent_id=parent.id), correction
    )


def _given(statement: Statement, correction: Correction) -> Statement:
    """A statement given to the holder of a correction, and marked as corrected."""
    holder = _holder(statement.holder, correction)
    said = Link(holder.name or holder.mention, "said")
    others = tuple(link for link in statement.chain if link.role != "said")
    chain = others if correction.type == "author" else (said, *others)
    return replace(
        statement, holder=holder, chain=chain, rule=RULE, resolved="person", confidence=1.0
    )


def _holder(holder: Holder, correction: Correction) -> Holder:
    """The holder of a correction: somebody unnamed by the words for them, the author without
    any.
    """
    if correction.type == "unnamed":
        return Holder(None, correction.holder or holder.mention, "unnamed")
    mention = holder.mention if correction.type != "author" and holder.type != "author" else None
    return Holder(correction.holder, mention, correction.type)


def _nested(statements: Sequence[Statement]) -> list[Statement]:
    """The statements in order, parents before children, each under the smallest that covers it."""
    ordered = sorted(statements, key=lambda s: (s.start, -s.end))
    nested: list[Statement] = []
    above: list[Statement] = []
    for statement in ordered:
        while above and not above[-1].covers(statement.start, statement.end):
            above.pop()
        nested.append(replace(statement, parent_id=above[-1].id if above else None))
        above.append(nested[-1])
    return nested


def _correction(path: Path, number: int, row: Any) -> Correction:
    fields = set(Correction.__dataclass_fields__)
    if not isinstance(row, Mapping) or not {"article", "words", "at", "type"} <= set(row) <= fields:
        raise CorrectionError(
            f"{path.name}: entry {number} must have article, words, at, type and holder."
            " Correct it.",
            path,
        )
    values = {name: _day(value) if name == "made" else value for name, value in row.items()}
    if wrong := [name for name, value in values.items() if not _may_be(name, value)]:
        raise CorrectionError(
            f"{path.name}: entry {number} has a value that cannot be, {wrong[0]}:"
            f" {shown(values[wrong[0]])}. Correct it, or remove the entry.",
            path,
        )
    return Correction(**values)


def _day(value: Any) -> Any:
    """A day, moment or year as text: YAML reads it as more than that."""
    return str(value) if isinstance(value, date | int) else value


def _may_be(name: str, value: Any) -> bool:
    if name == "at":
        return isinstance(value, int) and not isinstance(value, bool)
    if name == "type":
        return value in _TYPES
    return (
        isinstance(value, str) and bool(value)
        if name in ("article", "words")
        else isinstance(value, str | None)
    )
