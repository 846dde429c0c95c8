"""The filters of the page: each value of the corpus with its count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import gradio as gr

from rag.filters import OPTIONS, Filters
from ui.client.facets import Facet
from ui.client.local import LocalClient
from vectorstore.language.pack import language_name

_LISTS = tuple(OPTIONS.values())


class FilterPanel:
    """The filter fields, made where this is."""

    def __init__(self, client: LocalClient) -> None:
        self._client = client
        self.lists = [
            gr.Dropdown(label=name.capitalize(), multiselect=True, choices=[]) for name in _LISTS
        ]
        with gr.Row():
            self.since = gr.Textbox(label="Since", placeholder="2019", max_lines=1, min_width=60)
            self.until = gr.Textbox(
                label="Until", placeholder="2020-11-30", max_lines=1, min_width=60
            )
        self.clear = gr.Button("Clear filters", size="sm")
        self.clear.click(
            lambda: [*([[]] * len(_LISTS)), "", ""], None, self.fields, api_visibility="private"
        )

    @property
    def fields(self) -> list[Any]:
        return [*self.lists, self.since, self.until]

    def choices(self) -> list[Any]:
        """The fields with what the corpus has now."""
        facets = self._client.facets()
        lists = [gr.update(choices=_choices(getattr(facets, name))) for name in _LISTS]
        return [
            *lists,
            gr.update(placeholder=facets.since or "2019"),
            gr.update(placeholder=facets.until or "2020-11"),
        ]


def filters_of(values: Sequence[Any]) -> Filters:
    """What the fields say. Raises FilterError for a date that is none."""
    *lists, since, until = values
    named = {name: tuple(chosen or ()) for name, chosen in zip(_LISTS, lists, strict=True)}
    return Filters(
        **named, since=(since or "").strip() or None, until=(until or "").strip() or None
    )


def _choices(facets: Sequence[Facet]) -> list[tuple[str, str]]:
    return [(f"{language_name(facet.value)} ({facet.count})", facet.value) for facet in facets]
