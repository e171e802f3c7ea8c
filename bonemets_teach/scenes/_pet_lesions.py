"""The lesions of the PET scene: places, growth, treatment, and what each tracer makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.imaging.bone_uptake_mimics import MimicName, add_mimic
from bonemets_teach.imaging.flare_course import LesionCourse, TreatedLesion, lesion_course
from bonemets_teach.imaging.pet_noise import PetSettings
from bonemets_teach.imaging.pet_patches import PetBody, PetPatch, pet_body, pet_patch
from bonemets_teach.imaging.pet_tracers import TracerName
from bonemets_teach.imaging.treated_lesion import treated_lesion
from bonemets_teach.scenes._nuclear_body import body

__all__ = [
    "BENIGN",
    "KINDS",
    "PLACES",
    "ROWS",
    "TRACERS",
    "Benign",
    "Lesions",
    "benign_patches",
    "patches",
    "under",
]

KINDS: Final = MappingProxyType({"lytic": 0.0, "mixed": 0.45, "blastic": 1.0})
"""Type of the lesions, 0 lytic to 1 blastic."""
TRACERS: Final[tuple[TracerName, ...]] = ("FDG", "NaF", "PSMA")
PLACES: Final = MappingProxyType({
    "L3": "L3", "T8": "T8", "right rib 6": "right rib 6", "left ilium": "left ilium",
    "right femur": "right proximal femur",
})  # fmt: skip
"""Bone of each lesion, and the place of the phantom in it; the first one is measured."""
ROWS: Final = 268
"""Planes that are shown, from the crown to the middle of the thighs."""
_MONTHS: Final = 12.0
_DAYS_A_MONTH: Final = 30.4
_LONGEST_WEEKS: Final = 30.0
_LEAST_MM: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesions:
    """What the patient has.

    Parameters
    ----------
    kind : str
        Key of `KINDS`.
    diameter_mm : float
        Diameter of each lesion [mm]; below 2 there is none.
    week : float
        Weeks of a treatment that works.
    receptor : float
        Share of the tumor that carries PSMA, 0..1.
    """

    kind: str
    diameter_mm: float
    week: float
    receptor: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Benign:
    """A benign finding that takes up tracer."""

    mimic: MimicName
    site: str
    label: str


BENIGN: Final = (
    Benign(mimic="degenerative disease", site="L5", label="worn L5"),
    Benign(mimic="degenerative disease", site="left proximal humerus", label="worn shoulder"),
    Benign(mimic="osteoporotic collapse", site="left rib 8", label="healing rib"),
)


def under(name: TracerName) -> PetBody:
    """Return the healthy patient under a tracer, an hour after injection.

    Parameters
    ----------
    name : {"FDG", "NaF", "PSMA"}
        Tracer.

    Returns
    -------
    body : PetBody
        Kept.
    """
    return pet_body(body(), PetSettings(tracer=name), ROWS)


def patches(name: TracerName, lesions: Lesions) -> list[PetPatch]:
    """Return every metastasis under a tracer.

    Parameters
    ----------
    name : {"FDG", "NaF", "PSMA"}
        Tracer.
    lesions : Lesions
        What the patient has.

    Returns
    -------
    patches : list of PetPatch
        In the order of `PLACES`; empty without lesions.
    """
    if lesions.diameter_mm < _LEAST_MM:
        return []
    receptor = lesions.receptor if name == "PSMA" else 1.0
    found = [_patch(name, bone, lesions.kind, lesions.diameter_mm, lesions.week, receptor) for bone in PLACES]
    return [patch for patch in found if patch is not None]


@lru_cache(maxsize=3)
def benign_patches(name: TracerName) -> list[PetPatch]:
    """Return the benign findings under a tracer.

    Parameters
    ----------
    name : {"FDG", "NaF", "PSMA"}
        Tracer.

    Returns
    -------
    patches : list of PetPatch
        In the order of `BENIGN`.
    """
    found = [pet_patch(under(name), _benign(number)) for number in range(len(BENIGN))]
    return [patch for patch in found if patch is not None]


@lru_cache(maxsize=64)
def _patch(
    name: TracerName, bone: str, kind: str, diameter_mm: float, week: float, receptor: float
) -> PetPatch | None:
    return pet_patch(under(name), _state(bone, kind, diameter_mm, week), receptor)


@lru_cache(maxsize=16)
def _state(bone: str, kind: str, diameter_mm: float, week: float) -> VoxelState:
    lesion = SkeletonLesion(
        bone=bone, center_mm=body().sites[PLACES[bone]], radius_mm=diameter_mm / 2, phenotype=KINDS[kind],
        months=_MONTHS,
    )  # fmt: skip
    return treated_lesion(lesion_fields(body(), [lesion]), _course(kind), week)


@lru_cache(maxsize=3)
def _course(kind: str) -> LesionCourse:
    return lesion_course(TreatedLesion(phenotype=KINDS[kind], age_d=_MONTHS * _DAYS_A_MONTH), _LONGEST_WEEKS)


@lru_cache(maxsize=3)
def _benign(number: int) -> VoxelState:
    one = BENIGN[number]
    return add_mimic(VoxelState.healthy(body()), one.mimic, one.site)
