"""One file of a CT series, checked and decoded."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset
from pydicom.uid import UID, CTImageStorage, EnhancedCTImageStorage

from bonemets_teach.imaging.dicom._attributes import EXPORT_AGAIN, numbers, short, text
from bonemets_teach.imaging.dicom._ct_pixels import stored_integers
from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["CtSlice", "read_slice"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CtSlice:
    """One slice; `hu` gives its CT numbers.

    Parameters
    ----------
    name : str
        The file.
    uid, frame_of_reference : str
        SOPInstanceUID and FrameOfReferenceUID.
    patient, study : str
        PatientID (empty where names were taken out) and StudyInstanceUID; compared, never shown.
    shape : tuple of int
        Rows and columns.
    spacing_mm : tuple of float
        Of rows and columns [mm].
    thickness_mm, tilt_deg : float
        Slice thickness [mm] (0 if not given) and gantry tilt [deg].
    orientation : ndarray of float64 of shape (2, 3)
        Directions along a row and along a column.
    position_mm : ndarray of float64 of shape (3,)
        Center of the first pixel [mm].
    integers : ndarray of shape (row, column)
        Stored values.
    slope, intercept : float
        To HU.
    """

    name: str
    uid: str
    frame_of_reference: str
    patient: str
    study: str
    shape: tuple[int, int]
    spacing_mm: tuple[float, float]
    thickness_mm: float
    tilt_deg: float
    orientation: npt.NDArray[np.float64]
    position_mm: npt.NDArray[np.float64]
    integers: npt.NDArray[Any]
    slope: float
    intercept: float

    def hu(self) -> npt.NDArray[np.int16]:
        """Return CT numbers [HU], rounded, shape (row, column)."""
        values = self.integers * np.float64(self.slope) + self.intercept
        low, high = float(values.min()), float(values.max())
        if low < -32768 or high > 32767:
            problem = f"its values run from {low:g} to {high:g}, which are no CT numbers"
            raise ImageFileError(self.name, problem, EXPORT_AGAIN)
        return np.asarray(np.rint(values), dtype=np.int16)


def read_slice(name: str, dataset: Dataset) -> CtSlice:
    """Check one file of a CT series and decode it.

    Parameters
    ----------
    name : str
        The file, for messages.
    dataset : pydicom.Dataset
        From `parse_file`.

    Returns
    -------
    image : CtSlice
        One slice.

    Raises
    ------
    ImageFileError
        If it is not one complete uncompressed CT slice with its place in the patient.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            _require_ct(name, dataset)
            return _slice(name, dataset)
    except ImageFileError:
        raise
    except Exception as error:
        raise ImageFileError(name, f"is damaged ({short(error)})", EXPORT_AGAIN) from error


def _slice(name: str, dataset: Dataset) -> CtSlice:
    rows, columns = (int(numbers(name, dataset, keyword, 1)[0]) for keyword in ("Rows", "Columns"))
    if not (1 <= rows <= 4096 and 1 <= columns <= 4096):
        raise ImageFileError(
            name, f"has {rows} x {columns} pixels; at most 4096 x 4096 are read", EXPORT_AGAIN
        )
    spacing = numbers(name, dataset, "PixelSpacing", 2)
    if not all(0.01 <= value <= 100 for value in spacing):
        raise ImageFileError(name, f"has PixelSpacing {spacing} mm, outside [0.01, 100] mm", EXPORT_AGAIN)
    orientation = np.array(numbers(name, dataset, "ImageOrientationPatient", 6)).reshape(2, 3)
    if not np.allclose(orientation @ orientation.T, np.eye(2), atol=1e-3):
        problem = "has an ImageOrientationPatient that is not two unit vectors at right angles"
        raise ImageFileError(name, problem, EXPORT_AGAIN)
    position = np.array(numbers(name, dataset, "ImagePositionPatient", 3))
    slope = numbers(name, dataset, "RescaleSlope", 1)[0]
    if slope == 0:
        raise ImageFileError(name, "has RescaleSlope 0", EXPORT_AGAIN)
    return CtSlice(
        name=name, uid=text(dataset, "SOPInstanceUID"), frame_of_reference=text(dataset, "FrameOfReferenceUID"),
        patient=text(dataset, "PatientID"), study=text(dataset, "StudyInstanceUID"),
        shape=(rows, columns), spacing_mm=(spacing[0], spacing[1]),
        thickness_mm=numbers(name, dataset, "SliceThickness", 1, default=0.0)[0],
        tilt_deg=numbers(name, dataset, "GantryDetectorTilt", 1, default=0.0)[0],
        orientation=orientation, position_mm=position, slope=slope,
        intercept=numbers(name, dataset, "RescaleIntercept", 1)[0],
        integers=stored_integers(name, dataset, rows, columns),
    )  # fmt: skip


def _require_ct(name: str, dataset: Dataset) -> None:
    kind = UID(text(dataset, "SOPClassUID"))
    if kind == EnhancedCTImageStorage:
        raise ImageFileError(name, "is an enhanced (multi-frame) CT object", "export it as classic CT images")
    if kind != CTImageStorage:
        problem = f"is no CT image but {kind.name or 'an object without a class'}"
        raise ImageFileError(name, problem, "choose the files of a CT series")
    if "LOCALIZER" in str(dataset.get("ImageType", "")):
        raise ImageFileError(name, "is a localizer, not a slice", "take it out of the folder")
    if str(dataset.get("RescaleType", "HU") or "HU") not in {"HU", "US"}:
        raise ImageFileError(name, f"has values in {dataset.RescaleType}, not in HU", "choose a series in HU")
