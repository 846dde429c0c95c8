"""The one place that chooses concrete classes for what the settings say."""

from __future__ import annotations

from rag.answerer import Answerer
from rag.llm import LanguageModel, OpenAiCompatible, RetryingModel
from rag.question.follow_up import ModelRewriter
from rag.retrieval.retriever import Retriever
from rag.retrieval.weights import SearchWeights
from rag.settings import Settings, listed
from rag.verification.llm_judge import ModelJudge
from rag.verification.nli import EntailmentJudge
from rag.verification.verdict import Judge
from rag.writing.extractive import ExtractiveWriter
from rag.writing.llm_writer import ModelWriter
from vectorstore.corpus import Corpus
from vectorstore.embedders.base import Embedder
from vectorstore.embedders.bundled import BundledEmbedder
from vectorstore.embedders.gloss import GlossingEmbedder
from vectorstore.embedders.openai_server import ServedEmbedder
from vectorstore.embedders.sentence_transformer import (
    CrossEncoderEntailment,
    CrossEncoderReranker,
    SentenceTransformerEmbedder,
)
from vectorstore.errors import UsageError

_LONGEST_REPLY = 1500  # tokens


def build_embedder(settings: Settings) -> Embedder:
    """The model of the settings; one that reads English and no Arabic reads Arabic by its gloss."""
    if not settings.embedder and not settings.embedder_url:
        return GlossingEmbedder(BundledEmbedder())
    model = _embedder(settings)
    return GlossingEmbedder(model) if model.reads("en") and not model.reads("ar") else model


def _embedder(settings: Settings) -> Embedder:
    """The model that the settings name, at a server or in a folder. Raises UsageError for a server
    without a model.
    """
    languages = frozenset(listed(settings.embedder_languages)) or None
    if not settings.embedder_url:
        return SentenceTransformerEmbedder(settings.embedder, settings.embedder, languages)
    if not settings.embedder:
        raise UsageError(
            "RASHOMON_EMBEDDER_URL is set and RASHOMON_EMBEDDER is not. Name the model at that"
            " server."
        )
    url, key = settings.embedder_url, settings.embedder_api_key
    return ServedEmbedder(url, settings.embedder, key, languages, settings.embedder_tokens)


def open_corpus(settings: Settings, url: str | None = None) -> Corpus:
    """The corpus that the settings name. `url` is this process's address, if it is a server."""
    return Corpus.open(
        settings.corpus_location, build_embedder(settings).name, url, settings.beside
    )


def build_server(settings: Settings) -> OpenAiCompatible:
    """The server of the settings. Raises UsageError where none is set."""
    if not settings.llm_url:
        raise UsageError("No language model is set. Set RASHOMON_LLM_URL and RASHOMON_LLM_MODEL.")
    if not settings.llm_model:
        raise UsageError(
            "RASHOMON_LLM_URL is set and RASHOMON_LLM_MODEL is not. Name the model at that server."
        )
    url, key = settings.llm_url, settings.llm_api_key
    return OpenAiCompatible(url, settings.llm_model, key, settings.llm_seconds, _LONGEST_REPLY)


def build_model(settings: Settings) -> LanguageModel | None:
    """The language model of the settings; None where none is set."""
    return RetryingModel(build_server(settings)) if settings.llm_url else None


def build_judge(name: str, settings: Settings, votes: int = 1) -> Judge:
    """The judge of a name: "model" for the language model of the settings, else the folder or hub
    name of a model.
    """
    if name == "model":
        return ModelJudge(RetryingModel(build_server(settings)), votes)
    return EntailmentJudge(CrossEncoderEntailment(name))


def build_answerer(
    corpus: Corpus,
    settings: Settings,
    embedder: Embedder | None = None,
    recipe: SearchWeights = SearchWeights(),
) -> Answerer:
    """An answerer with quotes that stand for themselves, or with the language model of the
    settings.
    """
    reranker = CrossEncoderReranker(settings.reranker) if settings.reranker else None
    retriever = Retriever(corpus, embedder or build_embedder(settings), reranker, recipe)
    model = build_model(settings)
    judge = build_judge(settings.judge, settings) if settings.judge else None
    if model is None:
        return Answerer(retriever, ExtractiveWriter(), judge=judge)
    return Answerer(retriever, ModelWriter(model, settings.llm_tokens), ModelRewriter(model), judge)
