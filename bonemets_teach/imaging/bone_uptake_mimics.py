"""Benign findings that take up tracer, or look as if they should: what they do to bone, cells and uptake."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import Region, VoxelState
from bonemets_teach.errors import ParameterError

__all__ = ["MIMICS", "Mimic", "MimicName", "add_mimic"]

_Array = npt.NDArray[np.float32]
MimicName = Literal["degenerative disease", "osteoporotic collapse", "Paget", "bone island", "hemangioma"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mimic:
    """A benign finding.

    Parameters
    ----------
    name : str
        Name.
    shape : {"ball", "band", "bone"}
        A ball around a place, a flat band across the bone there, or the whole bone.
    size_mm : float
        Radius of the ball, half height of the band [mm]; not used for a whole bone.
    osteoblast_ratio, osteoclast_ratio : float
        Cells relative to normal.
    bone_factor, bone_at_least : float
        Factor on the bone volume fraction, and the fraction that it then has at least.
    published : str
        What was measured.
    source : str
        Where, and what is chosen.
    """

    name: str
    shape: Literal["ball", "band", "bone"]
    size_mm: float
    osteoblast_ratio: float
    osteoclast_ratio: float
    bone_factor: float
    bone_at_least: float
    published: str
    source: str


MIMICS: Final = MappingProxyType({
    "degenerative disease": Mimic(
        name="degenerative disease", shape="ball", size_mm=9.0, osteoblast_ratio=2.6, osteoclast_ratio=2.0,
        bone_factor=1.6, bone_at_least=0.0, published="SUVmax 12.59 (SD 9.01), 1.8 times a normal vertebra",
        source="Ann Nucl Med 2020; 34: 39. Cells calibrated to that ratio after blur",
    ),
    "osteoporotic collapse": Mimic(
        name="osteoporotic collapse", shape="band", size_mm=6.0, osteoblast_ratio=7.0, osteoclast_ratio=3.0,
        bone_factor=1.4, bone_at_least=0.0, published="a hot horizontal line, for months after the fracture",
        source="textbook sign; cells chosen",
    ),
    "Paget": Mimic(
        name="Paget", shape="bone", size_mm=0.0, osteoblast_ratio=7.0, osteoclast_ratio=8.0,
        bone_factor=1.35, bone_at_least=0.0, published="intense uptake of the whole bone from end to end",
        source="textbook sign; cells chosen, as turnover rises several times",
    ),
    "bone island": Mimic(
        name="bone island", shape="ball", size_mm=5.0, osteoblast_ratio=0.6, osteoclast_ratio=0.6,
        bone_factor=1.0, bone_at_least=0.72, published="mean 1190 HU (SD 239); no or faint uptake",
        source="Ulano 2016, AJR 207: 362, for the CT number; cells chosen",
    ),
    "hemangioma": Mimic(
        name="hemangioma", shape="ball", size_mm=10.0, osteoblast_ratio=1.0, osteoclast_ratio=1.0,
        bone_factor=0.6, bone_at_least=0.0, published="mostly normal or faintly cold",
        source="textbook sign; bone chosen, fewer and thicker trabeculae",
    ),
})  # fmt: skip
"""Findings by name; each says what is published and what is chosen."""


def add_mimic(state: VoxelState, name: MimicName, place: str | Point) -> VoxelState:
    """Add a benign finding to a phantom, with or without lesions.

    Parameters
    ----------
    state : VoxelState
        What is there before.
    name : str
        One of `MIMICS`.
    place : str or Point
        A named place of the phantom, or a point (z, y, x) [mm] in a bone.

    Returns
    -------
    state : VoxelState
        With the finding; tumor stays as it was.

    Raises
    ------
    ParameterError
        If name or place are unknown, or there is no bone at the place.

    Notes
    -----
    Left out: the wedge shape of a collapse, the widening of a bone by Paget, the fat of a hemangioma, osteophytes.
    """
    if name not in MIMICS:
        message = f"there is no benign finding “{name}”; choose one of {', '.join(MIMICS)}"
        raise ParameterError(message)
    mimic, phantom = MIMICS[name], state.phantom
    point = _point(phantom, place)
    where = _extent(phantom, mimic, point)
    if not where.any():
        message = f"there is no bone at {place!r}; choose a named place or a point inside a bone"
        raise ParameterError(message)
    return _changed(state, where, mimic)


def _changed(state: VoxelState, where: npt.NDArray[np.bool_], mimic: Mimic) -> VoxelState:
    old = state.roi if state.roi_tumor.size else None
    roi = _box(where, old)
    inside = where[roi]
    bone = np.array(state.phantom.bone_fraction[roi])
    tumor, blasts, clasts = (np.full(bone.shape, value, dtype=np.float32) for value in (0.0, 1.0, 1.0))
    if old is not None:
        held = tuple(slice(o.start - r.start, o.stop - r.start) for o, r in zip(old, roi, strict=True))
        bone[held], tumor[held] = state.roi_bone_fraction, state.roi_tumor
        blasts[held], clasts[held] = state.roi_osteoblast_ratio, state.roi_osteoclast_ratio
    denser = np.maximum(bone[inside] * mimic.bone_factor, mimic.bone_at_least)
    bone[inside] = np.minimum(denser, np.maximum(bone[inside], 0.95))
    blasts[inside] = (
        np.maximum(blasts[inside], mimic.osteoblast_ratio)
        if mimic.osteoblast_ratio > 1
        else mimic.osteoblast_ratio
    )
    clasts[inside] = np.maximum(clasts[inside], mimic.osteoclast_ratio)
    return VoxelState(
        phantom=state.phantom, roi=roi, roi_bone_fraction=bone, roi_tumor=tumor, roi_osteoblast_ratio=blasts,
        roi_osteoclast_ratio=clasts,
    )  # fmt: skip


def _point(phantom: Phantom, place: str | Point) -> Point:
    if not isinstance(place, str):
        return place
    if place not in phantom.sites:
        message = f"{phantom.name} has no place “{place}”; choose one of {', '.join(phantom.sites)}"
        raise ParameterError(message)
    return phantom.sites[place]


def _extent(phantom: Phantom, mimic: Mimic, point: Point) -> npt.NDArray[np.bool_]:
    """Return the voxels of the finding."""
    index, edge = phantom.index_of(point), phantom.voxel_mm
    bone = is_bone(phantom.label)
    if phantom.bone_number is not None and mimic.shape != "ball":
        bone = bone & (phantom.bone_number == phantom.bone_number[index]) & (phantom.bone_number > 0)
    if mimic.shape == "bone":
        return bone
    z, y, x = (np.arange(size) * edge - i * edge for size, i in zip(phantom.shape, index, strict=True))
    if mimic.shape == "band":
        near = (y[:, None] ** 2 + x[None, :] ** 2) <= 40.0**2
        return np.asarray(bone & (np.abs(z) <= mimic.size_mm)[:, None, None] & near[None])
    spans = [np.flatnonzero(np.abs(axis) <= mimic.size_mm) for axis in (z, y, x)]
    box = tuple(slice(int(span[0]), int(span[-1]) + 1) for span in spans)
    z, y, x = (axis[part] for axis, part in zip((z, y, x), box, strict=True))
    ball = np.zeros_like(bone)
    ball[box] = bone[box] & (z[:, None, None] ** 2 + y[:, None] ** 2 + x**2 <= mimic.size_mm**2)
    return ball


def _box(where: npt.NDArray[np.bool_], old: Region | None) -> Region:
    spans = []
    for axis in range(3):
        used = np.flatnonzero(where.any(axis=tuple(a for a in range(3) if a != axis)))
        low, high = int(used[0]), int(used[-1]) + 1
        if old is not None:
            low, high = min(low, old[axis].start), max(high, old[axis].stop)
        spans.append(slice(low, high))
    return spans[0], spans[1], spans[2]
