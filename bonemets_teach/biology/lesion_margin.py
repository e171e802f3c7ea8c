"""How sharp and how ragged the margin of a lesion is.

A slow lesion has a narrow, smooth, "geographic" margin; a fast one a wide, ragged, "moth-eaten" margin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["Margin", "measure_margin"]

# chosen: the margin lies between these shares of tumor, and the rim that is searched for gaps around it
_LOW: Final = 0.1
_HIGH: Final = 0.9
_RIM: Final = (0.6, 1.4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Margin:
    """Measures of a margin.

    Parameters
    ----------
    width_mm : float
        Distance over which tumor falls from 90 to 10 % of the marrow space [mm].
    raggedness : float
        Surface over that of a ball of the same volume; 1 for a ball.
    lacunarity : float
        Mean of the squared over the squared mean tumor at the same distance from the center; 1 without gaps.
    """

    width_mm: float
    raggedness: float
    lacunarity: float


def measure_margin(
    tumor: npt.ArrayLike, voxel_mm: float, region: npt.NDArray[np.bool_] | None = None
) -> Margin:
    """Measure the margin of a lesion in three dimensions.

    Parameters
    ----------
    tumor : array_like, shape (z, y, x)
        Tumor fraction of the marrow space, 0..1.
    voxel_mm : float
        Voxel size [mm], 0.2..5.
    region : ndarray of bool, shape (z, y, x), or None
        Where the margin is measured; None is everywhere.

    Returns
    -------
    margin : Margin
        Zero width, raggedness 1 and lacunarity 1 where there is no lesion.

    Raises
    ------
    ParameterError
        If the array has not three axes, or a value is not a fraction.

    Notes
    -----
    The area of the surfaces between 10 and 90 % is the integral of the gradient (coarea formula), so the
    steps of the voxels don't count. Where the tumor reaches the edge of the array, the cut face is no
    margin. Lacunarity follows Plotnick 1996 (Phys Rev E 53:5461), taken along the rim.
    """
    step = require_in_range("voxel_mm", voxel_mm, 0.2, 5.0, "mm")
    field = np.asarray(tumor, dtype=np.float32)
    if field.ndim != 3:
        message = f"tumor has shape {field.shape}; give three axes, z, y and x"
        raise ParameterError(message)
    if not (field.size and float(field.min()) >= 0.0 and float(field.max()) <= 1.0):
        raise ParameterError("tumor holds values outside [0, 1]; give fractions of the marrow space")
    if float(field.max()) < 0.5 or min(field.shape) < 2:
        return Margin(width_mm=0.0, raggedness=1.0, lacunarity=1.0)
    box = _box(field)
    field = field[box]
    where = np.ones(field.shape, dtype=bool) if region is None else region[box]
    slope = np.sqrt(sum(part**2 for part in np.gradient(field, step)))
    rim = (field > _LOW) & (field < _HIGH) & where
    if not rim.any():
        return Margin(width_mm=0.0, raggedness=1.0, lacunarity=1.0)
    span = _HIGH - _LOW
    area = float(slope[rim].sum()) * step**3 / span
    volume = float((field >= 0.5).sum()) * step**3
    return Margin(
        width_mm=span / max(float(slope[rim].mean()), 1e-6),
        raggedness=max(1.0, area / (36.0 * np.pi * volume**2) ** (1.0 / 3.0)),
        lacunarity=_lacunarity(field, where, volume, step),
    )


def _box(field: npt.NDArray[np.float32]) -> tuple[slice, ...]:
    """Return the box around everything above a hundredth, two voxels wider."""
    parts = []
    for axis in range(3):
        used = np.flatnonzero((field > 0.01).any(axis=tuple(a for a in range(3) if a != axis)))
        parts.append(slice(max(0, int(used[0]) - 2), int(used[-1]) + 3))
    return tuple(parts)


def _lacunarity(
    field: npt.NDArray[np.float32], where: npt.NDArray[np.bool_], volume: float, step: float
) -> float:
    radius = (0.75 * volume / np.pi) ** (1.0 / 3.0)
    inside = np.argwhere(field >= 0.5)
    places = zip(field.shape, inside.mean(axis=0), strict=True)
    z, y, x = ((np.arange(size) - center) * step for size, center in places)
    distance = np.sqrt(z[:, None, None] ** 2 + y[None, :, None] ** 2 + x[None, None, :] ** 2)
    near = where & (distance >= _RIM[0] * radius) & (distance <= _RIM[1] * radius)
    ring = (distance[near] / step).astype(np.intp)
    values = field[near].astype(np.float64)
    count = np.bincount(ring)
    mean, square = np.bincount(ring, values), np.bincount(ring, values**2)
    used = mean > 0.05 * count
    if not used.any():
        return 1.0
    lacunarity = count[used] * square[used] / mean[used] ** 2
    return float(np.average(lacunarity, weights=count[used]))
