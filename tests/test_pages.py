"""The pages beside the conversation: facets, a holder, the corpus, the reports."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eval.gate import Decision
from eval.reports.kept import MOST, keep_report, kept_reports, report_page
from ingest.report import SourceReport
from rag.settings import read_settings
from tests.test_eval_reports import decision
from tests.test_holder_rows import AGAIN, LATER, ROWS, snapshot
from tests.test_render import OPEN
from tests.test_voices_view import ARTICLE, REED
from ui.client.about import models_on
from ui.client.facets import Facet, Facets, facets_of
from ui.render.html.corpus import Progress, article_by_voice, article_table, uploads
from ui.render.html.hints import greeting, hints
from ui.render.html.reports import report_summary, report_title
from ui.render.html.voice import voice_page
from vectorstore.errors import NotFound
from vectorstore.storage.snapshot import Snapshot

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_facets_count_articles_and_statements_the_most_first() -> None:
    own = snapshot()
    articles = (
        replace(own.articles[0], outlet="North Post", language="en"),
        replace(own.articles[1], language="en"),
    )
    found = facets_of(replace(own, articles=articles))
    assert (found.outlets, found.authors) == ((Facet("North Post", 1),), ())
    assert (found.articles, found.languages) == (2, (Facet("en", 2),))
    assert found.holders[0] == Facet("Omar Reed", 2)
    assert (found.since, found.until) == ("2021-05-03", "2022-01-09")
    assert facets_of(Snapshot("v0", (), ())) == Facets()


def test_a_greeting_says_what_can_be_asked_and_an_empty_corpus_what_to_do() -> None:
    assert (
        greeting(Facets())
        == "The corpus is empty. Add articles on the page **Articles**, then ask who says what."
    )
    one_of_no_language = (Facet("en", 1),)
    some = Facets(
        2,
        (Facet("North Post", 2),),
        languages=one_of_no_language,
        since="2019-01-01",
        until="2020-01-01",
    )
    assert (
        greeting(some)
        == "2 articles of 1 outlet, published between 2019-01-01 and 2020-01-01. Ask who says what,"
        " in English or Arabic."
    )
    assert 'data-ask="Who &lt;says&gt; it?"' in hints(["Who <says> it?"])


def test_a_holder_has_a_page_of_what_they_say_the_oldest_first() -> None:
    html = voice_page("Omar Reed", ROWS[0], [AGAIN, REED], {"a1": ARTICLE, "a2": LATER})
    assert re.findall(r'<h3><a href="#article" data-article="(\w+)"', html) == ["a1", "a2"]
    assert re.findall(r'data-article="(\w+)" data-statement="([\w-]+)"', html) == [
        ("a1", REED.id),
        ("a2", AGAIN.id),
    ]
    assert (
        "2 statements in 2 articles · 2021-05-03 to 2022-01-09" in html
        and "also <bdi>Umar Rid</bdi>" in html
    )
    assert html.count('class="dot voice-0"') == 2 and '<span class="label">denied</span>' in html
    assert "No words of <bdi>Lin</bdi> are in the corpus." in voice_page("Lin", None, [], {})


def test_a_page_says_how_much_it_leaves_out() -> None:
    rows = [replace(AGAIN, id=f"s{n}", start=n) for n in range(303)]
    assert "3 more statements are not shown." in voice_page("Omar Reed", None, rows, {"a2": LATER})


def test_the_table_of_articles_finds_by_words_of_any_column() -> None:
    rows = [replace(ARTICLE, outlet="North Post", title="The <Weir>"), LATER]
    assert re.findall(r'data-article="(\w+)"', article_table(rows)) == ["a1", "a2"]
    html = article_table(rows, "north 2021")
    assert re.findall(r'data-article="(\w+)"', html) == ["a1"]
    assert "1 of 2 articles." in html and "The &lt;Weir&gt;</a>" in html
    assert "<table" not in article_table(rows, "nowhere")


def test_an_article_shows_its_voices_each_in_a_colour_and_its_author_in_none() -> None:
    html = article_by_voice(OPEN)
    assert (
        '<span class="voice-0"><a href="#holder" data-holder="Ana Bell"><bdi>Ana'
        " Bell</bdi></a></span>" in html
    )
    assert (
        '<span class="" data-statement="a1-s0">It rained &amp; rained.\n\n</span><span'
        ' class="voice-0" data-statement="a1-s1" title="Ana Bell">The weir &lt;broke&gt; at'
        " noon.</span>" in html
    )
    stub = replace(OPEN, article=replace(OPEN.article, body=()))
    assert "This article has no text of its own" in article_by_voice(stub)


def test_each_file_has_a_bar_with_its_verdict_and_reason() -> None:
    html = uploads(
        [
            Progress("a.txt", (SourceReport("a.txt", "added", articles=1, passages=3),)),
            Progress("b.bin", (SourceReport("b.bin", "failed", "It is <binary>."),)),
            Progress("c.txt", working=True),
            Progress("d.txt"),
        ]
    )
    assert [
        re.sub(r"<[^>]+>", "", line).split() for line in html.splitlines() if line.startswith("<li")
    ] == [
        ["a.txt", "added", "1", "article,", "3", "passages"],
        ["b.bin", "failed", "It", "is", "&lt;binary&gt;."],
        ["c.txt", "reading", "…"],
        ["d.txt", "waiting"],
    ]
    assert re.findall(r"<progress( value=\"\d\")?", html) == [
        ' value="1"',
        ' value="1"',
        "",
        ' value="0"',
    ]


@pytest.fixture
def failed() -> Decision:
    return decision(wrong=True, compared=True)


def test_the_last_reports_are_kept_the_newest_first(tmp_path: Path, failed: Decision) -> None:
    names = [keep_report(tmp_path, failed, AT + timedelta(seconds=n)) for n in range(MOST + 2)]
    kept = kept_reports(tmp_path)
    assert [one.name for one in kept] == names[:1:-1]
    assert (
        kept[-1].at == "2026-01-02T03:04:07+00:00"
        and report_title(kept[-1]) == "2026-01-02 03:04 · mine · fail"
    )
    assert report_page(tmp_path, names[-1]).startswith("<!doctype html>")
    with pytest.raises(NotFound, match="No report has the name"):
        report_page(tmp_path, "../settings")
    (tmp_path / "99-bad.json").write_text("{}")
    assert kept_reports(tmp_path)[0].name == names[-1] and kept_reports(tmp_path / "none") == []


def test_a_report_says_what_it_means_for_a_release(tmp_path: Path, failed: Decision) -> None:
    keep_report(tmp_path, failed, AT)
    (kept,) = kept_reports(tmp_path)
    html = report_summary(kept)
    assert (
        "A score is below its floor, or has dropped below the accepted baseline: do not release it."
        in html
    )
    row = (
        '<th scope="row">claim support</th><td class="n">0.833</td><td class="n">1.000</td><td'
        ' class="n">-0.167</td>'
    )
    assert row in html and '<a href="/reports/20260102T030405-mine" target="_blank">' in html
    assert (
        '<li dir="auto">claim support 0.67: 2 of 3 claims supported' in html
        and "<b>weir" not in html
    )


def test_the_page_says_which_models_are_on() -> None:
    assert (
        models_on(read_settings())
        == "Writer: the sources' own words, no model · search: bundled all-MiniLM-L6-v2 and BM25 ·"
        " judge: typed checks · nothing leaves this machine"
    )
    on = read_settings(
        llm_url="http://127.0.0.1:1/v1", llm_model="tiny", judge="model", reranker="re"
    )
    assert (
        models_on(on)
        == "Writer: tiny at http://127.0.0.1:1/v1 · search: bundled all-MiniLM-L6-v2 and BM25 ·"
        " reranker: re · judge: typed checks and model · questions go to that server"
    )
