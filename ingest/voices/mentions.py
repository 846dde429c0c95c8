"""What a noun phrase says of a holder: a name, a role, a kind; or that it can be nobody."""

from __future__ import annotations

import re
from dataclasses import replace

from ingest.voices.attribution import Gender, Mention, Number
from ingest.voices.grammar import Grammar
from ingest.voices.phrases import Phrase
from ingest.voices.tokens import Sentence, Token
from vectorstore.records import HolderType

_PARTICLES = frozenset("al el bin ibn bint von van de da di du la le ter abu ben of the der".split())
_PLURAL_HEADS = frozenset("people police media others many some few several most both youth".split())
_INDEFINITE = frozenset(
    "a an some many several few various another other one two three most numerous certain any".split()
)
_PARTITIVE = frozenset("one two three some many most several few both number group majority none all".split())
_AGENT = re.compile(r"(?:[a-z]{3}(?:er|or|ist|ian|eer|ess|man|woman)|[a-z]{4}(?:ant|ee))$")  # who does something
_ADDRESSES = frozenset("mr mrs ms miss dr prof".split())


def read_mention(s: Sentence, phrase: Phrase, grammar: Grammar) -> Mention | None:
    """The holder that a phrase can stand for; None where it can stand for nobody who says anything."""
    start, end = _trimmed(s, phrase.start, phrase.end, grammar)
    if start >= end:
        return None
    if end - start == 1 and s.kinds[start] in "rwdt":
        return _pronoun(s.tokens[start], grammar)
    core = _core_end(s, start, end)
    head = s.tokens[core - 1]
    if phrase.aside and s.kinds[core - 1] == "n" and not phrase.many and (named := _name_aside(s, phrase, core, grammar)):
        return named
    if phrase.many:
        return _several(s, start, end, grammar)
    if s.kinds[core - 1] == "p":
        return _named(s, start, core, end, phrase, grammar)
    return _nominal(s, start, core, end, head, grammar)


def _name_aside(s: Sentence, phrase: Phrase, core: int, grammar: Grammar) -> Mention | None:
    """The holder whose name stands between commas behind a description: "its lead delegate, Siv Karreda, said"."""
    assert phrase.aside is not None
    start, end = phrase.aside
    if not re.fullmatch(r"j*p+(?:cp+)*", s.kinds[start:end]) or grammar.is_one_of(s.tokens[core - 1].lower, "abstract"):
        return None
    named = _named(s, start, end, end, Phrase(start, end), grammar)
    if named is None or named.name is None:
        return None
    described = _without_article(_text(s, phrase.start, core))
    kind: HolderType | None = "media" if grammar.is_one_of(s.tokens[core - 1].lower, "media") else named.type
    if grammar.is_one_of(s.tokens[core - 1].lower, "bodies") and kind == "person":
        kind = "organisation"
    return replace(named, role=", ".join(filter(None, (described, named.role))), type=kind or "person")


def _trimmed(s: Sentence, start: int, end: int, grammar: Grammar) -> tuple[int, int]:
    """A phrase without a leading adverb or time ("Monday", "last week")."""
    while start < end - 1 and (s.kinds[start] == "a" or s.lower(start) in grammar.words["times"]):
        start += 1
    return start, end


def _core_end(s: Sentence, start: int, end: int) -> int:
    """Where the head of a phrase ends: before what hangs on it, but behind "one of"."""
    at = start
    while at < end and not (s.kinds[at] == "i" or (s.kinds[at] in "vgwj" and at > start and s.kinds[at - 1] in "np"
                                                   and (s.kinds[at] != "j" or s.kind(at + 1) == "i"))):  # fmt: skip
        at += 1
    if s.lower(at) == "of" and at < end and s.lower(at - 1) in _PARTITIVE:
        return _core_end(s, at + 1, end)
    return max(at, start + 1)


def _pronoun(token: Token, grammar: Grammar) -> Mention | None:
    number: Number | None = None
    gender: Gender | None = None
    if token.lower in grammar.words["pronouns_one"]:
        number, gender = "one", "he" if token.lower == "he" else "she"
    elif token.lower in grammar.words["pronouns_many"]:
        number = "many"
    elif token.lower in _PLURAL_HEADS or token.lower in ("someone", "somebody", "another", "everyone", "everybody"):
        return Mention(token.start, token.end, token.text, "noun", type="unnamed", number="many")
    elif token.lower not in grammar.words["pronouns_thing"]:
        return None
    return Mention(token.start, token.end, token.text, "pronoun", number=number, gender=gender)


def _several(s: Sentence, start: int, end: int, grammar: Grammar) -> Mention | None:
    """Two coordinated phrases: by name when both are names, else a group."""
    heads = [s.tokens[n] for n in range(start, end) if s.kinds[n] in "npr" and (n + 1 == end or s.kinds[n + 1] in "ci")]
    if not heads or any(head.lower in grammar.words["nobody"] for head in heads):
        return None
    words = _text(s, start, end)
    if all(s.kinds[n] in "pjcdn" and (s.kinds[n] != "n" or _is_title(s.tokens[n], grammar)) for n in range(start, end)):
        return _mention(s, start, end, "name", name=_without_article(words), type="organisation", number="many")
    if not any(_stands_for_people(head, grammar) for head in heads):
        return None
    if any(head.kind == "p" or grammar.is_one_of(head.lower, "bodies") for head in heads):
        return _mention(s, start, end, "name", name=_without_article(words), type="organisation", number="many")
    return _mention(s, start, end, "noun", type="unnamed", number="many")


def _stands_for_people(head: Token, grammar: Grammar) -> bool:
    known = any(grammar.is_one_of(head.lower, name) for name in ("people", "bodies", "media", "documents"))
    return known or head.kind == "p"


def _named(s: Sentence, start: int, core: int, end: int, phrase: Phrase, grammar: Grammar) -> Mention | None:
    """A phrase whose head is a proper name: a person with role and titles, a body, a place."""
    first = core
    while first > start and (s.kinds[first - 1] == "p" or s.lower(first - 1) in _PARTICLES and first - 1 > start):
        first -= 1
    while s.lower(first) in _PARTICLES and s.lower(first) in ("of", "the") and first < core - 1:
        first += 1
    named = max((n + 1 for n in range(first, core - 1) if _is_title(s.tokens[n], grammar)), default=first)
    if _is_title(s.tokens[named], grammar) and named == core - 1:
        return _nominal(s, start, core, end, s.tokens[named], grammar)
    words = [token.lower for token in s.tokens[named:core]]
    if s.tokens[core - 1].tag == "NNPS" or (
        named > start and s.lower(named - 1) in _INDEFINITE and words[-1].endswith("s")
    ):
        return _people_of(s, start, core, grammar)
    titled = named > first or (first > start and _is_role(s.tokens[first - 1], grammar))
    kind = _name_type(s, start, named, core, words, titled, grammar)
    if kind == "organisation" or kind == "media":
        name = _body_name(s, first if before_body(s, start, first) else start, core, end, grammar)
    else:
        name = _text(s, named, core)
    if name.casefold() in grammar.words["times"] or name.casefold() in grammar.words["nobody"]:
        return None
    role = _role(s, start, named, phrase) if kind != "organisation" else None
    many: Number = "many" if kind == "organisation" and words[-1].endswith("s") else "one"
    gender = _gender(s.tokens[start:named], grammar)
    return _mention(s, start, end if kind == "organisation" else core, "name", name=name, role=role, type=kind,
                    number=many, gender=gender)  # fmt: skip


def before_body(s: Sentence, start: int, first: int) -> bool:
    """Whether other words than an article and adjectives stand before the name of a body."""
    return any(s.kinds[n] not in "dj" for n in range(start, first))


def _people_of(s: Sentence, start: int, core: int, grammar: Grammar) -> Mention:
    """ "the Turks" stand for a people; "some Turks" are nobody in particular."""
    if indefinite_people({token.lower for token in s.tokens[start:core]}):
        return _mention(s, start, core, "noun", type="unnamed", number="many")
    name = _without_article(_text(s, start, core))
    return _mention(s, start, core, "name", name=name, type="organisation", number="many")


def _name_type(
    s: Sentence, start: int, named: int, core: int, words: list[str], titled: bool, grammar: Grammar
) -> HolderType | None:
    before = s.lower(named - 1) if named > start else ""
    if grammar.is_one_of(words[-1], "media") or any(grammar.is_one_of(s.lower(n), "media") for n in (named - 1, start - 1)):
        return "media"
    if any(grammar.is_one_of(word, "bodies") for word in words):
        return "organisation"
    if titled:
        return "person"
    place = any(word in grammar.words["states"] or word in grammar.words["capitals"] for word in words)
    text = s.tokens[core - 1].text
    plural = (
        text.endswith("s")
        and len(words) == 1
        and s.lower(named - 1) in ("the", "these", "many", "most")
        and named > start
    )
    if place or plural or (text.isupper() and len(text) > 1) or (before == "the" and len(words) > 1):
        return "organisation"
    return "person" if len(words) > 1 else None


def _body_name(s: Sentence, first: int, core: int, end: int, grammar: Grammar) -> str:
    """The name of a body with the "of" that belongs to it: "Health Ministry of Armenia"."""
    at = core
    while at < end - 1 and s.lower(at) in ("of", "for") and s.kinds[at + 1] in "pdjn":
        at += 1
        while at < end and s.kinds[at] in "pdjnk":
            at += 1
    return _without_article(_text(s, first, at))


def _nominal(s: Sentence, start: int, core: int, end: int, head: Token, grammar: Grammar) -> Mention | None:
    """A phrase whose head is a common noun: a group, a body, a paper, or somebody named elsewhere."""
    if head.lower in ("us", "you", "me"):
        return None
    modifiers = [token for token in s.tokens[start : core - 1] if token.kind in "jpng"]
    lowers = {token.lower for token in s.tokens[start:core]}
    indefinite = bool(lowers & _INDEFINITE) or s.kinds[start] != "d"
    many = _is_many(head) or bool(lowers & _PARTITIVE - {"all"})
    number: Number = "many" if many else "one"
    of_media = any(grammar.is_one_of(token.lower, "media") for token in modifiers)
    if grammar.is_one_of(head.lower, "documents"):
        return _paper(s, start, core, end, modifiers, of_media, number, grammar)
    if grammar.is_one_of(head.lower, "media") and head.lower not in ("reports",):
        if not modifiers and not indefinite:
            return _mention(s, start, core, "noun", type="media", number=number)
        return _mention(
            s, start, core, "name", name=_without_article(_text(s, start, core)), type="media", number=number
        )
    official = (
        head.lower in grammar.words["officials"]
        and any(m.kind in "jp" for m in modifiers)
        and not indefinite_people(lowers)
    )
    if official or grammar.is_one_of(head.lower, "bodies"):
        if not modifiers and end == core and head.lower not in grammar.words["capitals"]:
            return _mention(s, start, core, "noun", type=None if number == "one" else "unnamed", number=number)
        name = _without_article(_body_name(s, start, core, end, grammar))
        return _mention(s, start, end, "name", name=name, type="organisation", number=number)
    if grammar.is_one_of(head.lower, "abstract"):
        return None
    if not grammar.is_one_of(head.lower, "people") and not _is_title(head, grammar):
        return _unlisted(s, start, core, end, number, indefinite, modifiers)
    gender = _gender(s.tokens[start:core], grammar)
    kind: HolderType | None = "unnamed" if many or indefinite or head.lower.startswith("source") else None
    return _mention(s, start, end, "noun", type=kind, number=number, gender=gender, role=_text(s, start, core))


def _unlisted(
    s: Sentence, start: int, core: int, end: int, number: Number, indefinite: bool, modifiers: list[Token]
) -> Mention | None:
    """A head that no table knows: several are people ("shipowners"), one with a name's modifier is a body."""
    if number == "many":
        return _mention(s, start, end, "noun", type="unnamed", number="many")
    if any(token.kind == "p" for token in modifiers) and not indefinite or "k" in s.kinds[start:core]:
        return _mention(s, start, core, "name", name=_without_article(_text(s, start, core)), type="organisation", number="one")
    agent = _AGENT.search(s.lower(core - 1)) is not None
    return _mention(s, start, core, "noun", type="unnamed" if indefinite else None, number="one") if agent else None


def indefinite_people(lowers: set[str]) -> bool:
    """Whether a phrase picks some out of a group: "some", "several" ..."""
    return bool(lowers & (_INDEFINITE - {"other", "the"}))


def _paper(
    s: Sentence,
    start: int,
    core: int,
    end: int,
    modifiers: list[Token],
    of_media: bool,
    number: Number,
    grammar: Grammar,
) -> Mention | None:
    """A report, a census, information: a body's when it has a name or a year, the media's, or nobody's."""
    by = next((n for n in range(core, end) if s.lower(n) in ("by", "from") and s.kind(n + 1) in "dp"), None)
    if by is not None and (author := read_mention(s, Phrase(by + 1, end), grammar)) is not None and author.name:
        return author
    if of_media:
        return _mention(
            s, start, core, "name", name=_without_article(_text(s, start, core)), type="media", number=number
        )
    if s.kinds[start] == "d" and any(token.kind == "p" or token.tag == "CD" for token in modifiers):
        name = _without_article(_text(s, start, core))
        return _mention(s, start, core, "name", name=name, type="organisation", number=number)
    return _mention(s, start, end, "noun", type="unnamed", number=number)


def _is_many(head: Token) -> bool:
    return head.tag in ("NNS", "NNPS") or head.lower in _PLURAL_HEADS


def _is_title(token: Token, grammar: Grammar) -> bool:
    return token.lower.rstrip(".") in grammar.words["titles"]


def _is_role(token: Token, grammar: Grammar) -> bool:
    return token.kind in "npj" and (
        _is_title(token, grammar) or (grammar.is_one_of(token.lower, "people") and token.tag != "NNS")
    )


def _role(s: Sentence, start: int, named: int, phrase: Phrase) -> str | None:
    before = _without_article(_text(s, start, named)) if named > start else ""
    aside = _text(s, *phrase.aside) if phrase.aside and s.kind(phrase.aside[0]) in "dnpj" else ""
    before = "" if before.casefold().rstrip(".") in _ADDRESSES else before
    return ", ".join(part for part in (before, aside) if part) or None


def _gender(tokens: tuple[Token, ...], grammar: Grammar) -> Gender | None:
    for token in tokens:
        if token.lower.rstrip(".") in grammar.words["she"]:
            return "she"
        if token.lower.rstrip(".") in grammar.words["he"]:
            return "he"
    return None


def _text(s: Sentence, start: int, end: int) -> str:
    """Tokens as they stand in a line, with what is left out between them as one space."""
    parts: list[str] = []
    for token in s.tokens[start:end]:
        glued = token.kind in "k,.;:" or token.text.startswith(("’", "'"))
        parts.append(token.text if glued or not parts else f" {token.text}")
    return "".join(parts)


def _without_article(name: str) -> str:
    first, _, rest = name.partition(" ")
    return rest if rest and first.casefold() in ("the", "a", "an") else name


def _mention(
    s: Sentence,
    start: int,
    end: int,
    kind: str,
    *,
    name: str | None = None,
    role: str | None = None,
    type: HolderType | None = None,
    number: Number | None = None,
    gender: Gender | None = None,
) -> Mention:
    first, last = s.tokens[start], s.tokens[end - 1]
    return Mention(first.start, last.end, _text(s, start, end), "name" if kind == "name" else "noun",
                   name, role, type, number, gender)  # fmt: skip
