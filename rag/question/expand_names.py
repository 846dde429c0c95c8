"""The names of a question as the corpus spells them: "Orlan" finds "Orlen", in Arabic letters
too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    spelled = {
        word for name in named for form in naming.variants(name) for word in content_words(form)
    }
    spellings = {
        word: tuple(sorted(other for other in spelled - {word} if alike(word, other)))
        for word in asked
    }
    return {word: others for word, others in spellings.items() if others}


def holders_named(names: Sequence[str], naming: HolderDirectory) -> tuple[str, ...]:
    """The holders of the corpus that names of a filter stand for; a name that nobody there has
    stays as it is.
    """
    return tuple(
        dict.fromkeys(
            holder
            for name in names
            for holder in (
                (naming.canonical(name),)
                if naming.canonical(name) != name
                else naming.named_in(name) or (name,)
            )
        )
    )
