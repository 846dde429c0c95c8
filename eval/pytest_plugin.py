"""A thin pytest plugin: each score of a gate is a test.

`pytest -p eval.pytest_plugin --rashomon-suite suite.jsonl [--rashomon-run run.jsonl]
[--rashomon-policy gate.toml]`
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from eval.gate import Decision, Ruling


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("rashomon", "faithfulness of answers")
    group.addoption(
        "--rashomon-suite", type=Path, help="suite whose accepted baseline a run is compared with"
    )
    group.addoption("--rashomon-run", type=Path, help="saved run of `rashomon eval run --save`")
    group.addoption("--rashomon-policy", type=Path, help="TOML file of floors and margins")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """The run that is named, when pytest comes by it."""
    wanted = parent.config.getoption("--rashomon-run")
    if wanted and file_path == wanted.resolve():
        return _RunFile.from_parent(parent, path=file_path)
    return None


class _RunFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        decision = _decision(self.path, self.config)
        for reason in decision.invalid:
            invalid = _InvalidItem.from_parent(self, name="run")
            invalid.reason = reason
            yield invalid
        for ruling in decision.rulings:
            item = _ScoreItem.from_parent(self, name=ruling.score)
            item.ruling = ruling
            yield item


class _InvalidItem(pytest.Item):
    reason: str

    def runtest(self) -> None:
        pytest.fail(f"invalid: {self.reason}", pytrace=False)


class _ScoreItem(pytest.Item):
    ruling: Ruling

    def runtest(self) -> None:
        if self.ruling.outcome == "waived":
            pytest.skip(self.ruling.reason)
        if self.ruling.outcome != "pass":
            pytest.fail(f"{self.ruling.outcome}: {self.ruling.reason}", pytrace=False)


def _decision(path: Path, config: pytest.Config) -> Decision:
    from eval.gate import decide
    from eval.policy import SHIPPED, read_policy
    from eval.report import score
    from eval.runs.baseline import accepted
    from eval.runs.run_file import read_run
    from rag.verification.rule_judge import RuleJudge

    suite, policy = config.getoption("--rashomon-suite"), config.getoption("--rashomon-policy")
    known = accepted(suite) if suite else None
    runs = [read_run(path), *([read_run(known)] if known else [])]
    reports = [score(run, RuleJudge(run.material.names)) for run in runs]
    return decide(
        reports[0], read_policy(policy or SHIPPED), date.today(), reports[1] if known else None
    )
