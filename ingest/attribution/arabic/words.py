"""What one written Arabic word can be, its clitics and article taken off."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from ingest.attribution.arabic.conjugation import ArabicVerb
from ingest.attribution.arabic.lexicon import ArabicLexicon, lexicon
from vectorstore.language.normalise import fold

_CONJUNCTIONS, _PREPOSITIONS = "وف", "بلك"
_LONGEST_WORD = 30
_WITHOUT_ARTICLE = frozenset(
    {
        "affirmed",
        "denied_things",
        "kunya",
        "prepositions",
        "function_words",
        "cues",
        "participles",
        "that",
        "breaks",
    }
)
_DAMMA = "\u064f"
_SUFFIXES = re.compile(r"\w(?:[\u064b-\u065f\u0670\u0640]*(?:ه|ها|هم|هما))$")
_TANWIN = re.compile("\u064b\u0627?$|\u0627\u064b$")


@dataclass(frozen=True, slots=True)
class ArabicWord:
    """What one written word can be: `labels` of the tables, without its clitic and article.

    `bare` is the folded word without clitic; where the tables do not know the word, only the
    article is seen. `owned` says that it ends like a possessive ("his"), `tanwin` that it is an
    accusative, `whole` that its first letter is its own. `participle` is the verb that a participle
    like مضيفا is made of; `opens` names the lists of phrases that have one beginning with the word.
    """

    folded: str
    bare: str
    clitic: str
    definite: bool
    labels: frozenset[str]
    verb: ArabicVerb | None = None
    owned: bool = False
    tanwin: bool = False
    whole: bool = False
    participle: ArabicVerb | None = None
    opens: frozenset[str] = frozenset()

    def has(self, *labels: str) -> bool:
        """Whether the word bears one of the labels."""
        return not self.labels.isdisjoint(labels)


NO_WORD = ArabicWord("", "", "", False, frozenset())


@lru_cache(maxsize=1 << 16)
def word_of(written: str) -> ArabicWord:
    """What the tables know of a word as the text writes it."""
    if len(written) > _LONGEST_WORD:
        return NO_WORD
    known, folded = lexicon(), fold(written)
    clitic, bare, definite, labels = _noun(known, folded)
    if folded == "علي" and not written.endswith("ى"):
        labels = frozenset()
    if written.endswith("ة"):
        labels -= {"possessed"}  # مديرة, not مديره
    return ArabicWord(
        folded,
        bare,
        clitic,
        definite,
        labels,
        _verb(known, written, folded),
        bool(_SUFFIXES.search(written)) and bare not in known.heh_names,
        bool(_TANWIN.search(written)),
        folded in known.whole,
        known.participles.get(bare),
        frozenset(
            name for name, phrases in known.phrases.items() if folded in phrases or bare in phrases
        ),
    )


def _noun(known: ArabicLexicon, folded: str) -> tuple[str, str, bool, frozenset[str]]:
    readings = list(_readings(folded, folded in known.whole))
    for clitic, bare in readings:
        if bare in known.labels or bare in known.named:
            stripped = (
                known.labels.get(bare[2:], frozenset()) - _WITHOUT_ARTICLE
                if bare.startswith("ال")
                else frozenset()
            )
            return clitic, bare, bare.startswith("ال"), known.labels.get(bare, stripped)
        if bare.startswith("ال") and bare[2:] in known.labels:
            return clitic, bare, True, known.labels[bare[2:]] - _WITHOUT_ARTICLE
    for clitic, bare in readings:
        if bare.startswith("ال") and len(bare) > 4:
            return clitic, bare, True, frozenset()
    return "", folded, False, frozenset()


def _readings(folded: str, whole: bool) -> Iterator[tuple[str, str]]:
    """A folded word as clitic and rest, in every way it can be cut, the uncut first; لل is ل and
    ال.
    """
    conjoined = [("", folded)]
    if folded[:1] in _CONJUNCTIONS and len(folded) > 3 and not whole:
        conjoined.append((folded[0], folded[1:]))
    yield from conjoined
    for clitic, rest in conjoined:
        if rest[:1] in _PREPOSITIONS and len(rest) > 3 and not whole:
            yield clitic + rest[0], ("ال" + rest[2:] if rest.startswith("لل") else rest[1:])


def _verb(known: ArabicLexicon, written: str, folded: str) -> ArabicVerb | None:
    for clitic, stem in (("", folded), (folded[:1], folded[1:])):
        if clitic not in ("", *_CONJUNCTIONS):
            continue
        for suffix in ("", *known.objects):
            form = known.verbs.get(stem.removesuffix(suffix)) if stem.endswith(suffix) else None
            if form and (suffix or stem in known.verbs):
                first = written[len(clitic) :]
                return _as_written(
                    known, replace(form, clitic=clitic, object=bool(suffix)), first, stem
                )
    return None


def _as_written(
    known: ArabicLexicon, form: ArabicVerb, written: str, stem: str
) -> ArabicVerb | None:
    """The form with what its hamza and vowel marks say: a first person is nobody's, a damma can be
    the passive.
    """
    if form.bare_alif and written.startswith("أ"):
        return None
    damma = written[1:2] == _DAMMA and (form.perfect or stem in known.vowelled_passive)
    return replace(form, passive=form.passive or damma)
