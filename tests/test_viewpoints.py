from __future__ import annotations

from rag.retrieval.coverage import Idf, asked
from rag.retrieval.results import Hit
from rag.viewpoints.quotes import MOST_QUOTED, choose_quotes, cite
from vectorstore.records import Article, Holder, Link, Passage, Statement
from vectorstore.search.term_counts import TermCounts
from vectorstore.storage.snapshot import Snapshot


def hit(id: str, text: str, holder: str, score: float = 1.0, outlet: str = "North Post") -> Hit:
    """A passage that one person says, found with a score."""
    article = Article(
        id, f"{id}.txt", 0, len(text), f"Title of {id}", outlet=outlet, body=((0, len(text)),)
    )
    chain = (Link(holder, "said"), Link(outlet, "published_by"))
    told = Statement(
        f"{id}-s0", id, article.source, 0, len(text), Holder(holder, None, "person"), "turn", chain
    )
    return Hit(
        Passage(f"{id}-p0", id, article.source, 0, len(text), text, "en", (told,)), article, score
    )


def quotes(question: str, *hits: Hit) -> list[tuple[str, str]]:
    rarity = Idf(TermCounts.of_texts([h.passage.text for h in hits]))
    return [
        (q.statement.holder.name or "", q.text)
        for q in choose_quotes(hits, asked(question, rarity))
    ]


ANA = hit("a", "Breakfast was late that day. The weir broke at noon.", "Ana Bell")
OMAR = hit(
    "b",
    "The weir broke at midnight. I heard the weir break. My dog barked.",
    "Omar Reed",
    0.9,
    "South Herald",
)


def test_only_sentences_that_answer_are_quoted() -> None:
    assert quotes("When did the weir break?", ANA, OMAR) == [
        ("Ana Bell", "The weir broke at noon."),
        ("Omar Reed", "The weir broke at midnight. I heard the weir break."),
    ]


def test_viewpoints_are_holders_in_outlets_and_citations_are_numbered_in_their_order() -> None:
    rarity = Idf(TermCounts.of_texts([h.passage.text for h in (ANA, OMAR)]))
    chosen = choose_quotes([ANA, OMAR], asked("When did the weir break?", rarity))
    citations, viewpoints = cite(chosen, Snapshot("v", (), ()), "en")
    assert [(c.id, c.holder.name, c.outlet, c.title) for c in citations] == [
        (1, "Ana Bell", "North Post", "Title of a"),
        (2, "Omar Reed", "South Herald", "Title of b"),
    ]
    assert [(v.holder.name, v.outlet, v.citations) for v in viewpoints] == [
        ("Ana Bell", "North Post", (1,)),
        ("Omar Reed", "South Herald", (2,)),
    ]


def test_one_voice_does_not_crowd_out_another() -> None:
    many = [
        hit(f"m{n}", f"The weir broke at {n} o'clock in all.", "Ana Bell", 1.0) for n in range(12)
    ]
    holders = [holder for holder, _ in quotes("When did the weir break?", *many, OMAR)]
    assert "Omar Reed" in holders[:3]


def test_the_quotes_stay_within_the_budget() -> None:
    long = [
        hit(f"l{n}", f"The weir {n} broke " + "and broke again " * 40 + "at last.", f"Person {n}")
        for n in range(10)
    ]
    chosen = quotes("When did the weir break?", *long)
    assert (
        sum(len(text) for _, text in chosen) <= MOST_QUOTED < sum(len(h.passage.text) for h in long)
    )


def test_nothing_found_gives_nothing() -> None:
    assert quotes("When?") == []
