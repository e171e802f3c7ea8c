"""Where a bone stands in the body: shift, tilt in the sagittal plane, scale, and mirror."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Coordinates, Point
from bonemets_teach.anatomy.solids import Box

__all__ = ["Frame", "Grid"]

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Place of a bone's own frame in the body.

    Parameters
    ----------
    origin : Point, default (0, 0, 0)
        Origin of the bone's frame in the body [mm].
    tilt_deg : float, default 0
        Turn in the sagittal plane; positive leans the bone's upper side forward.
    scale : float, default 1
        Size in the body over size in the bone's frame.
    mirror : bool, default False
        True if the bone's x points to the patient's right.
    """

    origin: Point = (0.0, 0.0, 0.0)
    tilt_deg: float = 0.0
    scale: float = 1.0
    mirror: bool = False

    def local(self, at: Coordinates) -> Coordinates:
        """Return coordinates of the bone's frame, open where there is no tilt [mm]."""
        z, y, x = (axis / np.float32(self.scale) for axis in at.offsets(self.origin))
        if self.tilt_deg:
            cos, sin = (np.float32(f(np.deg2rad(self.tilt_deg))) for f in (np.cos, np.sin))
            z, y = z * cos + y * sin, y * cos - z * sin
        return Coordinates(z=z, y=y, x=-x if self.mirror else x)

    def body(self, point: Point) -> Point:
        """Return a point of the bone's frame in the body [mm]."""
        z, y, x = (c * self.scale for c in point)
        cos, sin = np.cos(np.deg2rad(self.tilt_deg)), np.sin(np.deg2rad(self.tilt_deg))
        away = -x if self.mirror else x
        down, back = z * cos - y * sin, z * sin + y * cos
        return float(self.origin[0] + down), float(self.origin[1] + back), self.origin[2] + away

    def body_box(self, box: Box) -> Box:
        """Return the box in the body around a box of the bone's frame [mm]."""
        corners = np.array([self.body(corner) for corner in product(*box)])
        low, high = corners.min(axis=0), corners.max(axis=0)
        return tuple((float(a), float(b)) for a, b in zip(low, high, strict=True))  # type: ignore[return-value]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """Voxel centers of a phantom in the body.

    Parameters
    ----------
    axes : tuple of three ndarray
        Ascending positions along z, y, x in the body [mm].
    edge_mm : float
        Edge of a voxel [mm].
    """

    axes: tuple[_Array, _Array, _Array]
    edge_mm: float

    @classmethod
    def covering(cls, box: Box, edge_mm: float) -> Grid:
        """Make the grid of whole voxels that fills a box best, with the same middle [mm]."""
        axes = []
        for low, high in box:
            count = round((high - low) / edge_mm)
            axes.append((low + high) / 2 + (np.arange(count) + 0.5 - count / 2) * edge_mm)
        return cls(axes=tuple(a.astype(np.float32) for a in axes), edge_mm=edge_mm)  # type: ignore[arg-type]

    @property
    def shape(self) -> tuple[int, int, int]:
        """Voxels along z, y, x."""
        z, y, x = (len(axis) for axis in self.axes)
        return z, y, x

    @property
    def corner(self) -> Point:
        """Outer corner of the first voxel in the body [mm]."""
        z, y, x = (float(axis[0]) - self.edge_mm / 2 for axis in self.axes)
        return z, y, x

    def from_corner(self, point: Point) -> Point:
        """Return a point of the body, from the outer corner of the first voxel [mm]."""
        z, y, x = (float(p - c) for p, c in zip(point, self.corner, strict=True))
        return z, y, x

    def part(self, box: Box, margin_mm: float = 0.0) -> tuple[slice, slice, slice] | None:
        """Return the voxels in a box of the body widened by a margin, or None if there are none."""
        cuts = []
        for axis, (low, high) in zip(self.axes, box, strict=True):
            first, last = np.searchsorted(axis, [low - margin_mm, high + margin_mm])
            if first >= last:
                return None
            cuts.append(slice(int(first), int(last)))
        return cuts[0], cuts[1], cuts[2]

    def at(self, part: tuple[slice, slice, slice]) -> Coordinates:
        """Return body coordinates of a part of the grid."""
        return Coordinates.open_grid(*(axis[cut] for axis, cut in zip(self.axes, part, strict=True)))
