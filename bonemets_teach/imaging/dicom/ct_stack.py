"""Many CT slices as one volume: same grid, no gap, no tilt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.dicom.ct_slice import CtSlice
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["ordered", "stack_geometry"]

_AGAIN: Final = "export or fetch the whole series again"
_RESAMPLE: Final = "correct it first, for instance with `dcm2niix`, and load the NIfTI file"
# Chosen: position and spacing are written with few digits, so that they scatter.
_SPACING_SHARE: Final = 0.02
_SMALLEST_STEP_MM: Final = 0.01
_LARGEST_TILT_DEG: Final = 0.5


def ordered(slices: Sequence[CtSlice]) -> list[CtSlice]:
    """Return the slices from head to feet (or front to back, right to left).

    Parameters
    ----------
    slices : sequence of CtSlice
        Slices of one series, in any order.

    Returns
    -------
    slices : list of CtSlice
        In order of their positions.

    Raises
    ------
    ImageFileError
        If they differ in grid or orientation, or if there is only one.
    """
    first = slices[0]
    if len(slices) < 2:
        raise ImageFileError(
            first.name, "is the only slice; a volume needs at least two", "choose the whole series"
        )
    for other in slices[1:]:
        _require_same(first, other)
    normal = _normal(first)
    main = int(np.argmax(np.abs(normal)))
    # The head is at high z, the front at low y, the right at low x.
    sign = np.sign(normal[main]) * (-1 if main == 2 else 1)
    return sorted(slices, key=lambda image: float(sign * (normal @ image.position_mm)))


def _require_same(first: CtSlice, other: CtSlice) -> None:
    same = {
        "patient": first.patient == other.patient,
        "study": first.study == other.study,
        "size": first.shape == other.shape,
        "pixel spacing": np.allclose(first.spacing_mm, other.spacing_mm, rtol=1e-3),
        "orientation": np.allclose(first.orientation, other.orientation, atol=1e-3),
        "frame of reference": first.frame_of_reference == other.frame_of_reference,
        "gantry tilt": abs(first.tilt_deg - other.tilt_deg) < 0.05,
    }
    if different := [name for name, is_same in same.items() if not is_same]:
        problem = f"differs from {first.name} in {' and '.join(different)}"
        raise ImageFileError(other.name, problem, "choose the files of one series")


def stack_geometry(slices: Sequence[CtSlice]) -> VolumeGeometry:
    """Return the geometry of ordered slices.

    Parameters
    ----------
    slices : sequence of CtSlice
        From `ordered`.

    Returns
    -------
    geometry : VolumeGeometry
        Of the pixels [slice, row, column].

    Raises
    ------
    ImageFileError
        If slices are missing, doubled or unevenly spaced, or if the gantry was tilted.
    """
    positions = np.array([image.position_mm for image in slices])
    normal = _normal(slices[0])
    heights = positions @ normal
    steps = np.abs(np.diff(heights))
    _require_no_double(slices, steps)
    step = float(np.median(steps))
    _require_no_tilt(slices, positions, normal)
    _require_even(slices, steps, step)
    if not 0.01 <= step <= 100:
        raise ImageFileError(slices[0].name, f"slices are {step:g} mm apart, outside [0.01, 100] mm", _AGAIN)
    along_row, along_column = _square(slices[0].orientation)
    along_slices = np.cross(along_row, along_column) * (1.0 if heights[-1] > heights[0] else -1.0)
    thickness = slices[0].thickness_mm
    return VolumeGeometry(
        pixel_mm=slices[0].spacing_mm, slice_mm=float(np.mean(steps)), first_mm=_triple(positions[0]),
        along_row=_triple(along_row), along_column=_triple(along_column), along_slices=_triple(along_slices),
        thickness_mm=thickness if 0.01 <= thickness <= 100 else None,
    )  # fmt: skip


def _require_no_double(slices: Sequence[CtSlice], steps: npt.NDArray[np.float64]) -> None:
    doubled = np.flatnonzero(steps < _SMALLEST_STEP_MM)
    if doubled.size:
        first, second = slices[int(doubled[0])], slices[int(doubled[0]) + 1]
        if first.uid == second.uid:
            raise ImageFileError(
                second.name, f"is the same image as {first.name}", "take one of the copies out"
            )
        problem = (
            f"lies at the same place as {first.name}; the series holds several phases or reconstructions"
        )
        raise ImageFileError(second.name, problem, "choose the files of one of them")


def _require_no_tilt(
    slices: Sequence[CtSlice], positions: npt.NDArray[np.float64], normal: npt.NDArray[np.float64]
) -> None:
    way = positions[-1] - positions[0]
    cosine = min(1.0, abs(float(way @ normal)) / float(np.linalg.norm(way)))
    angle = float(np.degrees(np.arccos(cosine)))
    told = slices[0].tilt_deg
    # A tilt that is told while the slices lie straight contradicts them, so neither can be trusted.
    if angle > _LARGEST_TILT_DEG or abs(told) > _LARGEST_TILT_DEG:
        problem = (
            f"was taken with a tilted gantry (slices shifted by {angle:.1f} degrees, told: {told:g} degrees)"
        )
        raise ImageFileError(slices[0].name, problem, _RESAMPLE)


def _require_even(slices: Sequence[CtSlice], steps: npt.NDArray[np.float64], step: float) -> None:
    tolerance = max(_SPACING_SHARE * step, _SMALLEST_STEP_MM)
    uneven = np.flatnonzero(np.abs(steps - step) > tolerance)
    if not uneven.size:
        return
    place = int(uneven[0])
    before, after = slices[place].name, slices[place + 1].name
    missing = round(float(steps[place]) / step) - 1
    if missing >= 1 and abs(float(steps[place]) - (missing + 1) * step) <= tolerance * (missing + 1):
        problem = f"{missing} slice{'s are' if missing > 1 else ' is'} missing between {before} and it"
    else:
        problem = f"is {steps[place]:.2f} mm from {before}, where other slices are {step:.2f} mm apart"
    raise ImageFileError(after, problem, _AGAIN)


def _normal(image: CtSlice) -> npt.NDArray[np.float64]:
    along_row, along_column = _square(image.orientation)
    return np.cross(along_row, along_column)


def _square(orientation: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Make two directions that are rounded to few digits exact again."""
    along_row = orientation[0] / np.linalg.norm(orientation[0])
    along_column = orientation[1] - (orientation[1] @ along_row) * along_row
    return np.stack([along_row, along_column / np.linalg.norm(along_column)])


def _triple(values: npt.NDArray[np.float64]) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return x, y, z
