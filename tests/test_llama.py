from __future__ import annotations

import re

import pytest

from rag.llama import query_engine, retriever
from tests.conftest import ROOT
from ui.client.local import LocalClient

QUESTION = "Who fired first at Orle?"


def test_the_retriever_gives_the_hits_of_the_search_as_nodes(sample_client: LocalClient) -> None:
    hits = sample_client.answerer.search(QUESTION, 3).hits
    nodes = retriever(sample_client.answerer, k=3).retrieve(QUESTION)
    assert [(n.node.node_id, n.score, n.node.get_content()) for n in nodes] == [
        (hit.passage.id, hit.score, hit.passage.text) for hit in hits
    ]
    assert nodes[0].node.metadata["start"] == hits[0].passage.start


def test_the_query_engine_gives_the_answer_with_its_citations(sample_client: LocalClient) -> None:
    answer = sample_client.answerer.answer(QUESTION)
    response = query_engine(sample_client.answerer).query(QUESTION)
    assert str(response) == answer.text
    assert [(n.node.metadata["number"], n.node.get_content()) for n in response.source_nodes] == [
        (citation.id, citation.quote) for citation in answer.citations
    ]
    assert (
        response.metadata is not None and response.metadata["answer"].citations == answer.citations
    )


def test_the_example_of_the_page_runs(
    sample_client: LocalClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(
        r"```python\n(.*?)```",
        (ROOT / "docs" / "llama-index.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    monkeypatch.setattr("rag.open_answerer", lambda: sample_client.answerer)
    exec(compile(example, "llama-index.md", "exec"), {})
    assert capsys.readouterr().out.rstrip().endswith("answered")
