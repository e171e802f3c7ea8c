"""A generated patient, and the study that shows what the patient has in every modality."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

import numpy as np

from bonemets_teach.errors import ParameterError, require_in_range
from bonemets_teach.imaging._patient_findings import LEAST_SIZE_MM, Drawing
from bonemets_teach.imaging._patient_history import PRIMARIES, history_of, labs_of
from bonemets_teach.imaging._patient_phantoms import REGION_BONES, Body, patient_phantoms
from bonemets_teach.imaging.patient_examinations import examinations
from bonemets_teach.imaging.patient_memory import let_go
from bonemets_teach.imaging.patient_record import Kind, Patient, Region
from bonemets_teach.imaging.patient_series import Study, StudySeries

__all__ = ["DIFFICULTIES", "LARGEST_SEED", "LEAST_SIZE_MM", "Difficulty", "acquire", "generate_patient"]

Difficulty = Literal["easy", "mixed", "hard"]
Progress = Callable[[float, str], None]

LARGEST_SEED: Final = 1_000_000_000
"""Greatest seed."""
# Chosen: fewest and most metastases, their ages [months], fewest and most benign findings.
DIFFICULTIES: Final[dict[str, tuple[tuple[int, int], tuple[float, float], tuple[int, int]]]] = {
    "easy": ((1, 3), (14.0, 20.0), (0, 1)),
    "mixed": ((1, 5), (9.5, 20.0), (0, 2)),
    "hard": ((1, 4), (9.0, 13.0), (1, 3)),
}
"""What each difficulty means."""
# Chosen: shares of healthy patients and of those with benign findings only; regions and kinds and how often.
_HEALTHY: Final = 0.10
_BENIGN_ONLY: Final = 0.18
_REGIONS: Final[tuple[Region, ...]] = ("lumbar vertebra", "pelvis", "femur")
_REGION_SHARES: Final = (0.5, 0.3, 0.2)
_LEVELS: Final = ("L1", "L3", "L5")
_KINDS: Final[tuple[Kind, ...]] = ("degenerative", "bone island", "hemangioma", "collapse", "Paget")
_KIND_SHARES: Final = (0.45, 0.2, 0.15, 0.1, 0.1)
_PRIMARY_SHARES: Final = (0.35, 0.35, 0.2, 0.1)
_HEIGHTS_CM: Final = {"female": (152, 178), "male": (164, 190)}
_AGES: Final = (48, 84)
# Chosen: from this age on, patients with benign findings only, examined at L3, have an osteoporotic collapse there.
_FRAGILE_YEARS: Final = 60
# Chosen: share of patients of whom there is a CT from the time of the prior bone scan.
_PRIOR_CT: Final = 0.5


def generate_patient(seed: int, *, difficulty: str = "mixed") -> Patient:
    """Return the patient of a seed.

    Parameters
    ----------
    seed : int
        Any whole number in [0, 1e9].
    difficulty : {"easy", "mixed", "hard"}, default "mixed"
        How large and how many metastases are, and how many benign findings stand beside them.

    Returns
    -------
    patient : Patient
        The same for the same arguments. One in ten is healthy, about one in six has benign findings only.

    Raises
    ------
    ParameterError
        If the seed is no whole number in its range or the difficulty is unknown.

    Notes
    -----
    Every finding has a place on which all phantoms of the patient agree, at least 14 mm of healthy bone from the next
    one. How often things happen is chosen for teaching; it is no statistic of patients.
    """
    _require(seed, difficulty)
    rng = np.random.default_rng([int(seed), list(DIFFICULTIES).index(difficulty)])
    primary = str(rng.choice(list(PRIMARIES), p=_PRIMARY_SHARES))
    sex_of, phenotypes, tracer = PRIMARIES[primary]
    drawn = "female" if rng.random() < 0.5 else "male"
    sex: Literal["female", "male"] = "male" if (sex_of or drawn) == "male" else "female"
    region = _REGIONS[int(rng.choice(3, p=_REGION_SHARES))]
    body = Body(
        sex=sex, height_cm=int(rng.integers(*_HEIGHTS_CM[sex])), age_years=int(rng.integers(*_AGES)), region=region,
        level=str(rng.choice(_LEVELS)) if region == "lumbar vertebra" else "",
    )  # fmt: skip
    drawing = Drawing(phantoms=patient_phantoms(body), region=region, rng=rng)
    _draw(drawing, body, phenotypes, difficulty)
    findings = tuple(drawing.findings)
    return Patient(
        seed=int(seed), difficulty=difficulty, sex=sex, age_years=body.age_years, height_cm=body.height_cm,
        primary=primary, tracer="PSMA" if tracer == "PSMA" else "FDG",
        history=history_of(primary, body.age_years, sex, rng), labs=labs_of(primary, sex, findings, rng),
        findings=findings, region=region, level=body.level, prior_months=float(rng.integers(3, 7)),
        has_prior_ct=bool(np.random.default_rng([int(seed), 11]).random() < _PRIOR_CT),
    )  # fmt: skip


def acquire(patient: Patient, progress: Progress | None = None) -> Study:
    """Take all images of a patient.

    Parameters
    ----------
    patient : Patient
        From `generate_patient`.
    progress : callable, optional
        Called with the share done, 0..1, and what comes next in words.

    Returns
    -------
    study : Study
        The same for the same patient, to the last bit.

    Notes
    -----
    Afterwards the models let go of all phantoms that they keep, so that memory does not grow from patient to patient;
    an explorer that runs beside it builds its own anew.
    """
    tell = progress or (lambda _share, _words: None)
    series: list[tuple[int, StudySeries]] = []
    steps = [step for part in examinations(patient) for step in part]
    for number, step in enumerate(steps):
        tell(number / len(steps), step.words)
        series.extend((step.place, one) for one in step.take())
    let_go()
    tell(1.0, "done")
    in_order = sorted(series, key=lambda made: made[0])
    return Study(patient=patient, series=tuple(one for _, one in in_order))


def _draw(drawing: Drawing, body: Body, phenotypes: tuple[float, float], difficulty: str) -> None:
    """Draw the findings: metastases first, the first of them in the region that is examined in detail."""
    rng = drawing.rng
    (fewest, most), months, (benign_fewest, benign_most) = DIFFICULTIES[difficulty]
    chance = rng.random()
    usual = float(rng.uniform(*phenotypes))
    if chance >= _HEALTHY + _BENIGN_ONLY:
        for number in range(int(rng.integers(fewest, most + 1))):
            phenotype = round(float(np.clip(usual + rng.normal(0, 0.08), *phenotypes)), 2)
            bones = () if number else ((body.level,) if body.level else REGION_BONES[body.region])
            drawing.add_metastasis(phenotype, round(float(rng.uniform(*months)), 1), bones=bones)
    if (
        chance < _HEALTHY + _BENIGN_ONLY
        and body.level == "L3"
        and body.age_years >= _FRAGILE_YEARS
        and chance >= _HEALTHY
    ):
        drawing.add_benign("collapse", ("L3",))
    elif chance >= _HEALTHY:
        least = max(benign_fewest, 1) if chance < _HEALTHY + _BENIGN_ONLY else benign_fewest
        for kind in rng.choice(5, size=int(rng.integers(least, max(benign_most, least) + 1)), p=_KIND_SHARES):
            drawing.add_benign(_KINDS[int(kind)])


def _require(seed: int, difficulty: str) -> None:
    number = require_in_range("seed", seed, 0, LARGEST_SEED)
    if number != int(number):
        message = f"seed = {seed} is not a whole number; choose one in [0, {LARGEST_SEED}]"
        raise ParameterError(message)
    if difficulty not in DIFFICULTIES:
        message = f"there is no difficulty “{difficulty}”; choose one of {', '.join(DIFFICULTIES)}"
        raise ParameterError(message)
