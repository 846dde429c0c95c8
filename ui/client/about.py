"""Which writer and which models are on, in words."""

from __future__ import annotations

from rag.settings import Settings


def models_on(settings: Settings) -> str:
    """One line: who writes, what searches, who judges, and whether anything leaves this machine."""
    writer = (
        f"{settings.llm_model} at {settings.llm_url}"
        if settings.llm_url
        else "the sources' own words, no model"
    )
    judge = f"typed checks and {settings.judge}" if settings.judge else "typed checks"
    models = [
        f"Writer: {writer}",
        f"search: {settings.embedder or 'bundled all-MiniLM-L6-v2'} and BM25",
        *([f"reranker: {settings.reranker}"] if settings.reranker else []),
        f"judge: {judge}",
        "questions go to that server" if settings.llm_url else "nothing leaves this machine",
    ]
    return " · ".join(models)
