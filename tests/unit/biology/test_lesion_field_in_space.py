"""The lesion in three dimensions: full depth, bounds, mass, margins and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology import _lesion_kernels as kernels
from bonemets_teach.biology import lesion_field
from bonemets_teach.biology.lesion_field import grow
from bonemets_teach.biology.lesion_margin import measure_margin
from bonemets_teach.errors import ParameterError, SolverError

_SIZE = 24
_CUBE = np.full((_SIZE,) * 3, 0.18, dtype=np.float32)
_MIDDLE = (_SIZE // 2,) * 3


@settings(max_examples=12, deadline=None)
@given(
    phenotype=st.floats(0, 1), speed=st.floats(0.25, 3), bone=st.floats(0, 1), start=st.floats(0, 1),
    heterogeneity=st.floats(0, 0.5),
)  # fmt: skip
def test_fields_stay_fractions_in_space(
    phenotype: float, speed: float, bone: float, start: float, heterogeneity: float
) -> None:
    """From no tumor to full tumor, tumor and bone stay in 0..1 and finite."""
    shape = (6, 7, 8)
    lesion = grow(
        np.full(shape, bone), 0.25, start=start, phenotype=phenotype, growth_speed=speed, seed_index=(3, 3, 3),
        heterogeneity=heterogeneity, months=4, compact=True,
    )  # fmt: skip
    for field in (lesion.tumor, lesion.bone_fraction):
        assert np.isfinite(field).all()
        assert field.min() >= 0.0
        assert field.max() <= 1.0


def test_spreading_neither_makes_nor_loses_tumor() -> None:
    """With growth off, the sum of the tumor stays the same to 1 part in 100,000, also at dense bone."""
    bone = _CUBE.copy()
    bone[:, :, 16:] = 0.92
    settings_ = lesion_field.LesionSettings(phenotype=0.0, seed_index=_MIDDLE)
    mask = np.ones(bone.shape, dtype=np.uint8)
    moving, ground = lesion_field.prepare(bone, np.full_like(bone, 0.25), mask, _MIDDLE, settings_)
    kernels.settle(moving, ground, 1.0)
    moving.factor[...] = 1.0
    before = float(moving.tumor.sum(dtype=np.float64))
    for _ in range(200):
        kernels._spread(moving, 0.1, kernels.reach(moving.tumor, 1))
    assert float(moving.tumor.sum(dtype=np.float64)) == pytest.approx(before, rel=1e-5)


def test_no_tumor_changes_nothing() -> None:
    """Bone without tumor stays as it is to the last bit."""
    lesion = grow(_CUBE, 0.25, start=0.0, phenotype=0.0, seed_index=_MIDDLE, months=6)
    assert lesion.tumor.max() == 0.0
    assert np.array_equal(lesion.bone_fraction[6], _CUBE)


def test_full_tumor_stays_full_and_takes_bone_everywhere() -> None:
    """A marrow full of lytic tumor loses bone alike in every voxel."""
    lesion = grow(_CUBE, 0.25, start=1.0, phenotype=0.0, seed_index=_MIDDLE, months=12)
    assert lesion.tumor.min() == pytest.approx(1.0, abs=1e-5)
    assert np.ptp(lesion.bone_fraction[12]) < 1e-5
    assert lesion.bone_fraction[12].max() < 0.5 * 0.18


def test_months_kept_as_float16_are_half_the_size_and_nearly_the_same() -> None:
    """At most 0.0005 off, also between months and in the means."""
    full, small = (
        grow(_CUBE, 0.25, phenotype=0.45, seed_index=_MIDDLE, months=8, compact=compact)
        for compact in (False, True)
    )
    assert 2 * small.tumor.nbytes == full.tumor.nbytes
    assert np.abs(small.at(6.5).bone_fraction - full.at(6.5).bone_fraction).max() < 5e-4
    assert small.at(6.5).tumor.dtype == np.float32
    where = np.ones(_CUBE.shape, dtype=bool)
    assert small.course(where).bone_fraction == pytest.approx(full.course(where).bone_fraction, abs=5e-4)


def test_each_month_is_reported_with_its_share() -> None:
    """Progress rises from 0 to 1 and names the month."""
    told: list[tuple[float, str]] = []
    grow(
        _CUBE,
        0.25,
        phenotype=0.5,
        seed_index=_MIDDLE,
        months=4,
        progress=lambda *told_now: told.append(told_now),
    )
    assert [share for share, _ in told] == [0.0, 0.25, 0.5, 0.75, 1.0]
    assert told[2][1] == "Growing the lesion: month 2 of 4"


def test_a_field_that_fails_says_in_which_month(monkeypatch: pytest.MonkeyPatch) -> None:
    """A value that is not a number stops the lesion, named with its month and a way on."""
    real, calls = lesion_field.run_month, []

    def broken(moving: kernels.Moving, *rest: object) -> None:
        real(moving, *rest)
        calls.append(1)
        if len(calls) == 3:
            moving.tumor[5, 5, 5] = np.nan

    monkeypatch.setattr(lesion_field, "run_month", broken)
    with pytest.raises(SolverError, match=r"tumor left 0\.\.1 in month 3 of 6; choose slower growth"):
        grow(_CUBE, 0.25, phenotype=0.5, seed_index=_MIDDLE, months=6)


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (np.nan, "start = nan is outside"), (1.5, "start = 1.5 is outside"), (-0.1, "start = -0.1"),
        (np.zeros((3, 3, 3)), "start has shape"),
    ],
)  # fmt: skip
def test_a_bad_start_is_refused(start: object, words: str) -> None:
    """Tumor at the start is checked as every other field."""
    with pytest.raises(ParameterError, match=words):
        grow(_CUBE, 0.25, start=start, phenotype=0.5, seed_index=_MIDDLE, months=1)


def test_margins_go_from_geographic_to_moth_eaten_with_speed() -> None:
    """At about the same size a faster lesion has a wider margin and more gaps along it."""
    bone = np.full((56, 56, 56), 0.18, dtype=np.float32)
    found = []
    for speed, month in ((0.5, 18), (1.0, 12), (1.5, 10)):
        lesion = grow(
            bone, 0.25, phenotype=0.05, seed_index=(28,) * 3, voxel_mm=0.75, months=month, growth_speed=speed
        )
        found.append(measure_margin(lesion.tumor[month], 0.75))
    slow, usual, fast = found
    assert 4.0 < slow.width_mm < usual.width_mm < fast.width_mm < 9.0
    assert fast.width_mm > 1.3 * slow.width_mm
    assert slow.lacunarity < 1.05
    assert fast.lacunarity > 1.15
    assert slow.raggedness == pytest.approx(1.0, abs=0.03)
    assert fast.raggedness > 1.05


@pytest.mark.parametrize("softness", [1.5, 3.0])
def test_width_of_a_known_margin(softness: float) -> None:
    """A ball with a straight edge of known width gives that width, and a ball's raggedness and lacunarity."""
    z, y, x = np.mgrid[:60, :60, :60] - 29.5
    tumor = np.clip(0.5 + (16.0 - np.sqrt(z**2 + y**2 + x**2)) / (2.0 * softness), 0.0, 1.0)
    margin = measure_margin(tumor, 0.5)
    assert margin.width_mm == pytest.approx(0.8 * 2.0 * softness * 0.5, rel=0.12)
    assert margin.raggedness == pytest.approx(1.0, abs=0.06)
    assert margin.lacunarity == pytest.approx(1.0, abs=0.12)


def test_bad_margins_are_refused_and_no_lesion_has_none() -> None:
    """Wrong axes and values out of range are named; empty and full fields have no margin."""
    with pytest.raises(ParameterError, match="give three axes"):
        measure_margin(np.zeros((4, 4)), 1.0)
    for bad in (np.full((3, 3, 3), np.nan), np.full((3, 3, 3), 2.0), np.zeros((0, 3, 3))):
        with pytest.raises(ParameterError, match="outside"):
            measure_margin(bad, 1.0)
    with pytest.raises(ParameterError, match="voxel_mm"):
        measure_margin(np.zeros((3, 3, 3)), 0.0)
    assert measure_margin(np.zeros((4, 4, 4)), 1.0).width_mm == 0.0
    assert measure_margin(np.ones((4, 4, 4)), 1.0).lacunarity == 1.0
