"""SPECT of a slice."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging._spect_geometry import slice_geometry
from bonemets_teach.imaging._spect_projector import attenuate, back_project, forward_project
from bonemets_teach.imaging.spect import SpectSettings, spect_slice, spect_volume
from bonemets_teach.imaging.spect_fusion import fuse

QUICK = SpectSettings(views=32, subsets=8, iterations=4)


@pytest.fixture(scope="module")
def cylinder() -> VoxelState:
    """Return a round body of 20 cm with a column of bone in the middle and one at the side."""
    z, size = 12, 56
    offset = (np.arange(size) - (size - 1) / 2) * 4.0
    radius = np.hypot(offset[:, None], offset)
    label = np.zeros((z, size, size), dtype=np.uint8)
    label[:, radius < 100] = Tissue.SOFT
    bone = (radius < 24) | (np.hypot(offset[:, None], offset - 64) < 20)
    label[:, bone] = Tissue.TRABECULAR
    fraction = np.where(label == Tissue.TRABECULAR, np.float32(0.15), np.float32(0)).astype(np.float32)
    zero = np.zeros_like(fraction)
    return VoxelState.healthy(
        Phantom(
            bone_fraction=fraction,
            fat_fraction=zero,
            label=label,
            turnover_per_year=zero.copy(),
            voxel_mm=4.0,
            name="cylinder",
        )
    )


def middle_of(values: np.ndarray) -> float:
    """Average the column of bone in the middle, away from its edge."""
    return float(values[25:31, 25:31].mean())


def test_back_projection_is_the_transpose():
    """The inner products of both directions agree."""
    rng = np.random.default_rng(1)
    body = np.ones((20, 24), dtype=bool)
    geometry = slice_geometry(body, 12, "LEHR", 20.0, 4.0)
    share = attenuate(rng.random((20, 24), dtype=np.float32) * np.float32(0.02), geometry, 4.0)
    image, views = rng.random(480, dtype=np.float32), np.arange(12)
    counts = rng.random((12, geometry.bins), dtype=np.float32)
    forth = forward_project(image, share, geometry, views)
    back = back_project(counts, share, geometry, views)

    assert_allclose(np.vdot(forth, counts), np.vdot(image, back), rtol=1e-4)


def test_without_attenuation_every_view_counts_the_same():
    """A projection keeps all the activity."""
    geometry = slice_geometry(np.ones((16, 16), dtype=bool), 8, "LEHR", 20.0, 4.0)
    views = forward_project(
        np.ones(256, dtype=np.float32), np.ones((8, 256), dtype=np.float32), geometry, np.arange(8)
    )

    assert_allclose(views.sum(axis=1), 256.0, rtol=0.02)


def test_attenuation_weakens_a_point_by_its_depth():
    """In the middle of 20 pixels of water the front sees exp(-mu d)."""
    geometry = slice_geometry(np.ones((21, 21), dtype=bool), 4, "LEHR", 0.0, 4.0)
    share = attenuate(np.full((21, 21), 0.015, dtype=np.float32), geometry, 4.0)

    assert_allclose(share[:, 220], np.exp(-0.015 * 4.0 * 10.5), rtol=0.01)


def test_the_reconstruction_finds_the_true_uptake(cylinder):
    """With attenuation and blur in the model the SUV of a large bone comes out, within 8 %."""
    image = spect_slice(cylinder, 6, replace(QUICK, seconds_per_view=600.0, iterations=8, filter_fwhm_mm=0.0))

    assert_allclose(middle_of(image.values), middle_of(image.truth), rtol=0.08)


def test_without_attenuation_correction_the_middle_is_dark(cylinder):
    """Deep bone loses most of its SUV; superficial bone less."""
    image = spect_slice(cylinder, 6, replace(QUICK, attenuation_correction=False, seconds_per_view=200.0))
    deep, shallow = middle_of(image.values), float(image.values[26:30, 42:46].mean())

    assert deep < 0.4 * middle_of(image.truth)
    assert deep < shallow


def test_resolution_recovery_sharpens(cylinder):
    """With the blur in the model the slice is closer to the truth."""
    settings = replace(
        QUICK, collimator="LEGP", gap_mm=80.0, seconds_per_view=600.0, iterations=6, filter_fwhm_mm=0.0
    )
    images = [spect_slice(cylinder, 6, replace(settings, resolution_recovery=flag)) for flag in (True, False)]
    known, unknown = (np.sqrt(np.mean((image.values - image.truth) ** 2)) for image in images)

    assert known < 0.95 * unknown


def test_more_time_less_noise(cylinder):
    """Four times the time halve the noise of a filtered image, roughly."""
    clean = spect_slice(cylinder, 6, replace(QUICK, seconds_per_view=600.0)).values
    short, long = (
        np.std(
            (
                spect_slice(cylinder, 6, replace(QUICK, seconds_per_view=s), np.random.default_rng(2)).values
                - clean
            )[18:38, 12:24]
        )
        for s in (5.0, 20.0)
    )

    assert 1.4 < short / long < 2.8


@pytest.mark.parametrize("change", [{"seconds_per_view": 0.0}, {"activity_mbq": 0.0}, {"time_h": 0.0}])
def test_without_counts_the_slice_is_finite(cylinder, change):
    """No time or activity gives zeros, early uptake a finite image."""
    image = spect_slice(cylinder, 6, replace(QUICK, **change))

    assert np.isfinite(image.values).all()


def test_air_is_an_empty_slice():
    """A field without a body has no counts."""
    zero = np.zeros((4, 20, 20), dtype=np.float32)
    air = Phantom(
        bone_fraction=zero, fat_fraction=zero.copy(), label=np.zeros(zero.shape, np.uint8), turnover_per_year=zero.copy(),
        voxel_mm=4.0, name="air",
    )  # fmt: skip
    image = spect_slice(VoxelState.healthy(air), 2, QUICK)

    assert image.counts == 0.0
    assert image.values.max() == 0.0


def test_a_volume_is_its_slices(cylinder):
    """Each plane asked for gets an image."""
    volume = spect_volume(cylinder, [3, 5, 7], QUICK)

    assert volume.values.shape[0] == 3
    assert volume.slice_mm == 8.0


@pytest.mark.parametrize(
    "bad", [{"views": 60, "subsets": 8}, {"views": 8}, {"iterations": 2.5}, {"filter_fwhm_mm": np.nan}]
)
def test_impossible_settings_are_refused(bad):
    """What no reconstruction does is explained."""
    with pytest.raises(ParameterError, match="choose"):
        SpectSettings(**bad)


def test_a_plane_outside_is_refused(cylinder):
    """There is no slice above the head."""
    with pytest.raises(ParameterError, match="index"):
        spect_slice(cylinder, 99, QUICK)


def test_fusion_brings_uptake_to_the_pixels_of_ct():
    """A hot pixel of 4 mm covers the CT pixels of 1 mm at its place, and color starts at the same SUV always."""
    suv = np.zeros((10, 10), dtype=np.float32)
    suv[4, 6] = 40.0
    fused = fuse(suv, (4.0, 4.0), np.zeros((40, 40), dtype=np.float32), (1.0, 1.0))

    assert fused.suv.shape == (40, 40)
    assert np.unravel_index(fused.suv.argmax(), (40, 40))[0] in range(16, 20)
    assert fused.opacity.max() == 1.0
    assert fused.opacity[fused.suv < 3.0].max() == 0.0
