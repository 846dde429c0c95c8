"""A question read once."""

from __future__ import annotations

import pytest

from rag.question.parse import parse
from rag.semantics.claims import stem


@pytest.mark.parametrize(
    ("question", "presupposes", "asks_who", "blames", "kind"),
    [
        ("Why did the weir break?", True, False, False, None),
        ("Why did the weir not break?", False, False, False, None),
        ("Who opened the gates?", False, True, False, None),
        ("Who says that the gates were open?", False, False, False, None),
        ("Who is to blame for the flood?", False, True, True, None),
        ("How many people died?", False, False, False, "number"),
        ("When did the siren sound?", True, False, False, "date"),
        ("لماذا انهار السد؟", True, False, False, None),
        ("من فتح البوابات؟", False, True, False, None),
    ],
)
def test_what_a_question_is_after(
    question: str, presupposes: bool, asks_who: bool, blames: bool, kind: str | None
) -> None:
    parsed = parse(question, ())
    assert (parsed.presupposes, parsed.asks_who, parsed.asks_whom_to_blame, parsed.kind) == (
        presupposes,
        asks_who,
        blames,
        kind,
    )


def test_the_words_of_a_question() -> None:
    parsed = parse("Did Mara Orlen open the gates of Tolling?", ["Mara Orlen"])
    assert parsed.capitals == ("Mara", "Orlen", "Tolling")
    assert parsed.names == {stem(word) for word in ("mara", "orlen", "tolling")}
    assert parsed.stances is not None
    assert parse("Open the gates?", ()).predicate == stem("open")
    assert parse("?", ()).predicate is None
