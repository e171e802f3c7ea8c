"""Lays the findings of a patient into the phantoms, as every modality reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy import benign
from bonemets_teach.anatomy.lesion_placement import grow_at
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.imaging._patient_findings import MIMIC_NAMES
from bonemets_teach.imaging._patient_phantoms import Placed
from bonemets_teach.imaging.bone_uptake_mimics import MIMICS, add_mimic
from bonemets_teach.imaging.patient_record import FRESH_KINDS, Finding

__all__ = ["detail_state", "merged", "skeleton_state"]

_Array = npt.NDArray[np.float32]


def skeleton_state(skeleton: Phantom, findings: Sequence[Finding], *, months_ago: float = 0.0) -> VoxelState:
    """Return the whole skeleton with all findings as they were some months ago."""
    lesions = [
        SkeletonLesion(
            bone=found.bone, center_mm=found.seed_mm, phenotype=found.phenotype, months=found.months - months_ago
        )
        for found in findings
        if found.malignant and _was_there(found, months_ago)
    ]  # fmt: skip
    state = lesion_fields(skeleton, lesions)
    for found in findings:
        if not found.malignant and _was_there(found, months_ago):
            state = add_mimic(state, MIMIC_NAMES[found.kind], found.seed_mm)
    return state


def detail_state(placed: Placed, findings: Sequence[Finding], *, months_ago: float = 0.0) -> VoxelState:
    """Return a detailed phantom with the findings that lay in it some months ago."""
    here = [
        (found, placed.local(found.seed_mm))
        for found in findings
        if _held(placed, found) and _was_there(found, months_ago)
    ]
    phantom = placed.phantom
    for found, point in here:
        if not found.malignant:
            phantom = _with_benign(phantom, found, point)
    states = [
        grow_at(phantom, point, phenotype=found.phenotype).at(found.months - months_ago)
        for found, point in here
        if found.malignant
    ]
    return merged(phantom, states)


def merged(phantom: Phantom, states: Sequence[VoxelState]) -> VoxelState:
    """Return several lesions of one phantom as one state; where they meet, the one with more tumor counts."""
    if not states:
        return VoxelState.healthy(phantom)
    if len(states) == 1:
        return states[0]
    roi = _around([state.roi for state in states])
    bone = phantom.bone_fraction[roi].copy()
    tumor = np.zeros_like(bone)
    osteoblast, osteoclast = np.ones_like(bone), np.ones_like(bone)
    for state in states:
        inner = tuple(slice(s.start - r.start, s.stop - r.start) for s, r in zip(state.roi, roi, strict=True))
        more = state.roi_tumor > tumor[inner]
        for field, value in (
            (tumor, state.roi_tumor), (bone, state.roi_bone_fraction),
            (osteoblast, state.roi_osteoblast_ratio), (osteoclast, state.roi_osteoclast_ratio),
        ):  # fmt: skip
            np.copyto(field[inner], value, where=more)
    return VoxelState(
        phantom=phantom, roi=roi, roi_bone_fraction=bone, roi_tumor=tumor,
        roi_osteoblast_ratio=osteoblast, roi_osteoclast_ratio=osteoclast,
    )  # fmt: skip


def _was_there(found: Finding, months_ago: float) -> bool:
    if found.malignant:
        return found.months > months_ago
    return months_ago == 0 or found.kind not in FRESH_KINDS


def _held(placed: Placed, found: Finding) -> bool:
    return found.region != "elsewhere" and placed.outside_mm(found.seed_mm) < 0


def _with_benign(phantom: Phantom, found: Finding, point: Point) -> Phantom:
    """Return a phantom that has a benign finding as part of its health; the activity of cells is not kept."""
    size: dict[str, Any] = {}
    if found.kind in {"bone island", "hemangioma"}:
        size["radius_mm"] = MIMICS[MIMIC_NAMES[found.kind]].size_mm
    name = {"Paget": "paget", "bone island": "bone-island"}.get(found.kind, found.kind)
    _, laid_in = benign.MIMICS[name]
    state = laid_in(phantom, point, **size)
    return replace(state.phantom, bone_fraction=state.bone_fraction)


def _around(boxes: Sequence[Region]) -> Region:
    z, y, x = (
        slice(min(b[axis].start for b in boxes), max(b[axis].stop for b in boxes)) for axis in range(3)
    )
    return z, y, x
