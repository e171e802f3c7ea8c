"""What Pivonka 2008 does, and what it refuses."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology import lemaire2004
from bonemets_teach.biology.pivonka2008 import Forcing, simulate
from bonemets_teach.errors import ParameterError


def test_rest_is_kept():
    """With nothing added the cells do not move for 1,000 days."""
    np.testing.assert_allclose(simulate(1000).osteoclast_ratio, 1.0, rtol=1e-9)


@pytest.mark.parametrize("forcing", [Forcing(pth=1e3), Forcing(opg=1e5), Forcing(rankl=1e3)])
def test_osteoclasts_answer_in_the_same_direction_as_in_lemaire(forcing: Forcing):
    """Both models agree on whether PTH, RANKL and OPG raise or lower osteoclasts."""
    ours = simulate(80, forcing=forcing).osteoclast_ratio[80] - 1.0
    theirs = lemaire2004.simulate(80, forcing=forcing).osteoclast_ratio[80] - 1.0
    assert ours * theirs > 0


@settings(max_examples=25, deadline=None)
@given(
    pth=st.floats(0, 1e6),
    rankl=st.floats(0, 1e6),
    opg=st.floats(0, 1e8),
    factor=st.floats(0, 100),
    days=st.floats(1, 200),
)
def test_cells_are_never_negative(pth: float, rankl: float, opg: float, factor: float, days: float):
    """Whatever is added, cells stay finite and not negative."""
    forcing = Forcing(pth=pth, rankl=rankl, opg=opg, precursor_factor=factor, start_d=0.0)
    run = simulate(days, forcing=forcing)
    for values in (run.precursor_osteoblast, run.osteoblast, run.osteoclast):
        assert np.isfinite(values).all()
        assert (values >= 0).all()


@pytest.mark.parametrize("days", [0, -3, math.nan, math.inf, 7301])
def test_days_out_of_range_are_refused(days: float):
    """The message names value, unit and range."""
    with pytest.raises(ParameterError, match=r"days = .* outside \[1, 7300\] d"):
        simulate(days)
