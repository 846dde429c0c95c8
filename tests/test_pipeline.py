from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from ingest.files import Options, Upload
from ingest.formats import MODULES
from ingest.pipeline import Ingester
from ingest.report import SourceReport
from tests.conftest import TinyEmbedder
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Parts, Vectors
from vectorstore.records import Source

POST = """The {n} Weir

By Ana Bell

The {n} weir broke at noon. Nobody in the mill below it was warned, the miller said.
"""


def verdicts(reports: list[SourceReport]) -> list[tuple[str, str]]:
    return [(report.source, report.verdict) for report in reports]


def test_a_folder_is_taken_in_file_by_file_under_names_relative_to_it(
    ingester: Ingester, tmp_path: Path
) -> None:
    folder = tmp_path / "news"
    (folder / "old").mkdir(parents=True)
    (folder / "b.md").write_text(
        "---\ntitle: The Mill\n---\n\nThe mill was lost in the flood, and the miller with it.\n"
    )
    (folder / "old" / "a.txt").write_text(POST.format(n="First"))
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    reports = list(ingester.ingest_paths([folder]))
    assert verdicts(reports) == [("news/b.md", "added"), ("news/old/a.txt", "added")]
    assert [(report.articles, report.passages) for report in reports] == [(1, 1), (1, 1)]


def test_the_second_run_changes_nothing(ingester: Ingester, corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(POST.format(n="First"))
    list(ingester.ingest_paths([tmp_path / "a.txt"]))
    before = corpus.snapshot()
    assert verdicts(list(ingester.ingest_paths([tmp_path / "a.txt"]))) == [("a.txt", "unchanged")]
    assert corpus.snapshot() is before


class Counting(TinyEmbedder):
    """Remembers how many texts it has encoded."""

    def __init__(self) -> None:
        self.encoded = 0

    def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
        self.encoded += len(texts)
        return super().encode_parts(texts)


def test_an_appended_post_is_encoded_alone_and_the_others_point_at_the_new_text(
    corpus: Corpus,
) -> None:
    embedder = Counting()
    ingester = Ingester(corpus, embedder)
    first = POST.format(n="First") + "\n" + POST.format(n="Second")
    assert ingester.ingest_bytes("dump.txt", first.encode()).articles == 2
    encoded = embedder.encoded
    longer = first + "\n" + POST.format(n="Third")
    report = ingester.ingest_bytes("dump.txt", longer.encode())
    assert (report.verdict, report.articles) == ("replaced", 3)
    assert embedder.encoded - encoded == 1
    assert {corpus.source_text(article.id) for article in corpus.snapshot().articles} == {longer}


def test_an_edited_file_replaces_its_articles_and_leaves_nothing_behind(
    ingester: Ingester, corpus: Corpus
) -> None:
    ingester.ingest_bytes(
        "a.txt", (POST.format(n="First") + "\n" + POST.format(n="Second")).encode()
    )
    assert ingester.ingest_bytes("a.txt", POST.format(n="Other").encode()).verdict == "replaced"
    snapshot = corpus.snapshot()
    assert [article.title for article in snapshot.articles] == ["The Other Weir"]
    assert {passage.article_id for passage in snapshot.passages} == {snapshot.articles[0].id}


def test_a_run_that_was_killed_is_finished_by_the_next(corpus: Corpus) -> None:
    class Killed(TinyEmbedder):
        left = 1

        def encode(self, texts: Sequence[str]) -> Vectors:
            if not self.left:
                raise KeyboardInterrupt
            self.left -= 1
            return super().encode(texts)

    dump = "\n".join(POST.format(n=f"Weir {n:03}") for n in range(70)).encode()
    with pytest.raises(KeyboardInterrupt):
        Ingester(corpus, Killed()).ingest_bytes("dump.txt", dump)
    titles = [f"The Weir {n:03} Weir" for n in range(70)]
    # as many as are encoded together
    assert [article.title for article in corpus.snapshot().articles] == titles[:64]
    assert Ingester(corpus, TinyEmbedder()).ingest_bytes("dump.txt", dump).verdict == "added"
    assert [article.title for article in corpus.snapshot().articles] == titles


def test_two_files_of_one_name_are_kept_apart(
    ingester: Ingester, corpus: Corpus, tmp_path: Path
) -> None:
    for folder in ("north", "south"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(POST.format(n=folder.title()))
    reports = [
        report
        for folder in ("north", "south")
        for report in ingester.ingest_paths([tmp_path / folder / "a.txt"])
    ]
    assert verdicts(reports) == [("a.txt", "added"), ("a (2).txt", "added")]
    assert [article.title for article in corpus.snapshot().articles] == [
        "The South Weir",
        "The North Weir",
    ]
    assert verdicts(list(ingester.ingest_paths([tmp_path / "south" / "a.txt"]))) == [
        ("a (2).txt", "unchanged")
    ]


def test_files_of_one_name_in_one_run_are_kept_apart_from_one_another_too(
    ingester: Ingester, corpus: Corpus, tmp_path: Path
) -> None:
    places = ["north", "south", "west", "east"]
    for folder in places:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(POST.format(n=folder.title()))
    (tmp_path / "east" / "a (2).txt").write_text(POST.format(n="Far"))
    list(ingester.ingest_paths([tmp_path / "north" / "a.txt"]))
    others = [
        *(tmp_path / folder / "a.txt" for folder in places[1:]),
        tmp_path / "east" / "a (2).txt",
    ]
    reports = list(ingester.ingest_paths(others))
    assert verdicts(reports) == [
        ("a (2).txt", "added"), ("a (3).txt", "added"), ("a (4).txt", "added"), ("a (2) (2).txt", "added"),
    ]  # fmt: skip
    titles = {article.source: article.title for article in corpus.snapshot().articles}
    assert titles == {
        "a.txt": "The North Weir", "a (2).txt": "The South Weir", "a (3).txt": "The West Weir",
        "a (4).txt": "The East Weir", "a (2) (2).txt": "The Far Weir",
    }  # fmt: skip
    assert {report.verdict for report in ingester.ingest_paths(others)} == {"unchanged"}


def test_small_files_are_encoded_together_and_large_ones_in_parts(
    corpus: Corpus, tmp_path: Path
) -> None:
    together: list[int] = []

    class Listening(TinyEmbedder):
        def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
            together.append(len(texts))
            return super().encode_parts(texts)

    for n in range(70):
        (tmp_path / f"{n:02}.txt").write_text(POST.format(n=f"Small {n}"))
    (tmp_path / "large.txt").write_text(
        "\n".join(POST.format(n=f"Weir {n:03}") for n in range(130))
    )
    reports = list(Ingester(corpus, Listening()).ingest_paths([tmp_path]))
    assert together == [64, 64, 64, 8]  # the last six of the small ones go with the large one
    assert [report.passages for report in reports] == [*[1] * 70, 130]
    assert len(corpus.snapshot().articles) == 200


def test_bad_files_are_told_one_by_one_and_the_others_done(
    ingester: Ingester, corpus: Corpus, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "blank.txt").write_text(" \n\n***\n")
    (tmp_path / "binary.txt").write_bytes(b"GIF\x00\x01 text")
    (tmp_path / "damaged.txt").write_bytes("سلمى".encode() + b"\xe9")
    (tmp_path / "broken.md").write_text("---\ntitle: [\n---\nThe text.\n")
    (tmp_path / "sheet.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "good.txt").write_text(POST.format(n="Good"))
    names = [
        "missing.txt",
        "empty.txt",
        "blank.txt",
        "binary.txt",
        "damaged.txt",
        "broken.md",
        "sheet.xls",
        "good.txt",
    ]
    reports = list(ingester.ingest_paths([tmp_path / name for name in names]))
    assert verdicts(reports) == [(name, "failed") for name in names[:-1]] + [("good.txt", "added")]
    assert [report.reason for report in reports] == [
        f"There is no file or folder {tmp_path / 'missing.txt'}. Check the path.",
        "empty.txt holds no words. Nothing was added.",
        "blank.txt holds no words. Nothing was added.",
        "binary.txt is a binary file, not text. Save its text as .txt and ingest that.",
        "damaged.txt is damaged UTF-8 text (byte 8 is e9). Save it as UTF-8 again and ingest it.",
        (
            "The front matter of broken.md cannot be read at line 2 (ParserError). "
            "Mend it between the two --- lines, or remove it."
        ),
        (
            f"sheet.xls is not a kind of file that is read ({', '.join(MODULES)}). Save its text as"
            " .txt and ingest that."
        ),
        None,
    ]
    assert [article.title for article in corpus.snapshot().articles] == ["The Good Weir"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_without_permission_is_told(ingester: Ingester, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text(POST.format(n="Secret"))
    (tmp_path / "secret.txt").chmod(0)
    assert [report.reason for report in ingester.ingest_paths([tmp_path / "secret.txt"])] == [
        "secret.txt cannot be read: Permission denied. Check its permissions."
    ]


def test_nothing_in_a_folder_keeps_a_good_file_out(ingester: Ingester, tmp_path: Path) -> None:
    news = tmp_path / "news"
    news.mkdir()
    (news / ("m" * 250 + ".txt")).write_text(POST.format(n="Long"))
    (news / "made-up.txt").symlink_to("/proc/self/status")
    os.mkfifo(news / "fifo.txt")
    (news / "loop").symlink_to(news)
    deepest = os.open(news, os.O_RDONLY)
    for _ in range(1500):
        os.mkdir("d", dir_fd=deepest)
        below = os.open("d", os.O_RDONLY, dir_fd=deepest)
        os.close(deepest)
        deepest = below
    os.close(deepest)
    (news / "z.txt").write_text(POST.format(n="Last"))
    told = {report.source: report for report in ingester.ingest_paths([news])}
    assert {name: report.verdict for name, report in told.items() if len(name) < 300} == {
        "news/fifo.txt": "failed",
        "news/made-up.txt": "failed",
        f"news/{'m' * 250}.txt": "added",
        "news/z.txt": "added",
    }
    assert told["news/made-up.txt"].reason == "news/made-up.txt holds no words. Nothing was added."
    # pytest's own removal stops at a thousand folders
    subprocess.run(["rm", "-rf", str(news)], check=True)


def test_a_name_that_no_file_can_have_is_missing(ingester: Ingester) -> None:
    (report,) = ingester.ingest_paths([Path("m" * 300)])
    assert report.verdict == "failed"


def test_a_folder_in_place_of_a_file_name_is_told(ingester: Ingester, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    assert list(ingester.ingest_paths([tmp_path / "folder.txt"])) == []


def test_the_title_is_read_with_the_sentences_of_each_passage(corpus: Corpus) -> None:
    seen: list[Parts] = []

    class Listening(TinyEmbedder):
        def encode_parts(self, texts: Sequence[Parts]) -> list[Vectors]:
            seen.extend(texts)
            return super().encode_parts(texts)

    Ingester(corpus, Listening()).ingest_bytes("a.txt", POST.format(n="First").encode())
    told = [
        "The First weir broke at noon.",
        "Nobody in the mill below it was warned, the miller said.",
    ]
    assert seen == [["The First Weir", *told]]
    snapshot = corpus.snapshot()
    vectors = snapshot.sentence_vectors(snapshot.passages[0])
    assert vectors is not None and np.allclose(vectors, TinyEmbedder().encode(told), atol=0.01)


def test_a_revised_article_keeps_its_id(ingester: Ingester, corpus: Corpus) -> None:
    ingester.ingest_bytes("a.txt", POST.format(n="First").encode())
    before = corpus.snapshot().articles[0]
    ingester.ingest_bytes("a.txt", POST.format(n="First").replace("noon", "midnight").encode())
    (after,) = corpus.snapshot().articles
    assert after.id == before.id
    assert "midnight" in corpus.snapshot().passages[0].text and "midnight" in corpus.source_text(
        after.id
    )


def test_a_text_that_no_article_holds_is_no_twin(ingester: Ingester, corpus: Corpus) -> None:
    first, second = POST.format(n="First"), POST.format(n="Second")
    # as a run killed before its first article leaves it
    corpus.put_texts([Source("killed.txt", first)])
    assert ingester.ingest_bytes("renamed.txt", first.encode()).verdict == "added"
    ingester.ingest_one(Upload("renamed.txt", second.encode(), options=Options(keep_old=True)))
    assert ingester.ingest_bytes("again.txt", first.encode()).verdict == "added"
    assert ingester.ingest_bytes("twin.txt", second.encode()).verdict == "skipped"


def test_a_twin_in_the_same_run_is_found_though_the_first_is_being_written(
    ingester: Ingester, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(POST.format(n="Third" if name == "c.txt" else "First"))
    reports = list(ingester.ingest_paths([tmp_path]))
    assert [(Path(report.source).name, report.verdict) for report in reports] == [
        ("a.txt", "added"), ("b.txt", "skipped"), ("c.txt", "added"),
    ]  # fmt: skip
