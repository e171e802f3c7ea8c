"""A volume that came from a file, turned to the axes of the phantoms."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import Vector, VolumeGeometry

__all__ = ["LoadedVolume", "to_phantom_axes"]

# Rows: the phantom's z, y, x in DICOM's x, y, z.
_PHANTOM_AXES = np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadedVolume:
    """Values of a scan; ``value = scale * stored``.

    Parameters
    ----------
    stored : ndarray of int16 of shape (z, y, x)
        z to the feet, y to the back, x to the patient's left, read-only.
    geometry : VolumeGeometry
        Where the voxels lie, slices along z.
    name : str
        Series description or file name.
    remarks : tuple of str
        What the reader should know, as sentences; often empty.
    unit : {"HU", ""}, default "HU"
        Unit of the values; empty if nobody knows it.
    scale : float, default 1.0
        Step of the values; 1 in HU.
    modality : {"CT", ""}, default "CT"
        Empty if the file does not name it.
    """

    stored: npt.NDArray[np.int16]
    geometry: VolumeGeometry
    name: str
    remarks: tuple[str, ...] = ()
    unit: str = "HU"
    scale: float = 1.0
    modality: str = "CT"

    @property
    def hu(self) -> npt.NDArray[np.int16]:
        """Whole-numbered values, CT numbers [HU] of a CT.

        Raises
        ------
        ParameterError
            If the values have another step than 1.
        """
        if self.scale != 1.0:
            message = f"the values of {self.name} come in steps of {self.scale:g}; take scale * stored"
            raise ParameterError(message)
        return self.stored

    @property
    def value_range(self) -> tuple[float, float]:
        """Lowest and highest value."""
        return self.scale * float(self.stored.min()), self.scale * float(self.stored.max())

    @property
    def voxel_mm(self) -> Vector:
        """Distances of voxel centers along z, y, x [mm]."""
        return (self.geometry.slice_mm, *self.geometry.pixel_mm)

    @property
    def oblique_deg(self) -> float:
        """Largest angle between an axis of the volume and that of the patient [deg]."""
        geometry = self.geometry
        axes = np.array([geometry.along_slices, geometry.along_column, geometry.along_row])
        cosines = np.clip(np.sum(axes * _PHANTOM_AXES, axis=1), -1.0, 1.0)
        return float(np.degrees(np.arccos(cosines.min())))


def to_phantom_axes(
    voxels: npt.NDArray[Any], geometry: VolumeGeometry
) -> tuple[npt.NDArray[Any], VolumeGeometry]:
    """Exchange and flip axes until they run like those of a phantom; no value is interpolated.

    Parameters
    ----------
    voxels : ndarray of shape (slice, row, column)
        Any volume.
    geometry : VolumeGeometry
        Its geometry.

    Returns
    -------
    voxels : ndarray of shape (z, y, x)
        A view where possible; axes within 55 degrees of the patient's.
    geometry : VolumeGeometry
        Of the turned volume.
    """
    affine = geometry.affine()
    steps = affine[:3, :3].T
    spacing = np.linalg.norm(steps, axis=1)
    directions = steps / spacing[:, None]
    along = _PHANTOM_AXES @ directions.T
    order = max(
        itertools.permutations(range(3)), key=lambda axes: sum(abs(along[i, a]) for i, a in enumerate(axes))
    )
    first = affine[:3, 3].copy()
    turned = voxels.transpose(order)
    vectors: list[Vector] = []
    for place, axis in enumerate(order):
        direction = directions[axis]
        if along[place, axis] < 0:
            first = first + steps[axis] * (voxels.shape[axis] - 1)
            direction = -direction
            turned = np.flip(turned, axis=place)
        vectors.append(_vector(direction))
    z, y, x = (float(spacing[axis]) for axis in order)
    return turned, VolumeGeometry(
        pixel_mm=(y, x), slice_mm=z, first_mm=_vector(first), along_row=vectors[2], along_column=vectors[1],
        along_slices=vectors[0],
    )  # fmt: skip


def _vector(values: npt.NDArray[np.float64]) -> Vector:
    x, y, z = (float(value) + 0.0 for value in values)
    return x, y, z
