"""The record of one cue of the Arabic grammar."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.spans import ArabicContent
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Attribution, Mention
from vectorstore.language.normalise import squeeze, visible


class ArabicCue(NamedTuple):
    """A cue that a rule found: its first token, the one after its last, the rule, and how sure it
    is.
    """

    cue: int
    end: int
    rule: str
    confidence: float


def imputed(verb: ArabicVerb, holder: Mention) -> ArabicVerb:
    """The verb as it counts for a holder: what a state, an organisation or a group believes is
    imputed to it.
    """
    collective = holder.type in ("organisation", "unnamed", "media")
    return replace(verb, modality="imputed") if verb.kind == "believe" and collective else verb


def attribute(
    sentence: ArabicSentence,
    cue: ArabicCue,
    verb: ArabicVerb,
    holder: Mention | None,
    content: ArabicContent | None,
) -> Attribution | None:
    """The attribution of some content to a holder, or None without content. The cue is told by its
    first word.
    """
    if content is None:
        return None
    verb = imputed(verb, holder) if holder else verb
    return Attribution(
        *content.span,
        holder,
        squeeze(visible(sentence.span_text(cue.cue, cue.cue + 1))),
        cue.rule,
        content.form,
        verb.polarity,
        verb.modality,
        cue.confidence,
    )
