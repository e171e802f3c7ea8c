"""Iterative reconstruction of a slice from its views."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging._spect_projector import FRACTIONS, SliceGeometry, back_project, forward_project
from bonemets_teach.imaging.spect_settings import SpectSettings

__all__ = ["reconstruct"]

_Array = npt.NDArray[np.float32]

_SMALL: Final = 1e-6


def reconstruct(measured: _Array, share: _Array, geometry: SliceGeometry, settings: SpectSettings) -> _Array:
    known = share if settings.attenuation_correction else np.ones_like(share)
    model = geometry if settings.resolution_recovery else geometry._replace(kernel=_sharp(geometry.kernel))
    subsets = [np.arange(first, settings.views, settings.subsets) for first in range(settings.subsets)]
    ones = np.ones_like(measured)
    weights = [back_project(ones[subset], known, model, subset) for subset in subsets]
    image = np.ones(geometry.row.size, dtype=np.float32)
    for _ in range(settings.iterations):
        for subset, weight in zip(subsets, weights, strict=True):
            expected = forward_project(image, known, model, subset)
            ratio = (measured[subset] / np.maximum(expected, np.float32(_SMALL))).astype(np.float32)
            image *= back_project(ratio, known, model, subset) / np.maximum(weight, np.float32(_SMALL))
    return image


def _sharp(kernel: _Array) -> _Array:
    """Return the spread of a pixel without blur: that of the nearest distance, narrowed to linear interpolation."""
    half = kernel.shape[1] // 2 - 1
    sharp = np.zeros_like(kernel)
    share = ((np.arange(len(kernel)) % FRACTIONS) + 0.5) / FRACTIONS
    sharp[:, half] = 1 - share
    sharp[:, half + 1] = share
    return sharp
