"""The tumor-bone model against its own prototype (regression) and the identities that it must keep.

Prototype: the same equations in plain Python, Runge-Kutta with 0.05 d. Its couplings are calibrated, so these are
regression values, not published ones; the ranges in `test_bone_volume_after_a_year_reads_as_its_phenotype` are clinical.
"""

import numpy as np
import pytest

from bonemets_teach.biology.lpt import Treatment, Tumor, quasi_steady, simulate

# q: osteoblasts, osteoclasts, bone volume on day 365; bone volume on day 540.
PROTOTYPE = {
    0.0: (1.64, 8.92, 0.418, 0.148),
    0.2: (4.87, 7.67, 0.658, 0.520),
    0.3: (5.74, 6.90, 0.791, 0.745),
    0.4: (5.85, 6.11, 0.908, 0.902),
    0.45: (5.64, 5.70, 0.955, 0.955),
    0.5: (5.30, 5.29, 0.994, 0.995),
    0.6: (7.40, 4.53, 1.285, 1.751),
    0.7: (10.5, 3.73, 1.740, 3.100),
    1.0: (12.8, 1.02, 2.613, 4.686),
}


def test_healthy_bone_does_not_drift():
    """Without tumor every state keeps its value within 1e-6 over 1,000 days."""
    path = simulate(0.3, 1000, tumor=Tumor(seed_fraction=0.0))
    for states in (path.osteoblast_ratio, path.osteoclast_ratio, path.bone_volume):
        np.testing.assert_allclose(states, 1.0, atol=1e-6)


@pytest.mark.parametrize("phenotype", PROTOTYPE)
def test_cells_and_bone_match_the_prototype(phenotype: float):
    """Cells and bone volume on days 365 and 540 agree with the prototype within 1 %."""
    path = simulate(phenotype, 540)
    found = (
        path.osteoblast_ratio[365],
        path.osteoclast_ratio[365],
        path.bone_volume[365],
        path.bone_volume[540],
    )
    np.testing.assert_allclose(found, PROTOTYPE[phenotype], rtol=0.01)


@pytest.mark.parametrize(("phenotype", "low", "high"), [(0.0, 0.0, 0.6), (0.45, 0.9, 1.1), (1.0, 1.5, 5.0)])
def test_bone_volume_after_a_year_reads_as_its_phenotype(phenotype: float, low: float, high: float):
    """After a year a lytic lesion has lost, a mixed one kept, a blastic one gained bone."""
    assert low < simulate(phenotype, 365).bone_volume[-1] < high


@pytest.mark.parametrize(("share", "day"), [(0.3, 218), (1.0, 287)])
def test_feedback_from_bone_speeds_a_lytic_tumor_up(share: float, day: int):
    """Half of the marrow is full on day 218 with, and on day 287 without feedback (prototype, 2 d)."""
    path = simulate(0.0, 400, tumor=Tumor(bone_independent_share=share))
    assert path.time_d[np.argmax(path.tumor >= 0.5)] == pytest.approx(day, abs=2)


@pytest.mark.parametrize(
    ("phenotype", "osteoclasts", "osteoblasts"), [(0.0, 7.37, 0.28), (0.45, 6.02, 4.42), (1.0, 1.02, 13.19)]
)
def test_cells_at_rest_in_full_tumor_match_the_prototype(
    phenotype: float, osteoclasts: float, osteoblasts: float
):
    """With marrow full of tumor the cells at rest agree with the prototype within 2 %."""
    cells = quasi_steady(phenotype)
    assert cells.osteoclast_ratio[-1] == pytest.approx(osteoclasts, rel=0.02)
    assert cells.osteoblast_ratio[-1] == pytest.approx(osteoblasts, rel=0.02)


def test_tumor_kill_lets_osteoblasts_flare():
    """Killing from day 270 raises osteoblasts from 1.12 to 3.45 by day 300 while tumor vanishes (prototype, 1 %)."""
    path = simulate(0.0, 420, treatment=Treatment(kill_per_day=0.15, kill_start_d=270))
    np.testing.assert_allclose(
        path.osteoblast_ratio[[270, 285, 300, 420]], [1.12, 2.15, 3.45, 2.60], rtol=0.01
    )
    np.testing.assert_allclose(path.bone_volume[[285, 420]], [0.664, 0.816], rtol=0.01)
    assert path.tumor[330] < 0.001


def test_late_rankl_block_stops_loss_and_refills_little():
    """A block from day 270 keeps lytic bone at 0.698 on day 365, as denosumab does in the prototype (1 %)."""
    path = simulate(0.0, 1000, treatment=Treatment(rankl_block=1e6, rankl_block_start_d=270))
    np.testing.assert_allclose(path.bone_volume[[270, 365, 1000]], [0.683, 0.698, 0.727], rtol=0.01)
