"""A decision as JUnit XML, by junitparser, which lives here: one test case for each score."""

from __future__ import annotations

import re
from typing import Any

from eval.gate import Decision, Ruling

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def as_junit(decision: Decision) -> str:
    """The XML: a failed score is a failure, an invalid or inconclusive one an error, a waived one
    is skipped.
    """
    from junitparser import Error, JUnitXml, TestCase, TestSuite

    suite = TestSuite(f"rashomon.{decision.report.run.suite}")
    for ruling in decision.rulings:
        case = TestCase(ruling.score, classname=suite.name)
        case.result = [mark] if (mark := _mark(ruling)) else []
        case.system_out = _legal(ruling.reason)
        suite.add_testcase(case)
    for reason in decision.invalid:
        case = TestCase("run", classname=suite.name)
        case.result = [Error(_legal(reason), "invalid")]
        suite.add_testcase(case)
    xml = JUnitXml()
    xml.add_testsuite(suite)
    document = xml.tostring()
    return document.decode() if isinstance(document, bytes) else str(document)


def _legal(text: str) -> str:
    """A text without the control characters that XML forbids."""
    return _CONTROL.sub("", text)


def _mark(ruling: Ruling) -> Any:
    from junitparser import Error, Failure, Skipped

    reason = _legal(ruling.reason)
    if ruling.outcome == "fail":
        return Failure(reason, ruling.outcome)
    if ruling.outcome in ("invalid", "inconclusive"):
        return Error(reason, ruling.outcome)
    return Skipped(reason) if ruling.outcome == "waived" else None
