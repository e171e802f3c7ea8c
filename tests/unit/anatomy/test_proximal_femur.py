"""The femur phantom has the sizes that it claims, and every voxel makes sense."""

import numpy as np
import numpy.typing as npt
import pytest

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import EXTENT_MM, LANDMARKS_MM, SITES, proximal_femur
from bonemets_teach.anatomy.tissues import FEMUR, Tissue, is_bone
from bonemets_teach.errors import ParameterError


@pytest.fixture(scope="module")
def femur() -> Phantom:
    return proximal_femur()


def width_along(femur: Phantom, start: npt.ArrayLike, direction: npt.ArrayLike) -> float:
    """Return how far the femur reaches through a point, to both sides [mm]."""
    unit = np.asarray(direction, dtype=float) / np.linalg.norm(direction)
    steps = np.arange(-45, 45, 0.25)
    inside = [femur.tissue_at(tuple(np.asarray(start) + s * unit)) in FEMUR for s in steps]
    middle = len(steps) // 2
    high = next(i for i in range(middle, len(steps)) if not inside[i])
    low = next(i for i in range(middle, -1, -1) if not inside[i])
    return float(steps[high] - steps[low])


def neck_direction() -> npt.NDArray[np.float64]:
    return np.subtract(LANDMARKS_MM["head center"], LANDMARKS_MM["neck center"])


def shaft_direction() -> npt.NDArray[np.float64]:
    return np.subtract(LANDMARKS_MM["shaft axis, lower"], LANDMARKS_MM["shaft axis, upper"])


def test_neck_shaft_angle_is_that_of_adults(femur: Phantom) -> None:
    """129 degrees in the plane of the neck, Toogood 2009."""
    shaft, neck = shaft_direction(), neck_direction()
    in_plane = np.array([neck[0], 0.0, np.hypot(neck[1], neck[2])])
    cosine = in_plane @ shaft / (np.linalg.norm(shaft) * np.linalg.norm(in_plane))
    assert np.rad2deg(np.arccos(cosine)) == pytest.approx(129.0, abs=1.5)


def test_anteversion_turns_the_neck_forward() -> None:
    """The head lies about 10 degrees in front of the plane of the shaft."""
    _, forward, inward = neck_direction()
    assert np.rad2deg(np.arctan2(-forward, inward)) == pytest.approx(10.0, abs=1.5)


def test_head_is_46_mm_wide(femur: Phantom) -> None:
    """Measured from front to back through its center, to a voxel."""
    assert width_along(femur, LANDMARKS_MM["head center"], (0, 1, 0)) == pytest.approx(46.0, abs=1.5)


def test_neck_is_32_mm_wide(femur: Phantom) -> None:
    """Across its axis in the frontal plane, at the narrowest place."""
    along = neck_direction()
    across = (along[2], 0.0, -along[0])
    start = np.asarray(LANDMARKS_MM["neck center"])
    widths = [width_along(femur, start + s * along / np.linalg.norm(along), across) for s in (-3, 0, 3)]
    assert min(widths) == pytest.approx(32.0, abs=2.5)


def test_shaft_is_28_mm_wide_with_a_cortex_of_6_to_7_mm(femur: Phantom) -> None:
    """Outer width, and the cortex on the inner side, low down the shaft."""
    level = LANDMARKS_MM["shaft axis, lower"]
    assert width_along(femur, level, (0, 0, 1)) == pytest.approx(28.0, abs=1.5)
    z, y, x = femur.index_of(level)
    row = femur.label[z, y, x:]
    assert (row == Tissue.CORTEX).sum() * femur.voxel_mm == pytest.approx(6.5, abs=1.3)


def test_cortex_thins_toward_the_trochanter(femur: Phantom) -> None:
    """The outer side of the shaft is at least twice as thick as that of the greater trochanter."""
    z, y, x = femur.index_of(SITES["greater trochanter"])
    trochanter = (femur.label[z, y, :x] == Tissue.CORTEX).sum()
    z, y, x = femur.index_of(LANDMARKS_MM["shaft axis, lower"])
    shaft = (femur.label[z, y, :x] == Tissue.CORTEX).sum()
    assert 1 <= trochanter <= shaft / 2


def test_trochanters_lie_where_a_film_shows_them(femur: Phantom) -> None:
    """The greater one to the side, level with the head; the lesser one inside, lower, behind the shaft."""
    head = np.asarray(LANDMARKS_MM["head center"])
    greater = LANDMARKS_MM["tip of the greater trochanter"] - head
    lesser = LANDMARKS_MM["tip of the lesser trochanter"] - head
    assert abs(greater[0]) < 8
    assert greater[2] < -35
    assert 50 < lesser[0] < 70
    assert lesser[1] > 10


@pytest.mark.parametrize(
    ("place", "half_mm", "expected"),
    [("head center", 10.0, 0.30), ("neck center", 10.0, 0.18), ("Ward's triangle", 4.0, 0.08)],
)
def test_cancellous_bone_has_its_target_fraction(
    femur: Phantom, place: str, half_mm: float, expected: float
) -> None:
    """Head .30, neck .18, Ward's triangle .08, within a tenth (.02 at least)."""
    z, y, x = femur.index_of(LANDMARKS_MM[place])
    n = round(half_mm / femur.voxel_mm)
    block = (slice(z - n, z + n + 1), slice(y - n, y + n + 1), slice(x - n, x + n + 1))
    spongy = femur.bone_fraction[block][femur.label[block] == Tissue.TRABECULAR]
    assert spongy.mean() == pytest.approx(expected, abs=max(0.1 * expected, 0.02))


def test_fractions_stay_in_their_range(femur: Phantom) -> None:
    """0..1 and finite everywhere."""
    for field in (femur.bone_fraction, femur.fat_fraction):
        assert np.isfinite(field).all()
        assert field.min() >= 0
        assert field.max() <= 1


def test_every_voxel_has_a_known_label(femur: Phantom) -> None:
    """And each kind of tissue around a hip occurs."""
    assert set(np.unique(femur.label)) == set(range(Tissue.PELVIS_TRABECULAR + 1))


def test_only_bone_turns_over_and_holds_marrow(femur: Phantom) -> None:
    """Turnover and marrow fat are zero outside bone, positive inside."""
    bone = is_bone(femur.label)
    for field in (femur.turnover_per_year, femur.fat_fraction):
        assert not field[~bone].any()
        assert field[bone].min() > 0


def test_bone_volume_is_that_of_an_adult(femur: Phantom) -> None:
    """The piece of femur in the field encloses 120-220 cm3."""
    volume_cm3 = is_bone(femur.label, femur_only=True).sum() * femur.voxel_mm**3 / 1000
    assert 120 < volume_cm3 < 220


def test_femur_and_pelvis_leave_a_joint_space(femur: Phantom) -> None:
    """Right above the head, between the two bones, there is soft tissue 2-6 mm thick."""
    z, y, x = femur.index_of(LANDMARKS_MM["head center"])
    column = femur.label[:z, y, x][::-1]
    first_soft = int(np.argmax(column == Tissue.SOFT))
    gap = int(np.argmax(is_bone(column[first_soft:])))
    assert 2 <= gap * femur.voxel_mm <= 6


@pytest.mark.parametrize("voxel_mm", [1.25, 2.0, 3.0])
def test_other_voxel_sizes_show_the_same_femur(voxel_mm: float) -> None:
    """Volume within 4 % of the default, and the same field."""
    volume = is_bone(proximal_femur(voxel_mm=voxel_mm).label, femur_only=True).sum() * voxel_mm**3
    reference = is_bone(proximal_femur().label, femur_only=True).sum() * 1.25**3
    assert volume == pytest.approx(reference, rel=0.04)
    shape_mm = np.array(proximal_femur(voxel_mm=voxel_mm).shape) * voxel_mm
    np.testing.assert_allclose(shape_mm, EXTENT_MM, atol=voxel_mm)


@pytest.mark.parametrize("voxel_mm", [0.0, -1.0, 0.5, 10.0, float("nan"), "big", None, True])
def test_impossible_voxel_sizes_are_refused(voxel_mm: object) -> None:
    """With the allowed range in the message."""
    with pytest.raises(ParameterError, match=r"\[0\.8, 3\] mm"):
        proximal_femur(voxel_mm=voxel_mm)  # type: ignore[arg-type]


def test_phantom_is_built_once_and_read_only(femur: Phantom) -> None:
    """Nobody can change what all others see."""
    assert proximal_femur() is femur
    with pytest.raises(ValueError, match="read-only"):
        femur.bone_fraction[0, 0, 0] = 1


@pytest.mark.parametrize("site", SITES)
def test_every_site_for_a_lesion_lies_inside_the_femur(site: str, femur: Phantom) -> None:
    """In spongiosa or marrow, not in the cortex."""
    assert femur.tissue_at(SITES[site]) in {Tissue.TRABECULAR, Tissue.MARROW}


@pytest.mark.parametrize("point", [(-1, 0, 0), (0, 0, 1e9), (float("nan"), 0, 0), (1, 2), "neck", None])
def test_points_outside_the_field_are_refused(point: object, femur: Phantom) -> None:
    """With the size of the field in the message."""
    with pytest.raises(ParameterError, match="outside the phantom of"):
        femur.index_of(point)  # type: ignore[arg-type]


def test_arrays_of_different_shape_make_no_phantom(femur: Phantom) -> None:
    """The message lists the shapes."""
    with pytest.raises(ParameterError, match="one shape"):
        Phantom(
            bone_fraction=np.zeros((2, 2, 2), np.float32),
            fat_fraction=np.zeros((2, 2, 2), np.float32),
            label=np.zeros((2, 2, 3), np.uint8),
            turnover_per_year=np.zeros((2, 2, 2), np.float32),
            voxel_mm=1.0,
            name="broken",
        )
