"""Compiled steps of the lesion field on [z, y, x]; a flat lesion has one slice."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from bonemets_teach.biology._lesion_constants import (
    BARED_TURNOVER_PER_YEAR,
    DEPLETION,
    INDEPENDENT_GROWTH,
    LEAST_REFERENCE,
    MOST_REFERENCE,
    OPEN_BONE,
    QUIET_TUMOR,
    SUPPORT_HALF,
    TIGHT_FLOOR,
    VANISHING_TUMOR,
)  # fmt: skip


class Tables(NamedTuple):
    """Osteoclasts and osteoblasts at rest, times normal, over [phenotype, tumor]; both axes run 0..1."""

    osteoclast: NDArray[np.float64]
    osteoblast: NDArray[np.float64]


class Ground(NamedTuple):
    """What stands still, per voxel: region (1 inside), phenotype, turnover, growth, bone at the start."""

    region: NDArray[np.uint8]
    phenotype: NDArray[np.float32]
    turnover: NDArray[np.float32]
    growth: NDArray[np.float32]
    initial: NDArray[np.float32]


class Moving(NamedTuple):
    """What changes, per voxel: tumor, its next value, bone, growth factor of a step, ease of spread."""

    tumor: NDArray[np.float32]
    upcoming: NDArray[np.float32]
    bone: NDArray[np.float32]
    factor: NDArray[np.float32]
    ease: NDArray[np.float32]


@njit(cache=True)
def _surface(bone: float) -> float:
    """Martin's specific surface [1/mm] of bone with porosity 1 - bone."""
    p = 1.0 - bone
    return p * (32.3 + p * (-93.9 + p * (134.0 + p * (-101.0 + p * 28.8))))


@njit(cache=True)
def cells_at(tables: Tables, phenotype: float, tumor: float) -> tuple[float, float]:
    """Return osteoclasts and osteoblasts, times normal, bilinear in phenotype and tumor."""
    rows, columns = tables.osteoclast.shape
    a = phenotype * (rows - 1)
    b = tumor * (columns - 1)
    i = min(int(a), rows - 2)
    j = min(int(b), columns - 2)
    a -= i
    b -= j
    w00, w01, w10, w11 = (1.0 - a) * (1.0 - b), (1.0 - a) * b, a * (1.0 - b), a * b
    C, B = tables.osteoclast, tables.osteoblast
    return (
        w00 * C[i, j] + w01 * C[i, j + 1] + w10 * C[i + 1, j] + w11 * C[i + 1, j + 1],
        w00 * B[i, j] + w01 * B[i, j + 1] + w10 * B[i + 1, j] + w11 * B[i + 1, j + 1],
    )


@njit(cache=True)
def _support(activity: float) -> float:
    return (1.0 + SUPPORT_HALF) * activity / (SUPPORT_HALF + activity)


@njit(cache=True)
def _balance(bone: float, initial: float, osteoclast: float, osteoblast: float) -> tuple[float, float, float]:
    """Return resorption, formation (both 1 in healthy bone) and the reference bone fraction.

    A voxel that starts with less bone than the reference forms only as much as it loses until the
    osteoblasts rise, so that pure marrow stays marrow in health.
    """
    reference = min(max(initial, LEAST_REFERENCE), MOST_REFERENCE)
    surface = _surface(bone) / _surface(reference)
    volume = bone / reference
    start = initial / reference
    at_start = (1.0 + DEPLETION) * start / (start + DEPLETION)
    resorbed = surface * (1.0 + DEPLETION) * volume / (volume + DEPLETION) * osteoclast
    formed = surface * max(0.0, osteoblast - 1.0 + at_start)
    return resorbed, formed, reference


@njit(cache=True)
def _bared(moving: Moving, region: NDArray[np.uint8], z: int, y: int, x: int) -> tuple[float, float]:
    """Return how far a dense voxel is bared, 0..1, and the most tumor at its bared faces."""
    nz, ny, nx = region.shape
    here = moving.bone[z, y, x]
    open_face = 0.0
    contact = moving.tumor[z, y, x]
    for dz, dy, dx in ((-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)):
        k, j, i = z + dz, y + dy, x + dx
        if 0 <= k < nz and 0 <= j < ny and 0 <= i < nx and region[k, j, i] == 1:
            drop = here - moving.bone[k, j, i]
            if drop > 0.1:
                open_face = max(open_face, drop)
                contact = max(contact, moving.tumor[k, j, i])
    return min(1.0, open_face), contact


@njit(cache=True)
def remodel(moving: Moving, ground: Ground, tables: Tables, days: float) -> None:
    """Advance the bone by ``days`` and set the growth factor and ease of spread for the steps in them."""
    nz, ny, nx = ground.region.shape
    for z in range(nz):
        for y in range(ny):
            for x in range(nx):
                if ground.region[z, y, x] == 0:
                    continue
                tumor = moving.tumor[z, y, x]
                bone = moving.bone[z, y, x]
                turnover = ground.turnover[z, y, x]
                if bone > OPEN_BONE and turnover < BARED_TURNOVER_PER_YEAR:
                    bared, tumor = _bared(moving, ground.region, z, y, x)
                    turnover += (BARED_TURNOVER_PER_YEAR - turnover) * bared
                drive = 1.0
                if tumor > QUIET_TUMOR:
                    osteoclast, osteoblast = cells_at(tables, ground.phenotype[z, y, x], tumor)
                    resorbed, formed, reference = _balance(
                        bone, ground.initial[z, y, x], osteoclast, osteoblast
                    )
                    bone += days * turnover / 365.0 * reference * (formed - resorbed)
                    bone = min(max(bone, 0.0), 1.0)
                    moving.bone[z, y, x] = bone
                    share = 0.2 + 0.6 * ground.phenotype[z, y, x]
                    given = (1.0 - share) * _support(resorbed) + share * _support(formed)
                    drive = INDEPENDENT_GROWTH + (1.0 - INDEPENDENT_GROWTH) * given
                moving.factor[z, y, x] = np.exp(ground.growth[z, y, x] * drive * days)
                tight = max(TIGHT_FLOOR, (1.0 - bone) / (1.0 - OPEN_BONE))
                moving.ease[z, y, x] = min(1.0, tight)


@njit(cache=True)
def _flow(
    moving: Moving, region: NDArray[np.uint8], here: tuple[int, int, int], there: tuple[int, int, int]
) -> float:
    """Return the flow through a face, limited by the tighter of the two voxels; 0 out of the region."""
    if region[there] == 0:
        return 0.0
    ease = min(moving.ease[here], moving.ease[there])
    return float(ease * (moving.tumor[there] - moving.tumor[here]))


@njit(cache=True)
def spread(  # noqa: C901, PLR0912 - six faces, written out for the compiler
    moving: Moving, region: NDArray[np.uint8], rate: float
) -> None:
    """Let the tumor spread one explicit step inside the region, then grow; ``rate`` is D dt / h2.

    Logistic growth is exact over the step, so the tumor stays in 0..1 whatever the step.
    """
    nz, ny, nx = region.shape
    tumor, upcoming = moving.tumor, moving.upcoming
    for z in range(nz):
        for y in range(ny):
            for x in range(nx):
                if region[z, y, x] == 0:
                    continue
                here = tumor[z, y, x]
                flow = 0.0
                if x > 0:
                    flow += _flow(moving, region, (z, y, x), (z, y, x - 1))
                if x < nx - 1:
                    flow += _flow(moving, region, (z, y, x), (z, y, x + 1))
                if y > 0:
                    flow += _flow(moving, region, (z, y, x), (z, y - 1, x))
                if y < ny - 1:
                    flow += _flow(moving, region, (z, y, x), (z, y + 1, x))
                if z > 0:
                    flow += _flow(moving, region, (z, y, x), (z - 1, y, x))
                if z < nz - 1:
                    flow += _flow(moving, region, (z, y, x), (z + 1, y, x))
                value = here + rate * flow
                if value < VANISHING_TUMOR:
                    upcoming[z, y, x] = 0.0
                    continue
                factor = moving.factor[z, y, x]
                upcoming[z, y, x] = min(1.0, value * factor / (1.0 + value * (factor - 1.0)))
    tumor[:] = upcoming


@njit(cache=True)
def run_month(
    moving: Moving, ground: Ground, tables: Tables, steps: int, step_days: float, rate: float
) -> None:
    """Advance tumor and bone by ``steps`` steps."""
    for _ in range(steps):
        remodel(moving, ground, tables, step_days)
        spread(moving, ground.region, rate)
