"""Who a mention stands for, inside one article: full names for surnames, persons for pronouns and descriptions.

What is unclear stays without a name: a wrong name does more harm than none. After Hobbs 1978 and Lappin & Leass 1994 the
candidates are weighed by recency and role, with the last speaker first; names inside quotations do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace

from ingest.voices.attribution import Gender, Mention
from ingest.voices.grammar import Grammar, read_grammar, singular
from ingest.voices.tokens import is_common
from vectorstore.language.folding import fold, squeeze
from vectorstore.records import Article, Holder, HolderType, Span

_RUN = re.compile(
    r"(?<![^\W_])(?:[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*)(?:[  ](?:(?:al|el|bin|ibn|bint|von|van|de|da|di|del|la|der|ter|abu)[  -])*"
    r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w’'-]*){0,5}"
)
_FURTHEST_SPEAKER = 1500  # characters back to whom "he" can mean without another person between
_FURTHEST_NAME = 700
_FURTHEST_NOUN = 6000
_LONGEST_NAME = 4  # words


@dataclass(frozen=True)
class Person:
    """Somebody the article names: the fullest name, what it says of them, and whether "he" or "she"."""

    name: str
    type: HolderType
    role: str = ""
    gender: Gender | None = None


@dataclass
class Register:
    """The people of one article, as a reader meets them from its first word to its last.

    `meet` is called for each sentence in order, `resolve` for each mention in it.
    """

    text: str
    grammar: Grammar
    full: dict[str, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    known: dict[str, Person] = field(default_factory=dict)
    seen: list[tuple[int, str]] = field(default_factory=list)  # where a known person was named, outside quotations
    spoke: list[tuple[int, Holder, Mention]] = field(default_factory=list)
    sentence: int = 0  # where the sentence begins that is being read
    before: int = 0  # and the one before it
    groups: list[tuple[int, Holder, Mention]] = field(default_factory=list)
    likely: set[str] = field(default_factory=set)  # capitalised words that look like a person's name

    @classmethod
    def of(cls, article: Article, text: str) -> Register:
        """The register of an article, its full names read ahead."""
        register = cls(text, read_grammar("en"))
        register.collect([(article.start, article.end)] if article.language == "en" else [])
        return register

    def inside(self) -> Register:
        """A register for a quotation: the same people, but nobody has spoken in it yet."""
        return replace(self, seen=[], spoke=[], groups=[])

    def collect(self, spans: list[Span]) -> None:
        """Reads the full names of an article's text ahead, so that a surname finds its owner wherever that stands."""
        singles: defaultdict[str, int] = defaultdict(int)
        for start, end in spans:
            for run in _RUN.finditer(self.text, start, end):
                name, titled = self._name_of(run.group())
                if not name:
                    continue
                words = name.split()
                if len(words) == 1:
                    singles[_key(name)] += 1
                if 1 < len(words) <= _LONGEST_NAME:
                    self.full[_key(words[-1])].append((run.start(), name))
                who = self.text[run.end() : run.end() + 6].replace(",", "").startswith(" who ")
                if titled or who or self._follows_role(run.start()):
                    self._know(name, "person", role=" ".join(run.group().split()[: -len(words)]))
                elif 1 < len(words) <= 3 and not self._is_place(_key(name)) and not self._hangs(run.start()):
                    self.likely.add(name)
        for surname, found in list(self.full.items()):
            if surname in singles and not self._is_place(surname):
                for _, name in found:
                    self._know(name, "person", gender=None)

    def meet(self, start: int, end: int, masked: str) -> None:
        """Notes who is named in a sentence `start:end` outside quotations."""
        if start > self.sentence:
            self.before, self.sentence = self.sentence, start
        for run in _RUN.finditer(masked, start, end):
            name, _ = self._name_of(run.group())
            full = self.canonical(name, run.start()) if name else ""
            if full in self.known or full in self.likely:
                self.seen.append((run.start(), full))

    def canonical(self, name: str, at: int) -> str:
        """The fullest form of a name in this article; of several people with one surname the last one named before."""
        words = name.split()
        found = self.full.get(_key(words[-1]), [])
        fitting = {full for _, full in found if _fits(words, full.split())}
        if not fitting:
            return name
        if len({_key(full) for full in fitting}) == 1:
            return min(fitting)
        before = [full for place, full in found if place <= at and full in fitting]
        return before[-1] if before and len(words) == 1 else max(sorted(fitting), key=len) if len(words) > 1 else name

    def resolve(self, mention: Mention) -> tuple[Holder, str, float]:
        """The holder a mention stands for, how it was found (name, pronoun, noun, unclear), and how surely (0 to 1)."""
        words = squeeze(self.text[mention.start : mention.end]) or mention.text
        if mention.kind == "name" and mention.name:
            return self._named(mention, words), "name", 1.0
        found = self._pronoun(mention) if mention.kind == "pronoun" else self._noun(mention)
        if found is not None:
            holder, sure = found
            return (replace(holder, mention=words) if holder.name else holder), mention.kind, sure
        return Holder(None, words, "unnamed"), "unclear" if mention.kind == "pronoun" else "noun", 0.8

    def speak(self, at: int, holder: Holder, mention: Mention) -> None:
        """Notes that a holder said something at `at`; the last speaker is whom "he" or "the minister" goes back to."""
        self.spoke.append((at, holder, mention))
        if holder.name and holder.type == "person":
            self._know(holder.name, "person", mention.role or "", mention.gender)
            self.seen.append((mention.start, holder.name))

    def group(self, mention: Mention) -> None:
        """Notes several people or a body that a later "they" can mean, though they said nothing."""
        self.groups.append((mention.end, self._group(mention), mention))

    def _group(self, mention: Mention) -> Holder:
        words = squeeze(self.text[mention.start : mention.end])
        return self._named(mention, words) if mention.name else Holder(None, words, "unnamed")

    def _named(self, mention: Mention, words: str) -> Holder:
        name = squeeze(mention.name or "")
        kind = mention.type
        if kind in (None, "person") and not self._is_place(_key(name)):
            name, kind = self.canonical(name, mention.start), "person"
        if kind is None:
            kind = "organisation"
        if kind == "person":
            self._know(name, "person", mention.role or "", mention.gender)
            if " " in name:
                self.full[_key(name.split()[-1])].append((mention.start, name))
        return Holder(name, words, kind)

    def _pronoun(self, mention: Mention) -> tuple[Holder, float] | None:
        if mention.gender or mention.number == "one":
            return self._person(mention)
        if mention.number == "many":
            return self._speakers(mention, many=True)
        return self._speakers(mention, many=False)

    def _person(self, mention: Mention) -> tuple[Holder, float] | None:
        """The person a "he" or "she" means: the last speaker unless others were named since; else the only one near."""
        last = next((s for s in reversed(self.spoke) if s[1].type == "person" and s[0] <= mention.start), None)
        between = {name for at, name in self.seen if (last[0] if last else 0) < at < mention.start}
        if last and last[1].name and mention.start - last[0] <= _FURTHEST_SPEAKER and self._agrees(last[1].name, mention):
            others = {name for name in between if name in self.known and self._agrees(name, mention)} - {last[1].name}
            if not others or self._is_next(last[0], mention.start):
                self._know(last[1].name, "person", "", mention.gender)
                return last[1], 0.85 if not others else 0.6
        here = {name for at, name in self.seen if self.sentence <= at < mention.start and self._agrees(name, mention)}
        if len(here & set(self.known)) == 1:
            return Holder(*(here & set(self.known)), None, "person"), 0.65
        near = [name for at, name in self.seen if mention.start - _FURTHEST_NAME <= at < mention.start]
        near = [name for name in near if self._agrees(name, mention)]
        sure = [name for name in near if name in self.known]
        for names, how in ((sure, 0.65), (near, 0.55)):
            if len(set(names)) == 1:
                self._know(names[0], "person", "", mention.gender)
                return Holder(names[0], None, "person"), how
        subject = next(((at, name) for at, name in self.seen if self.before <= at < self.sentence), None)
        if subject and "\n" not in self.text[subject[0] : mention.start] and self._leads(*subject):
            return Holder(subject[1], None, "person"), 0.5
        return None

    def _leads(self, at: int, name: str) -> bool:
        """Whether a name opens its sentence and is not only somebody's: "Orlen's house"."""
        after = self.text[at : at + len(name) + 30].partition(name.split()[-1])[2]
        return at - self.before < 40 and not after.startswith(("’s", "'s"))

    def _is_next(self, start: int, end: int) -> bool:
        """Whether two places are in one paragraph with hardly a sentence between them."""
        return end - start < _FURTHEST_NAME and "\n" not in self.text[start:end]

    def _agrees(self, name: str, mention: Mention) -> bool:
        person = self.known.get(name)
        return not (person and person.gender and mention.gender and person.gender != mention.gender)

    def _speakers(self, mention: Mention, many: bool) -> tuple[Holder, float] | None:
        """The group ("they") or body ("it") that spoke last, close before."""
        for at, holder, earlier in sorted(self.spoke + self.groups, key=lambda found: -found[0]):
            if at > mention.start:
                continue
            if mention.start - at > _FURTHEST_NAME:
                return None
            if many and earlier.number == "many":
                return holder, 0.7
            if not many and holder.type in ("organisation", "media") and earlier.number != "many":
                return holder, 0.7
        return None

    def _noun(self, mention: Mention) -> tuple[Holder, float] | None:
        """Whom "the spokesman" means: the last one with such a role; "the sources" keep their fuller first mention."""
        head = _head(mention.text)
        if mention.type == "unnamed":
            return self._same_group(mention, head)
        for kin in (False, True):
            for at, holder, earlier in reversed(self.spoke[-1:] if kin else self.spoke):
                if mention.start - at > _FURTHEST_NOUN:
                    break
                if holder.name and self._can_be(holder, earlier, head, mention, kin):
                    return holder, 0.75
            for at, name in reversed(self.seen[-1:] if kin else self.seen):
                role = self.known[name].role if name in self.known else ""
                if mention.start - at <= _FURTHEST_NOUN and role and self._role_fits(role, head, kin):
                    return Holder(name, None, "person"), 0.6
        office = re.match(r"(?:[Tt]he )?((?:[A-Z][\w-]+ ?)+)$", mention.text)
        if office and head in self.grammar.words["titles"]:
            return Holder(office[1].strip(), None, "person"), 0.5  # a title written like a name: "the Prime Minister"
        return self._last_speaker(mention, head)

    def _last_speaker(self, mention: Mention, head: str) -> tuple[Holder, float] | None:
        """A person described anew ("the veteran diplomat") right after they spoke, if nothing speaks against it."""
        last = self.spoke[-1] if self.spoke else None
        if last is None or last[1].type != "person" or not last[1].name or mention.start - last[0] > _FURTHEST_NAME:
            return None
        role = self.known[last[1].name].role if last[1].name in self.known else ""
        human = self.grammar.is_one_of(head, "people")
        fits = not role or any(self.grammar.are_kin(head, word) for word in fold(role).split())
        return (last[1], 0.6) if human and fits and self._agrees(last[1].name, mention) else None

    def _can_be(self, holder: Holder, earlier: Mention, head: str, mention: Mention, kin: bool) -> bool:
        if holder.type == "person" and holder.name:
            role = self.known[holder.name].role if holder.name in self.known else earlier.role or ""
            return self._role_fits(role, head, kin) and self._agrees(holder.name, mention)
        words = fold(f"{holder.name} {earlier.text} {self._before(earlier)}").split()
        return holder.type in ("organisation", "media") and any(self._same(head, word, kin) for word in words)

    def _before(self, mention: Mention) -> str:
        """The words right before a mention: "the British newspaper The Gazette"."""
        return self.text[max(0, mention.start - 30) : mention.start].rpartition(".")[2]

    def _role_fits(self, role: str, head: str, kin: bool) -> bool:
        return any(self._same(head, word.strip("(),.;"), kin) for word in fold(role).split())

    def _same(self, head: str, word: str, kin: bool) -> bool:
        return self.grammar.are_kin(head, word) if kin else head == singular(word)

    def _same_group(self, mention: Mention, head: str) -> tuple[Holder, float] | None:
        """The first, fuller mention of a group that "the sources" or "the same officials" repeats."""
        words = fold(mention.text).split()
        if not words or words[0] not in ("the", "these", "those") or len([w for w in words[1:] if w != "same"]) > 1:
            return None
        for _, holder, earlier in self.spoke:
            if holder.type == "unnamed" and holder.mention and _head(earlier.text) == head and earlier.number == mention.number:
                return holder, 0.7
        return None

    def _know(self, name: str, type: HolderType, role: str = "", gender: Gender | None = None) -> None:
        old = self.known.get(name, Person(name, type))
        self.known[name] = replace(old, role=f"{old.role} {role}".strip(), gender=old.gender or gender)

    def _name_of(self, run: str) -> tuple[str, bool]:
        """The name in a run of capitalised words, without titles and what stands before them; and whether one did."""
        words = [word.removesuffix("’s").removesuffix("'s") for word in run.split()]
        lowers = [_key(word) for word in words]
        last_title = max((n for n, word in enumerate(lowers[:-1]) if word in self.grammar.words["titles"]), default=-1)
        words, lowers = words[last_title + 1 :], lowers[last_title + 1 :]
        while len(words) > 2 and self._is_place(lowers[0]):
            words, lowers = words[1:], lowers[1:]  # "President of Russia Mara Orlen"
        while words and (lowers[0] in _COMMON or lowers[0] in self.grammar.words["titles"] or is_common(words[0])):
            words, lowers = words[1:], lowers[1:]
        bad = not words or any(self.grammar.is_one_of(word, "bodies") for word in lowers)
        bad = bad or (len(words) == 1 and self._is_place(lowers[0])) or is_common(words[-1])
        bad = bad or lowers[-1] in self.grammar.words["times"] or (len(words) > 1 and all(w.isupper() for w in words))
        return ("", False) if bad else (" ".join(words), last_title >= 0)

    def _hangs(self, at: int) -> bool:
        """Whether a preposition or article stands before: places and things are named like that."""
        before = self.text[max(0, at - 12) : at].split()
        return bool(before) and before[-1].casefold() in ("in", "at", "of", "the", "from", "to", "on", "near", "into")

    def _follows_role(self, at: int) -> bool:
        before = self.text[max(0, at - 24) : at].split()
        return bool(before) and before[-1].islower() and self.grammar.is_one_of(before[-1], "people") \
            and not before[-1].endswith("s")

    def _is_place(self, key: str) -> bool:
        return any(w in self.grammar.words["states"] or w in self.grammar.words["capitals"] for w in key.split())


_COMMON = frozenset(
    """
    the a an in on at by for from of to and but or as if when while after before since although though however moreover
    meanwhile instead according earlier later yesterday today now then also even still only this that these those his
    her its their our my your he she it they we i you there here what who why how where which not no yes so yet thus
    """.split()
)


def _key(name: str) -> str:
    return fold(name).strip(".,'’")


def _fits(words: list[str], full: list[str]) -> bool:
    """Whether a name as written can be a full one: its words are the last ones, or all of them with some left out."""
    short, long = [_key(word) for word in words], [_key(word) for word in full]
    return short == long[-len(short) :]


def _head(text: str) -> str:
    """The head noun of a description, in the singular."""
    core = re.split(r"\s(?:of|in|at|from|for|with|who|which|published|familiar|close)\s", fold(text))[0]
    return singular(core.split()[-1]) if core.split() else ""


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in ("the", "a", "an") else name
