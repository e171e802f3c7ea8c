"""How the spatial lesion behaves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bonemets_teach.biology.lesion_field import LesionSettings, grow, new_bone_share
from bonemets_teach.errors import ParameterError

_BONE = np.full((24, 24), 0.2)


@settings(max_examples=25, deadline=None)
@given(
    phenotype=st.floats(0, 1), speed=st.floats(0.25, 3), bone=st.floats(0, 1), turnover=st.floats(0, 5),
    row=st.integers(0, 15), column=st.integers(0, 15), voxel_mm=st.floats(0.4, 5),
)  # fmt: skip
def test_fields_stay_fractions(  # noqa: PLR0917 - one argument a drawn value
    phenotype: float, speed: float, bone: float, turnover: float, row: int, column: int, voxel_mm: float
) -> None:
    """Tumor and bone stay in 0..1 and finite whatever is allowed."""
    lesion = grow(
        np.full((16, 16), bone), turnover, phenotype=phenotype, growth_speed=speed, seed_index=(row, column),
        voxel_mm=voxel_mm, months=6,
    )  # fmt: skip
    for field in (lesion.tumor, lesion.bone_fraction):
        assert np.isfinite(field).all()
        assert field.min() >= 0.0
        assert field.max() <= 1.0
    state = lesion.at(5.5)
    assert (state.osteoclast_ratio >= 0).all()
    assert (state.osteoblast_ratio >= 0).all()


@settings(max_examples=15, deadline=None)
@given(phenotype=st.floats(0, 1))
def test_tumor_grows_from_month_to_month(phenotype: float) -> None:
    """Without treatment the tumor as a whole never shrinks."""
    total = grow(_BONE, 0.25, phenotype=phenotype, seed_index=(12, 12), months=12).tumor.sum(axis=(1, 2))
    assert (np.diff(total) > 0).all()


def test_bone_far_from_the_tumor_is_unchanged() -> None:
    """Where there is no tumor nothing changes, to the last bit."""
    bone = np.random.default_rng(1).uniform(0.0, 1.0, (60, 60)).astype(np.float32)
    lesion = grow(bone, 0.25, phenotype=0.0, seed_index=(5, 5), months=3)
    assert np.array_equal(lesion.bone_fraction[3, 40:, 40:], bone[40:, 40:])


def test_nothing_changes_outside_the_region() -> None:
    """No tumor and no bone change crosses out of bone and marrow."""
    region = np.zeros((24, 24), dtype=bool)
    region[:, :12] = True
    lesion = grow(_BONE, 0.25, phenotype=0.0, seed_index=(12, 10), months=12, region=region)
    assert lesion.tumor[:, :, 12:].max() == 0.0
    assert np.array_equal(lesion.bone_fraction[12][:, 12:], _BONE[:, 12:].astype(np.float32))


@pytest.mark.parametrize("phenotype", [0.0, 0.4, 1.0])
def test_one_slice_in_three_dimensions_is_the_flat_lesion(phenotype: float) -> None:
    """Two dimensions and three dimensions with one slice give the same numbers."""
    flat = grow(_BONE, 0.25, phenotype=phenotype, seed_index=(12, 9), months=8)
    slab = grow(_BONE[None], 0.25, phenotype=phenotype, seed_index=(0, 12, 9), months=8)
    assert np.array_equal(flat.tumor, slab.tumor[:, 0])
    assert np.array_equal(flat.bone_fraction, slab.bone_fraction[:, 0])


def test_a_ball_grows_alike_along_all_axes() -> None:
    """A uniform cube has no preferred axis."""
    lesion = grow(np.full((17, 17, 17), 0.15), 0.25, phenotype=0.0, seed_index=(8, 8, 8), months=6)
    tumor = lesion.tumor[6]
    assert np.allclose(tumor, tumor.transpose(2, 1, 0), atol=1e-6)
    assert np.allclose(tumor, tumor[::-1], atol=1e-6)


def test_lytic_takes_and_blastic_adds_bone() -> None:
    """The phenotype orders bone in the core."""
    cores = [
        float(grow(_BONE, 0.25, phenotype=q, seed_index=(12, 12), months=12, heterogeneity=0.0).bone_fraction[12, 12, 12])
        for q in (0.0, 0.45, 1.0)
    ]  # fmt: skip
    assert cores[0] < 0.6 * 0.2
    assert cores[0] < cores[1] < cores[2]
    assert cores[2] > 1.5 * 0.2


def test_blastic_tumor_fills_a_nearly_empty_canal_and_lytic_does_not() -> None:
    """Woven bone forms where there was hardly any."""
    canal = np.full((24, 24), 0.03)
    made, none = (grow(canal, 0.25, phenotype=q, seed_index=(12, 12), months=18) for q in (1.0, 0.0))
    assert made.bone_fraction[18, 12, 12] > 0.15
    assert none.bone_fraction[18, 12, 12] < 0.03


def test_pure_marrow_has_no_bone_to_give_back() -> None:
    """In a canal without bone the tumor grows slowly, and a lytic one makes no bone at all."""
    canal, bony = (
        grow(np.full((24, 24), f), 0.25, phenotype=0.0, seed_index=(12, 12), months=9) for f in (0.0, 0.2)
    )
    assert canal.tumor[9].sum() < 0.5 * bony.tumor[9].sum()
    assert canal.bone_fraction.max() == 0.0


def test_cortex_resists_and_is_scalloped_from_within() -> None:
    """Cortex keeps more of its bone than cancellous bone, and loses it first at the bared face."""
    bone = np.full((31, 40), 0.2, dtype=np.float32)
    bone[:, 24:30] = 0.92
    turnover = np.where(bone > 0.5, 0.04, 0.25)
    lesion = grow(
        bone,
        turnover,
        phenotype=0.0,
        seed_index=(15, 18),
        months=18,
        region=np.arange(40) < 30 + np.zeros((31, 1)),
    )
    kept = lesion.bone_fraction[18, 15] / bone[15]
    assert kept[18] < 0.3
    assert kept[24] < kept[26] < kept[29]
    assert kept[29] > 0.75


def test_a_mixed_lesion_is_a_mosaic_around_its_phenotype() -> None:
    """Parts of a mixed lesion lose and others gain bone, while a pure one is uniform."""
    mixed = grow(np.full((64, 64), 0.2), 0.25, phenotype=0.45, seed_index=(32, 32), months=14)
    where = mixed.tumor[14] > 0.9
    assert mixed.bone_fraction[14][where].min() < 0.17
    assert mixed.bone_fraction[14][where].max() > 0.30
    assert mixed.phenotype[24:40, 24:40].mean() == pytest.approx(0.45, abs=0.1)
    assert np.ptp(grow(_BONE, 0.25, phenotype=0.0, seed_index=(12, 12), months=1).phenotype) == 0.0


def test_faster_growth_is_wider_and_more_ragged() -> None:
    """Twice the speed makes a lesion about twice as wide, and no longer round."""
    bone = np.full((100, 100), 0.2)
    slow, fast = (
        grow(bone, 0.25, phenotype=0.0, seed_index=(50, 50), months=12, growth_speed=speed).tumor[12] > 0.5
        for speed in (1.0, 2.0)
    )
    assert 1.6 < np.sqrt(fast.sum() / slow.sum()) < 2.6

    def raggedness(mask: np.ndarray) -> float:
        sides = sum(np.count_nonzero(np.diff(mask, axis=axis)) for axis in (0, 1))
        return float(sides / np.sqrt(mask.sum()))

    assert raggedness(fast) > 1.03 * raggedness(slow)


def test_same_seed_same_lesion() -> None:
    """Everything random comes from the noise seed."""
    one, two, other = (
        grow(_BONE, 0.25, phenotype=0.5, seed_index=(12, 12), months=4, noise_seed=seed) for seed in (3, 3, 4)
    )
    assert np.array_equal(one.bone_fraction, two.bone_fraction)
    assert not np.array_equal(one.phenotype, other.phenotype)


def test_time_between_snapshots_is_interpolated() -> None:
    """Halfway between two months lies the mean of both."""
    lesion = grow(_BONE, 0.25, phenotype=0.2, seed_index=(12, 12), months=6)
    assert np.allclose(lesion.at(4.5).tumor, 0.5 * (lesion.tumor[4] + lesion.tumor[5]))
    assert np.array_equal(lesion.at(6.0).bone_fraction, lesion.bone_fraction[6])


def test_course_is_the_mean_over_the_mask() -> None:
    """The course of a mask agrees with the fields."""
    lesion = grow(_BONE, 0.25, phenotype=0.2, seed_index=(12, 12), months=6)
    where = np.zeros((24, 24), dtype=bool)
    where[10:14, 10:14] = True
    course = lesion.course(where)
    assert course.bone_fraction[6] == pytest.approx(float(lesion.bone_fraction[6][where].mean()), rel=1e-5)
    assert course.osteoclast_ratio[6] == pytest.approx(
        float(lesion.at(6).osteoclast_ratio[where].mean()), rel=1e-5
    )


def test_healthy_bone_renews_a_quarter_in_a_year() -> None:
    """With cells at rest the share of new bone after a year is 1 - exp(-turnover)."""
    lesion = grow(np.full((80, 80), 0.2), 0.25, phenotype=0.5, seed_index=(2, 2), months=12)
    far = np.zeros((80, 80), dtype=bool)
    far[70:, 70:] = True
    assert new_bone_share(lesion.course(far), 0.25)[12] == pytest.approx(1 - np.exp(-0.25), rel=1e-3)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"phenotype": float("nan")}, r"phenotype = nan is outside \[0, 1\]"),
        ({"phenotype": 1.2}, r"phenotype = 1.2 is outside"),
        ({"months": -1}, r"months = -1 is outside \[0, 60\]"),
        ({"months": 2.5}, r"months = 2.5 is outside"),
        ({"voxel_mm": 0.0}, r"voxel_mm = 0.0 mm is outside \[0.2, 5\] mm"),
        ({"growth_speed": float("inf")}, r"growth_speed = inf × normal is outside"),
        ({"heterogeneity": "much"}, r"heterogeneity = much is outside"),
        ({"seed_index": (30, 3)}, r"seed_index\[0\] = 30 is outside \[0, 23\]"),
        ({"seed_index": (1, 2, 3)}, r"has 3 indices for 2 axes"),
        ({"seed_index": [1, 2]}, r"is not a tuple"),
        ({"noise_seed": True}, r"noise_seed = True is outside"),
    ],
)  # fmt: skip
def test_bad_settings_are_refused_with_value_and_range(fields: dict[str, object], words: str) -> None:
    """The message names the value, the range and the way out."""
    with pytest.raises(ParameterError, match=words):
        grow(_BONE, 0.25, **({"phenotype": 0.5, "seed_index": (12, 12), "months": 1} | fields))


@pytest.mark.parametrize(
    ("bone", "turnover", "words"),
    [
        (np.full((4, 4), np.nan), 0.25, r"bone_fraction = nan is outside \[0, 1\]"),
        (np.full((4, 4), 1.5), 0.25, r"bone_fraction = 1.5 is outside"),
        (np.zeros(4), 0.25, "bone_fraction has shape"),
        (np.zeros((0, 4)), 0.25, "bone_fraction has shape"),
        (np.full((4, 4), 0.2), -1.0, r"turnover_per_year = -1.0 is outside"),
        (np.full((4, 4), 0.2), np.zeros((3, 3)), "turnover_per_year has shape"),
    ],
)
def test_bad_arrays_are_refused(bone: np.ndarray, turnover: object, words: str) -> None:
    """Arrays out of range or of a wrong shape are named."""
    with pytest.raises(ParameterError, match=words):
        grow(bone, turnover, phenotype=0.5, seed_index=(1, 1), months=1)


def test_empty_region_and_seed_outside_bone_are_refused_with_a_way_out() -> None:
    """An empty region says what to mark; a seed outside says which voxel would do."""
    region = np.zeros((24, 24), dtype=bool)
    with pytest.raises(ParameterError, match="region is empty; mark the voxels"):
        grow(_BONE, 0.25, phenotype=0.5, seed_index=(1, 1), region=region)
    region[3, 4] = True
    with pytest.raises(ParameterError, match=r"nearest voxel inside is \(3, 4\)"):
        grow(_BONE, 0.25, phenotype=0.5, seed_index=(1, 1), region=region)
    with pytest.raises(ParameterError, match="region is float64"):
        grow(_BONE, 0.25, phenotype=0.5, seed_index=(1, 1), region=np.ones((24, 24)))


def test_time_outside_the_snapshots_is_refused() -> None:
    """The lesion is known only as long as it was grown."""
    lesion = grow(_BONE, 0.25, LesionSettings(phenotype=0.5, seed_index=(12, 12), months=2))
    with pytest.raises(ParameterError, match=r"month = 2.5 months is outside \[0, 2\] months"):
        lesion.at(2.5)
    with pytest.raises(ParameterError, match="where marks 0 voxels"):
        lesion.course(np.zeros((24, 24), dtype=bool))
