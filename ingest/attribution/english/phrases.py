"""Noun phrases beside a verb: where the words that stand for its subject begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.tokens import TaggedSentence

_NOUN = "npr"
_INSIDE = "npjk"
_BOUNDARY = ",;:-(.cstwQ"
_LONGEST_ASIDE = 30  # tokens
_LONGEST_PHRASE = 30
_APPOSITION = re.compile(r"[dnpjwgvia]")
_FINITE = re.compile(r"[vbm]")


@dataclass(frozen=True)
class Phrase:
    """A stretch of tokens `start:end` that stands for somebody; `aside` is what is said of them
    between commas.
    """

    start: int
    end: int
    aside: tuple[int, int] | None = None
    many: bool = False  # two coordinated phrases


def phrase_before(s: TaggedSentence, end: int, free: bool = False) -> Phrase | None:
    """The noun phrase that ends before token `end`, with what hangs on it by prepositions.

    It begins a clause, unless it is `free` to stand anywhere, as an object does.
    """
    core = _core(s, end)
    if core is None:
        return None
    start, head = core
    reach = start
    while (left := _attached(s, reach)) is not None and end - left[0] <= _LONGEST_PHRASE:
        reach, head = left
    if reach != start and not _at_boundary(s, reach) and not (free and s.kind(reach - 1) in "vg"):
        reach, head = start, core[1]
    if (
        reach == start
        and s.kind(start - 1) == "i"
        and start
        and not free
        and not _named_last(s, start, end)
    ):
        return None
    whole = Phrase(reach, end) if reach != start else Phrase(start, head)
    return _coordinated(s, whole)


def _named_last(s: TaggedSentence, start: int, end: int) -> bool:
    """Whether a name follows another noun without a comma: "in his article Mara Orlen said"."""
    return (
        re.search(r"[nd]p+$", s.kinds[start:end]) is not None and s.kinds[start:end].count("n") > 0
    )


def _core(s: TaggedSentence, end: int) -> tuple[int, int] | None:
    """The start and end of the noun phrase that ends before `end`, without what hangs on it."""
    at = end - 1
    if s.kind(at) == "d":
        return (at, end)
    if at < 0 or s.kind(at) not in _NOUN:
        return None
    if s.kind(at) == "r":
        return (at, end)
    while at > 0 and (s.kind(at - 1) in _INSIDE or _is_modifier(s, at - 1)):
        at -= 1
    if s.kind(at - 1) == "d" and at > 0:
        at -= 1
        if s.kind(at - 1) == "d":
            at -= 1
    if s.kind(at) == "k":
        at += 1
    return (at, end)


def _is_modifier(s: TaggedSentence, at: int) -> bool:
    """Whether a participle or adverb stands inside a noun phrase: after a determiner, or at the
    start of the clause.
    """
    if s.kind(at) == "g" or (s.kind(at) == "v" and s.tokens[at].tag == "VBN"):
        return s.kind(1) in "np" if at == 0 else s.kind(at - 1) in "dja"
    return s.kind(at) == "a" and s.kind(at - 1) == "d" and s.kind(at + 1) in "jv"


def _attached(s: TaggedSentence, start: int) -> tuple[int, int] | None:
    """The noun phrase on which the one that begins at `start` hangs: by a preposition, or by
    "published by".
    """
    at = start - 1
    if s.kind(at) not in "io" or at <= 0:
        return None
    before = at - 1 if s.kind(at - 1) == "i" and at > 1 else at
    if _is_participle(s, before - 1) and s.kind(before - 2) in _NOUN and before > 1:
        before -= 1
    elif (
        s.kind(before - 1) == "j"
        and s.kind(before - 2) in _NOUN
        and s.lower(before) in ("with", "to", "for", "in")
    ):
        before -= 1  # "officials familiar with the talks"
    return _core(s, before)


def _is_participle(s: TaggedSentence, at: int) -> bool:
    """Whether a verb can hang on the noun before it: "published by", but not "came from"."""
    return s.kind(at) == "g" or (
        s.kind(at) == "v" and (s.tokens[at].tag == "VBN" or s.lower(at).endswith("ed"))
    )


def _at_boundary(s: TaggedSentence, start: int) -> bool:
    if s.kind(start) == "d" and s.kind(start - 1) in "np" and start:
        return True  # two phrases without a comma between: "last year a channel"
    return (
        start == 0
        or s.kind(start - 1) in _BOUNDARY
        or (s.kind(start - 1) == "a" and _at_boundary(s, start - 1))
    )


def _coordinated(s: TaggedSentence, phrase: Phrase) -> Phrase:
    """The phrase with the one before its "and", where both together open the clause."""
    at = phrase.start - 1
    if at <= 0 or s.kind(at) != "c" or s.lower(at) not in ("and", "or", "&"):
        return phrase
    left = _core(s, at)
    if left is None or not (
        _at_boundary(s, left[0]) and (left[0] == 0 or s.kind(left[0] - 1) != "c")
    ):
        return phrase
    return Phrase(left[0], phrase.end, many=True)


def asides_before(s: TaggedSentence, at: int, free: bool = False) -> Iterator[Phrase]:
    """The phrases before a pair of commas or dashes that ends before `at`: "Orlen, the minister,
    said".
    """
    mark = s.kind(at - 1)
    for opened in range(at - 2, max(-1, at - _LONGEST_ASIDE), -1):
        if s.kind(opened) != mark:
            continue
        inside = s.kinds[opened + 1 : at - 1]
        if not inside or not (mark == "-" or _APPOSITION.match(inside)):
            continue
        phrase = phrase_before(s, opened, free)
        if phrase is not None and (
            _at_boundary(s, phrase.start) or (free and s.kind(phrase.start - 1) in "vg")
        ):
            yield Phrase(phrase.start, phrase.end, (opened + 1, at - 1), phrase.many)


def phrase_after(s: TaggedSentence, start: int, grammar: Grammar) -> Phrase | None:
    """The noun phrase that begins at `start`: "said Mara Orlen, a hydrologist at the institute"."""
    at = _core_end(s, start)
    if at is None:
        return None
    while s.kind(at) == "i" and s.lower(at) not in grammar.words["time_prepositions"]:
        end = _core_end(s, at + 1)
        if end is None or any(s.lower(n) in grammar.words["times"] for n in range(at, end)):
            break
        at = end
    return Phrase(start, at, _aside_after(s, at))


def _core_end(s: TaggedSentence, start: int) -> int | None:
    """Where the noun phrase that begins at `start` ends, without what hangs on it; None where none
    begins.
    """
    at = start
    if s.kind(at) == "r":
        return at + 1
    while s.kind(at) == "d":
        at += 1
    while at < len(s) and (
        s.kind(at) in _INSIDE or (s.kind(at) in "vga" and s.kind(at + 1) in "njp" and at > start)
    ):
        at += 1
    if s.kind(at) == "c" and s.kind(at - 1) == "p" and s.kind(at + 1) == "p":
        return _core_end(s, at + 1)
    while at > start and s.kind(at - 1) not in "npd":
        at -= 1
    return at if at > start else None


def _aside_after(s: TaggedSentence, at: int) -> tuple[int, int] | None:
    """The apposition after a comma: up to the next comma, or to the end of the sentence."""
    if s.kind(at) not in ",-" or not _APPOSITION.match(s.kind(at + 1)) or s.kind(at + 1) == "g":
        return None
    end = next((n for n in range(at + 1, len(s)) if s.kind(n) in ",;:-.("), len(s))
    inside = s.kinds[at + 1 : end]
    described = inside[:1] in ("d", "w", "j", "n") or not inside.strip("pc")
    finite = inside[:1] != "w" and _FINITE.search(inside)
    return (at + 1, end) if described and not finite else None
