"""A snapshot as arrays, to be kept beside the corpus: they are read sooner than its rows, and
without Chroma.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from pydantic import TypeAdapter

from vectorstore.records import Article, Passage
from vectorstore.search.arrays import Array, Arrays
from vectorstore.search.stacks import RaggedRows
from vectorstore.storage.snapshot import Snapshot, version_of

_NONE = np.zeros((0, 0), dtype=np.int8)


def snapshot_arrays(snapshot: Snapshot) -> Arrays:
    """A snapshot with vectors, as it was stored, for `kept_snapshot`."""
    facts = [
        (id, known, snapshot.signatures.get(id)) for id, known in snapshot.fingerprints.items()
    ]
    return {
        "articles": _bytes(_articles().dump_json(snapshot.articles)),
        "passages": _bytes(_passages().dump_json(snapshot.passages)),
        "facts": _bytes(_facts().dump_json(facts)),
        "sentences": snapshot.sentences.gathered(np.arange(len(snapshot.sentences))),
        "heights": snapshot.sentences.heights,
        "vectors": _NONE if snapshot.vectors is None else snapshot.vectors,
    }


def kept_snapshot(arrays: Arrays) -> Snapshot:
    """The snapshot of these arrays."""
    passages = _passages().validate_json(bytes(arrays["passages"]))
    facts = _facts().validate_json(bytes(arrays["facts"]))
    fingerprints = {id: fingerprint for id, fingerprint, _ in facts}
    return Snapshot(
        version_of(fingerprints),
        _articles().validate_json(bytes(arrays["articles"])),
        passages,
        {id: signature for id, _, signature in facts if signature},
        RaggedRows.in_one(arrays["sentences"], np.array(arrays["heights"])),
        vectors=np.array(arrays["vectors"]),  # all of them are read for every question
        fingerprints=fingerprints,
    )


def _bytes(content: bytes) -> Array:
    return np.frombuffer(content, dtype=np.uint8)


@lru_cache(maxsize=1)
def _articles() -> TypeAdapter[tuple[Article, ...]]:
    return TypeAdapter(tuple[Article, ...])


@lru_cache(maxsize=1)
def _passages() -> TypeAdapter[tuple[Passage, ...]]:
    return TypeAdapter(tuple[Passage, ...])


@lru_cache(maxsize=1)
def _facts() -> TypeAdapter[list[tuple[str, str, str | None]]]:
    """The id, fingerprint and signature of each article."""
    return TypeAdapter(list[tuple[str, str, str | None]])
