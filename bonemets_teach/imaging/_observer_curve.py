"""Many readings together: the free-response curve and its figure of merit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._observer_marks import CONFIDENCES

__all__ = ["FigureOfMerit", "FreeResponseCurve", "Reading", "figure_of_merit", "free_response_roc"]

_Array = npt.NDArray[np.float64]

_BOOTSTRAPS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One patient in numbers for the free-response curve.

    Parameters
    ----------
    lesions : tuple of int
        For each metastasis the confidence with which it was called malignant, 0 if it was not.
    false_marks : tuple of int
        Confidence of each mark called malignant where there is no metastasis.

    Raises
    ------
    ParameterError
        If a number is outside 0 to 5, or 1 to 5 for a false mark.
    """

    lesions: tuple[int, ...] = ()
    false_marks: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        for rating in self.lesions:
            require_in_range("confidence of a lesion", rating, 0, 5)
        for rating in self.false_marks:
            require_in_range("confidence of a false mark", rating, 1, 5)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FreeResponseCurve:
    """Sensitivity against false marks per case, from no marks to all of them.

    Parameters
    ----------
    confidences : tuple of int
        Marks of at least this confidence count at each point; 6 at the first, where none does.
    false_per_case : ndarray of shape (6,)
        False marks over cases, at least 0.
    sensitivity : ndarray of shape (6,)
        Found metastases over all, 0..1; not a number if there were none.
    cases, lesions : int
        Patients read, and metastases in them.
    """

    confidences: tuple[int, ...]
    false_per_case: _Array
    sensitivity: _Array
    cases: int
    lesions: int

    def as_json(self) -> dict[str, Any]:
        """Return plain numbers; the sensitivity is None if there was no metastasis."""
        sensitivity = [float(value) for value in self.sensitivity] if self.lesions else None
        return {
            "confidences": list(self.confidences), "false_per_case": [float(value) for value in self.false_per_case],
            "sensitivity": sensitivity, "cases": self.cases, "lesions": self.lesions,
        }  # fmt: skip


def free_response_roc(readings: Sequence[Reading]) -> FreeResponseCurve:
    """Return the free-response receiver operating characteristic of many readings.

    Parameters
    ----------
    readings : sequence of Reading
        One for each patient, healthy ones too.

    Returns
    -------
    curve : FreeResponseCurve
        Neither axis ever falls.

    Raises
    ------
    ParameterError
        If there are no readings.

    Notes
    -----
    Bunch PC, et al. J Appl Photogr Eng 1978; 4: 166.
    """
    _require_some(readings)
    lesions = np.array([rating for one in readings for rating in one.lesions])
    false = np.array([rating for one in readings for rating in one.false_marks])
    steps = (6, *reversed(CONFIDENCES))
    found = np.array([np.count_nonzero(lesions >= step) for step in steps], dtype=np.float64)
    wrong = np.array([np.count_nonzero(false >= step) for step in steps], dtype=np.float64)
    return FreeResponseCurve(
        confidences=steps, false_per_case=wrong / len(readings), cases=len(readings), lesions=len(lesions),
        sensitivity=found / len(lesions) if len(lesions) else np.full(len(steps), np.nan),
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureOfMerit:
    """The chance that a metastasis is rated above the worst false mark of a case, and its interval.

    Parameters
    ----------
    value : float
        0..1; a half is chance.
    low, high : float or None
        95 % interval, or None for a single case.
    """

    value: float
    low: float | None
    high: float | None


def figure_of_merit(readings: Sequence[Reading], *, seed: int = 0) -> FigureOfMerit | None:
    """Return the figure of merit of the jackknife alternative free-response analysis.

    Parameters
    ----------
    readings : sequence of Reading
        One for each patient.
    seed : int, default 0
        Seed of the bootstrap.

    Returns
    -------
    figure : FigureOfMerit or None
        None if no patient had a metastasis.

    Raises
    ------
    ParameterError
        If there are no readings.

    Notes
    -----
    Mean over all pairs of a case and a metastasis of 1 if the metastasis is rated higher than the highest false mark
    of the case, a half if equal, else 0; what has no mark is rated 0 [1]_. False marks count in all cases, not in
    healthy ones only (JAFROC1). The interval is that of 1000 draws of cases with replacement; cases of one reader only.

    References
    ----------
    .. [1] Chakraborty DP, Berbaum KS. Med Phys 2004; 31: 2313-2330. doi:10.1118/1.1769352
    """
    _require_some(readings)
    worst = np.array([max(one.false_marks, default=0) for one in readings])
    # Wins of the lesions of each case against each rating of a worst false mark, 0 to 5.
    wins = np.array(
        [
            [sum((y > x) + 0.5 * (y == x) for y in one.lesions) for x in range(len(CONFIDENCES) + 1)]
            for one in readings
        ]
    )
    counts = np.array([len(one.lesions) for one in readings])
    if counts.sum() == 0:
        return None
    every = np.arange(len(readings))
    value = _merit(worst, wins, counts, every)
    if len(readings) < 2:
        return FigureOfMerit(value=value, low=None, high=None)
    draws = np.random.default_rng(seed).integers(len(readings), size=(_BOOTSTRAPS, len(readings)))
    values = [_merit(worst, wins, counts, draw) for draw in draws if counts[draw].sum() > 0]
    low, high = np.percentile(values, [2.5, 97.5])
    return FigureOfMerit(value=value, low=float(low), high=float(high))


def _merit(worst: npt.NDArray[Any], wins: _Array, counts: npt.NDArray[Any], cases: npt.NDArray[Any]) -> float:
    """Return the mean over pairs of a case's worst false mark and a lesion."""
    of_rating = wins[cases].sum(axis=0)
    return float(of_rating[worst[cases]].sum() / (len(cases) * counts[cases].sum()))


def _require_some(readings: Sequence[Reading]) -> None:
    if not readings:
        message = "there are no readings; read at least one patient"
        raise ParameterError(message)
