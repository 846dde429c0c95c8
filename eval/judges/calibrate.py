"""Computes the weights of the lexical judge from claims with their evidence.

    python -m eval.judges.calibrate FOLDER

Reads `claims.dev.jsonl` of WiCE (Kamoi, Goyal, Diego Rodriguez and Durrett, "WiCE: Real-World
Entailment for Claims in Wikipedia", EMNLP 2023). What is wholly supported is to be told from what
is so in part or not at all. Only weights go into the package, no sentence of the claims.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

from eval.judges.plain import plain_citation
from rag.verification.evidence import CitedEvidence
from rag.verification.overlap import features_of

SHIPPED = Path(__file__).resolve().parents[2] / "rag" / "verification" / "weights.toml"
NAMES = ("words", "names", "numbers")
_FOLDS, _REPEATS = 10, 5
_PENALTY = 10.0  # scikit-learn's C: the smaller, the nearer to equal weights
# of an answer's sentences are supported before anything is known of them; of WiCE's claims a third
_PRIOR = 0.8
# the score from which a sentence counts as supported; docs/evals.md has the figures at others
ENOUGH = 0.6


@dataclass(frozen=True)
class LabelledClaim:
    """A claim as its features, and whether the evidence supports all of it."""

    features: tuple[float, ...]
    supported: bool


@dataclass(frozen=True)
class Calibration:
    """Weights of the features, the constant before them, and the area under the curve on claims
    that were held out.
    """

    base: float
    weights: tuple[float, ...]
    area: float
    claims: int

    def __str__(self) -> str:
        rows = "\n".join(
            f"{name} = {weight:.3f}" for name, weight in zip(NAMES, self.weights, strict=True)
        )
        return (
            "# Made by `python -m eval.judges.calibrate FOLDER` from the claims of WiCE"
            f" (annotations ODC-BY): {self.claims} claims;\n# area under the ROC curve of claims"
            f" held out {self.area:.3f} ({_FOLDS} folds, {_REPEATS} times).\nbase ="
            f" {self.base:.3f}\nenough = {ENOUGH}\n\n[features]\n{rows}\n"
        )


def read_rows(folder: Path) -> list[tuple[str, list[str], bool]]:
    """The claims of WiCE: the claim, every sentence of its pages, and whether they support all of
    it.
    """
    rows = (
        json.loads(line)
        for line in (folder / "claims.dev.jsonl").read_text(encoding="utf-8").splitlines()
    )
    return [(row["claim"], row["evidence"], row["label"] == "supported") for row in rows]


def read_claims(folder: Path) -> list[LabelledClaim]:
    """The claims of WiCE as features."""
    return [_claim(*row) for row in read_rows(folder)]


def calibrate(claims: Sequence[LabelledClaim]) -> Calibration:
    """Logistic regression on all claims, and its area under the curve on claims it has not seen."""
    import numpy as np
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import roc_auc_score
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    shares = np.array([claim.features for claim in claims])
    wanted = np.array([claim.supported for claim in claims])
    model = LogisticRegression(C=_PENALTY, max_iter=1000)
    folds = (StratifiedKFold(_FOLDS, shuffle=True, random_state=seed) for seed in range(_REPEATS))
    held_out = [
        cross_val_predict(model, shares, wanted, cv=fold, method="predict_proba")[:, 1]
        for fold in folds
    ]
    model.fit(shares, wanted)
    return Calibration(
        base=float(model.intercept_[0])
        + log(_PRIOR / (1 - _PRIOR))
        - log(wanted.mean() / (1 - wanted.mean())),
        weights=tuple(float(weight) for weight in model.coef_[0]),
        area=float(np.mean([roc_auc_score(wanted, scores) for scores in held_out])),
        claims=len(claims),
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the shipped weights and says how well they do. The exit code: 0, or 1 when the claims
    cannot be read.
    """
    parser = argparse.ArgumentParser(
        prog="python -m eval.judges.calibrate", description="Calibrates the judge."
    )
    parser.add_argument("folder", type=Path, help="the folder with claims.dev.jsonl of WiCE")
    parser.add_argument("--to", type=Path, default=SHIPPED, help="the file to write")
    asked = parser.parse_args(arguments)
    try:
        claims = read_claims(asked.folder)
    except (OSError, ValueError, KeyError) as error:
        print(f"The claims in {asked.folder} cannot be read: {error}", file=sys.stderr)
        return 1
    calibration = calibrate(claims)
    asked.to.write_text(str(calibration), encoding="utf-8")
    print(
        f"{asked.to}: {calibration.claims} claims, area under the ROC curve"
        f" {calibration.area:.3f} on those held out"
    )
    return 0


def _claim(text: str, evidence: Sequence[str], supported: bool) -> LabelledClaim:
    grounds = CitedEvidence(
        tuple(plain_citation(number, words) for number, words in enumerate(evidence, 1))
    )
    features = features_of(text, grounds)
    return LabelledClaim(tuple(features[name] for name in NAMES), supported)


if __name__ == "__main__":
    sys.exit(main())
