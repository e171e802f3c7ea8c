"""Behavior of Komarova 2003 over its whole range."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology.komarova2003 import KomarovaParameters, simulate, steady_state
from bonemets_teach.errors import ParameterError


@settings(max_examples=40, deadline=None)
@given(
    autocrine=st.floats(0.0, 1.2),
    brake=st.floats(-2.0, -0.4),
    extra=st.floats(0.0, 100.0),
)
def test_cells_stay_positive_and_finite(autocrine: float, brake: float, extra: float):
    """Populations are positive and finite for every allowed feedback and event."""
    parameters = KomarovaParameters(osteoclast_autocrine=autocrine, osteoblast_to_osteoclast=brake)
    path = simulate(300, parameters=parameters, extra_osteoclasts=extra, sample_d=1.0)
    assert np.isfinite(path.bone_mass).all()
    assert min(path.osteoclast.min(), path.osteoblast.min()) > 0.0
    assert path.time_d.size == path.osteoclast.size == path.bone_mass.size


@settings(max_examples=30, deadline=None)
@given(autocrine=st.floats(0.0, 1.2), brake=st.floats(-2.0, -0.4))
def test_rest_stays_at_rest(autocrine: float, brake: float):
    """Without an event nothing happens."""
    parameters = KomarovaParameters(osteoclast_autocrine=autocrine, osteoblast_to_osteoclast=brake)
    path = simulate(200, parameters=parameters, extra_osteoclasts=0.0, sample_d=1.0)
    np.testing.assert_allclose(path.bone_mass, 100.0, atol=1e-6)
    np.testing.assert_allclose(path.osteoblast, steady_state(parameters).osteoblast, rtol=1e-6)


def test_more_formation_leaves_more_bone():
    """Bone at the end grows with the formation rate."""
    ends = [
        simulate(300, parameters=KomarovaParameters(formation=k)).bone_mass[-1]
        for k in (0.001, 0.0017, 0.002)
    ]
    assert ends == sorted(ends)


def test_bone_mass_is_start_plus_formed_minus_resorbed():
    """Bone mass, bone resorbed and bone formed agree."""
    path = simulate(200)
    np.testing.assert_allclose(path.bone_mass, 100.0 + path.formed - path.resorbed)


def test_blown_up_orbit_is_stopped_and_reported():
    """An orbit beyond 10,000 times rest ends early, with its day and finite values."""
    wild = KomarovaParameters(
        osteoclast_autocrine=1.5,
        osteoblast_to_osteoclast=-0.7,
        osteoblast_removal=0.001,
    )
    path = simulate(1000, parameters=wild, extra_osteoclasts=1000.0)
    assert path.stopped_d is not None
    assert path.time_d[-1] <= path.stopped_d
    assert np.isfinite(path.osteoclast).all()


@pytest.mark.parametrize("days", [0.0, -1.0, 1e9, math.nan, math.inf, "ten", None, True])
def test_bad_days_are_refused(days: object):
    """Days outside 1 to 5,000 are refused with value, unit and range."""
    with pytest.raises(ParameterError, match=r"days = .* d is outside \[1, 5000\] d"):
        simulate(days)  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [math.nan, math.inf, -0.1, 1.6])
def test_bad_exponent_is_refused(value: float):
    """An exponent outside its range is refused by name."""
    with pytest.raises(ParameterError, match=r"osteoclast_autocrine = .* is outside \[0, 1.5\]"):
        KomarovaParameters(osteoclast_autocrine=value)


def test_exponents_without_a_rest_state_are_refused():
    """Exponents that leave no rest state are refused with a way out."""
    with pytest.raises(ParameterError, match="no rest state; lower osteoclast_autocrine"):
        KomarovaParameters(osteoclast_autocrine=1.4, osteoblast_to_osteoclast=-0.4)
