"""What an empty conversation shows: what the corpus holds, and questions to start with."""

from __future__ import annotations

from collections.abc import Sequence

from eval.reports.templates import rendered
from ui.client.facets import Facets


def greeting(facets: Facets) -> str:
    """One or two sentences on what can be asked."""
    articles = facets.articles
    if not articles:
        return "The corpus is empty. Add articles on the page **Articles**, then ask who says what."
    outlets = len(facets.outlets)
    period = (
        f", published between {facets.since} and {facets.until}"
        if facets.since != facets.until
        else ""
    )
    return (
        f"{articles} {'article' if articles == 1 else 'articles'} of {outlets}"
        f" {'outlet' if outlets == 1 else 'outlets'}{period}. Ask who says what, in English or"
        " Arabic."
    )


def hints(questions: Sequence[str]) -> str:
    """The questions as buttons."""
    return rendered("ui.render", "hints.html.jinja", questions=questions)
