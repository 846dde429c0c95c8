"""The judge that needs no model: typed checks, each of which names its problem, and the score of
shared words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer import Citation
from rag.semantics.claims import claim
from rag.verification.evidence import CitedEvidence, chain, names_behind, terms
from rag.verification.negation import denies_its_evidence
from rag.verification.overlap import features_of, shipped_weights
from rag.verification.speakers import subjects
from rag.verification.verdict import Mistake, Verdict
from vectorstore.language.figures.amounts import in_digits
from vectorstore.language.figures.numbers import numbers
from vectorstore.language.months import MONTHS
from vectorstore.language.normalise import fold, squeeze, without_direction_marks
from vectorstore.language.time.periods import WrittenDate, written
from vectorstore.language.time.times import hours
from vectorstore.language.tokenise import content_words
from vectorstore.names.keys import name_key, names_match
from vectorstore.names.name_words import NO_GIVEN_NAMES
from vectorstore.names.skeletons import is_arabic

_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»")
_OMITTED = re.compile(r"\s*(?:\.\.\.|…|\[[^\]]*\])\s*")
_CAPITAL = r"[A-ZÀ-Þ][\w’'-]*"
_NAME = re.compile(rf"\b{_CAPITAL}(?:\s+(?:(?:of|the|al|bin|van|von|de)\s+)*{_CAPITAL})*")
# What stands before a year: "in 2021", "summer 2021"; also "(2021" and ", 2021".
_BEFORE_YEAR = re.compile(
    r"(?:\b(?:in|of|since|during|before|after|early|late|mid|year|spring|summer|autumn|winter)[\s-]+|[(,]\s*"
    r"|(?:عام|سنه|في|منذ|قبل|بعد|حتي)\s+)$"
)
_COUNTED = frozenset("234")  # so few of what the cited words list, a writer counts
_SHORTEST_QUOTE = 3  # words; a figure or a name in quotation marks is checked as any other
_MARKS = re.compile('[“”«»"]')
_HALF = 0.5  # of a sentence's own words; the cited ones must have more
_OPENING = re.compile(
    r"(?:^|[.!?:“\"«(*>]\s*)$"
)  # what stands before a word that has its capital from its place


class RuleJudge:
    """Checks the numbers, dates, names, quotations, negations and speakers of a sentence against
    the words it cites.
    """

    name = "typed checks"

    def __init__(self, known: Iterable[str] = ()) -> None:
        """`known` are names that a sentence may take by mistake: everybody who speaks in the answer
        or the corpus.
        """
        self._known = frozenset(name for name in known if len(name_key(name)) > 1)

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        grounds = CitedEvidence.of(sentence, citations)
        weights, features = shipped_weights(), features_of(sentence, grounds)
        support = weights.likelihood(features)
        enough = support >= weights.enough and features["words"] > _HALF
        besides = _besides_quotes(sentence, grounds)
        problems = (
            *_misquoted(sentence, grounds),
            *_figures(besides, grounds),
            *_dates(besides, grounds),
            *_misattributed(_MARKS.sub("", besides), grounds, self._known),
            *_names(besides, grounds),
            *_turned(sentence, grounds),
            *([] if enough else [Mistake("support", sentence.strip()[:80])]),
        )
        return Verdict(problems, support)


def _besides_quotes(sentence: str, grounds: CitedEvidence) -> str:
    """What a sentence says in words of its own: what it has in quotation marks of the cited words
    is left out.
    """
    rest = squeeze(sentence.replace("\\", ""))
    for cited in grounds.citations:  # whole, for a quote may hold quotation marks itself
        rest = rest.replace(f"“{squeeze(without_direction_marks(cited.quote))}”", "“…”")
    sources = [_plain(citation.quote) for citation in grounds.citations]

    def shortened(match: re.Match[str]) -> str:
        words = _plain(next(filter(None, match.groups())))
        is_quote = len(words.split()) >= _SHORTEST_QUOTE and any(
            _has(source, words) for source in sources
        )
        return "“…”" if is_quote else match.group()

    return _QUOTED.sub(shortened, rest)


def _has(source: str, words: str) -> bool:
    """Whether words stand in a source as they are, not cut out of longer words or figures: 1 May is
    not in 21 May.
    """
    return (
        re.search(rf"(?<![\w-])(?<!\d[.,:]){re.escape(words)}(?![\w-])(?![.,:]\d)", source)
        is not None
    )


def _misquoted(sentence: str, grounds: CitedEvidence) -> Iterator[Mistake]:
    """Words in quotation marks that are not the source's; what is left out of them may be
    marked.
    """
    sources: list[str] = []
    for citation in grounds.citations:
        sources += (_plain(citation.quote), _plain(citation.title))
    for groups in _QUOTED.findall(sentence):
        words = _plain(next(filter(None, groups)))
        parts = [part.strip(" .,;:!?،؛؟'\"") for part in _OMITTED.split(words)]
        if not any(all(_has(source, part) for part in parts) for source in sources):
            yield Mistake("quotation", words[:80])


def _plain(text: str) -> str:
    """A text with one kind of quotation mark, apostrophe, space and case: typography is no
    misquotation.
    """
    straight = re.sub(r"[‘’ʼ`]", "'", re.sub(r"[“”«»]", '"', text.replace("\\", "")))
    return squeeze(without_direction_marks(straight)).casefold()


def _figures(sentence: str, grounds: CitedEvidence) -> Iterator[Mistake]:
    """Numbers and hours that stand in none of the cited words; those of a date are checked with
    it.
    """
    have, text = _numbers(grounds) | _COUNTED, fold(in_digits(sentence))
    times, cited = hours(text), hours(fold(grounds.words)) + hours(fold(in_digits(grounds.words)))
    for time in times:
        if not any(time.agrees(other) for other in cited):
            yield Mistake("number", text[time.start : time.end])
    others = [(time.start, time.end) for time in times]
    others += [(date.start, date.end) for date in written(text) if not _is_bare_number(date, text)]
    for number in numbers(text):
        if number.value not in have and not any(
            start <= number.start < end for start, end in others
        ):
            yield Mistake("number", number.value)


def _numbers(grounds: CitedEvidence) -> frozenset[str]:
    """The numbers of the cited words, those within dates and ranges too."""
    return frozenset(number.value for number in numbers(in_digits(grounds.words).replace("-", " ")))


def _dates(sentence: str, grounds: CitedEvidence) -> Iterator[Mistake]:
    """Dates that no cited one agrees with, and years that none names."""
    have = written(in_digits(grounds.words)) + written(grounds.when)
    years, named = {date.year for date in have}, _numbers(grounds)
    text = fold(in_digits(sentence))
    for date in written(text):
        agrees = any(_agree(date, other, named) for other in have)
        certain = not date.doubtful and not _is_bare_number(date, text)
        if certain and not (agrees and (date.year is None or date.year in years)):
            yield Mistake("date", text[date.start : date.end])


def _is_bare_number(date: WrittenDate, text: str) -> bool:
    """Whether what looks like a year may count something: it stands after no word that a year
    stands after.
    """
    return date.month is None and _BEFORE_YEAR.search(text[: date.start]) is None


def _agree(left: WrittenDate, right: WrittenDate, named: frozenset[str]) -> bool:
    """Whether two written dates can be one: year and month are the same where both say them, and
    the days are named somewhere ("on the 17th or on the 18th of March").
    """
    if left.month is None:
        return left.year == right.year
    return (
        left.month == right.month
        and (left.year is None or right.year is None or left.year == right.year)
        and all(day in right.days or str(day) in named for day in left.days)
    )


def _names(sentence: str, grounds: CitedEvidence) -> Iterator[Mistake]:
    """Names whose first or last word neither the cited words nor those who stand behind them
    have.
    """
    for match in _NAME.finditer(sentence):
        words = [word for word in content_words(match.group()) if not word[0].isdigit()]
        words = [word for word in words if word not in MONTHS]  # which are checked as dates
        if _OPENING.search(sentence[: match.start()]):
            words = words[1:]  # any word has a capital there
        proper = [word for word in words if word not in NO_GIVEN_NAMES] or words
        if proper and not all(map(grounds.have_name, (proper[0], proper[-1]))):
            yield Mistake("name", match.group())


def _misattributed(
    sentence: str, grounds: CitedEvidence, known: frozenset[str]
) -> Iterator[Mistake]:
    """Somebody who is said to say what the cited words have from others. Within the words of
    somebody whose they are, whoever they name may speak.
    """
    speakers = list(dict.fromkeys(subjects(sentence)))
    theirs = [
        name
        for name in speakers
        if any(_answers_for(name, citation) for citation in grounds.citations)
    ]
    for name in speakers:
        named = all(map(grounds.have_name, content_words(name)))
        if name not in theirs and not (named and (theirs or _has_nameless(grounds))):
            yield Mistake("attribution", name)
    if len(speakers) == 1 and theirs:
        yield from (
            Mistake("attribution", speakers[0])
            for citation in grounds.citations
            if _is_anothers(citation, speakers[0], sentence)
        )
    if grounds.crosses:
        return
    rest = _without(sentence, names_behind(grounds.citations))
    for name in sorted(known):
        if _stands_in(name, rest) and not any(
            _is_behind(name, citation) or _stands_in(name, citation.quote)
            for citation in grounds.citations
        ):
            yield Mistake("attribution", name)


def _is_anothers(citation: Citation, name: str, sentence: str) -> bool:
    """Whether cited words are of somebody whom a sentence, which makes one name speak, does not
    tell of.
    """
    crosses = is_arabic(citation.quote) != is_arabic(sentence)
    return not _answers_for(name, citation) and terms(
        " ".join(chain(citation)), crosses
    ).isdisjoint(terms(sentence, crosses))


def _has_nameless(grounds: CitedEvidence) -> bool:
    return any(citation.holder.name is None for citation in grounds.citations)


def _answers_for(name: str, citation: Citation) -> bool:
    """Whether the cited words are somebody's, or they speak in them. A body is told by any of its
    words.
    """
    crosses = is_arabic(citation.quote) != is_arabic(name)
    words = [word for word in content_words(name) if word not in NO_GIVEN_NAMES]
    speak = terms(" ".join((*chain(citation), *subjects(citation.quote))), crosses)
    return not words or any(not terms(word, crosses).isdisjoint(speak) for word in words)


def _is_behind(name: str, citation: Citation) -> bool:
    return any(names_match(name, link) or names_match(link, name) for link in chain(citation))


def _without(sentence: str, names: Iterable[str]) -> str:
    """A sentence as a key, without these names: North is not named by who names the North Post."""
    key = f" {name_key(sentence)} "
    for name in sorted(map(name_key, names), key=len, reverse=True):
        key = key.replace(f" {name} ", " | ")
    return key


def _stands_in(name: str, text: str) -> bool:
    return f" {name_key(name)} " in f" {name_key(text)} "


def _shows_a_whole_quote(sentence: str, grounds: CitedEvidence) -> bool:
    """Whether a sentence holds all that it cites of somebody: the source's own words do not deny
    their source.
    """
    shown = _plain(sentence)
    return any(_plain(citation.quote) in shown for citation in grounds.citations)


def _turned(sentence: str, grounds: CitedEvidence) -> Iterator[Mistake]:
    """A claim that its evidence denies, a denial of what it claims, and words whose opposites all
    the quotes claim.
    """
    if grounds.crosses or _shows_a_whole_quote(sentence, grounds):
        return
    if denies_its_evidence(sentence, grounds):
        yield Mistake("negation", sentence.strip()[:80])
    asserted = claim(sentence)
    against = [asserted.turned(claim(citation.quote)) for citation in grounds.citations]
    if against and all(against):
        yield Mistake("negation", ", ".join(sorted(frozenset[str]().union(*against)))[:80])
