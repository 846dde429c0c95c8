from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.test_corpus import entry, put
from ui.cli.main import main
from vectorstore.corpus import Corpus
from vectorstore.records import Source

POST = """The Weir Broke at Noon

By Ana Bell
North Post
3 May 2021

The weir above Tolling broke at noon. Nobody was warned.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A corpus folder with one article in it, made by the command itself."""
    made = tmp_path_factory.mktemp("cli")
    (made / "weir.txt").write_text(POST)
    assert main(["ingest", str(made / "weir.txt"), "--corpus", str(made / "corpus")]) == 0
    yield made / "corpus"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = main(arguments)
    told = capsys.readouterr()
    return code, told.out, told.err


def test_ingest_reports_each_file_and_the_second_run_changes_nothing(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "ingest", str(folder.parent / "weir.txt"), "--corpus", str(folder))
    assert (code, out, err) == (0, "unchanged weir.txt: 1 articles, 1 passages\n", "")
    code, out, _ = run(
        capsys, "ingest", str(folder.parent / "weir.txt"), "--corpus", str(folder), "--json"
    )
    row = json.loads(out)
    assert (row["source"], row["verdict"], row["articles"]) == ("weir.txt", "unchanged", 1)


def test_a_bad_file_is_one_sentence_and_exit_code_1_and_the_others_are_done(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").touch()
    given = [
        str(tmp_path / "none.txt"),
        str(tmp_path / "empty.txt"),
        str(folder.parent / "weir.txt"),
    ]
    code, out, err = run(capsys, "ingest", *given, "--corpus", str(folder))
    assert (code, out) == (1, "unchanged weir.txt: 1 articles, 1 passages\n")
    assert err.splitlines() == [
        f"failed    There is no file or folder {tmp_path / 'none.txt'}. Check the path.",
        "failed    empty.txt holds no words. Nothing was added.",
    ]


def test_ask_prints_the_answer_with_its_sources(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(
        capsys, "ask", "When did the weir above Tolling break?", "--corpus", str(folder)
    )
    assert (code, err) == (0, "")
    assert (
        out == "One voice in one outlet on this, published 3 May 2021.\n\n"
        "**Ana Bell** (the author), in North Post, 3 May 2021\n"
        "> “The weir above Tolling broke at noon.” [1]\n\n"
        "[1] Ana Bell, in North Post, 2021-05-03 · The Weir Broke at Noon · weir.txt:59-96\n"
    )


def test_a_file_of_questions_gives_an_answer_a_line_in_order(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows: list[dict[str, Any]] = [
        {"question": "When did the weir above Tolling break?", "id": "ignored"},
        {
            "question": "And who was warned?",
            "context": ["What happened at the weir above Tolling?"],
        },
        {"question": "What does saffron cost in Tolling?", "context": None},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    code, out, _ = run(
        capsys,
        "ask",
        "--questions",
        str(tmp_path / "questions.jsonl"),
        "--json",
        "--corpus",
        str(folder),
    )
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(a["question"], a["status"]) for a in answers] == [
        ("When did the weir above Tolling break?", "answered"),
        ("And who was warned?", "answered"),
        ("What does saffron cost in Tolling?", "unanswered"),
    ]
    assert (
        answers[1]["understood"]["question"]
        == "What happened at the weir above Tolling? And who was warned?"
    )
    code, out, _ = run(
        capsys,
        "search",
        "--questions",
        str(tmp_path / "questions.jsonl"),
        "-k",
        "1",
        "--json",
        "--corpus",
        str(folder),
    )
    found = [json.loads(line) for line in out.splitlines()]
    assert [row["question"] for row in found] == [row["question"] for row in rows]
    assert {hit["text"] for row in found for hit in row["hits"]} == {
        "The weir above Tolling broke at noon. Nobody was warned."
    }


def test_lists_print_rows_or_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "articles", "--json", "--corpus", str(folder))
    article = json.loads(out)
    assert (article["title"], article["author"], article["outlet"]) == (
        "The Weir Broke at Noon",
        "Ana Bell",
        "North Post",
    )
    _, out, _ = run(capsys, "articles", "--corpus", str(folder))
    assert out.splitlines() == [
        "id                published   outlet      author    language  passages  title",
        (
            f"{article['id']}  2021-05-03  North Post  Ana Bell  en        1         The Weir Broke"
            " at Noon"
        ),
    ]
    _, out, _ = run(capsys, "statements", "--json", "--corpus", str(folder))
    statement = json.loads(out)
    assert statement["holder"] == {
        "name": "Ana Bell",
        "mention": None,
        "type": "author",
        "role": None,
    }
    assert statement["text"] == "The weir above Tolling broke at noon. Nobody was warned."
    assert POST[statement["start"] : statement["end"]] == statement["text"]
    _, out, _ = run(capsys, "holders", "--corpus", str(folder))
    assert out.splitlines() == [
        "name      type    variants  statements  articles  first       last",
        "Ana Bell  author  -         1           1         2021-05-03  2021-05-03",
    ]


def test_search_prints_hits(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "search", "the weir", "--json", "--corpus", str(folder))
    hit = json.loads(out)
    assert code == 0 and POST[hit["start"] : hit["end"]] == hit["text"]
    code, out, _ = run(
        capsys, "search", "the weir", "--outlet", "South Herald", "--corpus", str(folder)
    )
    assert (code, out) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["ask", ""], "The question is empty."),
        (["ask", "why " * 25_000], "The question has 100,000 characters"),
        (["ask"], "Give one question in quotes, or a file of them with --questions."),
        (["ask", "x", "--since", "May"], "'May' is no date."),
        (
            ["ask", "--questions", "none.jsonl"],
            (
                "The questions cannot be read (FileNotFoundError). Name a UTF-8 file of JSON lines."
                " (none.jsonl)"
            ),
        ),
        (["remove", "none"], "No article has the id 'none'."),
        (["ingest", "."], "No file that is read lies in ."),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code, out, err = run(capsys, *arguments, "--corpus", str(folder))
    assert (code, out) == (2, "")
    assert err.startswith(f"rashomon: {sentence}") and err.count("\n") == 1


def test_a_corpus_of_another_embedder_is_one_sentence_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    other = Corpus.open(tmp_path / "other", "another-model")
    put(other, entry())
    other.close()
    code, _, err = run(capsys, "articles", "--corpus", str(tmp_path / "other"))
    assert (
        code == 1
        and "was made with the embedder 'another-model', and 'all-MiniLM-L6-v2+gloss' is set now"
        in err
    )


def test_a_corpus_held_by_no_server_is_one_sentence_and_exit_code_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    held = Corpus.open(tmp_path / "held", "all-MiniLM-L6-v2+gloss")
    code, _, err = run(capsys, "ask", "why?", "--corpus", str(tmp_path / "held"))
    assert code == 1 and "is held by another process" in err and err.count("\n") == 1
    held.close()


def test_a_broken_line_of_questions_is_told_with_its_number(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "q.jsonl").write_text('{"question": "why?"}\n{"no": 1}\n')
    code, out, err = run(
        capsys, "ask", "--questions", str(tmp_path / "q.jsonl"), "--corpus", str(folder)
    )
    assert (code, out) == (1, "") and "Line 2 of" in err


@pytest.mark.parametrize(
    "arguments",
    [["guess"], ["search", "x", "-k", "0"], ["ask", "a", "b"], ["serve", "--port", "x"]],
)
def test_what_the_command_line_cannot_read_is_one_sentence(
    capsys: pytest.CaptureFixture[str], arguments: list[str]
) -> None:
    code, out, err = run(capsys, *arguments)
    assert (code, out) == (2, "") and err.startswith("rashomon: ") and err.count("\n") == 1


@pytest.mark.parametrize(
    "row",
    [
        "5",
        "null",
        '{"question": 5}',
        '{"question": "x", "context": "abc"}',
        '{"question": "x", "context": [1]}',
    ],
)
def test_a_row_that_is_no_question_is_told_with_its_number(
    folder: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, row: str
) -> None:
    (tmp_path / "q.jsonl").write_text(f'\ufeff{{"question": "why?"}}\n{row}\n')
    code, out, err = run(
        capsys, "ask", "--questions", str(tmp_path / "q.jsonl"), "--corpus", str(folder)
    )
    assert (code, out) == (1, "") and "Line 2 of" in err


def test_doctor_finds_a_healthy_installation(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "doctor", "--corpus", str(folder), "--json")
    checks = [json.loads(line) for line in out.splitlines()]
    assert code == 0 and [(check["check"], check["ok"]) for check in checks] == [
        ("python", True),
        ("packages", True),
        ("embedder", True),
        ("language model", True),
        ("reranker", True),
        ("corpus", True),
        ("kept arrays", True),
        ("orphans", True),
        ("aliases", True),
        ("facts", True),
        ("corrections", True),
    ]
    assert "1 articles, 1 passages" in checks[5]["found"]


def test_doctor_finds_what_a_killed_run_left_and_repairs_it(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    left = Corpus.open(tmp_path / "left", "all-MiniLM-L6-v2+gloss")
    left.put_texts([Source("half.txt", "The text of an article that never came.")])
    left.close()
    code, out, _ = run(capsys, "doctor", "--corpus", str(tmp_path / "left"))
    assert code == 1
    assert (
        out.splitlines()[-4]
        == "FAIL  orphans      0 passages and 1 pieces of text that no article needs: "
        "run `rashomon doctor --repair` to remove them"
    )
    code, out, _ = run(capsys, "doctor", "--repair", "--corpus", str(tmp_path / "left"))
    assert (code, out.splitlines()[-4].endswith("that no article needs: removed")) == (0, True)
    code, out, _ = run(capsys, "doctor", "--corpus", str(tmp_path / "left"))
    assert (code, out.splitlines()[-4]) == (0, "ok    orphans      none")


def test_doctor_fails_on_a_corpus_that_is_held(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    held = Corpus.open(tmp_path / "held", "all-MiniLM-L6-v2+gloss")
    code, out, _ = run(capsys, "doctor", "--corpus", str(tmp_path / "held"))
    assert code == 1 and "FAIL  corpus" in out
    held.close()


def test_split_shows_the_cuts_with_reasons_and_leaves_a_sidecar_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "weir.txt"
    file.write_text(POST)
    code, out, _ = run(capsys, "split", str(file))
    assert (code, out.splitlines()[:2]) == (
        0,
        ["     1  The Weir Broke at Noon", "        Ana Bell · North Post · 2021-05-03"],
    )
    sidecar = tmp_path / "weir.txt.articles.yaml"
    written = sidecar.read_text()
    sidecar.write_text(written + "# mine\n")
    code, _, err = run(capsys, "split", str(file))
    assert (
        code == 2
        and err
        == "rashomon: weir.txt.articles.yaml is there already, and was left alone. "
        f"Add --force to write over it. ({sidecar})\n"
    )
    assert sidecar.read_text().endswith("# mine\n")
    code, out, _ = run(capsys, "split", str(file), "--force", "--json")
    assert code == 0 and sidecar.read_text() == written and json.loads(out)["author"] == "Ana Bell"
    assert run(capsys, "split", str(tmp_path / "none.txt"))[0] == 1


def test_flags_fill_what_a_source_never_says_and_prune_removes_what_is_gone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    corpus, news = str(tmp_path / "pruned"), tmp_path / "news"
    news.mkdir()
    (news / "weir.txt").write_text(POST)
    (news / "mill.txt").write_text(
        "The Mill\n\nThe mill was lost in the flood, and the miller has left the valley for good.\n"
    )
    given = ["--outlet", "South Herald", "--date", "9 June 2022", "--author", "Omar Reed"]
    assert run(capsys, "ingest", str(news), *given, "--corpus", corpus)[0] == 0
    _, out, _ = run(capsys, "articles", "--json", "--corpus", corpus)
    rows = {row["source"]: row for row in map(json.loads, out.splitlines())}
    assert [rows["news/weir.txt"][key] for key in ("author", "outlet", "published")] == [
        "Ana Bell",
        "North Post",
        "2021-05-03",
    ]
    assert [rows["news/mill.txt"][key] for key in ("author", "outlet", "published")] == [
        "Omar Reed",
        "South Herald",
        "2022-06-09",
    ]
    (news / "mill.txt").unlink()
    code, out, _ = run(capsys, "ingest", str(news), "--prune", "--corpus", corpus)
    assert (code, out.splitlines()) == (
        0,
        [
            "removed   news/mill.txt: 0 articles, 0 passages",
            "unchanged news/weir.txt: 1 articles, 1 passages",
        ],
    )
    (news / "weir.txt").rename(news / "renamed.txt")
    code, out, _ = run(capsys, "ingest", str(news), "--prune", "--corpus", corpus)
    assert (code, out.splitlines()) == (
        0,
        [
            "removed   news/weir.txt: 0 articles, 0 passages",
            "added     news/renamed.txt: 1 articles, 1 passages",
        ],
    )
    assert run(capsys, "ingest", str(news), "--date", "someday", "--corpus", corpus)[0] == 2


def test_standard_input_and_patterns_are_read_and_a_twin_is_skipped(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import io
    import sys

    corpus = str(tmp_path / "various")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(POST.encode())))
    code, out, _ = run(capsys, "ingest", "-", "--corpus", corpus)
    assert (code, out) == (0, "added     standard-input.txt: 1 articles, 1 passages\n")
    (tmp_path / "one.txt").write_text(POST)
    (tmp_path / "two.txt").write_text(POST.replace("noon", "midnight"))
    code, out, _ = run(capsys, "ingest", str(tmp_path / "*.txt"), "--corpus", corpus)
    assert (code, out.splitlines()) == (
        0,
        [
            "skipped   one.txt: The same text is there already, as standard-input.txt.",
            "added     two.txt: 1 articles, 1 passages",
        ],
    )
    code, _, err = run(capsys, "ingest", str(tmp_path / "*.pdf"), "--corpus", corpus)
    assert code == 1 and f"There is no file or folder {tmp_path}/*.pdf" in err


def test_columns_can_be_named_and_old_texts_kept(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    corpus, table = str(tmp_path / "kept"), tmp_path / "table.csv"
    story = (
        "The weir broke at noon, the miller said, and nobody in the mill below it had been warned."
    )
    table.write_text(f'Kopf,Story,Paper\nThe Weir,"{story}",Quay Post\n')
    columns = ["--column", "title=Kopf", "--column", "text=Story", "--column", "outlet=Paper"]
    assert run(capsys, "ingest", str(table), *columns, "--corpus", corpus)[0] == 0
    table.write_text(
        f'Kopf,Story,Paper\nThe Weir,"{story.replace("noon", "midnight")}",Quay Post\n'
    )
    code, out, _ = run(capsys, "ingest", str(table), *columns, "--keep-old", "--corpus", corpus)
    assert (code, out) == (0, "replaced  table.csv: 1 articles, 1 passages\n")
    _, out, _ = run(capsys, "texts", "table.csv", "--corpus", corpus)
    ids = [line.split()[0] for line in out.splitlines()]
    assert [line.split()[1] for line in out.splitlines()] == ["in", "old"]
    _, out, _ = run(capsys, "texts", "table.csv", "--show", ids[1], "--corpus", corpus)
    assert story in out
    code, out, _ = run(capsys, "doctor", "--repair", "--corpus", corpus)
    assert (code, out.splitlines()[-4]) == (0, "ok    orphans      none")
    assert run(capsys, "texts", "none.csv", "--corpus", corpus)[0] == 2
    assert run(capsys, "ingest", str(table), "--column", "text", "--corpus", corpus)[0] == 2
    assert run(capsys, "ingest", str(table), "--column", "text=Nothing", "--corpus", corpus)[0] == 2


def test_an_interrupted_command_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*given: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.client.opening.open_client", interrupted)
    assert run(capsys, "articles") == (1, "", "rashomon: stopped.\n")


def test_prune_leaves_another_folder_of_the_same_name_and_the_files_inside_archives_alone(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    corpus, north, south = (
        str(tmp_path / "two"),
        tmp_path / "north" / "news",
        tmp_path / "south" / "news",
    )
    for folder, hour in ((north, "noon"), (south, "midnight")):
        folder.mkdir(parents=True)
        (folder / f"{hour}.txt").write_text(POST.replace("noon", hour))
    with ZipFile(south / "old.zip", "w") as archive:
        archive.writestr("dawn.txt", POST.replace("noon", "dawn"))
    assert run(capsys, "ingest", str(north), str(south), "--corpus", corpus)[0] == 0
    code, out, _ = run(capsys, "ingest", str(south), "--prune", "--corpus", corpus)
    assert (code, out.splitlines()) == (
        0,
        [
            "unchanged news/midnight.txt: 1 articles, 1 passages",
            "unchanged news/old.zip/dawn.txt: 1 articles, 1 passages",
        ],
    )
    _, out, _ = run(capsys, "articles", "--json", "--corpus", corpus)
    sources = {json.loads(line)["source"] for line in out.splitlines()}
    assert sources == {"news/noon.txt", "news/midnight.txt", "news/old.zip/dawn.txt"}
