"""Compiled core of Lemaire 2004; symbols as in `biology.lemaire2004`."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["integrate"]


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
def integrate(initial, samples, steps, h, forcing, p):  # type: ignore[no-untyped-def]
    """Integrate with fourth-order Runge-Kutta.

    Parameters
    ----------
    initial : ndarray of shape (3,)
        R, B, C [pM].
    samples, steps : int
        Number of samples after the first, and of steps between two.
    h : float
        Step [d].
    forcing : ndarray of shape (6,)
        Fields of `Forcing` in their order.
    p : LemaireConstants
        Constants of the model.

    Returns
    -------
    cells : ndarray of shape (samples + 1, 3)
        R, B, C at each sample [pM].
    """
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
