"""Pivonka et al. 2008: bone cells with explicit TGF-beta, PTH, OPG and RANKL, a second opinion on Lemaire 2004.

========  ===============================================================
symbol    meaning
========  ===============================================================
OBp       osteoblast precursors [pM]; carry RANKL
OBa       active osteoblasts [pM]; make OPG
OCa       active osteoclasts [pM]
pi_act    x/(K + x), activation by a ligand
pi_rep    K/(K + x), repression by a ligand
========  ===============================================================

dOBp/dt = D_OBu pi_act(TGF, K_D1) - D_OBp OBp pi_rep(TGF, K_D2); dOBa/dt = D_OBp OBp pi_rep(TGF, K_D2) - A_OBa OBa;
dOCa/dt = D_OCp pi_act(RANKL, K_D8) - A_OCa OCa pi_act(TGF, K_D3); TGF-beta follows OCa, OPG and RANKL are at balance.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq

from bonemets_teach.biology._pivonka_constants import PIVONKA_2008, PIVONKA_CONSTANTS
from bonemets_teach.biology._pivonka_kernel import derivatives, integrate
from bonemets_teach.biology.lemaire2004_forcing import Forcing
from bonemets_teach.errors import require_in_range

__all__ = ["PIVONKA_CONSTANTS", "Forcing", "PivonkaCells", "PivonkaTrajectory", "simulate", "steady_state"]

_STEP_D: Final = 0.05  # a twentieth of the fastest time scale (osteoclast apoptosis, 1/0.7 d)
_LONGEST_D: Final = 7300.0
_NOTHING: Final = (0.0, 0.0, 0.0, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PivonkaCells:
    """Cells at one moment [pM]."""

    precursor_osteoblast: float
    osteoblast: float
    osteoclast: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PivonkaTrajectory:
    """Cells over time.

    Parameters
    ----------
    time_d : ndarray of shape (time,)
        Days from the start.
    precursor_osteoblast, osteoblast, osteoclast : ndarray of shape (time,)
        Cells [pM].
    precursor_osteoblast_ratio, osteoblast_ratio, osteoclast_ratio : ndarray of shape (time,)
        The same relative to the steady state without forcing.
    """

    time_d: npt.NDArray[np.float64]
    precursor_osteoblast: npt.NDArray[np.float64]
    osteoblast: npt.NDArray[np.float64]
    osteoclast: npt.NDArray[np.float64]
    precursor_osteoblast_ratio: npt.NDArray[np.float64]
    osteoblast_ratio: npt.NDArray[np.float64]
    osteoclast_ratio: npt.NDArray[np.float64]


@cache
def steady_state() -> PivonkaCells:
    """Solve for the cells at rest, with nothing added.

    Returns
    -------
    cells : PivonkaCells
        The one steady state with positive cells.

    Notes
    -----
    At rest OBp and OBa follow from TGF-beta, so from OCa alone; Brent's method finds the root in OCa.
    """
    p = PIVONKA_2008

    def osteoblasts(osteoclast: float) -> tuple[float, float, float]:
        tgf = p.alpha_k_res * osteoclast / p.D_TGF
        committed = p.D_OBu * tgf / (tgf + p.K_D1)
        return committed / p.D_OBp * (p.K_D2 + tgf) / p.K_D2, committed / p.A_OBa, osteoclast

    root = brentq(
        lambda osteoclast: derivatives(osteoblasts(osteoclast), _NOTHING, p)[2],
        1e-5,
        0.1,
        xtol=1e-18,
        rtol=1e-14,
    )
    precursor, osteoblast, osteoclast = osteoblasts(float(root))
    return PivonkaCells(precursor_osteoblast=precursor, osteoblast=osteoblast, osteoclast=osteoclast)


def simulate(days: float, *, forcing: Forcing | None = None) -> PivonkaTrajectory:
    """Follow the cells from their steady state, with something added for a while.

    Parameters
    ----------
    days : float
        How long [d], in [1, 7300].
    forcing : Forcing or None, default None
        What is added, as in Lemaire 2004; nothing by default.

    Returns
    -------
    trajectory : PivonkaTrajectory
        Sampled about once a day, with the first day 0 and the last ``days``.

    Raises
    ------
    ParameterError
        If ``days`` is outside its range.

    Notes
    -----
    Fourth-order Runge-Kutta with steps of 0.05 d. The variant of the paper in which precursors carry RANKL and
    active osteoblasts make OPG. Osteoclast formation follows RANKL as printed, with K_D8 = 13.06 pM. Left out:
    bone volume, osteocytes, the pool of osteoclast precursors, and any place in space.

    References
    ----------
    .. [1] Pivonka P, Zimak J, Smith DW, et al. Bone 2008; 43: 249-263. doi:10.1016/j.bone.2008.03.025.
    """
    days = require_in_range("days", days, 1.0, _LONGEST_D, "d")
    rest = astuple(steady_state())
    samples = math.ceil(days)
    steps = round(1.0 / _STEP_D)
    given = tuple(float(value) for value in astuple(forcing or Forcing()))
    cells = integrate(rest, samples, steps, days / (samples * steps), given, PIVONKA_2008)
    ratio = cells / np.array(rest)
    return PivonkaTrajectory(
        time_d=np.linspace(0.0, days, samples + 1),
        precursor_osteoblast=cells[:, 0],
        osteoblast=cells[:, 1],
        osteoclast=cells[:, 2],
        precursor_osteoblast_ratio=ratio[:, 0],
        osteoblast_ratio=ratio[:, 1],
        osteoclast_ratio=ratio[:, 2],
    )
