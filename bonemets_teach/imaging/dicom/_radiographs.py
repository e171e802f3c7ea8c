"""Radiographs: Digital X-Ray for presentation and Computed Radiography, one object for each view (PS3.3 A.2, A.26)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import ComputedRadiographyImageStorage, DigitalXRayImageStorageForPresentation

from bonemets_teach.imaging.dicom._identity import identity, instance_uid
from bonemets_teach.imaging.dicom._pixels import add_image_pixel, add_real_world_values, add_window
from bonemets_teach.imaging.dicom.codes import BODY_PARTS, VIEW_CODES, code
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.settings import apply_settings, decimal
from bonemets_teach.imaging.dicom.stored_values import store_unsigned
from bonemets_teach.imaging.dicom.study import Study

__all__ = ["radiograph_objects"]

# ViewPosition (PS3.3 C.8.11.5.1.1) and where row and column index lead to (C.7.6.1.1.1).
_VIEWS: Final[Mapping[str, tuple[str, list[str]]]] = MappingProxyType({
    "AP": ("AP", ["L", "F"]), "PA": ("PA", ["L", "F"]),
    "left lateral": ("LL", ["P", "F"]), "right lateral": ("RL", ["P", "F"]),
})  # fmt: skip


def radiograph_objects(study: Study, index: int) -> Iterator[Dataset]:
    """Yield the objects of a DX or CR series.

    Parameters
    ----------
    study : Study
        The study.
    index : int
        Which of its series, from 0.

    Yields
    ------
    dataset : pydicom.Dataset
        One and the same object, filled anew for each view.
    """
    series = study.series[index]
    geometry = series.geometry
    assert isinstance(geometry, PlanarGeometry)  # noqa: S101 - `Series` has checked it
    stored = store_unsigned(series.images)
    dataset = identity(study, index)
    add_image_pixel(dataset, stored)
    dataset.ImagerPixelSpacing = [decimal(value) for value in geometry.pixel_mm]
    dataset.ImageType = ["ORIGINAL", "PRIMARY", ""]
    dataset.KVP = None
    add_window(dataset, stored, series.settings)
    add_real_world_values(dataset, stored, series.unit)
    _add_dx(dataset, series) if series.modality == "DX" else _add_cr(dataset)
    windows = ("WindowCenter", "WindowWidth")
    settings = {key: value for key, value in series.settings.items() if key not in windows}
    apply_settings(dataset, series.modality, settings)
    for number, (view, image) in enumerate(zip(geometry.views, stored.integers, strict=True), start=1):
        dataset.SOPInstanceUID = instance_uid(study, index, number)
        dataset.InstanceNumber = number
        dataset.ViewPosition, dataset.PatientOrientation = _VIEWS[view]
        if series.modality == "DX":
            dataset.ViewCodeSequence = Sequence([code(VIEW_CODES[view])])
            dataset.ViewCodeSequence[0].ViewModifierCodeSequence = Sequence()
        dataset.PixelData = image.tobytes()
        yield dataset


def _add_cr(dataset: Dataset) -> None:
    dataset.SOPClassUID = ComputedRadiographyImageStorage
    dataset.BodyPartExamined = ""


def _add_dx(dataset: Dataset, series: Series) -> None:
    """Add what DX asks for: PS3.3 C.8.11.1 to C.8.11.4 and C.7.6.14."""
    dataset.SOPClassUID = DigitalXRayImageStorageForPresentation
    dataset.PresentationIntentType = "FOR PRESENTATION"
    dataset.ImageLaterality = "U"
    part = BODY_PARTS.get(str(series.settings.get("BodyPartExamined", "")))
    dataset.AnatomicRegionSequence = Sequence([] if part is None else [code(part)])
    dataset.PositionerType = "NONE"
    dataset.PixelIntensityRelationship = "LOG"
    dataset.PixelIntensityRelationshipSign = -1
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = decimal(0), decimal(1), "US"
    dataset.PresentationLUTShape = "IDENTITY"
    dataset.BurnedInAnnotation = "NO"
    dataset.DetectorType = "DIRECT"
    dataset.DetectorConfiguration = "AREA"
    dataset.AcquisitionContextSequence = Sequence()
    dataset.AcquisitionDeviceProcessingDescription = "logarithm, less latitude, edge"
