"""Lemaire 2004, J Theor Biol 229:293, against the paper and libroadrunner runs of BIOMD0000000278."""

import pytest

from bonemets_teach.biology.lemaire2004 import Forcing, simulate, steady_state


@pytest.mark.parametrize(
    ("cell", "published"),
    [("responding_osteoblast", 7.734e-4), ("osteoblast", 7.282e-4), ("osteoclast", 9.127e-4)],
)
def test_steady_state_matches_the_paper(cell: str, published: float):
    """Cells at rest are those of the paper within 0.1 %."""
    assert getattr(steady_state(), cell) == pytest.approx(published, rel=1e-3)


@pytest.mark.parametrize(
    ("cell", "oracle"),
    [("responding_osteoblast_ratio", 5.208), ("osteoblast_ratio", 2.239), ("osteoclast_ratio", 4.037)],
)
def test_pth_raises_both_cells_as_in_libroadrunner(cell: str, oracle: float):
    """PTH of 1,000 pM/d from day 20 gives these multiples on day 80, within 0.5 %."""
    assert getattr(simulate(140, forcing=Forcing(pth=1e3)), cell)[80] == pytest.approx(oracle, rel=5e-3)


def test_osteoblasts_rebound_after_pth_ends():
    """After the PTH forcing osteoblasts peak at 2.836 times rest near day 88 (libroadrunner)."""
    ratio = simulate(140, forcing=Forcing(pth=1e3)).osteoblast_ratio
    assert ratio.max() == pytest.approx(2.836, rel=5e-3)
    assert abs(int(ratio.argmax()) - 88) <= 1


def test_opg_reverses_rankl():
    """RANKL of 1e4 with OPG of 9e4 pM/d leaves osteoclasts near normal, 0.951 (Fig. 2; libroadrunner)."""
    end = simulate(140, forcing=Forcing(rankl=1e4, opg=9e4))
    assert end.osteoclast_ratio[80] == pytest.approx(0.951, abs=0.02)


@pytest.mark.parametrize(("cell", "oracle"), [("osteoblast_ratio", 2.010), ("osteoclast_ratio", 1.012)])
def test_more_precursors_raise_osteoblasts_alone(cell: str, oracle: float):
    """Twice the precursor rate doubles osteoblasts and leaves osteoclasts, within 0.5 % (libroadrunner)."""
    end = simulate(140, forcing=Forcing(precursor_factor=2.0))
    assert getattr(end, cell)[80] == pytest.approx(oracle, rel=5e-3)
