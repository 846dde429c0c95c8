"""What holds for the statements of any text: of invented news put together at random, and of
noise.
"""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ingest.attribution import read_statements
from vectorstore.language.sentences import sentences
from vectorstore.records import Article, Kind, Statement

PRONOUNS = {
    "i",
    "we",
    "he",
    "she",
    "they",
    "it",
    "him",
    "her",
    "them",
    "his",
    "their",
    "this",
    "that",
    "who",
    "which",
}
RULES = (
    "author turn republished subject aside relative shared participle quoted inverted as agent"
    " according claim-noun announced there-are-reports hearsay-adverb said-to it-is-said continued"
    " words-below revealed-by quotation-alone quotation-goes-on partial-goes-on announced-point"
    " quote-by-place"
).split()
WAYS = {"place", "name", "pronoun", "noun", "unclear", "nobody", "before"}

SNIPPETS = [
    "Odile Karsk said that the dyke would hold.",
    "“The dyke will hold,” Karsk said. “It always has.”",
    "Karsk, the harbour engineer, denied that",
    "According to Teun Falder, there are three reasons.",
    "First, the wind. Second, the tide.",
    "the Brelin ministry of works announced:",
    "- sandbags for the mill\n- pumps for the school",
    "It is believed that nobody drowned.",
    "This was disclosed by the Brelin Herald.",
    "She added that he had told them so, reportedly.",
    "They say the mayor's claim that it rained is false, but",
    "The spokesman said: “Orla Tevin told me, ‘Run!’ and I ran.”",
    "as saying", "who said,", "he said he", "said", "that", "“", "”", '"', "‘", "’", "«", "»", ",", ".", ":", ";", "—",
    "\n", "\n\n", "\r\n", "\u00a0", "\u200b", "\u200f", "\ufffc", "\x00", "\ud800", "…", "Dr.", "U.S.", "1.", "’s",
    "Mara Tevin: Good morning.", "Question: Why?", "سلمى", "💧",
]  # fmt: skip
news = st.lists(st.one_of(st.sampled_from(SNIPPETS), st.text(max_size=12)), max_size=30).map(
    " ".join
)
noise = st.text(st.characters(exclude_categories=()), max_size=200)
kinds: st.SearchStrategy[Kind] = st.sampled_from(["news", "transcript", "opinion"])


def article(text: str, start: int = 0, kind: Kind = "news") -> Article:
    """An article of the source `text` from `start` to its end."""
    body = ((start, len(text)),) if start < len(text) else ()
    return Article(
        "a1",
        "dyke.txt",
        start,
        len(text),
        "The Dyke",
        outlet="The Brelin Post",
        language="en",
        kind=kind,
        body=body,
    )


def read(text: str, kind: Kind = "news") -> tuple[Statement, ...]:
    return read_statements(article(text, kind=kind), text)


@given(st.one_of(news, noise), kinds)
@example("***", "news")
@example("Karsk said:\n\n***\n\nThe end.", "news")
@example("said that", "news")
@example("“”", "news")
@example(
    "The spokesman said: “Orla Tevin told me, ‘Run!’ and I ran.” he said he Odile Karsk said that"
    " it is.",
    "news",
)
@settings(max_examples=300, deadline=None)
def test_statements_cover_a_text_nest_and_come_after_their_parents(text: str, kind: Kind) -> None:
    statements = read(text, kind)
    by_id = {s.id: s for s in statements}
    assert len(by_id) == len(statements)
    assert [(s.start, s.end) for s in statements[:1]] == ([(0, len(text))] if text else [])
    open_: list[Statement] = []
    for s in statements:
        assert 0 <= s.start < s.end <= len(text)
        while open_ and open_[-1].end <= s.start:
            open_.pop()
        assert s.parent_id == (open_[-1].id if open_ else None)
        assert all(above.covers(s.start, s.end) for above in open_)
        open_.append(s)


@given(st.one_of(news, noise), kinds)
@example("B who said, “ “The dyke will hold,” Karsk said. “It always has.”", "news")
@settings(max_examples=300, deadline=None)
def test_every_character_has_exactly_one_innermost_statement(text: str, kind: Kind) -> None:
    statements = read(text, kind)
    for at in range(len(text)):
        covering = [s for s in statements if s.start <= at < s.end]
        shortest = min(covering, key=lambda s: s.end - s.start)
        inside = [s for s in covering if (s.start, s.end) == (shortest.start, shortest.end)]
        assert all(s.form in ("turn", "author") for s in inside[:-1])


@given(st.one_of(news, noise), kinds)
@settings(max_examples=300, deadline=None)
def test_holders_rules_and_figures_are_what_the_records_promise(text: str, kind: Kind) -> None:
    for s in read(text, kind):
        name = s.holder.name
        assert (name is None) == (s.holder.type == "unnamed")
        assert name is None or (name.strip() and name.casefold() not in PRONOUNS)
        assert 0 < s.confidence <= 1
        assert s.rule and s.rule.startswith(tuple(RULES))
        assert s.resolved in WAYS
        assert (s.form in ("author", "turn")) == (s.resolved == "place")
        assert s.chain[0].role == "said" if s.form != "author" else s.holder.type == "author"


@given(news, kinds)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_statements(text: str, kind: Kind) -> None:
    assert read(text, kind) == read(text, kind)


@given(news, news)
@settings(max_examples=150, deadline=None)
def test_no_holder_crosses_the_border_of_an_article(one: str, other: str) -> None:
    before = f"Bram Ostel said that it rains.\n{one}\n\n\n"
    text = before + other
    found = read_statements(article(text, len(before)), text)
    assert all("Ostel" not in (s.holder.name or "") for s in found)
    assert [(s.start - len(before), s.holder, s.cue) for s in found] == [
        (s.start, s.holder, s.cue) for s in read(other)
    ]


LONG = {
    "one word": "a",
    "capitals": "Brelin ",
    "cue words": "said ",
    "cues and commas": "Karsk said, ",
    "clauses": "Karsk said that ",
    "sentences": "Odile Karsk said that the dyke would hold. ",
    "pronouns": "He said that they told her. ",
    "descriptions": "The minister said that the sources said so. ",
    "quotations": "“The dyke will hold,” said Karsk. ",
    "opening marks": "“",
    "straight marks": '"a ',
    "apostrophes": "'a ",
    "initials": "A. ",
    "dots": ".",
    "lines": "Karsk said:\n",
    "leads": "This was disclosed by Karsk.\n",
    "lists": "Karsk said the following:\n- one\n- two\n",
    "white space": "  \u00a0",
    "masks": "\ufffc",
    "invisible marks": "a\u200b",
}


@pytest.mark.slow
@pytest.mark.parametrize("piece", LONG.values(), ids=LONG)
def test_a_text_ten_times_as_long_takes_about_ten_times_as_long(piece: str) -> None:
    read("Karsk said that it rains.")
    times = []
    for size in (12_000, 120_000):
        began = time.perf_counter()
        read((piece * (size // len(piece) + 1))[:size])
        times.append(time.perf_counter() - began)
    assert times[1] < 30 * times[0] + 0.5


NEWS = """\
BRELIN – The old sea dyke at Brelin will hold until the spring, the harbour engineer Odile Karsk said on Monday, but
farmers on the island said that it had moved by a yard since the storm of last winter.

“We measured it in March and we measured it again in May,” Karsk told the Brelin Herald. “It has not moved by the width
of a hand.” She added that the council had never asked for the figures.

According to a report by the Brelin Institute, the sand below the wall is older than the town. It is believed that the
first wall stood there before the mill was built. Nobody has ever found it.

The mayor, Ivo Brandt, who has owned the mill since his father died, denied that the sluice had been left open. The
night was dark and the wind came from the north. Two boats sank, and a third was found on the meadow in the morning.

Some of the fishermen accuse the council of sleeping; others believe that the pumps were too small. The ministry of
works in the capital did not answer. Its spokesman said later that a commission would visit the island in the autumn.
"""


@pytest.mark.slow
def test_a_thousand_sentences_are_read_in_a_second() -> None:
    """On an idle machine; a busy one is given some leeway."""
    text = "\n".join([NEWS] * 40)
    read(NEWS)
    rates = []
    for _ in range(3):
        began = time.perf_counter()
        read(text)
        rates.append(len(list(sentences(text))) / (time.perf_counter() - began))
    assert max(rates) >= 700
