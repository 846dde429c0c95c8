"""The check of a sentence against the words it cites."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer import Citation, Sentence
from rag.verification.evidence import chain
from rag.verification.rule_judge import RuleJudge
from rag.verification.verdict import Mistake, Verdict, check, checked, markers
from vectorstore.records import Holder, Link


def citation(
    id: int, quote: str, holder: str, author: str, outlet: str, published: str = "2021-05-03"
) -> Citation:
    chain = (
        Link(holder, "said"),
        Link(author, "written_by", published),
        Link(outlet, "published_by", published),
    )
    return Citation(
        id, "a1", "weir.txt", 0, len(quote), quote, "The Weir", author, outlet, published, None, "en",
        Holder(holder, None, "person"), chain, "direct",
    )  # fmt: skip


ANA = citation(
    1, "The weir broke at noon and 37 people died.", "Mara Orlen", "Ana Bell", "North Post"
)
OMAR = citation(
    2, "The gates were not open.", "Joss Velk", "Omar Reed", "South Herald", "2022-06-09"
)
ARABIC = citation(3, "لم تكن البوابة مفتوحة", "ليلى حداد", "ليلى حداد", "الضفة")
ALL = {1: ANA, 2: OMAR, 3: ARABIC}

JUDGE = RuleJudge(name for one in ALL.values() for name in chain(one))


def verdict(sentence: str) -> Verdict:
    return check(sentence, ALL, JUDGE)


@pytest.mark.parametrize(
    "sentence",
    [
        "The weir broke at noon [1].",
        "Mara Orlen said that 37 people died [1].",
        "On 3 May 2021 North Post reported that the weir broke at noon [1].",
        "“The gates were not open,” Joss Velk told South Herald [2].",
        "Joss Velk says the gates weren't open [2].",
        "The weir broke at noon and the gates were not open [1, 2].",
        "قالت ليلى حداد إن البوابة لم تكن مفتوحة [3].",
    ],
)
def test_what_the_cited_words_say_is_supported(sentence: str) -> None:
    assert verdict(sentence).problems == ()
    assert verdict(sentence).supported and (verdict(sentence).support or 0) >= 0.7


@pytest.mark.parametrize(
    ("sentence", "problem"),
    [
        ("The weir broke at noon.", Mistake("citation", "no citation")),
        ("The weir broke at noon [1][7].", Mistake("citation", "7")),
        ("“The weir broke at dusk” [1].", Mistake("quotation", "the weir broke at dusk")),
        ("The weir broke and 73 people died [1].", Mistake("number", "73")),
        ("The weir at Sorrel broke at noon [1].", Mistake("name", "Sorrel")),
        ("The gates were open [2].", Mistake("negation", "The gates were open .")),
        ("البوابة كانت مفتوحة [3].", Mistake("negation", "البوابة كانت مفتوحة .")),
        ("Joss Velk said that the weir broke at noon [1].", Mistake("attribution", "Joss Velk")),
        (
            "South Herald reported that the weir broke at noon [1].",
            Mistake("attribution", "South Herald"),
        ),
    ],
)
def test_each_mistake_is_named(sentence: str, problem: Mistake) -> None:
    assert problem in verdict(sentence).problems


@pytest.mark.parametrize(
    "quote",
    [
        "Ninety-six, two hundred and fourteen: everyone knows the numbers.",
        "The first are due on 2 December.",
        'Mara Orlen, the keeper, told reporters that there would be "thirty at most" at any time.',
    ],
)
def test_a_whole_quote_is_supported_whatever_it_says(quote: str) -> None:
    own = replace(ALL[1], quote=quote, end=ALL[1].start + len(quote))
    assert check(f"> “{quote}” [1] (3 May 2021)", {1: own}, JUDGE).problems == ()


@pytest.mark.parametrize(
    ("words", "claim", "kind"),
    [
        (
            "At noon twenty-five people died on the weir.",
            "“five” people died on the weir at noon",
            "number",
        ),
        ("At noon 25 people died on the weir.", "“5 people died on the weir”", "quotation"),
        (
            "It broke on 21 May 2021, before noon.",
            "It broke “on 1 May 2021, before noon”",
            "quotation",
        ),
        ("On the weir Divan Marsh opened the gate.", "“Ivan Marsh opened the gate”", "quotation"),
        (
            "The weir held, and nobody was warned at all.",
            '"Joss Velk" said that nobody was warned at all',
            "attribution",
        ),
    ],
)
def test_quotation_marks_hide_no_mistake(words: str, claim: str, kind: str) -> None:
    cited = {1: replace(ANA, quote=words, end=len(words))}
    assert kind in [problem.kind for problem in check(f"{claim} [1].", cited, JUDGE).problems]


def test_a_sentence_of_other_words_has_no_support() -> None:
    found = verdict("Engineers rebuilt everything with modern concrete [1].")
    assert [one.kind for one in found.problems] == ["support"] and found.support == pytest.approx(
        0.195, abs=0.001
    )


def test_only_claims_are_checked() -> None:
    summary = Sentence("Two voices in two outlets.", "summary")
    assert checked(summary, ALL, JUDGE) is summary
    assert checked(Sentence("It broke at dusk [1].", "claim", (1,)), ALL, JUDGE) is None
    kept = checked(Sentence("The weir broke at noon [1].", "claim", (1,)), ALL, JUDGE)
    assert kept is not None and kept.support == 0.966


def test_markers_are_read_once_each_in_their_order() -> None:
    assert markers("So it was [3][1], and [1, 12] again; not [x] or [].") == (3, 1, 12)
