"""The healthy phantoms of a generated patient: the whole skeleton, and the region that is examined in detail."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

import numpy as np

from bonemets_teach.anatomy.bone_quality import STATURE_CM
from bonemets_teach.anatomy.lumbar_spine import lumbar_spine
from bonemets_teach.anatomy.pelvis import pelvis
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.vertebra import vertebra
from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton, whole_skeleton
from bonemets_teach.imaging._patient_geometry import Placing, femur_placing, resized, upright_placing
from bonemets_teach.imaging.patient_record import Region

__all__ = ["REGION_BONES", "Body", "PatientPhantoms", "Placed", "patient_phantoms"]

Sex = Literal["female", "male"]

# Chosen: as coarse as the images made of them allow [mm].
_PELVIS_MM: Final = 2.4
_FEMUR_MM: Final = 1.5
_REFERENCE_CM: Final = 165.0
# Chosen: more bone than this leaves no room for a deposit to start.
_MOST_BONE: Final = 0.6

REGION_BONES: Final[dict[Region, tuple[str, ...]]] = {
    "lumbar vertebra": ("L1", "L2", "L3", "L4", "L5"),
    "pelvis": (
        "sacrum", "right ilium", "left ilium", "right ischium", "left ischium", "right pubis", "left pubis",
    ),
    "femur": ("right femur",),
}  # fmt: skip
"""Bones of which each detailed examination shows the whole, or for the femur the upper part."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What the phantoms depend on."""

    sex: Sex
    height_cm: int
    age_years: int
    region: Region
    level: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Placed:
    """A phantom and where it lies in the patient."""

    phantom: Phantom
    placing: Placing

    def local(self, point_mm: Point) -> Point:
        """Return a point of the patient in the phantom [mm], where it may lie outside."""
        return self.placing.to_phantom(point_mm)

    def outside_mm(self, point_mm: Point) -> float:
        """Return how far a point of the patient lies outside the field; negative inside [mm]."""
        local = np.asarray(self.local(point_mm))
        extent = np.asarray(self.phantom.shape) * self.phantom.voxel_mm
        return float(np.max(np.maximum(-local, local - extent)))

    def has_room(self, point_mm: Point, bone: str) -> bool:
        """Return whether a point of the patient lies in marrow of a bone here."""
        if self.outside_mm(point_mm) >= 0:
            return False
        phantom, at = self.phantom, self.phantom.index_of(self.local(point_mm))
        label = phantom.label[at]
        if label in (Tissue.CORTEX, Tissue.PELVIS_CORTEX) or phantom.bone_fraction[at] >= _MOST_BONE:
            return False
        if phantom.bone_number is None:
            return bone == "right femur" and bool(is_bone(label, femur_only=True))
        return phantom.bone_names.get(int(phantom.bone_number[at])) == bone


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PatientPhantoms:
    """The phantoms of one patient.

    Parameters
    ----------
    skeleton : WholeSkeleton
        Its corner is the origin of the patient's coordinates.
    body : Placed
        The region in its slice of the body, for CT and radiographs.
    spine : Placed or None
        The lumbar spine, for MRI; None where MRI uses ``body``.
    """

    skeleton: WholeSkeleton
    body: Placed
    spine: Placed | None

    @property
    def details(self) -> tuple[Placed, ...]:
        """The phantoms of the detailed examination."""
        return (self.body,) if self.spine is None else (self.body, self.spine)


@lru_cache(maxsize=1)
def patient_phantoms(body: Body) -> PatientPhantoms:
    """Return the phantoms of a patient; those of the latest one are kept."""
    skeleton = whole_skeleton(sex=body.sex, height_cm=float(body.height_cm), age_years=float(body.age_years))
    taller = body.height_cm / STATURE_CM[body.sex]
    given = {"sex": body.sex, "age_years": float(body.age_years)}
    if body.region == "femur":
        femur = resized(proximal_femur(voxel_mm=_FEMUR_MM, **given), taller)  # type: ignore[arg-type]
        placed = Placed(phantom=femur, placing=femur_placing(femur, skeleton))
        return PatientPhantoms(skeleton=skeleton, body=placed, spine=None)
    if body.region == "pelvis":
        part = resized(pelvis(voxel_mm=_PELVIS_MM, **given), taller)  # type: ignore[arg-type]
        placed = Placed(phantom=part, placing=upright_placing(part, skeleton, "sacrum", tilted=False))
        return PatientPhantoms(skeleton=skeleton, body=placed, spine=None)
    part = resized(vertebra(level=body.level, **given), taller)  # type: ignore[arg-type]
    spine = resized(lumbar_spine(**given), body.height_cm / _REFERENCE_CM)  # type: ignore[arg-type]
    return PatientPhantoms(
        skeleton=skeleton,
        body=Placed(phantom=part, placing=upright_placing(part, skeleton, body.level, tilted=True)),
        spine=Placed(phantom=spine, placing=upright_placing(spine, skeleton, "L3", tilted=True)),
    )
