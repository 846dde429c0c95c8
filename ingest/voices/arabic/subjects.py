"""Arabic forms whose subject stands before the verb, is dropped, or is nobody."""

from __future__ import annotations

from collections.abc import Sequence

from ingest.voices.arabic_cues import Found, attribute
from ingest.voices.arabic_lexicon import Verb
from ingest.voices.arabic_mentions import read_mention
from ingest.voices.arabic_phrases import Reading
from ingest.voices.arabic_sentences import Sentence
from ingest.voices.arabic_spans import (
    Link,
    clause_end,
    content_of,
    find_link,
    is_pause,
    link_at,
    pause_end,
    stretch,
)
from ingest.voices.arabic_stance import attribute_verb, denied_if, is_negated, is_unreal, plain_verb, takes
from ingest.voices.attribution import Attribution, Mention

_FARTHEST_SUBJECT = 14


def hearsay(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """يُعتقد أن C: nobody's words."""
    verb, link = sentence.word(at).verb, link_at(sentence, at + 1)
    if not verb or not link or link.kind != "that" or verb.object or verb.background or is_unreal(sentence, at):
        return None
    spoken_of = is_pause(sentence, at - 1) or bool(verb.clitic) or sentence.has(at - 1, "also")
    unsure = verb.maybe_passive and spoken_of and not before and not is_negated(sentence, at)
    if not (verb.passive and not is_negated(sentence, at)) and not unsure:
        return None
    found = Found(at, link.end, "hearsay", 0.8 if verb.passive else 0.6)
    return attribute(sentence, found, verb, None, content_of(sentence, link, clause_end))


def topic(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """S V أن C, and S لا يعتقد بـC."""
    verb = plain_verb(sentence, at)
    link = link_at(sentence, at + 1) if verb else None
    if not verb or (not link and not _believes_in(sentence, at, verb)) or (link and link.kind == "quote"):
        return None
    holder = _topic_holder(sentence, at, verb)
    if not holder:
        return None
    if link:
        return attribute_verb(sentence, Found(at, link.end, "subject-verb-that", 0.8), verb, holder, link)
    content = stretch(sentence, at + 1, pause_end(sentence, at + 1))
    verb = denied_if(verb, is_negated(sentence, at))
    return attribute(sentence, Found(at, at + 1, "believes-in", 0.7), verb, holder, content)


def _believes_in(sentence: Sentence, at: int, verb: Verb) -> bool:
    following = sentence.word(at + 1)
    return verb.kind == "believe" and "عتقد" in sentence.word(at).folded and following.folded.startswith("ب")


def _topic_holder(sentence: Sentence, at: int, verb: Verb) -> Mention | None:
    """The subject before a verb: a known holder that opens its clause and agrees with the verb, nothing else."""
    last = at
    while sentence.has(last - 1, "negations", "also"):
        last -= 1
    if sentence.has(last - 1, "relatives", "unreal", "things"):
        return None
    for first in range(last - 1, max(-1, last - _FARTHEST_SUBJECT), -1):
        if sentence.mark(first) or sentence.has(first, "relatives"):
            return None
        if not _opens_clause(sentence, first):
            continue
        holder = read_mention(sentence, first, verb)
        if holder and _fits(sentence, first, last, holder, verb):
            return holder.mention
        if is_pause(sentence, first - 1):
            return None
    return None


def _opens_clause(sentence: Sentence, at: int) -> bool:
    return (
        is_pause(sentence, at - 1)
        or sentence.mark(at - 1) == ":"
        or sentence.has(at - 1, "openings", "that")
        or sentence.word(at).clitic in ("و", "ف")
    )


def _fits(sentence: Sentence, first: int, last: int, holder: Reading, verb: Verb) -> bool:
    """Whether a mention before a verb is its subject: it reaches the verb, or a state's epithets do, and they agree."""
    if not holder.known and not sentence.has(first - 1, "topics"):
        return False
    many = verb.number == "many"
    if many != (holder.mention.number == "many") and (many or verb.gender == "he"):
        return False
    she = sentence.word(first).bare.endswith("ه")
    if holder.mention.type == "person" and she != (verb.gender == "she"):
        return False
    epithets = holder.mention.type == "organisation" and verb.kind == "believe"
    return holder.end == last or (epithets and sentence.word(holder.end).definite)


def dropped(sentence: Sentence, at: int, before: Sequence[Attribution]) -> Attribution | None:
    """وأضاف أن C: whoever spoke last, in this sentence or, where it opens one, in those before."""
    verb = plain_verb(sentence, at)
    if not verb or verb.background or not _opens_report(sentence, at, verb):
        return None
    link, confidence = _dropped_link(sentence, at)
    if not link or not takes(sentence, at, verb, link):
        return None
    holder = _speaker_before(before, verb) if before else _pronoun(sentence, at, verb)
    if holder is None or (before and _doubtful(sentence, at, before)):
        return None
    return attribute_verb(sentence, Found(at, link.end, "dropped-subject", confidence), verb, holder, link)


def _opens_report(sentence: Sentence, at: int, verb: Verb) -> bool:
    """Whether a verb without a subject opens its sentence, or follows a pause with "and"."""
    first = at
    while sentence.has(first - 1, "also"):
        first -= 1
    if verb.maybe_first or (verb.bare_alif and verb.kind == "believe" and not verb.clitic and first == at):
        return False
    if first == 0:
        return verb.perfect or not (verb.maybe_thing or verb.maybe_passive) or verb.number == "many"
    return is_pause(sentence, first - 1) and (bool(verb.clitic) or first < at)


def _doubtful(sentence: Sentence, at: int, before: Sequence[Attribution]) -> bool:
    """Whether the last words of this sentence do not reach up to the verb: then its subject may be another."""
    return before[-1].end < sentence.tokens[max(at - 3, 0)].start and before[-1].rule != "verb-subject-noun"


def _dropped_link(sentence: Sentence, at: int) -> tuple[Link | None, float]:
    """The link right after a verb, or after where or to whom it was said ("وقال في مؤتمر صحافي إن")."""
    after = at + 1
    while length := sentence.phrase("adverbials", after):
        after += length
    if link := link_at(sentence, after):
        return link, 0.7
    occasion = sentence.has(after, "prepositions") and sentence.has(after + 1, "occasions")
    told = sentence.word(after).clitic == "ل" and sentence.has(after, "groups", "media")
    return (find_link(sentence, after), 0.6) if occasion or told else (None, 0.0)


def _speaker_before(before: Sequence[Attribution], verb: Verb) -> Mention | None:
    """The mention of the last words in this sentence, if it agrees with the verb."""
    holder = before[-1].mention
    if holder is None or holder.number != verb.number or (holder.gender or verb.gender) != verb.gender:
        return None
    return holder


def _pronoun(sentence: Sentence, at: int, verb: Verb) -> Mention:
    start, end = sentence.tokens[at].start, sentence.tokens[at].end
    return Mention(start, end, sentence.text[start:end], "pronoun", number=verb.number, gender=verb.gender)
