"""A noun phrase with its head, and the words that say what it can stand for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.tokens import TaggedSentence, TaggedToken
from ingest.attribution.spans import Gender, Mention, MentionKind, Number
from vectorstore.records import HolderType

PLURAL_HEADS = frozenset("people police media others many some few several most both youth".split())
PARTITIVE = frozenset(
    "one two three some many most several few both number group majority none all".split()
)
_SOME = frozenset(
    "a an some many several few various another one two three most numerous certain any".split()
)
INDEFINITE = _SOME | {"other"}


@dataclass(frozen=True)
class NounPhrase:
    """Tokens `start:end` of a sentence; its head ends before token `core`, and what hangs on it
    follows.
    """

    s: TaggedSentence
    start: int
    core: int
    end: int
    grammar: Grammar

    @property
    def head(self) -> TaggedToken:
        return self.s.tokens[self.core - 1]

    @cached_property
    def modifiers(self) -> tuple[TaggedToken, ...]:
        return tuple(
            token for token in self.s.tokens[self.start : self.core - 1] if token.kind in "jpng"
        )

    @cached_property
    def lowers(self) -> frozenset[str]:
        return frozenset(token.lower for token in self.s.tokens[self.start : self.core])

    @property
    def words(self) -> str:
        """The phrase up to its head, without an article."""
        return without_article(text_of(self.s, self.start, self.core))

    @property
    def number(self) -> Number:
        many = self.head.tag in ("NNS", "NNPS") or self.head.lower in PLURAL_HEADS
        return "many" if many or self.lowers & (PARTITIVE - {"all"}) else "one"

    @property
    def gender(self) -> Gender | None:
        return gender_of(self.s.tokens[self.start : self.core], self.grammar)

    @property
    def picks_some(self) -> bool:
        """Whether the phrase picks some out of a group: "some", "several" ..."""
        return bool(self.lowers & _SOME)

    @property
    def is_indefinite(self) -> bool:
        return bool(self.lowers & INDEFINITE) or self.s.kinds[self.start] != "d"

    def is_one_of(self, name: str) -> bool:
        """Whether the head stands in a set of the table."""
        return self.grammar.is_one_of(self.head.lower, name)

    def mention(
        self,
        end: int,
        kind: MentionKind,
        *,
        name: str | None = None,
        role: str | None = None,
        type: HolderType | None = None,
        number: Number | None = None,
        gender: Gender | None = None,
    ) -> Mention:
        """The mention that the phrase up to token `end` is."""
        first, last = self.s.tokens[self.start], self.s.tokens[end - 1]
        text = text_of(self.s, self.start, end)
        return Mention(first.start, last.end, text, kind, name, role, type, number, gender)


def text_of(s: TaggedSentence, start: int, end: int) -> str:
    """Tokens as they stand in a line, with what is left out between them as one space."""
    parts: list[str] = []
    for token in s.tokens[start:end]:
        glued = token.kind in "k,.;:" or token.text.startswith(("’", "'"))
        parts.append(token.text if glued or not parts else f" {token.text}")
    return "".join(parts)


def without_article(name: str) -> str:
    """A phrase without "the" or "a" before it."""
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in ("the", "a", "an") else name


def gender_of(tokens: tuple[TaggedToken, ...], grammar: Grammar) -> Gender | None:
    """Whether a title or noun among tokens says "he" or "she"."""
    for token in tokens:
        if token.lower.rstrip(".") in grammar.words["she"]:
            return "she"
        if token.lower.rstrip(".") in grammar.words["he"]:
            return "he"
    return None


def is_title(token: TaggedToken, grammar: Grammar) -> bool:
    """Whether a token is a title that stands before a name: "President", "Dr."."""
    return token.lower.rstrip(".") in grammar.words["titles"]


def is_role(token: TaggedToken, grammar: Grammar) -> bool:
    """Whether a token says what one person is: "hydrologist"."""
    person = grammar.is_one_of(token.lower, "people") and token.tag != "NNS"
    return token.kind in "npj" and (is_title(token, grammar) or person)
