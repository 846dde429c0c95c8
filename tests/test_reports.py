"""Which words of a sentence somebody answers for, by which rule. People, places and papers are
invented.
"""

from __future__ import annotations

import pytest

from ingest.attribution.blocks import read_blocks
from ingest.attribution.english.grammar import read_grammar
from ingest.attribution.english.reader import SentenceReading, read_reports
from ingest.attribution.english.tokens import read_sentence
from ingest.attribution.spans import Attribution

ENGLISH = read_grammar("en")
Row = tuple[str | None, str, str, str, str, str]


def reading(text: str) -> SentenceReading:
    (block,) = read_blocks(text, (0, len(text)))
    (start, _), *_ = spans = list(block.sentences())
    return read_reports(read_sentence(block.words, start, spans[-1][1], ENGLISH), ENGLISH)


def row(text: str, one: Attribution) -> Row:
    """Who (in the words of the text), by which cue, what, by which rule, and as what."""
    who = one.mention.text if one.mention else None
    return (who, one.cue, text[one.start : one.end], one.rule, one.polarity, one.modality)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Odile Karsk said that the dyke would hold.",
            [("Odile Karsk", "said", "the dyke would hold", "subject-that", "asserted", "stated")],
        ),
        (
            "Odile Karsk said the dyke would hold.",
            [("Odile Karsk", "said", "the dyke would hold", "subject-bare", "asserted", "stated")],
        ),
        (
            "The dyke would hold, Odile Karsk said.",
            [
                (
                    "Odile Karsk",
                    "said",
                    "The dyke would hold",
                    "subject-trailing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "The dyke would hold, said Odile Karsk, a harbour engineer.",
            [
                (
                    "Odile Karsk",
                    "said",
                    "The dyke would hold",
                    "inverted-trailing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "“The dyke will hold until spring,” said Odile Karsk.",
            [
                (
                    "Odile Karsk",
                    "said",
                    "The dyke will hold until spring",
                    "inverted-trailing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "“The dyke will hold until spring,” Karsk said.",
            [
                (
                    "Karsk",
                    "said",
                    "The dyke will hold until spring",
                    "subject-trailing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "“The dyke will hold until spring,” she laughed.",
            [
                (
                    "she",
                    "laughed",
                    "The dyke will hold until spring",
                    "quote-by-place",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "“The dyke will hold until spring,” laughed Odile Karsk.",
            [
                (
                    "Odile Karsk",
                    "laughed",
                    "The dyke will hold until spring",
                    "quote-by-place",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk said: “The dyke will hold until spring.”",
            [
                (
                    "Karsk",
                    "said",
                    "The dyke will hold until spring",
                    "subject-colon",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "The dyke, Karsk argued, will hold until spring.",
            [
                (
                    "Karsk",
                    "argued",
                    "The dyke, Karsk argued, will hold until spring",
                    "subject-inserted",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk, the harbour engineer, warned that the dyke would break.",
            [("Karsk", "warned", "the dyke would break", "aside-that", "asserted", "stated")],
        ),
        (
            "Karsk asked why the dyke had been built of sand.",
            [
                (
                    "Karsk",
                    "asked",
                    "why the dyke had been built of sand",
                    "subject-wh",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk promised to mend the dyke.",
            [("Karsk", "promised", "mend the dyke", "subject-to", "asserted", "stated")],
        ),
        (
            "Karsk denied that the dyke had moved.",
            [("Karsk", "denied", "the dyke had moved", "subject-that", "denied", "stated")],
        ),
        (
            "Karsk rejected the claim that the dyke had moved.",
            [
                (
                    "Karsk",
                    "rejected",
                    "the claim that the dyke had moved",
                    "subject-thing",
                    "denied",
                    "stated",
                )
            ],
        ),
        (
            "Karsk did not rule out that the dyke would break.",
            [
                (
                    "Karsk",
                    "did not rule out",
                    "the dyke would break",
                    "subject-that",
                    "asserted",
                    "hypothetical",
                )
            ],
        ),
        (
            "Karsk wanted to say that the dyke had moved.",
            [
                (
                    "Karsk",
                    "wanted to say",
                    "the dyke had moved",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk visited the dyke, saying that it would hold.",
            [("Karsk", "saying", "it would hold", "participle-that", "asserted", "stated")],
        ),
        (
            "Karsk visited the dyke and said that it would hold.",
            [("Karsk", "said", "it would hold", "shared-that", "asserted", "stated")],
        ),
        (
            "Karsk, who said that the dyke would hold, left.",
            [("Karsk", "said", "the dyke would hold", "relative-that", "asserted", "stated")],
        ),
        (
            "The Brelin Herald quoted Karsk as saying that the dyke would hold.",
            [
                (
                    "The Brelin Herald",
                    "quoted",
                    "Karsk as saying that the dyke would hold",
                    "subject-thing",
                    "asserted",
                    "stated",
                ),
                ("Karsk", "saying", "the dyke would hold", "quoted-that", "asserted", "stated"),
            ],
        ),
        (
            "The dyke is described by Karsk as a heap of sand.",
            [("Karsk", "is described", "as a heap of sand", "agent", "asserted", "stated")],
        ),
        (
            "Karsk blamed the ministry for the flood.",
            [
                (
                    "Karsk",
                    "blamed",
                    "the ministry for the flood",
                    "subject-thing",
                    "asserted",
                    "alleged",
                )
            ],
        ),
        (
            "Karsk called the dyke “a heap of sand”.",
            [
                (
                    "Karsk",
                    "called",
                    "the dyke “a heap of sand",
                    "subject-thing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk believes that the dyke will hold.",
            [("Karsk", "believes", "the dyke will hold", "subject-that", "asserted", "stated")],
        ),
        (
            "Residents fear the dyke will break.",
            [("Residents", "fear", "the dyke will break", "subject-bare", "asserted", "imputed")],
        ),
        (
            "According to Odile Karsk, the dyke will hold.",
            [
                (
                    "Odile Karsk",
                    "according to",
                    "the dyke will hold",
                    "according-fronted",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "The dyke will hold, according to Odile Karsk.",
            [
                (
                    "Odile Karsk",
                    "according to",
                    "The dyke will hold",
                    "according-trailing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "The dyke, according to Odile Karsk, will hold until spring.",
            [
                (
                    "Odile Karsk",
                    "according to",
                    "The dyke, according to Odile Karsk, will hold until spring",
                    "according-inserted",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "In the words of Karsk, the dyke is a heap of sand.",
            [
                (
                    "Karsk",
                    "in the words of",
                    "the dyke is a heap of sand",
                    "according-fronted",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk’s claim that the dyke had moved was printed.",
            [("Karsk", "claim", "the dyke had moved", "claim-noun", "asserted", "stated")],
        ),
        (
            "His demand to open the sluice was ignored.",
            [("His", "demand", "open the sluice", "claim-noun", "asserted", "stated")],
        ),
        (
            "A call by Karsk to open the sluice was ignored.",
            [("Karsk", "call", "open the sluice", "claim-noun", "asserted", "stated")],
        ),
        (
            "The council closed the mill on the grounds that it leaned.",
            [("The council", "on the grounds", "it leaned", "claim-noun", "asserted", "stated")],
        ),
        (
            "The ministry sent a warning: “Leave the island at once.”",
            [
                (
                    "The ministry",
                    "warning",
                    "Leave the island at once.",
                    "announced-quote",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "There are reports that the dyke has moved.",
            [
                (
                    "reports",
                    "there are reports",
                    "the dyke has moved",
                    "there-are-reports",
                    "asserted",
                    "alleged",
                )
            ],
        ),
        (
            "The dyke has reportedly moved.",
            [
                (
                    None,
                    "reportedly",
                    "The dyke has reportedly moved",
                    "hearsay-adverb",
                    "asserted",
                    "alleged",
                )
            ],
        ),
        (
            "The dyke is said to have moved.",
            [(None, "said to", "The dyke is said to have moved", "said-to", "asserted", "alleged")],
        ),
        (
            "It is believed that the dyke has moved.",
            [(None, "it is believed", "the dyke has moved", "it-is-said", "asserted", "alleged")],
        ),
        (
            "It was stressed that the dyke would hold.",
            [(None, "it is stressed", "the dyke would hold", "continued", "asserted", "alleged")],
        ),
        (
            "It was proposed to open the sluice.",
            [(None, "it was proposed", "open the sluice", "continued", "asserted", "alleged")],
        ),
        (
            "As noted the head of the council, the dyke holds.",
            [
                (
                    "the head of the council",
                    "noted",
                    "the dyke holds",
                    "as-inverted",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "As Karsk noted, the dyke holds.",
            [("Karsk", "noted", "the dyke holds", "subject-as", "asserted", "stated")],
        ),
        (
            "The report says that the dyke will hold.",
            [("The report", "says", "the dyke will hold", "subject-that", "asserted", "stated")],
        ),
        (
            "A report by Odile Karsk says that the dyke will hold.",
            [("Odile Karsk", "says", "the dyke will hold", "subject-that", "asserted", "stated")],
        ),
        (
            "Reports say that the dyke has moved.",
            [("Reports", "say", "the dyke has moved", "subject-that", "asserted", "stated")],
        ),
        (
            "The Brelin Herald reported that the dyke had moved.",
            [
                (
                    "The Brelin Herald",
                    "reported",
                    "the dyke had moved",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Engineers and farmers say that the dyke has moved.",
            [
                (
                    "Engineers and farmers",
                    "say",
                    "the dyke has moved",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "One of the engineers said that the dyke had moved.",
            [
                (
                    "One of the engineers",
                    "said",
                    "the dyke had moved",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Some say that the dyke has moved.",
            [("Some", "say", "the dyke has moved", "subject-that", "asserted", "stated")],
        ),
        (
            "In Brelin they say that the dyke has moved.",
            [("they", "say", "the dyke has moved", "subject-that", "asserted", "stated")],
        ),
        (
            "She told reporters on Monday that the dyke had moved.",
            [("She", "told", "the dyke had moved", "subject-that", "asserted", "stated")],
        ),
        (
            "The dyke had moved, she told reporters.",
            [("she", "told", "The dyke had moved", "subject-trailing", "asserted", "stated")],
        ),
        (
            "Karsk accused the mayor of sleeping.",
            [("Karsk", "accused", "the mayor of sleeping", "subject-thing", "asserted", "alleged")],
        ),
        (
            "Karsk urged the mayor to open the sluice.",
            [
                (
                    "Karsk",
                    "urged",
                    "the mayor to open the sluice",
                    "subject-thing",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk expects the dyke to break.",
            [("Karsk", "expects", "the dyke to break", "subject-thing", "asserted", "stated")],
        ),
        (
            "Karsk alleged that the mayor slept.",
            [("Karsk", "alleged", "the mayor slept", "subject-that", "asserted", "alleged")],
        ),
        (
            "Karsk has gone on to say that the mayor slept.",
            [
                (
                    "Karsk",
                    "has gone on to say",
                    "the mayor slept",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk liked to say that the mayor slept.",
            [("Karsk", "liked to say", "the mayor slept", "subject-that", "asserted", "stated")],
        ),
        (
            "Karsk said that the dyke held and that the sluice was shut.",
            [
                (
                    "Karsk",
                    "said",
                    "the dyke held and that the sluice was shut",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk said that the dyke held, and Falder warned that it moved.",
            [
                ("Karsk", "said", "the dyke held", "subject-that", "asserted", "stated"),
                ("Falder", "warned", "it moved", "subject-that", "asserted", "stated"),
            ],
        ),
        (
            "The spokesman for the ministry said that the dyke held.",
            [
                (
                    "The spokesman for the ministry",
                    "said",
                    "the dyke held",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Brelin’s ministry of works said that the dyke held.",
            [
                (
                    "Brelin’s ministry of works",
                    "said",
                    "the dyke held",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "The Velts say that the dyke holds.",
            [("The Velts", "say", "the dyke holds", "subject-that", "asserted", "stated")],
        ),
        (
            "The engineer who built the dyke said that it held.",
            [("The engineer", "said", "it held", "subject-that", "asserted", "stated")],
        ),
        (
            "Documents seen by the Herald show that the dyke moved.",
            [
                (
                    "Documents seen by the Herald",
                    "show",
                    "the dyke moved",
                    "subject-that",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "Karsk spoke of a heap of sand.",
            [("Karsk", "spoke", "a heap of sand", "subject-thing", "asserted", "stated")],
        ),
        (
            "“Stop!” Karsk shouted.",
            [("Karsk", "shouted", "Stop!", "subject-trailing", "asserted", "stated")],
        ),
        (
            "Karsk, having visited the dyke, said that it held.",
            [("Karsk", "said", "it held", "aside-that", "asserted", "stated")],
        ),
        (
            "Karsk left, but the mayor, Ivo Brandt, said that the dyke held.",
            [("Ivo Brandt", "said", "the dyke held", "aside-that", "asserted", "stated")],
        ),
        (
            "The deployment boasted of by the council was small.",
            [("the council", "boasted", "The deployment", "agent", "asserted", "stated")],
        ),
        (
            "Its own engineer, Odile Karsk, said that the dyke held.",
            [("Odile Karsk", "said", "the dyke held", "aside-that", "asserted", "stated")],
        ),
        (
            "Karsk told the mayor: “Open the sluice at once.”",
            [("Karsk", "told", "Open the sluice at once", "subject-colon", "asserted", "stated")],
        ),
        (
            "Karsk published a warning: “Leave the island at once.”",
            [
                (
                    "Karsk",
                    "warning",
                    "Leave the island at once.",
                    "announced-quote",
                    "asserted",
                    "stated",
                )
            ],
        ),
        (
            "The dyke held, Karsk said on Monday.",
            [("Karsk", "said", "The dyke held", "subject-trailing", "asserted", "stated")],
        ),
        (
            "Karsk, pointing at the sluice, explained that it was shut.",
            [("Karsk", "explained", "it was shut", "aside-that", "asserted", "stated")],
        ),
        (
            "The council’s view that the dyke holds is old.",
            [("The council", "view", "the dyke holds", "claim-noun", "asserted", "stated")],
        ),
        (
            "Karsk said that the mayor believes that the dyke holds.",
            [
                (
                    "Karsk",
                    "said",
                    "the mayor believes that the dyke holds",
                    "subject-that",
                    "asserted",
                    "stated",
                ),
                ("the mayor", "believes", "the dyke holds", "subject-that", "asserted", "stated"),
            ],
        ),
    ],
)
def test_a_sentence_gives_its_holders_with_what_they_answer_for(
    text: str, expected: list[Row]
) -> None:
    assert [row(text, one) for one in reading(text).attributions] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Karsk rejected the gift.",
        "Karsk did not say that the dyke had moved.",
        "Karsk could say that the dyke had moved.",
        "Karsk will announce that the dyke has moved.",
        "Karsk called the mayor on Monday.",
        "Wishful thinking moved the dyke.",
        "The United States moved the dyke.",
        "The stated aim was a dry cellar.",
        "Karsk read the claims in the reports.",
        "The “experts” of the ministry came by boat.",
        "The ferry “Odile Karsk said so” sank.",
        "I say that the dyke will hold.",
        "We think that the dyke will hold.",
        "This shows that the dyke will hold.",
        "He said so.",
        "No one said that the dyke moved.",
        "God said that the dyke would hold.",
        "Experience says that the dyke will hold.",
        "Karsk said nothing.",
        "The saying is old.",
        "It says nothing.",
    ],
)
def test_a_sentence_in_which_nobody_is_said_to_say_anything_gives_nothing(text: str) -> None:
    assert reading(text) == SentenceReading()


@pytest.mark.parametrize(
    ("text", "where", "holder", "cue", "rule"),
    [
        ("Karsk said this on Monday:", "below", "Karsk", "said", "words-below"),
        (
            "According to Odile Karsk, the reasons are these:",
            "below",
            "Odile Karsk",
            "according to",
            "words-below",
        ),
        ("The clubs published three demands:", "below", "The clubs", "demands", "words-below"),
        (
            "This was disclosed by Odile Karsk.",
            "above",
            "Odile Karsk",
            "was disclosed",
            "revealed-by",
        ),
    ],
)
def test_a_sentence_may_lead_to_words_that_stand_outside_it(
    text: str, where: str, holder: str, cue: str, rule: str
) -> None:
    found = reading(text)
    lead = found.below or found.above
    assert lead is not None
    assert (lead.where, lead.mention.text, lead.cue, lead.rule) == (where, holder, cue, rule)


@pytest.mark.parametrize(
    ("phrase", "name", "role", "type", "number"),
    [
        ("Odile Karsk", "Odile Karsk", None, "person", "one"),
        ("The harbour engineer Odile Karsk", "Odile Karsk", "harbour engineer", "person", "one"),
        ("President Odile Karsk", "Odile Karsk", "President", "person", "one"),
        ("Mrs Karsk", "Karsk", None, "person", "one"),
        ("Karsk", "Karsk", None, None, "one"),
        ("The Ministry of Works", "Ministry of Works", None, "organisation", "one"),
        ("Brelin’s ministry of works", "Brelin’s ministry of works", None, "organisation", "one"),
        ("The Brelin Herald", "Brelin Herald", None, "media", "one"),
        ("State television", "State television", None, "media", "one"),
        ("The newspaper", None, None, "media", "one"),
        ("The ministry", None, None, None, "one"),
        ("The veteran diplomat", None, "The veteran diplomat", None, "one"),
        ("A fisherman from Brelin", None, "A fisherman", "unnamed", "one"),
        ("Two engineers", None, "Two engineers", "unnamed", "many"),
        ("Some", None, None, "unnamed", "many"),
        ("The Velts", "Velts", None, "organisation", "many"),
        ("Karsk and Falder", "Karsk and Falder", None, "organisation", "many"),
        ("The report", None, None, "unnamed", "one"),
        ("A report by the Brelin Institute", "Brelin Institute", None, "organisation", "one"),
    ],
)
def test_a_mention_says_name_role_kind_and_number(
    phrase: str, name: str | None, role: str | None, type: str | None, number: str
) -> None:
    (one,) = reading(f"{phrase} said that the dyke held.").attributions
    assert one.mention is not None
    assert (one.mention.name, one.mention.role, one.mention.type, one.mention.number) == (
        name,
        role,
        type,
        number,
    )
