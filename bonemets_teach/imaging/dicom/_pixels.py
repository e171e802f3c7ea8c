"""Pixels, their meaning in units, and how they lie (PS3.3 C.7.6.2, C.7.6.3, C.7.6.16.2.11, C.11.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence

from bonemets_teach.imaging.dicom.codes import UNIT_CODES, code
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.settings import decimal
from bonemets_teach.imaging.dicom.stored_values import StoredValues

__all__ = ["add_image_pixel", "add_plane", "add_real_world_values", "add_rescale", "add_window"]


def add_image_pixel(dataset: Dataset, stored: StoredValues) -> None:
    """Describe 16-bit gray pixels; the pixels themselves come later."""
    _, dataset.Rows, dataset.Columns = stored.integers.shape
    dataset.SamplesPerPixel = 1
    dataset.PhotometricInterpretation = "MONOCHROME2"
    dataset.BitsAllocated = dataset.BitsStored = 16
    dataset.HighBit = 15
    dataset.PixelRepresentation = int(stored.is_signed)
    dataset.LossyImageCompression = "00"


def add_rescale(dataset: Dataset, stored: StoredValues, kind: str) -> None:
    """Write the Modality LUT: from integers to the unit of the series."""
    dataset.RescaleIntercept = decimal(stored.intercept)
    dataset.RescaleSlope = decimal(stored.slope)
    if kind:
        dataset.RescaleType = kind


def add_real_world_values(dataset: Dataset, stored: StoredValues, unit: str) -> None:
    """Write the same step for objects that have no Modality LUT."""
    item = Dataset()
    low, high = int(stored.integers.min()), int(stored.integers.max())
    for keyword, value in (("First", low), ("Last", high)):
        item.add_new(f"RealWorldValue{keyword}ValueMapped", "SS" if stored.is_signed else "US", value)
    item.RealWorldValueIntercept = float(stored.intercept)
    item.RealWorldValueSlope = float(stored.slope)
    item.LUTExplanation = f"value in {unit}"
    item.LUTLabel = unit[:16]
    item.MeasurementUnitsCodeSequence = Sequence([code(UNIT_CODES[unit])])
    dataset.RealWorldValueMappingSequence = Sequence([item])


def add_window(dataset: Dataset, stored: StoredValues, settings: Mapping[str, Any]) -> None:
    """Write window center and width in stored integers, for objects that have no Modality LUT.

    Parameters
    ----------
    dataset : pydicom.Dataset
        Changed.
    stored : StoredValues
        Pixels; without a window in the settings, it runs from the 0.5th to the 99.5th percentile (chosen).
    settings : mapping
        May hold WindowCenter and WindowWidth in the unit of the series.
    """
    if "WindowCenter" in settings and "WindowWidth" in settings:
        center = np.asarray(settings["WindowCenter"], dtype=np.float64)
        centers = np.atleast_1d((center - stored.intercept) / stored.slope)
        widths = np.atleast_1d(np.asarray(settings["WindowWidth"], dtype=np.float64) / stored.slope)
    else:
        low, high = np.percentile(stored.integers[:: max(1, len(stored.integers) // 16)], (0.5, 99.5))
        centers, widths = np.array([(low + high) / 2]), np.array([max(high - low, 2.0)])
    dataset.WindowCenter = [decimal(value) for value in centers]
    dataset.WindowWidth = [decimal(max(value, 1.0)) for value in widths]


def add_plane(dataset: Dataset, geometry: VolumeGeometry) -> None:
    """Write orientation and spacing of the slices."""
    dataset.PixelSpacing = [decimal(value) for value in geometry.pixel_mm]
    directions = (*geometry.along_row, *geometry.along_column)
    dataset.ImageOrientationPatient = [decimal(value + 0.0) for value in directions]
    dataset.SliceThickness = decimal(geometry.thickness_mm or geometry.slice_mm)
