"""What a cue governs: where the words begin and end that somebody answers for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.attribution.english.cues import Cue
from ingest.attribution.english.ends import content_end
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.phrases import Phrase
from ingest.attribution.english.tokens import TaggedSentence

_WIDEST_BRIDGE = 26  # tokens between "said" and "that"
_WIDEST_OBJECT = 14
_LEFTOVER = 4  # tokens before a parenthetical cue that are content of their own
_TWO_OBJECTS = re.compile(r"(?:r|d?[jnp]*[np])(?:d[jn]*n|n)(?:$|[.,ic])")
_WIDEST_AS = 30
_GOES_ON = re.compile(r"[tbmvQ:]")
_AUXILIARY = re.compile(r"[bm]")
_AFTER_TRAILING = re.compile(r"^[,.;)-]|^$|^[ia]")


@dataclass(frozen=True)
class Content:
    """Tokens `start:end` that a cue governs, and the frame by which it does."""

    start: int
    end: int
    frame: str


def content_after(
    s: TaggedSentence, cue: Cue, cues: Sequence[Cue], grammar: Grammar
) -> Content | None:
    """The content that follows a cue; an empty one where a colon ends the sentence and the words
    come below.
    """
    opened = _opening(s, cue, grammar)
    if opened is None:
        return None
    start, frame = opened
    end = content_end(s, start, frame, cue, cues, grammar)
    return Content(start, max(start, end), frame)


def _opening(s: TaggedSentence, cue: Cue, grammar: Grammar) -> tuple[int, str] | None:
    """Where content opens after a cue, by the first of the cue's frames that fits."""
    verb, at = cue.verb, cue.end
    if s.lower(at) == "so":
        return None  # "he said so"
    while s.kind(at) == "a" and s.lower(at) not in verb.prepositions:
        at += 1
    if s.lower(at) in verb.prepositions and s.kind(at + 1) not in ".,":
        return (at + 1, "thing")
    if (
        "to" in verb.frames
        and s.kind(at) == "o"
        and s.kind(at + 1) in "vbn"
        and s.tokens[at + 1].tag != "NNP"
    ):
        return (at + 1, "to")
    return _clause(s, cue, at, grammar) or _object(s, cue, at, grammar)


def _clause(s: TaggedSentence, cue: Cue, at: int, grammar: Grammar) -> tuple[int, str] | None:
    """A quotation, or a clause with "that", with a question word, or with neither."""
    frames = cue.verb.frames
    if "quote" in frames and (quotation := _quotation(s, at)) is not None:
        return quotation
    if (
        "that" in frames
        and (that := _that(s, _after_time(s, at, grammar), "address" in cue.verb.traits))
        is not None
    ):
        return (that + 1, "that")
    if "wh" in frames and (asked := _asked(s, at)) is not None:
        return (asked, "wh")
    bare = _bare(s, at, grammar) if "bare" in frames else None
    return (bare, "bare") if bare is not None else None


def _object(s: TaggedSentence, cue: Cue, at: int, grammar: Grammar) -> tuple[int, str] | None:
    """An object whose content the verb gives, or what stands behind a colon."""
    frames = cue.verb.frames
    if (
        "as" in frames
        and s.kind(at) in "dnpjrg"
        and any(s.lower(n) == "as" for n in range(at, at + _WIDEST_AS))
    ):
        return (at, "thing")
    if cue.verb.particle and "thing" in frames and s.lower(at) == "to":
        return (at + 1, "thing")  # "draws attention to"
    opens = s.kind(at) in "dnpjrgwQv" or s.lower(at) == "being"
    if "thing" in frames and opens and not _is_time(s, at, grammar):
        if (colon := _colon(s, at)) is not None:
            return (colon + 1, "colon")
        return (at, "thing") if _takes(s, cue, at, grammar) else None
    colon = s.kinds.find(":", at) if frames & {"that", "quote"} and not cue.unsaid else -1
    return (
        (colon + 1, "colon") if colon >= 0 and not _AUXILIARY.search(s.kinds, at, colon) else None
    )


def _colon(s: TaggedSentence, at: int) -> int | None:
    """A colon close behind an object, after which the words stand: "rejected the demand: no state
    has to".
    """
    colon = s.kinds.find(":", at, at + 10)
    return (
        colon
        if 0 < colon < len(s) - 1 and not any(kind in "vbm" for kind in s.kinds[at:colon])
        else None
    )


def _takes(s: TaggedSentence, cue: Cue, at: int, grammar: Grammar) -> bool:
    """Whether an object at `at` is one that the cue's verb can give the content of."""
    if "naming" in cue.verb.traits:
        return _is_named(s, cue, at)
    if "infinitive" in cue.verb.traits:
        return re.match(r"[djnpkir]+o[vb]", s.kinds[at:]) is not None
    if "denied" in cue.verb.traits and _TWO_OBJECTS.match(s.kinds, at):
        return False  # "denied the mayor a second boat"
    as_something = any(s.lower(n) == "as" for n in range(at, at + 10))
    return "claims" not in cue.verb.traits or as_something or _is_said(s, at, grammar)


def _is_named(s: TaggedSentence, cue: Cue, at: int) -> bool:
    """Whether an object is called something: by words in marks, by a second phrase, or in "what she
    called".
    """
    if any(token.quoted for token in s.tokens[at : at + 10]) or "Q" in s.kinds[at : at + 10]:
        return True
    if any(s.lower(n) in ("what", "so") for n in range(max(0, cue.start - 5), cue.start)):
        return True
    second = re.match(r"d?[jn]*[np]+(?:i[djnp]+)?d", s.kinds[at:])
    return second is not None or re.match(r"rd?[jn]", s.kinds[at:]) is not None


def _is_said(s: TaggedSentence, at: int, grammar: Grammar) -> bool:
    """Whether the object that opens at `at` is something said."""
    object = [token.lower for token in s.tokens[at : at + 8]]
    return any(
        grammar.is_one_of(word, "claims") or grammar.is_one_of(word, "documents") for word in object
    )


def _quotation(s: TaggedSentence, at: int) -> tuple[int, str] | None:
    """A quotation that follows directly, behind a comma or colon, or behind whom the words were
    told.
    """
    limit = min(len(s), at + _WIDEST_BRIDGE)
    for n in range(at, limit):
        kind = s.kinds[n]
        if kind == "Q":
            return (n, "quote") if n == at or s.kinds[n - 1] in ",:-t" or n - at <= 3 else None
        if kind == ":":
            return (n + 1, "colon")
        if kind in "btms;.(" or (kind == "o" and s.kind(n + 1) == "v"):
            return None
    return None


def _that(s: TaggedSentence, at: int, address: bool) -> int | None:
    """The "that" which opens a clause, directly, behind a time or place, or behind whom the words
    were told.
    """
    if s.kind(at) in "dnpjgr" and not address:
        return None
    for n in range(at, min(len(s), at + _WIDEST_BRIDGE)):
        kind = s.kinds[n]
        if kind == "t":
            return n if s.kind(n + 1) not in "vbmk.;" else None
        if kind in ",c" and re.match(r"a?[gv]", s.kinds[n + 1 : n + 3]):
            return None
        if kind in "bms;:.(Qw" or (
            kind == "r" and n > at and s.lower(n) not in ("him", "her", "them", "us", "me", "you")
        ):
            return None
    return None


def _after_time(s: TaggedSentence, at: int, grammar: Grammar) -> int:
    """The first token behind "yesterday" or "last night"."""
    while _is_time(s, at, grammar):
        at += 1 if s.lower(at) in grammar.words["times"] else 2
    return at


def _asked(s: TaggedSentence, at: int) -> int | None:
    for n in range(at, min(len(s), at + _WIDEST_OBJECT)):
        if s.kinds[n] == "w" or s.lower(n) in ("whether", "if", "why", "how"):
            return n
        if s.kinds[n] in "vbmst,;:.Q":
            return None
    return None


def _bare(s: TaggedSentence, at: int, grammar: Grammar) -> int | None:
    """Where a clause without "that" opens: after times and places, before a phrase that has a
    finite verb.
    """
    while s.kind(at) == "i" or _is_time(s, at, grammar):
        end = next((n for n in range(at, len(s)) if s.lower(n) in grammar.words["times"]), None)
        if end is None or end - at > 4:
            return None
        at = end + 1
        while s.kind(at) in "n" and s.tokens[at].tag == "CD":
            at += 1
    return at if s.kind(at) in "dnpjrg" and _is_clause(s, at) else None


def _is_clause(s: TaggedSentence, at: int) -> bool:
    """Whether a phrase at `at` has a finite verb before another clause opens."""
    for n in range(at + 1, len(s)):
        if s.kinds[n] in "vbm" and s.kinds[n - 1] != "o":  # an infinitive is no clause
            return True
        if s.kinds[n] in ";:" or (s.kinds[n] == "," and s.kind(n + 1) in "cgs"):
            return False
    return False


def _is_time(s: TaggedSentence, at: int, grammar: Grammar) -> bool:
    words = grammar.words["times"]
    return s.lower(at) in words or (
        s.lower(at) in ("last", "early", "late", "this", "next") and s.lower(at + 1) in words
    )


def content_before(s: TaggedSentence, phrase: Phrase, cue: Cue, grammar: Grammar) -> Content | None:
    """The content that a trailing or inserted cue goes back to: "..., Orlen said." and "..., she
    argues, ...".
    """
    opened, closed = (
        min(phrase.start, cue.start),
        max(cue.end, phrase.end if phrase.start > cue.start else 0),
    )
    if phrase.aside and phrase.start > cue.start:
        closed = phrase.aside[1]
    if opened == 0 or s.kind(opened - 1) not in ",Q-.":
        return None
    addressed = (
        "address" in cue.verb.traits
        and s.kind(closed) in "dnpr"
        and not _GOES_ON.search(s.kinds, closed)
    )
    timed = _is_time(s, closed, grammar)
    quoted = "Q" in s.kinds[max(0, opened - 2) : opened]
    if not (_AFTER_TRAILING.match(s.kinds[closed : closed + 1]) or timed or addressed or quoted):
        return None
    end = opened - 1 if s.kind(opened - 1) in ",-" else opened
    start = _clause_start(s, end)
    goes_on = s.kind(closed) == "," and len(s) - closed > _LEFTOVER and s.kind(opened - 1) in ",-"
    if goes_on and s.kind(end - 1) != "Q":
        last = len(s) - 1 if s.kinds[-1] == "." else len(s)
        return Content(
            closed + 1 if s.kind(start) in "aic" and end - start < _LEFTOVER else start,
            last,
            "inserted",
        )
    says_something = end - start >= _LEFTOVER or any(
        s.kinds[n] in "vbmQ" or s.tokens[n].quoted for n in range(start, end)
    )
    return Content(start, end, "trailing") if says_something and s.lower(cue.end) != "so" else None


def _clause_start(s: TaggedSentence, end: int) -> int:
    """Where the clause before a trailing cue opens: at the sentence, or behind its last
    semicolon.
    """
    start = max((n + 1 for n in range(end) if s.kinds[n] == ";"), default=0)
    while start < end - 1 and s.kinds[start] in "c,.":
        start += 1
    return start
