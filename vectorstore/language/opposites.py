"""Words that turn a claim round, and words that say the opposite of each other, from the packs."""

from __future__ import annotations

from vectorstore.language.normalise import fold
from vectorstore.language.pack import LANGUAGES, read_pack, words_of

_PACKS = tuple(map(read_pack, LANGUAGES))
NEGATORS = frozenset(words_of("negators"))
BREAKS = frozenset(words_of("breaks"))
CLAUSAL = frozenset(words_of("clausal"))
# Words that deny only what stands after a particle, with that particle.
FAILURES = {
    word: frozenset({particle})
    for pack in _PACKS
    for particle, words in pack["failures"].items()
    for word in fold(words).split()
}
# Each row of opposites as its two sides.
SIDES = [
    (frozenset(left.split()), frozenset(right.split()))
    for pack in _PACKS
    for row in pack["opposites"]["rows"]
    for left, right in (fold(row).split("/"),)
]
OPPOSITES: dict[str, frozenset[str]] = {}
for _one, _other in SIDES:
    for _here, _there in ((_one, _other), (_other, _one)):
        for _word in _here:
            OPPOSITES[_word] = OPPOSITES.get(_word, frozenset()) | _there
