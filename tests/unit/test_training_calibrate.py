"""Confidence follows evidence, and the error says how far it is off."""

import numpy as np
import pytest

from pipelines.training.calibrate import find_calibration_error, find_surer_half, fit, rate


def test_confidence_learns_what_evidence_is_worth() -> None:
    chance = np.random.default_rng(0)
    evidence = chance.normal(size=(4000, 2))
    is_right = (chance.random(4000) < 1 / (1 + np.exp(-2 * evidence[:, 0] - 1))).astype(float)
    weights = fit(evidence, is_right)
    assert weights == pytest.approx([2, 0, 1], abs=0.2)
    assert find_calibration_error(rate(evidence, weights), is_right) < 0.03


def test_the_error_is_the_distance_from_what_is_right() -> None:
    assert find_calibration_error(np.full(10, 0.9), np.array([1.0] * 5 + [0.0] * 5), bins=1) == pytest.approx(
        0.4
    )


def test_the_surer_half_is_measured_alone() -> None:
    assert find_surer_half(np.array([0.9, 0.1, 0.8, 0.2]), np.array([1.0, 0.0, 1.0, 1.0])) == 1
