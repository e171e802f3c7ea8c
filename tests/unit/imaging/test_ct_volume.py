"""Stacks of slices and the planes cut out of them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct import CtSettings
from bonemets_teach.imaging.ct_slice import AxialField
from bonemets_teach.imaging.ct_volume import CtRange, ct_volume, ct_volumes, multiplanar

FIELD = AxialField(size=48, width_mm=96.0)


def cylinder() -> VoxelState:
    """Make a cylinder of muscle with a ball of bone to the left of and above the middle."""
    z, y, x = np.indices((24, 32, 32))
    label = np.where(np.hypot(y - 15.5, x - 15.5) < 14, Tissue.SOFT, Tissue.AIR).astype(np.uint8)
    ball = (z - 8) ** 2 + (y - 15) ** 2 + (x - 21) ** 2 < 16
    label[ball] = Tissue.TRABECULAR
    zero = np.zeros(label.shape, np.float32)
    bone = np.where(ball, np.float32(0.5), zero)
    return VoxelState.healthy(
        Phantom(
            bone_fraction=bone,
            fat_fraction=zero,
            label=label,
            turnover_per_year=zero,
            voxel_mm=3.0,
            name="ball",
        )
    )


@pytest.fixture(scope="module")
def volume():
    """Scan it once, without noise, in slices of 3 mm."""
    return ct_volume(cylinder(), CtSettings(slice_thickness_mm=3.0), extent=CtRange(field=FIELD))


def test_a_volume_has_its_geometry(volume):
    """Twenty-four slices of 3 mm; the first is centered at 1.5 mm."""
    assert volume.hu.shape == (24, 48, 48)
    assert volume.voxel_mm == (3.0, 2.0, 2.0)
    assert volume.origin_mm == pytest.approx((1.5, 1.0, 1.0))


def test_the_brightest_point_lies_where_the_bone_is(volume):
    """Found at the ball's place in millimeters, in all three axes."""
    weight = np.maximum(volume.hu - 300, 0)
    found = [
        float((weight.sum(axis=tuple(a for a in range(3) if a != k)) * np.arange(n)).sum() / weight.sum())
        for k, n in enumerate(volume.hu.shape)
    ]
    place = [o + i * v for o, i, v in zip(volume.origin_mm, found, volume.voxel_mm, strict=True)]

    assert_allclose(place, [25.5, 46.5, 64.5], atol=1.0)


@pytest.mark.parametrize(
    ("plane", "index", "shape", "pixel"),
    [("axial", 8, (48, 48), (2.0, 2.0)), ("coronal", 22, (24, 48), (3.0, 2.0)), ("sagittal", 31, (24, 48), (3.0, 2.0))],
)  # fmt: skip
def test_planes_have_their_axes(volume, plane, index, shape, pixel):
    """Each plane cuts the ball and states its pixels."""
    cut = multiplanar(volume, plane, index)

    assert cut.hu.shape == shape
    assert cut.pixel_mm == pixel
    assert cut.hu.max() > 600


def test_a_thick_plane_is_the_mean_of_its_slices(volume):
    """9 mm at slice 8 are slices 7 to 9; 6 mm take half of the outer two."""
    assert_allclose(multiplanar(volume, "axial", 8, 9.0).hu, volume.hu[7:10].mean(axis=0), atol=1e-2)
    half = volume.hu[7] * 0.25 + volume.hu[8] * 0.5 + volume.hu[9] * 0.25
    assert_allclose(multiplanar(volume, "axial", 8, 6.0).hu, half, atol=1e-2)


def test_a_thick_plane_at_the_end_averages_what_there_is(volume):
    """The first slice with 9 mm is the mean of two slices, weighted by what lies inside."""
    assert np.isfinite(multiplanar(volume, "coronal", 0, 9.0).hu).all()
    expected = (volume.hu[0] + volume.hu[1]) / 2
    assert_allclose(multiplanar(volume, "axial", 0, 9.0).hu, expected, atol=1e-2)


def test_only_what_is_asked_for_is_reconstructed():
    """Beyond the reach there is air, within it the picture is the same."""
    part = CtRange(field=FIELD, top_mm=24, bottom_mm=30, reach_mm=30)
    whole = ct_volume(cylinder(), CtSettings(), extent=CtRange(field=FIELD, top_mm=24, bottom_mm=30))
    near = ct_volume(cylinder(), CtSettings(), extent=part)
    offset = (np.arange(48) - 23.5) * 2.0
    inside = np.hypot(offset[:, None], offset) < 29

    assert near.hu.shape == (2, 48, 48)
    assert_allclose(near.hu[:, inside], whole.hu[:, inside], atol=1e-3)
    assert np.all(near.hu[:, np.hypot(offset[:, None], offset) > 31] == -1000)


def test_noise_comes_from_the_generator():
    """Same generator, same volume; without one there is no noise."""
    one, again, none = (
        ct_volume(cylinder(), CtSettings(), rng, extent=CtRange(field=FIELD, top_mm=20, bottom_mm=26)).hu
        for rng in (np.random.default_rng(3), np.random.default_rng(3), None)
    )

    assert np.array_equal(one, again)
    assert (one - none).std() > 0.1
    assert (one[0] - none[0] != one[1] - none[1]).any()


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        ({"top_mm": 40, "bottom_mm": 20}, "below its top"),
        ({"top_mm": -1}, "top_mm"),
        ({"bottom_mm": 9999}, "bottom_mm"),
        ({"spacing_mm": 0}, "spacing_mm"),
        ({"reach_mm": float("nan")}, "reach_mm"),
    ],
)
def test_impossible_ranges_are_refused(extent, words):
    """The message names what is wrong."""
    with pytest.raises(ParameterError, match=words):
        ct_volume(cylinder(), CtSettings(), extent=CtRange(field=FIELD, **extent))


@pytest.mark.parametrize(
    ("plane", "index", "thickness", "words"),
    [("oblique", 0, None, "axial, coronal, sagittal"), ("axial", 24, None, "index"), ("axial", 0, -3.0, "thickness_mm")],
)  # fmt: skip
def test_impossible_planes_are_refused(volume, plane, index, thickness, words):
    """Plane, index and thickness are checked."""
    with pytest.raises(ParameterError, match=words):
        multiplanar(volume, plane, index, thickness)


def test_two_states_scanned_together_are_as_scanned_alone():
    """What changed and what did not come out as from a scan of its own, to within rounding."""
    before = cylinder()
    phantom = before.phantom
    roi = (slice(5, 9), slice(12, 18), slice(18, 24))
    bone = phantom.bone_fraction[roi] * np.float32(0.4)
    flat = np.ones_like(bone)
    after = VoxelState(
        phantom=phantom, roi=roi, roi_bone_fraction=bone, roi_tumor=0 * flat, roi_osteoblast_ratio=flat,
        roi_osteoclast_ratio=flat,
    )  # fmt: skip
    settings, extent = CtSettings(slice_thickness_mm=3.0), CtRange(field=FIELD)
    together = ct_volumes((before, after), settings, (None, None), extent=extent)
    alone = [ct_volume(state, settings, extent=extent) for state in (before, after)]

    assert alone[0].hu[8].max() - alone[1].hu[8].max() > 200
    for pair in zip(together, alone, strict=True):
        assert_allclose(pair[0].hu, pair[1].hu, atol=0.1)
