"""The trabecular lattice and its surface automaton."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from bonemets_teach.biology.trabecular_lattice import (
    BONE,
    FORMING,
    WAITING,
    LatticeHistory,
    LatticeSettings,
    RemodelingSettings,
    measure_lattice,
    remodel,
    structure,
)
from bonemets_teach.errors import ParameterError


def _run(resorption: float, formation: float, *, load: bool = True, years: float = 6.0) -> LatticeHistory:
    bone = structure(LatticeSettings(bone_fraction=0.21))
    return remodel(
        bone, RemodelingSettings(years=years, resorption=resorption, formation=formation, load=load)
    )


@settings(max_examples=25, deadline=None)
@given(share=st.floats(0.05, 0.6), size=st.integers(32, 120), seed=st.integers(0, 10_000))
def test_bone_fraction_is_met_to_the_pixel(share: float, size: int, seed: int) -> None:
    """BV/TV is exact whatever size and seed."""
    bone = structure(LatticeSettings(bone_fraction=share, size_px=size, seed=seed))
    assert int(bone.sum()) == round(share * size**2)


@pytest.mark.parametrize("seed", range(5))
def test_structure_has_no_islands(seed: int) -> None:
    """No piece is smaller than 0.1 mm2 (40 pixels), counting across the periodic edges."""
    bone = structure(LatticeSettings(bone_fraction=0.15, seed=seed))
    tiled = np.tile(bone, (3, 3))
    labels, _ = ndimage.label(tiled, structure=np.ones((3, 3)))
    sizes = np.bincount(labels.ravel())
    middle = np.unique(labels[160:320, 160:320])
    assert all(sizes[label] >= 40 for label in middle if label > 0)


def test_same_seed_same_lattice_and_history() -> None:
    """Everything random comes from the seeds."""
    assert np.array_equal(structure(LatticeSettings(seed=5)), structure(LatticeSettings(seed=5)))
    assert not np.array_equal(structure(LatticeSettings(seed=5)), structure(LatticeSettings(seed=6)))
    assert np.array_equal(_run(2, 1).frames, _run(2, 1).frames)


def test_structure_is_longer_along_the_load() -> None:
    """Bone runs further down the rows than across the columns."""
    bone = structure(LatticeSettings(anisotropy=2.0, size_px=256))
    changes = [np.count_nonzero(bone != np.roll(bone, 1, axis)) for axis in (0, 1)]
    assert changes[0] < 0.8 * changes[1]


@settings(max_examples=15, deadline=None)
@given(resorption=st.floats(0, 10), formation=st.floats(0, 10), load=st.booleans())
def test_history_stays_a_lattice(resorption: float, formation: float, *, load: bool) -> None:
    """States are the five known ones, and BV/TV is their share of bone."""
    bone = structure(LatticeSettings(size_px=48))
    chosen = RemodelingSettings(years=2, resorption=resorption, formation=formation, load=load)
    history = remodel(bone, chosen)
    assert set(np.unique(history.frames)) <= set(range(WAITING + 2))
    assert np.isfinite(history.bone_fraction).all()
    solid = (history.frames == BONE) | (history.frames == FORMING)
    assert np.allclose(history.bone_fraction, solid.mean(axis=(1, 2)))


@pytest.mark.parametrize("load", [False, True])
def test_balanced_turnover_keeps_bone_volume(*, load: bool) -> None:
    """Equal activities neither gain nor lose: within 3 % over 6 years."""
    history = _run(1, 1, load=load)
    assert history.bone_fraction[-1] == pytest.approx(history.bone_fraction[0], rel=0.03)


def test_a_quarter_of_the_bone_is_renewed_in_a_year() -> None:
    """Cavities dug in a year at normal activity are 20-30 % of the bone (ICRP 89: about a quarter)."""
    history = _run(1, 1, years=4)
    dug = np.count_nonzero(history.frames == 2) / len(history.frames)  # sites open at one time
    bone = history.bone_fraction.mean() * history.frames[0].size
    assert 0.20 < dug * 8 / bone < 0.30


def test_more_resorption_less_bone_and_more_formation_more_bone() -> None:
    """Bone at the end follows the balance."""
    ends = [_run(r, f).bone_fraction[-1] for r, f in ((4, 0.5), (1.8, 1.4), (1, 1), (1, 4))]
    assert ends == sorted(ends)


def test_load_slows_a_loss() -> None:
    """With the mechanostat less bone is lost."""
    assert _run(1.8, 1.2).bone_fraction[-1] > _run(1.8, 1.2, load=False).bone_fraction[-1] + 0.01


def test_no_cells_no_change() -> None:
    """Without resorption and formation the lattice only heals its open cavities."""
    history = _run(0, 0)
    assert history.bone_fraction[-1] == pytest.approx(history.bone_fraction[4], abs=1e-12)


def test_loose_pieces_are_cleared() -> None:
    """After each year no small fragment is left."""
    history = _run(5, 0.5, load=False, years=1)
    labels, _ = ndimage.label(np.tile(history.frames[-1] > 0, (3, 3)), structure=np.ones((3, 3)))
    sizes = np.bincount(labels.ravel())
    assert all(sizes[label] >= 40 for label in np.unique(labels[160:320, 160:320]) if label > 0)


def test_measures_of_parallel_plates() -> None:
    """Plates 4 pixels wide, 20 apart: thickness 0.2 mm x 4/pi by the outline rule, number BV/TV over it."""
    plates = np.zeros((100, 100), dtype=bool)
    for start in range(0, 100, 20):
        plates[:, start : start + 4] = True
    found = measure_lattice(plates, pixel_mm=0.05)
    assert found.bone_fraction == pytest.approx(0.2)
    # The pi/4 is for outlines in all directions; along the grid it overstates the width by 4/pi.
    assert found.thickness_mm == pytest.approx(0.2 * 4 / np.pi, rel=1e-9)
    assert found.spacing_mm == pytest.approx(4 * found.thickness_mm, rel=1e-9)
    assert found.number_per_mm == pytest.approx(0.2 / found.thickness_mm, rel=1e-9)
    assert found.pieces == 5


def test_a_closed_ring_is_one_piece_and_one_mesh() -> None:
    """Cutting the ring opens the mesh and leaves one piece."""
    ring = np.zeros((40, 40), dtype=bool)
    ring[10:30, 10:30] = True
    ring[13:27, 13:27] = False
    assert (measure_lattice(ring).pieces, measure_lattice(ring).meshes) == (1, 1)
    ring[18:20, :15] = False
    assert (measure_lattice(ring).pieces, measure_lattice(ring).meshes) == (1, 0)


def test_measures_of_no_bone_and_of_all_bone() -> None:
    """Where nothing can be measured the width is nan and nothing warns."""
    assert np.isnan(measure_lattice(np.zeros((9, 9), dtype=bool)).thickness_mm)
    assert measure_lattice(np.ones((9, 9), dtype=bool)).number_per_mm == 0.0


def test_bad_input_is_refused_with_value_and_range() -> None:
    """Messages name value, range and way out."""
    with pytest.raises(ParameterError, match=r"bone_fraction = 0.9 is outside \[0.05, 0.6\]"):
        LatticeSettings(bone_fraction=0.9)
    with pytest.raises(ParameterError, match="size_px = 10 is outside"):
        LatticeSettings(size_px=10)
    with pytest.raises(ParameterError, match="resorption = nan × normal is outside"):
        RemodelingSettings(resorption=float("nan"))
    with pytest.raises(ParameterError, match=r"years = 0\.0 years is outside"):
        RemodelingSettings(years=0.0)
    with pytest.raises(ParameterError, match="bone is float64 of shape"):
        remodel(np.ones((9, 9)), RemodelingSettings())
    with pytest.raises(ParameterError, match="bone is a list"):
        remodel([[True]], RemodelingSettings())
