from __future__ import annotations

import pytest

from rag.semantics.kinds import Kind, holds, kind_of


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How many people were in the mill?", "number"),
        ("How wide is the lock?", "length"),
        ("How long did the siren sound?", "duration"),
        ("How many hours did it sound?", "duration"),
        ("At what hour did it sound?", "hour"),
        ("How much did the siren cost?", "money"),
        ("How old was the keeper?", "age"),
        ("كم ساعة استمر الإنذار؟", "duration"),
        ("What percentage of the grain was lost?", "share"),
        ("When did the weir break?", "date"),
        ("On what day was the siren repaired?", "date"),
        ("كم عدد العمال في الطاحونة؟", "number"),
        ("متى انهار السد؟", "date"),
        ("How did the keeper reply?", None),
        ("Who warned the mill?", None),
        ("ماذا قال الحارس؟", None),
    ],
)
def test_the_kind_of_thing_that_a_question_asks_for(question: str, expected: Kind | None) -> None:
    assert kind_of(question) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("There were 37 people in the mill.", "number", True),
        ("There were dozens of people in it.", "number", True),
        ("كان فيها سبعة عمال.", "number", True),
        ("There were people in the mill.", "number", False),
        ("A third of the grain was lost.", "share", True),
        ("Ten sacks were lost.", "share", False),
        ("It sounded for six long hours.", "duration", True),
        ("It lasted fifteen hours.", "duration", True),
        ("Nineteen people were in it.", "number", True),
        ("دام ساعتين.", "duration", True),
        ("دام ثلاثمئة ساعة.", "duration", True),
        ("It stood 417.2 metres high.", "length", True),
        ("It sounded twice.", "duration", False),
        ("It cost ten crowns.", "money", True),
        ("It broke at ten past five.", "hour", True),
        ("The keeper, 41, slept.", "age", True),
        ("It broke on Monday.", "date", True),
        ("It broke in May 2021.", "date", True),
        ("It broke at noon.", "date", True),
        ("It broke at 00:55.", "date", True),
        ("It broke at the gate.", "date", False),
        ("انهار السد يوم الجمعة.", "date", True),
    ],
)
def test_whether_a_text_holds_such_a_thing(text: str, kind: Kind, expected: bool) -> None:
    assert holds(text, kind) is expected
