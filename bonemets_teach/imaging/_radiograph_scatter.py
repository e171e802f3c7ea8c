"""Scattered radiation: a wide blur of the primary image, stronger behind thick tissue."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging._radiograph_display import blur_by_cells

__all__ = ["GRID_SCATTER_CUT", "GRID_TRANSMISSION", "SCATTER_SIGMA_MM", "scatter_image", "scatter_to_primary"]

_Array = npt.NDArray[np.float32]

# Calibrated: 2-4 behind 20 cm of soft tissue without a grid at 80 kV, as quoted for abdominal films.
_RATIO_PER_CM: Final = 0.145
_RATIO_PER_KV: Final = 0.003
SCATTER_SIGMA_MM: Final = 50.0
"""Width of the scatter blur [mm]; chosen, 4-6 cm are usual."""
GRID_TRANSMISSION: Final = 0.70
"""Share of the primary that an anti-scatter grid lets pass; chosen, usual for a 10:1 grid."""
GRID_SCATTER_CUT: Final = 5.0
"""By how much a grid lowers the scatter-to-primary ratio; chosen, 4-6 are usual."""


def scatter_to_primary(total_mm: npt.NDArray[np.floating], tube_voltage_kv: float) -> _Array:
    """Return the scatter-to-primary ratio without a grid.

    Parameters
    ----------
    total_mm : ndarray of shape (row, column)
        Thickness of tissue [mm].
    tube_voltage_kv : float
        Tube voltage [kV].

    Returns
    -------
    ratio : ndarray of float32, shape (row, column)
        Proportional to the thickness: 2.2 behind 15 cm at 80 kV.

    Notes
    -----
    Left out: field size and air gap.
    """
    per_mm = _RATIO_PER_CM / 10 * (1 + _RATIO_PER_KV * (tube_voltage_kv - 80))
    return np.asarray(total_mm * np.float32(per_mm), dtype=np.float32)


def scatter_image(source: _Array, pixel_mm: float) -> _Array:
    """Spread the local scatter of each pixel over its wide neighborhood.

    Parameters
    ----------
    source : ndarray of float32, shape (row, column)
        Primary times its scatter-to-primary ratio.
    pixel_mm : float
        Edge of a pixel [mm].

    Returns
    -------
    scatter : ndarray of float32, shape (row, column)
        Blurred by `SCATTER_SIGMA_MM`.
    """
    return blur_by_cells(source, pixel_mm, SCATTER_SIGMA_MM)
