"""Compiled core of Komarova 2003, in logarithms of the populations relative to rest."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

__all__ = ["integrate"]

_CHANGE = 0.05  # largest change of a logarithm within a step
_LONGEST_STEP_D = 0.1
_SHORTEST_STEP_D = 1e-7


@njit(cache=True)
def _derivatives(u, v, rest, p):  # type: ignore[no-untyped-def]
    # Relative to rest the production rates drop out: a1 x1^g11 x2^g21 / x1 is b1 X1^(g11-1) X2^g21.
    du = p[2] * (math.exp((p[4] - 1.0) * u + p[6] * v) - 1.0)
    dv = p[3] * (math.exp(p[5] * u + (p[7] - 1.0) * v) - 1.0)
    resorbed = p[8] * rest[0] * (math.exp(u) - 1.0) if u > 0.0 else 0.0
    formed = p[9] * rest[1] * (math.exp(v) - 1.0) if v > 0.0 else 0.0
    return du, dv, resorbed, formed


@njit(cache=True)
def integrate(start, rest, samples, spacing, p, largest):  # type: ignore[no-untyped-def]
    """Integrate with fourth-order Runge-Kutta and a step that follows the fastest rate.

    Parameters
    ----------
    start, rest : tuple of 2 float
        Osteoclasts and osteoblasts: at the start relative to rest, and at rest [cells].
    samples : int
        Number of samples after the first.
    spacing : float
        Time between samples [d].
    p : ndarray of shape (10,)
        Fields of `KomarovaParameters` in their order.
    largest : float
        Relative population at which to stop.

    Returns
    -------
    cells : ndarray of shape (samples + 1, 2)
        Relative populations.
    amounts : ndarray of shape (samples + 1, 2)
        Bone resorbed and formed [%].
    count : int
        Number of valid samples.
    stopped : float
        Day of stopping, or -1.
    """
    cells = np.ones((samples + 1, 2))
    amounts = np.zeros((samples + 1, 2))
    u, v, lost, made = math.log(start[0]), math.log(start[1]), 0.0, 0.0
    cells[0, 0], cells[0, 1] = start[0], start[1]
    limit = math.log(largest)
    for i in range(samples):
        left = spacing
        while left > 0.0:
            u1, v1, l1, m1 = _derivatives(u, v, rest, p)
            h = min(left, _LONGEST_STEP_D, _CHANGE / max(abs(u1), abs(v1), 1e-9))
            h = min(left, max(h, _SHORTEST_STEP_D))
            u2, v2, l2, m2 = _derivatives(u + h / 2 * u1, v + h / 2 * v1, rest, p)
            u3, v3, l3, m3 = _derivatives(u + h / 2 * u2, v + h / 2 * v2, rest, p)
            u4, v4, l4, m4 = _derivatives(u + h * u3, v + h * v3, rest, p)
            u += h / 6 * (u1 + 2 * u2 + 2 * u3 + u4)
            v += h / 6 * (v1 + 2 * v2 + 2 * v3 + v4)
            lost += h / 6 * (l1 + 2 * l2 + 2 * l3 + l4)
            made += h / 6 * (m1 + 2 * m2 + 2 * m3 + m4)
            left -= h
            # Written so that a value that is not a number stops as well.
            if not (u < limit and v < limit):
                return cells, amounts, i + 1, (i + 1) * spacing - left
        cells[i + 1, 0], cells[i + 1, 1] = math.exp(u), math.exp(v)
        amounts[i + 1, 0], amounts[i + 1, 1] = lost, made
    return cells, amounts, samples + 1, -1.0
