from __future__ import annotations

import pytest

from rag.question.speakers import Speakers, read_speakers
from vectorstore.names.directory import NameUse, read_naming

NAMING = read_naming(
    [
        NameUse("Mara Pelinyan", "person", 3),
        NameUse("Omar Reed", "person"),
        NameUse("ليلى الحسني", "person"),
        NameUse("Ministry of Works", "organisation"),
        NameUse("وزارة الدفاع الشمالية", "organisation"),
    ]
)
OUTLETS = ("North Post", "The South Herald")
MARA, OMAR = ("Mara Pelinyan",), ("Omar Reed",)


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What does Pelinyan say about the weir?", Speakers(MARA)),
        ("What did Pelinian herself say about the weir?", Speakers(MARA)),
        ("Why, according to Mara Pelinyan, did the weir break?", Speakers(MARA)),
        ("According to the Ministry of Works what did it cost?", Speakers(("Ministry of Works",))),
        ("How does Omar Reed explain the flood?", Speakers(OMAR)),
        ("In Reed's view, who is to blame?", Speakers(OMAR)),
        ("Compare Pelinyan's and Reed's words on the weir.", Speakers((*MARA, *OMAR))),
        ("Compare what Pelinyan and Reed say about the weir.", Speakers((*MARA, *OMAR))),
        ("ماذا قالت ليلى الحسني عن السد؟", Speakers(("ليلى الحسني",))),
        ("كم بلغت الكلفة بحسب الحسني؟", Speakers(("ليلى الحسني",))),
        ("What does the North Post report about the flood?", Speakers(outlets=("North Post",))),
        (
            "According to South Herald, when did the weir break?",
            Speakers(outlets=("The South Herald",)),
        ),
        ("What did Vera Stahl say about the weir?", Speakers(unknown=("Vera Stahl",))),
        ("What did she say about the weir?", Speakers()),
        ("ما موقف ليلى الحسني من السد؟", Speakers(("ليلى الحسني",))),
        (
            "What did the Northern government say about the weir?",
            Speakers(unknown=("the Northern government",)),
        ),
        ("What did the Northern Ministry of Defence say about the weir?", Speakers()),
        ("What did the defence ministry say about the weir?", Speakers()),
        ("What did people who fled Tolling say about the weir?", Speakers()),
        ("When did the weir break?", Speakers()),
        ("Who saw Omar Reed at the quay?", Speakers()),
    ],
)
def test_whose_words_a_question_asks_for(question: str, speakers: Speakers) -> None:
    assert read_speakers(question, NAMING, OUTLETS) == speakers
