"""Draws what is in the bones of a generated patient, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.skeleton_lesions import usual_radius_mm
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.imaging._patient_geometry import bone_voxels
from bonemets_teach.imaging._patient_phantoms import REGION_BONES, PatientPhantoms
from bonemets_teach.imaging.bone_uptake_mimics import MIMICS
from bonemets_teach.imaging.patient_record import Finding, Kind, Region

__all__ = ["MIMIC_NAMES", "Drawing", "kind_of"]

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
MIMIC_NAMES: Final[dict[Kind, str]] = {
    "degenerative": "degenerative disease", "collapse": "osteoporotic collapse", "Paget": "Paget",
    "bone island": "bone island", "hemangioma": "hemangioma",
}  # fmt: skip
"""Name of each benign kind in `bonemets_teach.imaging.bone_uptake_mimics`."""
# Chosen: share of a long bone from its upper end in which metastases sit.
_UPPER_SHARE: Final = 0.4
_LONG_BONES: Final = ("femur", "humerus")
# Chosen: room between findings, so that a mark belongs to one of them; room to the edge of a field [mm].
_APART_MM: Final = 14.0
_EDGE_MM: Final = 6.0
_TRIES: Final = 60
_MOST: Final = 8


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
        size = round(2 * usual_radius_mm(months), 1)
        center = self._place(bone, size / 2, inside=bool(bones))
        self._append(bone, center, size, kind_of(phenotype), (phenotype, months))

    def add_benign(self, kind: Kind) -> None:
        """Add a benign finding; nothing is added if there is no room."""
        bone = str(self.rng.choice(list(_BENIGN_BONES[kind])))
        if kind == "Paget":
            self._add_whole(bone, kind)
            return
        size = 2 * MIMICS[MIMIC_NAMES[kind]].size_mm
        center = self._place(bone, size / 2, low_front=kind == "degenerative")
        self._append(bone, center, size, kind, (0.0, 0.0))

    def _add_whole(self, bone: str, kind: Kind) -> None:
        """Add a finding that takes up a whole bone; its middle is the usual place in it."""
        if any(found.bone == bone for found in self.findings) or len(self.findings) >= _MOST:
            return
        skeleton = self.phantoms.skeleton
        points = (bone_voxels(skeleton, bone) + 0.5) * skeleton.voxel_mm
        half = np.abs(points - np.asarray(skeleton.sites[bone])).max(axis=0)
        z, y, x = (round(float(value) + skeleton.voxel_mm / 2, 1) for value in half)
        size = round(2 * max(z, y, x), 1)
        self._append(bone, skeleton.sites[bone], size, kind, (0.0, 0.0))
        self.findings[-1] = replace(self.findings[-1], whole_bone_mm=(z, y, x))

    def _append(
        self, bone: str, center: Point | None, size: float, kind: Kind, grown: tuple[float, float]
    ) -> None:
        if center is None or len(self.findings) >= _MOST:
            return
        malignant = grown[1] > 0
        held = bone in REGION_BONES[self.region] and any(
            p.outside_mm(center) < 0 for p in self.phantoms.details
        )
        finding = Finding(
            id="ABCDEFGH"[len(self.findings)], bone=bone, center_mm=center, size_mm=size, kind=kind, malignant=malignant,
            region=self.region if held else "elsewhere", phenotype=grown[0], months=grown[1],
        )  # fmt: skip
        self.findings.append(finding)

    def _place(
        self, bone: str, radius: float, *, inside: bool = False, low_front: bool = False
    ) -> Point | None:
        """Return a place in a bone, away from the other findings and not cut by the edge of a field."""
        voxels = _starts(self.phantoms.skeleton, bone, low_front=low_front)
        for row in self.rng.integers(len(voxels), size=_TRIES):
            z, y, x = (float(i + 0.5) * self.phantoms.skeleton.voxel_mm for i in voxels[row])
            point = (z, y, x)
            if self._is_free(point, bone, radius) and self._fits(point, bone, radius, inside=inside):
                return point
        return None

    def _is_free(self, point: Point, bone: str, radius: float) -> bool:
        for found in self.findings:
            if found.kind == "Paget" and found.bone == bone:
                return False
            distance = float(np.linalg.norm(np.subtract(point, found.center_mm)))
            if found.kind != "Paget" and distance < radius + found.size_mm / 2 + _APART_MM:
                return False
        return True

    def _fits(self, point: Point, bone: str, radius: float, *, inside: bool) -> bool:
        for detail in self.phantoms.details:
            outside = detail.outside_mm(point)
            if inside and outside > -_EDGE_MM:
                return False
            if -_EDGE_MM < outside < radius + _EDGE_MM:
                return False
            if outside <= -_EDGE_MM and not detail.has_room(point, bone):
                return False
        return True


def _starts(skeleton: Phantom, bone: str, *, low_front: bool) -> npt.NDArray[np.intp]:
    """Return voxels in which a finding can start: with marrow if the bone has such."""
    voxels = bone_voxels(skeleton, bone)
    if bone.rsplit(maxsplit=1)[-1] in _LONG_BONES:
        top, length = voxels[:, 0].min(), np.ptp(voxels[:, 0])
        voxels = voxels[voxels[:, 0] <= top + _UPPER_SHARE * length]
    label = skeleton.label[tuple(voxels.T)]
    roomy = voxels[~np.isin(label, (Tissue.CORTEX, Tissue.PELVIS_CORTEX))]
    voxels = roomy if len(roomy) else voxels
    if low_front:
        low, front = np.quantile(voxels[:, 0], 0.6), np.quantile(voxels[:, 1], 0.5)
        voxels = voxels[(voxels[:, 0] >= low) & (voxels[:, 1] <= front)]
    return voxels
