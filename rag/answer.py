"""The answer's records: what a question gets back, in every face of the product."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from rag.filters import Filters
from vectorstore.records import Form, Holder, Link, Modality, Polarity

Status = Literal["answered", "partial", "unanswered"]
SentenceKind = Literal["claim", "summary", "gap"]
ReadingKind = Literal[
    "context", "speaker", "outlet", "named", "period", "published", "phrase", "language"
]
DisagreementKind = Literal["number", "denial", "position"]


@dataclass(frozen=True)
class Turn:
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True)
class Reading:
    """One thing that was read from a question, and whether the search was narrowed to it or only
    prefers it.

    A `speaker` or `outlet` is whose words are asked for, `named` whoever else the question names,
    `period` when it happened, `published` when it was written, `phrase` words that it quotes,
    `context` the whole question that a follow-up was made to. Periods are as ISO writes them,
    `2020-11` or `2023-03..2023-07`.
    """

    kind: ReadingKind
    value: str
    effect: Literal["narrowed", "preferred"] = "preferred"

    @property
    def key(self) -> str:
        """By what it is ignored when somebody takes it away: `outlet:North Post`."""
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class Understood:
    """The question as it is searched for: in one line, made whole from the conversation
    (`carried`), with its language and with what was read from it.
    """

    question: str
    language: str
    carried: bool = False
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True)
class Citation:
    """An exact span of one article: `source_text[start:end] == quote`.

    `also_in` names the other outlets (or sources) of the corpus in which the same piece stands.
    `gloss` is the quote word for word in the question's language, where that is another: no
    translation, and to be shown as a gloss.
    """

    id: int
    article_id: str
    source: str
    start: int
    end: int
    quote: str
    title: str
    author: str | None
    outlet: str | None
    published: str | None
    url: str | None
    language: str | None
    holder: Holder
    chain: tuple[Link, ...]
    form: Form
    polarity: Polarity = "asserted"
    modality: Modality = "stated"
    also_in: tuple[str, ...] = ()
    gloss: str | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence of the answer: a claim rests on its citations; a summary counts them; a gap says
    what is not there.
    """

    text: str
    kind: SentenceKind
    citations: tuple[int, ...] = ()
    support: float | None = None


@dataclass(frozen=True)
class Viewpoint:
    """One holder's position in one outlet, made of citations."""

    holder: Holder
    chain: tuple[Link, ...]
    outlet: str | None
    published: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Side:
    """The citations of one side of a disagreement, and the figure that they give, where that is
    what it is about.
    """

    citations: tuple[int, ...]
    figure: str | None = None


@dataclass(frozen=True)
class Disagreement:
    """Viewpoints that cannot all be right, or that argue against each other; `citations` are those
    of all its sides.
    """

    about: str
    kind: DisagreementKind
    citations: tuple[int, ...]
    sides: tuple[Side, ...] = ()


@dataclass(frozen=True)
class Searched:
    """What was searched: which corpus at which version, how much of it the filters let through."""

    corpus: str
    version: str
    articles: int
    passages: int
    filters: Filters


@dataclass(frozen=True)
class Answer:
    """What a question gets back. `text` is Markdown with `[n]` markers; nothing in it is not in
    `sentences`. `left_out` counts the sentences that the judge did not let through.
    """

    id: str
    question: str
    understood: Understood
    status: Status
    text: str
    sentences: tuple[Sentence, ...]
    viewpoints: tuple[Viewpoint, ...]
    disagreements: tuple[Disagreement, ...]
    gaps: tuple[str, ...]
    citations: tuple[Citation, ...]
    searched: Searched
    writer: str
    left_out: int = 0
    timings_ms: Mapping[str, float] = field(default_factory=dict)

    @property
    def holders(self) -> tuple[str, ...]:
        """The names of everyone whose words are cited, once each, in order."""
        return tuple(dict.fromkeys(c.holder.name for c in self.citations if c.holder.name))


@dataclass(frozen=True)
class Event:
    """Something of an answer as it comes; the answer itself comes last."""

    kind: Literal["understood", "viewpoint", "citation", "text"]
    data: Understood | Viewpoint | Citation | str
