"""Lemaire et al. 2004: osteoblasts and osteoclasts coupled by RANKL, OPG, PTH and TGF-beta.

========  =====================================================
symbol    meaning
========  =====================================================
R         responding osteoblasts [pM]
B         active osteoblasts [pM]
C         active osteoclasts [pM]
pi_C      TGF-beta receptor occupancy, driven by resorption
pi_P      PTH receptor occupancy
pi_L      RANK occupied by RANKL, relative to saturation
I_P       added PTH [pM/d]
I_L       added RANKL [pM/d]
I_O       added OPG [pM/d]
========  =====================================================
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from numba import njit

from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004, LemaireConstants
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["BoneCells", "Forcing", "LemaireTrajectory", "simulate", "steady_state"]

_STEP_D: Final = 0.05  # a twentieth of the fastest time scale (osteoclast apoptosis, 1/0.7 d)
_LONGEST_D: Final = 7300.0
_BISECTIONS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class BoneCells:
    """Cells at one moment [pM]."""

    responding_osteoblast: float
    osteoblast: float
    osteoclast: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Forcing:
    """What is added from outside, constant from ``start_d`` to ``end_d``.

    Parameters
    ----------
    pth : float, default 0
        Added PTH I_P [pM/d], in [0, 1e6].
    rankl : float, default 0
        Added RANKL I_L [pM/d], in [0, 1e6].
    opg : float, default 0
        Added OPG I_O [pM/d], in [0, 1e8].
    precursor_factor : float, default 1
        Multiplies the differentiation rate D_R of osteoblast progenitors, in [0, 100].
    start_d, end_d : float, default 20 and 80
        First and last day; the paper's figures use 20 and 80.

    Raises
    ------
    ParameterError
        If a value is outside its range or the end lies before the start.
    """

    pth: float = 0.0
    rankl: float = 0.0
    opg: float = 0.0
    precursor_factor: float = 1.0
    start_d: float = 20.0
    end_d: float = 80.0

    def __post_init__(self) -> None:
        require_in_range("pth", self.pth, 0.0, 1e6, "pM/d")
        require_in_range("rankl", self.rankl, 0.0, 1e6, "pM/d")
        require_in_range("opg", self.opg, 0.0, 1e8, "pM/d")
        require_in_range("precursor_factor", self.precursor_factor, 0.0, 100.0)
        require_in_range("start_d", self.start_d, 0.0, _LONGEST_D, "d")
        require_in_range("end_d", self.end_d, 0.0, _LONGEST_D, "d")
        if self.end_d < self.start_d:
            message = f"end_d = {self.end_d} d lies before start_d = {self.start_d} d; choose a later end"
            raise ParameterError(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class LemaireTrajectory:
    """Cells over time.

    Parameters
    ----------
    time_d : ndarray of shape (time,)
        Days from the start.
    responding_osteoblast, osteoblast, osteoclast : ndarray of shape (time,)
        Cells [pM].
    responding_osteoblast_ratio, osteoblast_ratio, osteoclast_ratio : ndarray of shape (time,)
        The same relative to the steady state without forcing.
    """

    time_d: npt.NDArray[np.float64]
    responding_osteoblast: npt.NDArray[np.float64]
    osteoblast: npt.NDArray[np.float64]
    osteoclast: npt.NDArray[np.float64]
    responding_osteoblast_ratio: npt.NDArray[np.float64]
    osteoblast_ratio: npt.NDArray[np.float64]
    osteoclast_ratio: npt.NDArray[np.float64]


@njit(cache=True)
def _derivatives(R, B, C, I_P, I_L, I_O, D_R, p):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    # Lemaire 2004, eqs 4-6 and the receptor balances of its appendix.
    pth_free = I_P / p.k_P
    pi_P = (pth_free + p.S_P / p.k_P) / (pth_free + p.k6 / p.k5)
    pi_C = (C + p.f0 * p.C_s) / (C + p.C_s)
    blocked = p.k1 / (p.k2 * p.k_O) * (p.K_O_P * R / pi_P + I_O)
    pi_L = p.k3 / p.k4 * p.K_L_P * pi_P * B * (1.0 + I_L / p.r_L) / (1.0 + p.k3 * p.K / p.k4 + blocked)
    D_B = p.f0 * p.d_B
    return D_R * pi_C - D_B / pi_C * R, D_B / pi_C * R - p.k_B * B, p.D_C * pi_L - p.D_A * pi_C * C


@njit(cache=True)
def _integrate(initial, samples, steps, h, forcing, p):  # type: ignore[no-untyped-def]
    out = np.empty((samples + 1, 3))
    R, B, C = initial[0], initial[1], initial[2]
    out[0] = initial
    for i in range(samples):
        for j in range(steps):
            middle = (i * steps + j + 0.5) * h
            on = 1.0 if forcing[4] <= middle <= forcing[5] else 0.0
            I_P, I_L, I_O = on * forcing[0], on * forcing[1], on * forcing[2]
            D_R = p.D_R * (1.0 + on * (forcing[3] - 1.0))
            r1, b1, c1 = _derivatives(R, B, C, I_P, I_L, I_O, D_R, p)
            r2, b2, c2 = _derivatives(R + h / 2 * r1, B + h / 2 * b1, C + h / 2 * c1, I_P, I_L, I_O, D_R, p)
            r3, b3, c3 = _derivatives(R + h / 2 * r2, B + h / 2 * b2, C + h / 2 * c2, I_P, I_L, I_O, D_R, p)
            r4, b4, c4 = _derivatives(R + h * r3, B + h * b3, C + h * c3, I_P, I_L, I_O, D_R, p)
            R = max(0.0, R + h / 6 * (r1 + 2 * r2 + 2 * r3 + r4))
            B = max(0.0, B + h / 6 * (b1 + 2 * b2 + 2 * b3 + b4))
            C = max(0.0, C + h / 6 * (c1 + 2 * c2 + 2 * c3 + c4))
        out[i + 1, 0], out[i + 1, 1], out[i + 1, 2] = R, B, C
    return out


@cache
def steady_state(constants: LemaireConstants = LEMAIRE_2004) -> BoneCells:
    """Solve for the cells at rest, with nothing added.

    Parameters
    ----------
    constants : LemaireConstants, default `LEMAIRE_2004`
        Constants of the model.

    Returns
    -------
    cells : BoneCells
        The one steady state with positive cells.

    Notes
    -----
    At rest R and B follow from pi_C alone, and osteoclast production per apoptosis falls with C, so the
    root in C is unique and bisection finds it.
    """
    p = constants
    pi_P = (p.S_P / p.k_P) / (p.k6 / p.k5)

    def surplus(C: float) -> tuple[float, float, float]:
        pi_C = (C + p.f0 * p.C_s) / (C + p.C_s)
        R = p.D_R * pi_C**2 / (p.f0 * p.d_B)
        B = p.D_R * pi_C / p.k_B
        opg = p.k1 / (p.k2 * p.k_O) * p.K_O_P * R / pi_P
        pi_L = p.k3 / p.k4 * p.K_L_P * pi_P * B / (1.0 + p.k3 * p.K / p.k4 + opg)
        return p.D_C * pi_L - p.D_A * pi_C * C, R, B

    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if surplus(middle)[0] > 0 else (low, middle)
    _, R, B = surplus(low)
    return BoneCells(responding_osteoblast=R, osteoblast=B, osteoclast=low)


def simulate(days: float, *, forcing: Forcing | None = None) -> LemaireTrajectory:
    """Follow the cells from their steady state, with something added for a while.

    Parameters
    ----------
    days : float
        How long [d], in [1, 7300].
    forcing : Forcing or None, default None
        What is added; nothing by default.

    Returns
    -------
    trajectory : LemaireTrajectory
        Sampled about once a day, with the first day 0 and the last ``days``.

    Raises
    ------
    ParameterError
        If ``days`` is outside its range.

    Notes
    -----
    Fourth-order Runge-Kutta with steps of 0.05 d. Left out: the pool of osteoclast precursors,
    osteocytes, bone mass, and any place in space.

    References
    ----------
    .. [1] Lemaire V, Tobin FL, Greller LD, Cho CR, Suva LJ. J Theor Biol 2004; 229: 293-309.
       doi:10.1016/j.jtbi.2004.03.023. SBML: BIOMD0000000278.
    """
    days = require_in_range("days", days, 1.0, _LONGEST_D, "d")
    forcing = forcing or Forcing()
    rest = steady_state()
    scale = np.array([rest.responding_osteoblast, rest.osteoblast, rest.osteoclast])
    samples = math.ceil(days)
    steps = round(1.0 / _STEP_D)
    given = np.array(astuple(forcing), dtype=np.float64)
    cells = _integrate(scale, samples, steps, days / (samples * steps), given, LEMAIRE_2004)
    ratio = cells / scale
    return LemaireTrajectory(
        time_d=np.linspace(0.0, days, samples + 1),
        responding_osteoblast=cells[:, 0],
        osteoblast=cells[:, 1],
        osteoclast=cells[:, 2],
        responding_osteoblast_ratio=ratio[:, 0],
        osteoblast_ratio=ratio[:, 1],
        osteoclast_ratio=ratio[:, 2],
    )
