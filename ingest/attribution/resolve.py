"""Who a mention stands for, inside one article: full names for surnames, persons for pronouns and
descriptions.

What is unclear stays without a name: a wrong name does more harm than none.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ingest.attribution.descriptions import head_of, read_description
from ingest.attribution.discourse import Discourse, Speaking
from ingest.attribution.english.grammar import read_grammar
from ingest.attribution.name_register import RUN, NameRegister
from ingest.attribution.pronouns import read_pronoun
from ingest.attribution.spans import Mention
from vectorstore.language.normalise import squeeze
from vectorstore.records import Article, Holder


@dataclass
class Resolver:
    """The people of one article, as a reader meets them from its first word to its last.

    `meet` is called for each sentence in order, then `resolve` for each mention in it.
    """

    names: NameRegister
    scene: Discourse = field(default_factory=Discourse)
    # what the article first says of each named holder
    roles: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, article: Article, text: str) -> Resolver:
        """The register of an article, its full names read ahead."""
        names = NameRegister(text, read_grammar("en"), article.start)
        if article.language == "en":
            names.read_ahead((article.start, article.end))
        return cls(names)

    def inside(self) -> Resolver:
        """A register for a quotation: the same people, but nobody has spoken in it yet."""
        return replace(self, scene=Discourse())

    def meet(self, start: int, words: str) -> None:
        """Notes who is named in a sentence that stands at `start`; its quotations are blanked
        out.
        """
        self.scene.open(start)
        for run in RUN.finditer(words):
            name, _ = self.names.in_run(run.group())
            full = self.names.canonical(name, start + run.start()) if name else ""
            if full in self.names.people or full in self.names.likely:
                self.scene.name(start + run.start(), full)

    def resolve(self, mention: Mention) -> tuple[Holder, str, float]:
        """The holder a mention stands for, how it was found (name, pronoun, noun, unclear), and how
        surely (0 to 1).
        """
        words = self._words(mention)
        if mention.kind == "name" and mention.name:
            return self._named(mention, words), "name", 1.0
        read = read_pronoun if mention.kind == "pronoun" else read_description
        resolved = read(mention, self.scene, self.names)
        if resolved is not None:
            holder, sure = resolved
            return (replace(holder, mention=words) if holder.name else holder), mention.kind, sure
        return (
            Holder(None, words, "unnamed"),
            "unclear" if mention.kind == "pronoun" else "noun",
            0.8,
        )

    def speak(self, at: int, holder: Holder, mention: Mention) -> None:
        """Notes that a holder said something at `at`; the last speaker is whom "he" or "the
        minister" goes back to.
        """
        self.scene.speak(Speaking(at, holder, mention))
        if holder.name and holder.type == "person":
            self.names.know(holder.name, mention.role or "", mention.gender)
            self.scene.name(mention.start, holder.name)
        if holder.type == "unnamed" and holder.mention:
            self.scene.name_group(head_of(mention.text), mention.number, holder)

    def group(self, mention: Mention) -> None:
        """Notes several people or a body that a later "they" can mean, though they said nothing."""
        words = self._words(mention)
        holder = self._named(mention, words) if mention.name else Holder(None, words, "unnamed")
        self.scene.group(Speaking(mention.end, holder, mention))

    def _words(self, mention: Mention) -> str:
        return squeeze(self.names.text[mention.start : mention.end]) or mention.text

    def _named(self, mention: Mention, words: str) -> Holder:
        """The holder of a name: a person by the fullest form of it, else a body as it is
        written.
        """
        name = squeeze(mention.name or "")
        if mention.type not in (None, "person") or self.names.is_place(name):
            return Holder(name, words, mention.type or "organisation")
        name = self.names.canonical(name, mention.start)
        if mention.role:
            self.roles.setdefault(name, squeeze(mention.role))
        self.names.know(name, mention.role or "", mention.gender)
        if " " in name:
            self.names.add(name, mention.start)
        return Holder(name, words, "person")
