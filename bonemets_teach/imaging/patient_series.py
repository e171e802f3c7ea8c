"""The series of a generated study: stacks of images that know where they lie in the patient."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.patient_record import Patient, Region

__all__ = ["NamedWindow", "Study", "StudySeries", "stored"]

_LARGEST_STORED = 32000
"""Stored values stay below this, so that they fit into 16 bits with room to spare."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedWindow:
    """A window preset: name, center and width in the unit of the series."""

    name: str
    center: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class StudySeries:
    """One stack of images.

    Parameters
    ----------
    id : str
        Name within the study, as "bone-scan-anterior".
    modality : {"NM", "PT", "CT", "MR", "DX"}
        DICOM's name of the modality.
    title : str
        Name for people.
    date : {"prior", "current"}
        When it was taken.
    region : {"whole body", "lumbar vertebra", "pelvis", "femur"}
        What it shows.
    plane : {"axial", "coronal", "sagittal"}
        Orientation.
    pixels : ndarray of int16, shape (slice, row, column)
        Stored values; the value of a pixel is ``pixels * scale``. Read-only.
    scale : float
        Value of one stored step, in ``unit``.
    unit : str
        "counts", "SUV", "HU", "signal" or "display".
    pixel_mm : tuple of float
        Distance of rows and of columns [mm].
    slice_mm : float
        Distance of slices [mm]; of a projection the depth that it sums up.
    affine : ndarray of float64, shape (4, 4)
        From (slice, row, column, 1) of pixel centers to (z, y, x, 1) in the patient [mm]: z to the feet, y to the back,
        x to the patient's left, from the outer corner of the first voxel of the whole skeleton.
    windows : tuple of NamedWindow
        Presets, the first one is the default.
    inverted : bool
        Whether high values are shown dark, as on a bone scan.
    projection : bool
        Whether a pixel sums up a line through the body, along the first column of the affine.
    months_ago : float
        How long before the current examination it was taken [months].
    settings : mapping of str to value
        How it was taken, as DICOM keywords.
    """

    id: str
    modality: Literal["NM", "PT", "CT", "MR", "DX"]
    title: str
    date: Literal["prior", "current"]
    region: Region | Literal["whole body"]
    plane: Literal["axial", "coronal", "sagittal"]
    pixels: npt.NDArray[np.int16]
    scale: float
    unit: str
    pixel_mm: tuple[float, float]
    slice_mm: float
    affine: npt.NDArray[np.float64]
    windows: tuple[NamedWindow, ...]
    inverted: bool = False
    projection: bool = False
    months_ago: float = 0.0
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.pixels.ndim != 3 or self.pixels.dtype != np.int16:
            message = f"pixels of {self.id!r} have shape {self.pixels.shape}, type {self.pixels.dtype}; give int16 (slice, row, column)"
            raise ParameterError(message)
        self.pixels.setflags(write=False)
        self.affine.setflags(write=False)

    @property
    def shape(self) -> tuple[int, int, int]:
        """Number of slices, rows and columns."""
        slices, rows, columns = self.pixels.shape
        return slices, rows, columns

    def values(self, index: int) -> npt.NDArray[np.float32]:
        """Return one slice in the unit of the series.

        Parameters
        ----------
        index : int
            Slice, from 0.

        Returns
        -------
        image : ndarray of float32, shape (row, column)
            In ``unit``.
        """
        return np.asarray(self.pixels[index] * np.float32(self.scale), dtype=np.float32)

    def point_at(self, slice_index: float, row: float, column: float) -> Point:
        """Return where a pixel lies in the patient (z, y, x) [mm]; of a projection, the middle of its line."""
        z, y, x, _ = self.affine @ (slice_index, row, column, 1.0)
        return float(z), float(y), float(x)

    def pixel_of(self, point_mm: Point) -> tuple[float, float, float]:
        """Return slice, row and column of a point of the patient (z, y, x) [mm]; of a projection slice 0."""
        s, r, c, _ = np.linalg.solve(self.affine, (*point_mm, 1.0))
        return (0.0 if self.projection else float(s)), float(r), float(c)

    def holds(self, point_mm: Point) -> bool:
        """Return whether a point of the patient lies in the series; of a projection, in the depth that it sums up."""
        inside = zip(np.linalg.solve(self.affine, (*point_mm, 1.0)), self.shape, strict=False)
        return all(-0.5 <= index <= count - 0.5 for index, count in inside)

    @property
    def sight(self) -> Point | None:
        """Unit vector (z, y, x) along which a projection sums, or None."""
        if not self.projection:
            return None
        z, y, x = self.affine[:3, 0] / np.linalg.norm(self.affine[:3, 0])
        return float(z), float(y), float(x)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Study:
    """All series of a patient.

    Parameters
    ----------
    patient : Patient
        Whom it shows.
    series : tuple of StudySeries
        Whole-body images first.
    """

    patient: Patient
    series: tuple[StudySeries, ...]

    def __getitem__(self, series_id: str) -> StudySeries:
        """Return a series by its id."""
        for one in self.series:
            if one.id == series_id:
                return one
        message = (
            f"there is no series {series_id!r}; choose one of {', '.join(one.id for one in self.series)}"
        )
        raise ParameterError(message)

    @property
    def stored_bytes(self) -> int:
        """Memory of all pixels, counted once where series share it [bytes]."""
        owners = {id(_owner(one.pixels)): _owner(one.pixels).nbytes for one in self.series}
        return sum(owners.values())


def stored(values: npt.NDArray[np.floating[Any]], step: float) -> tuple[npt.NDArray[np.int16], float]:
    """Return values as 16-bit steps.

    Parameters
    ----------
    values : ndarray of float
        Finite values.
    step : float
        Wanted step; a coarser one, by powers of 2, is taken if the largest value needs it.

    Returns
    -------
    pixels : ndarray of int16
        Whole steps.
    scale : float
        The step that was taken.
    """
    top = max(float(np.max(values, initial=0.0)), -float(np.min(values, initial=0.0)))
    scale = step
    while top / scale > _LARGEST_STORED:
        scale *= 2
    pixels = np.empty(values.shape, dtype=np.int16)
    # Slice by slice, as a volume is large beside everything else.
    for kept, image in zip(pixels, values, strict=True):
        kept[...] = np.rint(image / np.float32(scale))
    return pixels, scale


def _owner(pixels: npt.NDArray[Any]) -> npt.NDArray[Any]:
    base = pixels.base
    return _owner(base) if isinstance(base, np.ndarray) else pixels
