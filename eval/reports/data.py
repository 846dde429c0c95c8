"""A decision as plain lists and dictionaries, for JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from eval.gate import Decision, Ruling
from eval.report import ScoredAnswer


def as_object(decision: Decision) -> dict[str, Any]:
    """The decision with every score of every question. Equal decisions give equal objects."""
    run = decision.report.run
    return {
        "suite": run.suite,
        "system": run.system,
        "version": run.version,
        "judge": decision.report.judge,
        "decision": decision.exit.name.lower(),
        "exit": int(decision.exit),
        "invalid": list(decision.invalid),
        "scores": [_ruling(ruling) for ruling in decision.rulings],
        "questions": [_row(row) for row in decision.report.rows],
    }


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {
        "score": ruling.score,
        "outcome": ruling.outcome,
        "reason": ruling.reason,
        "floor": ruling.bar.floor,
        "margin": ruling.bar.margin,
        "interval": asdict(ruling.interval) if ruling.interval else None,
        "change": asdict(ruling.change) if ruling.change else None,
        "chance": ruling.chance,
    }


def _row(row: ScoredAnswer) -> dict[str, Any]:
    return {
        "id": row.sample.id,
        "type": row.sample.type,
        "question": row.sample.question,
        "status": row.status,
        "error": row.answered.error,
        "scores": {name: asdict(score) for name, score in row.scores.items()},
        "claims": [
            {
                "text": sentence.text,
                "support": verdict.support,
                "problems": [asdict(p) for p in verdict.problems],
            }
            for sentence, verdict in row.claims
        ],
    }
