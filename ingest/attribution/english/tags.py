"""Parts of speech: the Penn tags of the words of a sentence, by TextBlob's lexicon and rules of
context.

After Brill 1992: each word first has its most frequent tag, then rules look at the tags and words
around it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ingest.attribution.english.grammar import Grammar

_BEYOND = ("STAART",) * 3  # what TextBlob's rules call a word or tag beyond the ends
_TAGS, _WORDS = 0, 1

# Where the two values of a rule must stand: in the tags or words, at one of these places beside the
# word.
_PLACES: Mapping[str, tuple[tuple[int, tuple[int, ...]], ...]] = {
    "prevtag": ((_TAGS, (-1,)),),
    "nexttag": ((_TAGS, (1,)),),
    "prev2tag": ((_TAGS, (-2,)),),
    "next2tag": ((_TAGS, (2,)),),
    "prev1or2tag": ((_TAGS, (-1, -2)),),
    "next1or2tag": ((_TAGS, (1, 2)),),
    "prev1or2or3tag": ((_TAGS, (-1, -2, -3)),),
    "next1or2or3tag": ((_TAGS, (1, 2, 3)),),
    "surroundtag": ((_TAGS, (-1,)), (_TAGS, (1,))),
    "curwd": ((_WORDS, (0,)),),
    "prevwd": ((_WORDS, (-1,)),),
    "nextwd": ((_WORDS, (1,)),),
    "prev1or2wd": ((_WORDS, (-1, -2)),),
    "next1or2wd": ((_WORDS, (1, 2)),),
    "wdprevtag": ((_TAGS, (-1,)), (_WORDS, (0,))),
    "wdnexttag": ((_WORDS, (0,)), (_TAGS, (1,))),
    "wdand2aft": ((_WORDS, (0,)), (_WORDS, (2,))),
    "wdand2tagbfr": ((_TAGS, (-2,)), (_WORDS, (0,))),
    "wdand2tagaft": ((_WORDS, (0,)), (_TAGS, (2,))),
    "lbigram": ((_WORDS, (-1,)), (_WORDS, (0,))),
    "rbigram": ((_WORDS, (0,)), (_WORDS, (1,))),
    "prevbigram": ((_TAGS, (-2,)), (_TAGS, (-1,))),
    "nextbigram": ((_TAGS, (1,)), (_TAGS, (2,))),
}
_NEAR = (
    *((_TAGS, place) for place in (-3, -2, -1, 1, 2, 3)),
    *((_WORDS, place) for place in (-2, -1, 0, 1, 2)),
)


class Rule(NamedTuple):
    """A rule of context: of those that hold the one with the highest `rank` gives the tag `to`.

    `also` is the second thing that must hold: tags or words, at which place, which value.
    """

    rank: int
    to: str
    also: tuple[int, int, str] | None


def read_tags(words: Sequence[str], grammar: Grammar) -> list[str]:
    """The Penn tags of words.

    The rules of context decide between noun and verb only: of names and function words the lexicon
    knows more.
    """
    first = [_tag_of(word, n == 0) for n, word in enumerate(words)]
    second = _in_context(words, first)
    tags = [_decided(n, *pair) for n, pair in enumerate(zip(words, first, second, strict=True))]
    tags = [
        likeliest
        if _becomes_verb(likeliest, tag) and not _may_be_verb(tags, words, n, grammar)
        else tag
        for n, (tag, likeliest) in enumerate(zip(tags, first, strict=True))
    ]
    return ["VB" if _is_infinitive(tags, second, n) else tag for n, tag in enumerate(tags)]


def is_common(word: str) -> bool:
    """Whether the lexicon knows a capitalised word as something else than a name: "Iranian",
    "Affairs".
    """
    tag = _textblob().lexicon.get(word) or ""
    return tag[:2] in ("JJ", "RB", "VB", "IN", "DT", "CD") or tag in ("NNPS", "NNS", "NN")


@cache
def _textblob() -> Any:
    from textblob import en

    return en


@lru_cache(maxsize=1 << 16)
def _tag_of(word: str, first: bool) -> str:
    """The most frequent tag of a word; the first of a sentence may be capitalised for that
    alone.
    """
    words = [word] if first else [".", word]
    tag: str = _textblob().parser.find_tags(words)[-1][1]
    return tag


def _in_context(words: Sequence[str], first: Sequence[str]) -> list[str]:
    """The tags of words as the rules of context change them, from left to right."""
    rules = _rules()
    rows = ([*_BEYOND, *first, *_BEYOND], [*_BEYOND, *words, *_BEYOND])
    for at in range(len(_BEYOND), len(first) + len(_BEYOND)):
        known = rules.get(rows[_TAGS][at]) or rules["*"]
        held = [
            rule
            for row, place in _NEAR
            for rule in known.get((row, place, rows[row][at + place]), ())
            if rule.also is None or rows[rule.also[0]][at + rule.also[1]] == rule.also[2]
        ]
        if held:
            rows[_TAGS][at] = max(held).to
    return rows[_TAGS][len(_BEYOND) : -len(_BEYOND)]


@cache
def _rules() -> Mapping[str, Mapping[tuple[int, int, str], tuple[Rule, ...]]]:
    """TextBlob's rules of context by the tag they change, and then by the first thing that must
    hold.
    """
    context = _textblob().lexicon.context
    context.apply([])  # they are read when they are used
    rules: dict[str, dict[tuple[int, int, str], tuple[Rule, ...]]] = defaultdict(dict)
    tags = {tag for tag, *_ in context}
    for rank, (changed, to, command, *values) in enumerate(context):
        places = _PLACES[command.lower()]
        also = (places[1][0], places[1][1][0], values[1]) if len(places) > 1 else None
        row, near = places[0]
        for tag in tags if changed == "*" else [changed]:
            for place in near:
                held = rules[tag].get((row, place, values[0]), ())
                rules[tag][(row, place, values[0])] = (*held, Rule(rank, to, also))
    return rules


def _is_infinitive(tags: Sequence[str], second: Sequence[str], n: int) -> bool:
    """Whether an adjective is a verb behind "to": "to open the gate", but not "to private
    banks".
    """
    if not 0 < n < len(tags) - 1 or tags[n] != "JJ" or tags[n - 1] != "TO":
        return False
    return second[n] == "VB" and tags[n + 1].startswith(("DT", "PRP", "IN"))


def _becomes_verb(first: str, second: str) -> bool:
    return first.startswith("NN") and second.startswith("VB")


def _may_be_verb(tags: Sequence[str], words: Sequence[str], n: int, grammar: Grammar) -> bool:
    """Whether the rules are believed that a noun is a verb: a cue, or behind a pronoun, "to" or a
    modal.
    """
    return words[n].casefold() in grammar.forms or (n > 0 and tags[n - 1] in ("PRP", "TO", "MD"))


def _decided(n: int, word: str, first: str, second: str) -> str:
    """The tag of a word: by its capitals, by the context between noun and verb, else by the
    lexicon.
    """
    capitals = word.isupper() and len(word) > 1
    if word[0].isupper() and first in ("NN", "JJ", "VBN", "NNS") and (n or capitals):
        return "NNP" if first != "JJ" or word.isupper() else first
    if first == "NNP" or (capitals and first.startswith(("PRP", "W"))):
        return "NNP"  # "US" and "WHO" are no pronouns
    return second if {first[:2], second[:2]} == {"NN", "VB"} and second != "NNP" else first
