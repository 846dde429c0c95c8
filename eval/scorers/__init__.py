"""The scorers by name. Each answers one question about an answer."""

from __future__ import annotations

from collections.abc import Mapping

from eval.score import Scorer
from eval.scorers.evidence import evidence_recall
from eval.scorers.holders import holder_recall
from eval.scorers.quotes import quote_exactness
from eval.scorers.status import status_accuracy

SCORERS: Mapping[str, Scorer] = {
    "quote_exactness": quote_exactness,
    "evidence_recall": evidence_recall,
    "holder_recall": holder_recall,
    "status_accuracy": status_accuracy,
}
