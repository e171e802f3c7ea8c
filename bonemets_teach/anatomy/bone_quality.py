"""How age and sex change bone: spongiosa, cortex, marrow fat."""

from __future__ import annotations

from typing import Final, Literal

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = [
    "AGES",
    "STATURE_CM",
    "Sex",
    "as_sex",
    "cortex_factor",
    "marrow_fat_share",
    "spongy_factor",
    "spongy_fraction",
]

Sex = Literal["female", "male"]

AGES: Final = (20.0, 95.0)
"""Youngest and oldest adult [years]."""
STATURE_CM: Final = {"female": 165.0, "male": 176.0}
"""Body height of the reference woman and man [cm]; ICRP 89 has 163 and 176, recalled."""
# Published: mean CT number of L1 at 25 years (Jang 2019). Calibrated: the fall joins the means of the youngest and the
# oldest group, and offset and slope turn CT numbers into bone fraction by the mixture rule at 120 kV.
_HU_AT_25: Final = 226.0
_HU_PER_YEAR: Final = 2.1
_HU_OF_MARROW: Final = -21.0
_HU_PER_FRACTION: Final = 1667.0
# Chosen: cortex thins from 50 years on, faster in women.
_CORTEX_LOSS_PER_YEAR: Final = {"female": 0.007, "male": 0.004}
# Chosen: half of the marrow of a vertebra is fat at 65 years, less before.
_FAT_AT_65: Final = 0.5
_FAT_PER_YEAR: Final = 0.004


def as_sex(sex: str) -> Sex:
    """Return ``sex`` if it is one of the two.

    Raises
    ------
    ParameterError
        If it is neither "female" nor "male".
    """
    if sex == "female":
        return "female"
    if sex == "male":
        return "male"
    message = f"there is no phantom of sex “{sex}”; choose female or male"
    raise ParameterError(message)


def spongy_fraction(age_years: float) -> float:
    """Return the bone volume fraction of the spongiosa of a lumbar vertebra at an age.

    Parameters
    ----------
    age_years : float
        Age [years], in [20, 95].

    Returns
    -------
    fraction : float
        0.154 at 20 years, 0.098 at 65, 0.060 at 95.

    Raises
    ------
    ParameterError
        If the age is outside its range.

    Notes
    -----
    A straight line through the mean CT numbers of L1 in the youngest and the oldest group [1]_, turned into bone
    fraction by the mixture rule. Left out: sex, menopause, and the spread of a third between people of one age.

    References
    ----------
    .. [1] Jang S, et al. Radiology 2019; 291: 360-367.

    Examples
    --------
    >>> round(spongy_fraction(25), 3)
    0.148
    """
    age = require_in_range("age_years", age_years, *AGES, "years")
    return (_HU_AT_25 - _HU_PER_YEAR * (age - 25.0) - _HU_OF_MARROW) / _HU_PER_FRACTION


def spongy_factor(age_years: float) -> float:
    """Return the spongiosa at an age relative to 65 years."""
    return spongy_fraction(age_years) / spongy_fraction(65.0)


def cortex_factor(age_years: float, sex: Sex) -> float:
    """Return the thickness of cortex at an age relative to 50 years (chosen)."""
    age = require_in_range("age_years", age_years, *AGES, "years")
    return 1.0 - _CORTEX_LOSS_PER_YEAR[sex] * max(0.0, age - 50.0)


def marrow_fat_share(age_years: float, *, at_65: float = _FAT_AT_65) -> float:
    """Return the fat share of red marrow at an age, 0..1.

    Parameters
    ----------
    age_years : float
        Age [years], in [20, 95].
    at_65 : float, default 0.5
        Share at 65 years, 0..1; the default is that of a vertebra.

    Returns
    -------
    share : float
        Rising by 0.004 a year (chosen).
    """
    age = require_in_range("age_years", age_years, *AGES, "years")
    return min(max(at_65 + _FAT_PER_YEAR * (age - 65.0), 0.05), 0.95)
