from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.pipeline import Ingester
from rag.answerer import Answerer
from rag.filters import Filters
from rag.settings import read_settings
from ui.client.corrector import Corrector
from ui.client.holders import holder_rows
from ui.schemas import AskedCorrection, CorrectionRow
from vectorstore.corpus import Corpus
from vectorstore.errors import CorrectionError, NotFound, UsageError
from vectorstore.records import Holder, Statement

Add = Callable[[str, str], None]

WEIR = """The Weir Broke at Noon

By Ana Bell
North Post
3 May 2021

The weir above Tolling broke at noon. Omar Reed said that nobody had been warned. He denied that the gate was open.

“The gate was open all night,” said Lin Marsh. The town slept.
"""


@pytest.fixture
def corrector(corpus: Corpus, add: Add) -> Corrector:
    """Over one article in which Omar Reed and Lin Marsh speak."""
    add("weir.txt", WEIR)
    return Corrector(corpus)


def told(corpus: Corpus) -> list[tuple[str | None, str]]:
    return [(s.holder.name, WEIR[s.start : s.end]) for s in corpus.snapshot().statements[1:]]


def of(corpus: Corpus, words: str) -> Statement:
    """The statement that begins with some words."""
    return next(
        s for s in reversed(corpus.snapshot().statements) if WEIR[s.start :].startswith(words)
    )


def asked(**given: Any) -> AskedCorrection:
    return AskedCorrection(**given)


def test_a_statement_is_given_to_whom_a_person_says(corpus: Corpus, corrector: Corrector) -> None:
    found = of(corpus, "nobody had")
    now = corrector.correct(found.id, asked(holder="Sela Rowe"))
    assert (now.id, now.text, now.rule, now.resolved, now.confidence) == (
        found.id, "nobody had been warned", "correction", "person", 1.0,
    )  # fmt: skip
    assert now.holder == Holder("Sela Rowe", "Omar Reed", "person")
    assert corrector.rows() == [
        CorrectionRow(
            corrector.rows()[0].id, found.id, found.article_id, "The Weir Broke at Noon", "nobody had been warned",
            found.start, "person", "Sela Rowe", date.today().isoformat(), True,
        )
    ]  # fmt: skip


def test_what_is_taken_back_is_as_it_was(corpus: Corpus, corrector: Corrector) -> None:
    before = corpus.snapshot().statements
    found = of(corpus, "nobody had")
    corrector.correct(found.id, asked(holder="Sela Rowe"))
    now = corrector.withdraw(found.id)
    assert now is not None and (now.id, now.holder.name) == (found.id, "Omar Reed")
    assert (corpus.snapshot().statements, corrector.rows()) == (before, [])


def test_a_correction_shows_in_answers_and_in_the_list_of_holders(
    corpus: Corpus, corrector: Corrector, answerer: Answerer
) -> None:
    corrector.correct(of(corpus, "The gate was").id, asked(holder="Sela Rowe"))
    answer = answerer.answer(
        "What did Sela Rowe say of the gate?", filters=Filters(holders=("Sela Rowe",))
    )
    assert [(c.holder.name, c.quote) for c in answer.citations] == [
        ("Sela Rowe", "The gate was open all night")
    ]
    assert {row.name for row in holder_rows(corpus.snapshot())} == {
        "Ana Bell",
        "Omar Reed",
        "Sela Rowe",
    }


def test_a_correction_outlasts_another_ingest_with_other_words_around_it(
    corpus: Corpus, corrector: Corrector, ingester: Ingester
) -> None:
    corrector.correct(of(corpus, "nobody had").id, asked(holder="Sela Rowe"))
    changed = WEIR.replace("broke at noon. ", "broke at noon, and the mill was lost. ")
    assert ingester.ingest_bytes("weir.txt", changed.encode()).verdict == "replaced"
    row = corrector.rows()[0]
    assert (row.holds, row.statement_id is None) == (True, False)
    now = next(s for s in corpus.snapshot().statements if s.id == row.statement_id)
    assert (now.holder.name, now.rule) == ("Sela Rowe", "correction")
    assert changed[now.start : now.end] == "nobody had been warned"


def test_a_correction_whose_words_are_gone_holds_no_more_and_is_withdrawn_by_its_own_id(
    corpus: Corpus, corrector: Corrector, ingester: Ingester
) -> None:
    corrector.correct(of(corpus, "nobody had").id, asked(holder="Sela Rowe"))
    ingester.ingest_bytes(
        "weir.txt", WEIR.replace("nobody had been warned", "all had been told").encode()
    )
    row = corrector.rows()[0]
    assert (row.holds, row.statement_id) == (False, None)
    assert corrector.withdraw(row.id) is None
    assert corrector.rows() == []


def test_words_given_back_to_the_author_can_be_withdrawn_by_the_id_of_what_went(
    corpus: Corpus, corrector: Corrector
) -> None:
    found = of(corpus, "nobody had")
    now = corrector.correct(found.id, asked(type="author"))
    assert (now.holder.name, now.holder.type, now.parent_id) == ("Ana Bell", "author", None)
    assert told(corpus)[0] == ("Omar Reed", "the gate was open")
    back = corrector.withdraw(found.id)
    assert back is not None and (back.id, back.holder.name) == (found.id, "Omar Reed")


def test_somebody_unnamed_answers(corpus: Corpus, corrector: Corrector) -> None:
    now = corrector.correct(of(corpus, "nobody had").id, asked(type="unnamed"))
    assert (now.holder.name, now.holder.type) == (None, "unnamed")


def test_the_right_words_take_the_place_of_the_wrong_ones(
    corpus: Corpus, corrector: Corrector
) -> None:
    found = of(corpus, "nobody had")
    now = corrector.correct(
        found.id, asked(holder="Omar Reed", words="that nobody\nhad  been warned")
    )
    assert (now.id, now.text) == (found.id, "that nobody had been warned")
    assert told(corpus)[0] == ("Omar Reed", "that nobody had been warned")
    again = corrector.correct(now.id, asked(holder="Sela Rowe"))
    assert (again.id, again.text, len(corrector.rows())) == (
        found.id,
        "that nobody had been warned",
        1,
    )
    last = corrector.correct(now.id, asked(holder="Sela Rowe", words="nobody had been warned"))
    assert (last.id, last.text, len(corrector.rows())) == (found.id, "nobody had been warned", 1)
    assert told(corpus)[0] == ("Sela Rowe", "nobody had been warned")


def test_words_that_no_rule_found_can_be_given_to_somebody(
    corpus: Corpus, corrector: Corrector
) -> None:
    root = corpus.snapshot().statements[0]
    now = corrector.correct(root.id, asked(holder="Sela Rowe", words="The town slept."))
    assert (now.text, now.holder.name, now.parent_id) == ("The town slept.", "Sela Rowe", root.id)
    assert corpus.snapshot().statements[0] == root
    back = corrector.withdraw(now.id)
    assert back is not None and back.id == root.id


@pytest.mark.parametrize(
    ("statement", "given", "sentence"),
    [
        ("nobody had", {}, "Nobody is named."),
        ("nobody had", {"type": "person"}, "Nobody is named."),
        ("nobody had", {"holder": " . "}, "' . ' is no name."),
        ("nobody had", {"holder": "Bell \udcff"}, "'Bell \\udcff' is no name."),
        ("nobody had", {"holder": "Ed", "words": "the mill"}, "These words do not stand in the text of"),
        ("nobody had", {"holder": "Ed", "words": "North Post"}, "These words do not stand in the text of"),
        ("nobody had", {"holder": "Ed", "words": ""}, "These words do not stand in the text of"),
        ("nobody had", {"holder": "Ed", "words": "been warned. He denied that the"}, "These words cut the statement"),
        ("nobody had", {"type": "author", "words": "nobody"}, "Words go back to the author as a whole statement"),
        ("nobody had", {"type": "author", "holder": "Ed"}, "Words go back to the author as a whole statement"),
        ("The weir", {"type": "author"}, "The statement"),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_is_told_and_nothing_is_written(
    corpus: Corpus, corrector: Corrector, statement: str, given: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(sentence)}"):
        corrector.correct(of(corpus, statement).id, asked(**given))
    assert corrector.rows() == []


def test_unknown_ids_are_told(corrector: Corrector) -> None:
    with pytest.raises(NotFound, match="No statement has the id 'none'"):
        corrector.correct("none", asked(holder="Ed"))
    with pytest.raises(NotFound, match="Nothing of 'none' was corrected"):
        corrector.withdraw("none")


def test_the_type_is_what_the_corpus_knows_the_name_as(
    corpus: Corpus, corrector: Corrector
) -> None:
    first, second = of(corpus, "nobody had"), of(corpus, "the gate was")
    assert (
        corrector.correct(first.id, asked(holder="Works Office", type="organisation")).holder.type
        == "organisation"
    )
    assert corrector.correct(second.id, asked(holder="Works Office")).holder.type == "organisation"
    assert corrector.correct(first.id, asked(holder="Lin Marsh")).holder.type == "person"
    assert corpus.corrections is not None
    corpus.corrections.with_name("aliases.yaml").write_text("Quay Post:\n  type: media\n")
    assert corrector.correct(first.id, asked(holder="Quay Post")).holder.type == "media"


def test_a_broken_file_of_corrections_is_told(corpus: Corpus, corrector: Corrector) -> None:
    assert corpus.corrections is not None
    corpus.corrections.write_text("- words: [")
    with pytest.raises(CorrectionError, match=r"corrections\.yaml cannot be read"):
        corrector.rows()


def test_a_corpus_without_a_folder_beside_it_takes_no_corrections(
    corpus: Corpus, corrector: Corrector
) -> None:
    corpus._beside = None  # as on a Chroma server, opened without one
    with pytest.raises(UsageError, match="has no folder for what people correct"):
        corrector.correct(of(corpus, "nobody had").id, asked(holder="Ed"))
    assert corrector.rows() == []


def test_a_corpus_on_a_server_has_a_folder_of_its_own_beside_it_without_its_password() -> None:
    assert read_settings(corpus="/somewhere/corpus").beside is None
    names = [
        str(read_settings(corpus=url).beside)
        for url in (
            "http://Ann:secret@news.example:8000/River",
            "http://news.example:8000/river",
            "http://news.example",
        )
    ]
    assert len(set(names)) == 3 and "secret" not in "".join(names)
    parents = {Path(name).parent for name in names}
    default = Path(read_settings(corpus="").model_copy(update={"corpus": ""}).corpus_location)
    assert parents == {default.parent / "servers"}
    assert Path(names[0]).name.startswith("news.example-8000-river-")


def test_two_corrections_in_a_row_are_both_seen(corpus: Corpus, corrector: Corrector) -> None:
    found = of(corpus, "nobody had")
    for name in ("Ann Aa", "Ben Bb", "Cle Cc", "Dan Dd"):
        assert corrector.correct(found.id, asked(holder=name)).holder.name == name
    assert [row.holder for row in corrector.rows()] == ["Dan Dd"]
    assert replace(found, rule="correction").id == corrector.rows()[0].statement_id
