"""Why a statement is whose it is, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from rag.writing.markdown import printable
from rag.writing.provenance import chain_in_words
from ui.render.terminal.article import who
from ui.render.terminal.rules import found_by
from ui.schemas import ArticleRow, CorrectionRow, StatementRow, WhyRow
from vectorstore.language.normalise import squeeze

_SORTS = {
    "person": "a person",
    "organisation": "an organisation",
    "media": "a medium",
    "unnamed": "unnamed",
    "author": "the author",
}
_LONGEST = 300  # characters of a statement that are shown
_MODALITIES = {
    "alleged": "The words are alleged, not stated.",
    "hypothetical": "{who} leaves this open, and does not say that it is so.",
}


def why(
    statement: StatementRow,
    article: ArticleRow,
    statements: Sequence[StatementRow],
    correction: CorrectionRow | None = None,
) -> WhyRow:
    """Why a statement is whose it is. `statements` are all those of its article; `correction` is
    what a person said.
    """
    parent = next((s for s in statements if s.id == statement.parent_id), None)
    place = f"{printable(article.source)}:{statement.start}-{statement.end}"
    sentences = [
        f"{statement.id} stands in “{printable(article.title)}” ({place}).",
        _words(statement),
        f"Holder: {_holder(statement)}.",
        _found(statement, statements),
        _resolved(statement, statements),
        *_stance(statement, parent),
        _within(statement, parent),
        (
            f"How the words came: {printable(chain_in_words(statement.chain))}."
            if statement.chain
            else ""
        ),
        *_overruled(statement, correction),
    ]
    return WhyRow(statement.id, tuple(sentence for sentence in sentences if sentence))


def _who(statement: StatementRow) -> str:
    """The holder inside a sentence."""
    named = statement.holder.name or statement.holder.mention or statement.holder.type == "author"
    return who(statement) if named else "somebody unnamed"


def _words(statement: StatementRow) -> str:
    """The words, or how they begin."""
    words = printable(statement.text)
    return (
        f"Words: “{words}”"
        if len(words) <= _LONGEST
        else f"Words, from their beginning: “{words[:_LONGEST]}” ..."
    )


def _holder(statement: StatementRow) -> str:
    role = f", {printable(statement.holder.role)}" if statement.holder.role else ""
    name, sort = _who(statement), _SORTS[statement.holder.type]
    return (
        name
        if sort == name or not (statement.holder.name or statement.holder.mention)
        else f"{name}, {sort}{role}"
    )


def _found(statement: StatementRow, statements: Sequence[StatementRow]) -> str:
    holder = statement.holder
    cue = _quoted(statement.cue, statements) if statement.cue else "the cue"
    mention = (
        _quoted(holder.mention, statements)
        if holder.mention
        else printable(holder.name or "nobody")
    )
    return f"{found_by(statement.rule, cue, mention)} The rule is {statement.rule or 'not known'}."


def _quoted(words: str, statements: Sequence[StatementRow]) -> str:
    """Words in quotation marks if they are the article's own, and bare if they only sum up what it
    says.
    """
    stand = any(squeeze(words) in squeeze(s.text) for s in statements if s.parent_id is None)
    return f"“{printable(words)}”" if stand else printable(words)


def _resolved(statement: StatementRow, statements: Sequence[StatementRow]) -> str:
    name, mention = statement.holder.name, statement.holder.mention
    named, words = printable(name or ""), _quoted(mention, statements) if mention else "the mention"
    if statement.resolved == "name":
        return (
            f"{words} was read as {named}."
            if name and mention and printable(mention) != named
            else ""
        )
    if statement.resolved == "before":
        return f"Nobody is named in this place: the words before it are those of {_who(statement)}."
    if statement.resolved == "unclear":
        return f"For whom {words} stands is not clear, so the holder has no name."
    if statement.resolved in ("pronoun", "noun"):
        return (
            f"{words} was read as {named}, {_near(statement, statements)}."
            if name
            else f"{words} is no name, and nothing near gives it one."
        )
    return ""


def _near(statement: StatementRow, statements: Sequence[StatementRow]) -> str:
    """How close the holder of a pronoun or noun is: who spoke last before it, or was only named."""
    before = [
        s
        for s in statements
        if s.end <= statement.start and s.holder.type != "author" and s.holder.name
    ]
    last = max(before, key=lambda s: s.start, default=None)
    return (
        "who spoke last before"
        if last and last.holder.name == statement.holder.name
        else "whom the text named before"
    )


def _stance(statement: StatementRow, parent: StatementRow | None) -> list[str]:
    sentences = [f"{_who(statement)} denies this."] if statement.polarity == "denied" else []
    if statement.modality == "imputed":
        sentences.append(f"{_imputing(parent)} imputes this to {_who(statement)}.")
    elif statement.modality in _MODALITIES:
        sentences.append(_MODALITIES[statement.modality].format(who=_who(statement)))
    return [*sentences, f"The confidence is {statement.confidence:.2f} of 1."]


def _imputing(parent: StatementRow | None) -> str:
    name = _who(parent) if parent else "the author"
    whole = (
        f"{name}, the author,"
        if parent and parent.holder.type == "author" and parent.holder.name
        else name
    )
    return f"{whole[:1].upper()}{whole[1:]}"


def _within(statement: StatementRow, parent: StatementRow | None) -> str:
    return f"The words stand inside {parent.id}, the words of {_who(parent)}." if parent else ""


def _overruled(statement: StatementRow, correction: CorrectionRow | None) -> list[str]:
    if correction is None:
        author = "" if statement.parent_id is None else "--author, or "
        return [
            f'To overrule this: rashomon correct {statement.id} --holder "NAME", or'
            f" {author}--unnamed."
        ]
    day = f" on {correction.made}" if correction.made else ""
    return [
        f"A person corrected this{day}. To take that back: rashomon correct --withdraw"
        f" {statement.id}"
    ]
