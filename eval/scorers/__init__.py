"""The scorers by name. Each answers one question about an answer."""

from __future__ import annotations

from collections.abc import Mapping

from eval.score import Scorer
from eval.scorers.attribution import attribution_accuracy
from eval.scorers.citations import citation_precision, citation_recall
from eval.scorers.claims import claim_support
from eval.scorers.disclosure import conflict_disclosure
from eval.scorers.evidence import evidence_recall
from eval.scorers.quotes import quote_exactness
from eval.scorers.refusal import answering, refusal
from eval.scorers.retrieval import reciprocal_rank, retrieval_ndcg, retrieval_recall
from eval.scorers.viewpoints import viewpoint_balance, viewpoint_coverage
from eval.scorers.violations import typed_violations

SCORERS: Mapping[str, Scorer] = {
    "claim_support": claim_support,
    "typed_violations": typed_violations,
    "quote_exactness": quote_exactness,
    "citation_recall": citation_recall,
    "citation_precision": citation_precision,
    "attribution_accuracy": attribution_accuracy,
    "evidence_recall": evidence_recall,
    "viewpoint_coverage": viewpoint_coverage,
    "viewpoint_balance": viewpoint_balance,
    "conflict_disclosure": conflict_disclosure,
    "refusal": refusal,
    "answering": answering,
    "retrieval_recall": retrieval_recall,
    "reciprocal_rank": reciprocal_rank,
    "retrieval_ndcg": retrieval_ndcg,
}
