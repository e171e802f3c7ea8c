"""Komarova 2003, Bone 33:206, against published values and an independent solver.

Numbers named BIOMD0000000401 were computed with libroadrunner 2.10 from that file of BioModels.
"""

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from bonemets_teach.biology.komarova2003 import KomarovaParameters, neutral_autocrine, simulate, steady_state

PERIODIC = KomarovaParameters(osteoclast_autocrine=1.1, resorption=0.093, formation=0.0008)
EVENT = 11.06 - 1.06066


def test_resting_osteoclasts_match_the_formula():
    """Resting osteoclasts are 1.0607 cells (SBML of BIOMD0000000148)."""
    assert steady_state(KomarovaParameters()).osteoclast == pytest.approx(1.06066, abs=1e-4)


def test_resting_osteoblasts_match_the_note_of_the_sbml_file():
    """Resting osteoblasts are "approximately 212" cells (SBML of BIOMD0000000148)."""
    assert steady_state(KomarovaParameters()).osteoblast == pytest.approx(212.132, abs=1e-3)


def test_osteoblast_peak_matches_libroadrunner():
    """Osteoblasts peak at 396.91 cells after an event from 11.06 osteoclasts (BIOMD0000000401)."""
    assert simulate(1000, extra_osteoclasts=EVENT).osteoblast.max() == pytest.approx(396.91, abs=0.1)


def test_least_bone_mass_matches_libroadrunner():
    """Bone mass falls to 89.79 % (BIOMD0000000401)."""
    assert simulate(1000, extra_osteoclasts=EVENT).bone_mass.min() == pytest.approx(89.79, abs=0.05)


def test_bone_refills_after_one_event():
    """Bone mass is back at 100 % after 1,000 days (Komarova 2003, Fig. 2)."""
    assert simulate(1000, extra_osteoclasts=EVENT).bone_mass[-1] == pytest.approx(100.0, abs=0.1)


def test_cells_match_an_independent_solver():
    """Osteoblasts follow DOP853 on the untransformed equations within 1e-3 cells over 1,000 days."""

    def rates(_: float, cells: np.ndarray) -> list[float]:
        clast, blast = cells
        return [3.0 * clast**0.5 * blast**-0.5 - 0.2 * clast, 4.0 * clast - 0.02 * blast]

    ours = simulate(1000, extra_osteoclasts=EVENT, sample_d=1.0)
    start = [ours.osteoclast[0], ours.osteoblast[0]]
    other = solve_ivp(rates, (0, 1000), start, method="DOP853", t_eval=ours.time_d, rtol=1e-11, atol=1e-12)
    np.testing.assert_allclose(ours.osteoblast, other.y[1], atol=1e-3, rtol=0)


@pytest.mark.parametrize(("cell", "published"), [("osteoclast", 1.16), ("osteoblast", 231.72)])
def test_rest_of_periodic_remodeling_matches_the_papers(cell: str, published: float):
    """With g11 = 1.1 the cells at rest are 1.16 and 231.72 within 0.5 % (Komarova 2003, Ayati 2010)."""
    assert getattr(steady_state(PERIODIC), cell) == pytest.approx(published, rel=0.005)


def test_neutral_autocrine_is_one_plus_ratio_of_removals():
    """The trace of the linearized model vanishes at g11 = 1 + b2/b1 = 1.1."""
    assert neutral_autocrine(KomarovaParameters()) == pytest.approx(1.1, abs=1e-15)


def test_orbit_at_the_neutral_point_is_a_center():
    """At g11 = 1.1 later osteoclast peaks keep their height within 1e-4 over 5,000 days."""
    clast = simulate(5000, parameters=PERIODIC).osteoclast
    peaks = clast[1:-1][(clast[1:-1] > clast[:-2]) & (clast[1:-1] >= clast[2:])]
    assert peaks.size > 10
    np.testing.assert_allclose(peaks, peaks[0], rtol=1e-4)


def test_period_of_the_published_orbit():
    """From 11.16 osteoclasts bursts return every 273.6 days (regression, tolerance 0.5 d)."""
    orbit = simulate(5000, parameters=PERIODIC, extra_osteoclasts=11.16 - steady_state(PERIODIC).osteoclast)
    clast = orbit.osteoclast
    days = orbit.time_d[1:-1][(clast[1:-1] > clast[:-2]) & (clast[1:-1] >= clast[2:])]
    assert float(np.diff(days).mean()) == pytest.approx(273.6, abs=0.5)
