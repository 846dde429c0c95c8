"""Who a sentence says speaks: the subjects of its reporting verbs. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vectorstore.language.reporting_verbs import forms_of

# Of the base forms those that a bare clause may follow: "Did Orlen order the gates" tells no words.
_FORMS = sorted({*forms_of("en", "third", "past"), *forms_of("en", "base", frame="bare")})
_BESIDE = r"(?:(?:has|have|had|also|then|later|himself|herself|itself|\w+ly)\s+)*"
_VERB = rf"{_BESIDE}(?:{'|'.join(_FORMS)})"
_CAPITAL = r"[A-ZÀ-Þ][\w’'.-]*"
_FULL = rf"{_CAPITAL}(?:\s+(?:(?:of|the|al|bin|van|von|de|for|and)\s+){{0,2}}{_CAPITAL})*"
# A name after one of these does nothing.
_BEFORE = "".join(rf"(?<!\b{word} )" for word in "in of at to for from with by".split())
_SUBJECT = re.compile(rf"{_BEFORE}\b(?P<name>{_FULL})(?:,[^,.;“”\"]{{1,80}},)?\s+{_VERB}\b")
_ACCORDING = re.compile(
    rf"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|account) of)\s+(?:the\s+)?(?P<name>{_FULL})"
)


def subjects(sentence: str) -> Iterator[str]:
    """The names that a sentence makes speak: "Mara Orlen" in "Mara Orlen, the keeper, said"."""
    for match in (*_SUBJECT.finditer(sentence), *_ACCORDING.finditer(sentence)):
        yield match["name"].removesuffix("’s").removesuffix("'s")
