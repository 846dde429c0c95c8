"""A stretch of one voice in, everything in it that others answer for out.

The stretch is read sentence by sentence, quotations as one word each. What a sentence leaves open (a quotation without
its cue, words below a colon, points announced one by one) is settled with the sentences around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.voices.attribution import Attribution, Mention
from ingest.voices.cues import groups
from ingest.voices.grammar import Grammar
from ingest.voices.holders import Register
from ingest.voices.mentions import read_mention
from ingest.voices.marks import Quotation, ends_sentence, read_quotations
from ingest.voices.reports import Lead, Reading, read_reports
from ingest.voices.tokens import MASK, Sentence, read_sentence
from vectorstore.language.sentences import paragraphs, sentences
from vectorstore.records import Form, Holder, Modality, Polarity, Span

_WORDS = re.compile(r"\w[\w’'-]*")
_ITEM = re.compile(r"\s*(?:[-*•–·>]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+")
_FEWEST_SPOKEN = 4  # words of a quotation that is speech by itself
_FEWEST_PARTIAL = 2  # words of a quotation that goes on with a speaker's words
_LONGEST_LIST = 30  # paragraphs
_SENTENCE_ENDS = (*":,.!?…”»\"", "")


@dataclass(frozen=True)
class Told:
    """A span that a holder answers for inside a stretch, and how that was found.

    `rule` names the pattern, `resolved` how the holder was found: name, pronoun, noun, unclear, nobody, before.
    """

    start: int
    end: int
    holder: Holder
    form: Form
    cue: str | None
    rule: str
    resolved: str
    polarity: Polarity = "asserted"
    modality: Modality = "stated"
    confidence: float = 0.8


@dataclass
class StretchReader:
    """Reads one stretch: `read` goes over its paragraphs once and collects what it finds in `told`."""

    text: str
    grammar: Grammar
    register: Register
    told: list[Told] = field(default_factory=list)
    _pending: tuple[Lead, Holder, str] | None = None  # words that come in the next paragraph
    _last: Told | None = None  # what the sentence before told
    _speaker: Holder | None = None  # who spoke last in the paragraph, by name
    _list: Told | None = None  # a speaker whose announced points are being read

    def read(self, span: Span) -> list[Told]:
        """Everything told by others in `text[start:end]`, in the order in which it was found."""
        found = list(paragraphs(self.text, *span))
        quotations = [q for q in read_quotations(self.text, found) if _is_speech(self.text, q)]
        masked = _masked(self.text, span, quotations)
        blocks = list(paragraphs(masked, *span))
        for n, block in enumerate(blocks):
            self._paragraph(masked, block, quotations, blocks[n + 1 : n + 1 + _LONGEST_LIST])
        return self.told

    def _paragraph(self, masked: str, block: Span, quotations: list[Quotation], below: Sequence[Span]) -> None:
        read = self._sentences(masked, block)
        taken = self._take_pending(block, read, quotations)
        ordinal = bool(read) and read[0].lower(0) in self.grammar.words["ordinals"]
        if not ordinal and not (self._list and block[0] < self._list.end):
            self._list = self._list if self._list and _ITEM.match(masked, block[0]) else None
        self._last = self._last if taken else self._carried(read)
        self._speaker = None
        previous: Sentence | None = None
        for n, s in enumerate(read):
            self.register.meet(*s.span, masked)
            if n + 1 < len(read) and _has_they(read[n + 1]) or _has_they(s):
                self._note_groups(s)
            if not taken:
                self._sentence(masked, s, quotations, previous, below, block)
            previous = s

    def _note_groups(self, s: Sentence) -> None:
        """Notes the groups of a sentence for a "they" in it or behind it."""
        for phrase in groups(s):
            mention = read_mention(s, phrase, self.grammar)
            if mention is not None and mention.number == "many" and mention.kind != "pronoun":
                self.register.group(mention)

    def _carried(self, read: Sequence[Sentence]) -> Told | None:
        """The speaker of the paragraph before, whom a paragraph that is one quotation goes on with."""
        only = len(read) == 1 and read[0].kinds.strip(".,") == "Q"
        return self._last if only else None

    def _sentences(self, masked: str, block: Span) -> list[Sentence]:
        """The sentences of a paragraph; "“Stop!” Orlen said." is one."""
        read: list[Sentence] = []
        for start, end in sentences(masked, *block):
            s = read_sentence(masked, start, end, self.grammar)
            if not len(s):
                continue
            if read and read[-1].kinds.rstrip(".,!?").endswith("Q") and self._is_tail(s):
                joined = read.pop()
                s = Sentence((*joined.tokens, *s.tokens), joined.kinds + s.kinds)
            read.append(s)
        return read

    def _is_tail(self, s: Sentence) -> bool:
        """Whether a sentence only says who said the quotation before it."""
        verb = next((n for n in range(min(len(s), 10)) if s.tokens[n].lower in self.grammar.forms), None)
        return verb is not None and "," not in s.kinds[:verb] and s.kind(verb + 1) in ".,ia" and s.kinds[verb] != "n"

    def _sentence(
        self, masked: str, s: Sentence, quotations: list[Quotation], previous: Sentence | None, below: Sequence[Span], block: Span
    ) -> None:
        reading = read_reports(s, self.grammar) if self._may_tell(s) else Reading(s, ())
        told = [self._resolve(a) for a in reading.attributions]
        told = [t for t in told if t is not None]
        if reading.above and previous is None:
            self._above(reading.above, block)
        elif reading.above and previous is not None and not self._is_told(previous.span):
            self._tell_lead(reading.above, previous.span, "indirect")
        if reading.below:
            holder, resolved, _ = holder_of(reading.below.mention, self.register)
            if holder is not None:
                self._pending = (reading.below, holder, resolved)
        told += self._orphans(s, told, quotations)
        self.told += told
        self._note(s, told)

    def _may_tell(self, s: Sentence) -> bool:
        """Whether a sentence has any word with which something is said."""
        words = self.grammar.words
        return any(
            t.lower in self.grammar.forms
            or t.lower in words["hearsay"]
            or t.lower in words["hearsay_verbs"]
            or t.lower in ("according", "words", "view", "opinion", "eyes", "per", "data", "grounds")
            or t.kind == "Q"
            or self.grammar.is_one_of(t.lower, "claims")
            or self.grammar.is_one_of(t.lower, "documents")
            for t in s.tokens
        )

    def _resolve(self, found: Attribution) -> Told | None:
        """An attribution with its holder; what is impersonal goes on with the last speaker."""
        if found.rule == "continued" and self._speaker is not None:
            return told_by(self.text, found, self._speaker, "before", 0.7)
        return resolved(self.text, found, self.register)

    def _orphans(self, s: Sentence, told: Sequence[Told], quotations: list[Quotation]) -> list[Told]:
        """What a sentence without its own cue goes on with: a quotation, a partial one, an announced point."""
        if told:
            return []
        last, only = self._last, s.kinds.strip(".,!?") == "Q"
        if only:
            inner = s.tokens[0].start, s.tokens[-1].end
            if last is not None:
                return [self._again(last, inner, "direct", "quotation-goes-on", 0.7)]
            return [Told(*inner, Holder(None, None, "unnamed"), "direct", None, "quotation-alone", "nobody", confidence=0.4)]
        if ":Q" in s.kinds:
            at = s.kinds.index(":Q") + 1
            inner = s.tokens[at].start, s.tokens[min(at + 1, len(s) - 1)].end if s.kind(at + 1) == "." else s.tokens[at].end
            return [Told(*inner, Holder(None, None, "unnamed"), "direct", None, "quotation-alone", "nobody", confidence=0.4)]
        if self._list is not None:
            return [self._again(self._list, _words_span(s), "indirect", "announced-point", 0.6)]
        if last is not None and last.form in ("direct", "mixed") and self._has_partial(s) and last.holder.name:
            return [self._again(last, _words_span(s), "mixed", "partial-goes-on", 0.5)]
        return []

    def _again(self, told: Told, span: Span, form: Form, rule: str, confidence: float) -> Told:
        return Told(*_balanced(self.text, *span), told.holder, form, told.cue, rule, "before", confidence=confidence)

    def _has_partial(self, s: Sentence) -> bool:
        """Whether a sentence quotes several words inside itself."""
        start, end = s.span
        found = read_quotations(self.text, [(start, end)])
        return any(len(_WORDS.findall(q.text(self.text))) >= _FEWEST_PARTIAL for q in found)

    def _note(self, s: Sentence, told: Sequence[Told]) -> None:
        """Remembers for the next sentence who spoke in this one."""
        spoken = [t for t in told if t.rule != "hearsay-adverb"]
        self._last = max(spoken, key=lambda t: t.end - t.start, default=None)
        self._speaker = self._last.holder if self._last and self._last.holder.name else self._speaker
        if spoken and self._last and self._announces(s, self._last) and self._last.rule.startswith(("according", "subject")):
            self._list = self._last
        elif spoken and self._list and self._last and self._last.holder != self._list.holder:
            self._list = None

    def _announces(self, s: Sentence, told: Told) -> bool:
        """Whether what somebody told in a sentence announces points: "there are three reasons"."""
        return any(
            told.start <= token.start < told.end and token.lower in self.grammar.words["announces"] and any(t.tag == "CD" or t.lower in ("several", "many", "following")
            for t in s.tokens[max(0, n - 4) : n]) for n, token in enumerate(s.tokens)
        )  # fmt: skip

    def _take_pending(self, block: Span, read: Sequence[Sentence], quotations: list[Quotation]) -> bool:
        """Gives a paragraph to the lead above it: a list, a quotation, or the words after "said:"."""
        if self._pending is None:
            return False
        lead, holder, resolved = self._pending
        item = _ITEM.match(self.text, block[0])
        only = len(read) >= 1 and all(s.kinds.strip(".,!?") == "Q" for s in read)
        if item:
            told = Told(item.end(), block[1], holder, "indirect", lead.cue, lead.rule, resolved, lead.polarity, lead.modality)
            before = self.told[-1] if self.told else None
            if before and before.rule == lead.rule and before.holder == holder and not self.text[before.end : item.end()].strip(" \n\r\t•-*–·>0123456789.)"):
                self.told[-1] = Told(before.start, block[1], holder, "indirect", lead.cue, lead.rule, resolved, lead.polarity, lead.modality)
            else:
                self.told.append(told)
            return True
        self._pending = None
        if any(t.rule == lead.rule and t.end <= block[0] and t.holder == holder for t in self.told[-1:]):
            return False  # the list is over
        span = (read[0].tokens[0].start, read[-1].tokens[-1].end) if only else block
        told = Told(*span, holder, "direct", lead.cue, lead.rule, resolved, lead.polarity, lead.modality)
        self.told.append(told)
        self._last = told
        return True

    def _above(self, lead: Lead, block: Span) -> None:
        """Gives the last sentence of the paragraph above to "This was disclosed by ..."."""
        before = [span for span in sentences(self.text, max(0, block[0] - 3000), block[0])][-1:]
        if before and not self._is_told(before[0]):
            self._tell_lead(lead, before[0], "indirect")

    def _tell_lead(self, lead: Lead, span: Span, form: Form) -> None:
        holder, resolved, sure = holder_of(lead.mention, self.register)
        if holder is not None and lead.mention is not None:
            self.register.speak(lead.mention.end, holder, lead.mention)
            self.told.append(Told(*span, holder, form, lead.cue, lead.rule, resolved, lead.polarity, lead.modality,
                                  round(0.8 * sure, 2)))  # fmt: skip

    def _is_told(self, span: Span) -> bool:
        return any(t.start < span[1] and span[0] < t.end for t in self.told)


def holder_of(mention: Mention | None, register: Register) -> tuple[Holder | None, str, float]:
    """The holder a mention stands for, how it was found and how surely; None for an "it" or "which" that means nobody."""
    if mention is None:
        return Holder(None, None, "unnamed"), "nobody", 1.0
    holder, way, sure = register.resolve(mention)
    return (None if way == "unclear" and mention.number is None else holder), way, sure


def resolved(text: str, found: Attribution, register: Register) -> Told | None:
    """An attribution with its holder, who has spoken then; None where its mention means nobody."""
    holder, way, sure = holder_of(found.mention, register)
    if holder is None:
        return None
    if found.mention is not None:
        register.speak(found.mention.end, holder, found.mention)
    return told_by(text, found, holder, way, sure)


def told_by(text: str, found: Attribution, holder: Holder, way: str, sure: float) -> Told:
    """What a holder told; what a person believes they state, what a state believes is imputed to it."""
    start, end = _balanced(text, found.start, found.end)
    modality = "stated" if found.modality == "imputed" and holder.type == "person" else found.modality
    form = "mixed" if found.form == "indirect" and re.search(r"[“”„«»\"]", text[start:end]) else found.form
    return Told(start, end, holder, form, found.cue, found.rule, way, found.polarity, modality,
                round(found.confidence * sure, 2))  # fmt: skip


def _has_they(s: Sentence) -> bool:
    return any(token.lower in ("they", "them", "their") for token in s.tokens)


def _is_speech(text: str, q: Quotation) -> bool:
    """Whether a quotation is read as a whole: it opens a sentence or follows a colon or comma, and is no title."""
    inner = q.text(text)
    words = _WORDS.findall(inner)
    before = text[: q.start].rstrip()[-1:] if q.start else ""
    ended = ends_sentence(inner) or inner.rstrip().endswith(",")
    if not words or (len(words) < _FEWEST_SPOKEN and not (ended and before in _SENTENCE_ENDS)):
        return False
    long = [word for word in words if len(word) > 3]
    if len(words) < 12 and long and sum(word[0].isupper() for word in long) > 0.7 * len(long) and not ends_sentence(inner):
        return False
    opens = inner.lstrip()[:1].isupper() or inner.lstrip()[:1].isdigit()
    return "\n" in inner or before in ("", ":", ",") or (opens and (ended or len(words) >= 8)) or text[q.start - 1] == "\n"


def _masked(text: str, span: Span, quotations: Sequence[Quotation]) -> str:
    """The text with the insides of quotations blanked out, up to a last mark that the sentence needs."""
    parts, at = [], 0
    for q in quotations:
        start, end = q.inner
        last = end - 1 if text[end - 1 : end] in ".,!?…" and end - start > 1 else end
        parts += [text[at:start], MASK * (last - start)]
        at = last
    return "".join([*parts, text[at : span[1]]])


def _balanced(text: str, start: int, end: int) -> Span:
    """A span that takes along the mark which closes a quotation inside it, or leaves out one that it would cut."""
    inside = text[start:end]
    opened = inside.count("“") - inside.count("”")
    if opened > 0 and text[end : end + 1] == "”":
        return start, end + 1
    if opened > 0 and text[end : end + 2] in (".”", ",”"):
        return start, end + 2
    if inside.count('"') % 2 and text[end : end + 1] == '"':
        return start, end + 1
    if opened < 0 and text[start - 1 : start] == "“":
        return start - 1, end
    return start, end


def _words_span(s: Sentence) -> Span:
    last = len(s)
    while last > 1 and s.kinds[last - 1] in ".,:;":
        last -= 1
    return s.tokens[0].start, s.tokens[last - 1].end
