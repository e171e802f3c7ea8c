"""Hormones and age acting on the bone cells of Lemaire 2004, and what bone becomes of it.

=============  ==================================================================================
input          how it acts
=============  ==================================================================================
PTH            I_P = S_P (level - 1), the paper's own input; steady, or in one pulse a day
estrogen loss  RANKL production up to 2.5 and OPG production down to 0.6 times normal
OPG            I_O = (level - 1) times the body's own production, the paper's own input
calcitonin     less resorption, and less TGF-beta, by each osteoclast
age            supply of osteoblast precursors D_R falls by 0.1 % a year after 30
=============  ==================================================================================

PTH, OPG and D_R are inputs of the paper; the other mappings are this course's, see `hormone_constants`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._hormones_kernel import Inputs, integrate_hormones
from bonemets_teach.biology.hormone_constants import value_of
from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lemaire2004_rest import BoneCells, steady_state
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["DAYS", "START_DAY", "HormoneCourse", "Hormones", "follow_hormones"]

DAYS: Final = 790
START_DAY: Final = 60
_STEPS: Final = 24  # a day: an hour each, so a pulse is two of them


@dataclass(frozen=True, slots=True, kw_only=True)
class Hormones:
    """What a person's bone cells hear from day 60 on; age holds from the start.

    Parameters
    ----------
    pth : float, default 1
        Parathyroid hormone, mean over the day [times normal], 1..5.
    pulsed : bool, default False
        Give what is above normal in one pulse of two hours a day.
    estrogen : float, default 1
        Estrogen [times that before menopause], 0..1.
    opg : float, default 1
        OPG [times the body's own], 1..20.
    calcitonin : float, default 0
        Share by which each osteoclast resorbs less, 0..1.
    age_years : float, default 30
        Age [years], 30..90.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    pth: float = 1.0
    pulsed: bool = False
    estrogen: float = 1.0
    opg: float = 1.0
    calcitonin: float = 0.0
    age_years: float = 30.0

    def __post_init__(self) -> None:
        require_in_range("pth", self.pth, 1.0, 5.0, "× normal")
        require_in_range("estrogen", self.estrogen, 0.0, 1.0, "× normal")
        require_in_range("opg", self.opg, 1.0, 20.0, "× normal")
        require_in_range("calcitonin", self.calcitonin, 0.0, 1.0)
        require_in_range("age_years", self.age_years, 30.0, 90.0, "years")
        given: object = self.pulsed
        if not isinstance(given, bool):
            message = f"pulsed = {given} is neither True nor False; choose one of them"
            raise ParameterError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class HormoneCourse:
    """Cells, turnover and bone day by day; each array has shape (day,).

    Parameters
    ----------
    time_d : ndarray
        Days; the change comes on day 60.
    osteoblast_ratio, osteoclast_ratio : ndarray
        Cells [times those of a person of 30 in health].
    resorption, formation : ndarray
        Share of the starting cancellous bone resorbed and formed a year [1/year].
    bone : ndarray
        Cancellous bone [times that at the change].
    """

    time_d: npt.NDArray[np.float64]
    osteoblast_ratio: npt.NDArray[np.float64]
    osteoclast_ratio: npt.NDArray[np.float64]
    resorption: npt.NDArray[np.float64]
    formation: npt.NDArray[np.float64]
    bone: npt.NDArray[np.float64]


def follow_hormones(hormones: Hormones) -> HormoneCourse:
    """Follow the cells for 60 days at rest and 730 days after a change.

    Parameters
    ----------
    hormones : Hormones
        The change.

    Returns
    -------
    course : HormoneCourse
        790 days and the start.

    Notes
    -----
    Lemaire 2004 with fourth-order Runge-Kutta in steps of an hour. Osteoblasts that live longer under daily
    pulses are not in the paper: without them pulses cost more bone than a steady supply, since the cells
    answer to more than the mean. Left out: the answer of bone to load, which slows a loss in life, so loss
    goes on too long; escape from calcitonin within weeks; calcium, vitamin D and the feedback on PTH itself.

    References
    ----------
    .. [1] Lemaire V et al. J Theor Biol 2004; 229: 293-309.
    """
    normal = steady_state()
    supply = 1.0 - value_of("precursors_per_year") * (hormones.age_years - 30.0)
    rest = steady_state(LEMAIRE_2004._replace(D_R=LEMAIRE_2004.D_R * supply))
    cells = integrate_hormones(_array(rest), DAYS, _STEPS, _inputs(hormones, supply), LEMAIRE_2004)
    ratio = cells / _array(normal)
    days = np.arange(DAYS + 1, dtype=np.float64)
    work = np.where(days > START_DAY, 1.0 - hormones.calcitonin, 1.0)
    turnover = value_of("turnover")
    resorption, formation = turnover * work * ratio[:, 2], turnover * ratio[:, 1]
    bone = _bone(resorption, formation)
    return HormoneCourse(
        time_d=days,
        osteoblast_ratio=ratio[:, 1],
        osteoclast_ratio=ratio[:, 2],
        resorption=resorption,
        formation=formation,
        bone=bone / bone[START_DAY],
    )


def _array(cells: BoneCells) -> npt.NDArray[np.float64]:
    return np.array([cells.responding_osteoblast, cells.osteoblast, cells.osteoclast])


def _inputs(hormones: Hormones, supply: float) -> Inputs:
    lack = 1.0 - hormones.estrogen
    rest = steady_state()
    p = LEMAIRE_2004
    own_opg = p.K_O_P * rest.responding_osteoblast / ((p.S_P / p.k_P) / (p.k6 / p.k5))
    extra = hormones.pth - 1.0
    effect = min(1.0, extra / value_of("pulse_full")) if hormones.pulsed else 0.0
    return Inputs(
        added_pth=extra * p.S_P,
        pulse_share=value_of("pulse_share") if hormones.pulsed else 1.0,
        rankl=1.0 + lack * (value_of("rankl_without_estrogen") - 1.0),
        opg_production=1.0 + lack * (value_of("opg_without_estrogen") - 1.0),
        added_opg=(hormones.opg - 1.0) * own_opg,
        precursors=supply,
        survival=1.0 + effect * (value_of("pulse_survival") - 1.0),
        activity=1.0 - hormones.calcitonin,
        start_d=float(START_DAY),
    )


def _bone(resorption: npt.NDArray[np.float64], formation: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Add up formation minus resorption; resorption runs out of bone, so bone stays above zero."""
    depletion = value_of("depletion")
    bone = np.empty_like(resorption)
    bone[0] = left = 1.0
    for day in range(1, len(bone)):
        taken = resorption[day] * (1.0 + depletion) * left / (left + depletion)
        left += (formation[day] - taken) / 365.0
        bone[day] = left
    return bone
