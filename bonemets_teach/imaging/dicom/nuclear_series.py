"""Bone scans, SPECT and PET of the simulator as series for export."""

from __future__ import annotations

from typing import Any

import numpy as np

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.pet import PetVolume
from bonemets_teach.imaging.planar_scan import PlanarScan
from bonemets_teach.imaging.spect import SpectVolume

__all__ = ["bone_scan_series", "pet_series", "spect_series"]


def bone_scan_series(scan: PlanarScan, description: str = "Bone scan", **settings: Any) -> Series:
    """Return a planar bone scan as a series.

    Parameters
    ----------
    scan : PlanarScan
        From `bonemets_teach.imaging.planar_scan`.
    description : str, default "Bone scan"
        Name in a viewer's list.
    **settings : value
        More DICOM keywords.

    Returns
    -------
    series : Series
        NM WHOLE BODY, anterior and posterior, in counts.
    """
    known = {
        "BodyPartExamined": "WHOLEBODY", "Radiopharmaceutical": "MDP", "CollimatorGridName": scan.settings.collimator,
        "RadionuclideTotalDose": scan.settings.activity_mbq,
    }  # fmt: skip
    return Series(
        modality="NM", description=description, pixels=np.stack([scan.anterior, scan.posterior]), unit="counts",
        geometry=PlanarGeometry(pixel_mm=scan.pixel_mm, views=("anterior", "posterior")), settings=known | settings,
        minutes_after_injection=scan.settings.time_h * 60,
    )  # fmt: skip


def spect_series(volume: SpectVolume, description: str = "SPECT", **settings: Any) -> Series:
    """Return reconstructed SPECT slices as a series.

    Parameters
    ----------
    volume : SpectVolume
        From `bonemets_teach.imaging.spect`, with planes that increase evenly.
    description : str, default "SPECT"
        Name in a viewer's list.
    **settings : value
        More DICOM keywords.

    Returns
    -------
    series : Series
        NM RECON TOMO, in SUV, where the phantom has it.

    Raises
    ------
    ParameterError
        If planes are not evenly spaced.
    """
    steps = np.unique(np.diff(volume.planes))
    if steps.size > 1 or (steps.size == 1 and steps[0] < 1):
        message = f"planes {volume.planes.tolist()} do not increase evenly; choose evenly spaced planes"
        raise ParameterError(message)
    step = int(steps[0]) if steps.size else 1
    voxel = volume.slice_mm / step
    top = float(volume.planes[0]) * voxel - (volume.slice_mm - voxel) / 2
    geometry = VolumeGeometry.from_phantom(
        "axial", (volume.slice_mm, *volume.pixel_mm), corner_mm=(top, 0.0, 0.0), thickness_mm=voxel
    )
    known = {
        "Radiopharmaceutical": "MDP", "CollimatorGridName": volume.settings.collimator,
        "RadionuclideTotalDose": volume.settings.activity_mbq,
    }  # fmt: skip
    return Series(
        modality="NM", description=description, pixels=volume.values, unit="SUV", geometry=geometry,
        settings=known | settings, minutes_after_injection=volume.settings.time_h * 60,
    )  # fmt: skip


def pet_series(volume: PetVolume, description: str = "", **settings: Any) -> Series:
    """Return a PET as a series.

    Parameters
    ----------
    volume : PetVolume
        From `bonemets_teach.imaging.pet`, of a whole phantom.
    description : str, default "PET" and the tracer
        Name in a viewer's list.
    **settings : value
        More DICOM keywords.

    Returns
    -------
    series : Series
        PT, axial slices in SUV, where the phantom has it.
    """
    used = volume.settings
    edge = volume.pixel_mm[0]
    known = {
        "Radiopharmaceutical": used.tracer, "RadionuclideTotalDose": used.activity_mbq * 1e6,
        "ActualFrameDuration": max(1, round(used.minutes * 60_000)),
    }  # fmt: skip
    return Series(
        modality="PT", description=description or f"PET {used.tracer}", pixels=volume.values, unit="SUV",
        geometry=VolumeGeometry.from_phantom("axial", (edge, *volume.pixel_mm)), settings=known | settings,
        minutes_after_injection=used.time_min,
    )  # fmt: skip
