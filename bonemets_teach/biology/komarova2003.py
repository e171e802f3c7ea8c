"""Komarova et al. 2003: one remodeling event as a dialogue of osteoclasts and osteoblasts.

======  ==========================================================================
symbol  meaning
======  ==========================================================================
x1, x2  osteoclasts and osteoblasts of one remodeling unit [cells]
z       bone mass [%]
g11     exponent of osteoclasts on their own production (TGF-beta, autocrine)
g12     exponent of osteoclasts on osteoblast production (TGF-beta, IGF: coupling)
g21     exponent of osteoblasts on osteoclast production (OPG against RANKL)
g22     exponent of osteoblasts on their own production
======  ==========================================================================

dx1/dt = a1 x1^g11 x2^g21 - b1 x1; dx2/dt = a2 x1^g12 x2^g22 - b2 x2;
dz/dt = k2 max(0, x2 - x2_rest) - k1 max(0, x1 - x1_rest).
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.biology._komarova_kernel import integrate
from bonemets_teach.biology._komarova_parameters import KomarovaParameters
from bonemets_teach.biology._komarova_rest import Rest, neutral_autocrine, steady_state
from bonemets_teach.errors import require_in_range

__all__ = [
    "LARGEST_POPULATION",
    "KomarovaParameters",
    "RemodelingTrajectory",
    "Rest",
    "neutral_autocrine",
    "simulate",
    "steady_state",
]

LARGEST_POPULATION: Final = 1e4
"""Times the population at rest at which an unstable orbit is given up; chosen, far beyond any bone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RemodelingTrajectory:
    """Cells and bone over time.

    Parameters
    ----------
    time_d : ndarray of shape (time,)
        Days from the start of the event, evenly spaced; ends early if the orbit was given up.
    osteoclast, osteoblast : ndarray of shape (time,)
        Cells.
    bone_mass : ndarray of shape (time,)
        Bone mass relative to the start [%]. Nothing keeps it above zero.
    resorbed, formed : ndarray of shape (time,)
        Bone resorbed and formed since the start [% of the initial mass].
    rest : Rest
        Cells at rest.
    stopped_d : float or None
        Day on which a population passed 10,000 times its rest value and the calculation ended.
    """

    time_d: npt.NDArray[np.float64]
    osteoclast: npt.NDArray[np.float64]
    osteoblast: npt.NDArray[np.float64]
    bone_mass: npt.NDArray[np.float64]
    resorbed: npt.NDArray[np.float64]
    formed: npt.NDArray[np.float64]
    rest: Rest
    stopped_d: float | None


def simulate(
    days: float,
    *,
    parameters: KomarovaParameters | None = None,
    extra_osteoclasts: float = 10.0,
    sample_d: float = 0.1,
) -> RemodelingTrajectory:
    """Follow a remodeling unit after osteoclasts have been added to it.

    Parameters
    ----------
    days : float
        How long [d], in [1, 5000].
    parameters : KomarovaParameters or None, default None
        Constants of the model; None takes those of one normal event.
    extra_osteoclasts : float, default 10
        Osteoclasts added to the rest state at the start [cells], in [0, 1000].
    sample_d : float, default 0.1
        Time between samples [d], in [0.01, 10].

    Returns
    -------
    trajectory : RemodelingTrajectory
        Cells and bone.

    Raises
    ------
    ParameterError
        If a value is outside its range.

    Notes
    -----
    Fourth-order Runge-Kutta in the logarithm of the populations, so they stay positive; the step follows
    the fastest rate. Left out: precursors, hormones, place, and any brake on bone mass itself.

    References
    ----------
    .. [1] Komarova SV, Smith RJ, Dixon SJ, Sims SM, Wahl LM. Bone 2003; 33: 206-215.
       doi:10.1016/S8756-3282(03)00157-1. SBML: BIOMD0000000148.
    """
    days = require_in_range("days", days, 1.0, 5000.0, "d")
    extra = require_in_range("extra_osteoclasts", extra_osteoclasts, 0.0, 1000.0, "cells")
    sample = require_in_range("sample_d", sample_d, 0.01, 10.0, "d")
    parameters = parameters or KomarovaParameters()
    rest = steady_state(parameters)
    samples = math.ceil(days / sample - 1e-9)
    start = ((rest.osteoclast + extra) / rest.osteoclast, 1.0)
    constants = np.array(astuple(parameters), dtype=np.float64)
    cells, amounts, count, stopped = integrate(
        start, (rest.osteoclast, rest.osteoblast), samples, days / samples, constants, LARGEST_POPULATION
    )
    return RemodelingTrajectory(
        time_d=np.linspace(0.0, days, samples + 1)[:count],
        osteoclast=cells[:count, 0] * rest.osteoclast,
        osteoblast=cells[:count, 1] * rest.osteoblast,
        bone_mass=100.0 + amounts[:count, 1] - amounts[:count, 0],
        resorbed=amounts[:count, 0],
        formed=amounts[:count, 1],
        rest=rest,
        stopped_d=None if stopped < 0 else float(stopped),
    )
