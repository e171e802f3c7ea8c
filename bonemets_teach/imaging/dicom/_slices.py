"""CT, MR and PET: one object for each slice (PS3.3 A.3, A.4, A.21)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import UID, CTImageStorage, MRImageStorage, PositronEmissionTomographyImageStorage

from bonemets_teach.imaging.dicom._identity import identity, instance_uid
from bonemets_teach.imaging.dicom._pixels import (
    add_image_pixel,
    add_plane,
    add_real_world_values,
    add_rescale,
    add_window,
)
from bonemets_teach.imaging.dicom._tracer import add_posture, tracer_item
from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.settings import apply_settings, decimal
from bonemets_teach.imaging.dicom.stored_values import StoredValues, store_signed, store_unsigned
from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.uid import stable_uid
from bonemets_teach.imaging.window import BONE, SOFT_TISSUE

__all__ = ["slice_objects"]

_CLASSES: Final[Mapping[str, UID]] = MappingProxyType({
    "CT": CTImageStorage, "MR": MRImageStorage, "PT": PositronEmissionTomographyImageStorage,
})  # fmt: skip
_FRAME_SECONDS: Final = 120  # chosen: a bed position of a PET scan


def slice_objects(study: Study, index: int) -> Iterator[Dataset]:
    """Yield the objects of a CT, MR or PET series.

    Parameters
    ----------
    study : Study
        The study.
    index : int
        Which of its series, from 0.

    Yields
    ------
    dataset : pydicom.Dataset
        One and the same object, filled anew for each slice.
    """
    series = study.series[index]
    geometry = series.geometry
    assert isinstance(geometry, VolumeGeometry)  # noqa: S101 - `Series` has checked it
    dataset = identity(study, index)
    dataset.SOPClassUID = _CLASSES[series.modality]
    dataset.FrameOfReferenceUID = stable_uid(*study.identity, "frame of reference")
    dataset.PositionReferenceIndicator = ""
    if series.modality != "PT":  # PET says it in codes
        dataset.PatientPosition = "HFS"
    add_plane(dataset, geometry)
    stored = _DEFAULTS[series.modality](dataset, series)
    add_image_pixel(dataset, stored)
    if series.modality == "PT":
        _add_tracer(dataset, series, study.start_of(index))
    _apply(dataset, series)
    normal = np.cross(geometry.along_row, geometry.along_column)
    for number, image in enumerate(stored.integers, start=1):
        position = geometry.position_mm(number - 1)
        dataset.SOPInstanceUID = instance_uid(study, index, number)
        dataset.InstanceNumber = number
        dataset.ImagePositionPatient = [decimal(value) for value in position]
        dataset.SliceLocation = decimal(float(normal @ position) + 0.0)
        if series.modality == "PT":
            dataset.ImageIndex = number
        dataset.PixelData = image.tobytes()
        yield dataset


def _apply(dataset: Dataset, series: Series) -> None:
    """Write the settings over the defaults, but those that were used already."""
    used = {"Radiopharmaceutical"}
    if series.modality == "MR":
        used |= {"WindowCenter", "WindowWidth"}
    elif "WindowCenter" in series.settings and "WindowCenterWidthExplanation" in dataset:
        del dataset.WindowCenterWidthExplanation
    left = {key: value for key, value in series.settings.items() if key not in used}
    apply_settings(dataset, series.modality, left)


def _add_tracer(dataset: Dataset, series: Series, start: dt.datetime) -> None:
    """Say how the patient lies, what was injected, and when."""
    name = str(series.settings.get("Radiopharmaceutical", "FDG"))
    add_posture(dataset)
    item = tracer_item(name, start - series.injection_before(60.0))
    dataset.RadiopharmaceuticalInformationSequence = Sequence([item])


def _ct(dataset: Dataset, series: Series) -> StoredValues:
    stored = store_signed(series.images, slope=1.0)
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "AXIAL"]
    dataset.KVP = None
    dataset.WindowCenter = [decimal(BONE.center), decimal(SOFT_TISSUE.center)]
    dataset.WindowWidth = [decimal(BONE.width), decimal(SOFT_TISSUE.width)]
    dataset.WindowCenterWidthExplanation = ["bone", "soft tissue"]
    add_rescale(dataset, stored, "HU")
    return stored


def _mr(dataset: Dataset, series: Series) -> StoredValues:
    stored = store_unsigned(series.images)
    dataset.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
    dataset.ScanningSequence = "SE"
    dataset.SequenceVariant = "NONE"
    dataset.ScanOptions = ""
    dataset.MRAcquisitionType = "2D"
    dataset.RepetitionTime = dataset.EchoTime = dataset.EchoTrainLength = None
    add_window(dataset, stored, series.settings)
    add_real_world_values(dataset, stored, series.unit)
    return stored


def _pt(dataset: Dataset, series: Series) -> StoredValues:
    stored = store_signed(series.images)
    dataset.ImageType = ["ORIGINAL", "PRIMARY"]
    dataset.SeriesType = ["STATIC", "IMAGE"]
    dataset.CountsSource = "EMISSION"
    dataset.Units = "GML" if series.unit == "SUV" else "BQML"
    if series.unit == "SUV":
        dataset.SUVType = "BW"
    dataset.NumberOfSlices = len(series.images)
    dataset.CorrectedImage = ["ATTN", "SCAT", "DECY", "RAN"]
    dataset.DecayCorrection = "START"
    dataset.CollimatorType = "NONE"
    dataset.FrameReferenceTime = decimal(0)
    dataset.ActualFrameDuration = _FRAME_SECONDS * 1000
    dataset.DecayFactor = decimal(1)
    # SUV 0 to 10 (chosen); in Bq/mL the same share of the largest value that SUV 10 commonly is.
    high = 10.0 if series.unit == "SUV" else max(float(series.images.max()) / 2, 1e-6)
    dataset.WindowCenter, dataset.WindowWidth = decimal(high / 2), decimal(high)
    add_rescale(dataset, stored, "")
    return stored


_Defaults = Callable[[Dataset, Series], StoredValues]
_DEFAULTS: Final[Mapping[str, _Defaults]] = MappingProxyType({"CT": _ct, "MR": _mr, "PT": _pt})
