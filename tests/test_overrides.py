from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.answerer import Answerer
from rag.filters import Filters
from vectorstore.corpus import Corpus
from vectorstore.corrections import Correction, add_correction
from vectorstore.errors import AliasError
from vectorstore.overrides import ALIASES

Add = Callable[[str, str], None]
FIRST = "The Weir\n\nBy Ana Bell\nNorth Post\n3 May 2021\n\n{}\n"
SECOND = "The Mill\n\nBy Lin Marsh\nSouth Herald\n9 May 2021\n\n{}\n"


def two_spellings(add: Add) -> None:
    first = (
        "The keeper of the lock, Omar Pelinyan, said that the weir broke at noon. Nobody on the"
        " quay was warned."
    )
    second = (
        "The mill stood still. According to Pelinian, the weir had been old for long when it broke"
        " in spring."
    )
    add("weir.txt", FIRST.format(first))
    add("mill.txt", SECOND.format(second))


def holders(corpus: Corpus) -> list[str]:
    return [s.holder.name or "" for s in corpus.snapshot().statements if s.holder.type == "person"]


def test_two_spellings_of_one_name_are_one_holder_over_all_articles(
    corpus: Corpus, add: Add
) -> None:
    two_spellings(add)
    assert holders(corpus) == ["Omar Pelinyan", "Omar Pelinyan"]
    chains = [s.chain[0].name for s in corpus.snapshot().statements if s.holder.type == "person"]
    assert chains == ["Omar Pelinyan", "Omar Pelinyan"]
    assert corpus.snapshot().naming.variants("Omar Pelinyan") == ("Omar Pelinyan", "Pelinian")


def test_a_question_finds_a_holder_by_another_spelling(
    corpus: Corpus, add: Add, answerer: Answerer
) -> None:
    two_spellings(add)
    for name in ("Pelinyan", "Pelinian", "Pelinjan"):
        answer = answerer.answer(f"What does {name} say about the weir?")
        assert {v.holder.name for v in answer.viewpoints[:2]} == {"Omar Pelinyan"}
        assert {
            v.holder.name
            for v in answerer.answer("weir", filters=Filters(holders=(name,))).viewpoints
        } == {"Omar Pelinyan"}


def test_a_filter_on_somebody_the_corpus_does_not_know_finds_nothing(
    add: Add, answerer: Answerer
) -> None:
    two_spellings(add)
    assert answerer.answer("weir", filters=Filters(holders=("Vera Stahl",))).searched.passages == 0


def test_an_alias_beats_the_rules_and_counts_at_once(
    corpus: Corpus, add: Add, tmp_path: Path
) -> None:
    two_spellings(add)
    before = corpus.snapshot()
    (tmp_path / "tiny-corpus" / ALIASES).write_text(
        "The Keeper: {variants: [Omar Pelinyan], not: [Pelinian]}\n"
    )
    assert sorted(holders(corpus)) == ["Pelinian", "The Keeper"]
    assert corpus.snapshot().version != before.version
    (tmp_path / "tiny-corpus" / ALIASES).unlink()
    assert holders(corpus) == ["Omar Pelinyan", "Omar Pelinyan"]
    assert corpus.snapshot().version == before.version


def test_a_wrong_file_of_aliases_is_told(corpus: Corpus, add: Add, tmp_path: Path) -> None:
    (tmp_path / "tiny-corpus" / ALIASES).write_text("- no names\n")
    with pytest.raises(AliasError, match=r"aliases\.yaml must hold names"):
        corpus.snapshot()


def test_a_correction_is_shown_everywhere_and_not_stored(
    corpus: Corpus, add: Add, answerer: Answerer
) -> None:
    two_spellings(add)
    told = next(
        s
        for s in corpus.snapshot().statements
        if s.holder.type == "person" and "noon" in _words(corpus, s.id)
    )
    assert corpus.corrections is not None
    add_correction(
        corpus.corrections,
        Correction(told.article_id, _words(corpus, told.id), told.start, "person", "Vera Stahl"),
    )
    answer = answerer.answer("When did the weir break?", filters=Filters(holders=("Stahl",)))
    assert [(c.holder.name, c.chain[0].name) for c in answer.citations] == [
        ("Vera Stahl", "Vera Stahl")
    ]
    marked = [s.holder.name for s in corpus.snapshot().statements if s.rule == "correction"]
    assert marked == ["Vera Stahl"]
    stored = [
        s.holder.name for entry in corpus.entries() for p in entry.passages for s in p.statements
    ]
    assert "Vera Stahl" not in stored


def _words(corpus: Corpus, id: str) -> str:
    statement = next(s for s in corpus.snapshot().statements if s.id == id)
    return corpus.source_text(statement.article_id)[statement.start : statement.end]
