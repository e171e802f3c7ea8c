"""What may be found in the vertebra under SPECT/CT: a worn facet joint, and metastases of four kinds."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.scenes._spine_lesions import spine

__all__ = ["FINDINGS", "LEAST_MM", "LEVEL", "body", "finding_state", "places", "site_of"]

_Array = npt.NDArray[np.float32]

FINDINGS: Final = MappingProxyType({
    "none": "None",
    "facet": "Worn facet joint, right",
    "pedicle": "Metastasis in the right pedicle",
    "body": "Blastic metastasis in the body",
    "rim": "Lytic metastasis in the body, rim of new bone",
    "cold": "Lytic metastasis, back of the body, no new bone",
})  # fmt: skip
"""What may be in the vertebra, and what the learner reads."""
LEVEL: Final = "L3"
_SITES: Final = MappingProxyType({
    "none": "vertebral body", "facet": "right facet joint", "pedicle": "right pedicle", "body": "front of the body",
    "rim": "vertebral body", "cold": "back of the body",
})  # fmt: skip
# Chosen: type of each metastasis, 0 lytic to 1 blastic, and its age.
_PHENOTYPES: Final = MappingProxyType({"pedicle": 0.66, "body": 1.0, "rim": 0.0, "cold": 0.0})
_MONTHS: Final = MappingProxyType({"pedicle": 18.0, "body": 12.0, "rim": 36.0, "cold": 36.0})
# Chosen: the joint between L2 and L3 from the site of the pedicle (z, y, x) [mm]: between both processes.
_JOINT_MM: Final = (-8.5, 13.0, 0.5)
_PEDICLE_UP_MM: Final = 2.5  # the metastasis sits in the upper half of the pedicle; chosen
# Chosen: osteoblasts and bone of a joint that is worn badly; uptake as that of the metastasis in the pedicle.
_WORN_OSTEOBLASTS: Final = 6.0
_WORN_BONE: Final = 0.45
# Chosen: bone that fills the joint space and its edge, and how far from old bone it reaches [mm].
_SPUR_BONE: Final = 0.45
_SPUR_MM: Final = 3.5
# Chosen: the shell of new bone around a slow lytic deposit: width [mm], osteoblasts, bone.
_RIM_MM: Final = 3.0
_RIM_OSTEOBLASTS: Final = 9.0
_RIM_BONE: Final = 0.35
LEAST_MM: Final = 2.0
"""Smaller findings are none [mm]."""


@cache
def body() -> Phantom:
    """Return the healthy third lumbar vertebra in its slice of the body, kept."""
    return spine()


@cache
def places() -> dict[str, Point]:
    """Return named places of the vertebra (z, y, x) [mm]; those of the arch on both sides."""
    phantom = body()
    sites = dict(phantom.sites)
    middle = sites["vertebral body"][2]
    for side, sign in (("right", -1.0), ("left", 1.0)):
        z, y, x = sites[f"{side} pedicle"]
        sites[f"{side} pedicle"] = (z - _PEDICLE_UP_MM, y, x)
        joint = tuple(at + by for at, by in zip((z, y, x), _JOINT_MM, strict=True))
        sites[f"{side} facet joint"] = (joint[0], joint[1], middle + sign * abs(joint[2] - middle))
    return sites


def site_of(finding: str) -> Point:
    """Return the middle of a finding (z, y, x) [mm]; that of the body without one."""
    return places()[_SITES[finding]]


def finding_state(finding: str, diameter_mm: float) -> VoxelState:
    """Return the vertebra with a finding.

    Parameters
    ----------
    finding : str
        One of `FINDINGS`.
    diameter_mm : float
        Its diameter [mm], in [0, 60]; below 2 there is none.

    Returns
    -------
    state : VoxelState
        For CT, SPECT and planar scan alike.
    """
    if finding == "none" or diameter_mm < LEAST_MM:
        return _healthy()
    return _ill(finding, diameter_mm)


@cache
def _healthy() -> VoxelState:
    return VoxelState.healthy(body())


# All images of a finding are taken one after the other; a large lesion takes 4 MB.
@lru_cache(maxsize=1)
def _ill(finding: str, diameter_mm: float) -> VoxelState:
    if finding == "facet":
        return _worn_joint(diameter_mm / 2)
    lesion = SkeletonLesion(
        bone=LEVEL, center_mm=site_of(finding), radius_mm=diameter_mm / 2, phenotype=_PHENOTYPES[finding],
        months=_MONTHS[finding],
    )  # fmt: skip
    grown = lesion_fields(body(), [lesion])
    return _with_rim(grown, diameter_mm / 2) if finding == "rim" else grown


def _distance(roi: Region, center: Point) -> _Array:
    edge = body().voxel_mm
    z, y, x = (
        (np.arange(part.start, part.stop, dtype=np.float32) + 0.5) * edge - at
        for part, at in zip(roi, center, strict=True)
    )
    return np.asarray(np.sqrt(z[:, None, None] ** 2 + y[:, None] ** 2 + x**2), dtype=np.float32)


def _worn_joint(radius_mm: float) -> VoxelState:
    """Make bone on both sides of the joint dense and busy, and let spurs narrow its space."""
    phantom, center = body(), site_of("facet")
    index, half = phantom.index_of(center), int(np.ceil((radius_mm + _SPUR_MM) / phantom.voxel_mm)) + 1
    roi = tuple(
        slice(max(i - half, 0), min(i + half + 1, n)) for i, n in zip(index, phantom.shape, strict=True)
    )
    z, y, x = roi
    region: Region = (z, y, x)
    label, bone = phantom.label[region], np.array(phantom.bone_fraction[region])
    # The wear fades at its edge within a voxel.
    share = np.clip((radius_mm - _distance(region, center)) / phantom.voxel_mm + 0.5, 0, 1)
    share[np.isin(label, [Tissue.CSF, Tissue.CORD])] = 0
    solid = is_bone(label)
    near = _near(solid, _SPUR_MM / phantom.voxel_mm) & ~solid
    bone = np.where(solid, bone + share * np.maximum(_WORN_BONE - bone, 0), bone)
    bone = np.where(near, np.maximum(bone, share * _SPUR_BONE), bone)
    blasts = np.where(solid, 1 + share * (_WORN_OSTEOBLASTS - 1), 1)
    one: _Array = np.ones(bone.shape, dtype=np.float32)
    return VoxelState(
        phantom=phantom, roi=region, roi_bone_fraction=bone.astype(np.float32), roi_tumor=np.zeros_like(one),
        roi_osteoblast_ratio=blasts.astype(np.float32), roi_osteoclast_ratio=one,
    )  # fmt: skip


def _near(solid: npt.NDArray[np.bool_], voxels: float) -> npt.NDArray[np.bool_]:
    return np.asarray(distance_transform_edt(~solid) <= voxels)


def _with_rim(state: VoxelState, radius_mm: float) -> VoxelState:
    """Add the shell in which the host's osteoblasts answer."""
    away = _distance(state.roi, site_of("rim")) - np.float32(radius_mm)
    shell = np.exp(-((away / np.float32(_RIM_MM)) ** 2))
    shell = np.where(is_bone(state.phantom.label[state.roi]), shell, 0)
    bone = np.maximum(state.roi_bone_fraction, shell * np.float32(_RIM_BONE))
    blasts = state.roi_osteoblast_ratio + shell * np.float32(_RIM_OSTEOBLASTS - 1)
    return replace(
        state, roi_bone_fraction=bone.astype(np.float32), roi_osteoblast_ratio=blasts.astype(np.float32)
    )
