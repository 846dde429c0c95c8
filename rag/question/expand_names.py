"""The names of a question as the corpus spells them: "Orlan" finds "Orlen", in Arabic letters
too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from vectorstore.language.tokenise import content_words
from vectorstore.names.directory import HolderDirectory
from vectorstore.names.skeletons import alike


def other_spellings(
    question: str, named: Sequence[str], naming: HolderDirectory
) -> Mapping[str, tuple[str, ...]]:
    """For each word of a question by which it has named holders: the other words that stand for it
    in the corpus.
    """
    asked = content_words(question)
    forms = chain.from_iterable(map(naming.variants, named))
    spelled = set(chain.from_iterable(map(content_words, forms)))
    spellings = {
        word: tuple(sorted(other for other in spelled - {word} if alike(word, other)))
        for word in asked
    }
    return {word: others for word, others in spellings.items() if others}


def holders_named(names: Sequence[str], naming: HolderDirectory) -> tuple[str, ...]:
    """The holders of the corpus that names of a filter stand for; a name that nobody there has
    stays as it is.
    """
    return tuple(dict.fromkeys(chain.from_iterable(_holders_of(name, naming) for name in names)))


def _holders_of(name: str, naming: HolderDirectory) -> tuple[str, ...]:
    canonical = naming.canonical(name)
    if canonical != name:
        return (canonical,)
    return naming.named_in(name) or (name,)
