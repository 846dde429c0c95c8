from __future__ import annotations

from base64 import b85encode
from collections.abc import Callable

import numpy as np

from rag.answerer import Answerer
from rag.filters import Filters
from vectorstore.corpus import Corpus
from vectorstore.storage.near_duplicates import THRESHOLD, groups, signature

PIECE = (
    "The grey heron came back to the weir on Sunday, the keeper of the lock told us on the bridge."
    " It had been gone since the flood, and nobody on either bank had thought to see it again. He"
    " counted its steps along the sill, forty there and forty back, and wrote them into the book in"
    " which he also writes the level of the water."
)
OTHER = (
    "The council of Brume has voted to mend the bell, after a night of fog in which two boats"
    " missed the harbour mouth and a third was found at dawn on the sand. The rope will be paid for"
    " by the fishermen, the bell by the ferry company."
)

Add = Callable[[str, str], None]


def signatures(*texts: str) -> dict[str, str]:
    return {str(n): told for n, text in enumerate(texts) if (told := signature(text))}


def test_a_reprint_with_small_changes_is_one_piece_and_another_text_is_not() -> None:
    reprint = "LANVAR - " + PIECE.replace("Sunday", "Monday").upper()
    assert groups(
        signatures(PIECE, OTHER, reprint, OTHER.replace("third", "last"), PIECE + " The end.")
    ) == [
        ("0", "2", "4"),
        ("1", "3"),
    ]


def test_texts_that_share_a_subject_or_a_sentence_are_not_copies() -> None:
    assert groups(signatures(PIECE, OTHER + " " + PIECE[:90])) == []


def test_a_text_too_short_to_tell_has_no_signature() -> None:
    assert signature("The heron came back.") is None


def article(title: str, outlet: str, date: str, text: str) -> str:
    return f"{title}\n\nBy Ana Bell\n{outlet}\n{date}\n\n{text}\n"


def test_a_piece_in_two_outlets_is_found_once_and_cited_with_both(
    add: Add, answerer: Answerer, corpus: Corpus
) -> None:
    add("a-later.txt", article("Heron Back at the Weir", "Copy Mail", "4 May 2021", PIECE))
    add("b-first.txt", article("The Heron Returns", "Quay Post", "3 May 2021", PIECE))
    add("c-other.txt", article("A Bell for Brume", "North Post", "9 May 2021", OTHER))
    assert sorted(len(ids) for ids in corpus.snapshot().copies.values()) == [2, 2]
    answer = answerer.answer("When did the grey heron come back to the weir?")
    assert {(c.outlet, c.also_in) for c in answer.citations if "heron" in c.quote} == {
        ("Quay Post", ("Copy Mail",))
    }
    assert answer.searched.articles == 2
    narrowed = answerer.answer(
        "When did the grey heron come back?", filters=Filters(outlets=("Copy Mail",))
    )
    assert {c.outlet for c in narrowed.citations} == {"Copy Mail"}


def test_of_two_sketches_at_the_threshold_none_is_missed_wherever_they_differ() -> None:
    rng, base = np.random.default_rng(7), np.arange(64, dtype="<u4")
    for differing in range(17, 23):
        for _ in range(20):
            other = base.copy()
            other[rng.choice(64, differing, replace=False)] += 1000
            told = {
                name: b85encode(values.tobytes()).decode()
                for name, values in (("one", base), ("other", other))
            }
            assert groups(told) == (
                [("one", "other")] if (64 - differing) / 64 >= THRESHOLD else []
            )
