"""Cards of the generated patient and of the scoring of readings."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology.model_card import Check, ModelCard, from_name
from bonemets_teach.imaging import _observer_curve as curve
from bonemets_teach.imaging import _patient_findings as findings
from bonemets_teach.imaging import _patient_places as places
from bonemets_teach.imaging import observer_performance, patient_study

__all__ = ["PATIENT_CARDS"]

_TEACHING: Final = "for teaching; no statistic of patients"

_PATIENT: Final = ModelCard(
    id="generated-patient",
    title="A generated patient",
    purpose="Draws a patient with a known cancer from a seed, puts findings into the bones, and takes every modality of the same body.",
    papers=(),
    equations=(
        "seed → cancer, sex, age, height, findings: kind, bone, place, age in months, phenotype",
        "a finding takes up the part of its bone within the radius of the quick lesion from where it started",
        "whole body: quick lesions in the skeleton of 4 mm;  region: the same findings grown on a fine grid",
        "region → patient: (z, y, x) turned in the sagittal plane and shifted, so that a bone of both lies upon itself",
    ),
    parameters=(
        from_name(findings, "LEAST_SIZE_MM", "d₀ | mm | smallest metastasis", "chosen", "what no modality shows is not asked for"),
        from_name(places, "APART_MM", "a | mm | healthy bone between two findings", "chosen", "so that a mark belongs to one finding"),
        from_name(patient_study, "_HEALTHY", "p₀ | 1 | share of healthy patients", "chosen", _TEACHING),
        from_name(patient_study, "_BENIGN_ONLY", "p₁ | 1 | share with benign findings only", "chosen", _TEACHING),
        from_name(patient_study, "_FRAGILE_YEARS", "t_f | years | age from which such a patient examined at L3 has a collapse", "chosen", _TEACHING),
    ),
    simplifications=(
        "How often cancers, bones and benign findings are drawn is chosen for teaching; laboratory values only lean with the findings.",
        "The whole-body lesions are smooth balls within one bone, those of the region have patches; both start at one place and have one age.",
        "The detailed phantoms are laid on the skeleton by the middle and the long axis of a bone, to about 1 degree and 2 mm.",
        "A benign finding has the shape that each modality has for it; they agree in place and kind, not in every voxel.",
        "Truth is an ellipsoid around what a finding takes up, whether or not a series shows it.",
        "Bones other than those of the region are examined with whole-body images only.",
    ),
    checks=(
        Check(what="Every finding lies in its bone in each phantom that holds it; same seed, same patient", tolerance="exact", test="unit/imaging/test_patient_findings.py"),
        Check(what="Same patient, same bytes; truth lies where the images show it; planes agree", tolerance="properties", test="unit/imaging/test_patient_study.py"),
        Check(what="DICOM geometry leads to the same value", tolerance="one stored step", test="unit/imaging/test_patient_dicom.py"),
    ),
)  # fmt: skip

_READING: Final = ModelCard(
    id="reading-score",
    title="Scoring a reading",
    purpose="Counts what a reader found, missed and marked falsely, and over many patients draws a free-response curve.",
    papers=(
        ("Bunch PC, et al. A free-response approach to the measurement and characterization of radiographic-observer performance. J Appl Photogr Eng 1978; 4: 166.", ""),
        ("Chakraborty DP, Berbaum KS. Observer studies involving detection and localization. Med Phys 2004; 31: 2313.", "https://doi.org/10.1118/1.1769352"),
    ),
    equations=(
        "a mark belongs to a finding if it lies at most a outside it; as many findings as possible are given a mark",
        "FROC at confidence c: (marks ≥ c that call malignant where no metastasis is) / patients, (metastases found at ≥ c) / metastases",
        "θ = mean over patients n and metastases l of ψ(Y_l, X_n);  ψ = 1 if Y > X, ½ if equal, else 0",
        "X_n: highest false mark of patient n, 0 if none;  Y_l: confidence of metastasis l, 0 if not found",
    ),
    parameters=(
        from_name(observer_performance, "ACCEPTED_MM", "a | mm | how far outside a finding a mark counts", "chosen", "half of the least distance between findings"),
        from_name(curve, "_BOOTSTRAPS", "B | 1 | draws of patients for the interval", "chosen", "enough for two digits"),
    ),
    simplifications=(
        "One reader; the interval is that of drawing patients again, not readers.",
        "False marks of all patients count in θ (JAFROC1), those of patients with metastases too.",
        "On a projection depth is unknown, so a mark counts along its whole line of sight.",
    ),
    checks=(
        Check(what="Readings worked by hand; every mark and finding counted once", tolerance="exact", test="unit/imaging/test_observer_scoring.py"),
        Check(what="Curve and figure of merit worked by hand; never falling; a perfect reader 1, a silent one ½", tolerance="exact", test="unit/imaging/test_observer_curve.py"),
    ),
)  # fmt: skip

PATIENT_CARDS: Final = (_PATIENT, _READING)
"""In the order of the page."""
