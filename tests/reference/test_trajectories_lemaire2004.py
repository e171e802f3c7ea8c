"""Lemaire 2004 against trajectories of libroadrunner from BIOMD0000000278, within 0.1 %."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from bonemets_teach.biology.lemaire2004 import Forcing, simulate

FORCINGS = {
    "pth": Forcing(pth=1e3),
    "rankl": Forcing(rankl=1e4),
    "opg": Forcing(opg=2e5),
    "rankl_opg": Forcing(rankl=1e4, opg=9e4),
    "precursors": Forcing(precursor_factor=2.0),
    "pth_constant": Forcing(pth=1e3, start_d=0.0, end_d=7300.0),
    "all_short": Forcing(pth=5e2, rankl=5e3, opg=1e5, precursor_factor=0.5, start_d=33.0, end_d=47.0),
}


@pytest.mark.parametrize("case", FORCINGS)
@pytest.mark.parametrize("cell", ["responding_osteoblast", "osteoblast", "osteoclast"])
def test_cells_follow_libroadrunner(trajectory: Any, case: str, cell: str):
    """With every input forced, for ever or for a while, cells stay within 0.1 % over 140 days."""
    expected = trajectory("lemaire2004_forcing.csv", case)
    ours = getattr(simulate(140, forcing=FORCINGS[case]), f"{cell}_ratio")
    np.testing.assert_allclose(ours[expected["time_d"].astype(int)], expected[f"{cell}_ratio"], rtol=1e-3)


@pytest.mark.parametrize(
    ("case", "cell", "published"),
    [("pth", "osteoclast", 4.037), ("precursors", "osteoblast", 2.010), ("precursors", "osteoclast", 1.012)],
)
def test_end_of_the_forcing_matches(trajectory: Any, case: str, cell: str, published: float):
    """Reference and model agree on the multiples of rest on day 80 within 0.1 %."""
    expected = trajectory("lemaire2004_forcing.csv", case)
    at_80 = expected[f"{cell}_ratio"][expected["time_d"] == 80]
    assert at_80 == pytest.approx(published, rel=1e-3)
    assert getattr(simulate(80, forcing=FORCINGS[case]), f"{cell}_ratio")[80] == pytest.approx(
        published, rel=1e-3
    )
