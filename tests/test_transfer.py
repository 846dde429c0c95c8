from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.pipeline import Ingester
from ingest.transfer import export_corpus, import_corpus
from tests.conftest import TinyEmbedder
from ui.cli.main import main
from vectorstore.corpus import Corpus
from vectorstore.errors import CorpusMismatch, SourceUnreadable
from vectorstore.storage.snapshot import Snapshot

POST = """The {n} Weir

By Ana Bell

The {n} weir broke at noon. Nobody in the mill below it was warned, the miller said.
"""


class Other(TinyEmbedder):
    """Another model: shorter vectors under another name."""

    name = "other"
    dimension = 16


@pytest.fixture
def exported(ingester: Ingester, corpus: Corpus, tmp_path: Path) -> Path:
    ingester.ingest_bytes(
        "dump.txt", (POST.format(n="First") + "\n" + POST.format(n="سدّ")).encode(), "here"
    )
    assert export_corpus(corpus, tmp_path / "corpus.gz") == 2
    return tmp_path / "corpus.gz"


def contents(snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, version="")


def test_an_exported_corpus_is_the_same_in_another_place_with_another_embedder(
    exported: Path, corpus: Corpus, tmp_path: Path
) -> None:
    there = Corpus.open(tmp_path / "there", Other.name)
    done: list[int] = []
    assert import_corpus(exported, there, Other(), lambda: done.append(1)) == len(done) == 2
    assert there.snapshot() == corpus.snapshot()
    article = there.snapshot().articles[0].id
    assert there.source_text(article) == corpus.source_text(article)
    assert there.origins() == corpus.origins() == {"dump.txt": "here"}
    there.close()


def test_what_is_no_export_is_refused(exported: Path, corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "plain.gz").write_text("not gzipped")
    with pytest.raises(SourceUnreadable, match="cannot be read as an export"):
        import_corpus(tmp_path / "plain.gz", corpus, TinyEmbedder(), lambda: None)
    with gzip.open(tmp_path / "other.gz", "wt") as file:
        file.write(json.dumps({"kind": "rashomon corpus", "format": 99}))
    with pytest.raises(CorpusMismatch, match="is no export of format 1"):
        import_corpus(tmp_path / "other.gz", corpus, TinyEmbedder(), lambda: None)
    whole = exported.read_bytes()
    exported.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(SourceUnreadable, match="cannot be read as an export"):
        import_corpus(exported, corpus, TinyEmbedder(), lambda: None)


ROWS = [
    '{"source": 7}',
    '{"article": {}}',
    '{"article": null}',
    "{}",
    "[]",
    "7",
    "[" * 50_000,
    '{"source": {"name": 1}}',
]


@pytest.mark.parametrize("row", ROWS, ids=range(len(ROWS)))
def test_whatever_stands_in_place_of_a_row_is_told(
    corpus: Corpus, tmp_path: Path, row: str
) -> None:
    with gzip.open(tmp_path / "odd.gz", "wt") as file:
        file.write(json.dumps({"kind": "rashomon corpus", "format": 1}) + "\n" + row + "\n")
    with pytest.raises(SourceUnreadable, match="cannot be read as an export"):
        import_corpus(tmp_path / "odd.gz", corpus, TinyEmbedder(), lambda: None)


def test_an_export_that_fails_leaves_the_former_one(exported: Path, corpus: Corpus) -> None:
    former = exported.read_bytes()
    exported.with_name("corpus.gz.part").mkdir()
    with pytest.raises(SourceUnreadable, match="The export cannot be written"):
        export_corpus(corpus, exported)
    assert exported.read_bytes() == former


def test_a_corpus_that_is_embedded_anew_keeps_its_keys_and_its_uploads(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    made = Corpus.open(folder, TinyEmbedder.name)
    Ingester(made, TinyEmbedder()).ingest_bytes("weir.txt", POST.format(n="First").encode())
    made.close()
    assert main(["keys", "add", "desk", "--corpus", str(folder)]) == 0
    (folder / "jobs").mkdir()
    (folder / "jobs" / "waits.upload").write_bytes(b"bytes")
    kept = {name: (folder / name).read_bytes() for name in ("keys.json", "jobs/waits.upload")}
    assert main(["reembed", "--corpus", str(folder)]) == 0
    assert {name: (folder / name).read_bytes() for name in kept} == kept


def test_the_commands_export_import_and_reembed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    made = Corpus.open(tmp_path / "made", TinyEmbedder.name)
    Ingester(made, TinyEmbedder()).ingest_bytes("weir.txt", POST.format(n="First").encode())
    before = made.snapshot()
    made.close()
    assert main(["articles", "--corpus", str(tmp_path / "made")]) == 1  # made with another embedder
    assert main(["reembed", "--corpus", str(tmp_path / "made")]) == 0
    capsys.readouterr()
    assert main(["export", str(tmp_path / "file.gz"), "--corpus", str(tmp_path / "made")]) == 0
    assert main(["import", str(tmp_path / "file.gz"), "--corpus", str(tmp_path / "copy")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"exported 1 articles to {tmp_path / 'file.gz'}",
        f"imported 1 articles from {tmp_path / 'file.gz'}",
    ]
    for name in ("made", "copy"):
        again = Corpus.open(tmp_path / name, "all-MiniLM-L6-v2+gloss")
        assert again.snapshot() == before
        again.close()
