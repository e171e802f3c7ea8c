"""A planar scan put together from parts."""

from functools import cache

import numpy as np
import pytest

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.imaging.bone_uptake import lesion_uptake
from bonemets_teach.imaging.planar_patches import patched_views, planar_patch
from bonemets_teach.imaging.planar_scan import PlanarSettings, expected_views

LESIONS = tuple(
    SkeletonLesion(bone=bone, phenotype=kind, months=12, radius_mm=12)
    for bone, kind in (("L2", 1.0), ("sternum", 0.45), ("left ilium", 0.0))
)


@cache
def skeleton():
    """Return a coarse body."""
    return whole_skeleton(voxel_mm=8.0)


def patch(lesion, settings=None):
    """Project one lesion."""
    state = lesion_fields(skeleton(), [lesion])
    return planar_patch(skeleton(), lesion_uptake(state), state.roi, settings)


def test_parts_add_up_to_the_whole():
    """Lesions one by one give the scan of all at once."""
    whole, suv, demand = expected_views(lesion_fields(skeleton(), LESIONS), PlanarSettings())
    parts = patched_views(skeleton(), [patch(lesion) for lesion in LESIONS])

    assert parts.demand == pytest.approx(demand, rel=1e-3)
    assert parts.suv.bone == pytest.approx(suv.bone, rel=1e-3)
    assert np.abs(parts.views - whole).max() < 0.01 * whole.max()


def test_without_lesions_it_is_the_healthy_scan():
    """No parts, no difference."""
    whole, _, _ = expected_views(VoxelState.healthy(skeleton()), PlanarSettings())
    parts = patched_views(skeleton(), ())

    assert np.allclose(parts.views, whole, rtol=1e-3, atol=1e-3 * whole.max())
    assert np.array_equal(parts.views, parts.healthy)
    assert parts.demand == 1.0


def test_a_hot_lesion_adds_where_it_is():
    """Counts with the lesion minus without are the patch, up to scatter."""
    hot = patch(LESIONS[0])
    parts = patched_views(skeleton(), [hot])
    added = (parts.views - parts.healthy)[:, hot.rows, hot.columns]
    peak = np.unravel_index(hot.views.argmax(), hot.views.shape)

    assert hot.uptake > 0
    assert added[peak] == pytest.approx(parts.per_uptake * hot.views[peak], rel=0.1)


def test_a_sharper_collimator_makes_a_higher_peak():
    """The patch is blurred as the head sees it."""
    sharp, wide = (patch(LESIONS[0], PlanarSettings(collimator=name)) for name in ("LEUHR", "LEGP"))

    assert sharp.views.max() > wide.views.max()
    assert sharp.views.sum() == pytest.approx(wide.views.sum(), rel=0.05)
