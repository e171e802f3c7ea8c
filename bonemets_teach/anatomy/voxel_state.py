"""A phantom with a lesion at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom

__all__ = ["Region", "VoxelState"]

_Array = npt.NDArray[np.float32]
Region = tuple[slice, slice, slice]


@dataclass(frozen=True, kw_only=True, eq=False)
class VoxelState:
    """A phantom with a lesion at one moment; whole fields are put together when asked for.

    Parameters
    ----------
    phantom : Phantom
        The healthy phantom.
    roi : tuple of slice
        Region (z, y, x) that the lesion may change.
    roi_bone_fraction, roi_tumor : ndarray of float32, shape of the region
        Bone volume fraction and tumor share of the marrow space, 0..1.
    roi_osteoblast_ratio, roi_osteoclast_ratio : ndarray of float32, shape of the region
        Cell activity relative to normal.
    """

    phantom: Phantom
    roi: Region
    roi_bone_fraction: _Array
    roi_tumor: _Array
    roi_osteoblast_ratio: _Array
    roi_osteoclast_ratio: _Array

    @classmethod
    def healthy(cls, phantom: Phantom) -> VoxelState:
        """Return the state with no lesion.

        Parameters
        ----------
        phantom : Phantom
            Any phantom.

        Returns
        -------
        state : VoxelState
            With an empty region.
        """
        empty: _Array = np.zeros((0, 0, 0), dtype=np.float32)
        roi = (slice(0, 0), slice(0, 0), slice(0, 0))
        return cls(
            phantom=phantom, roi=roi, roi_bone_fraction=empty, roi_tumor=empty,
            roi_osteoblast_ratio=empty, roi_osteoclast_ratio=empty,
        )  # fmt: skip

    @property
    def has_lesion(self) -> bool:
        """True if there is any tumor."""
        return bool(self.roi_tumor.size) and bool(self.roi_tumor.max() > 0)

    @cached_property
    def bone_fraction(self) -> _Array:
        """Bone volume fraction of the whole phantom, shape (Z, Y, X), read-only."""
        return self._whole(self.phantom.bone_fraction, self.roi_bone_fraction)

    @cached_property
    def tumor(self) -> _Array:
        """Tumor share of the marrow space, shape (Z, Y, X), read-only."""
        return self._whole(0.0, self.roi_tumor)

    @cached_property
    def osteoblast_ratio(self) -> _Array:
        """Osteoblast activity relative to normal, shape (Z, Y, X), read-only."""
        return self._whole(1.0, self.roi_osteoblast_ratio)

    @cached_property
    def osteoclast_ratio(self) -> _Array:
        """Osteoclast activity relative to normal, shape (Z, Y, X), read-only."""
        return self._whole(1.0, self.roi_osteoclast_ratio)

    def _whole(self, background: npt.NDArray[Any] | float, part: _Array) -> _Array:
        if part.shape == self.phantom.shape:
            part.setflags(write=False)
            return part
        whole: _Array = np.empty(self.phantom.shape, dtype=np.float32)
        whole[...] = background
        whole[self.roi] = part
        whole.setflags(write=False)
        return whole
