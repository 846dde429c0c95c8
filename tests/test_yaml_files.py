"""Whatever stands in a file of YAML, its reader reads it or says in one sentence that it does
not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from ingest.document import Document
from ingest.formats.front_matter import read_front_matter
from ingest.pipeline import Ingester
from ingest.sidecar import obey
from tests.served import in_process, tiny
from ui.cli.main import main
from vectorstore.corrections import Correction, read_corrections
from vectorstore.errors import AliasError, CorrectionError, RashomonError, SourceNotText
from vectorstore.names.aliases import read_aliases
from vectorstore.yaml_files import NotYaml, read_yaml, shown, write_yaml

ODD = {
    "a date that is none": ("a: 2019-99-99", "at line 1 (ValueError)"),
    "a moment that is none": ("b: 1\na: 2019-01-01 99:99:99", "at line 2 (ValueError)"),
    "5,000 brackets": ("[" * 5000, "at line 1 (nested more than 50 deep)"),
    "5,000 dashes": ("- " * 5000, "at line 1 (nested more than 50 deep)"),
    "a thousand laughs": ("a: &a [x, x]\nb: [*a, *a]", "at line 1 (an anchor or alias, & or *)"),
    "an alias of nothing": ("a: *b", "at line 1 (an anchor or alias, & or *)"),
    "a list as a name": ("? [a, b]\n: c", "at line 1 (ConstructorError)"),
    "a dict as a name": ("{a: 1}: c", "at line 1 (ConstructorError)"),
    "a number that Python does not write": (
        "a: 0x" + "f" * 5000,
        "at line 1 (a number of 5002 characters)",
    ),
    "a number of hours": ("a: 1" + ":59" * 90, "at line 1 (a number of 271 characters)"),
    "a number that is none": ("a: !!int b", "at line 1 (ValueError)"),
    "bytes that are none": ("a: !!binary é", "at line 1 (ConstructorError)"),
    "a tag of Python's": ("a: !!python/object:os.system ls", "at line 1 (ConstructorError)"),
    "half of a character": ('a: "\\ud800"', "at line 1 (half of a character)"),
    "a character that is none": ("a: b\nc: \x01", "at line 2 (ReaderError)"),
    "two documents": ("a: b\n---\nc: d", "at line 2 (ComposerError)"),
    "a tab": ("a:\n\tb: c", "at line 2 (ScannerError)"),
}


@pytest.mark.parametrize(("text", "why"), ODD.values(), ids=ODD)
def test_what_is_not_read_is_told_with_its_line(text: str, why: str) -> None:
    with pytest.raises(NotYaml) as raised:
        read_yaml(text)
    assert str(raised.value) == why


def test_plain_yaml_is_read_and_what_is_written_is_read_back() -> None:
    rows = {
        "a": [1, 2.5, None, True, datetime.date(2020, 5, 3)],
        "مارا": {"b": "1984", "c": "- not a list"},
    }
    assert read_yaml(write_yaml(rows)) == rows
    assert read_yaml("# nothing\n") is None
    assert read_yaml("a: 1\na: 2") == {"a": 2}
    with pytest.raises(NotYaml, match=r"at line 2 \('a' stands there twice\)"):
        read_yaml("a: 1\na: 2", distinct=True)


def test_a_long_value_is_quoted_by_its_beginning() -> None:
    assert [shown(value) for value in ("x" * 10, "x" * 100, datetime.date(2019, 1, 1))] == [
        "'xxxxxxxxxx'",
        "'" + "x" * 78 + "…",
        "2019-01-01",
    ]


NAMES = st.sampled_from(
    [
        *Correction.__dataclass_fields__,
        "variants",
        "not",
        "articles",
        "line",
        "title",
        "date",
        "Mara",
    ]
)
WORDS = (
    NAMES
    | st.sampled_from(["person", "author", "king", "2020-05-03", "", " ", "..."])
    | st.text(max_size=8)
)
PLAIN = (
    WORDS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.binary(max_size=8)
    | st.dates()
    | st.datetimes(timezones=st.just(datetime.UTC))
)
KEYS = WORDS | st.none() | st.booleans() | st.integers(-3, 3) | st.floats() | st.dates()
STRUCTURES = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=20,
)
ROWS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("article", "words", "at", "type", "holder"), STRUCTURES)
)
FACTS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(("line", "title", "author", "date", "kind"), STRUCTURES)
)
ENTRIES = st.dictionaries(
    KEYS, st.fixed_dictionaries({}, optional=dict.fromkeys(("type", "variants", "not"), STRUCTURES))
)
MARKS = st.text(alphabet="ab19:-_.,[]{}&*!?|>'\"%@#<= \t\n\\x\u0085\ufeff\x00مé", max_size=60)
TEXTS = (
    STRUCTURES
    | st.lists(ROWS, max_size=3)
    | ENTRIES
    | FACTS
    | st.lists(FACTS).map(lambda rows: {"articles": rows})
).map(lambda value: yaml.dump(value, allow_unicode=True, default_flow_style=None)).flatmap(
    lambda text: (
        st.just(text) | st.tuples(st.just(text), MARKS, st.integers(0, len(text))).map(cut_into)
    )
) | MARKS


def cut_into(told: tuple[str, str, int]) -> str:
    text, marks, at = told
    return text[:at] + marks + text[at:]


def aliases(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for name, alias in read_aliases(path).by_key().items():
        assert name and alias.name.encode()


def corrections(path: Path, text: str) -> None:
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    for one in read_corrections(path):
        assert one.words and isinstance(one.article, str) and type(one.at) is int


def sidecar(path: Path, text: str) -> None:
    parts = obey("a.txt", Document("One\n\nTwo\n\nThree\n"), text).parts
    assert all(0 <= part.start < part.end for part in parts)


def front_matter(path: Path, text: str) -> None:
    found = read_front_matter("a.md", f"---\n{text}\n---\nThe text")
    assert found is None or all(
        isinstance(value, str | None) for value in vars(found.facts).values()
    )


READERS: dict[str, tuple[Callable[[Path, str], None], type[RashomonError]]] = {
    "aliases": (aliases, AliasError),
    "corrections": (corrections, CorrectionError),
    "sidecar": (sidecar, SourceNotText),
    "front matter": (front_matter, SourceNotText),
}


@pytest.mark.parametrize(("reads", "error"), READERS.values(), ids=READERS)
def test_whatever_stands_there_is_read_or_refused_in_one_sentence(
    reads: Callable[[Path, str], None],
    error: type[RashomonError],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    path = tmp_path_factory.mktemp("yaml") / "written.yaml"

    @given(TEXTS)
    def read_or_refused(text: str) -> None:
        try:
            reads(path, text)
        except error as refused:
            assert type(refused) is error and len(str(refused)) < 500 and "\n" not in str(refused)

    read_or_refused()
    for text, _ in ODD.values():
        read_or_refused.hypothesis.inner_test(text)  # type: ignore[attr-defined]


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    (tmp_path / "corrections.yaml").write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(
        CorrectionError, match=r"^corrections\.yaml cannot be read \(UnicodeDecodeError\)\."
    ):
        read_corrections(tmp_path / "corrections.yaml")
    (tmp_path / "aliases.yaml").mkdir()
    with pytest.raises(AliasError, match=r"^aliases\.yaml cannot be read \(no regular file\)\."):
        read_aliases(tmp_path / "aliases.yaml")


BROKEN = {
    "a date as an alias": (
        "aliases.yaml",
        "a: 2019-99-99",
        "aliases.yaml cannot be read at line 1 (ValueError).",
    ),
    "deep aliases": (
        "aliases.yaml",
        "[" * 5000,
        "aliases.yaml cannot be read at line 1 (nested more than 50 deep).",
    ),
    "no names": (
        "aliases.yaml",
        "a: {variants: [1, null]}",
        "aliases.yaml: 'variants' of 'a' must be a list of names.",
    ),
    "a day as a name": ("aliases.yaml", "2019-01-01: {}", "aliases.yaml: 2019-01-01 is no name."),
    "a list as an article": (
        "corrections.yaml",
        "- {article: [1], words: x, at: 0, type: person, holder: A}",
        "corrections.yaml: entry 1 has a value that cannot be, article: [1].",
    ),
    "a number as a holder": (
        "corrections.yaml",
        "- {article: a, words: x, at: 0, type: person, holder: 7}",
        "corrections.yaml: entry 1 has a value that cannot be, holder: 7.",
    ),
}


@pytest.mark.parametrize(("name", "content", "sentence"), BROKEN.values(), ids=BROKEN)
def test_files_beside_the_corpus_are_told_in_a_sentence_by_ask_doctor_and_a_server(
    name: str, content: str, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "corpus"
    with tiny(folder, log="off") as client, in_process(client) as http:
        (folder / name).write_text(content)
        for reply in (http.get("/v1/holders"), http.post("/v1/answers", json={"question": "Who?"})):
            assert (reply.status_code, reply.json()["detail"].startswith(sentence)) == (503, True)
    assert main(["ask", "Who?", "--corpus", str(folder)]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"rashomon: {sentence}") and err.count("\n") == 1
    assert main(["doctor", "--corpus", str(folder)]) == 1
    out, err = capsys.readouterr()
    assert err == "" and any(
        line.startswith("FAIL") and sentence in line for line in out.splitlines()
    )


def test_front_matter_that_is_too_deep_is_that_file_s_report(ingester: Ingester) -> None:
    report = ingester.ingest_bytes(
        "deep.md", b"---\ntitle: " + b"[" * 20_000 + b"]" * 20_000 + b"\n---\nThe ferry sailed.\n"
    )
    assert (report.verdict, report.reason) == (
        "failed",
        (
            "The front matter of deep.md cannot be read at line 2 (nested more than 50 deep). "
            "Mend it between the two --- lines, or remove it."
        ),
    )


def test_what_is_read_of_yaml_is_what_pyyaml_reads() -> None:
    texts: list[Any] = [
        "a: [b, {c: d}]",
        "- 1\n- x: |\n    y\n",
        "a: 2020-05-03",
        "'a': \"b\\u0645\"",
        "a: ~",
        "",
    ]
    assert [read_yaml(text) for text in texts] == [yaml.safe_load(text) for text in texts]
