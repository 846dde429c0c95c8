from __future__ import annotations

from pathlib import Path

import numpy as np

from ingest.pipeline import Ingester
from rag.retrieval.index import Index
from rag.retrieval.weights import SearchWeights
from tests.conftest import TinyEmbedder
from vectorstore.corpus import Corpus
from vectorstore.language.time.periods import Period
from vectorstore.storage.array_cache import ArrayCache


def numbers(kept: ArrayCache) -> list[int]:
    found = kept.last("numbers")
    return found.arrays["some"].tolist() if found else []


def test_what_is_kept_outlives_the_process_at_its_version(tmp_path: Path) -> None:
    ArrayCache(tmp_path).keep("numbers", "v1", {"some": np.arange(3)})
    again = ArrayCache(tmp_path)
    found = again.last("numbers")
    assert found is not None and found.version == "v1" and numbers(again) == [0, 1, 2]
    again.keep("numbers", "v2", {"some": np.arange(2)}, on_disk=False)
    assert numbers(again) == [0, 1] and numbers(ArrayCache(tmp_path)) == [0, 1, 2]


def test_what_is_kept_can_be_said_to_be_of_another_version(tmp_path: Path) -> None:
    kept = ArrayCache(tmp_path)
    assert kept.keep("numbers", "v1", {"some": np.arange(3)})
    kept.renew("numbers", "v2")
    for one in (kept, ArrayCache(tmp_path)):
        found = one.last("numbers")
        assert found is not None and (found.version, found.arrays["some"].tolist()) == (
            "v2",
            [0, 1, 2],
        )


def test_what_other_code_has_kept_is_not_read(tmp_path: Path) -> None:
    ArrayCache(tmp_path).keep("numbers", "v1", {"some": np.arange(3)})
    assert numbers(ArrayCache(tmp_path)) == [0, 1, 2]
    (tmp_path / "numbers" / "version").write_text("of tomorrow\nv1")
    assert ArrayCache(tmp_path).last("numbers") is None


def test_what_is_not_as_it_was_written_is_not_read_and_is_named(tmp_path: Path) -> None:
    for name in ("one", "two"):
        ArrayCache(tmp_path).keep(
            name, "v1", {"some": np.arange(1000), "none": np.zeros((0, 0), dtype=np.int8)}
        )
    (tmp_path / "two" / "stray.npy").write_bytes(b"of nobody")
    assert ArrayCache(tmp_path).damaged() == {}
    found = ArrayCache(tmp_path).last("two")
    assert found is not None and found.arrays.keys() == {"some", "none"}
    # it was compared in pieces, and is still on the disk
    assert isinstance(found.arrays["some"].base, np.memmap)
    np.save(tmp_path / "one" / "some.npy", np.arange(1000)[::-1])
    (tmp_path / "one" / "none.npy").unlink()
    kept = ArrayCache(tmp_path)
    assert kept.last("one") is None and kept.damaged() == {"one": ["none.npy", "some.npy"]}
    kept.remove("one")
    assert kept.damaged() == {} and sorted(path.name for path in tmp_path.iterdir()) == ["two"]


def test_a_folder_that_cannot_be_written_keeps_nothing_and_fails_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    kept = ArrayCache(tmp_path / "file")
    assert not kept.keep("numbers", "v1", {"some": np.arange(3)})
    assert numbers(kept) == [0, 1, 2] and ArrayCache(tmp_path / "file").last("numbers") is None


POST = (
    "The {n} Weir\n\nBy Ana Bell\nNorth Post\n3 May 2021\n\nThe {n} weir broke at noon on {day}"
    " June. Nobody knew.\n"
)


def test_an_index_over_what_was_kept_is_that_of_a_fresh_reading(tmp_path: Path) -> None:
    corpus = Corpus.open(tmp_path, TinyEmbedder.name)
    ingester, weights = Ingester(corpus, TinyEmbedder()), SearchWeights().fields
    ingester.ingest_bytes("one.txt", POST.format(n="Upper", day=4).encode())
    before = Index(corpus.snapshot(), weights, corpus.kept)
    assert (before.native.table.frequency("weir"), len(before.times)) == (1, 1)
    ingester.ingest_bytes("a.txt", POST.format(n="Lower", day=9).encode())
    grown, fresh = Index(corpus.snapshot(), weights, corpus.kept), Index(corpus.snapshot(), weights)
    for question in ("Who saw the lower weir?", "upper noon", "Ana Bell"):
        assert np.allclose(
            grown.native.lexical.scores(question), fresh.native.lexical.scores(question)
        )
        assert np.allclose(
            grown.common.lexical.scores(question), fresh.common.lexical.scores(question)
        )
    for period in (Period("2021-06-09", "2021-06-09"), Period("2021-05-01", "2021-05-31")):
        told = [
            (index.naming_a_day_of([period]).tolist(), index.published_in([period]).tolist())
            for index in (grown, fresh)
        ]
        assert told[0] == told[1] and any(any(one) for one in told[0])
    corpus.close()
