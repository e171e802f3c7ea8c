"""Draws what is in the bones of a generated patient, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.skeleton_lesions import usual_radius_mm
from bonemets_teach.imaging._patient_phantoms import PatientPhantoms
from bonemets_teach.imaging._patient_places import Shape, agreed, extent_of, is_free, starts
from bonemets_teach.imaging.bone_uptake_mimics import MIMICS, MimicName
from bonemets_teach.imaging.patient_record import Finding, Kind, Region

__all__ = ["LEAST_SIZE_MM", "MIMIC_NAMES", "Drawing", "kind_of"]

# Chosen: how often a metastasis sits in a bone, after the red marrow that is left in an adult; weights.
_WEIGHTS: Final[dict[str, float]] = {
    **{f"T{i}": 3.0 for i in range(1, 13)}, **{f"L{i}": 4.0 for i in range(1, 6)}, **{f"C{i}": 0.7 for i in range(3, 8)},
    "sacrum": 5.0, "right ilium": 6.0, "left ilium": 6.0, "right ischium": 1.5, "left ischium": 1.5, "right pubis": 1.5,
    "left pubis": 1.5, "sternum": 4.0, "skull": 3.0, "right scapula": 1.5, "left scapula": 1.5, "right humerus": 2.0,
    "left humerus": 2.0, "right femur": 4.0, "left femur": 4.0,
    **{f"{side} rib {i}": 0.8 for side in ("right", "left") for i in range(2, 12)},
}  # fmt: skip
# Chosen: bones in which each benign finding is put.
_BENIGN_BONES: Final[dict[Kind, tuple[str, ...]]] = {
    "degenerative": ("L4", "L5", "L3", "L2", "C5", "C6"),
    "bone island": ("right ilium", "left ilium", "sacrum", "right femur", "left femur", "L2", "L4"),
    "hemangioma": ("T8", "T10", "T12", "L1", "L2", "L3", "L4"),
    "Paget": ("right ilium", "left ilium", "left femur", "right tibia", "left tibia", "skull"),
    "collapse": ("T7", "T8", "T9"),
}  # fmt: skip
MIMIC_NAMES: Final[dict[Kind, MimicName]] = {
    "degenerative": "degenerative disease", "collapse": "osteoporotic collapse", "Paget": "Paget",
    "bone island": "bone island", "hemangioma": "hemangioma",
}  # fmt: skip
"""Name of each benign kind in `bonemets_teach.imaging.bone_uptake_mimics`."""
_TRIES: Final = 60
_MOST: Final = 8
LEAST_SIZE_MM: Final = 12.0
"""No metastasis is smaller than this [mm]: what no modality can show is not asked for; chosen."""


def kind_of(phenotype: float) -> Kind:
    """Return the kind of a metastasis: lytic below 0.3, blastic above 0.7 (chosen), else mixed."""
    return "lytic" if phenotype < 0.3 else "blastic" if phenotype > 0.7 else "mixed"


@dataclass(slots=True, kw_only=True)
class Drawing:
    """Findings drawn so far, each in a place that all phantoms of the patient agree on.

    Parameters
    ----------
    phantoms : PatientPhantoms
        The healthy patient.
    region : str
        What is examined in detail.
    rng : numpy.random.Generator
        Source of chance.
    """

    phantoms: PatientPhantoms
    region: Region
    rng: np.random.Generator
    findings: list[Finding] = field(default_factory=list)

    def add_metastasis(self, phenotype: float, months: float, *, bones: Sequence[str] = ()) -> None:
        """Add a metastasis in one of some bones, or anywhere; nothing is added if there is no room."""
        if bones:
            bone = str(self.rng.choice(list(bones)))
        else:
            weights = np.array(list(_WEIGHTS.values()))
            bone = str(self.rng.choice(list(_WEIGHTS), p=weights / weights.sum()))
        radius = usual_radius_mm(months)
        for _ in range(_TRIES):
            seed = self._seed(bone, radius, inside=bool(bones))
            if seed is None:
                return
            found = self._finding(bone, seed, kind_of(phenotype), (radius, "ball"))
            if found.size_mm >= LEAST_SIZE_MM:
                self.findings.append(replace(found, malignant=True, phenotype=phenotype, months=months))
                return

    def add_benign(self, kind: Kind, bones: Sequence[str] = ()) -> None:
        """Add a benign finding, in one of some bones or in one where it is usual; nothing if there is no room."""
        bone = str(self.rng.choice(list(bones or _BENIGN_BONES[kind])))
        mimic = MIMICS[MIMIC_NAMES[kind]]
        if mimic.shape == "bone" and any(found.bone == bone for found in self.findings):
            return
        radius = float("inf") if mimic.shape == "bone" else mimic.size_mm
        seed = self._seed(bone, radius, low_front=kind == "degenerative", inside=bool(bones))
        if seed is not None:
            self.findings.append(self._finding(bone, seed, kind, (radius, mimic.shape)))

    def _finding(self, bone: str, seed: Point, kind: Kind, shape: tuple[float, Shape]) -> Finding:
        center, half = extent_of(self.phantoms.skeleton, bone, seed, *shape)
        held = any(detail.outside_mm(seed) < 0 for detail in self.phantoms.details)
        return Finding(
            id="ABCDEFGH"[len(self.findings)], bone=bone, center_mm=center, began_mm=seed, reach_mm=half, kind=kind,
            size_mm=round(2 * max(half), 1), malignant=False, region=self.region if held else "elsewhere",
        )  # fmt: skip

    def _seed(
        self, bone: str, radius: float, *, inside: bool = False, low_front: bool = False
    ) -> Point | None:
        """Return a place in a bone, away from the other findings and not cut by the edge of a field."""
        if len(self.findings) >= _MOST:
            return None
        points = starts(self.phantoms.skeleton, bone, low_front=low_front)
        for row in self.rng.integers(len(points), size=_TRIES):
            z, y, x = (float(value) for value in points[row])
            near = 0.0 if np.isinf(radius) else radius
            if is_free((z, y, x), bone, near, self.findings) and agreed(
                self.phantoms, (z, y, x), bone, radius, inside=inside
            ):
                return z, y, x
        return None
