"""A stretch of one voice in, everything in it that others answer for out.

The stretch is read sentence by sentence, quotations as one word each. What a sentence leaves open
(a quotation without its cue, words below a colon, points announced one by one) is settled with the
sentences around it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ingest.attribution.blocks import WORDS, Block, paragraphs_in, read_blocks
from ingest.attribution.english.continuation import Continuation, is_item
from ingest.attribution.english.cues import groups
from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.reader import read_reports
from ingest.attribution.english.sayings import Lead
from ingest.attribution.english.sources.mentions import read_mention
from ingest.attribution.english.tokens import TaggedSentence, read_sentence, sentence_of
from ingest.attribution.quotations import read_quotations
from ingest.attribution.reported import NOBODY, ReportedSpan, balanced, holder_of, resolved, told_by
from ingest.attribution.resolve import Resolver
from ingest.attribution.spans import Attribution
from vectorstore.records import Form, Span

_DEEPEST = 2  # quotations inside quotations that are read
_MARKS = "“„«»‘'\"”"
_SHORTEST_NESTED = 60  # characters of a quotation that can hold another voice
_FEWEST_PARTIAL = 2  # words of a quotation that goes on with a speaker's words
_TAIL = 10  # tokens within which a sentence that only names the speaker has its verb
_MOST_TOKENS = 600  # of a sentence that takes along the one behind it


def read_speech(
    text: str, span: Span, register: Resolver, grammar: Grammar, depth: int = 0
) -> list[ReportedSpan]:
    """Everything in `text[start:end]` that others answer for, with what they quote in their
    turn.
    """
    reported = StretchReader(text, grammar, register).read(span)
    inside = [
        deeper
        for outer in reported
        if outer.form == "direct"
        and outer.end - outer.start > _SHORTEST_NESTED
        and depth < _DEEPEST
        for paragraph in _unmarked(text, outer.start, outer.end)
        for deeper in read_speech(text, paragraph, register.inside(), grammar, depth + 1)
    ]
    return reported + inside


def _unmarked(text: str, start: int, end: int) -> Iterator[Span]:
    """The paragraphs of a quotation without the marks that repeat at their heads."""
    for opened, closed in paragraphs_in(text, (start, end)):
        repeated = opened > start and text[opened] in _MARKS
        yield opened + repeated, closed


@dataclass
class StretchReader:
    """Reads one stretch: `read` goes over its blocks once and collects what it finds in `told`."""

    text: str
    grammar: Grammar
    register: Resolver
    told: list[ReportedSpan] = field(default_factory=list)
    _to: int = 0  # where what is told so far ends
    _below: Continuation | None = None  # words that come in the next block
    _last: ReportedSpan | None = None  # what the sentence before told
    _speaking: ReportedSpan | None = None  # what somebody told last in the block, by name
    _points: ReportedSpan | None = None  # a speaker whose announced points are being read
    _before: TaggedSentence | None = None

    def read(self, span: Span) -> list[ReportedSpan]:
        """Everything told by others in `text[start:end]`, in the order in which it was found."""
        for block in read_blocks(self.text, span):
            self._block(block)
        return self.told

    def _block(self, block: Block) -> None:
        read = self._sentences(block)
        taken = self._take_below(block, read)
        if not is_item(block) and not (read and read[0].lower(0) in self.grammar.words["ordinals"]):
            self._points = None
        if not taken and not _is_quotation(read):
            # only a paragraph that is one quotation goes on with the speaker of the one before
            self._last = None
        self._speaking = None
        for s, following in zip(read, [*read[1:], None], strict=False):
            self._meet(s, following, block)
            if not taken:
                self._sentence(s)
            self._before = s

    def _sentences(self, block: Block) -> list[TaggedSentence]:
        """The sentences of a block; "“Stop!” Orlen said." is one."""
        read: list[TaggedSentence] = []
        for start, end in block.sentences():
            s = read_sentence(block.words, start, end, self.grammar, block.start)
            if not len(s):
                continue
            if (
                read
                and len(read[-1]) <= _MOST_TOKENS
                and _ends_quoted(read[-1])
                and self._is_tail(s)
            ):
                s = sentence_of((*read.pop().tokens, *s.tokens))
            read.append(s)
        return read

    def _is_tail(self, s: TaggedSentence) -> bool:
        """Whether a sentence only says who said the quotation before it."""
        verb = next(
            (n for n in range(min(len(s), _TAIL)) if s.lower(n) in self.grammar.forms), None
        )
        return (
            verb is not None
            and "," not in s.kinds[:verb]
            and s.kind(verb + 1) in ".,ia"
            and s.kinds[verb] != "n"
        )

    def _meet(self, s: TaggedSentence, following: TaggedSentence | None, block: Block) -> None:
        """Notes who is named in a sentence, and its groups for a "they" in it or behind it."""
        start, end = s.span
        self.register.meet(start, block.words[start - block.start : end - block.start])
        if not _has_they(s) and not (following and _has_they(following)):
            return
        for phrase in groups(s):
            mention = read_mention(s, phrase, self.grammar)
            if mention is not None and mention.number == "many" and mention.kind != "pronoun":
                self.register.group(mention)

    def _sentence(self, s: TaggedSentence) -> None:
        """Collects what a sentence tells, or leaves to the sentences around it."""
        reported: list[ReportedSpan] = []
        if self.grammar.may_tell(s.lowers) or "Q" in s.kinds:
            reading = read_reports(s, self.grammar)
            reported = [
                resolved_span
                for attribution in reading.attributions
                if (resolved_span := self._resolve(attribution)) is not None
            ]
            self._lead(reading.above, reading.below)
        reported = reported or self._carried(s)
        self._add(reported)
        self._note(s, reported)

    def _resolve(self, attribution: Attribution) -> ReportedSpan | None:
        """An attribution with its holder; what is impersonal goes on with the last speaker."""
        if attribution.rule == "continued" and self._speaking is not None:
            return told_by(self.text, attribution, self._speaking.holder, "before", 0.7)
        return resolved(self.text, attribution, self.register)

    def _add(self, reported: Sequence[ReportedSpan]) -> None:
        self.told += reported
        self._to = max([self._to, *(span.end for span in reported)])

    def _lead(self, above: Lead | None, below: Lead | None) -> None:
        """Gives the sentence before to "This was disclosed by ...", and keeps what is announced for
        the next block.
        """
        if (
            above is not None
            and above.mention is not None
            and self._before
            and self._to <= self._before.span[0]
        ):
            holder, resolved, sure = holder_of(above.mention, self.register)
            if holder is not None:
                self.register.speak(above.mention.end, holder, above.mention)
                reported = Continuation(above, holder, resolved).told(
                    self._before.span, "indirect", round(0.8 * sure, 2)
                )
                self._add([reported])
        if below is not None:
            holder, resolved, _ = holder_of(below.mention, self.register)
            self._below = (
                Continuation(below, holder, resolved) if holder is not None else self._below
            )

    def _carried(self, s: TaggedSentence) -> list[ReportedSpan]:
        """What a sentence without its own cue goes on with: a quotation, a partial one, an
        announced point.
        """
        if s.kinds.strip(".,!?") == "Q":
            return [self._quotation(s.span)]
        if ":Q" in s.kinds:
            at = s.kinds.index(":Q") + 1
            last = at + 1 if s.kind(at + 1) == "." and at + 1 < len(s) else at
            return [_alone((s.tokens[at].start, s.tokens[last].end))]
        if self._points is not None:
            return [self._again(self._points, s.inner, "indirect", "announced-point", 0.6)]
        last_told = self._last
        if (
            last_told
            and last_told.form in ("direct", "mixed")
            and last_told.holder.name
            and self._has_partial(s)
        ):
            return [self._again(last_told, s.inner, "mixed", "partial-goes-on", 0.5)]
        return []

    def _quotation(self, span: Span) -> ReportedSpan:
        """A quotation without a cue: it goes on with whoever spoke in the sentence before, or is
        nobody's.
        """
        return (
            self._again(self._last, span, "direct", "quotation-goes-on", 0.7)
            if self._last
            else _alone(span)
        )

    def _again(
        self, reported: ReportedSpan, span: Span, form: Form, rule: str, confidence: float
    ) -> ReportedSpan:
        return ReportedSpan(
            *balanced(self.text, *span),
            reported.holder,
            form,
            reported.cue,
            rule,
            "before",
            confidence=confidence,
        )

    def _has_partial(self, s: TaggedSentence) -> bool:
        """Whether a sentence quotes several words inside itself."""
        quotations = read_quotations(self.text, [s.span])
        return any(len(WORDS.findall(q.text(self.text))) >= _FEWEST_PARTIAL for q in quotations)

    def _note(self, s: TaggedSentence, reported: Sequence[ReportedSpan]) -> None:
        """Remembers for the next sentence who spoke in this one."""
        spoken = [span for span in reported if span.rule != "hearsay-adverb"]
        self._last = last = max(spoken, key=lambda span: span.end - span.start, default=None)
        if last is None:
            return
        self._speaking = last if last.holder.name else self._speaking
        if last.rule.startswith(("according", "subject")) and self._announces(s, last):
            self._points = last
        elif self._points and last.holder != self._points.holder:
            self._points = None

    def _announces(self, s: TaggedSentence, reported: ReportedSpan) -> bool:
        """Whether what somebody told in a sentence announces points: "there are three reasons"."""
        announced = self.grammar.words["announces"]
        return any(
            reported.start <= token.start < reported.end
            and token.lower in announced
            and any(
                t.tag == "CD" or t.lower in ("several", "many", "following")
                for t in s.tokens[max(0, n - 4) : n]
            )
            for n, token in enumerate(s.tokens)
        )

    def _take_below(self, block: Block, read: Sequence[TaggedSentence]) -> bool:
        """Gives a block to the lead above it: an item of a list, a quotation, or the words after
        "said:".
        """
        below = self._below
        if below is None:
            return False
        if is_item(block):
            self._add_item(below, block)
            return True
        self._below = None
        if self.told and below.is_same(self.told[-1]) and self.told[-1].end <= block.start:
            return False  # the list is over
        quoted = bool(read) and all(s.kinds.strip(".,!?") == "Q" for s in read)
        span = (read[0].span[0], read[-1].span[1]) if quoted else (block.start, block.end)
        self._last = below.told(span, "direct")
        self._add([self._last])
        return True

    def _add_item(self, below: Continuation, block: Block) -> None:
        """Adds an item of a list, as one with the item before it."""
        last = self.told[-1] if self.told else None
        start = below.item_start(block)
        if (
            last is not None
            and below.is_same(last)
            and below.only_bullets(self.text, last.end, start)
        ):
            self.told.pop()
            start = last.start
        self._add([below.told((start, block.end), "indirect")])


def _alone(span: Span) -> ReportedSpan:
    """A quotation of which nothing says whose it is."""
    return ReportedSpan(*span, NOBODY, "direct", None, "quotation-alone", "nobody", confidence=0.4)


def _ends_quoted(s: TaggedSentence) -> bool:
    return s.kinds.rstrip(".,!?").endswith("Q")


def _is_quotation(read: Sequence[TaggedSentence]) -> bool:
    return len(read) == 1 and read[0].kinds.strip(".,") == "Q"


def _has_they(s: TaggedSentence) -> bool:
    return not s.lowers.isdisjoint(("they", "them", "their"))
