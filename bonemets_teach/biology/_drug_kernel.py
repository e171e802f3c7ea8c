"""Compiled drug levels: denosumab in its depot, blood and tissue, zoledronate on bone."""

from __future__ import annotations

import numpy as np
from numba import njit

__all__ = ["denosumab_amounts", "zoledronate_amounts"]


@njit(cache=True)
def _flows(depot, central, peripheral, d):  # type: ignore[no-untyped-def]
    absorbed = d.absorption * depot
    level = central / d.central_volume
    exchanged = d.exchange * (level - peripheral / d.peripheral_volume)
    bound = d.max_elimination * level / (d.half_elimination + level)
    removed = d.clearance * level + bound
    return -absorbed, absorbed - exchanged - removed, exchanged, removed


@njit(cache=True)
def denosumab_amounts(doses, h, d):  # type: ignore[no-untyped-def]
    """Integrate the denosumab in the body with fourth-order Runge-Kutta.

    Parameters
    ----------
    doses : ndarray of shape (step + 1,)
        What is given at the start of each step [mg].
    h : float
        Step [d].
    d : DrugConstants
        Constants.

    Returns
    -------
    amounts : ndarray of shape (step + 1, 4)
        Depot, central, peripheral and eliminated [mg], each after the dose of that moment.
    """
    out = np.zeros((len(doses), 4))
    a = b = c = e = 0.0
    for i in range(len(doses)):
        a += d.bioavailability * doses[i]
        out[i, 0], out[i, 1], out[i, 2], out[i, 3] = a, b, c, e
        if a + b + c <= 0.0:
            continue
        k1 = _flows(a, b, c, d)
        k2 = _flows(a + h / 2 * k1[0], b + h / 2 * k1[1], c + h / 2 * k1[2], d)
        k3 = _flows(a + h / 2 * k2[0], b + h / 2 * k2[1], c + h / 2 * k2[2], d)
        k4 = _flows(a + h * k3[0], b + h * k3[1], c + h * k3[2], d)
        a = max(0.0, a + h / 6 * (k1[0] + 2 * k2[0] + 2 * k3[0] + k4[0]))
        b = max(0.0, b + h / 6 * (k1[1] + 2 * k2[1] + 2 * k3[1] + k4[1]))
        c = max(0.0, c + h / 6 * (k1[2] + 2 * k2[2] + 2 * k3[2] + k4[2]))
        e += h / 6 * (k1[3] + 2 * k2[3] + 2 * k3[3] + k4[3])
    return out


@njit(cache=True)
def zoledronate_amounts(doses, h, d):  # type: ignore[no-untyped-def]
    """Return the zoledronate that acts on bone [mg] after the dose of each moment; it halves in a fixed time."""
    kept = 0.5 ** (h / d.bone_half_life)
    out = np.zeros(len(doses))
    amount = 0.0
    for i in range(len(doses)):
        amount = amount * kept + doses[i] if i else doses[i]
        out[i] = amount
    return out
