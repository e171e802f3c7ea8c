"""Compiled steps of the lesion field on [z, y, x]; a flat lesion has one slice.

All arrays have a rim of one voxel outside the region, so that no step asks for the edge.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

# Constants stand here, not with the others: compiled code in the cache is renewed when this file changes.
# calibrated with the tumor-bone model: share of growth that needs no bone, half-saturation of bone's support
INDEPENDENT_GROWTH: Final = 0.3
SUPPORT_HALF: Final = 4.0
# calibrated with the tumor-bone model: bone, relative to the start, at which resorption runs out of bone
DEPLETION: Final = 0.05

# chosen: below this bone fraction a voxel is taken to start at it, so new bone can form in pure marrow
LEAST_REFERENCE: Final = 0.05
# chosen: above it the surface of a dense voxel would vanish in Martin's polynomial
MOST_REFERENCE: Final = 0.95
# chosen: bone denser than this slows the tumor, in full bone to the floor
OPEN_BONE: Final = 0.5
TIGHT_FLOOR: Final = 0.05
# published (ICRP 89, recalled): yearly renewal of cancellous bone; a bared cortical face reaches it
BARED_TURNOVER_PER_YEAR: Final = 0.25
# chosen: tumor below this fraction leaves the cells at rest
QUIET_TUMOR: Final = 1e-4
VANISHING_TUMOR: Final = np.float32(1e-20)

# First and last-plus-one index of each axis: z, y, x.
Box = tuple[int, int, int, int, int, int]
# A face of dense bone counts as bared where the bone fraction drops by more than this. Chosen.
_FACE_DROP: Final = 0.1


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
def resorption(bone: float, initial: float, osteoclast: float) -> float:
    """Return the bone fraction resorbed in one turnover time."""
    resorbed, _, reference = _balance(bone, initial, osteoclast, 1.0)
    return resorbed * reference


@njit(cache=True)
def _bared(moving: Moving, ground: Ground, z: int, y: int, x: int) -> tuple[float, float]:
    """Return how far a dense voxel is bared, 0..1, and the most tumor at its bared faces."""
    here = moving.bone[z, y, x]
    bared = 0.0
    contact = moving.tumor[z, y, x]
    for dz, dy, dx in ((-1, 0, 0), (1, 0, 0), (0, -1, 0), (0, 1, 0), (0, 0, -1), (0, 0, 1)):
        there = (z + dz, y + dy, x + dx)
        drop = here - moving.bone[there]
        if ground.region[there] == 1 and drop > _FACE_DROP:
            bared = max(bared, drop)
            contact = max(contact, moving.tumor[there])
    return min(1.0, bared), contact


@njit(cache=True)
def settle(moving: Moving, ground: Ground, days: float) -> None:
    """Set growth factor and ease of spread of quiet bone; outside the region the ease is 0."""
    nz, ny, nx = ground.region.shape
    for z in range(1, nz - 1):
        for y in range(1, ny - 1):
            for x in range(1, nx - 1):
                if ground.region[z, y, x] == 1:
                    moving.factor[z, y, x] = np.exp(ground.growth[z, y, x] * days)
                    moving.ease[z, y, x] = _ease(moving.bone[z, y, x])


@njit(cache=True)
def _ease(bone: float) -> float:
    return min(1.0, max(TIGHT_FLOOR, (1.0 - bone) / (1.0 - OPEN_BONE)))


@njit(cache=True)
def _remodel(moving: Moving, ground: Ground, tables: Tables, days: tuple[float, float], box: Box) -> None:
    """Advance the bone by the first of ``days``; set growth factor and ease for steps of the second."""
    for z in range(box[0], box[1]):
        for y in range(box[2], box[3]):
            for x in range(box[4], box[5]):
                tumor = moving.tumor[z, y, x]
                bone = moving.bone[z, y, x]
                if ground.region[z, y, x] == 0 or (tumor <= QUIET_TUMOR and bone <= OPEN_BONE):
                    continue
                turnover = ground.turnover[z, y, x]
                if bone > OPEN_BONE and turnover < BARED_TURNOVER_PER_YEAR:
                    bared, tumor = _bared(moving, ground, z, y, x)
                    turnover += (BARED_TURNOVER_PER_YEAR - turnover) * bared
                if tumor <= QUIET_TUMOR:
                    continue
                # Cells are judged in the middle of the days to come, one step ahead by growth alone.
                more = moving.factor[z, y, x] - 1.0
                tumor = tumor * (1.0 + more) / (1.0 + tumor * more)
                phenotype = ground.phenotype[z, y, x]
                osteoclast, osteoblast = cells_at(tables, phenotype, tumor)
                resorbed, formed, reference = _balance(bone, ground.initial[z, y, x], osteoclast, osteoblast)
                bone += days[0] * turnover / 365.0 * reference * (formed - resorbed)
                bone = min(max(bone, 0.0), 1.0)
                moving.bone[z, y, x] = bone
                share = 0.2 + 0.6 * phenotype
                given = (1.0 - share) * _support(resorbed) + share * _support(formed)
                drive = INDEPENDENT_GROWTH + (1.0 - INDEPENDENT_GROWTH) * given
                moving.factor[z, y, x] = np.exp(np.float32(ground.growth[z, y, x] * drive * days[1]))
                moving.ease[z, y, x] = _ease(bone)


@njit(cache=True)
def _tighter(one: np.float32, other: np.float32) -> np.float32:
    return one if one < other else other


@njit(cache=True)
def _spread(moving: Moving, rate: float, box: Box) -> None:
    """Let the tumor spread one explicit step, then grow; ``rate`` is D dt / h2.

    Flow through a face is limited by the tighter of its two voxels. Logistic growth is exact over
    the step, so the tumor stays in 0..1.
    """
    T, ease, upcoming, factor = moving.tumor, moving.ease, moving.upcoming, moving.factor
    # Single precision and no branches: several voxels then advance at once.
    pace, one, nothing = np.float32(rate), np.float32(1.0), np.float32(0.0)
    for z in range(box[0], box[1]):
        for y in range(box[2], box[3]):
            for x in range(box[4], box[5]):
                here, own = T[z, y, x], ease[z, y, x]
                flow = (
                    _tighter(own, ease[z, y, x - 1]) * (T[z, y, x - 1] - here)
                    + _tighter(own, ease[z, y, x + 1]) * (T[z, y, x + 1] - here)
                    + _tighter(own, ease[z, y - 1, x]) * (T[z, y - 1, x] - here)
                    + _tighter(own, ease[z, y + 1, x]) * (T[z, y + 1, x] - here)
                    + _tighter(own, ease[z - 1, y, x]) * (T[z - 1, y, x] - here)
                    + _tighter(own, ease[z + 1, y, x]) * (T[z + 1, y, x] - here)
                )
                value = here + pace * flow
                times = factor[z, y, x]
                grown = _tighter(one, value * times / (one + value * (times - one)))
                upcoming[z, y, x] = grown if value >= VANISHING_TUMOR else nothing
    for z in range(box[0], box[1]):
        T[z, box[2] : box[3], box[4] : box[5]] = upcoming[z, box[2] : box[3], box[4] : box[5]]


@njit(cache=True)
def reach(tumor: NDArray[np.float32], margin: int) -> Box:
    """Return the box of voxels that hold tumor, widened by ``margin``, inside the rim of the array."""
    nz, ny, nx = tumor.shape
    z0, z1, y0, y1, x0, x1 = nz, 0, ny, 0, nx, 0
    for z in range(1, nz - 1):
        for y in range(1, ny - 1):
            for x in range(1, nx - 1):
                if tumor[z, y, x] > 0.0:
                    z0, z1 = min(z0, z), max(z1, z)
                    y0, y1 = min(y0, y), max(y1, y)
                    x0, x1 = min(x0, x), max(x1, x)
    return (
        max(1, z0 - margin), min(nz - 1, z1 + margin + 1),
        max(1, y0 - margin), min(ny - 1, y1 + margin + 1),
        max(1, x0 - margin), min(nx - 1, x1 + margin + 1),
    )  # fmt: skip


@njit(cache=True)
def run_month(
    moving: Moving, ground: Ground, tables: Tables, steps: int, step_days: float, rate: float
) -> None:
    """Advance tumor and bone by ``steps`` steps; arrays have a rim of one voxel outside the region."""
    box = reach(moving.tumor, steps)
    for step in range(steps):
        # Bone and cells change slowly: every second step is enough, with the days of two.
        if step % 2 == 0:
            days = step_days * min(2, steps - step)
            _remodel(moving, ground, tables, (days, step_days), box)
        _spread(moving, rate, box)
