"""Uncompressed gray pixels of a DICOM file (PS3.5, section 8.1.1)."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian

from bonemets_teach.imaging.dicom._attributes import EXPORT_AGAIN, numbers, text
from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["stored_integers"]

_UNDEFINED: Final = 0xFFFFFFFF
_UNCOMPRESSED: Final = "export it again as an uncompressed CT image"


def stored_integers(name: str, dataset: Dataset, rows: int, columns: int) -> npt.NDArray[Any]:
    """Decode uncompressed pixels (PS3.5, section 8.1.1)."""
    layout = [
        int(numbers(name, dataset, keyword, 1)[0]) for keyword in ("BitsAllocated", "BitsStored", "HighBit")
    ]
    allocated, stored, high = layout
    signed = int(numbers(name, dataset, "PixelRepresentation", 1)[0])
    samples = int(numbers(name, dataset, "SamplesPerPixel", 1, default=1)[0])
    frames = int(numbers(name, dataset, "NumberOfFrames", 1, default=1)[0])
    photometric = text(dataset, "PhotometricInterpretation")
    # MONOCHROME1 asks a screen to show high values dark; the CT numbers are the same.
    if samples != 1 or photometric not in {"MONOCHROME1", "MONOCHROME2"}:
        raise ImageFileError(name, f"is not a gray image ({photometric}, {samples} samples)", _UNCOMPRESSED)
    if frames != 1:
        raise ImageFileError(name, f"has {frames} frames", "export it as one file for each slice")
    if allocated not in (8, 16) or not 1 <= stored <= allocated or high != stored - 1 or signed not in (0, 1):
        problem = (
            f"has an unusual pixel layout ({allocated} bits, {stored} stored, high bit {high}, sign {signed})"
        )
        raise ImageFileError(name, problem, _UNCOMPRESSED)
    if "PixelData" not in dataset:
        raise ImageFileError(name, "holds no pixels; it may have been cut off", EXPORT_AGAIN)
    claimed = getattr(
        dataset.get_item("PixelData"), "length", None
    )  # as the file says, before it is looked at
    data = bytes(dataset.PixelData)
    if claimed not in (None, _UNDEFINED, len(data)):
        problem = f"says that it holds {claimed} bytes of pixels, but {len(data)} follow"
        raise ImageFileError(name, f"{problem}; it is cut off or damaged", EXPORT_AGAIN)
    needed = rows * columns * allocated // 8
    if len(data) not in (needed, needed + needed % 2):
        problem = f"holds {len(data)} bytes of pixels, but {rows} x {columns} pixels need {needed}"
        raise ImageFileError(name, f"{problem}; it is cut off or damaged", EXPORT_AGAIN)
    order = ">" if dataset.file_meta.TransferSyntaxUID == ExplicitVRBigEndian else "<"
    raw = np.frombuffer(data, dtype=f"{order}u{allocated // 8}", count=rows * columns).reshape(rows, columns)
    return _without_spare_bits(raw.astype(np.uint16, copy=False), stored, signed=bool(signed))


def _without_spare_bits(raw: npt.NDArray[np.uint16], stored: int, *, signed: bool) -> npt.NDArray[Any]:
    """Drop what old files keep above the stored bits, and spread the sign."""
    if stored == 16:
        return raw.view(np.int16) if signed else raw
    spare = np.uint16(16 - stored)
    shifted = np.left_shift(raw, spare)
    return (
        np.right_shift(shifted.view(np.int16), np.int16(spare)) if signed else np.right_shift(shifted, spare)
    )
