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
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology.lemaire2004_constants import LEMAIRE_2004
from bonemets_teach.biology.lemaire2004_forcing import Forcing
from bonemets_teach.biology.lemaire2004_kernel import integrate
from bonemets_teach.biology.lemaire2004_rest import BoneCells, steady_state
from bonemets_teach.errors import require_in_range

__all__ = ["BoneCells", "Forcing", "LemaireTrajectory", "simulate", "steady_state"]

_STEP_D: Final = 0.05  # a twentieth of the fastest time scale (osteoclast apoptosis, 1/0.7 d)
_LONGEST_D: Final = 7300.0


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
    cells = integrate(scale, samples, steps, days / (samples * steps), given, LEMAIRE_2004)
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
