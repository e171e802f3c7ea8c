"""The lumbar spine in a sagittal slab."""

import numpy as np
import pytest

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.lumbar_spine import LUMBAR_LEVELS, lumbar_spine
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.errors import ParameterError

SPINE = lumbar_spine(voxel_mm=2.0)
MIDDLE = SPINE.label[:, :, SPINE.shape[2] // 2]


def test_all_lumbar_vertebrae_are_there_in_order():
    """From the head down: L1 to L5, of which L3 is the bone of interest."""
    number = {name: n for n, name in SPINE.bone_names.items()}
    heights = [np.nonzero(SPINE.bone_number == number[level])[0].mean() for level in LUMBAR_LEVELS]

    assert heights == sorted(heights)
    own = is_bone(SPINE.label, femur_only=True)
    assert set(np.unique(SPINE.bone_number[own]).tolist()) == {number["L3"]}


def test_cord_ends_where_the_roots_begin():
    """The sac holds a thick cord above and thin roots below L2, and goes all the way down."""
    sac = np.isin(MIDDLE, (Tissue.CSF, Tissue.CORD))
    width = (SPINE.label == Tissue.CORD).sum(axis=(1, 2)) * 4.0

    assert sac.any(axis=1)[5:-5].all()
    assert width[5:15].mean() > 45
    assert width[60:80].mean() < 45


def test_discs_lie_between_the_bodies():
    """Five discs in the middle, each between bone."""
    front = MIDDLE[:, SPINE.index_of(SPINE.sites["vertebral body"])[1]]
    disc = (front == Tissue.DISC).astype(int)

    assert (np.diff(disc) == 1).sum() >= 4


def test_sites_take_lesions():
    """Every named place lies in L3 and a lesion grows there."""
    for point in SPINE.sites.values():
        assert SPINE.tissue_at(point) in {Tissue.TRABECULAR, Tissue.CORTEX}
    assert place(SPINE, SPINE.sites["vertebral body"], phenotype=0.0, months=6).has_lesion


def test_age_takes_bone():
    """An old spine has less spongiosa than a young one."""
    young, old = (lumbar_spine(age_years=age, voxel_mm=3.0) for age in (30, 90))

    assert old.bone_fraction.sum() < 0.8 * young.bone_fraction.sum()


def test_impossible_voxels_are_refused():
    """The message holds the range."""
    with pytest.raises(ParameterError, match="voxel_mm = 5"):
        lumbar_spine(voxel_mm=5.0)
