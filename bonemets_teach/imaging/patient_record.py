"""Who a generated patient is and what is in the bones."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

from bonemets_teach.anatomy.shapes import Point

__all__ = [
    "APPEARANCES",
    "BENIGN_KINDS",
    "FRESH_KINDS",
    "KIND_TITLES",
    "Appearance",
    "Finding",
    "Kind",
    "LabValue",
    "Patient",
    "Region",
]

Appearance = Literal["lytic", "blastic", "mixed"]
Kind = Literal[
    "lytic", "blastic", "mixed", "bone island", "degenerative", "hemangioma", "Paget", "collapse"
]  # fmt: skip
Region = Literal["lumbar vertebra", "pelvis", "femur", "elsewhere"]

APPEARANCES: Final[tuple[Appearance, ...]] = ("lytic", "blastic", "mixed")
"""What a reader can say of a finding; the three kinds of metastasis."""
BENIGN_KINDS: Final[MappingProxyType[Kind, Appearance]] = MappingProxyType({
    "bone island": "blastic", "degenerative": "blastic", "hemangioma": "lytic", "Paget": "mixed", "collapse": "blastic",
})  # fmt: skip
"""Benign kinds, and which of the three each looks like."""
FRESH_KINDS: Final[tuple[Kind, ...]] = ("collapse",)
"""Benign kinds that were not there yet at the prior examination."""
KIND_TITLES: Final[MappingProxyType[Kind, str]] = MappingProxyType({
    "lytic": "lytic metastasis", "blastic": "blastic metastasis", "mixed": "mixed metastasis", "bone island": "bone island",
    "degenerative": "degenerative disease", "hemangioma": "hemangioma", "Paget": "Paget's disease",
    "collapse": "osteoporotic collapse",
})  # fmt: skip
"""Each kind in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing in a bone that a reader may find.

    Parameters
    ----------
    id : str
        Name within the patient: "A", "B"...
    bone : str
        Bone that holds it, a name of `bonemets_teach.anatomy.bone_names.BONES`.
    center_mm : Point
        Its middle (z, y, x) in the patient: from the outer corner of the first voxel of the whole skeleton [mm].
    size_mm : float
        Its longest extent [mm].
    kind : str
        "lytic", "blastic" or "mixed" for a metastasis, or one of `BENIGN_KINDS`.
    malignant : bool
        Whether it is a metastasis.
    region : {"lumbar vertebra", "pelvis", "femur", "elsewhere"}
        The detailed examination that holds where it started; "elsewhere" is seen on whole-body images only.
    phenotype : float
        0 lytic to 1 blastic; 0 for a benign finding.
    months : float
        Age of a metastasis at the current examination [months]; 0 for a benign finding.
    reach_mm : Point or None
        How far it reaches from its middle along (z, y, x) [mm]; None is half its size.
    began_mm : Point or None
        Where it started (z, y, x) [mm]; None is its middle.
    """

    id: str
    bone: str
    center_mm: Point
    size_mm: float
    kind: Kind
    malignant: bool
    region: Region
    phenotype: float = 0.0
    months: float = 0.0
    reach_mm: Point | None = None
    began_mm: Point | None = None

    @property
    def appearance(self) -> Appearance:
        """What a reader should say: lytic, blastic or mixed."""
        return BENIGN_KINDS.get(self.kind, self.kind)  # type: ignore[arg-type]

    @property
    def half_mm(self) -> Point:
        """How far it reaches from its middle along (z, y, x) [mm]."""
        return self.reach_mm or (self.size_mm / 2, self.size_mm / 2, self.size_mm / 2)

    @property
    def seed_mm(self) -> Point:
        """Where it started (z, y, x) [mm]."""
        return self.began_mm or self.center_mm

    @property
    def title(self) -> str:
        """Kind and bone in words."""
        return f"{KIND_TITLES[self.kind]}, {self.bone}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LabValue:
    """One laboratory value with its usual range."""

    name: str
    value: float
    unit: str
    low: float
    high: float

    @property
    def flag(self) -> Literal["low", "normal", "high"]:
        """Where the value lies."""
        return "low" if self.value < self.low else "high" if self.value > self.high else "normal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """A generated patient; the same seed and difficulty give the same patient.

    Parameters
    ----------
    seed : int
        What the patient is generated from.
    difficulty : {"easy", "mixed", "hard"}
        How large and how many metastases are, and how many benign findings stand beside them.
    sex : {"female", "male"}
        Sex.
    age_years, height_cm : int
        Age [years] and body height [cm].
    primary : {"breast", "prostate", "lung", "kidney"}
        Where the known cancer is.
    tracer : {"FDG", "PSMA"}
        Tracer of the PET.
    history : str
        Two or three plain sentences.
    labs : tuple of LabValue
        Laboratory values at the current examination.
    findings : tuple of Finding
        None to eight.
    region : {"lumbar vertebra", "pelvis", "femur"}
        What is examined in detail.
    level : str
        Vertebra in the middle of the detailed examination; "" for the other regions.
    prior_months : float
        How long before the current examination the prior one was made [months].
    has_prior_ct : bool, default False
        Whether CT was made then, too; a bone scan always was.
    """

    seed: int
    difficulty: str
    sex: Literal["female", "male"]
    age_years: int
    height_cm: int
    primary: str
    tracer: Literal["FDG", "PSMA"]
    history: str
    labs: tuple[LabValue, ...]
    findings: tuple[Finding, ...]
    region: Region
    level: str
    prior_months: float
    has_prior_ct: bool = False

    @property
    def metastases(self) -> tuple[Finding, ...]:
        """Findings that are malignant."""
        return tuple(finding for finding in self.findings if finding.malignant)
