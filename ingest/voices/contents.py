"""What a cue governs: where the words begin and end that somebody answers for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.voices.cues import Cue
from ingest.voices.grammar import Grammar
from ingest.voices.phrases import Phrase
from ingest.voices.tokens import Sentence

_WIDEST_BRIDGE = 26  # tokens between "said" and "that"
_WIDEST_OBJECT = 14
_LEFTOVER = 4  # tokens before a parenthetical cue that are content of their own
_NEW_VERB = re.compile(r"a*[vb]")
_AFTER_TRAILING = re.compile(r"^[,.;)-]|^$|^[ia]")


@dataclass(frozen=True)
class Content:
    """Tokens `start:end` that a cue governs, and the frame by which it does."""

    start: int
    end: int
    frame: str


def content_after(s: Sentence, cue: Cue, others: Sequence[Cue], grammar: Grammar) -> Content | None:
    """The content that follows a cue; an empty one where a colon ends the sentence and the words come below."""
    opened = _opening(s, cue, grammar)
    if opened is None:
        return None
    start, frame = opened
    end = _end(s, start, frame, cue, others, grammar)
    return Content(start, max(start, end), frame)


def _opening(s: Sentence, cue: Cue, grammar: Grammar) -> tuple[int, str] | None:
    """Where content opens after a cue, by the first of the cue's frames that fits."""
    verb, at = cue.verb, cue.end
    if s.lower(at) == "so":
        return None  # "he said so"
    while s.kind(at) == "a" and s.lower(at) not in verb.prepositions:
        at += 1
    if s.lower(at) in verb.prepositions and s.kind(at + 1) not in ".,":
        return (at + 1, "thing")
    if "to" in verb.frames and s.kind(at) == "o" and s.kind(at + 1) in "vbn" and s.tokens[at + 1].tag != "NNP":
        return (at + 1, "to")
    if "quote" in verb.frames and (found := _quotation(s, at)) is not None:
        return found
    if "that" in verb.frames and (that := _that(s, at, "address" in verb.traits)) is not None:
        return (that + 1, "that")
    if "wh" in verb.frames and (asked := _asked(s, at)) is not None:
        return (asked, "wh")
    if "bare" in verb.frames and (bare := _bare(s, at, grammar)) is not None:
        return (bare, "bare")
    if "as" in verb.frames and s.kind(at) in "dnpjrg" and "as" in [t.lower for t in s.tokens[at : at + 30]]:
        return (at, "thing")
    if "thing" in verb.frames and (s.kind(at) in "dnpjrgwQv" or s.lower(at) == "being") and not _is_time(s, at, grammar):
        if (colon := _colon(s, at)) is not None:
            return (colon + 1, "colon")
        return (at, "thing") if _takes(s, cue, at, grammar) else None
    if verb.frames & {"that", "quote"} and ":" in s.kinds[at:] and not cue.unsaid:
        colon = s.kinds.index(":", at)
        return (colon + 1, "colon") if not re.search(r"[bm]", s.kinds[at:colon]) else None
    return None


def _colon(s: Sentence, at: int) -> int | None:
    """A colon close behind an object, after which the words stand: "rejected the demand: no state has to"."""
    colon = s.kinds.find(":", at, at + 10)
    return colon if 0 < colon < len(s) - 1 and not any(kind in "vbm" for kind in s.kinds[at:colon]) else None


def _takes(s: Sentence, cue: Cue, at: int, grammar: Grammar) -> bool:
    """Whether an object at `at` is one that the cue's verb can give the content of."""
    if "naming" in cue.verb.traits:
        return _is_named(s, cue, at)
    if "infinitive" in cue.verb.traits:
        return re.match(r"[djnpkir]+o[vb]", s.kinds[at:]) is not None
    as_something = any(s.lower(n) == "as" for n in range(at, at + 10))
    return "claims" not in cue.verb.traits or as_something or _is_said(s, at, grammar)


def _is_named(s: Sentence, cue: Cue, at: int) -> bool:
    """Whether an object is called something: by words in marks, by a second phrase, or in "what she called"."""
    if any(token.quoted for token in s.tokens[at : at + 10]) or "Q" in s.kinds[at : at + 10]:
        return True
    if any(s.lower(n) in ("what", "so") for n in range(max(0, cue.start - 5), cue.start)):
        return True
    second = re.match(r"d?[jn]*[np]+(?:i[djnp]+)?d", s.kinds[at:])
    return second is not None or re.match(r"rd?[jn]", s.kinds[at:]) is not None


def _is_said(s: Sentence, at: int, grammar: Grammar) -> bool:
    """Whether the object that opens at `at` is something said."""
    object = [token.lower for token in s.tokens[at : at + 8]]
    return any(grammar.is_one_of(word, "claims") or grammar.is_one_of(word, "documents") for word in object)


def _quotation(s: Sentence, at: int) -> tuple[int, str] | None:
    """A quotation that follows directly, behind a comma or colon, or behind whom the words were told."""
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


def _that(s: Sentence, at: int, address: bool) -> int | None:
    """The "that" which opens a clause, directly, behind a time or place, or behind whom the words were told."""
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


def _asked(s: Sentence, at: int) -> int | None:
    for n in range(at, min(len(s), at + _WIDEST_OBJECT)):
        if s.kinds[n] == "w" or s.lower(n) in ("whether", "if", "why", "how"):
            return n
        if s.kinds[n] in "vbmst,;:.Q":
            return None
    return None


def _bare(s: Sentence, at: int, grammar: Grammar) -> int | None:
    """Where a clause without "that" opens: after times and places, before a phrase that has a finite verb."""
    while s.kind(at) == "i" or _is_time(s, at, grammar):
        end = next((n for n in range(at, len(s)) if s.lower(n) in grammar.words["times"]), None)
        if end is None or end - at > 4:
            return None
        at = end + 1
        while s.kind(at) in "n" and s.tokens[at].tag == "CD":
            at += 1
    return at if s.kind(at) in "dnpjrg" and _is_clause(s, at) else None


def _is_clause(s: Sentence, at: int) -> bool:
    """Whether a phrase at `at` has a finite verb before another clause opens."""
    for n in range(at + 1, len(s)):
        if s.kinds[n] in "vbm":
            return True
        if s.kinds[n] in ";:" or (s.kinds[n] == "," and s.kind(n + 1) in "cgs"):
            return False
    return False


def _is_time(s: Sentence, at: int, grammar: Grammar) -> bool:
    words = grammar.words["times"]
    return s.lower(at) in words or (
        s.lower(at) in ("last", "early", "late", "this", "next") and s.lower(at + 1) in words
    )


def _end(s: Sentence, start: int, frame: str, cue: Cue, others: Sequence[Cue], grammar: Grammar) -> int:
    """Where content ends that opens at `start`: at the sentence's end, or where somebody else takes the word."""
    last = len(s)
    while last > start and s.kinds[last - 1] in ".,:;":
        last -= 1
    if frame == "quote":
        return _quotation_end(s, start)
    loose = frame in ("thing", "to")
    subordinate = any(s.kinds[n] == "s" or s.lower(n) == "when" for n in range(max(0, cue.start - 6), cue.start))
    for n in range(start + 1, last):
        kind = s.kinds[n]
        if kind == ";" or (kind in ",-" and _hands_over(s, n, others, grammar)):
            return n
        if subordinate and kind == "," and _opens_clause(s, n + 1):
            return n
        turning = s.lower(n) in grammar.words["turning"] and s.kind(n - 1) not in "dt"
        if turning and ((loose and s.kind(n + 1) != "g") or _has_own_cue(s, n, others)):
            return n - 1 if s.kinds[n - 1] in ",-" else n
        if kind == "c" and _shares(s, n, cue, others):
            return n - 1 if s.kinds[n - 1] in ",-" else n
        if loose and kind == "c" and _new_predicate(s, n):
            return n
    return last


def _opens_clause(s: Sentence, at: int) -> bool:
    """Whether a main clause opens at `at`: "When they say that it is over, they admit"."""
    return re.match(r"(?:r|d?[jnp]*[np])a?[bvm]", s.kinds[at:]) is not None


def _quotation_end(s: Sentence, start: int) -> int:
    """A quotation takes its own last mark along and nothing else."""
    return start + 2 if s.kind(start + 1) == "." else start + 1


def _hands_over(s: Sentence, comma: int, others: Sequence[Cue], grammar: Grammar) -> bool:
    """Whether behind a comma a participle goes on ("saying that"), an aside turns away, or somebody says the whole."""
    if s.lower(comma + 1) in grammar.words["discourse"] and s.kind(comma + 2) == ",":
        return True
    for other in others:
        if other.loose and other.start == comma + 1:
            return True
        trailing = other.end >= len(s) - 1 or s.kind(other.end) == "."
        if trailing and 0 <= other.start - (comma + 1) <= 8 and not other.unsaid:
            return True
    return False


def _has_own_cue(s: Sentence, turning: int, others: Sequence[Cue]) -> bool:
    """Whether a clause opened by "but" or "while" says something of its own: its first verb is a cue."""
    verb = next((n for n in range(turning + 1, len(s)) if s.kinds[n] in "vbm"), None)
    return verb is not None and any(other.start <= verb <= other.at and not other.loose for other in others)


def _shares(s: Sentence, conjunction: int, cue: Cue, others: Sequence[Cue]) -> bool:
    """Whether another cue of the same subject follows "and": "denies casualties and claims that ..."."""
    if any(s.kinds[n] in "vbm" for n in range(cue.end, conjunction)):
        return False
    return any(other.start == conjunction + 1 and other.kind != "ing" for other in others)


def _new_predicate(s: Sentence, conjunction: int) -> bool:
    """Whether "and" opens another finite predicate, which belongs to whoever tells it all."""
    found = _NEW_VERB.match(s.kinds, conjunction + 1)
    return found is not None and s.tokens[found.end() - 1].tag in ("VBD", "VBZ", "VBP")


def content_before(s: Sentence, phrase: Phrase, cue: Cue, grammar: Grammar) -> Content | None:
    """The content that a trailing or inserted cue goes back to: "..., Orlen said." and "..., she argues, ..."."""
    opened, closed = min(phrase.start, cue.start), max(cue.end, phrase.end if phrase.start > cue.start else 0)
    if phrase.aside and phrase.start > cue.start:
        closed = phrase.aside[1]
    if opened == 0 or s.kind(opened - 1) not in ",Q-.":
        return None
    addressed = "address" in cue.verb.traits and s.kind(closed) in "dnpr" and not re.search(r"[tbmvQ:]", s.kinds[closed:])
    timed = _is_time(s, closed, grammar)
    quoted = "Q" in s.kinds[max(0, opened - 2) : opened]
    if not (_AFTER_TRAILING.match(s.kinds[closed : closed + 1]) or timed or addressed or quoted):
        return None
    end = opened - 1 if s.kind(opened - 1) in ",-" else opened
    start = _clause_start(s, end)
    goes_on = s.kind(closed) == "," and len(s) - closed > _LEFTOVER and s.kind(opened - 1) in ",-"
    if goes_on and s.kind(end - 1) != "Q":
        last = len(s) - 1 if s.kinds[-1] == "." else len(s)
        return Content(closed + 1 if s.kind(start) in "aic" and end - start < _LEFTOVER else start, last, "inserted")
    told = any(s.kinds[n] in "vbmQ" or s.tokens[n].quoted for n in range(start, end))
    return Content(start, end, "trailing") if told and s.lower(cue.end) != "so" else None


def _clause_start(s: Sentence, end: int) -> int:
    """Where the clause before a trailing cue opens: at the sentence, or behind its last semicolon."""
    start = max((n + 1 for n in range(end) if s.kinds[n] == ";"), default=0)
    while start < end - 1 and s.kinds[start] in "c,.":
        start += 1
    return start
