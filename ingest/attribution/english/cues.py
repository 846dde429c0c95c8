"""Cues: verbs with which something is said, and whose subject they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.phrases import Phrase, asides_before, phrase_before
from ingest.attribution.english.tokens import TaggedSentence, is_be
from vectorstore.language.reporting_verbs import FormKind, Verb, VerbForm

SubjectWay = Literal["subject", "aside", "relative", "shared", "participle", "quoted"]
# "is convinced that"
_SURE = Verb("be sure", frozenset({"that"}), frozenset(), frozenset({"belief"}))
_BEING = frozenset("is are was were 's 're be been remain remains remained".split())
_MOST_VERBS_BACK = 3
_SOME = frozenset("some many most few several others all".split())
_LONGEST_RELATIVE = 16  # tokens
_VERBS = re.compile(r"[vbm]+")
_NOUNS = "np"
_AGENTS = re.compile(r"d?[jnp]*[np](?:cd?[jnp]*[np])?")
_QUOTED = frozenset("quoted quoting quotes cited citing reported".split())
_PARTICIPLE_AFTER = frozenset("by in as while when after before without ,".split())


@dataclass(frozen=True)
class Cue:
    """A verb of saying in its group: tokens `start:end` with auxiliaries and particle, the verb
    itself at `at`.

    `unsaid` is a group that says nothing yet ("could say", "to say"), `loose` a participle without
    auxiliary.
    """

    verb: Verb
    kind: FormKind
    start: int
    at: int
    end: int
    passive: bool = False
    negated: bool = False
    unsaid: bool = False
    loose: bool = False


@dataclass(frozen=True)
class CueSubject:
    """The phrase that stands for a cue's subject, and how it was found."""

    phrase: Phrase
    way: SubjectWay


def find_cues(s: TaggedSentence, grammar: Grammar) -> Iterator[Cue]:
    """The cues of a sentence, from left to right."""
    for at, token in enumerate(s.tokens):
        if (
            token.lower in grammar.words["convictions"]
            and s.kind(at + 1) == "t"
            and at
            and s.lowers & _BEING
        ):
            yield _cue(s, grammar, _SURE, "third", at, at + 1)
        for form in grammar.forms.get(token.lower, ()):
            particle = form.verb.particle
            end = at + 2 if particle else at + 1
            if particle is not None and s.lower(at + 1) != particle:
                continue
            if _is_verb(s, at, end, form):
                yield _cue(s, grammar, form.verb, form.kind, at, end)
                break


def _is_verb(s: TaggedSentence, at: int, end: int, form: VerbForm) -> bool:
    """Whether a word that can be a verb is one here, and no noun or modifier."""
    kind = form.kind
    before = s.kind(at - 1) if at else "."
    some_say = before == "d" and s.lower(at - 1) in _SOME  # "some say"
    if kind == "third" and at and s.tokens[at - 1].tag == "CD":
        return False  # "three demands"
    if at and s.tokens[at].text[0].isupper():
        return before == "Q"
    if s.kinds[at] in "vg":
        if before in "dk":
            return some_say
        return not (before == "j" and s.kinds[at] == "g" and s.kind(end) in "np")
    if s.kinds[at] == "p":
        return at == 0 and kind == "ing"
    if kind in ("past", "ing"):
        return before not in "dk"
    clause = (
        s.kind(end) in "tQ:dprw,"
        or s.lower(end) in ("to", "of", "on")
        or s.lower(end) in form.verb.prepositions
    )
    return (some_say or before in "nprabw,Qc-") and clause and at > 0 and s.kinds[at] in "nj"


def _cue(s: TaggedSentence, grammar: Grammar, verb: Verb, kind: FormKind, at: int, end: int) -> Cue:
    start, infinitive = _group_start(s, grammar, at)
    chained = kind == "ing" and s.lower(start - 1) in grammar.words["chain"] and start > 0
    start, infinitive = _group_start(s, grammar, start - 1) if chained else (start, infinitive)
    group = s.tokens[start:at]
    words = {token.lower for token in group}
    be = any(is_be(token) for token in group)
    return Cue(
        verb,
        kind,
        start,
        at,
        end,
        passive=be and kind == "past",
        negated=bool(words & grammar.words["negation"])
        or any(word.endswith("n't") for word in words),
        unsaid=infinitive or bool(words & grammar.words["unsaid"]),
        loose=kind == "ing" and not be and not chained,
    )


def _group_start(s: TaggedSentence, grammar: Grammar, at: int) -> tuple[int, bool]:
    """Where a verb's auxiliaries and adverbs begin, and whether it is an infinitive that nobody
    utters.
    """
    start = at
    while start and (
        s.kinds[start - 1] in "abm" or s.lower(start - 1) in grammar.words["negation"]
    ):
        start -= 1
    if start and s.kinds[start - 1] == "o":
        on = s.lower(start - 2) == "on"  # "went on to say"
        if s.lower(start - 2 - on) in grammar.words["chain"]:
            return _group_start(s, grammar, start - 2 - on)
        return start, True
    return start, False


def subject_of(s: TaggedSentence, cue: Cue) -> CueSubject | None:
    """The subject of a cue: before it, around an aside, as antecedent of "who", or shared with an
    earlier verb.
    """
    before = s.kind(cue.start - 1) if cue.start else "."
    if s.lower(cue.start - 1) == "as" and cue.loose and _is_quoted(s, cue.start - 1):
        quoted = phrase_before(s, cue.start - 1, free=True)
        return CueSubject(quoted, "quoted") if quoted else None
    if cue.loose and before == ",":
        return main_subject(s, cue.start)
    if cue.loose and (
        not cue.start or before in ",-" or s.lower(cue.start - 1) in _PARTICIPLE_AFTER
    ):
        return _shared(s, cue.start, "participle")
    if before == "c":
        return _shared(s, cue.start - 1, "shared", cue.kind if cue.start == cue.at else None)
    if before == "w":
        return _antecedent(s, cue.start - 1)
    if before in ",-":
        heard = cue.kind == "base"  # "heard the old man, Orlen, say"
        aside = next(asides_before(s, cue.start, free=heard), None)
        return CueSubject(aside, "aside") if aside else _before_asides(s, cue.start)
    phrase = phrase_before(s, cue.start)
    relative = (
        _behind_relative(s, cue.start)
        if phrase is None or s.kind(phrase.start - 1) in "vi"
        else None
    )
    return relative or (CueSubject(phrase, "subject") if phrase else None)


def _before_asides(s: TaggedSentence, end: int) -> CueSubject | None:
    """The subject before "who" and an aside in its clause: "An official who would not be named,
    being shy, said".
    """
    for opened in range(end - 2, max(0, end - _LONGEST_RELATIVE), -1):
        if s.kinds[opened] == "," and (subject := _behind_relative(s, opened)) is not None:
            return subject
    return None


def _behind_relative(s: TaggedSentence, end: int) -> CueSubject | None:
    """The subject before a clause with "who" that ends at token `end`: "The man who built the dyke
    said".
    """
    who = next(
        (n for n in range(end - 1, max(0, end - _LONGEST_RELATIVE), -1) if s.kinds[n] in "w,;:Q"), 0
    )
    verbs = len(_VERBS.findall(s.kinds, who, end)) - s.kinds.count(
        "o", who, end
    )  # infinitives are no clause of their own
    if s.lower(who) != "who" or verbs != 1:
        return None
    antecedent = _antecedent(s, who)
    return CueSubject(antecedent.phrase, "subject") if antecedent else None


def groups(s: TaggedSentence) -> Iterator[Phrase]:
    """The phrases of a sentence that a later "they" can mean: subjects of its verbs, and agents
    behind "by".
    """
    for at in range(1, len(s)):
        if s.kinds[at] in "vbm" and s.kind(at - 1) in _NOUNS:
            phrase = phrase_before(s, at)
        elif s.lower(at) in ("by", "than") and s.kind(at + 1) in "dnpj":
            phrase = _agents(s, at + 1)
        else:
            continue
        if phrase is not None:
            yield phrase


def _agents(s: TaggedSentence, start: int) -> Phrase | None:
    """The coordinated nouns behind "by": "raised by experts and politicians"."""
    match = _AGENTS.match(s.kinds, start)
    return Phrase(start, match.end(), many="c" in match.group()) if match else None


def _is_quoted(s: TaggedSentence, at: int) -> bool:
    """Whether "as" at `at` follows whom somebody quotes: "quoted a trader as saying"."""
    return s.kind(at - 1) in "npr" and any(
        s.lower(n) in _QUOTED for n in range(max(0, at - 12), at)
    )


def main_subject(s: TaggedSentence, end: int) -> CueSubject | None:
    """The subject of the main clause before a comma and a participle: "Orlen left the room, saying
    that".
    """
    opened = max(
        (n for n in range(end) if s.kinds[n] == ";" or s.lower(n) in ("but", "while", "whereas")),
        default=-1,
    )
    for at in range(opened + 1, end):
        if s.kinds[at] not in "vbm" or s.kind(at - 1) in "otsiwcabm":
            continue
        clause = s.kinds[max(opened + 1, at - 12) : at].rpartition(",")[2]
        if clause[:1] in "swt" and clause:
            continue
        phrase = _plain_subject(s, at)
        if phrase is not None:
            return CueSubject(phrase, "participle")
    return None


def _shared(
    s: TaggedSentence, end: int, way: SubjectWay, kind: FormKind | None = None
) -> CueSubject | None:
    """The subject of the nearest verb before token `end` that has one and agrees in number with the
    form.
    """
    tried = 0
    for at in range(end - 1, 0, -1):
        if s.kinds[at] not in "vbm" or tried >= _MOST_VERBS_BACK:
            continue
        start = at
        while start and s.kinds[start - 1] in "abm":
            start -= 1
        tried += 1
        if s.kind(start - 1) in "tsi":
            continue
        if s.kind(start - 1) == "o" and s.kind(start - 2) not in "pr":
            # an infinitive has the subject of the verb before it, or the object: "prompted Orlen to
            # warn"
            continue
        phrase = _plain_subject(s, start - 1 if s.kind(start - 1) == "o" else start)
        if phrase is not None and _agrees(s, phrase, kind):
            return CueSubject(phrase, way)
    return None


def _agrees(s: TaggedSentence, phrase: Phrase, kind: FormKind | None) -> bool:
    """Whether a phrase can be the subject of a form: "claims" wants one, "claim" several."""
    head = s.tokens[phrase.end - 1]
    if kind not in ("third", "base"):
        return True
    many = (
        phrase.many
        or head.tag in ("NNS", "NNPS")
        or head.lower == "they"
        or "of" in (s.lower(phrase.start + 1),)
    )
    return many == (kind == "base") or head.lower in ("i", "we", "you")


def _plain_subject(s: TaggedSentence, start: int) -> Phrase | None:
    before = s.kind(start - 1)
    if before == "w":
        antecedent = _antecedent(s, start - 1)
        return antecedent.phrase if antecedent else None
    if before in ",-":
        return next(asides_before(s, start), None)
    return phrase_before(s, start)


def _antecedent(s: TaggedSentence, at: int) -> CueSubject | None:
    """The phrase that "who" or "which" at token `at` goes back to; a name before its own apposition
    counts first.
    """
    if s.lower(at) not in ("who", "which"):
        return None
    end = at - 1 if s.kind(at - 1) in ",-" else at
    while s.kind(end - 1) == "a":
        end -= 1
    phrase = phrase_before(s, end, free=True)
    if phrase is None:
        return None
    if s.kind(phrase.start - 1) in ",-" and s.kind(phrase.start) in "dn":
        named = phrase_before(s, phrase.start - 1, free=True)
        if named is not None and s.kind(named.end - 1) == "p":
            return CueSubject(
                Phrase(named.start, named.end, (phrase.start, phrase.end)), "relative"
            )
    return CueSubject(phrase, "relative")
