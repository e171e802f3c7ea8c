"""A vertebra has the parts that a radiologist names, in their places."""

import numpy as np
import pytest
from scipy import ndimage

from bonemets_teach.anatomy.bone_quality import spongy_fraction
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.vertebra import VERTEBRA_LEVELS, vertebra
from bonemets_teach.errors import ParameterError

EDGE = 2.0


@pytest.fixture(scope="module")
def l3() -> Phantom:
    return vertebra(level="L3", voxel_mm=1.5)


@pytest.fixture(scope="module", params=VERTEBRA_LEVELS)
def any_level(request: pytest.FixtureRequest) -> Phantom:
    return vertebra(level=request.param, voxel_mm=EDGE)


def own_bone(phantom: Phantom) -> np.ndarray:
    return is_bone(phantom.label, femur_only=True)


def run_of_bone(line: np.ndarray, start: int) -> int:
    """Return how many voxels of bone lie around a place without a gap."""
    labels, _ = ndimage.label(line)
    return int((labels == labels[start]).sum())


def test_the_body_of_l3_has_its_published_size(l3: Phantom) -> None:
    """Near an end plate 45 x 34 mm and 28 mm high, less 5 % in a woman (Panjabi 1992, Berry 1987)."""
    z, y, x = l3.index_of(l3.sites["vertebral body"])
    bone = own_bone(l3)
    assert run_of_bone(bone[z - 6, y], x) * 1.5 == pytest.approx(45 * 0.95, abs=3)
    assert run_of_bone(bone[z - 6, :, x], y) * 1.5 == pytest.approx(34 * 0.95, abs=3)
    # A waist and hollow end plates take 3 mm from the height in the middle.
    assert run_of_bone(bone[:, y, x], z) * 1.5 == pytest.approx(28 * 0.96 - 3, abs=3)


def test_the_canal_of_l3_is_23_mm_wide(l3: Phantom) -> None:
    """Between the pedicles, less 5 % in a woman."""
    z, _, _ = l3.index_of(l3.sites["left pedicle"])
    middle = l3.shape[2] // 2
    free = ~is_bone(l3.label[z])
    rows = np.flatnonzero(l3.label[z, :, middle] == Tissue.CSF)
    assert run_of_bone(free[int(rows.mean())], middle) * 1.5 == pytest.approx(23 * 0.95, abs=3)


def test_the_canal_holds_no_bone(any_level: Phantom) -> None:
    """Neither in sac nor cord, and hardly any where a wall cuts a voxel."""
    inside = np.isin(any_level.label, (Tissue.CSF, Tissue.CORD))
    assert inside.any(axis=(1, 2)).all()
    assert any_level.bone_fraction[inside].mean() < 0.01
    assert not is_bone(any_level.label)[inside].any()


def test_cord_ends_at_l1(any_level: Phantom) -> None:
    """One thick cord down to L1; below, thin roots, all within the sac."""
    level = next(
        n
        for i, n in any_level.bone_names.items()
        if (own_bone(any_level) & (any_level.bone_number == i)).any()
    )
    z = any_level.shape[0] // 2
    area = (any_level.label[z] == Tissue.CORD).sum() * EDGE**2
    if level in {"T8", "T12", "L1"}:
        assert 45 < area < 85
    else:
        assert 0 < area < 45
    sac = np.isin(any_level.label[z], (Tissue.CSF, Tissue.CORD))
    assert sac.sum() * EDGE**2 > 2 * area


def test_right_and_left_are_alike(any_level: Phantom) -> None:
    """Bone and neighbors are mirror images; lungs, vessels and bowel are not."""
    for bone in (is_bone(any_level.label), own_bone(any_level)):
        assert (bone ^ bone[:, :, ::-1]).sum() <= 1e-3 * bone.sum()


def test_only_one_bone_is_the_bone_of_interest(any_level: Phantom) -> None:
    """It is one piece; every other bone has the labels of neighbors."""
    own = own_bone(any_level)
    assert any_level.bone_number is not None
    assert len(np.unique(any_level.bone_number[own])) == 1
    _, pieces = ndimage.label(own)
    assert pieces == 1


def test_discs_part_the_vertebrae(any_level: Phantom) -> None:
    """Up and down from the middle of the body comes a disc, then another vertebra."""
    z, y, x = any_level.index_of(any_level.sites["front of the body"])
    column = any_level.label[:, y, x]
    own = np.isin(column, (Tissue.CORTEX, Tissue.TRABECULAR))
    for away in (column[:z][::-1], column[z:]):
        first = int(np.argmax(away == Tissue.DISC))
        assert np.isin(away[:first], (Tissue.CORTEX, Tissue.TRABECULAR)).all()
        assert np.isin(away[first:], (Tissue.PELVIS_CORTEX, Tissue.PELVIS_TRABECULAR)).any()
    assert 15 < own.sum() * EDGE < 30


def test_pedicles_lie_high_beside_the_canal(any_level: Phantom) -> None:
    """In the upper half of the body, right and left of the sac, as the eyes of a frontal film."""
    right, left = any_level.sites["right pedicle"], any_level.sites["left pedicle"]
    body = any_level.sites["vertebral body"]
    assert right[2] < body[2] < left[2]
    assert right[0] < body[0]
    assert right[1] > body[1]
    assert any_level.tissue_at(right) == any_level.tissue_at(left) == Tissue.TRABECULAR


def test_the_spinous_process_is_the_last_bone_behind(any_level: Phantom) -> None:
    """In the midline, behind the canal."""
    _, y, x = any_level.index_of(any_level.sites["spinous process"])
    sac = np.argwhere(np.isin(any_level.label, (Tissue.CSF, Tissue.CORD)))
    assert y > sac[:, 1].max()
    assert abs((x + 0.5) * EDGE - any_level.shape[2] * EDGE / 2) <= EDGE


@pytest.mark.parametrize("age", [25.0, 90.0])
def test_spongiosa_of_the_core_is_that_of_the_age(age: float) -> None:
    """Mean of the middle of a lumbar body within 6 % of the line through Jang 2019."""
    phantom = vertebra(level="L3", age_years=age, voxel_mm=EDGE)
    z, y, x = phantom.index_of(phantom.sites["vertebral body"])
    core = phantom.bone_fraction[z - 2 : z + 3, y - 4 : y + 1, x - 6 : x + 7]
    assert core.mean() == pytest.approx(spongy_fraction(age), rel=0.06)


def test_the_basivertebral_cleft_holds_no_bone(l3: Phantom) -> None:
    """Behind the middle of the body, where its veins leave."""
    z, y, _ = l3.index_of(l3.sites["vertebral body"])
    middle = l3.shape[2] // 2
    line = l3.bone_fraction[z, y : y + 12, middle]
    assert line.min() < 0.03


def test_a_man_is_larger() -> None:
    """In the volume of the vertebra, by a fifth at least."""
    woman, man = (own_bone(vertebra(sex=s, voxel_mm=EDGE)).sum() for s in ("female", "male"))
    assert man > 1.2 * woman


def test_chest_levels_have_lungs_and_ribs() -> None:
    """And lumbar ones have neither."""
    chest, loin = vertebra(level="T8", voxel_mm=3.0), vertebra(level="L3", voxel_mm=3.0)
    assert (chest.label == Tissue.LUNG).mean() > 0.2
    assert not (loin.label == Tissue.LUNG).any()
    ribs = {n for i, n in chest.bone_names.items() if "rib" in n and (chest.bone_number == i).any()}
    assert {"right rib 8", "left rib 8"} <= ribs


def test_every_site_lies_in_the_vertebra(any_level: Phantom) -> None:
    """In spongiosa, but for a spinous process so thin that voxels of 2 mm show only its cortex."""
    assert len(any_level.sites) == 6
    for name, point in any_level.sites.items():
        if name != "spinous process":
            assert any_level.tissue_at(point) == Tissue.TRABECULAR
        assert own_bone(any_level)[any_level.index_of(point)]


def test_it_is_built_once_and_read_only() -> None:
    """The same arguments give the same instance."""
    built = vertebra(voxel_mm=3.0)
    assert vertebra(level="L3", sex="female", age_years=65, voxel_mm=3) is built
    with pytest.raises(ValueError, match="read-only"):
        built.bone_fraction[0, 0, 0] = 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"level": "L9"}, "choose one of T8"),
        ({"sex": "both"}, "choose female or male"),
        ({"age_years": 10}, r"\[20, 95\] years"),
        ({"voxel_mm": 0.2}, r"\[1, 3\] mm"),
        ({"voxel_mm": float("nan")}, r"\[1, 3\] mm"),
    ],
)
def test_impossible_vertebrae_are_refused(values: dict[str, object], words: str) -> None:
    """The message says what is allowed."""
    with pytest.raises(ParameterError, match=words):
        vertebra(**values)  # type: ignore[arg-type]
