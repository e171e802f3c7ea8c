"""Benign findings look as the textbook says, on the sequences where they do."""

import numpy as np
import pytest

from bonemets_teach.anatomy.lumbar_spine import lumbar_spine
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_content import CONTENTS, lesion_content
from bonemets_teach.imaging.mri_mimics import MIMICS, benign_mimic
from bonemets_teach.imaging.mri_relaxation import tissue_names
from bonemets_teach.imaging.mri_settings import MriSettings

SPINE = lumbar_spine(voxel_mm=2.0)
MIDDLE = SPINE.shape[2] // 2
HEALTHY = VoxelState.healthy(SPINE)


def against_marrow(name, sequence, **settings):
    """Return the signal of a finding over that of the same pixels before, where most of it is."""
    mimic = benign_mimic(SPINE, name)
    chosen = MriSettings(sequence=sequence, matrix=256, **settings)
    images = [
        mri_slice(state, "sagittal", MIDDLE, chosen, None, mimic.content)
        for state in (mimic.state, VoxelState.healthy(mimic.state.phantom))
    ]
    share = mimic.state.tumor[:, :, MIDDLE]
    if not share.any():
        share = mimic.state.bone_fraction[:, :, MIDDLE] - SPINE.bone_fraction[:, :, MIDDLE]
    rows, columns = np.nonzero(share > 0.9 * share.max())
    pixel = images[0].pixel_mm[0]
    places = [
        np.clip(np.rint(((index + 0.5) - n / 2) * 2.0 / pixel + 127.5).astype(int), 0, 255)
        for index, n in zip((rows, columns), share.shape, strict=True)
    ]
    found, before = (float(image.values[tuple(places)].mean()) for image in images)
    return found / before


@pytest.mark.parametrize("name", MIMICS)
def test_every_finding_stays_in_bone_and_says_what_gives_it_away(name):
    """Fields are finite shares, only bone is filled, and there is a note."""
    mimic = benign_mimic(SPINE, name)

    assert np.all((mimic.state.tumor >= 0) & (mimic.state.tumor <= 1))
    assert np.all((mimic.state.bone_fraction >= 0) & (mimic.state.bone_fraction <= 1))
    assert is_bone(mimic.state.phantom.label)[mimic.state.tumor > 0].all()
    assert mimic.note


def test_hemangioma_is_bright_on_t1_and_on_t2():
    """Fat and vessels: brighter than marrow on both."""
    assert against_marrow("hemangioma", "T1") > 1.05
    assert against_marrow("hemangioma", "T2") > 1.05


def test_edema_is_dark_on_t1_and_bright_on_stir():
    """Osteoporotic collapse and Modic 1 have the signal of water."""
    for name in ("osteoporotic collapse", "Modic 1"):
        assert against_marrow(name, "T1") < 0.85
        assert against_marrow(name, "STIR") > 1.5


def test_fat_is_bright_on_t1_and_gone_on_stir():
    """Modic 2 follows fat."""
    assert against_marrow("Modic 2", "T1") > 1.2
    assert against_marrow("Modic 2", "STIR") < 1.1


@pytest.mark.parametrize("sequence", ["T1", "T2", "STIR"])
@pytest.mark.parametrize("name", ["bone island", "Modic 3"])
def test_sclerosis_is_dark_on_every_sequence(name, sequence):
    """Bone gives no signal."""
    assert against_marrow(name, sequence) < 0.7


def test_paget_disease_keeps_its_fat():
    """The fat fraction of the marrow is about that before; a metastasis has none."""
    assert against_marrow("Paget disease", "fat fraction") > 0.9


def test_collapse_takes_height_from_the_front():
    """The vertebra holds fewer voxels in front and as many at its back wall; the disc above holds more."""
    mimic = benign_mimic(SPINE, "osteoporotic collapse").state.phantom
    _, y, x = SPINE.index_of(SPINE.sites["vertebral body"])
    heights = [
        [is_bone(p.label, femur_only=True)[:, y + dy, x].sum() for dy in (-3, 7)] for p in (SPINE, mimic)
    ]

    assert heights[1][0] <= heights[0][0] - 3
    assert heights[1][1] >= heights[0][1] - 1


def test_contents_are_mixtures_of_known_tissues():
    """Shares add up to one, whatever the bone fraction."""
    for content in CONTENTS.values():
        shares = content.shares(np.linspace(0, 1, 11))

        assert set(shares) <= set(tissue_names())
        np.testing.assert_allclose(sum(shares.values()), 1, atol=1e-6)


def test_unknown_names_are_listed():
    """The messages name the choices."""
    with pytest.raises(ParameterError, match="choose one of osteoporotic collapse"):
        benign_mimic(SPINE, "myth")
    with pytest.raises(ParameterError, match="choose one of metastasis"):
        lesion_content("myth")
