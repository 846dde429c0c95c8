"""Where the quotes of different holders cannot all be right, or argue against each other.

Typed checks, without a model: other figures for what the question counts; one denies what another
claims, or claims its opposite; they stand on different sides of what the question asks; they name
different people for who did it. Nothing is decided: each disagreement only shows its sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rag.answer import Citation, Disagreement, DisagreementKind, Side
from rag.question.parse import ParsedQuestion
from rag.question.stances import blames
from rag.retrieval.results import SearchResult
from rag.semantics.claims import Claim, claim, stem
from rag.semantics.quantities import (
    NEAR_TOPIC,
    ON_TOPIC,
    Quantity,
    WantedQuantity,
    common_stems,
    figures,
    in_conflict,
    number_stems,
)
from vectorstore.language.normalise import fold
from vectorstore.language.tokenise import content_words
from vectorstore.names.keys import name_key

_SHARED = 2  # stems that two quotes must have in common besides what they disagree about
# of what the best quote with such a figure covers, for another to give one for the same thing
_OF_BEST = 0.6
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


@dataclass(frozen=True)
class _Side:
    """A quote as a side of something: who holds it, what it claims, its figures, and who in it does
    what is asked.
    """

    citation: Citation
    claim: Claim
    figures: tuple[Quantity, ...]
    coverage: float
    around: float  # what it covers with its title and the sentence before it
    beside_names: bool  # whether it covers more than names
    agents: frozenset[str]
    blames: bool

    @property
    def voice(self) -> str:
        """Who answers for the words; the nameless, by what stands for them in their article."""
        holder = self.citation.holder
        return name_key(holder.name or "") or f"{holder.mention or ''} {self.citation.article_id}"


def find_disagreements(
    question: ParsedQuestion, found: SearchResult, citations: Sequence[Citation]
) -> tuple[Disagreement, ...]:
    """The disagreements among citations of different holders, those about the question first, at
    most three.

    None where the question asks for the words of one holder: whoever else is quoted beside them
    speaks of other things.
    """
    if len(found.voices) == 1:
        return ()
    sides = [
        _side(citation, question, found)
        for citation in citations
        if citation.modality != "hypothetical"
    ]
    told = [
        *_of_figures(question, sides),
        *_of_rebuttals(question, sides),
        *_of_answers(question, sides),
        *_of_claims(question, sides),
    ]
    once = {frozenset(one.citations): one for one in reversed(told)}
    return tuple(one for one in told if once[frozenset(one.citations)] is one)[:_MOST]


def _side(citation: Citation, question: ParsedQuestion, found: SearchResult) -> _Side:
    covered = found.asked.covered_by(citation.quote, citation.language)
    told = claim(citation.quote)
    blamed = question.asks_whom_to_blame and blames(citation.quote)
    answers = blamed or question.predicate in told.asserted - question.names
    agents = _agents(citation, found) if answers else frozenset[str]()
    around = max(covered, found.asked.covered_by(_within(citation, found), citation.language))
    unnamed = found.asked.without(" ".join(question.capitals))
    beside = unnamed.covered_by(citation.quote, citation.language) > 0 or not unnamed.words
    return _Side(citation, told, figures(citation.quote), covered, around, beside, agents, blamed)


def _within(citation: Citation, found: SearchResult) -> str:
    """A quote with the title of its article and as much of its passage as stands before it."""
    passages = (hit.passage for hit in found.hits if hit.passage.article_id == citation.article_id)
    passage = next((one for one in passages if one.start <= citation.start < one.end), None)
    before = (
        passage.text[
            max(0, citation.start - passage.start - _BEFORE) : citation.start - passage.start
        ]
        if passage
        else ""
    )
    return f"{citation.title} {before} {citation.quote}"


def _agents(citation: Citation, found: SearchResult) -> frozenset[str]:
    """Whom a quote names besides those whom the question names; "I" is its holder."""
    named = frozenset(found.snapshot.naming.named_in(citation.quote)) - set(found.named)
    own = citation.holder.name if _FIRST_PERSON.search(citation.quote) else None
    return named | {own} if own else named


def _of_figures(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Other figures for the same thing, where the question asks for one, or both count what it is
    about.
    """
    wanted = question.wanted
    given: dict[int, Quantity] = {}
    near = _near(sides, wanted)
    for one, other in combinations(near, 2):
        covered = min(one.coverage, other.coverage)
        pair = (
            in_conflict(one.figures, other.figures, wanted, covered)
            if one.voice != other.voice
            else None
        )
        if pair:
            given.setdefault(one.citation.id, pair[0])
            given.setdefault(other.citation.id, pair[1])
    if given and (
        wanted.unit is None
        or _named_by(question, [side for side in near if side.citation.id in given])
    ):
        values = dict.fromkeys(figure.value for figure in given.values())
        groups = [[id for id, figure in given.items() if figure.value == value] for value in values]
        asks_for_it = wanted.kind not in (None, "date")
        about = question.text if asks_for_it else _counted(given, wanted.topic, near)
        yield _disagreement(
            about, "number", [Side(tuple(ids), given[ids[0]].written) for ids in groups]
        )


def _named_by(question: ParsedQuestion, sides: Sequence[_Side]) -> bool:
    """Whether a name of a question stands in these quotes, if it has any: else they may count other
    things.
    """
    names = {stem(word) for name in question.capitals for word in content_words(name)}
    return not names or any(names & side.claim.stems for side in sides)


def _near(sides: Sequence[_Side], wanted: WantedQuantity) -> list[_Side]:
    """The sides that speak of what a question asks: of one for a measure, those with one that cover
    most of it.
    """
    if wanted.unit is None:
        return [side for side in sides if side.coverage >= NEAR_TOPIC]
    given = [side for side in sides if any(figure.unit == wanted.unit for figure in side.figures)]
    least = max(NEAR_TOPIC, _OF_BEST * max((side.around for side in given), default=0.0))
    return [side for side in given if side.around >= least and side.beside_names]


def _counted(given: Mapping[int, Quantity], topic: frozenset[str], sides: Sequence[_Side]) -> str:
    """The thing that all these figures count, in the words of the first quote that gives one."""
    first = next(side.citation.quote for side in sides if side.citation.id in given)
    counted = topic.intersection(*(figure.counted for figure in given.values())) or topic
    return next((word for word in content_words(first) if common_stems(word) & counted), "")


def _of_rebuttals(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Somebody denies, in the same article and close by, what another claims of the same thing."""
    for side in sides:
        if side.citation.polarity != "denied" and not _REBUTS.search(fold(side.citation.quote)):
            continue
        near = [
            other
            for other in sides
            if other.voice != side.voice
            and _gap(side.citation, other.citation) <= _CLOSE
            and other.claim.stems & side.claim.stems - question.names
        ]
        if near and max(side.coverage, *(other.coverage for other in near)) >= ON_TOPIC:
            closest = min(near, key=lambda other: _gap(side.citation, other.citation))
            yield _disagreement(question.text, "denial", [_of([closest]), _of([side])])


def _gap(one: Citation, other: Citation) -> float:
    """The characters between two citations of one article; endless between two articles."""
    if one.article_id != other.article_id:
        return float("inf")
    return max(one.start - other.end, other.start - one.end, 0)


def _of_answers(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Different answers to a question that has sides: who it was, whose fault, one or the other,
    yes or no.
    """
    open_sides = question.stances
    if question.asks_whom_to_blame:
        yield from _of_agents(
            question, [side for side in sides if side.around >= ON_TOPIC and side.blames]
        )
    elif question.asks_who:
        yield from _of_agents(question, [side for side in sides if side.coverage >= ON_TOPIC])
    elif open_sides:
        near = [
            side
            for side in sides
            if side.coverage >= ON_TOPIC or (open_sides.one and side.coverage > 0)
        ]
        told = [(side, open_sides.taken_by(side.claim)) for side in near]
        one, other = (
            [side for side, taken in told if taken == which] for which in ("one", "other")
        )
        # who says yes has the words that are denied, and not only others of the question
        if not open_sides.one:
            denied = frozenset[str]().union(*(open_sides.denied_by(side.claim) for side in other))
            one = [side for side in one if side.claim.asserted & denied]
        yield from _facing(question, one, other)


def _of_agents(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Other people named for who it was."""
    conflict = _in_conflict(
        sides,
        lambda one, other: bool(one.agents and other.agents and not one.agents & other.agents),
    )
    if conflict:
        voices = dict.fromkeys(side.voice for side in conflict)
        groups = [_of([side for side in conflict if side.voice == voice]) for voice in voices]
        yield _disagreement(question.text, "position", groups)


def _facing(
    question: ParsedQuestion, some: Sequence[_Side], others: Sequence[_Side]
) -> Iterator[Disagreement]:
    """A disagreement of some with others, without those whom both sides claim."""
    voices = {side.voice for side in some} & {side.voice for side in others}
    left, right = ([side for side in group if side.voice not in voices] for group in (some, others))
    if left and right:
        yield _disagreement(question.text, "position", [_of(left), _of(right)])


def _of_claims(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """One denies what another claims, or claims its opposite, of the same thing."""
    told: set[str] = set()
    for one, other in combinations(sides, 2):
        if one.voice == other.voice or min(one.coverage, other.coverage) < ON_TOPIC:
            continue
        about = one.claim.contradicts(other.claim) - question.names - number_stems()
        shared = (one.claim.stems & other.claim.stems) - about
        denied = bool(about & (one.claim.denied | other.claim.denied))
        asked = question.topic
        if about & asked - told and shared & asked - about and len(shared) >= _SHARED:
            told |= about
            words = (
                word
                for side in (one, other)
                for word in content_words(side.citation.quote)
                if stem(word) in about
            )
            kind: DisagreementKind = "denial" if denied else "position"
            yield _disagreement(", ".join(dict.fromkeys(words)), kind, [_of([one]), _of([other])])


def _in_conflict(sides: Sequence[_Side], differs: Callable[[_Side, _Side], bool]) -> list[_Side]:
    """Those that differ from one of another holder."""
    return [
        side
        for side in sides
        if any(side.voice != other.voice and differs(side, other) for other in sides)
    ]


def _of(sides: Sequence[_Side]) -> Side:
    return Side(tuple(side.citation.id for side in sides))


def _disagreement(about: str, kind: DisagreementKind, sides: Sequence[Side]) -> Disagreement:
    return Disagreement(
        about.rstrip("?؟ "),
        kind,
        tuple(id for side in sides for id in side.citations),
        tuple(sides),
    )
