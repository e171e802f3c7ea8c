"""A loaded volume as three stacks of slices for a viewer, with window presets and a description in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import Plane
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.imaging.window import BONE, SOFT_TISSUE, WindowSetting

__all__ = ["CT_WINDOWS", "PLANES", "SliceStack", "describe_volume", "slices_for_view", "windows_for"]

CT_WINDOWS: Final[Mapping[str, WindowSetting]] = MappingProxyType(
    {
        "bone": BONE,
        "soft tissue": SOFT_TISSUE,
        "lung": WindowSetting(center=-600.0, width=1500.0),
        "brain": WindowSetting(center=40.0, width=80.0),
    }
)
"""Windows in common use [HU]; chosen, departments differ. The first is the default."""
PLANES: Final[Mapping[Plane, tuple[int, int, int]]] = MappingProxyType({
    "axial": (0, 1, 2), "coronal": (1, 0, 2), "sagittal": (2, 0, 1),
})  # fmt: skip
"""Axes of slice, row and column of each plane."""
# From DICOM's (x, y, z) to the patient's (z to the feet, y to the back, x to the left).
_TO_PATIENT: Final = np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
# Chosen: enough voxels for a percentile, and quick.
_SAMPLED: Final = 400_000
_SLIGHT_TILT_DEG: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SliceStack:
    """Slices of one plane, ready for the page.

    Parameters
    ----------
    plane : {"axial", "coronal", "sagittal"}
        Which plane.
    stored : ndarray of int16 of shape (slice, row, column)
        A view of the volume.
    pixel_mm : tuple of float
        Spacing of rows and of columns [mm].
    slice_mm : float
        Distance of the slices [mm].
    affine : ndarray of float64 of shape (3, 4)
        From (slice, row, column, 1) to millimeters (z to the feet, y to the back, x to the left).
    """

    plane: Plane
    stored: npt.NDArray[np.int16]
    pixel_mm: tuple[float, float]
    slice_mm: float
    affine: npt.NDArray[np.float64]

    def slice_bytes(self, first: int, count: int = 1) -> bytes:
        """Return some slices as the page wants them; ``value = scale * integer``.

        Parameters
        ----------
        first, count : int
            Which slices, from 0.

        Returns
        -------
        data : bytes
            Little-endian signed 16-bit integers, slice by slice, row by row.

        Raises
        ------
        ParameterError
            If there are no such slices.
        """
        if not 0 <= first < first + count <= len(self.stored):
            message = f"slices {first} + {count} are not all among {len(self.stored)}; ask for those that are"
            raise ParameterError(message)
        data: bytes = self.stored[first : first + count].astype("<i2").tobytes()
        return data


def slices_for_view(volume: LoadedVolume, plane: Plane = "axial") -> SliceStack:
    """Cut a volume into slices along its own axes.

    Parameters
    ----------
    volume : LoadedVolume
        A scan.
    plane : {"axial", "coronal", "sagittal"}, default "axial"
        Axial slices run from head to feet, coronal ones to the back, sagittal ones to the patient's left.

    Returns
    -------
    stack : SliceStack
        Shares the volume's memory.

    Raises
    ------
    ParameterError
        If the plane is unknown.
    """
    if plane not in PLANES:
        message = f"plane = {plane!r} is not one of {', '.join(PLANES)}; choose one of them"
        raise ParameterError(message)
    axes = PLANES[plane]
    distances = [volume.voxel_mm[axis] for axis in axes]
    affine = _TO_PATIENT @ volume.geometry.affine()[:3][:, [*axes, 3]]
    return SliceStack(
        plane=plane, stored=volume.stored.transpose(axes), pixel_mm=(distances[1], distances[2]),
        slice_mm=distances[0], affine=affine + 0.0,
    )  # fmt: skip


def windows_for(volume: LoadedVolume) -> dict[str, WindowSetting]:
    """Return window presets; the first is the default.

    Parameters
    ----------
    volume : LoadedVolume
        A scan.

    Returns
    -------
    windows : dict of str to WindowSetting
        Those in common use for CT numbers; else the middle 98 % of the values and all of them.
    """
    if volume.unit == "HU":
        return dict(CT_WINDOWS)
    step = max(1, round((volume.stored.size / _SAMPLED) ** (1 / 3)))
    sample: npt.NDArray[Any] = volume.stored[::step, ::step, ::step]
    middle = tuple(volume.scale * float(value) for value in np.percentile(sample, (1.0, 99.0)))
    ends = {"middle 98 %": (middle[0], middle[1]), "whole range": volume.value_range}
    # A volume of one value still needs a window that is wider than nothing.
    return {
        name: WindowSetting(center=(low + high) / 2, width=max(high - low, volume.scale))
        for name, (low, high) in ends.items()
    }


def describe_volume(volume: LoadedVolume) -> str:
    """Say in words what was loaded.

    Parameters
    ----------
    volume : LoadedVolume
        A scan.

    Returns
    -------
    text : str
        Kind, size, spacing, extent, range of values, and what the reader should know of it.
    """
    slices, rows, columns = volume.stored.shape
    z, y, x = volume.voxel_mm
    low, high = volume.value_range
    kind = "CT" if volume.modality == "CT" else "Volume of unknown modality"
    unit = f" {volume.unit}" if volume.unit else ", unit unknown"
    sentences = [
        f"{kind}: {slices} axial slices of {rows} x {columns} pixels.",
        f"Slices lie {z:.3g} mm apart, pixels are {y:.3g} x {x:.3g} mm.",
        f"Together {columns * x / 10:.1f} cm across, {rows * y / 10:.1f} cm deep, {slices * z / 10:.1f} cm high.",
        f"Values from {_short(low)} to {_short(high)}{unit}.",
        *volume.remarks,
    ]
    if volume.oblique_deg > _SLIGHT_TILT_DEG:
        sentences.append(
            f"The planes follow the scan, tilted by {volume.oblique_deg:.0f} degrees against the body; "
            "the letters name the nearest direction."
        )
    return " ".join(sentences)


def _short(value: float) -> str:
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"
