"""Benign findings: no tumor, the bone that each is known by, and activity where it belongs."""

import numpy as np
import pytest

from bonemets_teach.anatomy.benign import (
    MIMICS,
    bone_island,
    degenerative_disease,
    healed_metastasis,
    hemangioma,
    osteoporotic_collapse,
    paget,
)
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError

MIDDLE = (33.0, 28.5, 30.0)


@pytest.fixture(scope="module")
def spine() -> Phantom:
    """Make a box-shaped vertebral body of 27 mm between two discs and two neighbors, in muscle; voxels of 1.5 mm."""
    shape = (44, 44, 40)
    z, y, x = np.indices(shape)
    inside = (y >= 8) & (y < 30) & (x >= 6) & (x < 34)
    label = np.full(shape, Tissue.SOFT, np.uint8)
    label[inside] = Tissue.PELVIS_TRABECULAR
    label[inside & (z >= 8) & (z < 36)] = Tissue.DISC
    body = inside & (z >= 13) & (z < 31)
    label[body] = Tissue.TRABECULAR
    shell = body & ((z == 13) | (z == 30) | (y == 8) | (y == 29) | (x == 6) | (x == 33))
    label[shell] = Tissue.CORTEX
    label[(y >= 32) & (y < 36) & (x >= 14) & (x < 26)] = Tissue.CSF
    bone = np.where(is_bone(label), 0.15, 0).astype(np.float32)
    bone[shell] = 0.5
    fat = np.where(is_bone(label), 0.5, 0).astype(np.float32)
    return Phantom(
        bone_fraction=bone, fat_fraction=fat, label=label, turnover_per_year=np.zeros(shape, np.float32),
        voxel_mm=1.5, name="box spine", sites={"body": MIDDLE},
    )  # fmt: skip


def hu(state: VoxelState) -> np.ndarray:
    """Return CT numbers by the mixture rule, HU = -21 + 1667 f."""
    return -21 + 1667 * state.bone_fraction


@pytest.mark.parametrize("name", MIMICS)
def test_a_mimic_has_no_tumor_and_valid_fields(spine, name):
    """Tumor is nowhere, fractions are fractions, and the phantom it was made from is untouched."""
    before = spine.bone_fraction.copy()
    state = MIMICS[name][1](spine, "body")

    assert not state.has_lesion
    assert state.bone_fraction.min() >= 0
    assert state.bone_fraction.max() <= 0.95
    assert np.isfinite(state.osteoblast_ratio).all()
    assert np.array_equal(spine.bone_fraction, before)
    assert (state.bone_fraction != spine.bone_fraction).any()


@pytest.mark.parametrize("name", MIMICS)
def test_a_place_by_name_and_by_point_is_the_same(spine, name):
    """Sites are only names of points."""
    make = MIMICS[name][1]

    assert np.array_equal(make(spine, "body").bone_fraction, make(spine, MIDDLE).bone_fraction)


def test_a_bone_island_measures_as_published_and_is_cold(spine):
    """Its core has 1190 +- 239 HU (Ulano 2016) and no raised activity."""
    state = bone_island(spine, "body")

    assert abs(float(hu(state)[spine.index_of(MIDDLE)]) - 1190) < 30
    assert np.all(state.osteoblast_ratio == 1)


def test_a_hemangioma_has_columns_in_fat(spine):
    """Upright it varies little, across it varies much; the marrow between is fat."""
    state = hemangioma(spine, "body")
    z, y, x = spine.index_of(MIDDLE)
    core = state.bone_fraction[z - 4 : z + 4, y - 5 : y + 5, x - 5 : x + 5]

    assert core.std(axis=0).mean() < 0.2 * core.std(axis=(1, 2)).mean()
    assert state.phantom.fat_fraction[z, y, x] > 0.9
    assert core.max() > 2.5 * 0.15 > core.min()


def test_paget_thickens_expands_and_works_in_one_bone_only(spine):
    """More cortex, a larger bone, high activity; the neighbors stay as they are."""
    state = paget(spine, "body")
    neighbor = spine.label == Tissue.PELVIS_TRABECULAR

    assert (state.bone_fraction > 0.5).sum() > 2 * (spine.bone_fraction >= 0.5).sum()
    assert is_bone(state.phantom.label).sum() > is_bone(spine.label).sum()
    assert state.osteoblast_ratio[spine.index_of(MIDDLE)] == 6
    assert np.all(state.osteoblast_ratio[neighbor] == 1)


@pytest.mark.parametrize("loss", [0.2, 0.4, 0.6])
def test_a_collapse_is_a_wedge(spine, loss):
    """The front loses the wanted share of its height, the back a quarter of that; disc fills the gap."""
    state = osteoporotic_collapse(spine, "body", height_loss=loss)
    body = np.isin(state.phantom.label, [Tissue.TRABECULAR, Tissue.CORTEX])
    height = body.sum(axis=0)[:, 20]

    assert 1 - height[8] / 18 == pytest.approx(loss, abs=0.04)
    assert 1 - height[29] / 18 == pytest.approx(0.25 * loss, abs=0.04)
    assert (state.phantom.label == Tissue.DISC).sum() > (spine.label == Tissue.DISC).sum()


def test_a_collapse_keeps_mineral_and_fatty_marrow(spine):
    """60 % of the bone of before, squeezed; fat is neither lost nor replaced."""
    state = osteoporotic_collapse(spine, "body")
    own = np.isin(spine.label, [Tissue.TRABECULAR, Tissue.CORTEX])
    left = np.isin(state.phantom.label, [Tissue.TRABECULAR, Tissue.CORTEX])

    assert state.bone_fraction[left].sum() == pytest.approx(0.6 * spine.bone_fraction[own].sum(), rel=0.02)
    assert np.all(state.phantom.fat_fraction[left] == 0.5)
    assert state.osteoblast_ratio.max() == 4


def test_no_loss_of_height_leaves_the_shape(spine):
    """Zero is allowed and only thins the bone."""
    state = osteoporotic_collapse(spine, "body", height_loss=0.0)

    assert np.array_equal(state.phantom.label, spine.label)


def test_degeneration_sits_at_the_disc(spine):
    """Sclerosis along the endplates and spurs at the rim, with the published activity; the middle is spared."""
    state = degenerative_disease(spine, "body")
    z, y, x = spine.index_of(MIDDLE)
    spurs = (state.phantom.label == Tissue.CORTEX) & (spine.label == Tissue.SOFT)

    assert state.bone_fraction[14, y, x] > spine.bone_fraction[14, y, x] + 0.15
    assert state.bone_fraction[z, y, x] == spine.bone_fraction[z, y, x]
    assert spurs.any()
    assert state.osteoblast_ratio[spurs].mean() == pytest.approx(12.59 / 7.08, rel=0.01)


def test_a_healed_deposit_is_dense_and_quiet(spine):
    """Denser than its surroundings, denser at its rim than inside, and hardly active."""
    state = healed_metastasis(spine, "body")
    z, y, x = spine.index_of(MIDDLE)
    offset = np.indices(spine.shape).transpose(1, 2, 3, 0) * 1.5 + 0.75 - np.array(MIDDLE)
    distance = np.linalg.norm(offset, axis=-1)
    core, rim = (
        state.bone_fraction[part].mean() for part in (distance < 6, (distance > 9) & (distance < 11))
    )

    assert rim > core > 0.25
    assert state.osteoblast_ratio[z, y, x] == pytest.approx(1.1)


@pytest.mark.parametrize("name", MIMICS)
def test_a_place_outside_bone_is_refused(spine, name):
    """The message offers the sites."""
    with pytest.raises(ParameterError, match=r"there is no bone at .*: body"):
        MIMICS[name][1](spine, (33.0, 60.0, 30.0))


@pytest.mark.parametrize(
    ("make", "wrong"),
    [(bone_island, {"radius_mm": 0}), (hemangioma, {"radius_mm": float("nan")}), (paget, {"activity": 99}),
     (osteoporotic_collapse, {"height_loss": 0.9}), (healed_metastasis, {"radius_mm": 500})],
)  # fmt: skip
def test_sizes_out_of_range_are_refused(spine, make, wrong):
    """The message names the quantity."""
    with pytest.raises(ParameterError, match=next(iter(wrong))):
        make(spine, "body", **wrong)


def test_an_unknown_site_is_refused(spine):
    """The message lists what there is."""
    with pytest.raises(ParameterError, match=r"no site “nowhere” .* one of body"):
        bone_island(spine, "nowhere")
