"""Where pixels lie in the patient: DICOM's axes, and the way from the axes of a phantom to them.

DICOM's axes in mm: x to the patient's left, y to the back, z to the head (PS3.3 C.7.6.2.1.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["PlanarGeometry", "Plane", "RotationGeometry", "Vector", "VolumeGeometry"]

Vector = tuple[float, float, float]
Plane = Literal["axial", "coronal", "sagittal"]

# DICOM directions of the phantom's axes: z runs to the feet, y to the back, x to the left.
_AXES: Final[dict[str, Vector]] = {"z": (0.0, 0.0, -1.0), "y": (0.0, 1.0, 0.0), "x": (1.0, 0.0, 0.0)}
# Axes of slice, row index and column index; (row, column) as a radiologist looks at the plane.
_PLANES: Final[dict[str, tuple[str, str, str]]] = {
    "axial": ("z", "y", "x"),
    "coronal": ("y", "z", "x"),
    "sagittal": ("x", "z", "y"),
}
# Chosen: far more than a body, so that a slip of units is noticed.
_FARTHEST_MM: Final = 10_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeGeometry:
    """A stack of parallel slices, pixels [slice, row, column].

    Parameters
    ----------
    pixel_mm : tuple of float
        Spacing between rows and between columns [mm], in [0.01, 100].
    slice_mm : float
        Distance between the centers of neighboring slices [mm], in [0.01, 100].
    first_mm : tuple of float
        Center of pixel (0, 0) of slice 0 in DICOM's axes [mm].
    along_row, along_column, along_slices : tuple of float
        Unit vectors, at right angles: the way that the column index, the row index and the slice index grow.
    thickness_mm : float, optional
        Thickness of a slice [mm], in [0.01, 100]; by default the distance of the slices.

    Raises
    ------
    ParameterError
        If a number is outside its range or the directions are not at right angles.
    """

    pixel_mm: tuple[float, float]
    slice_mm: float
    first_mm: Vector
    along_row: Vector
    along_column: Vector
    along_slices: Vector
    thickness_mm: float | None = None

    def __post_init__(self) -> None:
        _require_pixel(self.pixel_mm)
        require_in_range("slice_mm", self.slice_mm, 0.01, 100.0, "mm")
        if self.thickness_mm is not None:
            require_in_range("thickness_mm", self.thickness_mm, 0.01, 100.0, "mm")
        for value in self.first_mm:
            require_in_range("first_mm", value, -_FARTHEST_MM, _FARTHEST_MM, "mm")
        matrix = np.array([self.along_row, self.along_column, self.along_slices], dtype=np.float64)
        if matrix.shape != (3, 3) or not np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-4):
            message = (
                f"directions {matrix.tolist()} are not three unit vectors at right angles; give such vectors"
            )
            raise ParameterError(message)

    @classmethod
    def from_phantom(
        cls,
        plane: Plane,
        voxel_mm: tuple[float, float, float],
        *,
        corner_mm: Vector = (0.0, 0.0, 0.0),
        thickness_mm: float | None = None,
    ) -> VolumeGeometry:
        """Return the geometry of slices cut along the axes of a phantom.

        Parameters
        ----------
        plane : {"axial", "coronal", "sagittal"}
            Pixels are [z, y, x], [y, z, x] or [x, z, y].
        voxel_mm : tuple of float
            Voxel edges along the phantom's (z, y, x) [mm].
        corner_mm : tuple of float, default (0, 0, 0)
            Outer corner of the first voxel in the phantom's (z, y, x) [mm]; series of one phantom given with their
            true corners lie upon one another in a viewer.
        thickness_mm : float, optional
            Thickness of a slice [mm], if it is not the voxel's.

        Returns
        -------
        geometry : VolumeGeometry
            In DICOM's axes.

        Raises
        ------
        ParameterError
            If the plane is unknown or a number is outside its range.
        """
        if plane not in _PLANES:
            message = f"plane = {plane!r} is not one of {', '.join(_PLANES)}; choose one of them"
            raise ParameterError(message)
        size = dict(zip("zyx", voxel_mm, strict=True))
        slices, rows, columns = _PLANES[plane]
        z, y, x = (corner + edge / 2 for corner, edge in zip(corner_mm, voxel_mm, strict=True))
        return cls(
            pixel_mm=(size[rows], size[columns]), slice_mm=size[slices], first_mm=(x, y, -z),
            along_row=_AXES[columns], along_column=_AXES[rows], along_slices=_AXES[slices],
            thickness_mm=thickness_mm,
        )  # fmt: skip

    def position_mm(self, index: int) -> Vector:
        """Return the center of the first pixel of a slice in DICOM's axes [mm] (ImagePositionPatient)."""
        first = np.asarray(self.first_mm) + index * self.slice_mm * np.asarray(self.along_slices)
        x, y, z = (float(value) for value in first)
        return x, y, z

    def affine(self) -> npt.NDArray[np.float64]:
        """Return the matrix from (slice, row, column, 1) to DICOM's (x, y, z, 1) in mm, shape (4, 4)."""
        matrix = np.eye(4)
        matrix[:3, 0] = np.asarray(self.along_slices) * self.slice_mm
        matrix[:3, 1] = np.asarray(self.along_column) * self.pixel_mm[0]
        matrix[:3, 2] = np.asarray(self.along_row) * self.pixel_mm[1]
        matrix[:3, 3] = self.first_mm
        return matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanarGeometry:
    """Projection images, pixels [view, row, column] in display orientation.

    Parameters
    ----------
    pixel_mm : tuple of float
        Spacing between rows and between columns at the detector [mm], in [0.01, 100].
    views : tuple of str
        One for each image: "AP", "PA", "left lateral" or "right lateral" for a radiograph; "anterior", "posterior",
        "left lateral" or "right lateral" for a gamma camera. The patient's right is at the left of an AP, PA or anterior
        picture and at the right of a posterior one.
    """

    pixel_mm: tuple[float, float]
    views: tuple[str, ...]

    def __post_init__(self) -> None:
        _require_pixel(self.pixel_mm)
        unknown = [view for view in self.views if view not in VIEWS]
        if unknown or not self.views:
            message = f"views = {self.views!r}; give one or more of {', '.join(VIEWS)}"
            raise ParameterError(message)


VIEWS: Final = ("AP", "PA", "anterior", "posterior", "left lateral", "right lateral")


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationGeometry:
    """Projections of a camera that turns around the patient, pixels [angle, row, column].

    Parameters
    ----------
    pixel_mm : tuple of float
        Spacing between rows and between columns at the detector [mm], in [0.01, 100].
    start_deg, step_deg : float
        First angle, in [-360, 360], and step, in [0.1, 90] [deg]; 0 is at the patient's back, 90 at the left side
        (PS3.3 C.8.4.11).
    radius_mm : float, default 250
        Distance of the detector from the axis [mm], in [10, 1000].
    """

    pixel_mm: tuple[float, float]
    start_deg: float = 0.0
    step_deg: float = 6.0
    radius_mm: float = 250.0

    def __post_init__(self) -> None:
        _require_pixel(self.pixel_mm)
        require_in_range("start_deg", self.start_deg, -360.0, 360.0, "deg")
        require_in_range("step_deg", self.step_deg, 0.1, 90.0, "deg")
        require_in_range("radius_mm", self.radius_mm, 10.0, 1000.0, "mm")


def _require_pixel(pixel_mm: tuple[float, float]) -> None:
    rows, columns = pixel_mm
    require_in_range("row spacing", rows, 0.01, 100.0, "mm")
    require_in_range("column spacing", columns, 0.01, 100.0, "mm")
