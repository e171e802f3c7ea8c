"""Bone follows age and sex as published or chosen."""

import pytest

from bonemets_teach.anatomy.bone_quality import (
    as_sex,
    cortex_factor,
    marrow_fat_share,
    spongy_factor,
    spongy_fraction,
)
from bonemets_teach.errors import ParameterError


@pytest.mark.parametrize(("age", "expected"), [(25, 0.148), (90, 0.066)])
def test_spongiosa_of_a_lumbar_vertebra_is_that_of_its_age(age: float, expected: float) -> None:
    """Bone fractions that give the CT numbers of Jang 2019 (models.md, row 32)."""
    assert spongy_fraction(age) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize(("age", "mean_hu", "sd_hu"), [(25, 226, 44), (90, 89, 38)])
def test_ct_numbers_lie_within_one_standard_deviation(age: float, mean_hu: float, sd_hu: float) -> None:
    """HU = -21 + 1667 f against the groups of Jang 2019."""
    assert -21 + 1667 * spongy_fraction(age) == pytest.approx(mean_hu, abs=sd_hu)


def test_bone_only_gets_less() -> None:
    """With each decade less spongiosa, no more cortex, more fat."""
    ages = [20, 30, 40, 50, 60, 70, 80, 90]
    spongy = [spongy_factor(a) for a in ages]
    assert spongy == sorted(spongy, reverse=True)
    for sex in ("female", "male"):
        cortex = [cortex_factor(a, as_sex(sex)) for a in ages]
        assert cortex == sorted(cortex, reverse=True)
    fat = [marrow_fat_share(a) for a in ages]
    assert fat == sorted(fat)


def test_women_lose_cortex_faster() -> None:
    """From 50 years on."""
    assert cortex_factor(50, "female") == cortex_factor(50, "male") == 1
    assert cortex_factor(80, "female") < cortex_factor(80, "male") < 1


@pytest.mark.parametrize("age", [19, 96, float("nan"), None, "old"])
def test_impossible_ages_are_refused(age: object) -> None:
    """With the allowed range in the message."""
    with pytest.raises(ParameterError, match=r"age_years = .* \[20, 95\] years"):
        spongy_fraction(age)  # type: ignore[arg-type]


def test_an_unknown_sex_is_refused() -> None:
    """With the two choices in the message."""
    with pytest.raises(ParameterError, match="choose female or male"):
        as_sex("other")
