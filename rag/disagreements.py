"""Where the quotes of different holders cannot all be right, or argue against each other.

Typed checks, without a model: other figures for what the question counts; one denies what another claims, or claims its
opposite; they stand on different sides of what the question asks; they name different people for who did it. Nothing is
decided: each disagreement only shows its sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rag.answer import Citation, Disagreement, DisagreementKind, Side
from rag.figures import Figure, Wanted, common_stems, figures, in_conflict
from rag.found import Found
from rag.polarity import Claim, claim, name_stems, stem
from vectorstore.language.folding import fold
from vectorstore.language.names import name_key
from vectorstore.language.opposites import OPPOSITES
from vectorstore.language.words import content_words

_ON_TOPIC = 0.35  # share of the question that a quote must cover to take a side
_NEAR_TOPIC = 0.2  # to give a figure for it
_SHARED = 2  # stems that two quotes must have in common besides what they disagree about
_OF_BEST = 0.75  # of what the best quote with such a figure covers, for another to give one for the same thing
_BEFORE = 200  # characters before a quote that say what it is about
_MOST = 3  # disagreements shown
_CLOSE = 700  # characters between a claim and its rebuttal
_REBUTS = re.compile(
    r"\b(?:reject|den(?:y|i)|refut|dismiss|disput|contest|contradict)\w*\s+(?:\w+\s+){0,3}"
    r"(?:this|that|these|those|such|claims?|reports?|allegations?|accusations?|information)\b"
    r"|\b(?:repl(?:y|ies|ied)|retorts?|retorted|counters?|countered)\b"
    r"|(?:نفي|نفت|ينفي|تنفي|رفض|رفضت) (?:هذا|هذه|ذلك|تلك|ما)"
)
_FIRST_PERSON = re.compile(r"\b(?:I|[Mm]e|[Mm]y|[Mm]yself|[Ww]e|[Oo]ur)\b")
_YES_OR_NO = re.compile(
    r"^(?:and |but |so )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b|^و?هل\s"
)
_WHO = re.compile(
    r"^(?:and |but |so )?who(?:se)?\b(?!\s+(?:says?|said|describes?|disagrees?|agrees?|thinks?|claims?))|^و?من\s"
)
_OR = re.compile(r"\b(\w+)\s+or\s+(?:of\s+|a\s+|an\s+|the\s+)?(\w+)|(\w+)\s+(?:أم|او|ام|أو)\s+(\w+)")


@dataclass(frozen=True)
class _Side:
    """A quote as a side of something: who holds it, what it claims, its figures, and who in it does what is asked."""

    citation: Citation
    claim: Claim
    figures: tuple[Figure, ...]
    coverage: float
    around: float  # what it covers with its title and the sentence before it
    agents: frozenset[str]

    @property
    def voice(self) -> str:
        """Who answers for the words; the nameless, by what stands for them in their article."""
        holder = self.citation.holder
        return name_key(holder.name or "") or f"{holder.mention or ''} {self.citation.article_id}"


def find_disagreements(question: str, found: Found, citations: Sequence[Citation]) -> tuple[Disagreement, ...]:
    """The disagreements among citations of different holders, those about the question first, at most three.

    None where the question asks for the words of one holder: whoever else is quoted beside them speaks of other things.
    """
    if len(found.voices) == 1:
        return ()
    names = name_stems(question, found.named)
    sides = [_side(one, question, found, names) for one in citations if one.modality != "hypothetical"]
    told = [
        *_of_figures(question, sides),
        *_of_rebuttals(question, sides),
        *_of_answers(question, sides, names),
        *_of_claims(question, sides, names),
    ]
    once = {frozenset(one.citations): one for one in reversed(told)}
    return tuple(one for one in told if once[frozenset(one.citations)] is one)[:_MOST]


def _side(citation: Citation, question: str, found: Found, names: frozenset[str]) -> _Side:
    covered = found.asked.covered_by(citation.quote, citation.language)
    told = claim(citation.quote)
    agents = _agents(citation, found) if _predicate(question) in told.asserted - names else frozenset[str]()
    around = max(covered, found.asked.covered_by(_within(citation, found), citation.language))
    return _Side(citation, told, figures(citation.quote), covered, around, agents)


def _within(citation: Citation, found: Found) -> str:
    """A quote with the title of its article and as much of its passage as stands before it."""
    passages = (hit.passage for hit in found.hits if hit.passage.article_id == citation.article_id)
    passage = next((one for one in passages if one.start <= citation.start < one.end), None)
    before = (
        passage.text[max(0, citation.start - passage.start - _BEFORE) : citation.start - passage.start]
        if passage
        else ""
    )
    return f"{citation.title} {before} {citation.quote}"


def _predicate(question: str) -> str | None:
    """The stem of the first content word of a question: what somebody did, in one that asks who did it."""
    told = content_words(question)
    return stem(told[0]) if told else None


def _agents(citation: Citation, found: Found) -> frozenset[str]:
    """Whom a quote names besides those whom the question names; "I" is its holder."""
    named = frozenset(found.snapshot.naming.named_in(citation.quote)) - set(found.named)
    own = citation.holder.name if _FIRST_PERSON.search(citation.quote) else None
    return named | {own} if own else named


def _of_figures(question: str, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Other figures for the same thing, where the question asks for one, or both count what it is about."""
    wanted = Wanted.of(question)
    given: dict[int, Figure] = {}
    near = _near(sides, wanted)
    for one, other in combinations(near, 2):
        on_topic = bool(wanted.unit) or min(one.coverage, other.coverage) >= _ON_TOPIC
        pair = in_conflict(one.figures, other.figures, wanted, on_topic) if one.voice != other.voice else None
        if pair:
            given.setdefault(one.citation.id, pair[0])
            given.setdefault(other.citation.id, pair[1])
    if given:
        values = dict.fromkeys(figure.value for figure in given.values())
        groups = [[id for id, figure in given.items() if figure.value == value] for value in values]
        about = question if wanted.kind not in (None, "date") else _counted(given, wanted.topic, near)
        yield _disagreement(about, "number", [Side(tuple(ids), given[ids[0]].written) for ids in groups])


def _near(sides: Sequence[_Side], wanted: Wanted) -> list[_Side]:
    """The sides that speak of what a question asks: of one for a measure, those with one that cover most of it."""
    if wanted.unit is None:
        return [side for side in sides if side.coverage >= _NEAR_TOPIC]
    given = [side for side in sides if any(figure.unit == wanted.unit for figure in side.figures)]
    least = max(_ON_TOPIC, _OF_BEST * max((side.around for side in given), default=0.0))
    return [side for side in given if side.around >= least]


def _counted(given: Mapping[int, Figure], topic: frozenset[str], sides: Sequence[_Side]) -> str:
    """The thing that all these figures count, in the words of the first quote that gives one."""
    first = next(side.citation.quote for side in sides if side.citation.id in given)
    counted = topic.intersection(*(figure.counted for figure in given.values())) or topic
    return next((word for word in content_words(first) if common_stems(word) & counted), "")


def _of_rebuttals(question: str, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Somebody denies, in the same article and close by, what another claims."""
    for one in sides:
        if one.citation.polarity != "denied" and not _REBUTS.search(fold(one.citation.quote)):
            continue
        near = [other for other in sides if other.voice != one.voice and _gap(one.citation, other.citation) <= _CLOSE]
        if near and max(one.coverage, *(other.coverage for other in near)) >= _ON_TOPIC:
            closest = min(near, key=lambda other: _gap(one.citation, other.citation))
            yield _disagreement(question, "denial", [_of([closest]), _of([one])])


def _gap(one: Citation, other: Citation) -> float:
    """The characters between two citations of one article; endless between two articles."""
    if one.article_id != other.article_id:
        return float("inf")
    return max(one.start - other.end, other.start - one.end, 0)


def _of_answers(question: str, sides: Sequence[_Side], names: frozenset[str]) -> Iterator[Disagreement]:
    """Different sides of a question that has sides: who it was, one or the other, yes or no."""
    folded = fold(question)
    told = [side for side in sides if side.coverage >= _ON_TOPIC]
    if _WHO.search(folded):
        conflict = _in_conflict(
            told, lambda one, other: bool(one.agents and other.agents and not one.agents & other.agents)
        )
        if conflict:
            voices = dict.fromkeys(side.voice for side in conflict)
            groups = [_of([side for side in conflict if side.voice == voice]) for voice in voices]
            yield _disagreement(question, "position", groups)
    elif alternative := _alternative(folded):
        yield from _between(question, [side for side in sides if _speaks_of(side, names)], alternative)
    elif _YES_OR_NO.search(folded):
        asked = claim(question)
        no = [side for side in told if asked.contradicts(side.claim) - names]
        yes = [side for side in told if side not in no and side.claim.asserted & asked.asserted - names]
        yield from _facing(question, yes, no)


def _alternative(folded: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """The stems of the two sides of "stronger or weaker", each with the opposites of the other."""
    found = _OR.search(folded)
    if not found:
        return None
    one, other = (word for word in found.groups() if word)
    sides = [
        {stem(word), *(stem(opposite) for opposite in OPPOSITES.get(against, ()))}
        for word, against in ((one, other), (other, one))
    ]
    return frozenset(sides[0] - sides[1]), frozenset(sides[1] - sides[0])


def _speaks_of(side: _Side, names: frozenset[str]) -> bool:
    """Whether a quote names somebody whom the question names; of a question that names nobody, any that covers it."""
    return bool(side.claim.stems & names) if names else side.coverage > 0


def _between(
    question: str, sides: Sequence[_Side], alternative: tuple[frozenset[str], frozenset[str]]
) -> Iterator[Disagreement]:
    one, other = alternative
    first = [side for side in sides if (side.claim.asserted & one) or (side.claim.denied & other)]
    second = [
        side for side in sides if side not in first and ((side.claim.asserted & other) or (side.claim.denied & one))
    ]
    yield from _facing(question, first, second)


def _facing(question: str, some: Sequence[_Side], others: Sequence[_Side]) -> Iterator[Disagreement]:
    """A disagreement of some with others, without those whom both sides claim."""
    voices = {side.voice for side in some} & {side.voice for side in others}
    left, right = ([side for side in group if side.voice not in voices] for group in (some, others))
    if left and right:
        yield _disagreement(question, "position", [_of(left), _of(right)])


def _of_claims(question: str, sides: Sequence[_Side], names: frozenset[str]) -> Iterator[Disagreement]:
    """One denies what another claims, or claims its opposite, of the same thing."""
    topic = claim(question).stems
    told: set[str] = set()
    for one, other in combinations(sides, 2):
        if one.voice == other.voice or min(one.coverage, other.coverage) < _ON_TOPIC:
            continue
        about = one.claim.contradicts(other.claim) - names
        shared = (one.claim.stems & other.claim.stems) - about
        denied = bool(about & (one.claim.denied | other.claim.denied))
        if about & topic - told and shared & topic - about and len(shared) >= _SHARED:
            told |= about
            words = (
                word for side in (one, other) for word in content_words(side.citation.quote) if stem(word) in about
            )
            kind: DisagreementKind = "denial" if denied else "position"
            yield _disagreement(", ".join(dict.fromkeys(words)), kind, [_of([one]), _of([other])])


def _in_conflict(sides: Sequence[_Side], differs: Callable[[_Side, _Side], bool]) -> list[_Side]:
    """Those that differ from one of another holder."""
    return [one for one in sides if any(one.voice != other.voice and differs(one, other) for other in sides)]


def _of(sides: Sequence[_Side]) -> Side:
    return Side(tuple(side.citation.id for side in sides))


def _disagreement(about: str, kind: DisagreementKind, sides: Sequence[Side]) -> Disagreement:
    return Disagreement(about.rstrip("?؟ "), kind, tuple(id for side in sides for id in side.citations), tuple(sides))
