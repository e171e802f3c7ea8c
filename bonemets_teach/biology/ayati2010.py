"""Ayati et al. 2010: the remodeling unit of Komarova 2003 with myeloma and its treatment.

======  ==========================================================================
symbol  meaning
======  ==========================================================================
C, B    osteoclasts and osteoblasts of one remodeling unit [cells]
T       tumor [% of its capacity L_T = 100 %]
z       bone mass [%]
gij     exponents as in Komarova 2003
rij     how much a full tumor changes each exponent
======  ==========================================================================

dC/dt = a1 C^(g11 (1 + r11 T/L)) B^(g21 (1 + r21 T/L)) - b1 C;
dB/dt = a2 C^(g12/(1 + r12 T/L)) B^(g22 - r22 T/L) - (b2 - V1) B;
dT/dt = (gamma_T - V2) T ln(L/T); dz/dt = k2 max(0, B - B_rest) - k1 max(0, C - C_rest).

Nothing keeps the bone mass above zero: with a full tumor it falls to -62 % after 2,000 days. It counts what
was resorbed and formed; it is no amount of bone, so never draw it as an image.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._ayati_kernel import integrate
from bonemets_teach.biology._ayati_parameters import AyatiParameters, AyatiTreatment
from bonemets_teach.biology._ayati_rest import steady_state
from bonemets_teach.biology._komarova_rest import Rest
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = [
    "AyatiParameters",
    "AyatiTreatment",
    "MyelomaTrajectory",
    "Rest",
    "StartingCells",
    "simulate",
    "steady_state",
]

_LARGEST_LOGARITHM: Final = 20.0  # e^20 cells: chosen, far beyond any bone
_NO_TREATMENT: Final = (0.0, 0.0, math.inf, math.inf)
_WITHOUT_TUMOR: Final = 700.0  # ln(L/T) of a tumor of 1e-302 %, which then does not grow


@dataclass(frozen=True, slots=True, kw_only=True)
class StartingCells:
    """What a remodeling unit starts with.

    Parameters
    ----------
    osteoclast, osteoblast : float
        Cells, in [0.001, 10,000]; the paper's 15 and 316 by default.
    tumor : float
        Tumor [% of capacity], in [0, 99.9999]; 1 in the paper, 0 is healthy bone.

    Raises
    ------
    ParameterError
        If a value is outside its range.
    """

    osteoclast: float = 15.0
    osteoblast: float = 316.0
    tumor: float = 1.0

    def __post_init__(self) -> None:
        require_in_range("osteoclast", self.osteoclast, 1e-3, 1e4, "cells")
        require_in_range("osteoblast", self.osteoblast, 1e-3, 1e4, "cells")
        require_in_range("tumor", self.tumor, 0.0, 99.9999, "%")


@dataclass(frozen=True, slots=True, kw_only=True)
class MyelomaTrajectory:
    """Cells, tumor and bone over time.

    Parameters
    ----------
    time_d : ndarray of shape (time,)
        Days, evenly spaced; ends early if the orbit was given up.
    osteoclast, osteoblast : ndarray of shape (time,)
        Cells.
    tumor : ndarray of shape (time,)
        Tumor [% of capacity], 0 to 100.
    bone_mass : ndarray of shape (time,)
        Bone resorbed and formed, counted from 100 %; becomes negative.
    rest : Rest
        Cells at rest, without a tumor or in a bone full of it.
    stopped_d : float or None
        Day on which the calculation ended, since a population passed e^20 cells or fell below e^-600.
    """

    time_d: npt.NDArray[np.float64]
    osteoclast: npt.NDArray[np.float64]
    osteoblast: npt.NDArray[np.float64]
    tumor: npt.NDArray[np.float64]
    bone_mass: npt.NDArray[np.float64]
    rest: Rest
    stopped_d: float | None


def simulate(
    days: float,
    *,
    parameters: AyatiParameters | None = None,
    start: StartingCells | None = None,
    treatment: AyatiTreatment | None = None,
    sample_d: float = 1.0,
) -> MyelomaTrajectory:
    """Follow a remodeling unit, with or without myeloma and treatment.

    Parameters
    ----------
    days : float
        How long [d], in [1, 5000].
    parameters : AyatiParameters or None, default None
        Constants of the model; None takes those of the paper.
    start : StartingCells or None, default None
        Cells and tumor at the start; None takes those of the paper.
    treatment : AyatiTreatment or None, default None
        None is no treatment.
    sample_d : float, default 1
        Time between samples [d], in [0.01, 10].

    Returns
    -------
    trajectory : MyelomaTrajectory
        Cells, tumor and bone.

    Raises
    ------
    ParameterError
        If a value is outside its range, or the treatment takes away more than all osteoblast death.

    Notes
    -----
    Fourth-order Runge-Kutta in logarithms, so cells and tumor stay positive. The tumor grows by itself:
    bone gives it nothing back, so this is no vicious cycle. Also left out: precursors, hormones, place in
    space, and any brake on bone mass itself.

    References
    ----------
    .. [1] Ayati BP, Edwards CM, Webb GF, Wikswo JP. Biol Direct 2010; 5: 28. doi:10.1186/1745-6150-5-28.
       SBML: BIOMD0000000401, BIOMD0000000402, BIOMD0000000403.
    """
    days = require_in_range("days", days, 1.0, 5000.0, "d")
    sample = require_in_range("sample_d", sample_d, 0.01, 10.0, "d")
    parameters, start = parameters or AyatiParameters(), start or StartingCells()
    rest = steady_state(parameters, tumor=start.tumor > 0.0)
    samples = math.ceil(days / sample - 1e-9)
    capacity = parameters.tumor_capacity
    grown = parameters if start.tumor > 0.0 else replace(parameters, tumor_growth=0.0)
    states, count, stopped = integrate(
        _logarithms(start, capacity), (rest.osteoclast, rest.osteoblast), samples, days / samples,
        np.array(astuple(grown), dtype=np.float64), _course(treatment, parameters, start), _LARGEST_LOGARITHM,
    )  # fmt: skip
    states = states[:count]
    return MyelomaTrajectory(
        time_d=np.linspace(0.0, days, samples + 1)[:count],
        osteoclast=np.exp(states[:, 0]),
        osteoblast=np.exp(states[:, 1]),
        tumor=capacity * np.exp(-states[:, 2]) if start.tumor > 0.0 else np.zeros(count),
        bone_mass=100.0 + states[:, 4] - states[:, 3],
        rest=rest,
        stopped_d=None if stopped < 0 else float(stopped),
    )


def _logarithms(start: StartingCells, capacity: float) -> npt.NDArray[np.float64]:
    if start.tumor >= capacity:
        message = (
            f"tumor = {start.tumor} % is not below tumor_capacity = {capacity} %; start with a smaller tumor"
        )
        raise ParameterError(message)
    room = math.log(capacity / start.tumor) if start.tumor > 0.0 else _WITHOUT_TUMOR
    return np.array([math.log(start.osteoclast), math.log(start.osteoblast), room, 0.0, 0.0])


def _course(
    treatment: AyatiTreatment | None, parameters: AyatiParameters, start: StartingCells
) -> tuple[float, float, float, float]:
    if treatment is None:
        return _NO_TREATMENT
    most = parameters.osteoblast_removal
    support = require_in_range("osteoblast_support", treatment.osteoblast_support, 0.0, most, "1/d")
    kill = float(treatment.tumor_kill) if start.tumor > 0.0 else 0.0
    end = math.inf if treatment.end_d is None else float(treatment.end_d)
    return support, kill, float(treatment.start_d), end
