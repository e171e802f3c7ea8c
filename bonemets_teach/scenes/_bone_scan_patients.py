"""Who lies under the gamma camera: deposits, diffuse and benign disease, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from bonemets_teach.imaging.bone_uptake_mimics import MimicName

__all__ = ["BENIGN", "DEPOSITS", "DIFFUSE_PHENOTYPE", "PATIENTS", "PHENOTYPES", "Benign", "Deposit"]

PATIENTS: Final = MappingProxyType({
    "healthy": "Nothing", "lytic": "Lytic metastases", "mixed": "Mixed metastases", "blastic": "Blastic metastases",
    "diffuse": "Metastases throughout the marrow", "metabolic": "Metabolic bone disease",
    "benign": "Wear, fractures, Paget disease",
})  # fmt: skip
"""Patients: value of the control, and what the learner reads."""
PHENOTYPES: Final = MappingProxyType({"lytic": 0.0, "mixed": 0.45, "blastic": 1.0})
"""Type of the deposits, 0 lytic to 1 blastic."""
DIFFUSE_PHENOTYPE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Deposit:
    """A metastasis of the patient; all chosen.

    Parameters
    ----------
    bone, site : str
        Bone, and the place of the phantom in it.
    months : float
        Age in week 0.
    size : float
        Radius over that of a lesion of usual speed and this age, at half the disease.
    """

    bone: str
    site: str
    months: float
    size: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Benign:
    """A benign finding of the patient."""

    mimic: MimicName
    site: str
    label: str


# The last four are too young in week 0 to be seen; they come up two by two.
DEPOSITS: Final = (
    Deposit(bone="L2", site="L2", months=12, size=1.32),
    Deposit(bone="T8", site="T8", months=13, size=1.0),
    Deposit(bone="right rib 6", site="right rib 6", months=11, size=1.3),
    Deposit(bone="sternum", site="sternum", months=12, size=1.13),
    Deposit(bone="left ilium", site="left ilium", months=13, size=1.5),
    Deposit(bone="right femur", site="right proximal femur", months=12, size=1.5),
    Deposit(bone="left rib 9", site="left rib 9", months=6, size=2.0),
    Deposit(bone="T11", site="T11", months=6, size=2.0),
    Deposit(bone="L4", site="L4", months=4, size=2.2),
    Deposit(bone="left scapula", site="left scapula", months=4, size=2.2),
)
BENIGN: Final = (
    Benign(mimic="osteoporotic collapse", site="T12", label="collapsed T12"),
    Benign(mimic="degenerative disease", site="L4", label="worn L4"),
    Benign(mimic="degenerative disease", site="L5", label="worn L5"),
    Benign(mimic="degenerative disease", site="left patella", label="worn left knee"),
    Benign(mimic="osteoporotic collapse", site="left rib 7", label="broken rib 7"),
    Benign(mimic="osteoporotic collapse", site="left rib 8", label="broken rib 8"),
    Benign(mimic="osteoporotic collapse", site="left rib 9", label="broken rib 9"),
    Benign(mimic="Paget", site="right tibia", label="Paget tibia"),
)
