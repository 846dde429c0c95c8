"""The page of the corpus: files to take in, the table of articles, one article by voice, and its removal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.files import Upload
from ingest.pipeline import SourceReport
from ui.chat.look import QUIETLY, panel
from ui.client import LocalClient
from ui.render.corpus import Progress, article_by_voice, article_table, uploads
from ui.render.evidence import nothing_yet
from vectorstore.errors import NotFound, RashomonError

_CHOOSE = "Choose an article in the table to see who says what in it."


class Articles:
    """The corpus as it is, made where this is."""

    def __init__(self, client: LocalClient) -> None:
        self._client = client
        self.chosen = gr.State("")
        with gr.Row(equal_height=False):
            with gr.Column(scale=1, min_width=300):
                self.files = gr.File(label="Files to add", file_count="multiple", elem_id="files", height=170)
            with gr.Column(scale=1, min_width=300), gr.Accordion("Or paste a text", open=False):
                self.name = gr.Textbox(label="Name of the text", placeholder="letter-to-the-ministry", max_lines=1)
                self.text = gr.Textbox(
                    label="Text", info="Title, author, outlet and date first.", lines=6, max_lines=12
                )
                self.add = gr.Button("Add this text", size="sm")
        self.reports = panel("", "reports")
        self.find = gr.Textbox(label="Find an article", placeholder="a title, an outlet, a date", max_lines=1)
        self.table = panel("", "articles")
        self.view = panel(nothing_yet(_CHOOSE), "article")
        self.remove = gr.Button("Remove this article", size="sm", visible=False)
        with gr.Group(visible=False) as self.sure:
            self.question = gr.Markdown("")
            with gr.Row():
                self.yes = gr.Button("Remove it", variant="stop", size="sm")
                self.no = gr.Button("Keep it", size="sm")
        self._wire()

    def _wire(self) -> None:
        shown = [self.chosen, self.view, self.remove, self.sure]
        self.find.change(self.rows, self.find, self.table, **QUIETLY)
        self.remove.click(self._ask, self.chosen, [self.sure, self.question], **QUIETLY)
        self.no.click(lambda: gr.update(visible=False), None, self.sure, **QUIETLY)
        self.changes = [
            self.files.upload(self._take, self.files, [self.reports, self.files], **QUIETLY),
            self.add.click(self._paste, [self.name, self.text], [self.reports, self.name, self.text], **QUIETLY),
            self.yes.click(self._remove, self.chosen, [self.reports, *shown], **QUIETLY),
        ]

    def rows(self, find: str = "") -> str:
        """The table of what the corpus has now, or of those articles that have these words in a column."""
        return article_table(self._client.articles(), find)

    def of(self, id: str) -> list[Any]:
        """An article by voice, with the button that removes it, for chosen, view, remove and sure."""
        try:
            page = article_by_voice(self._client.open_article(id))
        except NotFound as error:
            return ["", nothing_yet(str(error)), gr.update(visible=False), gr.update(visible=False)]
        return [id, page, gr.update(visible=True), gr.update(visible=False)]

    @property
    def shown(self) -> list[Any]:
        """What `of` fills."""
        return [self.chosen, self.view, self.remove, self.sure]

    def _take(self, paths: list[str]) -> Iterator[list[Any]]:
        """Takes the uploaded files in, one after the other, and tells of each."""
        names = [Path(path).name for path in paths or ()]
        reports: list[tuple[SourceReport, ...]] = []
        for number, path in enumerate(paths or ()):
            yield [uploads(_progress(names, reports, number)), gr.skip()]
            reports.append(self._taken(Upload(names[number], Path(path).read_bytes())))
            Path(path).unlink(missing_ok=True)
        yield [uploads(_progress(names, reports, len(names))), None]

    def _paste(self, name: str, text: str) -> Iterator[list[Any]]:
        if not text.strip():
            yield [nothing_yet("There is no text to add. Paste one, with its title in the first line."), name, text]
            return
        file = f"{_file_name(name.strip() or text.strip().splitlines()[0][:60])}.txt"
        yield [uploads([Progress(file, working=True)]), gr.skip(), gr.skip()]
        reports = self._taken(Upload(file, text.encode("utf-8", "replace")))
        ok = all(report.ok for report in reports)
        yield [uploads([Progress(file, reports)]), "" if ok else name, "" if ok else text]

    def _taken(self, upload: Upload) -> tuple[SourceReport, ...]:
        try:
            return tuple(self._client.ingest_upload(upload))
        except RashomonError as error:
            return (SourceReport(upload.name, "failed", str(error)),)

    def _ask(self, id: str) -> list[Any]:
        row = next((one for one in self._client.articles() if one.id == id), None)
        told = f"Remove “{row.title}” with its {row.statements} statements? It can be added again." if row else ""
        return [gr.update(visible=row is not None), told]

    def _remove(self, id: str) -> list[Any]:
        hidden = [gr.update(visible=False), gr.update(visible=False)]
        try:
            self._client.remove(id)
        except RashomonError as error:
            return [nothing_yet(str(error)), "", nothing_yet(_CHOOSE), *hidden]
        return [nothing_yet("The article was removed."), "", nothing_yet(_CHOOSE), *hidden]


def _file_name(title: str) -> str:
    return re.sub(r"[^\w.-]+", "-", title).strip("-.") or "text"


def _progress(names: list[str], reports: list[tuple[SourceReport, ...]], working: int) -> list[Progress]:
    done = [Progress(name, own) for name, own in zip(names, reports, strict=False)]
    return done + [Progress(name, (), at == working) for at, name in enumerate(names) if at >= len(reports)]
