from __future__ import annotations

import pytest

from ingest.formats.pdf_layout import DrawnText, drop_running_lines, mend, read_lines

FULL = "The ferry lay at its berth until noon on Tuesday and nobody told anybody"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ([], ""),
        (["The Ferry"], "The Ferry"),
        ([FULL, "why it had not left."], f"{FULL} why it had not left."),
        (["The Ferry", FULL, "why.", "Eels"], f"The Ferry\n\n{FULL} why.\n\nEels"),
        ([f"{FULL} pas-", "sengers."], f"{FULL} passengers."),
        ([f"{FULL} pas\u00ad", "sengers."], f"{FULL} passengers."),
        (
            ["A well-known ferry.", f"{FULL} well-", "known man."],
            f"A well-known ferry.\n\n{FULL} well-known man.",
        ),
        ([f"{FULL} al-", "Ruwaini."], f"{FULL} al-Ruwaini."),
        ([FULL, "1. Eels", "- Lamps"], f"{FULL}\n\n1. Eels\n\n- Lamps"),
        (["Roses are red", "Eels are not"], "Roses are red\n\nEels are not"),
    ],
)
def test_lines_are_mended_into_paragraphs(lines: list[str], text: str) -> None:
    assert mend(lines) == text


def test_what_stands_at_the_edge_of_most_pages_is_dropped_and_page_numbers_always() -> None:
    pages = [
        [
            "The Quay Post",
            f"{n} May",
            f"Words {'abc'[n]}.",
            "The Quay Post",
            "Other.",
            f"More {'abc'[n]}.",
            f"- {n} -",
        ]
        for n in range(3)
    ]
    kept = [
        line
        for n in range(3)
        for line in (f"Words {'abc'[n]}.", "The Quay Post", "Other.", f"More {'abc'[n]}.")
    ]
    assert drop_running_lines(pages) == kept
    assert drop_running_lines(
        [["Ferry", "It lay.", "Page 1 of 2"], ["12", "It left."], ["1984"]]
    ) == [
        "Ferry",
        "It lay.",
        "It left.",
        "1984",
    ]


@pytest.mark.parametrize(
    ("drawn", "lines"),
    [
        ([("The ", 10), ("ferry\nIt ", 30), ("lay", 40)], ["The ferry", "It lay"]),
        ([("العبّارة", 10), (" ", 40), ("غادرت", 50)], ["غادرت العبّارة"]),
        ([("غادرت", 50), (" ", 40), ("العبّارة", 10)], ["غادرت العبّارة"]),
        (
            [("2020", 10), (" ", 30), ("أيار", 35), (" ", 50), ("3", 60), (" ", 65), ("في", 70)],
            ["في 3 أيار 2020"],
        ),
        (
            [
                ("غادرت", 10),
                (" ", 30),
                ("Quay", 40),
                (" ", 60),
                ("Post", 70),
                (" ", 80),
                ("وصحيفة", 90),
            ],
            ["وصحيفة Quay Post غادرت"],
        ),
        ([("ﻓﻲ اﻟﺮﺣﻠﺔ", 10)], ["في الرحلة"]),
        ([("oﬃce  ﬁsh", 10)], ["office fish"]),
    ],
)
def test_words_are_put_in_reading_order_with_letters_for_shapes(
    drawn: list[tuple[str, float]], lines: list[str]
) -> None:
    assert read_lines(DrawnText(text, left) for text, left in drawn) == lines
