"""The record of one cue of the Arabic grammar."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ingest.voices.arabic.conjugation import Verb
from ingest.voices.arabic.sentences import Sentence
from ingest.voices.arabic.spans import Content
from ingest.voices.attribution import Attribution, Mention
from vectorstore.language.folding import squeeze, visible


class Found(NamedTuple):
    """A cue that a rule found: its first token, the one after its last, the rule, and how sure it is."""

    cue: int
    end: int
    rule: str
    confidence: float


def imputed(verb: Verb, holder: Mention) -> Verb:
    """The verb as it counts for a holder: what a state, an organisation or a group believes is imputed to it."""
    collective = holder.type in ("organisation", "unnamed", "media")
    return replace(verb, modality="imputed") if verb.kind == "believe" and collective else verb


def attribute(
    sentence: Sentence, found: Found, verb: Verb, holder: Mention | None, content: Content | None
) -> Attribution | None:
    """The attribution of some content to a holder, or None without content. The cue is told by its first word."""
    if content is None:
        return None
    verb = imputed(verb, holder) if holder else verb
    return Attribution(
        *content.span,
        holder,
        squeeze(visible(sentence.span_text(found.cue, found.cue + 1))),
        found.rule,
        content.form,
        verb.polarity,
        verb.modality,
        found.confidence,
    )
