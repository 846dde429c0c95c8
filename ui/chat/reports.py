"""The page of the evals: the last reports, for somebody who decides on a release."""

from __future__ import annotations

from typing import Any

import gradio as gr

from eval.reports.kept import kept_reports
from ui.chat.theme import panel
from ui.client.local import LocalClient
from ui.render.html.evidence import nothing_yet
from ui.render.html.reports import report_summary, report_title

_NONE = "No report is kept yet. `rashomon eval run SUITE --gate` makes one."


class ReportsTab:
    """A report to choose, and what it says, made where this is."""

    def __init__(self, client: LocalClient) -> None:
        self._folder = client.settings.reports_folder
        self.name = gr.Dropdown(label="Report", choices=[], value=None, elem_id="report-name")
        self.page = panel(nothing_yet(_NONE), "report")
        self.name.input(
            self.of, self.name, self.page, show_progress="minimal", api_visibility="private"
        )

    def newest(self) -> list[Any]:
        """The names of the reports that are kept now, and the newest one."""
        reports = kept_reports(self._folder)
        name = reports[0].name if reports else None
        return [
            gr.update(
                choices=[(report_title(report), report.name) for report in reports], value=name
            ),
            self.of(name),
        ]

    def of(self, name: str | None) -> str:
        """What a report says."""
        reports = {report.name: report for report in kept_reports(self._folder)}
        return report_summary(reports[name]) if name in reports else nothing_yet(_NONE)
