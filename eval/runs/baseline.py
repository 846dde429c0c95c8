"""The accepted baseline of a suite: a saved run beside it, in the folder `baselines`."""

from __future__ import annotations

from pathlib import Path

from eval.runs.run import Run
from eval.runs.run_file import write_run
from eval.suite import Suite
from vectorstore.errors import RunError


def baseline_path(suite: Path) -> Path:
    """Where the baseline of a suite is kept: `baselines/NAME.jsonl.gz` beside its file."""
    return suite.parent / "baselines" / f"{suite.stem}.jsonl.gz"


def accepted(suite: Path) -> Path | None:
    """The accepted baseline of a suite; None where none has been accepted."""
    path = baseline_path(suite)
    return path if path.exists() else None


def accept(run: Run, suite: Suite, path: Path) -> Path:
    """Makes a run the baseline of a suite. Raises RunError for one of other questions, or with
    questions unanswered.
    """
    if run.samples != suite.samples:
        raise RunError(
            "The run is of other questions than the suite. Run the suite again with --save.", path
        )
    if run.failed:
        raise RunError(
            f"{len(run.failed)} questions of the run have no answer. A baseline must be whole."
        )
    target = baseline_path(path)
    write_run(target, run)
    return target
