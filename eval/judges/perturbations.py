"""Planted errors: faithful sentences with one mistake put in, to measure what a judge catches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

from eval.judges.faithful import Faithful
from rag.verification.evidence import chain
from rag.verification.verdict import ProblemKind
from vectorstore.language.figures.amounts import amounts
from vectorstore.names.skeletons import is_arabic

Kind = Literal[
    "new number",
    "other number of the source",
    "absent name",
    "other name of the source",
    "negation",
    "antonym",
    "wrong holder",
    "wrong outlet",
    "altered quote",
    "added clause",
]
# Of each kind, what a judge that names its problems should say.
NAMED: Mapping[Kind, frozenset[ProblemKind]] = {
    "new number": frozenset({"number", "date", "quotation"}),
    "other number of the source": frozenset({"number", "date", "quotation"}),
    "absent name": frozenset({"name", "attribution", "quotation"}),
    "other name of the source": frozenset({"name", "attribution", "quotation"}),
    "negation": frozenset({"negation", "quotation"}),
    "antonym": frozenset({"negation", "quotation"}),
    "wrong holder": frozenset({"attribution", "name"}),
    "wrong outlet": frozenset({"attribution", "name"}),
    "altered quote": frozenset({"quotation"}),
    "added clause": frozenset({"support", "name", "number", "date", "attribution", "negation"}),
}
_INVENTED = (
    "Gerd Hollow",
    "Mirelle Aston",
    "Tavik Brun",
    "Oda Kesselring",
    "Port Hallam",
    "Lower Wexing",
    "Drummond Vale",
)
_NUMBER = re.compile(r"(?<![\w.,:])\d[\d,]*(?:\.\d+)?(?![\w:])")
# Days and months have their own check, and titles name nobody.
_NO_NAMES = (
    r"(?:Mr|Mrs|Ms|Dr|I|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|"
    r"September|October|November|December)\b"
)
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*[^\W’']"
_NAME = re.compile(rf"(?<=[a-z,;] )(?!{_NO_NAMES}){_CAPITAL}(?: (?:(?:of|the|al) )?{_CAPITAL})*")
_QUOTED = re.compile(r"[“\"«]([^”\"»]+)[”\"»]")
_AUXILIARY = re.compile(
    r"\b(?:was|were|is|are|had|has|have|would|will|could|can|did|does|must|should|may|might)\b(?!"
    r" not\b|n't)"
)
_NEGATOR = re.compile(r"\bnot |\bnever |(?<=\w)n't\b|(?<!\w)(?:لم|لن|ليس|ليست) ")
_WORD = re.compile(r"[^\W\d_]{4,}")
# Pairs of opposites by hand, apart from those that the checks know.
_ANTONYMS = (
    "before/after more/less first/last higher/lower above/below opened/closed open/closed"
    " accepted/rejected won/lost rose/fell begun/ended began/ended always/never only/hardly"
    " true/false guilty/innocent public/secret possible/impossible raised/lowered early/late"
    " most/least allowed/forbidden supported/opposed confirmed/denied strong/weak alive/dead"
    " inside/outside left/remained full/empty many/few safe/dangerous agreed/refused gained/lost"
    " up/down with/without"
).split()
_OPPOSITES = {a: b for pair in _ANTONYMS for a, b in (pair.split("/"), pair.split("/")[::-1])}


@dataclass(frozen=True)
class Planted:
    """A sentence with a mistake."""

    kind: Kind
    sentence: str
    of: Faithful


def plant(faithful: Faithful, seed: int = 0) -> Iterator[Planted]:
    """One mistake of each kind that the sentence has a place for. The same seed gives the same
    mistakes.
    """
    for kind, mistake in _MISTAKES.items():
        planted = mistake(faithful, Random(f"{seed} {faithful.id} {kind}"))
        if planted is not None and planted != faithful.sentence:
            yield Planted(kind, planted, faithful)


def _new_number(faithful: Faithful, rng: Random) -> str | None:
    known = set(amounts(faithful.source)) | set(amounts(faithful.sentence))
    fresh = [str(n) for n in range(11, 9000, 7) if str(n) not in known]
    return _in_place_of(_NUMBER, faithful.sentence, rng, fresh)


def _other_number(faithful: Faithful, rng: Random) -> str | None:
    others = [
        number for number in _NUMBER.findall(faithful.source) if number not in faithful.sentence
    ]
    return _in_place_of(_NUMBER, faithful.sentence, rng, others)


def _absent_name(faithful: Faithful, rng: Random) -> str | None:
    return _in_place_of(_NAME, faithful.sentence, rng, _INVENTED)


def _other_name(faithful: Faithful, rng: Random) -> str | None:
    prose = "\n".join(
        line for line in faithful.source.splitlines() if line.rstrip().endswith((".", "”", '"'))
    )  # no headlines
    others = [name for name in _NAME.findall(prose) if not _shares(name, faithful.sentence)]
    return _in_place_of(_NAME, faithful.sentence, rng, others)


def _negation(faithful: Faithful, rng: Random) -> str | None:
    """A "not" more, or one less."""
    outside = _outside_quotes(faithful.sentence)
    ways = [(match, "") for match in _NEGATOR.finditer(faithful.sentence) if outside(match)]
    ways += [
        (match, f"{match.group()} not")
        for match in _AUXILIARY.finditer(faithful.sentence)
        if outside(match)
    ]
    return _replaced(faithful.sentence, *rng.choice(ways)) if ways else None


def _antonym(faithful: Faithful, rng: Random) -> str | None:
    outside = _outside_quotes(faithful.sentence)
    ways = [
        (m, _OPPOSITES[m.group()])
        for m in re.finditer(r"\w+", faithful.sentence)
        if m.group() in _OPPOSITES and outside(m)
    ]
    return _replaced(faithful.sentence, *rng.choice(ways)) if ways else None


def _wrong_holder(faithful: Faithful, rng: Random) -> str | None:
    others = [
        name
        for name in faithful.holders
        if not _is_known(name, faithful) and is_arabic(name) == is_arabic(faithful.sentence)
    ]
    for citation in faithful.citations:
        for name in filter(
            None, (citation.holder.name, (citation.holder.name or "").split(" ")[-1])
        ):
            at = faithful.sentence.find(name)
            if others and at >= 0:
                return (
                    faithful.sentence[:at]
                    + rng.choice(others)
                    + faithful.sentence[at + len(name) :]
                )
    return None


def _wrong_outlet(faithful: Faithful, rng: Random) -> str | None:
    others = [
        name
        for name in faithful.outlets
        if not _is_known(name, faithful) and is_arabic(name) == is_arabic(faithful.sentence)
    ]
    if not others:
        return None
    other = rng.choice(others)
    named = next(
        (c.outlet for c in faithful.citations if c.outlet and c.outlet in faithful.sentence), None
    )
    if named:
        return faithful.sentence.replace(named, other, 1)
    closing = f"، بحسب {other}." if is_arabic(faithful.sentence) else f", {other} reported."
    return faithful.sentence.rstrip(" .") + closing


def _altered_quote(faithful: Faithful, rng: Random) -> str | None:
    quotes = list(_QUOTED.finditer(faithful.sentence))
    if not quotes:
        return None
    inside = rng.choice(quotes)
    words = list(_WORD.finditer(faithful.sentence, inside.start(1), inside.end(1)))
    others = [
        word
        for word in _WORD.findall(faithful.elsewhere)
        if word not in faithful.source and is_arabic(word) == is_arabic(faithful.sentence)
    ]
    return (
        _replaced(faithful.sentence, rng.choice(words), rng.choice(others))
        if words and others
        else None
    )


def _added_clause(faithful: Faithful, rng: Random) -> str | None:
    """A clause of another source at the end."""
    arabic = is_arabic(faithful.sentence)
    clauses = [
        clause.strip()
        for clause in re.split(r"[.!?؟\n]", faithful.elsewhere)
        if 6 <= len(clause.split()) <= 16
        and is_arabic(clause) == arabic
        and not _QUOTED.search(clause)
    ]
    joined = "، و" if arabic else ", and "
    return faithful.sentence.rstrip(" .") + joined + rng.choice(clauses) + "." if clauses else None


_MISTAKES: Mapping[Kind, Callable[[Faithful, Random], str | None]] = {
    "new number": _new_number,
    "other number of the source": _other_number,
    "absent name": _absent_name,
    "other name of the source": _other_name,
    "negation": _negation,
    "antonym": _antonym,
    "wrong holder": _wrong_holder,
    "wrong outlet": _wrong_outlet,
    "altered quote": _altered_quote,
    "added clause": _added_clause,
}


def _in_place_of(
    pattern: re.Pattern[str], sentence: str, rng: Random, others: Sequence[str]
) -> str | None:
    """A sentence with one match of a pattern outside quotation marks, or else within, made
    another.
    """
    matches = list(pattern.finditer(sentence))
    outside = _outside_quotes(sentence)
    places = [match for match in matches if outside(match)] or matches
    return (
        _replaced(sentence, rng.choice(places), rng.choice(others)) if places and others else None
    )


def _replaced(sentence: str, match: re.Match[str], by: str) -> str:
    return sentence[: match.start()] + by + sentence[match.end() :]


def _outside_quotes(sentence: str) -> Callable[[re.Match[str]], bool]:
    """Whether a match stands outside quotation marks; in a sentence that is all quotation, any
    match does.
    """
    quotes = [match.span(1) for match in _QUOTED.finditer(sentence)]
    if sum(end - start for start, end in quotes) > 0.7 * len(sentence):
        return lambda match: True
    return lambda match: not any(start <= match.start() < end for start, end in quotes)


def _is_known(name: str, faithful: Faithful) -> bool:
    """Whether somebody stands behind the citations, is named in them or in the sentence."""
    behind = " ".join(
        part for citation in faithful.citations for part in (*chain(citation), citation.quote)
    )
    return _shares(name, f"{behind} {faithful.sentence}")


def _shares(name: str, text: str) -> bool:
    return any(word in text for word in name.split() if len(word) > 3)
