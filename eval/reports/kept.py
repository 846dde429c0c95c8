"""The last reports, kept in a folder: each as JSON for programs and as the HTML page."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.gate import Decision
from eval.reports.data import as_object
from eval.reports.page import as_page
from vectorstore.errors import NotFound

MOST = 20
_TOLD = frozenset("at suite system version judge decision invalid scores questions".split())


@dataclass(frozen=True)
class SavedReport:
    """A report that was kept: its name, when it was made (ISO), and all that it says."""

    name: str
    at: str
    told: Mapping[str, Any]


def keep_report(folder: Path, decision: Decision, at: datetime) -> str:
    """Keeps a decision as the newest report and returns its name; the oldest of more than `MOST`
    are removed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    suite = re.sub(r"[^\w.-]+", "-", decision.report.run.suite)
    name = f"{at:%Y%m%dT%H%M%S}-{suite}"
    (folder / f"{name}.html").write_text(as_page(decision), encoding="utf-8")
    report = {"at": at.isoformat(timespec="seconds"), **as_object(decision)}
    (folder / f"{name}.json").write_text(json.dumps(report, ensure_ascii=False), encoding="utf-8")
    for path in sorted(folder.glob("*.json"))[:-MOST]:
        path.unlink()
        path.with_suffix(".html").unlink(missing_ok=True)
    return name


def kept_reports(folder: Path) -> list[SavedReport]:
    """The reports of a folder, the newest first; what is no report is passed over."""
    reports = []
    for path in sorted(folder.glob("*.json"), reverse=True):
        try:
            report = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            continue
        if isinstance(report, dict) and report.keys() >= _TOLD:
            reports.append(SavedReport(path.stem, str(report["at"]), report))
    return reports


def report_page(folder: Path, name: str) -> str:
    """The HTML page of a report. Raises NotFound."""
    try:
        known = {path.stem: path for path in folder.glob("*.html")}
        return known[name].read_text(encoding="utf-8")
    except (KeyError, OSError) as error:
        raise NotFound(
            f"No report has the name {name!r}. `rashomon eval run SUITE` makes one."
        ) from error
