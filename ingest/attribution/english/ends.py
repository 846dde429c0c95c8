"""Where content ends: at the sentence's end, or where somebody else takes the word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.attribution.english.cues import Cue
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.tokens import TaggedSentence

_NEW_VERB = re.compile(r"a*[vb]")
_FINITE = re.compile(r"a?[bvm]")
_SUBJECT = re.compile(r"d?[jnp]*[np]")
_MAIN_CLAUSE = re.compile(r"(?:r|d?[jnp]*[np])a?[bvm]")
_TRAILING = 8  # tokens between a comma and the cue that says the whole
_SUBORDINATE = 6  # tokens before a cue in which "when" makes its clause a subordinate one


def content_end(
    s: TaggedSentence, start: int, frame: str, cue: Cue, cues: Sequence[Cue], grammar: Grammar
) -> int:
    """The end of the content that opens at `start` behind a cue."""
    if frame == "quote":
        closed = start + 1 < len(s) and s.kind(start + 1) == "."
        return start + 2 if closed else start + 1  # with its own last mark
    loose = frame in ("thing", "to")
    clause_end = _clause_end(s, cue)
    for n in range(start + 1, s.last):
        kind = s.kinds[n]
        if kind == ";" or (kind in ",-" and _hands_over(s, n, cues, grammar)):
            return n
        if (
            kind == ","
            and clause_end
            and clause_end.match(s.kinds, n + 1)
            and (loose or _has_verb(s, start, n))
        ):
            return n
        if _turns_away(s, n, loose, cues, grammar) or (kind == "c" and _shares(s, n, cue, cues)):
            return n - 1 if s.kinds[n - 1] in ",-" else n
        if loose and kind == "c" and _new_predicate(s, n):
            return n
    return max(s.last, start)


def _clause_end(s: TaggedSentence, cue: Cue) -> re.Pattern[str] | None:
    """What behind a comma shows that the clause of a cue is over: "Orlen, who said that it holds,
    left".
    """
    if s.kind(cue.start - 1) == "w":
        return _FINITE
    near = range(max(0, cue.start - _SUBORDINATE), cue.start)
    return _MAIN_CLAUSE if any(s.kinds[n] == "s" or s.lower(n) == "when" for n in near) else None


def _has_verb(s: TaggedSentence, start: int, end: int) -> bool:
    """Whether words have a finite verb of their own."""
    return any(
        s.kinds[n] in "bm" or (s.kinds[n] == "v" and s.tokens[n].tag != "VB")
        for n in range(start, end)
    )


def _turns_away(
    s: TaggedSentence, n: int, loose: bool, cues: Sequence[Cue], grammar: Grammar
) -> bool:
    """Whether "but" or "while" at a token leaves the content."""
    if s.lower(n) not in grammar.words["turning"] or s.kind(n - 1) in "dt":
        return False
    return (loose and s.kind(n + 1) != "g") or _has_own_cue(s, n, cues)


def _hands_over(s: TaggedSentence, comma: int, cues: Sequence[Cue], grammar: Grammar) -> bool:
    """Whether behind a comma a participle goes on ("saying that"), an aside turns away, or somebody
    says the whole.
    """
    if s.lower(comma + 1) in grammar.words["discourse"] and s.kind(comma + 2) == ",":
        return True
    conjoined = s.kind(comma + 1) == "c"
    for other in cues:
        if (
            conjoined
            and _SUBJECT.fullmatch(s.kinds, comma + 2, max(other.start, comma))
            and s.kind(other.end) in "tQ:"
        ):
            return True  # "Orlen said that it held, and the mayor warned that"
        if other.loose and other.start == comma + 1:
            return True
        trailing = other.end >= len(s) - 1 or s.kind(other.end) == "."
        if trailing and 0 <= other.start - (comma + 1) <= _TRAILING and not other.unsaid:
            return True
    return False


def _has_own_cue(s: TaggedSentence, turning: int, cues: Sequence[Cue]) -> bool:
    """Whether a clause opened by "but" or "while" says something of its own: its first verb is a
    cue.
    """
    verb = next((n for n in range(turning + 1, len(s)) if s.kinds[n] in "vbm"), None)
    return verb is not None and any(
        other.start <= verb <= other.at and not other.loose for other in cues
    )


def _shares(s: TaggedSentence, conjunction: int, cue: Cue, cues: Sequence[Cue]) -> bool:
    """Whether another cue of the same subject follows "and": "denies casualties and claims that
    ...".
    """
    if any(s.kinds[n] in "vbm" for n in range(cue.end, conjunction)):
        return False
    return any(other.start == conjunction + 1 and other.kind != "ing" for other in cues)


def _new_predicate(s: TaggedSentence, conjunction: int) -> bool:
    """Whether "and" opens another finite predicate, which belongs to whoever tells it all."""
    match = _NEW_VERB.match(s.kinds, conjunction + 1)
    return match is not None and s.tokens[match.end() - 1].tag in ("VBD", "VBZ", "VBP")
