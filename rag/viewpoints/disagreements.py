"""Where the quotes of different holders cannot all be right, or argue against each other.

Typed checks, without a model: other figures for what the question counts; one denies what another
claims, or claims its opposite; they stand on different sides of what the question asks; they name
different people for who did it. Nothing is decided: each disagreement only shows its sides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

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
    question: ParsedQuestion, result: SearchResult, citations: Sequence[Citation]
) -> tuple[Disagreement, ...]:
    """The disagreements among citations of different holders, those about the question first, at
    most three.

    None where the question asks for the words of one holder: whoever else is quoted beside them
    speaks of other things.
    """
    if len(result.voices) == 1:
        return ()
    sides = [
        _side(citation, question, result)
        for citation in citations
        if citation.modality != "hypothetical"
    ]
    disagreements = [
        *_of_figures(question, sides),
        *_of_rebuttals(question, sides),
        *_of_answers(question, sides),
        *_of_claims(question, sides),
    ]
    once = {
        frozenset(disagreement.citations): disagreement for disagreement in reversed(disagreements)
    }
    return tuple(
        disagreement
        for disagreement in disagreements
        if once[frozenset(disagreement.citations)] is disagreement
    )[:_MOST]


def _side(citation: Citation, question: ParsedQuestion, result: SearchResult) -> _Side:
    covered = result.asked.covered_by(citation.quote, citation.language)
    asserted = claim(citation.quote)
    blamed = question.asks_whom_to_blame and blames(citation.quote)
    answers = blamed or question.predicate in asserted.asserted - question.names
    agents = _agents(citation, result) if answers else frozenset[str]()
    around = max(covered, result.asked.covered_by(_within(citation, result), citation.language))
    unnamed = result.asked.without(" ".join(question.capitals))
    beside = unnamed.covered_by(citation.quote, citation.language) > 0 or not unnamed.words
    return _Side(
        citation, asserted, figures(citation.quote), covered, around, beside, agents, blamed
    )


def _within(citation: Citation, result: SearchResult) -> str:
    """A quote with the title of its article and as much of its passage as stands before it."""
    passages = (hit.passage for hit in result.hits if hit.passage.article_id == citation.article_id)
    passage = next(
        (candidate for candidate in passages if candidate.start <= citation.start < candidate.end),
        None,
    )
    before = (
        passage.text[
            max(0, citation.start - passage.start - _BEFORE) : citation.start - passage.start
        ]
        if passage
        else ""
    )
    return f"{citation.title} {before} {citation.quote}"


def _agents(citation: Citation, result: SearchResult) -> frozenset[str]:
    """Whom a quote names besides those whom the question names; "I" is its holder."""
    named = frozenset(result.snapshot.naming.named_in(citation.quote)) - set(result.named)
    speaker = citation.holder.name if _FIRST_PERSON.search(citation.quote) else None
    return named | {speaker} if speaker else named


def _of_figures(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Other figures for the same thing, where the question asks for one, or both count what it is
    about.
    """
    wanted = question.wanted
    figure_of: dict[int, Quantity] = {}
    near = _near(sides, wanted)
    for left, right in combinations(near, 2):
        covered = min(left.coverage, right.coverage)
        pair = (
            in_conflict(left.figures, right.figures, wanted, covered)
            if left.voice != right.voice
            else None
        )
        if pair:
            figure_of.setdefault(left.citation.id, pair[0])
            figure_of.setdefault(right.citation.id, pair[1])
    if figure_of and (
        wanted.unit is None
        or _named_by(question, [side for side in near if side.citation.id in figure_of])
    ):
        values = dict.fromkeys(figure.value for figure in figure_of.values())
        groups = [
            [id for id, figure in figure_of.items() if figure.value == value] for value in values
        ]
        asks_for_it = wanted.kind not in (None, "date")
        about = question.text if asks_for_it else _counted(figure_of, wanted.topic, near)
        yield _disagreement(
            about, "number", [Side(tuple(ids), figure_of[ids[0]].written) for ids in groups]
        )


def _named_by(question: ParsedQuestion, sides: Sequence[_Side]) -> bool:
    """Whether a name of a question stands in these quotes, if it has any: else they may count other
    things.
    """
    capitals = chain.from_iterable(map(content_words, question.capitals))
    names = set(map(stem, capitals))
    return not names or any(names & side.claim.stems for side in sides)


def _near(sides: Sequence[_Side], wanted: WantedQuantity) -> list[_Side]:
    """The sides that speak of what a question asks: of one for a measure, those with one that cover
    most of it.
    """
    if wanted.unit is None:
        return [side for side in sides if side.coverage >= NEAR_TOPIC]
    measured = [
        side for side in sides if any(figure.unit == wanted.unit for figure in side.figures)
    ]
    least = max(NEAR_TOPIC, _OF_BEST * max((side.around for side in measured), default=0.0))
    return [side for side in measured if side.around >= least and side.beside_names]


def _counted(
    figure_of: Mapping[int, Quantity], topic: frozenset[str], sides: Sequence[_Side]
) -> str:
    """The thing that all these figures count, in the words of the first quote that gives one."""
    first = next(side.citation.quote for side in sides if side.citation.id in figure_of)
    counted = topic.intersection(*(figure.counted for figure in figure_of.values())) or topic
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


def _gap(left: Citation, right: Citation) -> float:
    """The characters between two citations of one article; endless between two articles."""
    if left.article_id != right.article_id:
        return float("inf")
    return max(left.start - right.end, right.start - left.end, 0)


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
        taken_sides = [(side, open_sides.taken_by(side.claim)) for side in near]
        yes, no = (
            [side for side, taken in taken_sides if taken == which] for which in ("one", "other")
        )
        # who says yes has the words that are denied, and not only others of the question
        if not open_sides.one:
            denied = frozenset[str]().union(*(open_sides.denied_by(side.claim) for side in no))
            yes = [side for side in yes if side.claim.asserted & denied]
        yield from _facing(question, yes, no)


def _of_agents(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """Other people named for who it was."""
    conflict = _in_conflict(
        sides,
        lambda left, right: bool(left.agents and right.agents and not left.agents & right.agents),
    )
    if conflict:
        voices = dict.fromkeys(side.voice for side in conflict)
        groups = [_of([side for side in conflict if side.voice == voice]) for voice in voices]
        yield _disagreement(question.text, "position", groups)


def _facing(
    question: ParsedQuestion, yes: Sequence[_Side], opponents: Sequence[_Side]
) -> Iterator[Disagreement]:
    """A disagreement of some with others, without those whom both sides claim."""
    voices = {side.voice for side in yes} & {side.voice for side in opponents}
    left, right = (
        [side for side in group if side.voice not in voices] for group in (yes, opponents)
    )
    if left and right:
        yield _disagreement(question.text, "position", [_of(left), _of(right)])


def _of_claims(question: ParsedQuestion, sides: Sequence[_Side]) -> Iterator[Disagreement]:
    """One denies what another claims, or claims its opposite, of the same thing."""
    shown: set[str] = set()
    for left, right in combinations(sides, 2):
        if left.voice == right.voice or min(left.coverage, right.coverage) < ON_TOPIC:
            continue
        about = left.claim.contradicts(right.claim) - question.names - number_stems()
        shared = (left.claim.stems & right.claim.stems) - about
        denied = bool(about & (left.claim.denied | right.claim.denied))
        asked = question.topic
        if about & asked - shown and shared & asked - about and len(shared) >= _SHARED:
            shown |= about
            quotes = (left.citation.quote, right.citation.quote)
            quoted = chain.from_iterable(map(content_words, quotes))
            words = (word for word in quoted if stem(word) in about)
            kind: DisagreementKind = "denial" if denied else "position"
            yield _disagreement(", ".join(dict.fromkeys(words)), kind, [_of([left]), _of([right])])


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
        tuple(chain.from_iterable(side.citations for side in sides)),
        tuple(sides),
    )
