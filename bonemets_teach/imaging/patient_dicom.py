"""A generated study as DICOM: the current and the prior examination of one patient."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.imaging.dicom import study as dicom
from bonemets_teach.imaging.dicom.geometry import PlanarGeometry, Vector, VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.writing import study_files
from bonemets_teach.imaging.patient_series import Study, StudySeries
from bonemets_teach.units import DAYS_PER_MONTH

__all__ = ["dicom_files", "dicom_studies"]

# Chosen: the body mass that all SUVs of the simulator refer to.
_WEIGHT_KG: Final = 70.0
_CURRENT_DAY: Final = dt.date(2026, 1, 5)
# Reformats and projections of what is exported anyway.
_DERIVED: Final = frozenset({"ct-coronal", "ct-sagittal", "spect-coronal", "pet-mip"})
_FILM_VIEWS: Final = {"film-ap": "AP", "film-lateral": "left lateral"}
_BODY_PARTS: Final = {
    "lumbar vertebra": "LSPINE",
    "pelvis": "PELVIS",
    "femur": "HIP",
    "whole body": "WHOLEBODY",
}
# From the patient's (z, y, x) to DICOM's (x, y, z): left, back, head.
_TO_DICOM: Final = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 0.0], [-1.0, 0.0, 0.0]])


def dicom_studies(study: Study) -> tuple[dicom.Study, ...]:
    """Return the current and the prior examination, ready for `bonemets_teach.imaging.dicom.writing`.

    Parameters
    ----------
    study : Study
        From `bonemets_teach.imaging.patient_study.acquire`.

    Returns
    -------
    studies : tuple of bonemets_teach.imaging.dicom.study.Study
        Stacks lie upon one another in a viewer; reformats and projections of exported stacks are left out.
    """
    one = study.patient
    patient = dicom.Patient(
        seed=one.seed, sex="F" if one.sex == "female" else "M", age_years=one.age_years, height_cm=float(one.height_cm),
        weight_kg=_WEIGHT_KG,
    )  # fmt: skip
    earlier = _CURRENT_DAY - dt.timedelta(days=round(one.prior_months * DAYS_PER_MONTH))
    return tuple(
        dicom.Study(patient=patient, series=tuple(_series(study, date)), date=day)
        for date, day in (("current", _CURRENT_DAY), ("prior", earlier))
    )


def dicom_files(study: Study) -> Iterator[tuple[str, bytes]]:
    """Yield the DICOM files of a generated study one by one.

    Parameters
    ----------
    study : Study
        From `bonemets_teach.imaging.patient_study.acquire`.

    Yields
    ------
    name : str
        Path below the chosen folder, with "/".
    content : bytes
        A DICOM file.
    """
    for one in dicom_studies(study):
        yield from study_files(one)


def _series(study: Study, date: str) -> Iterator[Series]:
    chosen = [
        one for one in study.series if one.date == date and one.id.removesuffix("-prior") not in _DERIVED
    ]
    scans = [one for one in chosen if one.modality == "NM" and one.projection]
    if scans:
        yield _bone_scan(scans)
    for one in chosen:
        if one.modality == "DX":
            yield _film(one)
        elif not one.projection:
            yield _stack(one)


def _bone_scan(views: list[StudySeries]) -> Series:
    return Series(
        modality="NM", description="Bone scan", unit="counts", settings=dict(views[0].settings),
        pixels=np.stack([one.values(0) for one in views]),
        geometry=PlanarGeometry(pixel_mm=views[0].pixel_mm, views=tuple(one.title.rsplit(maxsplit=1)[-1] for one in views)),
    )  # fmt: skip


def _film(one: StudySeries) -> Series:
    return Series(
        modality="DX", description=one.title, unit="display", pixels=one.values(0),
        geometry=PlanarGeometry(pixel_mm=one.pixel_mm, views=(_FILM_VIEWS[one.id],)),
        settings=_keywords(one),
    )  # fmt: skip


def _stack(one: StudySeries) -> Series:
    """Return a stack in the planes in which it was taken; a PET is exported in axial slices, as scanners do."""
    order = (1, 0, 2) if one.modality == "PT" else (0, 1, 2)
    pixels = np.asarray(one.pixels.transpose(order) * np.float32(one.scale), dtype=np.float32)
    steps = _TO_DICOM @ one.affine[:3, :3][:, order]
    lengths = np.linalg.norm(steps, axis=0)
    slices, column, row = (_vector(steps[:, k] / lengths[k]) for k in range(3))
    geometry = VolumeGeometry(
        pixel_mm=(float(lengths[1]), float(lengths[2])), slice_mm=float(lengths[0]),
        first_mm=_vector(_TO_DICOM @ one.affine[:3, 3]), along_row=row, along_column=column, along_slices=slices,
    )  # fmt: skip
    title = one.title.replace("coronal", "axial") if one.modality == "PT" else one.title
    return Series(
        modality=one.modality, description=title, pixels=pixels, unit=one.unit, geometry=geometry,
        settings=_keywords(one),
    )  # fmt: skip


def _keywords(one: StudySeries) -> dict[str, Any]:
    side = {"ImageLaterality": "R"} if one.region == "femur" else {}
    return {"BodyPartExamined": _BODY_PARTS[one.region], **side, **one.settings}


def _vector(values: npt.NDArray[np.float64]) -> Vector:
    x, y, z = (float(value) for value in values)
    return x, y, z
