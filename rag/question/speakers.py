"""Whose words a question asks for: "What does X say about ...?", "According to X, ...", "Compare
X's and Y's words".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from vectorstore.bilingual.translate_terms import crossed
from vectorstore.language.normalise import fold
from vectorstore.language.pack import words_of
from vectorstore.language.reporting_verbs import forms_of
from vectorstore.language.tokenise import content_words
from vectorstore.names.directory import HolderDirectory
from vectorstore.names.keys import name_key
from vectorstore.names.skeletons import is_arabic

_SAYING = {*forms_of("en", "base", "third", frame="bare"), *words_of("asked_verbs", "en")}
_SAYS = "|".join(sorted(_SAYING.difference(words_of("not_asked", "en"))))
_ASKS = "what|how|why|who|when|where|which|did|does|do|is|are|was|were|has|have"
_NAME = r"(?P<who>[^?.,:;،؟]{2,80}?)"
# What stands around the name of whose words a question asks for; the first that fits counts.
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:do|does|did|has|have)\s+{_NAME}\s+(?:also\s+|really\s+|himself\s+|herself\s+|ever\s+)?(?:{_SAYS})\b",
        rf"\baccording to\s+{_NAME}(?=[,?.]|\s+(?:{_ASKS})\b|$)",
        rf"\bin\s+{_NAME}(?:'s|’s|s')\s+(?:view|words|opinion|account|telling|version)\b",
        r"\b(?P<who>(?:the\s+)?[^\s?.,]+(?:\s+[^\s?.,]+){0,4}?)(?:'s|’s|s')\s+"
        r"(?:view|words|opinion|position|criticism|claim|statement|argument|account)\b",
        rf"\b(?:ماذا|ما"
        rf" الذي|ما|كيف|بماذا|هل)\s+"
        r"(?:قال|قالت|يقول|تقول|ذكر|ذكرت|يرى|ترى|وصف|يصف|صرح|كتب|رد|علق)\s+"
        rf"{_NAME}(?=\s+(?:عن|في|حول|على|إن|أن|بشأن|إلى)\b|[؟?]|$)",
        rf"(?:^|\s)و?ما\s+(?:هو\s+|هي\s+)?(?:رأي|موقف|رد|تعليق)\s+{_NAME}(?=\s+(?:عن|في|حول|على|من|بشأن)\b|[؟?]|$)",
        rf"(?:^|\s)(?:بحسب|حسب|وفق|وفقا ل|وفقاً ل|في رأي|برأي|على حد قول)\s*{_NAME}(?=[؟?،,]|$)",
    )
)
_COMPARED = re.compile(
    r"\bcompare\s+(?:what\s+)?(?P<one>.{2,60}?)\s+and\s+(?P<other>.{2,60}?)(?:\s+(?:say|think|on|about|words)\b|$)"
    r"|قارن بين\s+(?P<first>.{2,40}?)\s+و(?P<second>.{2,40}?)(?:[؟?]|$)",
    re.IGNORECASE,
)
_NOBODY = frozenset(
    "he she they it you we i one this that anybody anyone people others who".split()
)
_PARTICLES = frozenset("of the and al el bin ibn de da di van von la le du for".split())
_BODIES = frozenset(
    "government ministry army parliament court council commission embassy opposition".split()
)
_ROOT = 5  # letters by which words of one kin begin: "Northern", "Northerners"
_LEADING = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Speakers:
    """Whose words are asked for: `holders` and `outlets` of the corpus, and the names of those it
    does not know.
    """

    holders: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.holders or self.outlets or self.unknown)


def read_speakers(question: str, naming: HolderDirectory, outlets: Sequence[str]) -> Speakers:
    """Whose words a question asks for; nobody's when it asks for what happened."""
    holders: dict[str, None] = {}
    named_outlets: dict[str, None] = {}
    unknown: dict[str, None] = {}
    for name in map(_without_owner, _asked_for(question)):
        outlet = next(
            (known for known in outlets if name_key(known) == name_key(_LEADING.sub("", name))),
            None,
        )
        named = naming.named_in(name)
        if outlet:
            named_outlets[outlet] = None
        if named:  # an outlet may sign as an author too
            holders.update(dict.fromkeys(named))
        elif not outlet and (_is_name(name) or _is_body(name)) and not _is_heard(name, naming):
            unknown[name.strip()] = None
    return Speakers(tuple(holders), tuple(named_outlets), tuple(unknown))


def _asked_for(question: str) -> Iterator[str]:
    for match in _COMPARED.finditer(question):
        yield from (name for name in match.groupdict().values() if name)
    for pattern in _PATTERNS:
        for match in pattern.finditer(question):
            yield match["who"]


def _without_owner(name: str) -> str:
    """A description without whose it is: "Iran's envoy" is not Iran."""
    return re.split(r"[’']s\s+", name)[-1]


def _is_name(words: str) -> bool:
    """Whether words that the corpus does not know are somebody's name: capitalised, or in Arabic
    letters and not all with the article, as a description is ("the Russian official").
    """
    parts = _LEADING.sub("", words.strip()).split()
    if len(parts) > 5 or all(fold(part) in _NOBODY for part in parts):
        return False
    if is_arabic(parts[0]):
        return not all(part.startswith("ال") for part in parts)
    described = sum(part[:1].islower() and fold(part) not in _PARTICLES for part in parts)
    return parts[-1][:1].isupper() and described <= 1


def _is_body(words: str) -> bool:
    """Whether words describe a body of some land or place: "the Northern government"."""
    parts = _LEADING.sub("", words.strip()).split()
    return (
        len(parts) > 1 and fold(parts[-1]) in _BODIES and any(part[:1].isupper() for part in parts)
    )


def _is_heard(words: str, naming: HolderDirectory) -> bool:
    """Whether a holder's name has each of these words, in either language and with any ending, or
    is some of them: "Northern Ministry of Defence" or "defence ministry" for "وزارة الدفاع
    الشمالية".
    """
    wanted = [_roots(word) for word in content_words(words)]
    every = frozenset[str]().union(*wanted)
    spellings = chain.from_iterable((named.name, *named.spellings) for named in naming.holders)
    return any(
        all(root_set & roots for root_set in wanted) or (len(roots) > 1 and roots <= every)
        for roots in map(_roots, spellings)
    )


@lru_cache(maxsize=1 << 14)
def _roots(text: str) -> frozenset[str]:
    """The beginnings of a text's words in the form that both languages have in common."""
    return frozenset(word[:_ROOT] for word in crossed(text).split())
