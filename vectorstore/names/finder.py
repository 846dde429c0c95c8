"""Which known holders a text names: a question, in English or Arabic."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vectorstore.language.normalise import visible
from vectorstore.language.word_lists import ARTICLES, STOP_WORDS
from vectorstore.names.cluster_people import alike_alone
from vectorstore.names.name_words import NO_GIVEN_NAMES, SPELLINGS
from vectorstore.names.organisation import body_words, is_acronym, plain_acronym
from vectorstore.names.person import PersonName, read_person, same_given
from vectorstore.names.skeletons import alike, fold_word, is_arabic, skeletons, without_article

_WORD = re.compile(r"[^\W_]+(?:['’ʼ‘][^\W_]+)*|&")
_JOINED = re.compile(r"[^\W_]+(?:[-'’ʼ‘][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’ʼ‘]s$")
_CLITICS = "وفبلك"
_LEAST_CONSONANTS = 3
_MOST_GIVEN = 3


@dataclass(frozen=True)
class KnownHolder:
    """A holder to look for: the name to show, and all names it goes by."""

    name: str
    person: bool
    spellings: tuple[str, ...]


@dataclass(frozen=True)
class HolderMatch:
    start: int
    end: int
    name: str


@dataclass(frozen=True)
class NamePhrase:
    """The words of a body's name, or of a description. An acronym is only named in capitals: WHO is
    not who.
    """

    words: tuple[str, ...]
    name: str
    acronym: bool


@dataclass(frozen=True)
class Bearer:
    """A person whose name has the word `at` which the person is looked for by."""

    name: str
    person: PersonName
    at: int

    @property
    def word(self) -> str:
        return self.person.words[self.at]

    @property
    def others(self) -> tuple[str, ...]:
        """The words that may stand before this one."""
        words = self.person.words
        return words[: self.at] + (words[self.at + 1 :] if self.person.family_first else ())

    @property
    def alone(self) -> bool:
        """Whether the person may be called by this word alone."""
        return self.word in self.person.surnames


@dataclass(frozen=True)
class NameToken:
    """A word of the text; `before` are the words that lead up to it with nothing but spaces
    between.
    """

    start: int
    end: int
    text: str
    before: tuple[NameToken, ...] = ()

    @property
    def forms(self) -> tuple[str, ...]:
        """The word as it stands, then without what Arabic writes together with it."""
        word = _POSSESSIVE.sub("", self.text)
        if not is_arabic(word):
            return (word,)
        bare = [word[1:]] if word[0] in _CLITICS and len(word) > 3 else []
        cut = [word.removeprefix(article) for article in ARTICLES if word.startswith(article)]
        return tuple(dict.fromkeys([word, *(form for form in cut + bare if len(form) > 2)]))


class HolderFinder:
    """Finds holders in a text. What could be two of them is neither."""

    def __init__(self, holders: Iterable[KnownHolder]) -> None:
        self._phrases = defaultdict[str, dict[NamePhrase, None]](dict)
        self._bearers = defaultdict[str, dict[Bearer, None]](dict)
        for holder in holders:
            for spelling in holder.spellings:
                self._learn(holder, spelling)

    def named_in(self, text: str) -> tuple[str, ...]:
        """The names to show of all holders that the text names, in the order of their
        appearance.
        """
        seen = visible(text)
        lower = not any(char.isupper() for char in seen[1:])
        matches: list[HolderMatch] = []
        for match in sorted(
            [*self._bodies(seen, lower), *self._people(seen, lower)], key=_longest_first
        ):
            if all(match.end <= other.start or other.end <= match.start for other in matches):
                matches.append(match)
        return tuple(
            dict.fromkeys(match.name for match in sorted(matches, key=lambda match: match.start))
        )

    def _learn(self, holder: KnownHolder, spelling: str) -> None:
        person = read_person(spelling)
        if not holder.person or person.described or _office(person):
            words = (plain_acronym(spelling),) if is_acronym(spelling) else body_words(spelling)
            if len(words) > 1 or not holder.person:
                self._phrases[words[0]][NamePhrase(words, holder.name, is_acronym(spelling))] = None
            return
        for at, word in enumerate(person.words):
            bearer = Bearer(holder.name, person, at)
            for skeleton in skeletons(word) if at or bearer.alone else ():
                self._bearers[skeleton][bearer] = None

    def _bodies(self, text: str, lower: bool) -> Iterator[HolderMatch]:
        words = [NameToken(*match.span(), match.group()) for match in _WORD.finditer(text)]
        forms = [
            {SPELLINGS.get(fold_word(form), fold_word(form)) for form in word.forms}
            for word in words
        ]
        for at, word in enumerate(words):
            for phrase in (phrase for form in forms[at] for phrase in self._phrases.get(form, ())):
                end = at + len(phrase.words)
                whole = end <= len(words) and all(
                    a in b for a, b in zip(phrase.words, forms[at:end], strict=True)
                )
                if whole and (len(phrase.words) > 1 or _is_name(word, lower, phrase.acronym)):
                    yield HolderMatch(word.start, words[end - 1].end, phrase.name)

    def _people(self, text: str, lower: bool) -> Iterator[HolderMatch]:
        for token in _tokens(text):
            for form in token.forms:
                if match := self._called(token, form, lower):
                    yield match
                    break

    def _called(self, token: NameToken, form: str, lower: bool) -> HolderMatch | None:
        """The one person whom a word, with the words before it, can name."""
        near = dict.fromkeys(
            b for skeleton in skeletons(form) for b in self._bearers.get(skeleton, ())
        )
        agreed = {
            bearer: _agreed(token, bearer)
            for bearer in near
            if alike(form, bearer.word, loose=True)
        }
        most = max(map(len, agreed.values()), default=0)
        if most:
            names = _closest(
                [bearer for bearer, given in agreed.items() if len(given) == most], form
            )
            start = min(
                word.start for given in agreed.values() if len(given) == most for word in given
            )
            return HolderMatch(start, token.end, names[0]) if len(names) == 1 else None
        if not _is_name(token, lower):
            return None
        others = {bearer.name for bearer in near if bearer.others} if _another(token) else set()
        alone = [
            bearer
            for bearer in near
            if bearer.alone and bearer.name not in others and _alone(form, bearer)
        ]
        names = _closest(alone, form)
        return HolderMatch(token.start, token.end, names[0]) if len(names) == 1 else None


def _tokens(text: str) -> Iterator[NameToken]:
    before: tuple[NameToken, ...] = ()
    for match in _JOINED.finditer(text):
        gap = text[before[-1].end : match.start()] if before else ""
        before = before[-_MOST_GIVEN:] if re.fullmatch(r"\.?\s+", gap) else ()
        token = NameToken(*match.span(), match.group(), before)
        yield token
        before = (*before, NameToken(*match.span(), match.group()))


def _agreed(token: NameToken, bearer: Bearer) -> list[NameToken]:
    """The words before a surname that are given names of its bearer."""
    return [
        word
        for word in token.before
        if any(
            same_given(without_article(form).casefold(), other)
            for form in word.forms
            for other in bearer.others
        )
    ]


def _alone(form: str, bearer: Bearer) -> bool:
    if fold_word(without_article(form)) == fold_word(bearer.word):
        return True
    enough = max(map(len, skeletons(form) & skeletons(bearer.word)), default=0) >= _LEAST_CONSONANTS
    return enough and alike_alone(form, bearer.word)


def _closest(bearers: Sequence[Bearer], form: str) -> list[str]:
    """The holders among these bearers: those who write the word just so, if there are any."""
    exact = [
        bearer for bearer in bearers if fold_word(bearer.word) == fold_word(without_article(form))
    ]
    return list(dict.fromkeys(bearer.name for bearer in exact or bearers))


def _is_name(word: NameToken, lower: bool, acronym: bool = False) -> bool:
    """Whether a word by itself is written as a name: with a capital, unless the whole text has
    none.
    """
    if is_arabic(word.text):
        return fold_word(word.text) not in STOP_WORDS
    if acronym and not lower:
        return word.text.isupper()
    return fold_word(word.text) not in STOP_WORDS and (
        lower or without_article(word.text)[0].isupper()
    )


def _office(person: PersonName) -> bool:
    """Whether this is likelier an office with an adjective than a title with a surname: Arabic
    writes them alike.
    """
    return person.bare and person.titled and is_arabic(person.words[0])


def _another(token: NameToken) -> bool:
    """Whether a capitalised word before a surname makes it somebody else's than of those with other
    given names.
    """
    word = token.before[-1].text if token.before else ""
    return (
        word[:1].isupper()
        and fold_word(word) not in NO_GIVEN_NAMES
        and not _POSSESSIVE.search(word)
    )


def _longest_first(match: HolderMatch) -> tuple[int, int, str]:
    return (match.start - match.end, match.start, match.name)
