from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from ingest.articles.build import cut_articles, read_articles
from ingest.document import Document
from ingest.files import sidecar_path
from ingest.pipeline import Ingester
from ingest.sidecar import obey, write_sidecar
from vectorstore.corpus import Corpus
from vectorstore.errors import SourceNotText

DUMP = """The Heron Returns

By Ana Bell
Quay Post
3 May 2021

The grey heron came back to the weir on Sunday, the keeper of the lock told us on the bridge.

A Second Bird

By Omar Reed
Quay Post
9 May 2021

A second heron was seen on the mill roof this morning, and nobody knows where it had spent the winter.
"""


def sidecar() -> str:
    found = cut_articles("birds.txt", Document(DUMP))
    return write_sidecar(DUMP, [article for article, _ in found], [cut for _, cut in found])


def test_a_sidecar_says_where_each_article_begins_what_it_is_and_why() -> None:
    first, second = yaml.safe_load(sidecar())["articles"]
    assert (first["line"], first["title"], first["author"], first["published"]) == (
        1,
        "The Heron Returns",
        "Ana Bell",
        "2021-05-03",
    )
    assert (second["line"], second["outlet"], second["translator"]) == (9, "Quay Post", None)
    assert second["why"] == [
        "title shape",
        "capitals of a title",
        "date below",
        "byline below",
        "name or outlet below",
        "outlet line that stands under other titles too",
        "prose follows at once",
    ]


def test_an_untouched_sidecar_changes_nothing() -> None:
    plain = read_articles("birds.txt", Document(DUMP))
    obeyed = read_articles("birds.txt", obey("birds.txt", Document(DUMP), sidecar()))
    facts = [(a.title, a.author, a.outlet, a.published, a.body) for a in obeyed]
    assert facts == [(a.title, a.author, a.outlet, a.published, a.body) for a in plain]


def test_a_corrected_sidecar_is_obeyed_to_the_letter() -> None:
    rows = yaml.safe_load(sidecar())["articles"]
    rows[1] |= {"title": "A Second Bird", "author": None, "published": "2021-05-10"}
    told = yaml.safe_dump({"articles": rows}, allow_unicode=True)
    second = read_articles("birds.txt", obey("birds.txt", Document(DUMP), told))[1]
    assert (second.author, second.published, second.outlet) == (None, "2021-05-10", "Quay Post")
    one = yaml.safe_dump({"articles": [{"line": 1, "title": "Birds"}]})
    (whole,) = read_articles("birds.txt", obey("birds.txt", Document(DUMP), one))
    assert (whole.title, whole.start, whole.end) == ("Birds", 0, len(DUMP))


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("articles: [", "cannot be read"),
        ("", "must hold `articles`, a list with a `line` each"),
        ("articles: birds", "must hold `articles`, a list with a `line` each"),
        ("articles: [birds]", "must hold `articles`, a list with a `line` each"),
        ("articles: [{line: true}]", "must name at least one line, in rising order"),
        ("articles: [{title: Birds}]", "must name at least one line, in rising order"),
        ("articles: []", "must name at least one line, in rising order"),
        ("articles: [{line: 9}, {line: 1}]", "must name at least one line, in rising order"),
        ("articles: [{line: 0}]", "must name at least one line, in rising order"),
        ("articles: [{line: 900}]", "names a line past the end of birds.txt"),
    ],
)
def test_a_broken_sidecar_is_told(broken: str, message: str) -> None:
    with pytest.raises(SourceNotText, match=message):
        obey("birds.txt", Document(DUMP), broken)


def test_ingest_obeys_the_sidecar_that_lies_beside_a_file(
    ingester: Ingester, corpus: Corpus, tmp_path: Path
) -> None:
    path = tmp_path / "birds.txt"
    path.write_text(DUMP)
    sidecar_path(path).write_text(sidecar().replace("author: Omar Reed", "author: Lin Marsh"))
    assert [report.verdict for report in ingester.ingest_paths([path])] == ["added"]
    assert [article.author for article in corpus.snapshot().articles] == ["Ana Bell", "Lin Marsh"]
    sidecar_path(path).write_text("articles: {")
    (report,) = ingester.ingest_paths([path])
    assert (report.verdict, report.reason) == (
        "failed",
        "birds.txt.articles.yaml cannot be read at line 1 (ParserError). Correct it, or remove it.",
    )
    assert [article.author for article in corpus.snapshot().articles] == ["Ana Bell", "Lin Marsh"]
