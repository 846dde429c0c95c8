"""A sentence in, its attributions out: the patterns by which English (and its like) says who says what.

Each pattern is one function, which yields what it finds; its name is the rule that a statement shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.voices.attribution import Attribution, Mention
from ingest.voices.contents import Content, content_after, content_before
from ingest.voices.cues import Cue, Subject, find_cues, main_subject, subject_of
from ingest.voices.grammar import Grammar
from ingest.voices.mentions import read_mention
from ingest.voices.phrases import Phrase, phrase_after, phrase_before
from ingest.voices.tokens import Sentence, is_be
from vectorstore.records import Form, Modality, Polarity

_OBJECT_PRONOUNS = {"him": "he", "her": "she", "them": "they"}
_BELOW = frozenset("following these this below".split())
_BACKWARD = frozenset("this that it which".split())


@dataclass(frozen=True)
class Lead:
    """A cue whose content stands elsewhere: in the block below ("the following:"), or in the sentence before."""

    mention: Mention | None
    cue: str
    rule: str
    polarity: Polarity = "asserted"
    modality: Modality = "stated"


@dataclass(frozen=True)
class Reading:
    """What a sentence says of who says what."""

    sentence: Sentence
    attributions: tuple[Attribution, ...]
    below: Lead | None = None
    above: Lead | None = None


def read_reports(s: Sentence, grammar: Grammar) -> Reading:
    """The attributions of a sentence, with the leads whose content stands outside it."""
    cues = list(find_cues(s, grammar))
    found: list[Attribution | tuple[str, Lead]] = []
    for cue in cues:
        found += _verb(s, cue, [other for other in cues if other is not cue], grammar)
    found += _according(s, grammar)
    found += _claims(s, grammar)
    found += _hearsay(s, grammar)
    found += _announced(s, found, grammar)
    found += _unlisted_verb(s, cues, found, grammar)
    attributions = _without_echoes([a for a in found if isinstance(a, Attribution)])
    leads = {where: lead for where, lead in (f for f in found if isinstance(f, tuple))}
    return Reading(s, attributions, leads.get("below"), leads.get("above"))


def _announced(
    s: Sentence, found: Sequence[Attribution | tuple[str, Lead]], grammar: Grammar
) -> Iterator[Attribution | tuple[str, Lead]]:
    """ "The clubs published three demands:", "The ministry sent a message: '...'": somebody's words behind a colon."""
    colon = s.kinds.find(":")
    if colon < 3 or any(isinstance(f, tuple) or s.tokens[colon].start < f.end for f in found):
        return
    if not any(grammar.is_one_of(s.lower(n), "claims") for n in range(max(0, colon - 8), colon)):
        return
    subject = main_subject(s, colon)
    mention = read_mention(s, subject.phrase, grammar) if subject else None
    if mention is None:
        return
    noun = next(s.tokens[n].text for n in range(colon - 1, -1, -1) if grammar.is_one_of(s.lower(n), "claims"))
    if colon == len(s) - 1:
        yield "below", Lead(mention, noun, "words-below")
    elif s.kind(colon + 1) == "Q":
        content = Content(colon + 1, colon + 2 + (s.kind(colon + 2) == "."), "quote")
        yield Attribution(*_span(s, content), mention, noun, "announced-quote", form="direct", confidence=0.7)


def _unlisted_verb(
    s: Sentence, cues: Sequence[Cue], found: Sequence[Attribution | tuple[str, Lead]], grammar: Grammar
) -> Iterator[Attribution]:
    """A quotation that its place gives to somebody, whatever the verb: "...", she laughed."""
    if found or cues or not s.kinds.startswith("Q"):
        return
    at = next((n for n in range(1, len(s)) if s.kinds[n] not in ",.-"), len(s))
    said = re.match(r"(?:[djnpk]*[np]|r)a?v", s.kinds[at:])
    if said:
        verb, phrase = at + said.end() - 1, phrase_before(s, at + said.end() - 1)
    elif s.kind(at) == "v":
        verb, phrase = at, phrase_after(s, at + 1, grammar)
    else:
        return
    mention = read_mention(s, phrase, grammar) if phrase and s.kind(at - 1) != "Q" else None
    if mention is not None and (mention.kind != "pronoun" or mention.number):
        content = Content(0, 1 + (s.kind(1) == "."), "quote")
        yield Attribution(*_span(s, content), mention, s.tokens[verb].text, "quote-by-place", "direct", confidence=0.7)


def _without_echoes(found: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that add a voice: what somebody says that a body welcomes or demands is still the speaker's."""
    return tuple(
        one
        for one in found
        if not (one.rule.endswith(("-thing", "-to", "hearsay-adverb", "agent")) and _lies_within(one, found))
    )


def _lies_within(one: Attribution, found: Sequence[Attribution]) -> bool:
    if one.mention is None:
        return any(other.start <= one.end and one.start <= other.start and other is not one for other in found)
    return any(
        other is not one and other.rule != "hearsay-adverb" and other.start <= one.mention.start and one.end <= other.end and other.span != one.span
        for other in found
    )


def _verb(s: Sentence, cue: Cue, others: Sequence[Cue], grammar: Grammar) -> Iterator[Attribution | tuple[str, Lead]]:
    """The attributions of one verb: by an agent, inverted, as a subject's."""
    if cue.passive or _is_reduced(s, cue):
        yield from _by_agent(s, cue, grammar)
        return
    if cue.unsaid or (cue.negated and not cue.verb.traits & {"belief", "possible"}):
        return
    as_noted = _as_noted(s, cue, grammar)
    if as_noted is not None:
        yield as_noted
        return
    inverted = _inverted(s, cue, grammar)
    if inverted is not None:
        yield inverted
        return
    subject = subject_of(s, cue)
    mention = read_mention(s, subject.phrase, grammar) if subject else None
    if subject is None or mention is None or not _fits(cue, mention, grammar):
        return
    if mention.number == "many" and mention.kind == "pronoun" and _is_anybody(s, subject.phrase.start):
        mention = replace(mention, kind="noun", type="unnamed")
    before = _before(s, subject, cue, grammar)
    content = before or content_after(s, cue, others, grammar)
    if content is None or (content.frame in ("thing", "to") and not _may_take_object(cue, subject, mention, grammar)):
        return
    following = s.kinds[-1] == ":" and any(s.lower(n) in _BELOW for n in range(cue.end, len(s)))
    if content.start >= content.end or following:
        yield "below", Lead(mention, _words(s, cue), "words-below", _polarity(cue), _modality(cue, mention))
        return
    yield _attribution(s, content, mention, cue, f"{subject.way}-{content.frame}")


def _is_anybody(s: Sentence, at: int) -> bool:
    """Whether "they" are just people somewhere: "In the capital they say"."""
    return 2 <= at <= 5 and s.lower(0) == "in" and not s.kinds[1:at].strip("dpjn,")


def _may_take_object(cue: Cue, subject: Subject, mention: Mention, grammar: Grammar) -> bool:
    """Whether an object or infinitive gives content: not behind "protesters demanding", and of papers only as listed."""
    if cue.loose and subject.way == "subject":
        return False
    return not _is_paper(mention, grammar) or "paper" in cue.verb.traits or bool(cue.verb.prepositions)


def _is_paper(mention: Mention, grammar: Grammar) -> bool:
    """Whether a mention is of a report, a study or the like."""
    words = mention.text.casefold().split()
    return any(grammar.is_one_of(word, "documents") for word in words[:4]) and mention.type != "media"


def _before(s: Sentence, subject: Subject, cue: Cue, grammar: Grammar) -> Content | None:
    """The content that stands before a subject and its cue, where nothing that the cue governs follows."""
    if "quote" not in cue.verb.frames or subject.way not in ("subject", "aside"):
        return None
    as_clause = s.lower(subject.phrase.start - 1) == "as"
    phrase = subject.phrase
    start = phrase.start - 1 if as_clause else phrase.start
    conjoined = s.kind(start - 1) == "c" or (s.kind(start - 1) == "," and s.kind(start - 2) == "c")
    if as_clause and s.kind(cue.end) == "," and (start <= 2 or s.kind(cue.end + 1) == "Q" or conjoined):
        return Content(cue.end + 1, _last(s), "as")
    return content_before(s, Phrase(start, phrase.end), cue, grammar)


def _inverted(s: Sentence, cue: Cue, grammar: Grammar) -> Attribution | None:
    """ "...", said Mara Orlen, a hydrologist."""
    if "quote" not in cue.verb.frames or cue.start != cue.at or s.kind(cue.start - 1) not in ",Q.-" or not cue.start:
        return None
    if "address" in cue.verb.traits:
        return None  # "Orlen, the minister, told reporters"
    phrase = phrase_after(s, cue.end, grammar)
    if phrase is None or s.kind(phrase.end) in "vbm":
        return None
    mention = read_mention(s, phrase, grammar)
    content = content_before(s, phrase, cue, grammar)
    if mention is None or content is None or not _fits(cue, mention, grammar):
        return None
    return _attribution(s, content, mention, cue, f"inverted-{content.frame}")


def _as_noted(s: Sentence, cue: Cue, grammar: Grammar) -> Attribution | None:
    """ "As noted the head of the committee, ...", the order of translations."""
    if s.lower(cue.start - 1) != "as" or cue.start > 2 or "that" not in cue.verb.frames:
        return None
    phrase = phrase_after(s, cue.end, grammar)
    mention = read_mention(s, Phrase(phrase.start, phrase.end), grammar) if phrase else None
    if phrase is None or mention is None or s.kind(phrase.end) != ",":
        return None
    return _attribution(s, Content(phrase.end + 1, _last(s), "that"), mention, cue, "as-inverted")


def _is_reduced(s: Sentence, cue: Cue) -> bool:
    """Whether a past form is a participle behind its noun: "the deployment boasted of by the capital"."""
    at = cue.end + (s.lower(cue.end) in cue.verb.prepositions)
    return cue.kind == "past" and s.lower(at) == "by" and cue.start == cue.at and s.kind(cue.at - 1) in "np"


def _by_agent(s: Sentence, cue: Cue, grammar: Grammar) -> Iterator[Attribution | tuple[str, Lead]]:
    """A passive with its agent: what was said is the subject, or the sentence before."""
    by = next((n for n in range(cue.end, min(len(s), cue.end + 8)) if s.lower(n) == "by"), None)
    agent = phrase_after(s, by + 1, grammar) if by is not None and not cue.negated and not cue.unsaid else None
    mention = read_mention(s, agent, grammar) if agent else None
    patient = phrase_before(s, cue.start)
    if agent is None or mention is None or not _fits(cue, mention, grammar):
        return
    if s.kind(agent.end) == "t":
        yield _attribution(s, Content(agent.end + 1, _last(s), "that"), mention, cue, "agent")
        return
    if patient is not None and patient.end - patient.start == 1 and s.lower(patient.start) in _BACKWARD:
        if patient.start == 0 and "that" in cue.verb.frames:
            yield "above", Lead(mention, _words(s, cue), "revealed-by", _polarity(cue), _modality(cue, mention))
        return
    if patient is None or s.kind(patient.start) == "w":
        return
    end = agent.end
    if not (cue.verb.frames & {"thing", "that"} or cue.verb.prepositions):
        return
    if s.lower(end) in ("as", "of", "for", "to"):
        yield _attribution(s, Content(end, _last(s), "thing"), mention, cue, "agent")
    else:
        yield _attribution(s, Content(patient.start, patient.end, "thing"), mention, cue, "agent")


def _according(s: Sentence, grammar: Grammar) -> Iterator[Attribution | tuple[str, Lead]]:
    """ "According to X, ..." and "..., according to X"."""
    for at in range(len(s)):
        phrase = next((p for p in grammar.phrases if _stands(s, at, p)), None)
        if phrase is None:
            continue
        source = phrase_after(s, at + len(phrase), grammar)
        mention = _source_mention(s, source, grammar) if source else None
        if source is None or mention is None:
            continue
        words = " ".join(phrase)
        end = source.aside[1] if source.aside and s.kind(source.aside[1]) == "," else source.end
        end = _to_comma(s, source.end, end)
        content = _around(s, at, end)
        if content is None:
            continue
        if s.kinds[-1] == ":":
            yield "below", Lead(mention, words, "words-below")
        yield Attribution(*_span(s, content), mention, words, f"according-{content.frame}", confidence=0.9)


def _to_comma(s: Sentence, source_end: int, end: int) -> int:
    """The end of a source with what hangs on it; the clause goes on behind the next comma."""
    comma = next((n for n in range(end, min(len(s), end + 12)) if s.kinds[n] in ",.:;"), end)
    return comma if not any(s.kinds[n] in "vbm" for n in range(end, comma)) else end


def _around(s: Sentence, start: int, end: int) -> Content | None:
    """The content around a source phrase `start:end`: what follows at the start of a clause, else what goes before."""
    last = _last(s)
    opens = start == 0 or (start <= 3 and s.kind(start - 1) in ",cs")
    if opens:
        start = end + (s.kind(end) == ",")
        return Content(start, last, "fronted") if start < last else None
    before = start - 1 if s.kind(start - 1) in ",-" else start
    left = _clause_after_conjunction(s, before)
    if s.kind(end) == "," and last - end > 2:
        if s.kind(start - 1) == "," and before - left >= 4:
            return Content(left, last, "inserted")
        return Content(end + 1, last, "fronted")
    return Content(left, before, "trailing") if left < before else None


def _clause_after_conjunction(s: Sentence, end: int) -> int:
    """Where the clause that ends at `end` opens, when "and" or "but" behind a comma opened it with a subject."""
    for n in range(end - 1, 0, -1):
        if s.kinds[n] == ";" or (s.kinds[n] == "c" and s.kinds[n - 1] == "," and "b" in s.kinds[n:end]):
            return n + 1
    return 0


def _stands(s: Sentence, at: int, phrase: tuple[str, ...]) -> bool:
    return all(s.lower(at + n) == word for n, word in enumerate(phrase))


def _source_mention(s: Sentence, phrase: Phrase, grammar: Grammar) -> Mention | None:
    token = s.tokens[phrase.start]
    if s.lower(phrase.end - 1) in grammar.words["views"] and phrase.end - phrase.start > 1:
        owner = _owner(s, phrase.end - 1, grammar)
        if owner is not None:
            return owner
    if token.lower in _OBJECT_PRONOUNS and phrase.end - phrase.start == 1:
        she = token.lower == "her"
        if token.lower == "them":
            return Mention(token.start, token.end, token.text, "pronoun", number="many")
        return Mention(token.start, token.end, token.text, "pronoun", number="one", gender="she" if she else "he")
    return read_mention(s, phrase, grammar)


def _claims(s: Sentence, grammar: Grammar) -> Iterator[Attribution | tuple[str, Lead]]:
    """A noun for what somebody puts forward: "the ministry's claim that ...", "his demands to ...", "a call by X to"."""
    for at, token in enumerate(s.tokens):
        if token.lower == "grounds" and s.kind(at + 1) == "t" and (subject := main_subject(s, at)) is not None:
            argued = read_mention(s, subject.phrase, grammar)
            if argued is not None:
                content = Content(at + 2, _nominal_end(s, at + 2), "that")
                yield Attribution(*_span(s, content), argued, "on the grounds", "claim-noun", confidence=0.7)
        if token.kind != "n" or not grammar.is_one_of(token.lower, "claims"):
            continue
        opened, mention = at + 1, _owner(s, at, grammar)
        if mention is None and s.lower(at + 1) in ("by", "from", "of"):
            agent = phrase_after(s, at + 2, grammar)
            mention = read_mention(s, agent, grammar) if agent and s.kind(agent.end) in "to:" else None
            if s.lower(at + 1) == "of" and mention is not None and mention.kind != "name":
                mention = None  # "the rejection of his demands"
            opened = agent.end if agent else opened
        if mention is None:
            continue
        infinitive = s.kind(opened) == "o" and s.kind(opened + 1) in "vbn"
        if s.kind(opened) == "t" and s.kind(opened + 1) not in "vbm" or infinitive:
            content = Content(opened + 1, _nominal_end(s, opened + 1), "that")
            yield Attribution(*_span(s, content), mention, token.text, "claim-noun", confidence=0.7)
        elif s.kind(opened) == ":" and s.kind(opened + 1) == "Q":
            yield Attribution(*_span(s, Content(opened + 1, opened + 2, "quote")), mention, token.text, "claim-noun",
                              form="direct")  # fmt: skip


def _owner(s: Sentence, at: int, grammar: Grammar) -> Mention | None:
    """Whose claim a noun at `at` is: "X's", "his", "their"."""
    start = at
    while start and s.kinds[start - 1] in "jna" and s.kinds[start] != "k":
        start -= 1
    if s.kind(start - 1) == "k" and start:
        phrase = phrase_before(s, start - 1)
        return read_mention(s, phrase, grammar) if phrase else None
    owner = {"his": "he", "her": "she", "their": "they"}.get(s.lower(start - 1)) if start else None
    if owner is None:
        return None
    token = s.tokens[start - 1]
    if owner == "they":
        return Mention(token.start, token.end, token.text, "pronoun", number="many")
    return Mention(token.start, token.end, token.text, "pronoun", number="one", gender="he" if owner == "he" else "she")


def _nominal_end(s: Sentence, start: int) -> int:
    """A clause that hangs on a noun ends at a comma before another verb, or with the sentence."""
    for n in range(start + 2, len(s)):
        if s.kinds[n] in ",;" and s.kind(n + 1) in "vbmcsgw":
            return n
    return _last(s)


def _hearsay(s: Sentence, grammar: Grammar) -> Iterator[Attribution | tuple[str, Lead]]:
    """What is told without a teller: "it is believed that", "is said to be", "reportedly", "there are reports that"."""
    for at, token in enumerate(s.tokens):
        if s.kind(at + 1) == "t" and token.kind == "n" and any(s.lower(n) == "there" for n in range(max(0, at - 5), at)):
            if grammar.is_one_of(token.lower, "documents") or grammar.is_one_of(token.lower, "claims"):
                mention = Mention(token.start, token.end, token.text, "noun", type="unnamed", number="many")
                span = _span(s, Content(at + 2, max(_last(s), at + 3), "that"))
                yield Attribution(*span, mention, f"there are {token.text}", "there-are-reports", modality="alleged")
                return
        if token.lower in grammar.words["hearsay"] and s.kind(at + 1) != "j":
            yield _nobody(s, 0, _last(s), token.text, "hearsay-adverb", 0.6)
            return
        known = token.lower in grammar.words["hearsay_verbs"] or token.lower in grammar.words["continued"]
        if not known or not at or not _after_be(s, at):
            continue
        if s.kind(at + 1) == "o" and s.kind(at + 2) in "vb":
            yield _nobody(s, _clause_start(s, at), _last(s), f"{token.text} to", "said-to", 0.7)
            return
        impersonal = any(t.lower in ("it", "we", "you") for t in s.tokens[max(0, at - 5) : at])
        that = next((n for n in range(at + 1, min(at + 6, len(s))) if s.kinds[n] in "tvbm,;"), None)
        if that is not None and s.kinds[that] == "t" and impersonal:
            rule = "continued" if token.lower in grammar.words["continued"] else "it-is-said"
            yield _nobody(s, that + 1, _last(s), f"it is {token.text}", rule, 0.8)
            return
        if token.lower in grammar.words["continued"] and s.lower(at - 2) == "it" and s.kind(at + 1) == "o":
            yield _nobody(s, at + 2, _last(s), f"it was {token.text}", "continued", 0.8)
            return


def _clause_start(s: Sentence, at: int) -> int:
    """Where the clause around a verb at `at` opens: at the sentence, or behind the last comma or "that"."""
    return max((n + 1 for n in range(at) if s.kinds[n] in ",;ts"), default=0)


def _after_be(s: Sentence, at: int) -> bool:
    before = at - 1
    while before > 0 and s.kinds[before] == "a":
        before -= 1
    return is_be(s.tokens[before])


def _nobody(s: Sentence, start: int, end: int, cue: str, rule: str, confidence: float) -> Attribution:
    span = _span(s, Content(start, max(end, start + 1), "that"))
    return Attribution(*span, None, cue, rule, modality="alleged", confidence=confidence)


def _fits(cue: Cue, mention: Mention, grammar: Grammar) -> bool:
    """Whether a holder can be the subject of a cue: papers only show and find, "this" and "it" say nothing."""
    if mention.kind == "pronoun" and mention.number is None and mention.text.casefold() != "it":
        return False
    if "document" in cue.verb.traits:
        words = mention.text.casefold().split()
        return any(grammar.is_one_of(word, "documents") or grammar.is_one_of(word, "media") for word in words)
    return True


def _attribution(s: Sentence, content: Content, mention: Mention, cue: Cue, rule: str) -> Attribution:
    start, end = _span(s, content)
    kinds = s.kinds[content.start : content.end].strip(",.:-")
    form: Form = "direct" if kinds in ("Q", "QQ") else "mixed" if "Q" in kinds else "indirect"
    confidence = 0.9 if mention.kind == "name" else 0.75
    return Attribution(
        start, end, mention, _words(s, cue), rule, form, _polarity(cue), _modality(cue, mention), confidence
    )


def _polarity(cue: Cue) -> Polarity:
    return "denied" if ("denied" in cue.verb.traits) != cue.negated else "asserted"


def _modality(cue: Cue, mention: Mention) -> Modality:
    if "possible" in cue.verb.traits and cue.negated:
        return "hypothetical"
    if "alleged" in cue.verb.traits:
        return "alleged"
    imputed = "belief" in cue.verb.traits and mention.type != "person" and mention.number != "one"
    bodies = "belief" in cue.verb.traits and mention.type in ("organisation", "media", "unnamed")
    return "imputed" if imputed or bodies else "stated"


def _words(s: Sentence, cue: Cue) -> str:
    return " ".join(token.text for token in s.tokens[cue.start : cue.end])


def _span(s: Sentence, content: Content) -> tuple[int, int]:
    return (s.tokens[content.start].start, s.tokens[content.end - 1].end)


def _last(s: Sentence) -> int:
    """The end of a sentence's words, without its last mark."""
    last = len(s)
    while last > 1 and s.kinds[last - 1] in ".,:;":
        last -= 1
    return last
