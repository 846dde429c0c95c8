"""The same piece in several places: near-duplicates of whole articles. datasketch lives here."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import numpy as np

from vectorstore.language.tokenise import words

THRESHOLD = 0.7  # share of common shingles from which two texts are one piece
_PERMUTATIONS = 64
# of two sketches that differ in at most 19 of 64 places, one band is the same: none alike is missed
_BANDS = 20
_SCHEME = "affine32"  # stored signatures are of this scheme; another needs a new corpus format
_SHINGLE = 4  # words
_FEWEST_WORDS = 30  # shorter texts are too easily alike


def signature(text: str) -> str | None:
    """The MinHash signature (Broder 1997) of a text's word shingles, as ASCII; None for a text too
    short to tell.
    """
    from datasketch import MinHash

    tokens = words(text)
    if len(tokens) < _FEWEST_WORDS:
        return None
    shingles = {
        " ".join(tokens[n : n + _SHINGLE]).encode() for n in range(len(tokens) - _SHINGLE + 1)
    }
    sketch = MinHash(num_perm=_PERMUTATIONS, scheme=_SCHEME)
    sketch.update_batch(sorted(shingles))
    return base64.b85encode(sketch.hashvalues.astype("<u4").tobytes()).decode()


def groups(signatures: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The ids whose texts are one piece, in groups of two and more; ids and groups in the order
    given.
    """
    ids = list(signatures)
    sketches = [
        np.frombuffer(base64.b85decode(written), dtype="<u4") for written in signatures.values()
    ]
    # the texts so far, by each band of their sketches
    beside: dict[tuple[int, bytes], list[int]] = {}
    group: list[list[int]] = []  # each text's group; those of one piece share the list
    for n, sketch in enumerate(sketches):
        bands = [
            (place, band.tobytes()) for place, band in enumerate(np.array_split(sketch, _BANDS))
        ]
        near = {other for band in bands for other in beside.get(band, ())}
        alike = [other for other in near if float((sketches[other] == sketch).mean()) >= THRESHOLD]
        group.append(group[min(alike)] if alike else [])
        group[n].append(n)
        for band in bands:
            beside.setdefault(band, []).append(n)
    return [
        tuple(ids[n] for n in members)
        for first, members in enumerate(group)
        if len(members) > 1 and members[0] == first
    ]
