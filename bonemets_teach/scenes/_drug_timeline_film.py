"""A small piece of radiograph of the lesion: a tile whose attenuation follows bone and tumor of the model.

Where the tumor goes, fatty marrow comes back; it lets more light through than tumor does.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.radiograph import expose, transmit
from bonemets_teach.scenes import _lesion_slab as geometry
from bonemets_teach.scenes._lesion_run import FILM

__all__ = ["SIZE_PX", "lesion_brightness", "tile"]

SIZE_PX: Final = 48  # 30 mm of the slab, cancellous bone alone
_RADIUS_MM: Final = 9.0  # chosen: the disc that the model's one point stands for
_MARGIN_MM: Final = 3.0
_MOST_BONE: Final = 0.95

_Float32 = npt.NDArray[np.float32]


@cache
def _ground() -> tuple[_Float32, _Float32, float]:
    """Return healthy bone of the tile, the share of the lesion in each pixel, and the reference signal."""
    row, column = geometry.SEEDS["cancellous"]
    half = SIZE_PX // 2
    bone = geometry.slab().bone_fraction[row - half : row + half, column - half : column + half]
    at = (np.arange(SIZE_PX) + 0.5 - half) * geometry.PIXEL_MM
    radius = np.hypot(at[:, None], at)
    share = np.clip((_RADIUS_MM - radius) / _MARGIN_MM + 0.5, 0.0, 1.0).astype(np.float32)
    healthy = transmit(geometry.paths(bone, np.zeros_like(bone), np.ones_like(bone)), FILM)
    return bone, share, healthy.reference


@lru_cache(maxsize=16)
def tile(bone_volume: float, tumor: float) -> _Float32:
    """Return the film, 100 ln(reference / signal).

    Parameters
    ----------
    bone_volume : float
        Bone relative to the start.
    tumor : float
        Tumor as a share of the marrow space, 0..1.

    Returns
    -------
    values : ndarray of float32, shape (row, column)
        Attenuation [% log signal]; high is white on film.
    """
    healthy, share, reference = _ground()
    bone = np.clip(healthy * (1.0 + share * (bone_volume - 1.0)), 0.0, _MOST_BONE).astype(np.float32)
    mass = (share * np.float32(tumor)).astype(np.float32)
    exposure = transmit(geometry.paths(bone, mass, np.ones_like(bone)), FILM, reference=reference)
    return expose(exposure, seed=3).values


def lesion_brightness(bone_volume: float, tumor: float) -> float:
    """Return how much whiter the middle of the tile is than the healthy one [% log signal].

    Parameters
    ----------
    bone_volume, tumor : float
        As in `tile`.

    Returns
    -------
    brightness : float
        Above 0 the lesion is white, below 0 it is dark.
    """
    middle = np.s_[SIZE_PX // 3 : -SIZE_PX // 3, SIZE_PX // 3 : -SIZE_PX // 3]
    return float(tile(bone_volume, tumor)[middle].mean() - tile(1.0, 0.0)[middle].mean())
