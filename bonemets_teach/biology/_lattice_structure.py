"""Builds a patch of cancellous bone from a band-passed Gaussian random field, and finds loose pieces."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

_CORNERS: Final = np.ones((3, 3), dtype=bool)
# Relative width of the band of spatial frequencies: narrow gives regular spacing. Chosen by eye.
_BAND: Final = 0.30


def band_passed_field(
    shape: tuple[int, int], period: float, anisotropy: float, seed: int
) -> NDArray[np.float64]:
    """Return a periodic random field whose waves are ``period`` pixels long, longer along the rows' axis."""
    noise = np.fft.rfft2(np.random.default_rng(seed).standard_normal(shape))
    along = np.fft.fftfreq(shape[0])[:, None] * anisotropy
    across = np.fft.rfftfreq(shape[1])[None, :]
    frequency = np.hypot(along, across) * period
    return np.fft.irfft2(noise * np.exp(-0.5 * ((frequency - 1.0) / _BAND) ** 2), s=shape)


def label_periodic(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], int]:
    """Label the pieces of a mask, corners connecting; pieces that meet across an edge are one."""
    labels, count = ndimage.label(mask, structure=_CORNERS)
    parent = np.arange(count + 1)
    pairs = np.concatenate([_across(labels), _across(labels.T)])
    for one, other in np.unique(pairs, axis=0) if len(pairs) else pairs:
        a, b = _root(parent, one), _root(parent, other)
        parent[max(a, b)] = min(a, b)
    roots = np.array([_root(parent, index) for index in range(count + 1)])
    kept, merged = np.unique(roots, return_inverse=True)
    joined: NDArray[np.intp] = merged[labels]
    return joined, len(kept) - 1


def without_islands(bone: NDArray[np.bool_], smallest: int) -> NDArray[np.bool_]:
    """Delete pieces of fewer than ``smallest`` pixels: loose fragments carry nothing and are cleared."""
    labels, count = label_periodic(bone)
    if count == 0:
        return bone
    sizes = np.bincount(labels.ravel())
    sizes[0] = 0
    return (sizes >= smallest)[labels]


def exact_bone(field: NDArray[np.float64], pixels: int, smallest: int) -> NDArray[np.bool_]:
    """Threshold ``abs(field)`` so that exactly ``pixels`` are bone and no island is left."""
    depth = np.abs(field)
    order = np.argsort(depth, axis=None, kind="stable")
    bone = np.zeros(depth.size, dtype=bool)
    bone[order[:pixels]] = True
    solid = without_islands(bone.reshape(depth.shape), smallest)
    while (missing := pixels - int(solid.sum())) > 0:
        rim = ndimage.grey_dilation(solid, size=(3, 3), mode="wrap") & ~solid
        if not rim.any():
            rim = ~solid
        best = np.flatnonzero(rim)
        best = best[np.argsort(depth.ravel()[best], kind="stable")[:missing]]
        solid.ravel()[best] = True
    return solid


def _across(labels: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return pairs of labels that touch across the first and the last row, corners included."""
    pairs = [np.stack([labels[0], np.roll(labels[-1], shift)], axis=1) for shift in (-1, 0, 1)]
    stacked = np.concatenate(pairs)
    touching: NDArray[np.intp] = stacked[(stacked > 0).all(axis=1) & (stacked[:, 0] != stacked[:, 1])]
    return touching


def _root(parent: NDArray[np.intp], index: int) -> int:
    while parent[index] != index:
        index = int(parent[index])
    return index
