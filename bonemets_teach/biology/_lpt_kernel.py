"""Compiled core of the tumor-bone model: Lemaire 2004 with tumor, bone volume and treatments.

All of it stands in one file: a compiled function is cached by the date of its own file alone.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from numba import njit

__all__ = ["Exposure", "LesionFloats", "integrate", "rankl_occupancy", "specific_surface"]


class LesionFloats(NamedTuple):
    """What differs from lesion to lesion, as plain floats; names as in `biology.lpt`."""

    s_P: float  # noqa: N815  symbol of the paper
    w: float
    d: float
    nu: float
    gamma: float
    theta: float
    kappa: float
    m: float
    sigma: float
    depletion: float
    tau: float
    bone_fraction: float
    R0: float
    B0: float
    C0: float
    pi_L0: float  # noqa: N815  symbol of the paper
    block: float
    block_start: float
    pool_gain: float
    pool_time: float


class Exposure(NamedTuple):
    """What a lesion meets over time, in steps of ``step`` days.

    ``ligand`` [pM/d, as OPG] and ``death`` [relative] are at the start and at the end of each step, shape (step, 2),
    since a dose makes them jump between two steps; ``kill`` [1/d] is the mean over each step, shape (step,).
    """

    step: float
    ligand: npt.NDArray[np.float64]
    death: npt.NDArray[np.float64]
    kill: npt.NDArray[np.float64]


@njit(cache=True)
def specific_surface(porosity):  # type: ignore[no-untyped-def]
    """Bone surface per volume [1/mm] at a porosity; Martin 1984, Crit Rev Biomed Eng 10:179."""
    p = porosity
    return p * (32.3 + p * (-93.9 + p * (134.0 + p * (-101.0 + p * 28.8))))


@njit(cache=True)
def rankl_occupancy(R, B, I_P, I_O, p):  # type: ignore[no-untyped-def]
    """RANK occupied by RANKL, pi_L of Lemaire 2004, with added PTH-like and OPG-like ligand [pM/d]."""
    pth_free = I_P / p.k_P
    pi_P = (pth_free + p.S_P / p.k_P) / (pth_free + p.k6 / p.k5)
    blocked = p.k1 / (p.k2 * p.k_O) * (p.K_O_P * R / pi_P + I_O)
    return p.k3 / p.k4 * p.K_L_P * pi_P * B / (1.0 + p.k3 * p.K / p.k4 + blocked)


@njit(cache=True)
def _derivatives(y, now, p, q):  # type: ignore[no-untyped-def]
    R, B, C, V, T, P = y
    block, ligand, faster, kill = now
    recruitment = (1.0 + q.w * T) / (1.0 + q.d * T) * (1.0 + q.m * max(0.0, 1.0 - V))
    pi_C = (C + p.f0 * p.C_s) / (C + p.C_s)
    pi_L = rankl_occupancy(R, B, q.s_P * T, block + ligand, p)
    held = 0.0
    if ligand > 0.0:
        free = rankl_occupancy(R, B, q.s_P * T, block, p)
        held = 1.0 - pi_L / free if free > 0.0 else 0.0
    D_B = p.f0 * p.d_B
    death = (1.0 + q.sigma * max(0.0, 1.0 - pi_L / q.pi_L0)) * (1.0 + faster)
    porosity = min(1.0, max(0.0, 1.0 - q.bone_fraction * V))
    surface = specific_surface(porosity) / specific_surface(1.0 - q.bone_fraction)
    resorption = surface * (1.0 + q.depletion) * V / (V + q.depletion) * C / q.C0
    formation = surface * B / q.B0
    from_resorption = (1.0 + q.kappa) * resorption / (q.kappa + resorption)
    from_formation = (1.0 + q.kappa) * formation / (q.kappa + formation)
    drive = q.theta + (1.0 - q.theta) * ((1.0 - q.nu) * from_resorption + q.nu * from_formation)
    growth = q.gamma * drive * T * np.log(1.0 / T) if T > 0.0 else 0.0
    return (
        p.D_R * pi_C * recruitment - D_B / pi_C * R,
        D_B / pi_C * R - p.k_B * B,
        p.D_C * pi_L * P - p.D_A * pi_C * C * death,
        q.tau / 365.0 * (formation - resorption),
        growth - kill * T,
        (1.0 + q.pool_gain * held - P) / q.pool_time,
    )


@njit(cache=True)
def _moved(y, h, k):  # type: ignore[no-untyped-def]
    # Max keeps a long step from making a population negative.
    return (
        max(0.0, y[0] + h * k[0]),
        max(0.0, y[1] + h * k[1]),
        max(0.0, y[2] + h * k[2]),
        max(0.0, y[3] + h * k[3]),
        min(1.0, max(0.0, y[4] + h * k[4])),
        max(0.0, y[5] + h * k[5]),
    )


@njit(cache=True)
def integrate(start, samples, steps, p, q, met):  # type: ignore[no-untyped-def]
    """Integrate with fourth-order Runge-Kutta.

    Parameters
    ----------
    start : tuple of 6 float
        R, B, C [pM], V (relative), T (0 to 1), P (relative).
    samples, steps : int
        Number of samples after the first, and of steps between two.
    p : LemaireConstants
        Constants of Lemaire 2004.
    q : LesionFloats
        The lesion.
    met : Exposure
        Drugs and tumor kill by step.

    Returns
    -------
    states : ndarray of shape (samples + 1, 6)
        R, B, C, V, T, P at each sample.
    """
    h = met.step
    out = np.empty((samples + 1, 6))
    y = start
    for i in range(samples + 1):
        out[i, 0], out[i, 1], out[i, 2], out[i, 3], out[i, 4], out[i, 5] = y
        if i == samples:
            break
        for j in range(steps):
            n = i * steps + j
            block = q.block if (n + 0.5) * h >= q.block_start else 0.0
            kill = met.kill[n]
            first, last = met.ligand[n, 0], met.ligand[n, 1]
            faster, later = met.death[n, 0], met.death[n, 1]
            half, slower = (first + last) / 2, (faster + later) / 2
            k1 = _derivatives(y, (block, first, faster, kill), p, q)
            k2 = _derivatives(_moved(y, h / 2, k1), (block, half, slower, kill), p, q)
            k3 = _derivatives(_moved(y, h / 2, k2), (block, half, slower, kill), p, q)
            k4 = _derivatives(_moved(y, h, k3), (block, last, later, kill), p, q)
            y = _moved(_moved(_moved(_moved(y, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4)
    return out
