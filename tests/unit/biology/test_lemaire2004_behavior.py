"""Behavior of Lemaire 2004 over its whole range."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology.lemaire2004 import Forcing, simulate
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_CONSTANTS
from bonemets_teach.errors import ParameterError


@settings(max_examples=40, deadline=None)
@given(
    pth=st.floats(0, 1e6),
    rankl=st.floats(0, 1e6),
    opg=st.floats(0, 1e8),
    factor=st.floats(0, 100),
    start=st.floats(0, 100),
)
def test_cells_stay_nonnegative_and_finite(pth: float, rankl: float, opg: float, factor: float, start: float):
    """No allowed forcing makes a population negative or infinite."""
    forcing = Forcing(pth=pth, rankl=rankl, opg=opg, precursor_factor=factor, start_d=start, end_d=150)
    path = simulate(200, forcing=forcing)
    for cells in (path.responding_osteoblast, path.osteoblast, path.osteoclast):
        assert np.isfinite(cells).all()
        assert cells.min() >= 0.0


def test_cells_stay_at_rest_without_forcing():
    """The steady state stays steady for 1,000 days."""
    np.testing.assert_allclose(simulate(1000).osteoclast_ratio, 1.0, atol=1e-9)


def test_cells_return_after_the_forcing():
    """Long after a forcing the cells are back at rest."""
    path = simulate(2000, forcing=Forcing(pth=1e3))
    assert path.osteoclast_ratio[-1] == pytest.approx(1.0, abs=1e-3)


def test_last_sample_is_the_last_day():
    """The trajectory ends on the day asked for, whole or not."""
    assert simulate(10.5).time_d[-1] == 10.5


@pytest.mark.parametrize("name", ["pth", "rankl", "opg", "precursor_factor", "start_d", "end_d"])
@pytest.mark.parametrize("value", [-1.0, math.nan, math.inf])
def test_bad_forcing_is_refused(name: str, value: float):
    """A forcing that is negative or no number is refused by name."""
    with pytest.raises(ParameterError, match=f"{name} = .* is outside"):
        Forcing(**{name: value})


def test_forcing_that_ends_before_it_starts_is_refused():
    """An end before the start is refused with both days."""
    with pytest.raises(ParameterError, match=r"end_d = 10 d lies before start_d = 50 d"):
        Forcing(start_d=50, end_d=10)


def test_every_constant_tells_unit_and_source():
    """Each constant has a unit, a meaning and the paper."""
    assert len(LEMAIRE_CONSTANTS) == 20
    for constant in LEMAIRE_CONSTANTS:
        assert constant.unit
        assert constant.meaning
        assert constant.kind == "published"
        assert "Lemaire 2004" in constant.source
