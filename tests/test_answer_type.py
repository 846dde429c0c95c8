from __future__ import annotations

import pytest

from rag.question.answer_type import AnswerType
from rag.semantics.kinds import Kind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who warned the mill?", "person"),
        ("Whose boat sank at the quay?", "person"),
        ("What was the name of the ferryman?", "person"),
        ("من هو حارس الطاحونة؟", "person"),
        ("Where did the boat sink?", "place"),
        ("In which village was the mill?", "place"),
        ("أين غرق القارب؟", "place"),
        ("How many boats sank?", "number"),
        ("How long was the siren heard?", "duration"),
        ("Why did the boat sink?", None),
        ("Which of them, who were at sea, came back?", None),
    ],
)
def test_what_a_question_seeks(question: str, kind: Kind | None) -> None:
    assert AnswerType.of(question).kind == kind


def test_a_question_that_was_carried_seeks_what_its_last_sentence_asks() -> None:
    question = "How many boats sank at the quay? And who warned the mill?"
    assert (AnswerType.of(question).kind, AnswerType.of(question, carried=True).kind) == (
        "number",
        "person",
    )


@pytest.mark.parametrize(
    ("question", "text", "given"),
    [
        ("Who warned the mill?", "Two hours before, Mara Orlen had warned the mill.", 1.0),
        ("Who warned the mill?", "They had warned it on a Monday in May.", 0.0),
        ("Who replaced Mara Orlen?", "The council met without Mara Orlen.", 0.0),
        ("من أنذر الطاحونة؟", "أنذرتها مارا أورلن.", 1.0),
        ("Where did the boat sink?", "It sank off Tolling.", 1.0),
        ("Where did the boat sink?", "It sank near the shore.", 0.0),
        ("How many boats sank?", "Seven boats sank.", 1.0),
        ("How many boats sank?", "Seven gates were open.", 0.5),
        ("How many boats sank?", "Boats sank.", 0.0),
        ("How many soldiers were in the mill?", "There were 40 men in the mill.", 1.0),
        ("كم يبلغ عدد القوارب؟", "غرق سبعة عمال.", 0.5),
        ("How many inhabitants does Tolling have?", "There were 40 soldiers in Tolling.", 0.5),
        ("How wide is the lock?", "The lock is 12 metres wide.", 1.0),
        ("How wide is the lock?", "The lock has 4 gates.", 0.5),
        ("How wide is the lock?", "The lock is wide.", 0.0),
        ("How old was the keeper?", "The keeper, 41, slept.", 1.0),
        ("Why did the boat sink?", "Nobody knows.", 1.0),
    ],
)
def test_how_far_a_text_gives_what_is_sought(question: str, text: str, given: float) -> None:
    assert AnswerType.of(question).given_by(text) == given
