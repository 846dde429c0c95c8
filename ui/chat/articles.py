"""The page of the corpus: files to take in, the table of articles, one article by voice, and its
removal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr

from ingest.files import Upload
from ingest.report import SourceReport
from rag.writing.markdown import literal
from ui.chat.theme import QUIETLY, may_change, panel
from ui.client.local import LocalClient
from ui.render.html.corpus import Progress, article_by_voice, article_table, uploads
from ui.render.html.evidence import nothing_yet
from vectorstore.errors import NotFound, RashomonError
from vectorstore.records import content_id

_CHOOSE = "Choose an article in the table to see who says what in it."
_NOT_ALLOWED = (
    "Your key may ask, and not change the corpus. Sign in with one that has the scope “ingest”."
)


class ArticlesTab:
    """The corpus as it is, made where this is."""

    def __init__(self, client: LocalClient) -> None:
        self._client = client
        self.chosen = gr.State("")
        with gr.Row(equal_height=False) as self.adding:
            with gr.Column(scale=1, min_width=300):
                self.files = gr.File(
                    label="Files to add", file_count="multiple", elem_id="files", height=170
                )
            with gr.Column(scale=1, min_width=300), gr.Accordion("Or paste a text", open=False):
                self.name = gr.Textbox(
                    label="Name of the text", placeholder="letter-to-the-ministry", max_lines=1
                )
                self.text = gr.Textbox(
                    label="Text",
                    info="Title, author, outlet and date first.",
                    lines=6,
                    max_lines=12,
                )
                self.add = gr.Button("Add this text", size="sm")
        self.reports = panel("", "reports")
        self.find = gr.Textbox(
            label="Find an article", placeholder="a title, an outlet, a date", max_lines=1
        )
        self.table = panel("", "articles")
        self.view = panel(nothing_yet(_CHOOSE), "article")
        self.remove = gr.Button("Remove this article", size="sm", visible=False)
        with gr.Group(visible=False, elem_id="sure") as self.sure:
            self.question = gr.Markdown("")
            with gr.Row():
                self.yes = gr.Button("Remove it", variant="stop", size="sm")
                self.no = gr.Button("Keep it", size="sm")
        self._wire()

    def _wire(self) -> None:
        self.find.change(self.rows, self.find, self.table, **QUIETLY)
        self.remove.click(self._ask, self.chosen, [self.sure, self.question], **QUIETLY).then(
            None, js="() => rashomon.show('#sure')"
        )
        self.no.click(lambda: gr.update(visible=False), None, self.sure, **QUIETLY)
        self.changes = [
            self.files.upload(self._take, self.files, [self.reports, self.files], **QUIETLY),
            self.add.click(
                self._paste, [self.name, self.text], [self.reports, self.name, self.text], **QUIETLY
            ),
            self.yes.click(self._remove, self.chosen, [self.reports, *self.shown], **QUIETLY),
        ]

    def allowed(self, request: gr.Request) -> list[Any]:
        """What there is to add with, for who may; the reason in its place, for `adding` and
        `reports`.
        """
        may = may_change(request)
        return [gr.update(visible=may), gr.skip() if may else nothing_yet(_NOT_ALLOWED)]

    def rows(self, find: str = "") -> str:
        """The table of what the corpus has now, or of those articles that have these words in a
        column.
        """
        return article_table(self._client.articles(), find)

    def of(self, id: str) -> list[Any]:
        """An article by voice, with the button that removes it, for chosen, view, remove and
        sure.
        """
        try:
            page = article_by_voice(self._client.open_article(id))
        except NotFound as error:
            return ["", nothing_yet(str(error)), gr.update(visible=False), gr.update(visible=False)]
        return [id, page, gr.update(visible=True), gr.update(visible=False)]

    @property
    def shown(self) -> list[Any]:
        """What `of` fills."""
        return [self.chosen, self.view, self.remove, self.sure]

    def _take(self, paths: list[str], request: gr.Request) -> Iterator[list[Any]]:
        """Takes the uploaded files in, one after the other, and tells of each."""
        if not may_change(request):
            yield [nothing_yet(_NOT_ALLOWED), None]
            return
        names = _names([Path(path).name for path in paths or ()])
        reports: list[tuple[SourceReport, ...]] = []
        for name, path in zip(names, paths or (), strict=True):
            yield [uploads(_progress(names, reports)), gr.skip()]
            reports.append(self._taken(name, partial(_brought, Path(path))))
        yield [uploads(_progress(names, reports)), None]

    def _paste(self, name: str, text: str, request: gr.Request) -> Iterator[list[Any]]:
        if not may_change(request):
            yield [nothing_yet(_NOT_ALLOWED), name, text]
            return
        if not text.strip():
            yield [
                nothing_yet(
                    "There is no text to add. Paste one, with its title in the first line."
                ),
                name,
                text,
            ]
            return
        file = _file_name(name.strip(), text)
        yield [uploads([Progress(file, working=True)]), gr.skip(), gr.skip()]
        reports = self._taken(file, lambda: text.encode("utf-8", "replace"))
        ok = all(report.ok for report in reports)
        yield [uploads([Progress(file, reports)]), "" if ok else name, "" if ok else text]

    def _taken(self, name: str, read: Callable[[], bytes]) -> tuple[SourceReport, ...]:
        """What became of a file; one that fails does not stop the others."""
        try:
            return tuple(self._client.ingest_upload(Upload(name, read())))
        except RashomonError as error:
            return (SourceReport(name, "failed", str(error)),)
        except OSError as error:
            return (
                SourceReport(
                    name, "failed", f"It cannot be read: {error.strerror}. Choose it again."
                ),
            )

    def _ask(self, id: str) -> list[Any]:
        try:
            row = self._client.article(id)
        except NotFound as error:
            return [gr.update(visible=True), literal(str(error))]
        warning = (
            f"Remove “{literal(row.title)}” with its {row.statements} statements? It can be added"
            " again."
        )
        return [gr.update(visible=True), warning]

    def _remove(self, id: str, request: gr.Request) -> list[Any]:
        hidden = [gr.update(visible=False), gr.update(visible=False)]
        if not may_change(request):
            return [nothing_yet(_NOT_ALLOWED), id, gr.skip(), *hidden]
        try:
            self._client.remove(id)
        except RashomonError as error:
            return [nothing_yet(str(error)), "", nothing_yet(_CHOOSE), *hidden]
        return [nothing_yet("The article was removed."), "", nothing_yet(_CHOOSE), *hidden]


def _brought(path: Path) -> bytes:
    """The bytes of a file that the page was brought, which goes with that. Raises OSError."""
    content = path.read_bytes()
    path.unlink()
    return content


def _file_name(name: str, text: str) -> str:
    """The name that a person gave, or one made of the text: two texts of one headline are two
    articles.
    """
    title = name or f"{text.strip().splitlines()[0][:60]}-{content_id(text)[:6]}"
    slug = re.sub(r"[^-.\w]+", "-", title).strip("-.")
    return f"{slug}.txt"


def _names(names: list[str]) -> list[str]:
    """The names of files that come together, those that are the same told apart by their number."""
    before = [names[:n].count(name) for n, name in enumerate(names)]
    return [f"{n + 1}-{name}" if n else name for n, name in zip(before, names, strict=True)]


def _progress(names: list[str], reports: list[tuple[SourceReport, ...]]) -> list[Progress]:
    """The files that are done, the one that is taken in, and those that wait."""
    done = [Progress(name, report) for name, report in zip(names, reports, strict=False)]
    return done + [Progress(name, working=not n) for n, name in enumerate(names[len(reports) :])]
