"""Arabic cues that are prepositions: according to, in the view of, quoting, as somebody said."""

from __future__ import annotations

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.cues import ArabicCue, attribute
from ingest.attribution.arabic.discourse import ArabicDiscourse
from ingest.attribution.arabic.phrases import PhraseReading
from ingest.attribution.arabic.sources.mentions import read_mention
from ingest.attribution.arabic.spans import (
    ArabicContent,
    clause_end,
    clause_start,
    content_of,
    is_pause,
    link_at,
    spoken,
    stretch,
)
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Attribution

_SAID = ArabicVerb("say", "one", "he", "asserted", "stated", True)
_ALLEGED = ArabicVerb("allege", "one", "he", "asserted", "alleged", True)
_TO = ("strong_to", "weak_to")


def read_according(
    sentence: ArabicSentence, at: int, discourse: ArabicDiscourse
) -> Attribution | None:
    """وفقا لـS، C; C، بحسب S; C، كما قال S; C، والكلام لـS: the clause that a prepositional cue
    goes with.
    """
    return (
        _hearsay(sentence, at)
        or _with_verb(sentence, at)
        or _with_noun(sentence, at)
        or _words_of(sentence, at)
    )


def _with_noun(sentence: ArabicSentence, at: int) -> Attribution | None:
    for name in ("strong", "strong_to", "weak", "weak_to"):
        length = sentence.phrase(name, at)
        holder = _source(sentence, at + length, name, at) if length else None
        if holder:
            link = link_at(sentence, holder.end)
            that = link if link and link.kind == "that" else None
            content = (
                content_of(sentence, that, clause_end)
                if that
                else _content(sentence, at, holder.end)
            )
            verb = _ALLEGED if _alleges(sentence, at, length) else _SAID
            cue = ArabicCue(
                at,
                at + length,
                "according-to",
                0.9 if holder.known else 0.8 if name.startswith("strong") else 0.6,
            )
            return attribute(sentence, cue, verb, holder.mention, content)
    return None


def _alleges(sentence: ArabicSentence, at: int, length: int) -> bool:
    return any(sentence.has(place, "alleged", "speech_alleged") for place in range(at, at + length))


def _source(sentence: ArabicSentence, at: int, name: str, cue: int) -> PhraseReading | None:
    """The source after a cue: a known holder, or a name where only a name can stand.

    "According to plan, law, need" is no source.
    """
    clitic = "ل" if name in _TO else ""
    if clitic and not sentence.word(at).folded.startswith(clitic):
        return None
    at += clitic != "" and sentence.word(at).folded == clitic
    if sentence.has(at, "measures") and not sentence.has(at, "organisations"):
        return None
    holder = read_mention(sentence, at, clitic=clitic)
    if (
        holder
        and not holder.known
        and name in ("weak", "weak_to")
        and not _between_pauses(sentence, cue, at, holder)
    ):
        return None
    return holder


def _between_pauses(sentence: ArabicSentence, cue: int, at: int, holder: PhraseReading) -> bool:
    """Whether a cue with a name stands between commas, and the name has two words: as good as
    "said".
    """
    names = holder.end - at >= 2
    return (
        names
        and is_pause(sentence, cue - 1)
        and (is_pause(sentence, holder.end) or sentence.mark(holder.end) == ".")
    )


def _with_verb(sentence: ArabicSentence, at: int) -> Attribution | None:
    """C، حسبما قال S: a verb of speech after the cue, and nothing said after it; "as S expected" is
    the author's.
    """
    length = sentence.phrase("with_verb", at)
    verb = sentence.word(at + length).verb if length else None
    if not verb or verb.passive or verb.kind not in ("say", "allege"):
        return None
    holder = read_mention(sentence, at + length + 1, verb)
    if not holder or link_at(sentence, holder.end):
        return None
    if not (
        is_pause(sentence, holder.end)
        or sentence.mark(holder.end) in ".؟!"
        or _starts(sentence, at)
    ):
        return None
    cue = ArabicCue(at, at + length + 1, "as-said", 0.9 if holder.known else 0.7)
    return attribute(sentence, cue, verb, holder.mention, _content(sentence, at, holder.end))


def _hearsay(sentence: ArabicSentence, at: int) -> Attribution | None:
    """C، بحسب ما يشاع: nobody's words."""
    length = sentence.phrase("hearsay", at)
    if not length:
        return None
    content = _content(sentence, at, at + length)
    return attribute(sentence, ArabicCue(at, at + length, "hearsay", 0.7), _SAID, None, content)


def _words_of(sentence: ArabicSentence, at: int) -> Attribution | None:
    """C، والكلام لـS."""
    length = sentence.phrase("words_of", at)
    if not length or not is_pause(sentence, at - 1) or at == 0:
        return None
    after = at + length
    after += sentence.has(after, "attributed")
    holder = (
        read_mention(sentence, after, clitic="ل")
        if sentence.word(after).folded.startswith("ل")
        else None
    )
    if not holder:
        return None
    content = stretch(sentence, clause_start(sentence, at), at)
    return attribute(
        sentence, ArabicCue(at, after, "words-of", 0.6), _SAID, holder.mention, content
    )


def _starts(sentence: ArabicSentence, at: int) -> bool:
    return at == 0


def _content(sentence: ArabicSentence, cue: int, end: int) -> ArabicContent | None:
    """The words of a cue: what follows it where it opens the sentence, else the clause before, or
    the quotation.
    """
    if _starts(sentence, cue):
        return _following(sentence, end)
    quote = cue - 1 - is_pause(sentence, cue - 1)
    if quote >= 0 and sentence.mark(quote) == "«»" and sentence.tokens[quote].words >= 3:
        return spoken(sentence, quote)
    return stretch(sentence, clause_start(sentence, cue), cue)


def _following(sentence: ArabicSentence, end: int) -> ArabicContent | None:
    first = end
    if sentence.mark(end) in ("،", ",", ":") or sentence.has(end, "resumed"):
        first += 1
    else:
        first = next(
            (
                at
                for at in range(end, min(end + 15, len(sentence.tokens)))
                if _resumes(sentence, at)
            ),
            end,
        )
        first += first > end
    first += sentence.has(first, "resumed")
    return stretch(sentence, first, clause_end(sentence, first))


def _resumes(sentence: ArabicSentence, at: int) -> bool:
    return sentence.mark(at) in ("،", ",") or sentence.has(at, "resumed")
