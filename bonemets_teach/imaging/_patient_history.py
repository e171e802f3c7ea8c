"""The words and laboratory values that come with a generated patient."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from bonemets_teach.imaging.patient_record import Finding, LabValue

__all__ = ["PRIMARIES", "history_of", "labs_of"]

# Chosen: cancers that often go to bone; sex, range of the phenotype, tracer of the PET.
PRIMARIES: Final = {
    "breast": ("female", (0.0, 1.0), "FDG"),
    "prostate": ("male", (0.75, 1.0), "PSMA"),
    "lung": ("", (0.0, 0.35), "FDG"),
    "kidney": ("", (0.0, 0.2), "FDG"),
}
"""Known cancers: the sex that has them ("" for both), the phenotype of their metastases, the tracer."""
_KNOWN: Final = {
    "breast": "Breast cancer, operated on {years} years ago.",
    "prostate": "Prostate cancer, treated {years} years ago.",
    "lung": "Lung cancer, found this year.",
    "kidney": "Kidney cancer, removed {years} years ago.",
}
_ASKED: Final = (
    "Back pain for {weeks} weeks, worse at night.",
    "Pain in the hip for {weeks} weeks when walking.",
    "No pain; blood values changed at a visit.",
    "No complaints; planned follow-up.",
)


def history_of(primary: str, age_years: int, sex: str, rng: np.random.Generator) -> str:
    """Return two or three sentences; they don't give the findings away."""
    person = "woman" if sex == "female" else "man"
    known = _KNOWN[primary].format(years=int(rng.integers(2, 9)))
    asked = str(rng.choice(_ASKED)).format(weeks=int(rng.integers(3, 13)))
    return f"{known} The {person} is {age_years} years old. {asked}"


def labs_of(
    primary: str, sex: str, findings: Sequence[Finding], rng: np.random.Generator
) -> tuple[LabValue, ...]:
    """Return laboratory values that lean the way the findings push them, with the spread between people.

    Notes
    -----
    Chosen: how far one large metastasis moves a value. Ranges are usual ones of adults; laboratories differ.
    """
    load = sum((found.size_mm / 30) ** 2 for found in findings if found.malignant)
    dense = sum((found.size_mm / 30) ** 2 * found.phenotype for found in findings if found.malignant)
    paget = sum(found.kind == "Paget" for found in findings)
    spread = rng.normal(size=5)
    female = sex == "female"
    low, high = (12.0, 16.0) if female else (13.5, 17.5)
    values = [
        LabValue(
            name="Alkaline phosphatase", value=round(float(72 * np.exp(0.18 * spread[0]) + 45 * dense + 160 * paget)),
            unit="U/L", low=40, high=130,
        ),
        LabValue(
            name="Calcium, albumin-corrected", unit="mmol/L", low=2.15, high=2.55,
            value=round(float(2.36 + 0.06 * spread[1] + 0.05 * min(load - dense, 6.0)), 2),
        ),
        LabValue(
            name="Hemoglobin", value=round(float(max((low + high) / 2 - 0.3 + 0.7 * spread[2] - 0.35 * min(load, 8), 7.0)), 1),
            unit="g/dL", low=low, high=high,
        ),
        LabValue(name="Creatinine", value=round(float(76 * np.exp(0.15 * spread[3]))), unit="µmol/L", low=45, high=104),
    ]  # fmt: skip
    if primary == "prostate":
        psa = 0.6 * np.exp(0.6 * spread[4]) + 9.0 * load
        values.append(LabValue(name="PSA", value=round(float(psa), 1), unit="µg/L", low=0.0, high=4.0))
    return tuple(values)
