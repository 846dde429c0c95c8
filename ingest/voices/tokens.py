"""Words of a sentence with their classes, as the patterns of a grammar read them.

Parts of speech come from TextBlob's lexicon (after Brill 1992: the most frequent tag of a word, then contextual rules).
Each token has one letter for its class, so that a sentence is also a short string:

    p proper name   n noun or number   r pronoun   d determiner   j adjective   k 's
    v verb          b be, have, do     m modal     g -ing form    a adverb      o to
    i preposition   t that             w who, what, how           s subordinator
    c and, or, but  Q a quotation      , ; : - ( ) . punctuation  x anything else
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from ingest.voices.grammar import Grammar
from vectorstore.records import Span

MASK = "\ufffc"  # stands for each character of a quotation that the grammar reads as one token

_TOKEN = re.compile(
    rf"(?P<quotation>{MASK}+)|(?:[^\W\d_]\.){{2,}}|\d+(?:[-‑][^\W\d_]+)+|\d[\d.,]*\d|\d"
    r"|(?P<clitic>[’'](?:s|m|re|ve|d|ll)\b)"
    r"|[^\W\d_](?:(?![’'](?:s|m|re|ve|d|ll)\b)[’'&](?=\w)|\w|[-‑](?=\w))*|…|\.{2,}|[^\s\w]"
)
_QUOTES = frozenset("“”\"„‟«»‹›‘’'`")
_BE = frozenset("is are was were be been being am isn't aren't wasn't weren't 's 're 'm".split())
_QUANTIFIERS = frozenset("most many several few some".split())
_PERSONS = frozenset("someone somebody anyone anybody everyone everybody nobody".split())
_REFLEXIVES = frozenset("himself herself itself themselves".split())
_HAVE_DO = frozenset("has have had do does did 've hasn't haven't hadn't don't doesn't didn't".split())
_PUNCTUATION = {",": ",", ";": ";", ":": ":", "–": "-", "—": "-", "-": "-", "(": "(", ")": ")", "[": "(", "]": ")"}
_PLURAL_ALONE = frozenset(
    "some many few several others most those these both people police media all we you they".split()
)
_CLASSES = (
    ("NNP", "p"), ("NN", "n"), ("CD", "n"), ("PRP$", "d"), ("PRP", "r"), ("EX", "r"), ("DT", "d"), ("PDT", "d"),
    ("VBG", "g"), ("VB", "v"), ("MD", "m"), ("JJ", "j"), ("RB", "a"), ("RP", "a"), ("WP$", "w"), ("W", "w"),
    ("TO", "o"), ("CC", "c"), ("IN", "i"), ("POS", "k"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Token:
    """A word, mark or masked quotation, `text[start:end]`; `lower` is its comparable form, `kind` its class letter."""

    start: int
    end: int
    text: str
    lower: str
    kind: str
    tag: str
    quoted: bool = False  # a mark stands right before it


@dataclass(frozen=True)
class Sentence:
    """The tokens of a sentence, and their classes as one string."""

    tokens: tuple[Token, ...]
    kinds: str

    def __len__(self) -> int:
        return len(self.tokens)

    def lower(self, at: int) -> str:
        """The comparable form of a token; empty beyond the ends."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """The class of a token; a full stop beyond the ends."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else "."

    @property
    def span(self) -> Span:
        return (self.tokens[0].start, self.tokens[-1].end)


def read_sentence(masked: str, start: int, end: int, grammar: Grammar) -> Sentence:
    """The tokens of `masked[start:end]`; marks around words that are not masked are left out."""
    found = [m for m in _TOKEN.finditer(masked, start, end) if m.group() not in _QUOTES]
    found = [m for m in found[:-1] if m.group() != "."] + found[-1:]  # a full stop inside belongs to an abbreviation
    tags = _tags([m.group() for m in found], grammar)
    tokens = tuple(
        Token(
            m.start(), m.end(), m.group(), lower, _kind(m, lower, tag, grammar), tag, masked[m.start() - 1] in _QUOTES
        )
        for m, tag in zip(found, tags, strict=True)
        for lower in (m.group().casefold().replace("’", "'"),)
    )
    tokens = tuple(_as_noun(tokens, n) for n in range(len(tokens)))
    return Sentence(tokens, "".join(token.kind for token in tokens))


def _as_noun(tokens: Sequence[Token], n: int) -> Token:
    """A token tagged as a plural or bare verb is a noun behind a singular one: "a media campaign"."""
    token, before = tokens[n], tokens[n - 1] if n else None
    bare = token.tag in ("VB", "VBP") and token.kind == "v"
    if not bare or before is None or before.lower in _PLURAL_ALONE:
        return token
    single = n > 1 and tokens[n - 2].lower in ("a", "an")
    if before.tag not in ("NN", "JJ", "DT") and not single:
        return token
    if not single and any(other.kind in "mob" for other in tokens[max(0, n - 5) : n]):
        return token
    return replace(token, kind="n", tag="NN")


def _kind(found: re.Match[str], lower: str, tag: str, grammar: Grammar) -> str:
    word = found.group()
    if found["quotation"]:
        return "Q"
    if lower == "'s":
        return "b" if tag.startswith("V") else "k"
    if not word[0].isalnum() and not found["clitic"]:
        return _PUNCTUATION.get(word, "." if word in ".!?…" else "x")
    if lower == "that":
        return "t"
    if lower in _PERSONS:
        return "r"
    if lower in _REFLEXIVES:
        return "a"
    if lower == "having":
        return "g"
    if lower in _BE or lower in _HAVE_DO:
        return "b"
    if lower in grammar.words["adverbs"]:
        return "a"
    if lower in grammar.words["subordinators"] and tag != "NN":
        return "s"
    if lower in _QUANTIFIERS:
        return "d"
    if tag == "JJ" and grammar.is_one_of(lower, "people"):
        return "n"
    return next((kind for prefix, kind in _CLASSES if tag.startswith(prefix)), "x")


def is_be(token: Token) -> bool:
    """Whether a token is a form of "to be", which makes a passive of the participle after it."""
    return token.lower in _BE


@cache
def _tagger() -> tuple[Any, Any]:
    from textblob.en import lexicon, parser

    return parser, lexicon.context


def is_common(word: str) -> bool:
    """Whether the lexicon knows a capitalised word as something else than a name: "Iranian", "Affairs"."""
    tag = _tagger()[0].lexicon.get(word) or ""
    return tag[:2] in ("JJ", "RB", "VB", "IN", "DT", "CD") or tag in ("NNPS", "NNS", "NN")


def _tags(words: Sequence[str], grammar: Grammar) -> list[str]:
    """The Penn tags of words.

    The contextual rules decide between noun and verb only: of names and function words the lexicon knows more.
    """
    parser, context = _tagger()
    plain = [word.replace("’", "'") for word in words]
    first = parser.find_tags(plain)
    second = context.apply([list(pair) for pair in first])
    told = [
        _tag(n, word, one, two) for n, (word, (_, one), (_, two)) in enumerate(zip(plain, first, second, strict=True))
    ]
    return [
        one if _becomes_verb(one, tag) and not _may_be_verb(told, plain, n, grammar) else tag
        for n, (tag, (_, one)) in enumerate(zip(told, first, strict=True))
    ]


def _becomes_verb(one: str, two: str) -> bool:
    return one.startswith("NN") and two.startswith("VB")


def _may_be_verb(tags: Sequence[str], words: Sequence[str], n: int, grammar: Grammar) -> bool:
    """Whether the contextual rules are believed that a noun is a verb: a cue, or behind a pronoun, "to" or a modal."""
    return words[n].casefold() in grammar.forms or (n > 0 and tags[n - 1] in ("PRP", "TO", "MD"))


def _tag(n: int, word: str, one: str, two: str) -> str:
    if word[0].isupper() and one in ("NN", "JJ", "VBN", "NNS") and (n or word.isupper() and len(word) > 1):
        return "NNP" if one != "JJ" or word.isupper() else one
    if one == "NNP" or (word.isupper() and len(word) > 1 and one.startswith(("PRP", "W"))):
        return "NNP"  # "US" and "WHO" are no pronouns
    return two if {one[:2], two[:2]} == {"NN", "VB"} and two != "NNP" else one
