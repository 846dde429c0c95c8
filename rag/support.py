"""Whether the cited words support a sentence of an answer: the check on the final text, whoever wrote it.

Typed checks, each of which names its problem. They read the sentence, the quotes it cites, and the chains of those
quotes; what stands elsewhere supports nothing. Another judge (an entailment model, a language model) stands behind the
same protocol.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal, Protocol

from rag.answer import Citation, Sentence
from rag.polarity import claim, stem
from vectorstore.language.folding import fold, squeeze
from vectorstore.language.names import name_key, names_match
from vectorstore.language.numbers import numbers
from vectorstore.language.periods import MONTHS
from vectorstore.language.words import content_words

ProblemKind = Literal["citation", "quotation", "number", "name", "negation", "attribution", "support"]

ENOUGH = 0.5  # share of a sentence's own words; the cited ones must cover more
MARKER = re.compile(r"\[(\d+(?:\s*,\s*\d+)*)\]")
_QUOTED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|«([^»]+)»")
_NAME = re.compile(
    r"(?<![.!?“\"«]\s)(?<!^)\b[A-ZÀ-Þ][\w’'-]+(?:\s+(?:(?:of|the|al|bin|van|von|de)\s+)?[A-ZÀ-Þ][\w’'-]+)*"
)
_SPEECH = re.compile(
    r"\b(?:says?|said|saying|claim(?:s|ed)?|argue[sd]?|writes?|wrote|report(?:s|ed)?|den(?:y|ies|ied)|insist(?:s|ed)?|"
    r"state[sd]?|told|tells|accuse[sd]?|warn(?:s|ed)?|according to|call(?:s|ed)|describe[sd]?|believe[sd]?|thinks?)\b"
    r"|قال|قالت|يقول|تقول|صرح|ذكر|بحسب|وفق|كتب|نفى|أكد|يرى"
)


@dataclass(frozen=True)
class Problem:
    """Why a sentence is not supported: the kind of mistake, and what of the sentence it is about."""

    kind: ProblemKind
    about: str


@dataclass(frozen=True)
class Verdict:
    """The problems of a sentence (none: it is supported), and how much of it (0 to 1) the cited words cover."""

    problems: tuple[Problem, ...]
    support: float

    @property
    def supported(self) -> bool:
        return not self.problems


class Judge(Protocol):
    """Says how far evidence supports a sentence."""

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict: ...


class TypedChecks:
    """The judge that needs no model. `everyone` are all citations of the answer, by their numbers."""

    def __init__(self, everyone: Mapping[int, Citation]) -> None:
        self._known = frozenset(
            name for citation in everyone.values() for name in _chain(citation) if len(name_key(name)) > 1
        )

    def judge(self, sentence: str, citations: Sequence[Citation]) -> Verdict:
        plain = MARKER.sub("", sentence)
        have = {stem(word) for citation in citations for word in content_words(_behind(citation))}
        support = _coverage(plain, have)
        problems = [
            *_misquoted(plain, citations),
            *_numbers(plain, citations),
            *_names(plain, have),
            *_misattributed(plain, citations, self._known),
            *_turned(plain, citations),
            *([Problem("support", plain.strip()[:80])] if support <= ENOUGH else []),
        ]
        return Verdict(tuple(problems), support)


def markers(text: str) -> tuple[int, ...]:
    """The numbers of the citations that a text names, `[2]` or `[1, 3]`, once each, in order."""
    return tuple(dict.fromkeys(int(n) for found in MARKER.findall(text) for n in found.split(",")))


def check(sentence: str, citations: Mapping[int, Citation], judge: Judge) -> Verdict:
    """The verdict on a sentence with its markers; one that cites nothing, or what is not there, is not supported."""
    cited = markers(sentence)
    if not cited:
        return Verdict((Problem("citation", "no citation"),), 0.0)
    if missing := [n for n in cited if n not in citations]:
        return Verdict((Problem("citation", ", ".join(map(str, missing))),), 0.0)
    return judge.judge(sentence, [citations[n] for n in cited])


def checked(sentence: Sentence, citations: Mapping[int, Citation], judge: Judge) -> Sentence | None:
    """A sentence with its support, or None for a claim that its citations do not support; others pass as they are."""
    if sentence.kind != "claim":
        return sentence
    verdict = check(sentence.text, citations, judge)
    return replace(sentence, support=round(verdict.support, 3)) if verdict.supported else None


def _chain(citation: Citation) -> Iterator[str]:
    """Everybody who stands behind a citation's words."""
    named = (citation.holder.name, citation.holder.mention, citation.author, citation.outlet)
    yield from (name for name in (*named, *(link.name for link in citation.chain), *citation.also_in) if name)


def _behind(citation: Citation) -> str:
    """All that a sentence may take from a citation: its words, and who, where and when."""
    dates = {date for date in (citation.published, *(link.date for link in citation.chain)) if date}
    return " ".join([citation.quote, citation.title, *_chain(citation), *dates])


def _coverage(sentence: str, have: Set[str]) -> float:
    """The share of a sentence's content words whose stems the cited words, or their chains, have."""
    own = {stem(word) for word in content_words(sentence)}
    return len(own & have) / len(own) if own else 1.0


def _misquoted(sentence: str, citations: Sequence[Citation]) -> Iterator[Problem]:
    """Words in quotation marks that are not the source's."""
    quotes = [_plain(citation.quote) for citation in citations]
    for found in _QUOTED.findall(sentence):
        words = _plain(next(filter(None, found)))
        if words and not any(words.strip(" .,;") in quote for quote in quotes):
            yield Problem("quotation", words[:80])


def _plain(text: str) -> str:
    """A text with one kind of quotation mark, apostrophe, space and case: typography is no misquotation."""
    straight = re.sub(r"[‘’ʼ`]", "'", re.sub(r"[“”«»]", '"', text.replace("\\", "")))
    return squeeze(straight).strip().casefold()


def _numbers(sentence: str, citations: Sequence[Citation]) -> Iterator[Problem]:
    """Numbers that stand in none of the cited words, nor in their dates."""
    have = {number.value for citation in citations for number in numbers(_behind(citation).replace("-", " "))}
    for number in numbers(sentence):
        if number.value not in have:
            yield Problem("number", number.value)


def _names(sentence: str, have: Set[str]) -> Iterator[Problem]:
    """Names inside the sentence whose stems neither the cited words nor those who stand behind them have."""
    for match in _NAME.finditer(sentence):
        words = [word for word in content_words(match.group()) if word not in MONTHS]
        if words and not any(stem(word) in have for word in words):
            yield Problem("name", match.group())


def _misattributed(sentence: str, citations: Sequence[Citation], known: frozenset[str]) -> Iterator[Problem]:
    """Somebody of the answer who is said to say what the cited words have from others."""
    if not _SPEECH.search(fold(sentence)):
        return
    named = [name for name in known if _stands_in(name, sentence)]
    for name in named:
        behind = [any(names_match(name, one) or names_match(one, name) for one in _chain(c)) for c in citations]
        told = [have or _stands_in(name, citation.quote) for have, citation in zip(behind, citations, strict=True)]
        if not any(told) or (len(named) == 1 and not all(told)):
            yield Problem("attribution", name)


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name_key(name))}(?!\w)", fold(text)) is not None


def _turned(sentence: str, citations: Sequence[Citation]) -> Iterator[Problem]:
    """A claim that the cited words deny, or whose opposite they claim, where none of them claims it."""
    told = claim(sentence)
    against = [told.contradicts(claim(citation.quote)) for citation in citations]
    agreeing = [
        told.denied & claim(citation.quote).denied or not conflict
        for citation, conflict in zip(citations, against, strict=True)
    ]
    if citations and not any(agreeing):
        yield Problem("negation", ", ".join(sorted(frozenset[str]().union(*against)))[:80])
