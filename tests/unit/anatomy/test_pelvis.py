"""The pelvis has its joints, its holes and its sites, and differs between the sexes."""

import numpy as np
import pytest
from scipy import ndimage

from bonemets_teach.anatomy.bone_names import BONE_NUMBERS
from bonemets_teach.anatomy.pelvis import pelvis
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.errors import ParameterError

EDGE = 3.0


@pytest.fixture(scope="module")
def woman() -> Phantom:
    return pelvis(voxel_mm=EDGE)


@pytest.fixture(scope="module")
def man() -> Phantom:
    return pelvis(sex="male", voxel_mm=EDGE)


def voxels(phantom: Phantom, bone: str) -> np.ndarray:
    return np.argwhere(phantom.bone_number == BONE_NUMBERS[bone])


def middle(phantom: Phantom, bone: str) -> np.ndarray:
    found: np.ndarray = voxels(phantom, bone).mean(axis=0)
    return found


def test_right_and_left_are_alike(woman: Phantom) -> None:
    """Bone of one side is that of the other, mirrored."""
    bone = is_bone(woman.label)
    assert (bone ^ bone[:, :, ::-1]).sum() <= 1e-3 * bone.sum()


def test_the_crests_are_as_far_apart_as_in_adults(woman: Phantom) -> None:
    """28 cm, give or take 1.5 cm, at the widest place."""
    columns = np.concatenate([voxels(woman, f"{side} ilium")[:, 2] for side in ("right", "left")])
    assert np.ptp(columns) * EDGE == pytest.approx(280, abs=15)


def test_bones_lie_as_on_a_frontal_film(woman: Phantom) -> None:
    """Ilium above, ischium below and behind, pubis in front and toward the middle; sacrum behind in the middle."""
    ilium, ischium, pubis = (middle(woman, f"right {b}") for b in ("ilium", "ischium", "pubis"))
    sacrum = middle(woman, "sacrum")
    assert ilium[0] < pubis[0]
    assert ilium[0] < ischium[0]
    assert pubis[1] < ischium[1] < sacrum[1]
    assert ilium[2] < ischium[2] < pubis[2] < sacrum[2]
    assert sacrum[2] == pytest.approx((woman.shape[2] - 1) / 2, abs=0.1)


def test_the_sacroiliac_joint_is_open(woman: Phantom) -> None:
    """Ilium and sacrum come within 6 mm of one another, yet hardly touch."""
    sacrum = woman.bone_number == BONE_NUMBERS["sacrum"]
    ilium = woman.bone_number == BONE_NUMBERS["right ilium"]
    gap = ndimage.distance_transform_edt(~sacrum)[ilium] * EDGE
    assert gap.min() <= 6
    assert (gap <= 3).sum() < 0.03 * ilium.sum()


def test_the_head_stands_free_in_its_socket(woman: Phantom) -> None:
    """Femur and hip bone are a joint space apart, and the roof covers the head."""
    femur = woman.bone_number == BONE_NUMBERS["right femur"]
    hip = np.isin(woman.bone_number, [BONE_NUMBERS[f"right {b}"] for b in ("ilium", "ischium", "pubis")])
    assert 3 <= ndimage.distance_transform_edt(~hip)[femur].min() * EDGE <= 7
    z, y, x = woman.index_of(woman.sites["right acetabular roof"])
    assert femur[z:, y, x].any()


def test_the_symphysis_parts_the_pubic_bones(woman: Phantom) -> None:
    """In the midline there is no bone between them."""
    half = woman.shape[2] // 2
    assert not np.isin(woman.bone_number[:, :, half - 1 : half + 1], [BONE_NUMBERS["right pubis"]]).all()
    right, left = voxels(woman, "right pubis")[:, 2].max(), voxels(woman, "left pubis")[:, 2].min()
    assert 0 < (left - right - 1) * EDGE < 10


def test_the_obturator_foramen_is_a_hole(woman: Phantom) -> None:
    """Seen from the front, bone surrounds a gap between pubis and ischium."""
    hip = np.isin(woman.bone_number, [BONE_NUMBERS[f"right {b}"] for b in ("ilium", "ischium", "pubis")])
    shadow = hip.any(axis=1)
    holes = ndimage.binary_fill_holes(shadow) & ~shadow
    assert 300 < holes.sum() * EDGE**2 < 3000


def test_sacral_foramina_come_in_four_pairs() -> None:
    """Seen along the canals, eight holes in the sacrum."""
    fine = pelvis(voxel_mm=2.0)
    shadow = (fine.bone_number == BONE_NUMBERS["sacrum"]).any(axis=1)
    _, holes = ndimage.label(ndimage.binary_fill_holes(shadow) & ~shadow)
    assert holes == 8


def test_a_womans_outlet_is_wider(woman: Phantom, man: Phantom) -> None:
    """Between the ischial tubers, although the man is taller."""

    def between(phantom: Phantom) -> float:
        right, left = (middle(phantom, f"{side} ischium")[2] for side in ("right", "left"))
        return float(left - right) * EDGE

    assert between(woman) > between(man) + 5


def test_the_bladder_lies_behind_the_pubis(woman: Phantom) -> None:
    """In the middle, in front of the sacrum."""
    bladder = np.argwhere(woman.label == Tissue.BLADDER).mean(axis=0)
    assert middle(woman, "right pubis")[1] < bladder[1] < middle(woman, "sacrum")[1]


def test_femora_and_lumbar_spine_are_neighbors(woman: Phantom) -> None:
    """Hip bones and sacrum have the labels of the bone of interest."""
    own = is_bone(woman.label, femur_only=True)
    assert woman.bone_number is not None
    names = {woman.bone_names[int(n)].split()[-1] for n in np.unique(woman.bone_number[own])}
    assert names == {"ilium", "ischium", "pubis", "sacrum"}


def test_age_takes_bone(woman: Phantom) -> None:
    """Less at 85 than at 65 years, in the same shape."""
    old = pelvis(age_years=85.0, voxel_mm=EDGE)
    assert old.bone_fraction.sum() < 0.95 * woman.bone_fraction.sum()
    np.testing.assert_array_equal(is_bone(old.label), is_bone(woman.label))


@pytest.mark.parametrize("sex", ["female", "male"])
def test_every_site_holds_marrow(sex: str, woman: Phantom, man: Phantom) -> None:
    """Thirteen sites, in pairs but for the sacrum."""
    phantom = woman if sex == "female" else man
    assert len(phantom.sites) == 13
    for point in phantom.sites.values():
        assert phantom.tissue_at(point) == Tissue.TRABECULAR


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"voxel_mm": 1.0}, "voxel_mm = 1.0"),
        ({"voxel_mm": 9}, "voxel_mm = 9"),
        ({"age_years": 200}, "age_years = 200"),
        ({"sex": ""}, "choose female or male"),
    ],
)
def test_impossible_pelves_are_refused(values: dict[str, object], words: str) -> None:
    """The message names the value."""
    with pytest.raises(ParameterError, match=words):
        pelvis(**values)  # type: ignore[arg-type]
