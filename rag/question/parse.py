"""A question read once: what everything after the search wants to know of its words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.question.stances import Stances, asks_whom_to_blame
from rag.semantics.claims import CAPITALS, Claim, claim, name_stems, stem
from rag.semantics.kinds import Kind
from rag.semantics.quantities import WantedQuantity
from vectorstore.language.normalise import fold
from vectorstore.language.tokenise import content_words

# Questions that ask for the reason, time or manner of something, as if it had happened.
_GRANTS = re.compile(
    r"^(?:and |but |so )?(?:why|when|since when|how"
    r" (?:did|does|do|was|were|has|have|had|is|are|come|could)"
    r"|(?:on|in|at) (?:what|which) (?:day|date|year|month|place)"
    r"|how (?:many|much)\b.*\b(?:admit|confirm|acknowledge))\b"
    r"|^و?(?:لماذا|متي|كيف|لم)\s"
)
_WHO = re.compile(
    r"^(?:and |but |so"
    r" )?who(?:se)?\b(?!\s+(?:says?|said|describes?|disagrees?|agrees?|thinks?|claims?))|^و?من\s"
)


@dataclass(frozen=True)
class ParsedQuestion:
    """A question as it was asked, with the holders of the corpus that it names.

    `claim` is what it would assert as a statement, `presupposes` says whether it takes that for
    granted. `predicate` is the stem of its first content word: what somebody did, in a question
    that asks who did it. `names` are the stems of all names in it, which nobody denies, and
    `capitals` its capitalised words. `stances` are its sides, if it has any.
    """

    text: str
    claim: Claim
    presupposes: bool
    asks_who: bool
    asks_whom_to_blame: bool
    predicate: str | None
    names: frozenset[str]
    capitals: tuple[str, ...]
    wanted: WantedQuantity
    stances: Stances | None

    @property
    def kind(self) -> Kind | None:
        """The kind of thing that it asks for, where that is a figure or a time."""
        return self.wanted.kind

    @property
    def topic(self) -> frozenset[str]:
        """The stems of its words."""
        return self.claim.stems


def parse(text: str, named: Sequence[str]) -> ParsedQuestion:
    """The parts of a question, in English or Arabic; `named` are the holders that it names."""
    folded, asserted, words = fold(text), claim(text), content_words(text)
    return ParsedQuestion(
        text=text,
        claim=asserted,
        presupposes=_GRANTS.search(folded) is not None and not asserted.denied,
        asks_who=_WHO.search(folded) is not None,
        asks_whom_to_blame=asks_whom_to_blame(text),
        predicate=stem(words[0]) if words else None,
        names=name_stems(text, named),
        capitals=tuple(CAPITALS.findall(text)),
        wanted=WantedQuantity.of(text),
        stances=Stances.of(text, named),
    )
