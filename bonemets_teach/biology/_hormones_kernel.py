"""Compiled core of `biology.bone_hormones`: Lemaire 2004 with hormones as inputs, and the bone they leave."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

__all__ = ["Inputs", "integrate_hormones"]


class Inputs(NamedTuple):
    """What the hormones do, as plain floats; see `biology.bone_hormones`."""

    added_pth: float  # mean over a day [pM/d]
    pulse_share: float  # share of the day in which it is added; 1 is steady
    rankl: float  # times normal RANKL production
    opg_production: float  # times normal OPG production
    added_opg: float  # [pM/d]
    precursors: float  # times normal supply of osteoblast precursors, before the change as well
    survival: float  # times normal removal of active osteoblasts
    activity: float  # resorption by one osteoclast, times normal
    start_d: float


@njit(cache=True)
def _derivatives(R, B, C, on, pulse, q, p):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    # Lemaire 2004, eqs 4-6. TGF-beta comes from resorption, so resting osteoclasts (calcitonin) free less.
    pth_free = on * pulse * q.added_pth / p.k_P
    pi_P = (pth_free + p.S_P / p.k_P) / (pth_free + p.k6 / p.k5)
    working = C * (1.0 + on * (q.activity - 1.0))
    pi_C = (working + p.f0 * p.C_s) / (working + p.C_s)
    own_opg = (1.0 + on * (q.opg_production - 1.0)) * p.K_O_P * R / pi_P
    blocked = p.k1 / (p.k2 * p.k_O) * (own_opg + on * q.added_opg)
    rankl = 1.0 + on * (q.rankl - 1.0)
    pi_L = p.k3 / p.k4 * p.K_L_P * pi_P * B * rankl / (1.0 + p.k3 * p.K / p.k4 + blocked)
    D_R = p.D_R * q.precursors
    k_B = p.k_B * (1.0 + on * (q.survival - 1.0))
    D_B = p.f0 * p.d_B
    return D_R * pi_C - D_B / pi_C * R, D_B / pi_C * R - k_B * B, p.D_C * pi_L - p.D_A * pi_C * C


@njit(cache=True)
def integrate_hormones(rest, days, steps, q, p):  # type: ignore[no-untyped-def]
    """Integrate with fourth-order Runge-Kutta, by steps that fit the pulses of a day.

    Parameters
    ----------
    rest : ndarray of shape (3,)
        R, B, C at rest [pM].
    days, steps : int
        Days to follow, and steps in each.
    q : Inputs
        The hormones.
    p : LemaireConstants
        Constants of the model.

    Returns
    -------
    cells : ndarray of shape (days + 1, 3)
        R, B, C at the start, then means over each day [pM].
    """
    out = np.empty((days + 1, 3))
    R, B, C = rest[0], rest[1], rest[2]
    out[0] = rest
    h = 1.0 / steps
    for day in range(days):
        on = 1.0 if day >= q.start_d else 0.0
        sums = np.zeros(3)
        for j in range(steps):
            pulse = (1.0 / q.pulse_share) if (j + 0.5) * h < q.pulse_share else 0.0
            r1, b1, c1 = _derivatives(R, B, C, on, pulse, q, p)
            r2, b2, c2 = _derivatives(R + h / 2 * r1, B + h / 2 * b1, C + h / 2 * c1, on, pulse, q, p)
            r3, b3, c3 = _derivatives(R + h / 2 * r2, B + h / 2 * b2, C + h / 2 * c2, on, pulse, q, p)
            r4, b4, c4 = _derivatives(R + h * r3, B + h * b3, C + h * c3, on, pulse, q, p)
            R = max(0.0, R + h / 6 * (r1 + 2 * r2 + 2 * r3 + r4))
            B = max(0.0, B + h / 6 * (b1 + 2 * b2 + 2 * b3 + b4))
            C = max(0.0, C + h / 6 * (c1 + 2 * c2 + 2 * c3 + c4))
            sums += np.array((R, B, C)) * h
        out[day + 1] = sums
    return out
