"""Generated patients: what is in their bones."""

from __future__ import annotations

import numpy as np
import pytest

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging._patient_phantoms import Body, patient_phantoms
from bonemets_teach.imaging.patient_record import Patient
from bonemets_teach.imaging.patient_study import LEAST_SIZE_MM, generate_patient

# One of each region and of each kind of patient.
SEEDS = ((1, "mixed"), (2, "hard"), (10, "mixed"), (11, "hard"), (26, "hard"))


@pytest.fixture(scope="module", params=SEEDS, ids=lambda given: f"{given[0]}-{given[1]}")
def patient(request: pytest.FixtureRequest) -> Patient:
    """Return one generated patient."""
    seed, difficulty = request.param
    return generate_patient(seed, difficulty=difficulty)


def body_of(patient: Patient) -> Body:
    """Return what the phantoms of a patient depend on."""
    return Body(
        sex=patient.sex, height_cm=patient.height_cm, age_years=patient.age_years, region=patient.region,
        level=patient.level,
    )  # fmt: skip


def test_every_finding_starts_in_its_bone_and_has_its_middle_there(patient: Patient) -> None:
    """The middle may lie one voxel off, where the bone is curved."""
    skeleton = patient_phantoms(body_of(patient)).skeleton
    for found in patient.findings:
        assert found.bone == skeleton.bone_at(found.seed_mm)
        points = (np.argwhere(skeleton.mask_of(found.bone)) + 0.5) * skeleton.voxel_mm
        away = np.linalg.norm(points - np.asarray(found.center_mm), axis=1).min()
        assert away <= skeleton.voxel_mm


def test_every_finding_of_the_region_has_room_in_each_phantom_that_holds_it(patient: Patient) -> None:
    """So CT and MRI show it in the same bone as the bone scan."""
    phantoms = patient_phantoms(body_of(patient))
    for found in patient.findings:
        holding = [one for one in phantoms.details if one.outside_mm(found.seed_mm) < 0]
        assert (found.region != "elsewhere") == bool(holding)
        assert all(one.has_room(found.seed_mm, found.bone) for one in holding)


def test_findings_keep_apart(patient: Patient) -> None:
    """No mark can belong to two metastases."""
    found = [one for one in patient.findings if one.kind not in {"Paget", "collapse"}]
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            distance = np.linalg.norm(np.subtract(one.seed_mm, other.seed_mm))
            assert distance >= one.size_mm / 2 + 14


def test_no_metastasis_is_too_small_to_ask_for(patient: Patient) -> None:
    """None is below what some modality shows."""
    assert all(one.size_mm >= LEAST_SIZE_MM for one in patient.metastases)
    assert all(one.kind in {"lytic", "blastic", "mixed"} for one in patient.metastases)


def test_there_are_at_most_eight_findings_with_names_of_their_own(patient: Patient) -> None:
    """Names are A to H."""
    names = [one.id for one in patient.findings]

    assert list("ABCDEFGH"[: len(names)]) == names


def test_the_history_does_not_tell_the_findings(patient: Patient) -> None:
    """No bone is named; values are finite."""
    assert not any(one.bone in patient.history for one in patient.findings)
    assert all(np.isfinite(lab.value) and lab.flag in {"low", "normal", "high"} for lab in patient.labs)


def test_the_same_seed_gives_the_same_patient() -> None:
    """Also after another patient was made."""
    first = generate_patient(7)
    generate_patient(8)

    assert first == generate_patient(7)
    assert first != generate_patient(7, difficulty="hard")


def test_some_patients_are_healthy_and_some_have_benign_findings_only() -> None:
    """A reader has to expect nothing, too."""
    assert () == generate_patient(4).findings
    benign = generate_patient(12, difficulty="easy")
    assert benign.findings
    assert () == benign.metastases


def test_a_fragile_patient_has_a_collapse_and_nothing_else_in_the_lumbar_spine() -> None:
    """Its edema on MRI stands for itself."""
    assert [("collapse", "L3")] == [(one.kind, one.bone) for one in generate_patient(57).findings]


@pytest.mark.parametrize("seed", [-1, 1.5, float("nan"), 2e9])
def test_a_seed_that_is_none_is_refused(seed: float) -> None:
    """The message gives the range."""
    with pytest.raises(ParameterError, match="seed"):
        generate_patient(seed)  # type: ignore[arg-type]


def test_an_unknown_difficulty_is_refused() -> None:
    """The message lists what there is."""
    with pytest.raises(ParameterError, match="easy, mixed, hard"):
        generate_patient(1, difficulty="impossible")
