"""Whom an Arabic text goes on to speak of: who spoke last, and the fuller words for a short
mention.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.spans import Attribution, Gender, Mention
from vectorstore.language.normalise import fold

_MOST_KEPT = 40


@dataclass
class ArabicDiscourse:
    """The holders of a stretch of text in the order in which it speaks of them.

    `here` are the attributions of the sentence that is being read. `others` are those named without
    a word of theirs.
    """

    here: list[Attribution] = field(default_factory=list)
    speakers: list[Mention] = field(default_factory=list)
    named: list[Mention] = field(default_factory=list)
    subject: Mention | None = None

    def inside(self) -> ArabicDiscourse:
        """A discourse for the words of a speaker: the same names, but nobody has spoken yet."""
        return ArabicDiscourse(named=list(self.named[-_MOST_KEPT:]))

    def meet(self, mention: Mention) -> None:
        """Notes a holder who is named, whether they say something or not."""
        self.named = [*self.named[-_MOST_KEPT:], mention]

    def speak(self, attribution: Attribution) -> None:
        """Notes an attribution and who speaks in it."""
        self.here.append(attribution)
        if (
            attribution.mention
            and attribution.mention.kind != "pronoun"
            and attribution.rule != "relay"
        ):
            self.speakers = [*self.speakers[-_MOST_KEPT:], attribution.mention]
            self.meet(attribution.mention)

    def last_here(self, number: str, gender: Gender) -> Mention | None:
        """The holder of the last words in this sentence, if number and gender agree."""
        last = self.here[-1].mention if self.here else None
        return last if last and _agrees(last, number, gender) else None

    def dropped(self, verb: ArabicVerb) -> Mention | None:
        """Whom a verb without a subject means at the head of a sentence: the last speaker, or a
        later subject.

        A verb like "added" goes on with the last speaker.
        """
        last = self.speakers[-1] if self.speakers else None
        if self.subject and not verb.goes_on and (last is None or last.end < self.subject.start):
            last = self.subject
        return last if last and _agrees(last, verb.number, verb.gender) else None

    def fuller(self, mention: Mention) -> Mention:
        """The mention with the name that its words mean: "the ministry" is the last one named, "the
        minister" too.

        Of an unnamed source the same source is its first mention.
        """
        heads = fold(mention.text).split()
        if mention.kind != "noun" or mention.name or not heads or not _is_short(heads):
            return mention
        head = heads[0].removeprefix("ال")
        for earlier in reversed(self.named):
            if earlier.start >= mention.start or earlier.number != mention.number:
                continue
            words = fold(f"{earlier.role or ''} {earlier.text}").split()
            if (
                earlier.name
                and earlier.type == mention.type
                and head in _heads(words, mention.type == "person")
            ):
                return replace(
                    mention,
                    kind="name",
                    name=earlier.name,
                    role=earlier.role,
                    gender=mention.gender or earlier.gender,
                )
            same = (
                earlier.type == "unnamed" and len(words) > 1 and words[0].removeprefix("ال") == head
            )
            if same and mention.type == "unnamed":
                return earlier
        return mention


def _is_short(words: list[str]) -> bool:
    """Whether a mention is one definite word, with نفسه at most: "the ministry", "the same
    source".
    """
    return words[0].startswith("ال") and (
        len(words) == 1 or (len(words) == 2 and words[1].startswith(("نفس", "ذات")))
    )


def _heads(words: list[str], person: bool) -> set[str]:
    """The words that can stand for a mention alone: its first one, for a person any of the role."""
    return {word.removeprefix("ال") for word in (words if person else words[:1])}


def _agrees(mention: Mention, number: str, gender: Gender) -> bool:
    return mention.number == number and mention.gender in (None, gender)
