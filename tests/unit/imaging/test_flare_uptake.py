"""Uptake of a lesion in space under treatment."""

from functools import cache

import numpy as np
import pytest

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.imaging.bone_uptake import lesion_uptake
from bonemets_teach.imaging.flare_course import TreatedLesion, lesion_course
from bonemets_teach.imaging.flare_uptake import treated_uptake

MONTHS = 12


@cache
def lesion(phenotype):
    """Return a lesion of a lumbar vertebra on the day treatment begins, and its course."""
    skeleton = whole_skeleton(voxel_mm=5.0)
    state = lesion_fields(
        skeleton, [SkeletonLesion(bone="L2", phenotype=phenotype, months=MONTHS, radius_mm=14)]
    )
    return state, lesion_course(TreatedLesion(phenotype=phenotype, age_d=MONTHS * 30.4), 40)


@pytest.mark.parametrize("phenotype", [0.0, 1.0])
def test_it_starts_with_the_lesion_as_it_is(phenotype):
    """On the first day nothing has changed."""
    state, course = lesion(phenotype)

    assert np.allclose(treated_uptake(state, course, 0.0), lesion_uptake(state), atol=1e-5)


def test_a_lytic_lesion_turns_from_cold_to_hot():
    """Repair of the lost bone makes it hot within eight weeks."""
    state, course = lesion(0.0)

    assert treated_uptake(state, course, 0.0).sum() < 0
    assert treated_uptake(state, course, 8.0).sum() > 0


def test_a_blastic_lesion_fades():
    """Without tumor the osteoblasts calm down."""
    state, course = lesion(1.0)

    assert treated_uptake(state, course, 8.0).sum() < 0.5 * treated_uptake(state, course, 0.0).sum()


def test_when_tumor_is_gone_uptake_follows_the_course_of_one_spot():
    """The core reads the uptake of the tumor-bone model."""
    state, course = lesion(0.0)
    core = state.roi_tumor > 0.9
    late = treated_uptake(state, course, 30.0)

    assert core.any()
    assert np.median(late[core]) == pytest.approx(course.uptake_at(30.0) - 1.0, abs=0.6)


def test_a_healthy_phantom_has_nothing_to_treat():
    """No lesion, no difference."""
    state, course = lesion(0.0)
    healthy = VoxelState.healthy(state.phantom)

    assert treated_uptake(healthy, course, 8.0).size == 0
