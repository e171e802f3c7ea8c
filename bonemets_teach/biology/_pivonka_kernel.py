"""Compiled core of Pivonka 2008; symbols as in `biology.pivonka2008`."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["derivatives", "integrate"]


@njit(cache=True)
def derivatives(y, given, p):  # type: ignore[no-untyped-def]
    """Return the rates of OBp, OBa, OCa [pM/d] with PTH, RANKL, OPG [pM/d] and a precursor factor given."""
    precursor, osteoblast, osteoclast = y
    pth = (p.beta_PTH + given[0]) / p.D_PTH
    tgf = p.alpha_k_res * osteoclast / p.D_TGF
    opg_made = p.beta_OPG * osteoblast * p.K_D6 / (p.K_D6 + pth)
    opg = (opg_made + given[2]) / (opg_made / p.OPG_max + p.D_OPG)
    room = p.R_RANKL * precursor * pth / (pth + p.K_D4)
    made = (p.beta_RANKL + given[1]) / (p.beta_RANKL + p.D_RANKL * room)
    rankl = room / (1.0 + p.K_A1 * opg + p.K_A2 * p.RANK) * made
    committed = p.D_OBu * given[3] * tgf / (tgf + p.K_D1)
    matured = p.D_OBp * precursor * p.K_D2 / (p.K_D2 + tgf)
    return (
        committed - matured,
        matured - p.A_OBa * osteoblast,
        p.D_OCp * rankl / (rankl + p.K_D8) - p.A_OCa * osteoclast * tgf / (tgf + p.K_D3),
    )


@njit(cache=True)
def _moved(y, h, k):  # type: ignore[no-untyped-def]
    # Max keeps a long step from making a population negative.
    return max(0.0, y[0] + h * k[0]), max(0.0, y[1] + h * k[1]), max(0.0, y[2] + h * k[2])


@njit(cache=True)
def integrate(start, samples, steps, h, forcing, p):  # type: ignore[no-untyped-def]
    """Integrate with fourth-order Runge-Kutta.

    Parameters
    ----------
    start : tuple of 3 float
        OBp, OBa, OCa [pM].
    samples, steps : int
        Number of samples after the first, and of steps between two.
    h : float
        Step [d].
    forcing : tuple of 6 float
        Fields of `Forcing` in their order.
    p : PivonkaConstants
        Constants of the model.

    Returns
    -------
    cells : ndarray of shape (samples + 1, 3)
        OBp, OBa, OCa at each sample [pM].
    """
    out = np.empty((samples + 1, 3))
    y = start
    out[0, 0], out[0, 1], out[0, 2] = y
    nothing = (0.0, 0.0, 0.0, 1.0)
    given = (forcing[0], forcing[1], forcing[2], forcing[3])
    for i in range(samples):
        for j in range(steps):
            middle = (i * steps + j + 0.5) * h
            now = given if forcing[4] <= middle <= forcing[5] else nothing
            k1 = derivatives(y, now, p)
            k2 = derivatives(_moved(y, h / 2, k1), now, p)
            k3 = derivatives(_moved(y, h / 2, k2), now, p)
            k4 = derivatives(_moved(y, h, k3), now, p)
            y = _moved(_moved(_moved(_moved(y, h / 6, k1), h / 3, k2), h / 3, k3), h / 6, k4)
        out[i + 1, 0], out[i + 1, 1], out[i + 1, 2] = y
    return out
