"""Words of a sentence with their classes, as the patterns of a grammar read them.

Each token has one letter for its class, so that a sentence is also a short string:

    p proper name   n noun or number   r pronoun   d determiner   j adjective   k 's
    v verb          b be, have, do     m modal     g -ing form    a adverb      o to
    i preposition   t that             w who, what, how           s subordinator
    c and, or, but  Q a quotation      , ; : - ( ) . punctuation  x anything else
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ingest.attribution.english.grammar import Grammar
from ingest.attribution.english.tags import read_tags
from ingest.attribution.quotations import MASK
from vectorstore.records import Span

_TOKEN = re.compile(
    rf"(?P<quotation>{MASK}+)|(?:[^\W\d_]\.){{2,}}|\d+(?:[-‑][^\W\d_]+)+|\d[\d.,]*\d|\d"
    r"|(?P<clitic>[’'](?:s|m|re|ve|d|ll)\b)"
    r"|[^\W\d_](?:(?![’'](?:s|m|re|ve|d|ll)\b)[’'&](?=\w)|\w|[-‑](?=\w))*|…|\.{2,}|[^\s\w]"
)
_QUOTES = frozenset("“”\"„‟«»‹›‘’'`")
_BE = frozenset("is are was were be been being am isn't aren't wasn't weren't 's 're 'm".split())
_HAVE_DO = frozenset(
    "has have had do does did 've hasn't haven't hadn't don't doesn't didn't".split()
)
_KINDS = {
    "that": "t",
    "having": "g",
    **dict.fromkeys(_BE | _HAVE_DO, "b"),
    **dict.fromkeys("most many several few some".split(), "d"),
    **dict.fromkeys("someone somebody anyone anybody everyone everybody nobody".split(), "r"),
    **dict.fromkeys("himself herself itself themselves".split(), "a"),
}
_PUNCTUATION = {
    "&": "p",
    ",": ",",
    ";": ";",
    ":": ":",
    "–": "-",
    "—": "-",
    "-": "-",
    "(": "(",
    ")": ")",
    "[": "(",
    "]": ")",
}
_PLURAL_ALONE = frozenset(
    "some many few several others most those these both people police media all we you they".split()
)
_CLASSES = (
    ("NNP", "p"),
    ("NN", "n"),
    ("CD", "n"),
    ("PRP$", "d"),
    ("PRP", "r"),
    ("EX", "r"),
    ("DT", "d"),
    ("PDT", "d"),
    ("VBG", "g"),
    ("VB", "v"),
    ("MD", "m"),
    ("JJ", "j"),
    ("RB", "a"),
    ("RP", "a"),
    ("WP$", "w"),
    ("W", "w"),
    ("TO", "o"),
    ("CC", "c"),
    ("IN", "i"),
    ("POS", "k"),
)


@dataclass(frozen=True, slots=True)
class TaggedToken:
    """A word, mark or masked quotation, `text[start:end]`; `lower` is its comparable form, `kind`
    its class letter.
    """

    start: int
    end: int
    text: str
    lower: str
    kind: str
    tag: str
    quoted: bool = False  # a mark stands right before it


@dataclass(frozen=True)
class TaggedSentence:
    """The tokens of a sentence, and their classes as one string."""

    tokens: tuple[TaggedToken, ...]
    kinds: str

    def __len__(self) -> int:
        return len(self.tokens)

    @cached_property
    def lowers(self) -> frozenset[str]:
        """The comparable forms of all tokens."""
        return frozenset(token.lower for token in self.tokens)

    def lower(self, at: int) -> str:
        """The comparable form of a token; empty beyond the ends."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """The class of a token; a full stop beyond the ends."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else "."

    @property
    def span(self) -> Span:
        return (self.tokens[0].start, self.tokens[-1].end)

    @property
    def last(self) -> int:
        """The end of the words, without the last marks."""
        last = len(self)
        while last > 1 and self.kinds[last - 1] in ".,:;":
            last -= 1
        return last

    @property
    def inner(self) -> Span:
        """The span of the words, without the last marks."""
        return (self.tokens[0].start, self.tokens[self.last - 1].end)


def read_sentence(
    words: str, start: int, end: int, grammar: Grammar, base: int = 0
) -> TaggedSentence:
    """The tokens of `words[start:end]`, which stands at `base` in the text; marks that are not
    masked are left out.
    """
    matches = [m for m in _TOKEN.finditer(words, start, end) if m.group() not in _QUOTES]
    # a full stop inside belongs to an abbreviation
    matches = [m for m in matches[:-1] if m.group() != "."] + matches[-1:]
    plain = [m.group().replace("’", "'") for m in matches]
    tags = read_tags(plain, grammar)
    tokens = [
        TaggedToken(
            base + m.start(),
            base + m.end(),
            m.group(),
            lower,
            _kind(m, lower, tag, grammar),
            tag,
            m.start() > 0 and words[m.start() - 1] in _QUOTES,
        )
        for m, tag, lower in zip(matches, tags, map(str.casefold, plain), strict=True)
    ]
    return sentence_of(_as_noun(tokens, n) for n in range(len(tokens)))


def sentence_of(tokens: Iterable[TaggedToken]) -> TaggedSentence:
    """The sentence that tokens make."""
    made = tuple(tokens)
    return TaggedSentence(made, "".join(token.kind for token in made))


def _as_noun(tokens: Sequence[TaggedToken], n: int) -> TaggedToken:
    """A token tagged as a plural or bare verb is a noun behind a singular one: "a media
    campaign".
    """
    token, before = tokens[n], tokens[n - 1] if n else None
    if token.lower in ("there", "here") and before is not None and before.kind in "np":
        return replace(token, kind="a")  # "diplomats there said"
    bare = token.tag in ("VB", "VBP") and token.kind == "v"
    if not bare or before is None or before.lower in _PLURAL_ALONE:
        return token
    single = n > 1 and tokens[n - 2].lower in ("a", "an")
    if before.tag not in ("NN", "JJ", "DT") and not single:
        return token
    if not single and any(other.kind in "mob" for other in tokens[max(0, n - 5) : n]):
        return token
    return replace(token, kind="n", tag="NN")


def _kind(match: re.Match[str], lower: str, tag: str, grammar: Grammar) -> str:
    """The class letter of a token."""
    word = match.group()
    if match["quotation"]:
        return "Q"
    if lower == "'s":
        return "b" if tag.startswith("V") else "k"
    if not word[0].isalnum() and not match["clitic"]:
        return _PUNCTUATION.get(word, "." if word in ".!?…" else "x")
    return _KINDS.get(lower) or _kind_of_word(lower, tag, grammar)


def _kind_of_word(lower: str, tag: str, grammar: Grammar) -> str:
    if lower in grammar.words["adverbs"]:
        return "a"
    if lower in grammar.words["subordinators"] and tag != "NN":
        return "s"
    if tag == "JJ" and grammar.is_one_of(lower, "people"):
        return "n"
    return next((kind for prefix, kind in _CLASSES if tag.startswith(prefix)), "x")


def is_be(token: TaggedToken) -> bool:
    """Whether a token is a form of "to be", which makes a passive of the participle after it."""
    return token.lower in _BE
