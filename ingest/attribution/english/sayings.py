"""What a verb of saying makes of its holder and content: an attribution, or a lead to words that
stand elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ingest.attribution.english.contents import Content
from ingest.attribution.english.cues import Cue
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.tokens import TaggedSentence
from ingest.attribution.spans import Attribution, Mention
from vectorstore.records import Form, Modality, Polarity, Span


@dataclass(frozen=True)
class Lead:
    """A cue whose content stands elsewhere: in the block below ("the following:"), or in the
    sentence before.
    """

    where: Literal["above", "below"]
    mention: Mention
    cue: str
    rule: str
    polarity: Polarity = "asserted"
    modality: Modality = "stated"


Found = Iterator[Attribution | Lead]


def attribution_of(
    s: TaggedSentence, content: Content, mention: Mention, cue: Cue, rule: str
) -> Attribution:
    """The attribution of a verb; a name is surer than a description or a pronoun."""
    kinds = s.kinds[content.start : content.end].strip(",.:-")
    form: Form = "direct" if kinds in ("Q", "QQ") else "mixed" if "Q" in kinds else "indirect"
    confidence = 0.9 if mention.kind == "name" else 0.75
    polarity, modality = _polarity(cue), _modality(cue, mention)
    return Attribution(
        *span_of(s, content), mention, cue_words(s, cue), rule, form, polarity, modality, confidence
    )


def lead_of(
    s: TaggedSentence, where: Literal["above", "below"], mention: Mention, cue: Cue, rule: str
) -> Lead:
    """The lead of a verb."""
    return Lead(where, mention, cue_words(s, cue), rule, _polarity(cue), _modality(cue, mention))


def fits(cue: Cue, mention: Mention, grammar: Grammar) -> bool:
    """Whether a holder can be the subject of a cue: papers only show and find, "this" says
    nothing.
    """
    if mention.kind == "pronoun" and mention.number is None and mention.text.casefold() != "it":
        return False
    if "document" in cue.verb.traits:
        words = mention.text.casefold().split()
        return any(
            grammar.is_one_of(word, "documents") or grammar.is_one_of(word, "media")
            for word in words
        )
    return True


def cue_words(s: TaggedSentence, cue: Cue) -> str:
    """A cue as it is written."""
    return " ".join(token.text for token in s.tokens[cue.start : cue.end])


def span_of(s: TaggedSentence, content: Content) -> Span:
    """Where content stands in the text."""
    return (s.tokens[content.start].start, s.tokens[content.end - 1].end)


def _polarity(cue: Cue) -> Polarity:
    return "denied" if ("denied" in cue.verb.traits) != cue.negated else "asserted"


def _modality(cue: Cue, mention: Mention) -> Modality:
    """How content is held: what states, bodies and groups believe is imputed to them."""
    if "possible" in cue.verb.traits and cue.negated:
        return "hypothetical"
    if "alleged" in cue.verb.traits:
        return "alleged"
    one_person = mention.type == "person" or (mention.type is None and mention.number == "one")
    return "imputed" if "belief" in cue.verb.traits and not one_person else "stated"
