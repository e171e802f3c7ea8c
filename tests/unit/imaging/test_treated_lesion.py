"""A lesion in space under treatment."""

from functools import cache

import numpy as np
import pytest

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.imaging.bone_uptake import healthy_uptake, lesion_uptake
from bonemets_teach.imaging.flare_course import TreatedLesion, lesion_course
from bonemets_teach.imaging.treated_lesion import treated_lesion, tumor_left

MONTHS = 12


@cache
def lesion(phenotype):
    """Return a lesion of a lumbar vertebra on the day treatment begins, and its course."""
    skeleton = whole_skeleton(voxel_mm=5.0)
    state = lesion_fields(
        skeleton, [SkeletonLesion(bone="L2", phenotype=phenotype, months=MONTHS, radius_mm=14)]
    )
    return state, lesion_course(TreatedLesion(phenotype=phenotype, age_d=MONTHS * 30.4), 40)


def uptake(phenotype, week):
    """Return what the treated lesion adds to the uptake."""
    return lesion_uptake(treated_lesion(*lesion(phenotype), week))


def test_it_starts_with_the_lesion_as_it_is():
    """On the first day nothing has changed."""
    state, course = lesion(0.0)

    assert treated_lesion(state, course, 0.0) is state


def test_tumor_falls_as_the_course_says():
    """The same share is left everywhere."""
    state, course = lesion(0.0)
    later = treated_lesion(state, course, 3.0)

    assert 0 < tumor_left(course, 3.0) < 0.5
    assert np.allclose(later.roi_tumor, tumor_left(course, 3.0) * state.roi_tumor)
    assert tumor_left(course, 0.0) == 1.0


def test_a_lytic_lesion_turns_from_cold_to_hot():
    """Repair of the lost bone makes it hot within eight weeks."""
    assert uptake(0.0, 0.0).sum() < 0
    assert uptake(0.0, 8.0).sum() > 0


def test_a_blastic_lesion_fades():
    """Without tumor the osteoblasts calm down."""
    assert uptake(1.0, 8.0).sum() < 0.5 * uptake(1.0, 0.0).sum()


def test_when_tumor_is_gone_uptake_follows_the_course_of_one_spot():
    """The core reads the uptake of the tumor-bone model."""
    state, course = lesion(0.0)
    healthy = healthy_uptake(state.phantom)[state.roi]
    spongy = state.phantom.bone_fraction[state.roi] < 0.2
    core = (state.roi_tumor > 0.9) & spongy & (healthy > 0)
    ratio = 1 + uptake(0.0, 30.0)[core] / healthy[core]

    assert core.any()
    assert np.median(ratio) == pytest.approx(course.uptake_at(30.0), rel=0.15)


def test_a_healthy_phantom_has_nothing_to_treat():
    """No lesion, no difference."""
    state, course = lesion(0.0)
    healthy = VoxelState.healthy(state.phantom)

    assert treated_lesion(healthy, course, 8.0) is healthy
