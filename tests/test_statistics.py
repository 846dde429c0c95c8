"""Intervals, paired tests, corrections, and what could be detected."""

from __future__ import annotations

import pytest

from eval.statistics import (
    BootstrapSettings,
    Interval,
    area_under_curve,
    detectable,
    difference,
    holm,
    interval,
)

HOW = BootstrapSettings(seed=0, resamples=2000, confidence=0.95, power=0.8)
HALF = [1.0, 0.0] * 30


def test_an_interval_of_equal_values_is_a_point() -> None:
    assert interval([1.0] * 7, HOW) == Interval(1.0, 1.0, 1.0, 7)
    assert interval([0.25], HOW) == Interval(0.25, 0.25, 0.25, 1)


def test_an_interval_is_near_the_normal_one_and_the_same_every_time() -> None:
    found = interval(HALF, HOW)
    assert (found.mean, found.questions) == (0.5, 60)
    assert found.low == pytest.approx(0.373, abs=0.02) and found.high == pytest.approx(
        0.627, abs=0.02
    )
    assert interval(HALF, HOW) == found


def test_no_change_is_no_chance_of_a_drop() -> None:
    found = difference(HALF, HALF, HOW)
    assert (found.interval, found.p) == (Interval(0.0, 0.0, 0.0, 60), 1.0)
    # one question in ten assumed to differ
    assert found.detectable == pytest.approx(0.1015, abs=0.001)


def test_a_drop_of_every_tenth_question_is_found() -> None:
    after = [0.0 if at % 10 == 0 else value for at, value in enumerate(HALF)]
    found = difference(HALF, after, HOW)
    assert found.interval.mean == pytest.approx(-0.1) and found.interval.high < 0
    assert found.p == pytest.approx(1 / 64, abs=0.01)  # all six signs the same way
    assert difference(after, HALF, HOW).p > 0.9


def test_what_is_detectable_falls_with_the_root_of_the_questions() -> None:
    assert detectable(240, 0.3162, HOW) == pytest.approx(0.0508, abs=0.0005)
    assert detectable(60, 0.3162, HOW) == pytest.approx(2 * detectable(240, 0.3162, HOW))


def test_several_tests_are_corrected_after_holm() -> None:
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([]) == [] and holm([0.9, 0.8]) == [1.0, 1.0]


def test_the_area_under_the_curve_counts_ties_half() -> None:
    assert area_under_curve([0.9, 0.5], [0.5, 0.1]) == pytest.approx(0.875)
    assert area_under_curve([], [0.5]) is None
