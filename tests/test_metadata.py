from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from ingest.metadata import Metadata
from vectorstore.fact_corrections import FACTS


def test_facts_stated_first_stay_and_others_fill_what_is_missing() -> None:
    own, given = (
        Metadata(title="The Heron", outlet="Quay Post"),
        Metadata(outlet="North Post", author="Ana Bell"),
    )
    assert own.before(given) == Metadata(title="The Heron", outlet="Quay Post", author="Ana Bell")
    assert Metadata().before(own) == own


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ({"title": " The\n Heron ", "mood": "grey"}, Metadata(title="The Heron")),
        ({"author": ["Ana Bell", "Omar Reed"]}, Metadata(author="Ana Bell, Omar Reed")),
        ({"date": date(2021, 5, 3)}, Metadata(published="2021-05-03")),
        ({"date": "3 May 2021", "published": "2020-01-01"}, Metadata(published="2021-05-03")),
        ({"date": "spring"}, Metadata()),
        ({"kind": "opinion"}, Metadata(kind="opinion")),
        ({"kind": "poem", "outlet": ""}, Metadata()),
        ({"title": 1984}, Metadata(title="1984")),
    ],
)
def test_a_row_states_what_can_be_read_of_it(row: dict[str, Any], facts: Metadata) -> None:
    assert Metadata.stated(row) == facts


def test_the_facts_that_people_correct_are_those_that_are_read() -> None:
    assert tuple(field.name for field in fields(Metadata)) == FACTS
