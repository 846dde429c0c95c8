"""The same search and answers for programs of llama-index: a retriever and a query engine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rag.answer import Answer
from rag.answerer import Answerer
from rag.filters import Filters
from rag.retrieval.results import Hit

if TYPE_CHECKING:
    from llama_index.core.base.base_query_engine import BaseQueryEngine
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import NodeWithScore


def retriever(answerer: Answerer, k: int = 10, filters: Filters = Filters()) -> BaseRetriever:
    """A llama-index retriever: the k best passages as nodes, with their places and chains as
    metadata.
    """
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import QueryBundle

    class RashomonRetriever(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            return [
                _passage(hit) for hit in answerer.search(query_bundle.query_str, k, filters).hits
            ]

    return RashomonRetriever()


def query_engine(answerer: Answerer, filters: Filters = Filters()) -> BaseQueryEngine:
    """A llama-index query engine: a response with the answer's text, its citations as source nodes,
    and the whole answer as `response.metadata["answer"]`.
    """
    from llama_index.core.base.response.schema import Response
    from llama_index.core.query_engine import CustomQueryEngine

    class RashomonQueryEngine(CustomQueryEngine):
        def custom_query(self, query_str: str) -> Response:
            answer = answerer.answer(query_str, (), filters)
            return Response(answer.text, _citations(answer), {"answer": answer})

    return RashomonQueryEngine()


def _passage(hit: Hit) -> NodeWithScore:
    passage, article = hit.passage, hit.article
    facts = {
        "title": article.title,
        "author": article.author,
        "outlet": article.outlet,
        "published": article.published,
    }
    return _node(
        passage.id,
        passage.text,
        hit.score,
        source=passage.source,
        start=passage.start,
        end=passage.end,
        **facts,
    )


def _citations(answer: Answer) -> list[NodeWithScore]:
    return [
        _node(
            f"{c.article_id}:{c.start}-{c.end}",
            c.quote,
            None,
            source=c.source,
            start=c.start,
            end=c.end,
            title=c.title,
            author=c.author,
            outlet=c.outlet,
            published=c.published,
            holder=c.holder.name or c.holder.mention,
            number=c.id,
        )
        for c in answer.citations
    ]


def _node(id: str, text: str, score: float | None, **facts: Any) -> NodeWithScore:
    from llama_index.core.schema import NodeWithScore, TextNode

    known = {name: value for name, value in facts.items() if value is not None}
    return NodeWithScore(node=TextNode(id_=id, text=text, metadata=known), score=score)
