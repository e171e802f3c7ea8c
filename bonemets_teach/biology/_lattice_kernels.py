"""Compiled sweeps of the trabecular surface automaton; periodic in both directions."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

MARROW: Final = 0
BONE: Final = 1
RESORBING: Final = 2
WAITING: Final = 3
FORMING: Final = 4

# A side neighbor counts twice a corner neighbor, so that straight and oblique surfaces behave alike.
_FULL: Final = 12
_FLAT_SHARE: Final = 1.0 / 3.0
# A pit of one pixel is smoothed away; a pixel with no bone around it falls off.
_PIT: Final = 10
_SPIKE: Final = 0
# How far a pixel looks along the load for bone that carries it [pixels].
_REACH: Final = 4
# Chance in a sweep that a waiting cavity is taken by osteoblasts; sets the mean reversal time. Chosen.
_RECRUITED: Final = 0.6


class Chances(NamedTuple):
    """What may happen to a surface pixel in one sweep."""

    resorption: float
    refill: float
    apposition: float
    shielding: float


@njit(cache=True)
def _uniform(sweep: int, position: int, stream: int) -> float:
    """Hash sweep and position to a number in [0, 1): the same noise whatever the chances are."""
    x = np.uint64(sweep) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(position) * np.uint64(0xBF58476D1CE4E5B9)
    x += np.uint64(stream) * np.uint64(0x94D049BB133111EB)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return float(x >> np.uint64(11)) * 1.1102230246251565e-16


@njit(cache=True)
def _carried(solid: NDArray[np.int8], row: int, column: int) -> float:
    """Return the share of bone above and below a pixel, 0..1: how much vertical load it carries."""
    rows = solid.shape[0]
    count = 0
    for step in range(1, _REACH + 1):
        count += solid[(row - step) % rows, column] + solid[(row + step) % rows, column]
    return count / (2.0 * _REACH)


@njit(cache=True)
def _fate(  # noqa: PLR0911 - one return for each state
    state: int, near: int, carried: float, chances: Chances, dice: float
) -> int:
    """Return the next state of one pixel from its neighbors and one throw of the dice."""
    if state == BONE:
        spared = 1.0 + chances.shielding * (1.0 - 2.0 * carried)
        chance = chances.resorption * spared * (_FULL - near) / _FULL
        return RESORBING if dice < chance else BONE
    if state == RESORBING:
        # Deep pits are refilled first and spikes last; on a flat surface the chance is as set.
        chance = chances.refill if chances.refill >= 1.0 else chances.refill * near / (_FLAT_SHARE * _FULL)
        return WAITING if dice < chance and near > _SPIKE else MARROW
    if state == WAITING:
        if near <= _SPIKE:
            return MARROW
        return FORMING if dice < _RECRUITED else WAITING
    if state == FORMING:
        return BONE
    if near >= _PIT or dice < chances.apposition * near / _FULL:
        return FORMING
    return MARROW


@njit(cache=True)
def _column(solid: NDArray[np.int8], up: int, middle: int, down: int, x: int) -> int:
    return int(solid[up, x]) + 2 * int(solid[middle, x]) + int(solid[down, x])


@njit(cache=True)
def sweep(state: NDArray[np.int8], solid: NDArray[np.int8], chances: Chances, index: int, stream: int) -> int:
    """Give every surface pixel one chance, all judged on the structure before; return the bone pixels.

    ``state`` (row, column) changes in place; ``solid`` is working memory of the same shape.
    """
    rows, columns = state.shape
    for y in range(rows):
        for x in range(columns):
            solid[y, x] = 1 if state[y, x] == BONE or state[y, x] == FORMING else 0
    total = 0
    most = chances.resorption * (1.0 + chances.shielding)
    for y in range(rows):
        up = y - 1 if y > 0 else rows - 1
        down = y + 1 if y < rows - 1 else 0
        # A column counts its middle twice: three columns, the middle one twice, give the weighted ring.
        before = _column(solid, up, y, down, columns - 1)
        here = _column(solid, up, y, down, 0)
        for x in range(columns):
            after = _column(solid, up, y, down, x + 1 if x < columns - 1 else 0)
            near = before + 2 * here + after - 4 * solid[y, x]
            before, here = here, after
            was = state[y, x]
            if (was == BONE and near == _FULL) or (was == MARROW and near == 0):
                total += was
                continue
            dice = _uniform(index, y * columns + x, stream)
            if was == BONE and dice >= most:
                total += 1
                continue
            carried = _carried(solid, y, x) if was == BONE and chances.shielding > 0.0 else 0.5
            now = _fate(was, near, carried, chances, dice)
            state[y, x] = now
            total += 1 if now in (BONE, FORMING) else 0
    return total
