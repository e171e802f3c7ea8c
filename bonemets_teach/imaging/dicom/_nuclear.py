"""Nuclear medicine: one object with many frames for each series (PS3.3 A.5, C.8.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import NuclearMedicineImageStorage

from bonemets_teach.imaging.dicom._identity import identity, instance_uid
from bonemets_teach.imaging.dicom._nuclear_frames import add_projections, add_slices, add_views
from bonemets_teach.imaging.dicom._pixels import add_image_pixel, add_real_world_values, add_window
from bonemets_teach.imaging.dicom._tracer import add_posture, tracer_item
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, RotationGeometry, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.settings import apply_settings, decimal
from bonemets_teach.imaging.dicom.stored_values import store_unsigned
from bonemets_teach.imaging.dicom.study import Study
from bonemets_teach.imaging.dicom.uid import stable_uid

__all__ = ["nuclear_objects"]

_PEAK_KEV = (126.0, 154.0)  # chosen: the usual 20 % around the published 140.5 keV of Tc-99m


def nuclear_objects(study: Study, index: int) -> Iterator[Dataset]:
    """Yield the one object of an NM series.

    Parameters
    ----------
    study : Study
        The study.
    index : int
        Which of its series, from 0.

    Yields
    ------
    dataset : pydicom.Dataset
        All frames in one object.
    """
    series = study.series[index]
    dataset = identity(study, index)
    dataset.SOPClassUID = NuclearMedicineImageStorage
    dataset.SOPInstanceUID = instance_uid(study, index, 1)
    dataset.InstanceNumber = 1
    dataset.FrameOfReferenceUID = stable_uid(*study.identity, "frame of reference")
    dataset.PositionReferenceIndicator = ""
    add_posture(dataset)
    _add_isotope(dataset, series, study.start_of(index))
    images = _add_geometry(dataset, series)
    stored = store_unsigned(images)
    add_image_pixel(dataset, stored)
    add_window(dataset, stored, series.settings)
    add_real_world_values(dataset, stored, series.unit)
    dataset.NumberOfFrames = len(images)
    dataset.CountsAccumulated = _counts(series)
    elsewhere = ("WindowCenter", "WindowWidth", "Radiopharmaceutical")
    settings = {key: value for key, value in series.settings.items() if key not in elsewhere}
    apply_settings(dataset, "NM", settings)
    dataset.PixelData = stored.integers.tobytes()
    yield dataset


def _counts(series: Series) -> int | None:
    """Return all counts, if pixels are counts and fit DICOM's integer string."""
    total = round(float(series.images.sum(dtype=np.float64))) if series.unit == "counts" else -1
    return total if 0 <= total < 2**31 else None


def _add_geometry(dataset: Dataset, series: Series) -> npt.NDArray[Any]:
    """Describe the frames and return them in the order in which they are stored."""
    geometry = series.geometry
    dataset.PixelSpacing = [decimal(value) for value in geometry.pixel_mm]
    if isinstance(geometry, PlanarGeometry):
        add_views(dataset, geometry, len(series.images[0]))
    elif isinstance(geometry, RotationGeometry):
        add_projections(dataset, geometry, len(series.images))
    else:
        return _slices(dataset, geometry, series.images)
    return series.images


def _slices(dataset: Dataset, geometry: VolumeGeometry, images: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Stack slices along the normal of the first, since DICOM gives their positions by it (C.8.4.15)."""
    normal = np.cross(geometry.along_row, geometry.along_column)
    against = float(normal @ np.asarray(geometry.along_slices)) < 0
    add_slices(dataset, geometry, geometry.position_mm(len(images) - 1 if against else 0), len(images))
    return images[::-1] if against else images


def _add_isotope(dataset: Dataset, series: Series, start: dt.datetime) -> None:
    name = str(series.settings.get("Radiopharmaceutical", "MDP"))
    item = tracer_item(name, start - series.injection_before(180.0))
    dataset.RadiopharmaceuticalInformationSequence = Sequence([item])
    energies = Dataset()
    energies.EnergyWindowLowerLimit, energies.EnergyWindowUpperLimit = map(decimal, _PEAK_KEV)
    window = Dataset()
    window.EnergyWindowName = "Tc-99m"
    window.EnergyWindowRangeSequence = Sequence([energies])
    dataset.EnergyWindowInformationSequence = Sequence([window])
    dataset.NumberOfEnergyWindows = 1
