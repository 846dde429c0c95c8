"""Whom "he", "she", "they" and "it" mean.

After Hobbs 1978 and Lappin & Leass 1994 the candidates are weighed by recency and role, with the
last speaker first.
"""

from __future__ import annotations

from ingest.attribution.discourse import Discourse, Speaking
from ingest.attribution.name_register import NameRegister
from ingest.attribution.spans import Mention
from vectorstore.language.normalise import fold
from vectorstore.records import Holder

_ANY = frozenset("a an my our one another".split())
_FURTHEST_SPEAKER = 1500  # characters back to whom "he" can mean without another person between
_FURTHEST_NAME = 700
_FURTHEST_NAMELESS = 3000  # longer than any two sentences
_OPENING = 40  # characters into a sentence within which its subject begins

Found = tuple[Holder, float]  # whom a mention stands for, and how surely


def read_pronoun(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    """The holder a pronoun means; None where that is unclear."""
    if mention.gender or mention.number == "one":
        return _person(mention, scene, names)
    return _body(mention, scene, many=mention.number == "many")


def _person(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    """The person a "he" or "she" means: the last speaker unless others were named since; else the
    only one near.
    """
    if _is_nameless(mention, scene, names):
        return None
    holder = (
        _in_sentence(mention, scene, names)
        or _last_speaker(mention, scene, names)
        or _only_one(mention, scene, names)
        or _subject(mention, scene, names)
    )
    if holder is not None and holder[0].name and holder[1] > 0.5:
        names.know(holder[0].name, gender=mention.gender)
    return holder


def _is_nameless(mention: Mention, scene: Discourse, names: NameRegister) -> bool:
    """Whether somebody without a name stands closer than any name: "My father drove a bus, and he
    used to say".
    """
    named = [at + 1 for at, _ in scene.places_in(scene.before, mention.start)[-1:]]
    since = max([scene.before, mention.start - _FURTHEST_NAMELESS, *named])
    words = fold(names.text[since : mention.start]).split()
    people = names.grammar.words["he"] | names.grammar.words["she"]
    return any(
        word in _ANY and any(near.strip(",.;") in people for near in words[n + 1 : n + 4])
        for n, word in enumerate(words)
    )


def _in_sentence(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    """The one person whom this sentence has named in full before, and not only as somebody's."""
    here = {
        name
        for at, name in scene.places_in(scene.sentence, mention.start)
        if name in names.people
        and names.can_be(name, mention.gender)
        and not _is_owner(at, name, names)
        and (" " not in name or names.text.startswith(name, at))
    }
    return (Holder(here.pop(), None, "person"), 0.75) if len(here) == 1 else None


def _is_owner(at: int, name: str, names: NameRegister) -> bool:
    """Whether a name stands only for whose something is: "Orlen's house"."""
    after = names.text[at : at + len(name) + _OPENING].partition(name.split()[-1])[2]
    return after.startswith(("’s", "'s"))


def _last_speaker(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    spoken = scene.speakers(mention.start, _FURTHEST_SPEAKER)
    last = next((heard for heard in spoken if heard.holder.type == "person"), None)
    if last is None or not last.holder.name or not names.can_be(last.holder.name, mention.gender):
        return None
    between = set(scene.names_in(last.at + 1, mention.start)) & names.people.keys() - {
        last.holder.name
    }
    if not any(names.can_be(name, mention.gender) for name in between):
        return last.holder, 0.85
    return (last.holder, 0.6) if _is_next(last, mention, names.text) else None


def _is_next(last: Speaking, mention: Mention, text: str) -> bool:
    """Whether two places are in one paragraph with hardly a sentence between them."""
    return mention.start - last.at < _FURTHEST_NAME and "\n" not in text[last.at : mention.start]


def _only_one(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    """The only person named in this sentence, or near."""
    here = {name for name in scene.names_in(scene.sentence, mention.start) if name in names.people}
    near = scene.names_in(mention.start - _FURTHEST_NAME, mention.start)
    known = {name for name in near if name in names.people}
    for group, sure in ((here, 0.65), (known, 0.65), (set(near), 0.55)):
        fitting = [name for name in group if names.can_be(name, mention.gender)]
        if len(fitting) == 1:
            return Holder(fitting[0], None, "person"), sure
    return None


def _subject(mention: Mention, scene: Discourse, names: NameRegister) -> Found | None:
    """The person whose name opens the sentence before, in the same paragraph."""
    at, name = next(iter(scene.places_in(scene.before, scene.sentence)), (0, ""))
    if not name or not names.can_be(name, mention.gender):
        return None
    if at - scene.before >= _OPENING or "\n" in names.text[at : mention.start]:
        return None
    return None if _is_owner(at, name, names) else (Holder(name, None, "person"), 0.5)


def _body(mention: Mention, scene: Discourse, many: bool) -> Found | None:
    """The group ("they") or body ("it") that spoke last, close before."""
    for _, holder, earlier in scene.heard(mention.start, _FURTHEST_NAME):
        several = earlier.number == "many"
        if several if many else holder.type in ("organisation", "media") and not several:
            return holder, 0.7
    return None
