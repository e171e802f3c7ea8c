"""Takes single series of a generated patient, so that a question does not wait for a whole study."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

import numpy as np

from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton
from bonemets_teach.imaging._patient_fields import detail_state, skeleton_state
from bonemets_teach.imaging._patient_films import film_series
from bonemets_teach.imaging._patient_geometry import stack_affine
from bonemets_teach.imaging._patient_nuclear import pet_series
from bonemets_teach.imaging._patient_phantoms import Body, PatientPhantoms, patient_phantoms
from bonemets_teach.imaging._patient_planar import bone_scan
from bonemets_teach.imaging.ct import CtSettings
from bonemets_teach.imaging.ct_slice import AxialField
from bonemets_teach.imaging.ct_volume import CtRange, ct_volume
from bonemets_teach.imaging.mri import mri_slice
from bonemets_teach.imaging.mri_settings import MriSettings
from bonemets_teach.imaging.patient_record import Finding, Patient
from bonemets_teach.imaging.patient_series import NamedWindow, StudySeries, stored
from bonemets_teach.imaging.window import BONE

__all__ = ["VIEWS", "series_of", "skeleton_of"]

VIEWS: Final = MappingProxyType({
    "bone-scan-anterior": "Bone scan from the front", "bone-scan-posterior": "Bone scan from the back",
    "bone-scan-both": "Bone scan from front and back", "bone-scan-follow-up": "Bone scans from the back, prior and current",
    "pet-mip": "PET, maximum projection", "film-ap": "Radiograph from the front", "film-lateral": "Radiograph from the side",
    "ct-axial": "CT slice", "mri": "MRI, T1 and STIR",
})  # fmt: skip
"""What a picture of a patient can show."""
_CT: Final = CtSettings(
    tube_voltage_kv=120.0, tube_current_time_mas=200.0, slice_thickness_mm=2.5, kernel="bone"
)
_CT_PIXELS: Final = 320
_CT_MARGIN_MM: Final = 6.0
_WINDOWS: Final = MappingProxyType({"T1": (350.0, 700.0), "STIR": (180.0, 360.0)})
_SIGNAL_STEP: Final = 0.1


def skeleton_of(patient: Patient) -> WholeSkeleton:
    """Return the whole skeleton of a patient."""
    return _phantoms(patient).skeleton


def series_of(patient: Patient, view: str, found: Finding) -> list[StudySeries]:
    """Take what a picture shows.

    Parameters
    ----------
    patient : Patient
        From `generate_patient`.
    view : str
        One of `VIEWS`.
    found : Finding
        Through which slices are taken.

    Returns
    -------
    series : list of StudySeries
        One or two, with one slice each where a study has many.
    """
    if view.startswith("bone-scan"):
        return _bone_scans(patient, view)
    phantoms = _phantoms(patient)
    if view == "pet-mip":
        state = skeleton_state(phantoms.skeleton, patient.findings)
        return [next(pet_series(state, patient.tracer, _rng(patient, 2)))]
    if view.startswith("film"):
        state = detail_state(phantoms.body, patient.findings)
        films = film_series(state, phantoms.body.placing, patient.region, _rng(patient, 4))
        return [one for one in films if one.id == view]
    return [_ct(patient, found)] if view == "ct-axial" else list(_mri(patient, found))


def _bone_scans(patient: Patient, view: str) -> list[StudySeries]:
    skeleton = _phantoms(patient).skeleton
    now = list(bone_scan(skeleton_state(skeleton, patient.findings), _rng(patient, 0)))
    if view == "bone-scan-both":
        return now
    if view != "bone-scan-follow-up":
        return [one for one in now if one.id == view]
    months = patient.prior_months
    before = skeleton_state(skeleton, patient.findings, months_ago=months)
    return [*list(bone_scan(before, _rng(patient, 1), months_ago=months))[1:], now[1]]


def _ct(patient: Patient, found: Finding) -> StudySeries:
    """Take the axial slice through the middle of a finding."""
    placed = _phantoms(patient).body
    state, at = detail_state(placed, patient.findings), placed.local(found.center_mm)
    width = max(state.phantom.shape[1:]) * state.phantom.voxel_mm + _CT_MARGIN_MM
    half = _CT.slice_thickness_mm / 2
    extent = CtRange(
        top_mm=at[0] - half, bottom_mm=at[0] + half, field=AxialField(size=_CT_PIXELS, width_mm=width)
    )
    volume = ct_volume(state, _CT, _rng(patient, 5), extent=extent)
    pixels = np.clip(np.rint(volume.hu[:1]), -1024, 20000).astype(np.int16)
    return _slice(
        patient, ("CT", "CT, axial"), (pixels, 1.0, "HU"), stack_affine(volume.origin_mm, volume.voxel_mm, "zyx", placed.placing),
        (volume.voxel_mm[1], volume.voxel_mm[2]), NamedWindow(name="bone", center=BONE.center, width=BONE.width),
    )  # fmt: skip


def _mri(patient: Patient, found: Finding) -> Iterator[StudySeries]:
    """Take T1 and STIR through the middle of a finding: sagittal for the spine, coronal elsewhere."""
    phantoms = _phantoms(patient)
    placed = phantoms.spine or phantoms.body
    state, at = detail_state(placed, patient.findings), placed.local(found.center_mm)
    spine = patient.region == "lumbar vertebra"
    axis, axes = (2, "xzy") if spine else (1, "yzx")
    layer = int(at[axis] / state.phantom.voxel_mm)
    for name in ("T1", "STIR"):
        settings = MriSettings(sequence=name, slice_thickness_mm=4.0)
        taken = mri_slice(state, "sagittal" if spine else "coronal", layer, settings, _rng(patient, 6))
        edge, size = taken.pixel_mm[0], taken.values.shape[0]
        first = [n * state.phantom.voxel_mm / 2 - (size - 1) / 2 * edge for n in state.phantom.shape]
        first[axis] = taken.position_mm
        affine = stack_affine((first[0], first[1], first[2]), (4.0, edge, edge), axes, placed.placing)
        pixels, scale = stored(taken.values[None], _SIGNAL_STEP)
        center, width = _WINDOWS[name]
        yield _slice(
            patient, ("MR", f"MRI {name}"), (pixels, scale, "signal"), affine, (edge, edge),
            NamedWindow(name=name, center=center, width=width),
        )  # fmt: skip


def _slice(
    patient: Patient, named: tuple[str, str], data: tuple[np.ndarray, float, str], affine: np.ndarray,
    pixel_mm: tuple[float, float], window: NamedWindow,
) -> StudySeries:  # fmt: skip
    pixels, scale, unit = data
    return StudySeries(
        id=named[1], modality=named[0], title=named[1], date="current", region=patient.region, plane="axial",  # type: ignore[arg-type]
        pixels=pixels, scale=scale, unit=unit, pixel_mm=pixel_mm, slice_mm=4.0, affine=affine, windows=(window,),
    )  # fmt: skip


def _rng(patient: Patient, number: int) -> np.random.Generator:
    return np.random.default_rng([patient.seed, 1 + number])


def _phantoms(patient: Patient) -> PatientPhantoms:
    return patient_phantoms(
        Body(
            sex=patient.sex, height_cm=patient.height_cm, age_years=patient.age_years, region=patient.region,
            level=patient.level,
        )
    )  # fmt: skip
