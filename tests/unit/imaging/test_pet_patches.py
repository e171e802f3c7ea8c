"""A PET put together from parts."""

from functools import cache

import numpy as np
import pytest

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.imaging.pet import PetSettings, pet
from bonemets_teach.imaging.pet_patches import coronal_slice, frontal_projection, pet_body, pet_patch

ROWS = 110
LESIONS = tuple(
    SkeletonLesion(bone=bone, phenotype=kind, months=12, radius_mm=14)
    for bone, kind in (("L2", 0.0), ("T8", 0.45), ("sternum", 1.0))
)


@cache
def skeleton():
    """Return a coarse body."""
    return whole_skeleton(voxel_mm=8.0)


def body(tracer="FDG"):
    """Return its upper part under a tracer."""
    return pet_body(skeleton(), PetSettings(tracer=tracer), ROWS)


def patches(tracer="FDG", receptor=1.0):
    """Return the lesions one by one."""
    found = [pet_patch(body(tracer), lesion_fields(skeleton(), [lesion]), receptor) for lesion in LESIONS]
    return [patch for patch in found if patch is not None]


@pytest.mark.parametrize("tracer", ["FDG", "NaF", "PSMA"])
def test_parts_add_up_to_the_whole(tracer):
    """With hours of scanning both ways give the same slice."""
    volume = pet(
        lesion_fields(skeleton(), LESIONS), PetSettings(tracer=tracer, minutes=60, activity_mbq=1000)
    )
    plane = skeleton().index_of(skeleton().sites["L2"])[1]
    image = coronal_slice(body(tracer), patches(tracer), 60.0, plane)
    difference = image - volume.values[:ROWS, plane]

    assert np.abs(np.median(difference)) < 0.02
    assert np.std(difference) < 0.05 * volume.values.max()
    assert image.max() == pytest.approx(volume.values[:ROWS, plane].max(), rel=0.15)


def test_projection_holds_the_hottest_voxel_of_each_line():
    """No slice is hotter than the projection."""
    image = frontal_projection(body(), patches(), 3.0)

    for plane in range(0, skeleton().shape[1], 3):
        assert np.all(coronal_slice(body(), patches(), 3.0, plane) <= image + 1e-5)


def test_without_lesions_only_the_lesions_are_missing():
    """The picture changes where the lesions are, and nowhere else."""
    with_them, without = frontal_projection(body(), patches(), 3.0), frontal_projection(body(), (), 3.0)
    changed = with_them != without
    where = np.zeros_like(changed)
    for patch in patches():
        where[patch.region[0], patch.region[2]] = True

    assert changed.any()
    assert not changed[~where].any()


def test_short_scans_are_noisier():
    """A ninth of the time gives three times the spread."""
    plane = skeleton().shape[1] // 2
    smooth, short = (coronal_slice(body(), (), minutes, plane) - body().clean[:, plane] for minutes in (9, 1))

    assert np.std(short) / np.std(smooth) == pytest.approx(3.0, rel=0.15)


def test_psma_needs_the_receptor():
    """Tumor without the protein stays dark."""
    full, none = (patches("PSMA", receptor)[0].change.max() for receptor in (1.0, 0.0))

    assert none < 0.1 * full


def test_a_patch_reads_zero_outside():
    """Asked for another place it answers that nothing changes there."""
    assert patches()[0].at((0, 0, 0)) == 0.0


def test_lesions_below_the_kept_part_and_healthy_bodies_have_no_patch():
    """What is not in the picture costs nothing."""
    foot = SkeletonLesion(bone="left tibia", phenotype=0.0, months=12, radius_mm=10)

    assert pet_patch(body(), lesion_fields(skeleton(), [foot])) is None
    assert pet_patch(body(), VoxelState.healthy(skeleton())) is None
