"""Who a sentence says speaks: the subjects of its reporting verbs. Add a language by adding its words."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Each verb by its stem; what may follow is in _VERB.
_VERBS = (
    "sa(?:y|ys|id) states|stated claims|claimed argu(?:e|es|ed) writ(?:e|es) wrote reports|reported den(?:y|ies|ied) "
    "insist(?:s|ed)? tell(?:s)? told accus(?:e|es|ed) warn(?:s|ed)? calls|called describ(?:e|es|ed) "
    "believ(?:e|es|ed) thinks? thought maintain(?:s|ed)? assert(?:s|ed)? contend(?:s|ed)? concede[sd]? admit(?:s|ted)? "
    "acknowledg(?:e|es|ed) confirm(?:s|ed)? recalls|recalled add(?:s|ed)? notes|noted explain(?:s|ed)? "
    "remarks|remarked declar(?:e|es|ed) announc(?:e|es|ed) testif(?:y|ies|ied) rejects|rejected dismiss(?:es|ed)? "
    "recount(?:s|ed)? objects|objected suggest(?:s|ed)? estimates|estimated repl(?:y|ies|ied) answers|answered "
    "ask(?:s|ed)? urg(?:e|es|ed) complain(?:s|ed)? consider(?:s|ed)? stress(?:es|ed)? promises|promised "
    "predict(?:s|ed)? speaks? spoke recognis(?:e|es|ed) mention(?:s|ed)? observ(?:e|es|ed)"
).split()
_VERB = rf"(?:(?:has|have|had|also|then|later|himself|herself|itself|\w+ly)\s+)*(?:{'|'.join(_VERBS)})"
_CAPITAL = r"[A-ZÀ-Þ][\w’'.-]*"
_FULL = rf"{_CAPITAL}(?:\s+(?:(?:of|the|al|bin|van|von|de|for|and)\s+){{0,2}}{_CAPITAL})*"
# A name after one of these does nothing.
_BEFORE = "".join(rf"(?<!\b{word} )" for word in "in of at to for from with by".split())
_SUBJECT = re.compile(rf"{_BEFORE}\b(?P<name>{_FULL})(?:,[^,.;“”\"]{{1,80}},)?\s+{_VERB}\b")
_ACCORDING = re.compile(rf"\b(?:[Aa]ccording to|[Ii]n the (?:words|view|account) of)\s+(?:the\s+)?(?P<name>{_FULL})")


def subjects(sentence: str) -> Iterator[str]:
    """The names that a sentence makes speak: "Mara Orlen" in "Mara Orlen, the keeper, said"; English only."""
    for found in (*_SUBJECT.finditer(sentence), *_ACCORDING.finditer(sentence)):
        yield found["name"].removesuffix("’s").removesuffix("'s")
