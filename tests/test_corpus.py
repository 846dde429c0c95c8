from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.conftest import TinyEmbedder
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Encoded, Vectors
from vectorstore.errors import CorpusHeld, CorpusMismatch, CorpusUnreachable, NotFound
from vectorstore.records import Article, Entry, Holder, Link, Passage, Source, Statement
from vectorstore.storage.collections import Stored
from vectorstore.storage.snapshot import Snapshot

TEXT = "The Weir\n\nBy Ana Bell\n\nThe weir broke at noon. Nobody was warned.\n"
SOURCE = Source("weir.txt", TEXT, origin="here")


def entry(id: str = "a1", text: Source = SOURCE, passages: int = 2) -> Entry:
    """An article of two passages with one statement over both."""
    spans = [(23, 46), (47, 65)][:passages]
    article = Article(
        id, text.name, 0, len(text.text), "The Weir", "Ana Bell", body=((23, 65),), language="en"
    )
    told = Statement(
        f"{id}-s0",
        id,
        text.name,
        23,
        65,
        Holder("Ana Bell", None, "author"),
        "author",
        (Link("Ana Bell", "written_by"),),
        language="en",
    )
    found = [
        Passage(f"{id}-p{n}", id, text.name, start, end, text.text[start:end], "en", (told,))
        for n, (start, end) in enumerate(spans)
    ]
    return Entry(article, tuple(found), text.text_id, f"fingerprint of {id}")


def put(corpus: Corpus, stored: Entry, vectors: Vectors | None = None) -> None:
    size = len(stored.passages)
    given = np.eye(4, dtype=np.float32)[:size] if vectors is None else vectors
    told = tuple(given[n : n + 1] for n in range(size))
    corpus.put([(stored, Encoded(given, told, np.eye(4, dtype=np.float32)[3]))])


def near(
    corpus: Corpus, vector: Vectors, k: int, allowed: list[bool] | None = None
) -> list[tuple[str, float]]:
    """The passages that are nearest, best first, with their cosines."""
    snapshot = corpus.snapshot()
    places, cosines = corpus.nearest(
        snapshot, vector, k, None if allowed is None else np.array(allowed)
    )
    assert places.tolist() == sorted(places.tolist())
    return [
        (snapshot.passages[places[n]].id, round(float(cosines[n]), 2)) for n in np.argsort(-cosines)
    ]


def test_what_is_put_is_read_back_whole(corpus: Corpus) -> None:
    corpus.put_texts([SOURCE])
    put(corpus, entry())
    snapshot = corpus.snapshot()
    assert snapshot.articles == (entry().article,)
    assert snapshot.passages == entry().passages
    assert snapshot.statements == entry().passages[0].statements
    assert corpus.source_text("a1") == TEXT
    assert corpus.stored(["weir.txt"]) == {
        "weir.txt": {"a1": Stored("fingerprint of a1", SOURCE.text_id, "The Weir")}
    }


def test_a_corpus_opened_again_holds_the_same_at_the_same_version(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    first.put_texts([SOURCE])
    put(first, entry())
    before = first.snapshot()
    first.close()
    second = Corpus.open(tmp_path, "tiny")
    assert second.snapshot() == before
    second.close()


def killed(corpus: Corpus) -> None:
    """Leaves a corpus as a process that is killed does."""
    assert corpus._ownership is not None
    corpus._chroma.close()
    corpus._ownership.release()


def test_passages_without_their_articles_row_do_not_exist(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry())
    first._store._articles.delete(ids=["a1"])  # as a run killed before the last write leaves it
    killed(first)
    second = Corpus.open(tmp_path, "tiny")
    assert second.snapshot().passages == ()
    assert near(second, np.eye(4, dtype=np.float32)[0], 5) == []
    second.close()


def same(one: Snapshot, other: Snapshot) -> bool:
    assert one.vectors is not None and other.vectors is not None
    pairs = [(one.vectors, other.vectors), *zip(one.sentences, other.sentences, strict=True)]
    return one == other and all(np.array_equal(*pair) for pair in pairs)


def test_what_is_written_is_known_as_it_would_be_read(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry("a1"))
    first.snapshot()
    put(first, entry("a2"))
    put(first, entry("a3"))
    first.remove(["a1"])
    put(first, replace(entry("a3", passages=1), fingerprint="another"))
    known = first.snapshot()
    killed(first)
    second = Corpus.open(tmp_path, "tiny")
    assert [article.id for article in known.articles] == ["a2", "a3"]
    assert same(second.snapshot(), known) and second.snapshot().fingerprints == known.fingerprints
    second.close()


def test_a_closed_corpus_is_read_from_what_is_kept_and_without_chroma(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry("a1"))
    put(first, entry("a2"))
    first.close()
    second = Corpus.open(tmp_path, "tiny")
    assert same(second.snapshot(), first.snapshot())
    assert second.snapshot().fingerprints == {"a1": "fingerprint of a1", "a2": "fingerprint of a2"}
    assert not second._chroma.is_open
    put(second, entry("a3"))
    assert [article.id for article in second.snapshot().articles] == ["a1", "a2", "a3"]
    second.close()


def test_what_was_read_anew_is_kept_at_once_and_not_written_again(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry("a1"))
    killed(first)
    second = Corpus.open(tmp_path, "tiny")
    before = second.snapshot()
    vectors = tmp_path / "kept" / "snapshot" / "vectors.npy"
    written = vectors.stat()
    second.close()
    assert vectors.stat() == written
    third = Corpus.open(tmp_path, "tiny")
    assert same(third.snapshot(), before) and not third._chroma.is_open
    third.close()


def test_a_disk_that_cannot_be_written_keeps_no_stale_arrays(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry("a1"))
    first.close()
    second = Corpus.open(tmp_path, "tiny")
    put(second, entry("a2"))
    (tmp_path / "kept" / "snapshot.new").write_text("in the way of a folder")
    second.close()
    third = Corpus.open(tmp_path, "tiny")
    assert [article.id for article in third.snapshot().articles] == ["a1", "a2"]
    third.close()
    fourth = Corpus.open(tmp_path, "tiny")
    assert [article.id for article in fourth.snapshot().articles] == ["a1", "a2"]
    fourth.close()


def test_what_is_kept_does_not_count_once_chroma_has_written_without_us(tmp_path: Path) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry("a1"))
    first.close()
    killed_later = Corpus.open(tmp_path, "tiny")
    put(killed_later, entry("a2"))
    killed(killed_later)
    third = Corpus.open(tmp_path, "tiny")
    assert [article.id for article in third.snapshot().articles] == ["a1", "a2"]
    third.close()


@pytest.mark.parametrize("name", ["passages", "vectors", "facts"])
def test_kept_files_that_were_damaged_are_made_again(tmp_path: Path, name: str) -> None:
    first = Corpus.open(tmp_path, "tiny")
    put(first, entry("a1"))
    first.close()
    (tmp_path / "kept" / "snapshot" / f"{name}.npy").write_bytes(b"no array")
    second = Corpus.open(tmp_path, "tiny")
    assert same(second.snapshot(), first.snapshot())
    second.close()


def test_putting_again_leaves_nothing_of_the_old_rows(corpus: Corpus) -> None:
    put(corpus, entry(passages=2))
    shorter = entry(passages=1)
    put(corpus, replace(shorter, article=replace(shorter.article, author=None)))
    assert [passage.id for passage in corpus.snapshot().passages] == ["a1-p0"]
    assert corpus.snapshot().articles[0].author is None


def test_removing_an_article_takes_its_passages_and_its_text(corpus: Corpus) -> None:
    corpus.put_texts([SOURCE])
    put(corpus, entry())
    corpus.remove(["a1"])
    assert corpus.snapshot().articles == () and corpus.snapshot().passages == ()
    assert corpus.origins() == {}
    with pytest.raises(NotFound):
        corpus.source_text("a1")


def test_a_text_stays_while_another_article_needs_it(corpus: Corpus) -> None:
    corpus.put_texts([SOURCE])
    put(corpus, entry("a1"))
    put(corpus, entry("a2"))
    corpus.remove(["a1"])
    assert corpus.source_text("a2") == TEXT


def test_nearest_gives_cosines_best_first_inside_the_articles_asked_for(corpus: Corpus) -> None:
    put(corpus, entry("a1"), np.array([[1, 0, 0, 0], [0, 1, 0, 0]], dtype=np.float32))
    put(corpus, entry("a2"), np.array([[0.6, 0.8, 0, 0], [0, 0, 1, 0]], dtype=np.float32))
    question = np.array([1, 0, 0, 0], dtype=np.float32)
    assert near(corpus, question, 2) == [("a1-p0", 1.0), ("a2-p0", 0.6)]
    inside = [passage.article_id == "a2" for passage in corpus.snapshot().passages]
    assert near(corpus, question, 1, inside) == [("a2-p0", 0.6)]
    assert near(corpus, question, 5, [False] * 4) == []


def test_a_long_text_in_pieces_comes_back_whole(corpus: Corpus) -> None:
    long = Source("long.txt", "سدّ النهر 🏞️ the weir\r\n" * 3000)
    corpus.put_texts([long])
    put(corpus, entry("a1", long))
    assert corpus.source_text("a1") == long.text


def test_the_version_tells_contents_and_not_their_order(tmp_path: Path) -> None:
    versions = []
    for name, order in (("one", ["a1", "a2"]), ("two", ["a2", "a1"])):
        made = Corpus.open(tmp_path / name, "tiny")
        for id in order:
            put(made, entry(id))
        versions.append(made.snapshot().version)
        made.remove(["a1"])
        versions.append(made.snapshot().version)
        made.close()
    assert versions[0] == versions[2] and versions[1] == versions[3] and versions[0] != versions[1]


def test_another_embedder_is_refused_by_name(tmp_path: Path) -> None:
    made = Corpus.open(tmp_path, "tiny")
    put(made, entry())
    made.close()
    with pytest.raises(CorpusMismatch) as refused:
        Corpus.open(tmp_path, "huge")
    assert str(refused.value) == (
        "The corpus was made with the embedder 'tiny', and 'huge' is set now. "
        "Set RASHOMON_EMBEDDER back, or ingest the articles into a new corpus with --corpus."
    )
    assert refused.value.place == f"{tmp_path}, made with tiny, set is huge"
    Corpus.open(tmp_path, "tiny").close()  # nothing was lost, and nobody holds it


def test_an_empty_corpus_takes_any_embedder(tmp_path: Path) -> None:
    Corpus.open(tmp_path, "tiny").close()
    other = Corpus.open(tmp_path, "huge")
    put(other, entry())
    other.close()
    with pytest.raises(CorpusMismatch):
        Corpus.open(tmp_path, "tiny")


def test_a_corpus_that_is_open_is_held(corpus: Corpus, tmp_path: Path) -> None:
    with pytest.raises(CorpusHeld):
        Corpus.open(tmp_path / "tiny-corpus", TinyEmbedder.name)


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(CorpusUnreachable) as told:
        Corpus.open(tmp_path / "file", "tiny")
    assert (
        str(told.value) == "The corpus cannot be used: File exists. Choose another with --corpus."
    )
    assert told.value.place == str(tmp_path / "file")


def test_a_chroma_server_that_is_not_there_is_told() -> None:
    with pytest.raises(CorpusUnreachable) as told:
        Corpus.open("http://127.0.0.1:9/none", "tiny")
    assert str(told.value).startswith("The Chroma server does not answer.")
    assert told.value.place == "http://127.0.0.1:9/none"
