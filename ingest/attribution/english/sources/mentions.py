"""What a noun phrase says of a holder: a name, a role, a kind; or that it can be nobody."""

from __future__ import annotations

from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.phrases import Phrase
from ingest.attribution.english.sources.common_nouns import read_noun
from ingest.attribution.english.sources.noun_phrases import (
    PARTITIVE,
    PLURAL_HEADS,
    NounPhrase,
    is_title,
)
from ingest.attribution.english.sources.proper_names import is_office, read_name, read_name_aside
from ingest.attribution.english.tokens import TaggedSentence, TaggedToken
from ingest.attribution.spans import Gender, Mention, Number

_ANYBODY = frozenset("someone somebody another everyone everybody".split())
_KNOWN = ("people", "bodies", "media", "documents")


def read_mention(s: TaggedSentence, phrase: Phrase, grammar: Grammar) -> Mention | None:
    """The holder that a phrase can stand for; None where it can stand for nobody who says
    anything.
    """
    start, end = _trimmed(s, phrase.start, phrase.end, grammar)
    if start >= end or s.lower(start) in grammar.words["negation"]:
        return None
    if end - start == 1 and s.kinds[start] in "rwdt":
        return _pronoun(s.tokens[start], grammar)
    noun = NounPhrase(s, start, _core_end(s, start, end), end, grammar)
    if (named := read_name_aside(noun, phrase)) is not None:
        return named
    if phrase.many:
        return _several(noun)
    if s.kinds[noun.core - 1] == "p" and not is_office(noun):
        return read_name(noun, phrase)
    return _author(noun) or read_noun(noun)


def pronoun(token: TaggedToken, number: Number, gender: Gender | None = None) -> Mention:
    """The mention that a pronoun is."""
    return Mention(token.start, token.end, token.text, "pronoun", number=number, gender=gender)


def _trimmed(s: TaggedSentence, start: int, end: int, grammar: Grammar) -> tuple[int, int]:
    """A phrase without a leading adverb or time ("Monday", "last week")."""
    while start < end - 1 and (s.kinds[start] == "a" or s.lower(start) in grammar.words["times"]):
        start += 1
    return start, end


def _core_end(s: TaggedSentence, start: int, end: int) -> int:
    """Where the head of a phrase ends: before what hangs on it, but behind "one of"."""
    at = start
    while at < end and not _hangs(s, start, at):
        at += 1
    if s.lower(at) == "of" and at < end and s.lower(at - 1) in PARTITIVE:
        return _core_end(s, at + 1, end)
    return max(at, start + 1)


def _hangs(s: TaggedSentence, start: int, at: int) -> bool:
    """Whether what hangs on a noun begins at a token: a preposition, a participle, "familiar
    with".
    """
    if s.kinds[at] == "i":
        return True
    behind_noun = at > start and s.kinds[at - 1] in "np"
    return behind_noun and s.kinds[at] in "vgwj" and (s.kinds[at] != "j" or s.kind(at + 1) == "i")


def _pronoun(token: TaggedToken, grammar: Grammar) -> Mention | None:
    if token.lower in grammar.words["pronouns_one"]:
        return pronoun(token, "one", "he" if token.lower == "he" else "she")
    if token.lower in grammar.words["pronouns_many"]:
        return pronoun(token, "many")
    if token.lower in PLURAL_HEADS or token.lower in _ANYBODY:
        return Mention(token.start, token.end, token.text, "noun", type="unnamed", number="many")
    if token.lower not in grammar.words["pronouns_thing"]:
        return None
    return Mention(token.start, token.end, token.text, "pronoun")


def _several(noun: NounPhrase) -> Mention | None:
    """Two coordinated phrases: by name when both are names, else a group."""
    s, grammar, inside = noun.s, noun.grammar, range(noun.start, noun.end)
    heads = [
        s.tokens[n]
        for n in inside
        if s.kinds[n] in "npr" and (n + 1 == noun.end or s.kinds[n + 1] in "ci")
    ]
    if not heads or any(head.lower in grammar.words["nobody"] for head in heads):
        return None
    whole = NounPhrase(s, noun.start, noun.end, noun.end, grammar)
    names = all(
        s.kinds[n] in "pjcdn" and (s.kinds[n] != "n" or is_title(s.tokens[n], grammar))
        for n in inside
    )
    if not names and not any(_stands_for_people(head, grammar) for head in heads):
        return None
    if names or any(head.kind == "p" or grammar.is_one_of(head.lower, "bodies") for head in heads):
        return whole.mention(noun.end, "name", name=whole.words, type="organisation", number="many")
    return whole.mention(noun.end, "noun", type="unnamed", number="many")


def _stands_for_people(head: TaggedToken, grammar: Grammar) -> bool:
    return head.kind == "p" or any(grammar.is_one_of(head.lower, name) for name in _KNOWN)


def _author(noun: NounPhrase) -> Mention | None:
    """Whose a paper is that says so: "a report by the Harbour Watch"."""
    s = noun.s
    at = noun.core + (s.lower(noun.core) in noun.grammar.words["published"])
    if (
        not noun.is_one_of("documents")
        or s.lower(at) not in ("by", "from")
        or s.kind(at + 1) not in "dp"
    ):
        return None
    author = read_mention(s, Phrase(at + 1, noun.end), noun.grammar)
    return author if author is not None and author.name else None
