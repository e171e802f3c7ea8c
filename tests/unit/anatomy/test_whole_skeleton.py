"""Every bone of the whole skeleton exists, and lies where a radiologist expects it."""

import numpy as np
import pytest

from bonemets_teach.anatomy.bone_names import BONE_NUMBERS, BONES, VERTEBRAE
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton, whole_skeleton
from bonemets_teach.errors import ParameterError

COARSE = 6.0
PAIRED = [name.removeprefix("left ") for name in BONES.values() if name.startswith("left ")]


@pytest.fixture(scope="module")
def body() -> WholeSkeleton:
    return whole_skeleton()


def test_it_has_all_bones() -> None:
    """24 vertebrae, 12 pairs of ribs, and every other bone of the table by one name only."""
    assert len(VERTEBRAE) == 24
    assert sum("rib" in name for name in BONES.values()) == 24
    assert len(set(BONES.values())) == len(BONES) == len(BONE_NUMBERS) < 256


@pytest.mark.parametrize("bone", BONES.values())
def test_every_bone_exists(bone: str, body: WholeSkeleton) -> None:
    """It has voxels, a middle, and a site in itself that carries marrow."""
    mask = body.mask_of(bone)
    assert mask.sum() >= 8
    assert is_bone(body.label[mask]).all()
    assert body.bone_fraction[mask].max() > 0.05
    assert body.bone_at(body.sites[bone]) == bone


def test_vertebrae_stand_in_order(body: WholeSkeleton) -> None:
    """From C1 down to L5 in the midline, above the sacrum."""
    levels = [body.landmarks[name] for name in (*VERTEBRAE, "sacrum")]
    heights = [z for z, _, _ in levels]
    assert heights == sorted(heights)
    half = body.shape[2] * body.voxel_mm / 2
    assert all(abs(x - half) < 1 for _, _, x in levels)


def test_the_spine_has_its_curves(body: WholeSkeleton) -> None:
    """Chest behind, neck and loins in front; the ends of the chest curve lie in front of its middle."""
    y = {name: body.landmarks[name][1] for name in ("C4", "T7", "L3", "sacrum")}
    assert y["T7"] > y["C4"] + 20
    assert y["T7"] > y["L3"] + 20
    assert y["sacrum"] > y["L3"] + 20


@pytest.mark.parametrize("bone", PAIRED)
def test_pairs_are_mirror_images(bone: str, body: WholeSkeleton) -> None:
    """The right one at the left of the picture, of the same volume and at the same height."""
    right, left = (body.mask_of(f"{side} {bone}") for side in ("right", "left"))
    assert (right ^ left[:, :, ::-1]).sum() <= 2e-2 * right.sum()
    assert body.landmarks[f"right {bone}"][2] < body.landmarks[f"left {bone}"][2]


def test_ribs_fall_forward_and_go_around(body: WholeSkeleton) -> None:
    """The front of each long rib is lower than its back; ribs 6 to 9 reach farthest to the side."""
    reach = []
    for number in range(1, 11):
        points = np.argwhere(body.mask_of(f"left rib {number}"))
        front, back = (
            points[points[:, 1] == edge, 0].mean() for edge in (points[:, 1].min(), points[:, 1].max())
        )
        assert front > back
        reach.append(points[:, 2].max())
    assert max(reach) == max(reach[5:9])
    assert reach[0] < reach[3]


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("skull", "mandible"), ("mandible", "sternum"), ("left clavicle", "left scapula"),
        ("left humerus", "left radius"), ("left radius", "left hand"), ("left ilium", "left ischium"),
        ("left ilium", "left femur"), ("left femur", "left patella"), ("left patella", "left tibia"),
        ("left tibia", "left foot"), ("T12", "left kidney"), ("left kidney", "bladder"),
    ],
)  # fmt: skip
def test_what_lies_above_what(upper: str, lower: str, body: WholeSkeleton) -> None:
    """By the middle of each."""
    assert body.landmarks[upper][0] < body.landmarks[lower][0]


@pytest.mark.parametrize(
    ("front", "back"),
    [
        ("sternum", "T6"), ("left patella", "left femur"), ("left clavicle", "left scapula"),
        ("left pubis", "left ischium"), ("mandible", "C3"), ("bladder", "sacrum"),
    ],
)  # fmt: skip
def test_what_lies_in_front_of_what(front: str, back: str, body: WholeSkeleton) -> None:
    """By the middle of each."""
    assert body.landmarks[front][1] < body.landmarks[back][1]


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("left ulna", "left radius"),
        ("left tibia", "left fibula"),
        ("left scapula", "left humerus"),
        ("L3", "left kidney"),
    ],
)
def test_what_lies_farther_out(inner: str, outer: str, body: WholeSkeleton) -> None:
    """Palms forward: the radius on the thumb's side."""
    assert body.landmarks[inner][2] < body.landmarks[outer][2]


def test_organs_lie_where_a_bone_scan_shows_them(body: WholeSkeleton) -> None:
    """Kidneys beside the upper loins, the left one higher; the bladder in the pelvis."""
    right, left = body.landmarks["right kidney"], body.landmarks["left kidney"]
    assert left[0] < right[0]
    assert body.landmarks["T11"][0] < left[0] < body.landmarks["L3"][0]
    for name, tissue in (
        ("right kidney", Tissue.KIDNEY),
        ("left kidney", Tissue.KIDNEY),
        ("bladder", Tissue.BLADDER),
    ):
        assert body.tissue_at(body.landmarks[name]) == tissue


@pytest.mark.parametrize(
    ("tissue", "low", "high"),
    [
        (Tissue.BRAIN, 1.0, 1.6),
        (Tissue.LUNG, 2.5, 5.0),
        (Tissue.KIDNEY, 0.2, 0.4),
        (Tissue.BLADDER, 0.08, 0.3),
    ],
)
def test_organs_have_their_volume(tissue: Tissue, low: float, high: float, body: WholeSkeleton) -> None:
    """In liters, as in adults."""
    assert low < (body.label == tissue).sum() * body.voxel_mm**3 / 1e6 < high


def test_body_and_skeleton_have_their_volume(body: WholeSkeleton) -> None:
    """A woman of 165 cm has 55 to 70 L; her bones with marrow 4 to 7 L, mineralized bone 1.4 to 2.6 L."""
    liter = body.voxel_mm**3 / 1e6
    assert 55 < (body.label != Tissue.AIR).sum() * liter < 70
    assert 4 < is_bone(body.label).sum() * liter < 7
    assert 1.4 < body.bone_fraction.sum() * liter < 2.6


def test_the_body_has_its_height(body: WholeSkeleton) -> None:
    """Head to sole 165 cm and a few for hanging feet; height scales all."""
    rows = np.flatnonzero((body.label != Tissue.AIR).any(axis=(1, 2)))
    assert 1620 < np.ptp(rows) * body.voxel_mm < 1720
    tall = whole_skeleton(height_cm=190, voxel_mm=COARSE)
    taller = np.flatnonzero((tall.label != Tissue.AIR).any(axis=(1, 2)))
    assert np.ptp(taller) * COARSE == pytest.approx(np.ptp(rows) * body.voxel_mm * 190 / 165, rel=0.01)


def test_skin_covers_the_bones(body: WholeSkeleton) -> None:
    """No bone at the edge of the field, and no bone voxel of chest, spine, pelvis or thigh next to air."""
    bone = is_bone(body.label)
    for axis in range(3):
        assert not np.take(bone, [0, -1], axis=axis).any()
    air = body.label == Tissue.AIR
    deep = np.isin(
        body.bone_number,
        [BONE_NUMBERS[n] for n in ("L3", "sacrum", "left femur", "left rib 6", "left ilium")],
    )
    for axis in range(3):
        for step in (1, -1):
            assert not (np.roll(air, step, axis=axis) & deep).any()


def test_age_takes_bone_and_brings_fat() -> None:
    """Less bone and more fat in the marrow at 85 than at 30 years."""
    young, old = (whole_skeleton(age_years=a, voxel_mm=COARSE) for a in (30, 85))
    assert old.bone_fraction.sum() < 0.85 * young.bone_fraction.sum()
    spine = young.mask_of("L3")
    assert old.fat_fraction[spine].mean() > young.fat_fraction[spine].mean() + 0.1


def test_shafts_hold_a_canal(body: WholeSkeleton) -> None:
    """The middle of the femur is yellow marrow within thick cortex."""
    assert body.tissue_at(body.sites["left femur"]) == Tissue.MARROW
    z, y, x = body.index_of(body.sites["left femur"])
    row = body.bone_fraction[z, y]
    assert row[x - 4 : x + 5].max() > 0.6
    assert row[x] < 0.3


def test_it_is_built_once() -> None:
    """The same instance for the same arguments."""
    built = whole_skeleton(voxel_mm=8)
    assert whole_skeleton(sex="female", height_cm=165, age_years=65, voxel_mm=8.0) is built


def test_it_is_small_and_read_only(body: WholeSkeleton) -> None:
    """Below 60 MB."""
    assert body.bone_number is not None
    fields = (body.bone_fraction, body.fat_fraction, body.label, body.turnover_per_year, body.bone_number)
    assert sum(field.nbytes for field in fields) < 60e6
    assert not any(field.flags.writeable for field in fields)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"height_cm": 90}, r"\[140, 200\] cm"),
        ({"height_cm": float("inf")}, r"\[140, 200\] cm"),
        ({"age_years": 5}, r"\[20, 95\] years"),
        ({"voxel_mm": 0.5}, r"\[2.5, 8\] mm"),
        ({"sex": "child"}, "choose female or male"),
    ],
)
def test_impossible_bodies_are_refused(values: dict[str, object], words: str) -> None:
    """The message names the value and what is allowed."""
    with pytest.raises(ParameterError, match=words):
        whole_skeleton(**values)  # type: ignore[arg-type]


def test_unknown_bones_are_refused(body: WholeSkeleton) -> None:
    """The message lists the bones."""
    with pytest.raises(ParameterError, match="left rib 12"):
        body.mask_of("wishbone")
