from __future__ import annotations

import io
import json
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.test_cli import run
from tests.test_corrector import WEIR
from ui.cli.main import main
from vectorstore.fact_corrections import FactCorrection, read_facts
from vectorstore.names.aliases import read_aliases
from vectorstore.overrides import WRITTEN

DOCS = (ROOT / "docs" / "voices.md").read_text(encoding="utf-8")
MILL = """The Mill Is Lost

By Lin Marsh
Quay Post
9 June 2022

The mill at Tolling was lost in the flood. Omar Reed said that the weir had been old for years.
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two articles in which people speak."""
    made = tmp_path_factory.mktemp("voices")
    for name, text in (("weir.txt", WEIR), ("mill.txt", MILL)):
        (made / name).write_text(text)
    assert (
        main(
            [
                "ingest",
                str(made / "weir.txt"),
                str(made / "mill.txt"),
                "--corpus",
                str(made / "corpus"),
            ]
        )
        == 0
    )
    return made / "corpus"


@pytest.fixture
def untouched(folder: Path) -> Iterator[Path]:
    """The same corpus; what a test writes beside it is gone afterwards."""
    yield folder
    for name in WRITTEN:
        (folder / name).unlink(missing_ok=True)


@pytest.fixture
def article(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """The id of the article about the weir."""
    _, out, _ = run(capsys, "articles", "--json", "--corpus", str(folder))
    return str(
        next(row["id"] for row in map(json.loads, out.splitlines()) if row["source"] == "weir.txt")
    )


def test_statements_are_listed_a_line_each_with_their_ids(
    folder: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "statements", "--holder", "Reed", "--corpus", str(folder))
    assert (code, out.splitlines()[0].split()) == (
        0,
        ["id", "source", "start", "end", "form", "holder", "text"],
    )
    assert [line.split("Omar Reed")[1].strip() for line in out.splitlines()[1:]] == [
        "the weir had been old for years",
        "nobody had been warned",
        "the gate was open",
    ]
    code, out, _ = run(
        capsys, "statements", article, "--holder", "Lin Marsh", "--json", "--corpus", str(folder)
    )
    row = json.loads(out)
    assert (row["article_id"], row["text"]) == (article, "The gate was open all night")


def test_one_article_is_read_by_voice(
    folder: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "statements", "weir broke", "--corpus", str(folder))
    assert code == 0
    assert (
        out == "The Weir Broke at Noon\n"
        "Ana Bell, North Post, 2021-05-03\n"
        "\n"
        "s0 Ana Bell               The weir above Tolling broke at noon. Omar Reed said\n"
        "                          that\n"
        "s1 Omar Reed              nobody had been warned.\n"
        "s0 Ana Bell               He denied that\n"
        "s2 Omar Reed, denied      the gate was open.\n"
        "\n"
        "s3 Lin Marsh              “The gate was open all night,”\n"
        "s0 Ana Bell               said Lin Marsh. The town slept.\n"
        "\n"
        "   2  Omar Reed\n"
        "   1  Ana Bell\n"
        "   1  Lin Marsh\n"
        "\n"
        f"s0 stands for {article}-s0: rashomon statements --why {article}-s0\n"
    )
    _, same, _ = run(capsys, "statements", article, "--corpus", str(folder))
    assert same == out
    _, rows, _ = run(capsys, "statements", article, "--json", "--corpus", str(folder))
    assert [json.loads(line)["id"] for line in rows.splitlines()] == [
        f"{article}-s{n}" for n in range(4)
    ]


_COLOUR = re.compile(r"\x1b\[[39]\dm")


class Terminal(io.StringIO):
    """An output that is a terminal."""

    def isatty(self) -> bool:
        return True


def shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch, folder: Path, **environment: str) -> str:
    for name, value in {"TERM": "xterm-256color", **environment}.items():
        monkeypatch.setenv(name, value)
    terminal = Terminal()
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", terminal)
        assert main(["statements", "weir broke", "--corpus", str(folder)]) == 0
    return terminal.getvalue()


def test_voices_have_colours_on_a_terminal_unless_nobody_wants_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, plain, _ = run(capsys, "statements", "weir broke", "--corpus", str(folder))
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = shown_on_a_terminal(monkeypatch, folder)
    assert _COLOUR.search(coloured) and "nobody had been warned" in coloured
    bare = shown_on_a_terminal(monkeypatch, folder, NO_COLOR="1")
    assert not _COLOUR.search(bare)
    assert "\x1b" not in shown_on_a_terminal(monkeypatch, folder, TERM="dumb")
    assert "\x1b" not in plain


def test_why_a_statement_is_whose_it_is(
    folder: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "statements", "--why", f"{article}-s2", "--corpus", str(folder))
    assert (code, out.splitlines()) == (
        0,
        [
            f"{article}-s2 stands in “The Weir Broke at Noon” (weir.txt:156-173).",
            "Words: “the gate was open”",
            "Holder: Omar Reed, a person.",
            (
                "“He” is the subject of “denied”, and the words follow with that. The rule is"
                " subject-that."
            ),
            "“He” was read as Omar Reed, who spoke last before.",
            "Omar Reed denies this.",
            "The confidence is 0.64 of 1.",
            f"The words stand inside {article}-s0, the words of Ana Bell.",
            "How the words came: Omar Reed, quoted by Ana Bell, in North Post, 2021-05-03.",
            (
                f'To overrule this: rashomon correct {article}-s2 --holder "NAME", or --author, or'
                " --unnamed."
            ),
        ],
    )
    _, short, _ = run(
        capsys, "statements", article, "--why", "s2", "--json", "--corpus", str(folder)
    )
    assert json.loads(short) == {"id": f"{article}-s2", "sentences": out.splitlines()}


def test_the_statements_of_one_holder_are_told_by_outlet_and_date(
    folder: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "holders", "Omar Reed", "--corpus", str(folder))
    mill = out.splitlines()[6].split()[0]
    assert (code, out.splitlines()) == (
        0,
        [
            "Omar Reed, person: 3 statements in 2 articles",
            "",
            "North Post, 2021-05-03 · The Weir Broke at Noon",
            f"  {article}-s1  nobody had been warned",
            f"  {article}-s2, denied  the gate was open",
            "",
            "Quay Post, 2022-06-09 · The Mill Is Lost",
            f"  {out.splitlines()[7].split()[0]}  the weir had been old for years",
            "",
        ],
    )
    assert mill == "Quay"
    _, rows, _ = run(capsys, "holders", "Omar Reed", "--json", "--corpus", str(folder))
    assert [json.loads(line)["holder"]["name"] for line in rows.splitlines()] == ["Omar Reed"] * 3


def test_a_statement_is_corrected_listed_and_given_back(
    untouched: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at, id = ("--corpus", str(untouched)), f"{article}-s1"
    code, out, _ = run(capsys, "correct", id, "--holder", "Sela Rowe", *at)
    assert (code, out) == (
        0,
        f"corrected {id}: Sela Rowe (person) answers for {id}, nobody had been warned\n",
    )
    _, out, _ = run(capsys, "statements", article, *at)
    assert "s1 Sela Rowe, corrected   nobody had been warned." in out.splitlines()
    _, out, _ = run(capsys, "statements", "--why", id, *at)
    assert (
        "A person said whose words these are; that beats every rule. The rule is correction." in out
    )
    assert out.splitlines()[-1].startswith("A person corrected this on 2")
    assert out.splitlines()[-1].endswith(f"To take that back: rashomon correct --withdraw {id}")
    _, out, _ = run(capsys, "holders", "--json", *at)
    assert "Sela Rowe" in {json.loads(line)["name"] for line in out.splitlines()}
    _, out, _ = run(
        capsys, "ask", "Who was warned of the weir?", "--holder", "Sela Rowe", "--json", *at
    )
    assert {c["holder"]["name"] for c in json.loads(out)["citations"]} == {"Sela Rowe"}
    _, out, _ = run(capsys, "correct", "--list", "--json", *at)
    row = json.loads(out)
    assert (row["statement_id"], row["holder"], row["type"], row["holds"]) == (
        id,
        "Sela Rowe",
        "person",
        True,
    )
    code, out, _ = run(capsys, "correct", "--withdraw", id, *at)
    assert (code, out) == (
        0,
        f"withdrawn {id}: Omar Reed (person) answers for {id}, nobody had been warned\n",
    )
    assert run(capsys, "correct", "--list", "--json", *at)[1] == ""


def test_a_name_of_the_aliases_file_is_shown_for_all_its_spellings(
    untouched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (untouched / "aliases.yaml").write_text(
        "Omar the Miller:\n  type: person\n  variants: [Omar Reed]\n"
    )
    _, out, _ = run(capsys, "holders", "--corpus", str(untouched))
    assert (
        out.splitlines()[1]
        == "Omar the Miller  person  Omar Reed  3           2         2021-05-03  2022-06-09"
    )
    _, out, _ = run(capsys, "holders", "Omar Reed", "--corpus", str(untouched))
    assert (
        out.splitlines()[0] == "Omar the Miller, person, also Omar Reed: 3 statements in 2 articles"
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["statements", "no such title"], "No article has the id or title 'no such title'."),
        (["statements", "the"], "2 articles have 'the' in their title: "),
        (["statements", "--why", "none"], "No statement has the id 'none'."),
        (
            ["statements", "--holder", "Nobody Known"],
            "Nobody here goes by the name 'Nobody Known'.",
        ),
        (["holders", "Nobody Known"], "Nobody here goes by the name 'Nobody Known'."),
        (
            ["correct", "x"],
            "Say whose the words are with one of --holder NAME, --author and --unnamed.",
        ),
        (["correct", "x", "--author", "--unnamed"], "Say whose the words are with one of"),
        (
            ["correct", "--holder", "Ed"],
            "Name one statement by its id, or list what was corrected with --list.",
        ),
        (
            ["correct", "x", "--list"],
            "Name one statement by its id, or list what was corrected with --list.",
        ),
        (["correct", "x", "--holder", "Ed"], "No statement has the id 'x'."),
        (["correct", "x", "--holder", "Ed", "--type", "ghost"], "Invalid value for '--type'"),
        (["correct", "--withdraw", "x"], "Nothing of 'x' was corrected."),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(
    folder: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    code, out, err = run(capsys, *arguments, "--corpus", str(folder))
    assert (code, out) == (2, "")
    assert err.startswith(f"rashomon: {sentence}") and err.count("\n") == 1


def test_doctor_counts_the_corrections_that_hold_and_names_those_that_do_not(
    untouched: Path, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ("--corpus", str(untouched))
    run(capsys, "correct", f"{article}-s1", "--holder", "Sela Rowe", *at)
    code, out, _ = run(capsys, "doctor", *at)
    assert (code, out.splitlines()[-3:]) == (
        0,
        [
            f"ok    aliases      0 in {untouched / 'aliases.yaml'}",
            f"ok    facts        of 0 articles in {untouched / 'facts.yaml'}",
            "ok    corrections  1 hold",
        ],
    )
    written = (untouched / "corrections.yaml").read_text()
    (untouched / "corrections.yaml").write_text(
        written.replace("nobody had been warned", "everybody was warned")
    )
    (row,) = map(json.loads, run(capsys, "correct", "--list", "--json", *at)[1].splitlines())
    code, out, _ = run(capsys, "doctor", *at)
    assert (code, out.splitlines()[-1]) == (
        1,
        (
            f"FAIL  corrections  0 hold; the words are gone of {row['id']} (The Weir Broke at"
            " Noon): `rashomon correct --withdraw ID`"
        ),
    )
    assert run(capsys, "correct", "--withdraw", row["id"], *at)[:2] == (
        0, f"withdrawn {row['id']}: its words are gone\n"
    )  # fmt: skip


def test_doctor_fails_on_files_that_cannot_be_read_and_goes_on(
    untouched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (untouched / "aliases.yaml").write_text("Omar Reed: [")
    (untouched / "corrections.yaml").write_text("nothing")
    (untouched / "facts.yaml").write_text("- nothing")
    code, out, err = run(capsys, "doctor", "--corpus", str(untouched))
    assert (code, err) == (1, "")
    assert [line.split()[:2] for line in out.splitlines()[5:]] == [
        ["FAIL", "corpus"], ["ok", "kept"], ["ok", "orphans"], ["FAIL", "aliases"], ["FAIL", "facts"],
        ["FAIL", "corrections"],
    ]  # fmt: skip
    code, out, err = run(capsys, "holders", "--corpus", str(untouched))
    assert (code, out, err.count("\n")) == (
        1,
        "",
        1,
    ) and "aliases.yaml cannot be read at line 1" in err


def test_what_people_wrote_beside_a_corpus_stays_when_it_is_embedded_anew(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "weir.txt").write_text(WEIR)
    at = ("--corpus", str(tmp_path / "corpus"))
    assert run(capsys, "ingest", str(tmp_path / "weir.txt"), *at)[0] == 0
    _, out, _ = run(capsys, "statements", "--holder", "Omar Reed", "--json", *at)
    id = json.loads(out.splitlines()[0])["id"]
    assert run(capsys, "correct", id, "--holder", "Sela Rowe", *at)[0] == 0
    (tmp_path / "corpus" / "aliases.yaml").write_text("Selma Rowe:\n  variants: [Sela Rowe]\n")
    facts = f"{id.partition('-')[0]}: {{facts: {{outlet: Reed Weekly}}}}\n"
    (tmp_path / "corpus" / "facts.yaml").write_text(facts)
    assert run(capsys, "reembed", *at)[0] == 0
    assert json.loads(run(capsys, "articles", "--json", *at)[1])["outlet"] == "Reed Weekly"
    _, out, _ = run(capsys, "statements", "--holder", "Sela Rowe", "--json", *at)
    row = json.loads(out)
    assert (row["id"], row["holder"]["name"], row["rule"]) == (id, "Selma Rowe", "correction")


def test_the_commands_of_the_docs_give_what_the_docs_show(
    untouched: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert f"```text\n{WEIR}```" in DOCS
    shown = [
        part
        for block in re.findall(r"```console\n(.*?)```", DOCS, re.DOTALL)
        for part in block.split("$ ")[1:]
    ]
    assert len(shown) == 6
    for command, _, expected in (part.partition("\n") for part in shown):
        code, out, err = run(capsys, *shlex.split(command)[1:], "--corpus", str(untouched))
        assert (code, out, err) == (0, expected.rstrip("\n") + "\n", ""), command


def test_the_files_of_the_docs_can_be_read(tmp_path: Path) -> None:
    example, facts = re.findall(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    (tmp_path / "aliases.yaml").write_text(example)
    assert [entry.name for entry in read_aliases(tmp_path / "aliases.yaml").entries] == [
        "Omar Reed",
        "Ministry of Works",
    ]
    (tmp_path / "facts.yaml").write_text(facts)
    given = {"author": "Sela Rowe", "published": "2021-05-04", "translator": None}
    assert read_facts(tmp_path / "facts.yaml") == (
        FactCorrection("31072e91023f39a2", given, "The Weir Broke at Noon"),
    )
