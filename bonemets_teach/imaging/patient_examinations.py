"""What is examined in a generated patient: each examination by itself, so that two can be taken side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np

from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging._patient_ct import Scan, ct_series
from bonemets_teach.imaging._patient_fields import detail_state, skeleton_state
from bonemets_teach.imaging._patient_films import film_series
from bonemets_teach.imaging._patient_mri import MriSubject, collapsed_spine, mri_series
from bonemets_teach.imaging._patient_nuclear import pet_series, spect_series
from bonemets_teach.imaging._patient_phantoms import Body, PatientPhantoms, patient_phantoms
from bonemets_teach.imaging._patient_planar import bone_scan
from bonemets_teach.imaging.bone_uptake import lesion_uptake
from bonemets_teach.imaging.patient_memory import let_go
from bonemets_teach.imaging.patient_record import Patient
from bonemets_teach.imaging.patient_series import StudySeries

__all__ = ["Examination", "examinations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One examination that has not been made yet.

    Parameters
    ----------
    words : str
        What it is, for a progress bar.
    take : callable
        Makes it and yields its series; always the same for the same patient, whatever was made before it.
    place : int, default 0
        Where its series stand in the study: it need not be where they are made.
    """

    words: str
    take: Callable[[], Iterator[StudySeries]]
    place: int = 0


def examinations(patient: Patient) -> tuple[tuple[Examination, ...], tuple[Examination, ...]]:
    """Return what is examined in a patient.

    Parameters
    ----------
    patient : Patient
        From `bonemets_teach.imaging.patient_study.generate_patient`.

    Returns
    -------
    whole, detail : tuple of Examination
        Those made from the whole skeleton, and those of the region; about the same work, and neither needs the other.
    """
    phantoms = _phantoms(patient)
    middle = _middle_z(phantoms)
    chance = [np.random.default_rng([patient.seed, 1 + number]) for number in range(8)]

    @cache
    def now() -> VoxelState:
        return skeleton_state(phantoms.skeleton, patient.findings)

    def before() -> Iterator[StudySeries]:
        ago = patient.prior_months
        state = skeleton_state(phantoms.skeleton, patient.findings, months_ago=ago)
        yield from bone_scan(state, chance[1], months_ago=ago)
        lesion_uptake.cache_clear()  # it keeps the state

    def tracer_scan() -> Iterator[StudySeries]:
        let_go()  # uptake and attenuation, which only the gamma camera needs
        return pet_series(now(), patient.tracer, chance[2])

    # By memory: lesions of two dates are the most of it, so the earlier ones come first and are gone again.
    whole = (
        Examination(words="prior bone scan", take=before, place=1),
        Examination(words="bone scan", take=lambda: bone_scan(now(), chance[0]), place=0),
        Examination(
            words="SPECT", take=lambda: spect_series(now(), middle, patient.region, chance[3]), place=3
        ),
        Examination(words=f"{patient.tracer} PET", take=tracer_scan, place=2),
    )
    return whole, _of_region(patient, phantoms, chance)


def _of_region(
    patient: Patient, phantoms: PatientPhantoms, chance: list[np.random.Generator]
) -> tuple[Examination, ...]:
    placing, region = phantoms.body.placing, patient.region

    @cache
    def body() -> VoxelState:
        return detail_state(phantoms.body, patient.findings)

    def in_scanner() -> MriSubject:
        if not phantoms.spine:
            return MriSubject(state=body(), placing=placing, region=region)
        if any(one.kind == "collapse" and one.region != "elsewhere" for one in patient.findings):
            return collapsed_spine(phantoms.spine)
        state = detail_state(phantoms.spine, patient.findings)
        return MriSubject(state=state, placing=phantoms.spine.placing, region=region)

    def scans() -> Iterator[StudySeries]:
        each = [Scan(state=body(), rng=chance[5])]
        if patient.has_prior_ct:
            ago = patient.prior_months
            state = detail_state(phantoms.body, patient.findings, months_ago=ago)
            each.append(Scan(state=state, rng=chance[7], months_ago=ago))
        return ct_series(each, placing, region)

    words = "CT and prior CT" if patient.has_prior_ct else "CT"
    return (
        Examination(
            words="radiographs", take=lambda: film_series(body(), placing, region, chance[4]), place=4
        ),
        Examination(words=words, take=scans, place=5),
        Examination(words="MRI", take=lambda: mri_series(in_scanner(), chance[6]), place=6),
    )


def _middle_z(phantoms: PatientPhantoms) -> float:
    """Return the height of the middle of the detailed examination in the patient [mm]."""
    phantom = phantoms.body.phantom
    z, y, x = (n * phantom.voxel_mm / 2 for n in phantom.shape)
    return phantoms.body.placing.to_patient((z, y, x))[0]


def _phantoms(patient: Patient) -> PatientPhantoms:
    return patient_phantoms(
        Body(
            sex=patient.sex, height_cm=patient.height_cm, age_years=patient.age_years, region=patient.region,
            level=patient.level,
        )
    )  # fmt: skip
