"""Compiled core of Ayati 2010, in logarithms of the cells and of capacity over tumor."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

__all__ = ["integrate"]

_CHANGE = 0.04  # largest change of a logarithm within a step
_LONGEST_STEP_D = 0.1
_SHORTEST_STEP_D = 1e-7
_VANISHED = 600.0  # e^-600 cells: between bursts osteoclasts nearly vanish and return


@njit(cache=True)
def _derivatives(y, on, rest, p, treatment):  # type: ignore[no-untyped-def]
    u, v, w = y[0], y[1], y[2]
    tumor = math.exp(-w)
    g11, g21 = p[4] * (1.0 + p[10] * tumor), p[6] * (1.0 + p[12] * tumor)
    g12, g22 = p[5] / (1.0 + p[11] * tumor), p[7] - p[13] * tumor
    du = p[0] * math.exp((g11 - 1.0) * u + g21 * v) - p[2]
    dv = p[1] * math.exp(g12 * u + (g22 - 1.0) * v) - (p[3] - on * treatment[0])
    # Gompertz growth of T is exponential decay of ln(L/T), which keeps T between 0 and L.
    dw = -(p[14] - on * treatment[1]) * w
    resorbed = p[8] * max(0.0, math.exp(u) - rest[0])
    formed = p[9] * max(0.0, math.exp(v) - rest[1])
    return np.array((du, dv, dw, resorbed, formed))


@njit(cache=True)
def _step(left, rates, now, treatment):  # type: ignore[no-untyped-def]
    fastest = max(abs(rates[0]), abs(rates[1]), 1e-9)
    h = min(left, max(_SHORTEST_STEP_D, min(_LONGEST_STEP_D, _CHANGE / fastest)))
    for change in (treatment[2], treatment[3]):
        if now < change - 1e-9 and now + h > change:
            h = change - now  # a step never straddles the start or the end of the treatment
    return h


@njit(cache=True)
def integrate(start, rest, samples, spacing, p, treatment, limit):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Integrate with fourth-order Runge-Kutta and a step that follows the fastest rate.

    Parameters
    ----------
    start : ndarray of shape (5,)
        Logarithms of osteoclasts, osteoblasts and capacity over tumor; bone resorbed and formed [%].
    rest : tuple of 2 float
        Osteoclasts and osteoblasts at rest [cells].
    samples : int
        Number of samples after the first.
    spacing : float
        Time between samples [d].
    p : ndarray of shape (16,)
        Fields of `AyatiParameters` in their order.
    treatment : tuple of 4 float
        v1, v2 [1/d], first and last day.
    limit : float
        Logarithm of a population at which to stop.

    Returns
    -------
    states : ndarray of shape (samples + 1, 5)
        As ``start``.
    count : int
        Number of valid samples.
    stopped : float
        Day of stopping, or -1.
    """
    states = np.empty((samples + 1, 5))
    y = start.copy()
    states[0] = y
    for i in range(samples):
        left = spacing
        while left > 1e-10:
            now = (i + 1) * spacing - left
            on = 1.0 if treatment[2] - 1e-9 <= now < treatment[3] - 1e-9 else 0.0
            k1 = _derivatives(y, on, rest, p, treatment)
            h = _step(left, k1, now, treatment)
            k2 = _derivatives(y + h / 2 * k1, on, rest, p, treatment)
            k3 = _derivatives(y + h / 2 * k2, on, rest, p, treatment)
            k4 = _derivatives(y + h * k3, on, rest, p, treatment)
            y = y + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
            left -= h
            # Written so that a value that is not a number stops as well.
            if not (-_VANISHED < y[0] < limit and -_VANISHED < y[1] < limit):
                return states, i + 1, (i + 1) * spacing - left
        states[i + 1] = y
    return states, samples + 1, -1.0
