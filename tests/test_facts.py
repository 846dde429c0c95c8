from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from ingest.facts import Facts


def test_facts_stated_first_stay_and_others_fill_what_is_missing() -> None:
    own, given = Facts(title="The Heron", outlet="Quay Post"), Facts(outlet="North Post", author="Ana Bell")
    assert own.before(given) == Facts(title="The Heron", outlet="Quay Post", author="Ana Bell")
    assert Facts().before(own) == own


@pytest.mark.parametrize(
    ("row", "facts"),
    [
        ({"title": " The\n Heron ", "mood": "grey"}, Facts(title="The Heron")),
        ({"author": ["Ana Bell", "Omar Reed"]}, Facts(author="Ana Bell, Omar Reed")),
        ({"date": date(2021, 5, 3)}, Facts(published="2021-05-03")),
        ({"date": "3 May 2021", "published": "2020-01-01"}, Facts(published="2021-05-03")),
        ({"date": "spring"}, Facts()),
        ({"kind": "opinion"}, Facts(kind="opinion")),
        ({"kind": "poem", "outlet": ""}, Facts()),
        ({"title": 1984}, Facts(title="1984")),
    ],
)
def test_a_row_states_what_can_be_read_of_it(row: dict[str, Any], facts: Facts) -> None:
    assert Facts.stated(row) == facts
