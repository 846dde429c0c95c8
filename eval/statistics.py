"""Intervals, paired comparison and what could be detected at all. Questions are what is resampled;
seeds are fixed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

# share of questions that are assumed to differ between two releases, where none are known
DISCORDANT = 0.1


@dataclass(frozen=True)
class BootstrapSettings:
    """How sure to be: the seed and number of resamples, the confidence of intervals and tests, the
    power.
    """

    seed: int
    resamples: int
    confidence: float
    power: float


@dataclass(frozen=True)
class Interval:
    """A mean of some questions, and the bounds of its confidence interval."""

    mean: float
    low: float
    high: float
    questions: int


@dataclass(frozen=True)
class Difference:
    """How the same questions score now and before, as now minus before: the mean with its interval,
    how likely a drop as large is by chance (one-sided), and the smallest drop that could be
    detected.
    """

    interval: Interval
    p: float
    detectable: float


def interval(values: Sequence[float], how: BootstrapSettings) -> Interval:
    """The mean of at least one value with its percentile bootstrap interval (Efron and Tibshirani,
    "An Introduction to the Bootstrap", 1993).
    """
    mean = fmean(values)
    if len(set(values)) == 1:
        return Interval(mean, mean, mean, len(values))
    from numpy.random import default_rng
    from scipy.stats import bootstrap

    result = bootstrap(
        (values,),
        statistic=_mean,
        n_resamples=how.resamples,
        confidence_level=how.confidence,
        method="percentile",
        rng=default_rng(how.seed),
    ).confidence_interval
    return Interval(mean, float(result.low), float(result.high), len(values))


def difference(
    before: Sequence[float], after: Sequence[float], how: BootstrapSettings
) -> Difference:
    """The paired comparison of at least one question's scores.

    The p-value is of the sign-flip permutation test (Fisher, "The Design of Experiments", 1935).
    """
    changes = [now - then for then, now in zip(before, after, strict=True)]
    spread = stdev(changes) if len(changes) > 1 and any(changes) else sqrt(DISCORDANT)
    return Difference(
        interval(changes, how), _chance(changes, how), detectable(len(changes), spread, how)
    )


def detectable(questions: int, spread: float, how: BootstrapSettings) -> float:
    """The smallest mean drop that a one-sided test of so many pairs detects with the power asked
    for, when their differences have this standard deviation (normal approximation).
    """
    from scipy.stats import norm

    return float((norm.ppf(how.confidence) + norm.ppf(how.power)) * spread / sqrt(questions))


def area_under_curve(right: Sequence[float], wrong: Sequence[float]) -> float | None:
    """How often a score of the right is above one of the wrong, a tie counting half (area under the
    ROC curve). None where there are none of either.
    """
    if not right or not wrong:
        return None
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score([1] * len(right) + [0] * len(wrong), [*right, *wrong]))


def holm(chances: Sequence[float]) -> list[float]:
    """The p-values corrected for their number, in their order (Holm, "A Simple Sequentially
    Rejective Multiple Test Procedure", Scandinavian Journal of Statistics, 1979).
    """
    order = sorted(range(len(chances)), key=lambda at: chances[at])
    adjusted = [0.0] * len(chances)
    highest = 0.0
    for rank, at in enumerate(order):
        highest = max(highest, min(1.0, (len(chances) - rank) * chances[at]))
        adjusted[at] = highest
    return adjusted


def _chance(changes: Sequence[float], how: BootstrapSettings) -> float:
    if not any(changes):
        return 1.0
    if len(changes) == 1:
        return 0.5 if changes[0] < 0 else 1.0
    from numpy.random import default_rng
    from scipy.stats import permutation_test

    result = permutation_test(
        (changes,),
        statistic=_mean,
        permutation_type="samples",
        alternative="less",
        n_resamples=how.resamples,
        rng=default_rng(how.seed),
    )
    return float(result.pvalue)


def _mean(values: object, axis: int) -> object:
    from numpy import mean

    return mean(values, axis=axis)  # type: ignore[call-overload]
