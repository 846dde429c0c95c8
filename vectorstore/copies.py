"""The same piece in several places: near-duplicates of whole articles. datasketch lives here."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import numpy as np

from vectorstore.language.words import words

THRESHOLD = 0.7  # share of common shingles from which two texts are one piece
_PERMUTATIONS = 64
_SCHEME = "affine32"  # stored signatures are of this scheme; another needs a new corpus format
_SHINGLE = 4  # words
_FEWEST_WORDS = 30  # shorter texts are too easily alike


def signature(text: str) -> str | None:
    """The MinHash signature (Broder 1997) of a text's word shingles, as ASCII; None for a text too short to tell."""
    from datasketch import MinHash

    told = words(text)
    if len(told) < _FEWEST_WORDS:
        return None
    shingles = {" ".join(told[n : n + _SHINGLE]).encode() for n in range(len(told) - _SHINGLE + 1)}
    sketch = MinHash(num_perm=_PERMUTATIONS, scheme=_SCHEME)
    sketch.update_batch(sorted(shingles))
    return base64.b85encode(sketch.hashvalues.astype("<u4").tobytes()).decode()


def groups(signatures: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The ids whose texts are one piece, in groups of two and more; ids and groups in the order given."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=THRESHOLD, num_perm=_PERMUTATIONS)
    sketches: dict[str, MinHash] = {}
    group: dict[str, list[str]] = {}  # each id's group; ids of one piece share the list
    for id, written in signatures.items():
        values = np.frombuffer(base64.b85decode(written), dtype="<u4")
        sketches[id] = MinHash(hashvalues=values, scheme=_SCHEME)
        alike = [other for other in index.query(sketches[id]) if sketches[other].jaccard(sketches[id]) >= THRESHOLD]
        group[id] = group[min(alike, key=list(group).index)] if alike else []
        group[id].append(id)
        index.insert(id, sketches[id])
    return [tuple(ids) for id, ids in group.items() if len(ids) > 1 and ids[0] == id]
