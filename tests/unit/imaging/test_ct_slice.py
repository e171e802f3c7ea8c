"""Axial slices of a voxel state."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.lesion_placement import VoxelState
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.ct_slice import AxialField, axial_maps, lesion_shares
from bonemets_teach.imaging.tissue_basis import basis_shares, bone_mixture

FIELD = AxialField(size=64, width_mm=64.0)


def layered_phantom() -> VoxelState:
    """Make ten layers of 2 mm: five of spongiosa above five of muscle."""
    shape = (10, 40, 40)
    bone = np.zeros(shape, np.float32)
    bone[:5] = 0.2
    label = np.full(shape, Tissue.SOFT, np.uint8)
    label[:5] = Tissue.TRABECULAR
    fat = np.where(label == Tissue.TRABECULAR, 0.5, 0).astype(np.float32)
    phantom = Phantom(
        bone_fraction=bone, fat_fraction=fat, label=label, turnover_per_year=np.zeros(shape, np.float32),
        voxel_mm=2.0, name="layers",
    )  # fmt: skip
    return VoxelState.healthy(phantom)


def middle(level_mm: float, thickness_mm: float) -> np.ndarray:
    """Return the two shares in the middle of a slice."""
    return axial_maps(layered_phantom(), level_mm=level_mm, thickness_mm=thickness_mm, field=FIELD).shares[
        :, 32, 32
    ]


def test_thin_slice_in_bone_is_the_mixture():
    """A slice within the spongiosa holds the mixture of bone and marrow."""
    assert_allclose(
        middle(5.0, 2.0), bone_mixture(np.float32(0.2), np.float32(0), np.float32(0.5)), rtol=1e-5
    )


def test_thin_slice_in_muscle_is_muscle():
    """A slice within the muscle holds muscle."""
    assert_allclose(middle(15.0, 2.0), basis_shares("muscle"), rtol=1e-5)


def test_thick_slice_over_a_border_is_the_mean():
    """Half a slice in bone and half in muscle is the mean of both: partial volume."""
    assert_allclose(middle(10.0, 6.0), (middle(5.0, 2.0) + middle(15.0, 2.0)) / 2, rtol=1e-5)


def test_slice_thinner_than_a_voxel_is_that_voxel():
    """A slice of half a millimeter shows the voxel layer that it lies in."""
    assert_allclose(middle(15.2, 0.5), basis_shares("muscle"), rtol=1e-5)


def test_point_of_the_phantom_is_found_in_the_image():
    """The middle of the phantom is the middle of the image."""
    assert FIELD.pixel_of(layered_phantom(), 40.0, 40.0) == (31.5, 31.5)


@pytest.mark.parametrize("level", [-1.0, 21.0, float("nan")])
def test_level_outside_the_phantom_is_refused(level):
    """A slice must lie in the phantom."""
    with pytest.raises(ParameterError, match=r"level_mm.*\[0, 20\] mm"):
        axial_maps(layered_phantom(), level_mm=level, thickness_mm=2.0, field=FIELD)


def test_odd_field_is_refused():
    """The projector needs an even number of pixels."""
    with pytest.raises(ParameterError, match="odd"):
        AxialField(size=65)


def test_change_of_a_layer_is_the_difference_of_two_slices():
    """Tracing the region of a lesion alone gives what two whole slices give."""
    before = layered_phantom()
    region = (slice(1, 4), slice(10, 25), slice(12, 20))
    shape = tuple(part.stop - part.start for part in region)
    tumor = np.linspace(0, 1, np.prod(shape), dtype=np.float32).reshape(shape)
    after = VoxelState(
        phantom=before.phantom, roi=region, roi_bone_fraction=0.2 * (1 - tumor), roi_tumor=tumor,
        roi_osteoblast_ratio=np.ones(shape, np.float32), roi_osteoclast_ratio=np.ones(shape, np.float32),
    )  # fmt: skip
    whole = [
        axial_maps(state, level_mm=5.0, thickness_mm=2.0, field=FIELD).shares for state in (after, before)
    ]

    change = lesion_shares(before, after, 2, FIELD)

    assert np.abs(change).max() > 0.05
    assert_allclose(change, whole[0] - whole[1], atol=1e-6)
