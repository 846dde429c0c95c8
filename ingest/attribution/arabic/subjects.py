"""Who the subject of an Arabic verb is: after it, before it, before its relative, or dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ingest.attribution.arabic.agreement import agrees, agrees_before, may_follow
from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.discourse import ArabicDiscourse
from ingest.attribution.arabic.phrases import PhraseReading
from ingest.attribution.arabic.sources.mentions import read_mention
from ingest.attribution.arabic.spans import is_pause
from ingest.attribution.arabic.stance import subject_at
from ingest.attribution.arabic.tokens import ArabicSentence
from ingest.attribution.spans import Mention, MentionKind

_FARTHEST_SUBJECT = 14
_ADDRESSING = frozenset({"ب", "الي", "من", "علي"})
_PERSONAL = ("say", "insist", "deny", "accuse", "allege", "describe", "tell")


class ArabicSubject(NamedTuple):
    """The holder of a verb, how it was found, the place from which on the words are looked for, and
    whether it is sure to be somebody who can speak.
    """

    mention: Mention
    order: str
    end: int
    known: bool


def subjects(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, discourse: ArabicDiscourse
) -> Iterator[ArabicSubject]:
    """The readings of who speaks, the likeliest first."""
    before = subject_before(sentence, at, verb)
    if before:
        yield before
    addresses = not before and bool(discourse.here) and _addresses(sentence, at, verb)
    if addresses and (carried := carried_subject(sentence, at, verb, discourse)):
        yield carried
    after = read_mention(sentence, subject_at(sentence, at), verb)
    if after and may_follow(sentence, subject_at(sentence, at), verb):
        yield ArabicSubject(after.mention, "after", after.end, after.known)
    if relative := subject_of_relative(sentence, at, verb, discourse):
        yield relative
    if not before and not addresses and (carried := carried_subject(sentence, at, verb, discourse)):
        yield carried


def _addresses(sentence: ArabicSentence, at: int, verb: ArabicVerb) -> bool:
    """Whether a noun without a name after a second verb is whom it addresses: "..., and called on
    the ministry to".
    """
    addressed = (
        read_mention(sentence, at + 1)
        if verb.frames & _ADDRESSING or verb.kind == "accuse"
        else None
    )
    return addressed is not None and addressed.mention.name is None


def subject_before(sentence: ArabicSentence, at: int, verb: ArabicVerb) -> ArabicSubject | None:
    """The subject before a verb: a holder that opens its clause and agrees with the verb, nothing
    else.
    """
    last = at
    if verb.clitic == "و":
        return None
    while sentence.has(last - 1, "negations", "also"):
        last -= 1
    if sentence.has(last - 1, "relatives", "unreal", "things"):
        return None
    for first in range(last - 1, max(-1, last - _FARTHEST_SUBJECT), -1):
        if (sentence.mark(first) and not sentence.tokens[first].inner) or sentence.has(
            first, "relatives"
        ):
            return None
        if not _opens_clause(sentence, first):
            continue
        holder = read_mention(sentence, first, verb)
        if holder and _fits(sentence, first, last, holder, verb):
            return ArabicSubject(holder.mention, "before", at + 1, True)
        if is_pause(sentence, first - 1):
            break
    return _one_who(sentence, last, verb)


def _opens_clause(sentence: ArabicSentence, at: int) -> bool:
    return (
        is_pause(sentence, at - 1)
        or sentence.mark(at - 1) == ":"
        or sentence.has(at - 1, "openings", "that")
        or sentence.word(at).clitic in ("و", "ف")
    )


def _fits(
    sentence: ArabicSentence, first: int, last: int, holder: PhraseReading, verb: ArabicVerb
) -> bool:
    """Whether a mention before a verb is its subject: it reaches the verb, or a state's epithets
    do, and they agree.
    """
    if not holder.known and not is_topic(sentence, first):
        return False
    if not agrees_before(sentence, first, holder.mention, verb):
        return False
    epithets = holder.mention.type == "organisation" and verb.kind == "believe"
    return holder.end == last or (epithets and sentence.word(holder.end).definite)


def is_topic(sentence: ArabicSentence, at: int) -> bool:
    """Whether what begins at a place is a subject for certain: after "but", "as for", "while"."""
    return sentence.has(at - 1, "topics") or any(
        sentence.phrase("topics", at - length) == length for length in (1, 2, 3) if at >= length
    )


def _one_who(sentence: ArabicSentence, last: int, verb: ArabicVerb) -> ArabicSubject | None:
    """An unnamed person right before the verb: "a man says", "a student told me"."""
    word = sentence.word(last - 1)
    if (
        not word.has("offices")
        or word.definite
        or word.owned
        or word.clitic
        or last < 2
        or verb.kind not in _PERSONAL
    ):
        return None
    if sentence.has(last - 2, "function_words", "offices", "honorifics") or is_pause(
        sentence, last - 2
    ):
        return None
    if any(sentence.has(place, "negations") for place in range(last - 3, last - 1)):
        return None
    holder = read_mention(sentence, last - 1, verb)
    if not holder or holder.end != last or holder.mention.name:
        return None
    if not agrees_before(sentence, last - 1, holder.mention, verb):
        return None
    return ArabicSubject(holder.mention, "before", last + 1, True)


def subject_of_relative(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, discourse: ArabicDiscourse
) -> ArabicSubject | None:
    """..., التي حذرت من C: whom the relative before a verb stands for, where it follows them at
    once.
    """
    relative = at - 1 - sentence.has(at - 1, "also")
    if not sentence.has(relative, "relatives") or verb.kind not in _PERSONAL or verb.object:
        return None
    end = relative - (sentence.mark(relative - 1) in ("،", ","))
    for attribution in reversed(discourse.here):
        if (
            attribution.mention
            and end > 0
            and attribution.mention.end == sentence.tokens[end - 1].end
        ):
            return (
                ArabicSubject(attribution.mention, "relative", at + 1, True)
                if agrees(attribution.mention, verb)
                else None
            )
    named: ArabicSubject | None = None
    for first in range(end - 1, max(-1, end - _FARTHEST_SUBJECT), -1):
        if sentence.mark(first) and not sentence.tokens[first].inner:
            break
        word = sentence.word(first)
        holder = read_mention(
            sentence, first, None, word.clitic[-1:] if word.clitic[-1:] in tuple("بلك") else ""
        )
        if (
            holder
            and holder.known
            and holder.end == end
            and agrees_before(sentence, first, holder.mention, verb)
        ):
            named = ArabicSubject(holder.mention, "relative", at + 1, True)
    return named


def carried_subject(
    sentence: ArabicSentence, at: int, verb: ArabicVerb, discourse: ArabicDiscourse
) -> ArabicSubject | None:
    """وأضاف أن C: whoever spoke last, in this sentence or, where it opens one, in those before."""
    if verb.background or not _opens_report(sentence, at, verb):
        return None
    opens = not discourse.here and _first_word(sentence, at) == 0
    if discourse.here:
        mention = (
            None
            if _doubtful(sentence, at, discourse)
            else discourse.last_here(verb.number, verb.gender)
        )
    elif not opens and (subject := main_subject(sentence)) and subject.end <= at:
        mention = subject.mention if agrees(subject.mention, verb) else None
    else:
        mention = discourse.dropped(verb) or _pronoun(sentence, at, verb)
    return ArabicSubject(mention, "dropped", at + 1, mention.kind != "pronoun") if mention else None


def _first_word(sentence: ArabicSentence, at: int) -> int:
    while sentence.has(at - 1, "also"):
        at -= 1
    return at


def _opens_report(sentence: ArabicSentence, at: int, verb: ArabicVerb) -> bool:
    """Whether a verb without a subject opens its sentence, or follows a pause with "and"."""
    first = _first_word(sentence, at)
    if verb.maybe_first or (
        verb.bare_alif and verb.kind == "believe" and not verb.clitic and first == at
    ):
        return False
    if first == 0:
        return verb.perfect or not (verb.maybe_thing or verb.maybe_passive) or verb.number == "many"
    return is_pause(sentence, first - 1) and (bool(verb.clitic) or first < at)


def _doubtful(sentence: ArabicSentence, at: int, discourse: ArabicDiscourse) -> bool:
    """Whether the last words of this sentence do not reach up to the verb: then its subject may be
    another.
    """
    last = discourse.here[-1]
    return last.end < sentence.tokens[max(at - 3, 0)].start and last.rule != "verb-subject-noun"


def _pronoun(sentence: ArabicSentence, at: int, verb: ArabicVerb) -> Mention:
    start, end = sentence.tokens[at].start, sentence.tokens[at].end
    return Mention(
        start, end, sentence.text[start:end], "pronoun", number=verb.number, gender=verb.gender
    )


def main_subject(sentence: ArabicSentence) -> PhraseReading | None:
    """The subject of the sentence's first clause, whatever its verb: "the union welcomed ...", "but
    the union ...".

    The verb is the first word, which the tables do not know; it must agree.
    """
    at = _past_adverbials(sentence)
    if length := sentence.phrase("topics", at):
        return read_mention(sentence, at + length)
    at += sentence.has(at, "negations", "also")
    at += sentence.has(at, "negations", "also")
    if not _may_be_verb(sentence, at):
        return None
    word = sentence.word(at)
    holder = _without_object(sentence, at + 1, read_mention(sentence, at + 1))
    if (
        not holder
        or not (holder.known or sentence.has(at + 1, "kunya"))
        or holder.mention.kind == "pronoun"
    ):
        return None
    stem = word.folded[1:] if word.folded.startswith("و") else word.folded
    she = stem.endswith("ت") or stem.startswith("ت")
    verb = ArabicVerb("say", "one", "she" if she else "he", "asserted", "stated", True)
    return holder if may_follow(sentence, at + 1, verb) and agrees(holder.mention, verb) else None


def _without_object(
    sentence: ArabicSentence, at: int, holder: PhraseReading | None
) -> PhraseReading | None:
    """A subject without the last word with the article, where that is the verb's object rather than
    a surname in ي.

    "زار الوزير المرفأ" tells of a minister and a port.
    """
    if not holder or not holder.mention.name or holder.mention.type != "person":
        return holder
    mention, words = holder.mention, holder.mention.name.split()
    last = sentence.word(holder.end - 1)
    if len(words) == 2 or not last.definite or last.bare.endswith("ي") or holder.end - at < 2:
        return holder
    end, name = holder.end - 1, " ".join(words[:-1]) or None
    start, stop = mention.start, sentence.tokens[end - 1].end
    kind: MentionKind = "name" if name else "noun"
    return PhraseReading(
        replace(mention, end=stop, text=sentence.text[start:stop], kind=kind, name=name),
        end,
        holder.known,
    )


def _may_be_verb(sentence: ArabicSentence, at: int) -> bool:
    """Whether a word that the tables do not know can be a verb: it has no article and no tanwin."""
    word = sentence.word(at)
    if word.verb or word.has("verbs_in_al"):
        return True
    return not (word.definite or word.tanwin or word.labels or sentence.mark(at))


def _past_adverbials(sentence: ArabicSentence) -> int:
    """The place beyond what opens a sentence before its verb: "for his part,", "in this context,",
    "there".
    """
    at = sentence.phrase("adverbials", 0)
    at += sentence.has(at, "adverbs")
    if at == 0 and sentence.has(0, "prepositions"):
        pause = next(
            (
                place
                for place in range(1, min(9, len(sentence.tokens)))
                if is_pause(sentence, place)
            ),
            0,
        )
        at = pause
    return at + (sentence.mark(at) in ("،", ","))
