"""The cut-off of the SUV."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.suv_cutoff import (
    DEGENERATIVE,
    METASTASIS,
    UptakeGroup,
    area_under_curve,
    at_cutoff,
    draw,
    roc_curve,
)


def test_a_lognormal_has_the_moments_it_was_given():
    """Mean and spread of many draws are the published ones."""
    suv = draw(METASTASIS, 200_000, np.random.default_rng(3))

    assert_allclose([suv.mean(), suv.std()], [36.64, 24.84], rtol=0.03)


def test_raising_the_cutoff_trades_sensitivity_for_specificity():
    """One falls as the other rises."""
    results = [at_cutoff(value) for value in (5.0, 10.0, 20.0, 40.0)]

    assert np.all(np.diff([one.sensitivity for one in results]) < 0)
    assert np.all(np.diff([one.specificity for one in results]) > 0)


def test_the_ends_call_everything_or_nothing():
    """At 0 all are called metastases, far above none."""
    assert at_cutoff(0.0).sensitivity == 1.0
    assert at_cutoff(1000.0).specificity == pytest.approx(1.0, abs=1e-6)


def test_the_area_is_that_under_the_curve():
    """The closed form equals the trapezoid."""
    false_positive, sensitivity = roc_curve(np.geomspace(0.01, 1000, 4000))

    assert_allclose(-np.trapezoid(sensitivity, false_positive), area_under_curve(), atol=1e-3)


def test_predictive_values_follow_prevalence():
    """A positive means less where metastases are rare; with none at all it means nothing."""
    assert at_cutoff(20.0, prevalence=0.05).positive_predictive < at_cutoff(20.0).positive_predictive
    assert at_cutoff(20.0, prevalence=0.0).positive_predictive == 0.0


@pytest.mark.parametrize("bad", [-1.0, np.nan, np.inf])
def test_impossible_cutoffs_are_refused(bad):
    """A cut-off is a number from 0."""
    with pytest.raises(ParameterError, match="choose"):
        at_cutoff(bad)


def test_impossible_groups_and_counts_are_refused():
    """Means are positive, counts whole."""
    with pytest.raises(ParameterError):
        UptakeGroup(name="x", mean=0.0, sd=1.0)
    with pytest.raises(ParameterError, match="whole"):
        draw(DEGENERATIVE, 1.5)
