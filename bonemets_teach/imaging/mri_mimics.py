"""Benign findings of a vertebra that can pass for a metastasis: where they sit, and what fills the marrow there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging._mri_collapse import collapsed
from bonemets_teach.imaging._mri_vertebral_body import VertebralBody, vertebral_body
from bonemets_teach.imaging.mri_content import METASTASIS, LesionContent, lesion_content

__all__ = ["MIMICS", "Mimic", "benign_mimic"]

Float32 = npt.NDArray[np.float32]
_Painted = tuple[Float32, Float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Mimic:
    """A benign finding, ready for `bonemets_teach.imaging.mri.mri_slice`.

    Parameters
    ----------
    state : VoxelState
        Its tumor field is the share of the marrow space that ``content`` fills, not tumor: for MRI only.
    content : LesionContent
        What fills it.
    note : str
        What gives it away, in a sentence.
    """

    state: VoxelState
    content: LesionContent
    note: str


def benign_mimic(phantom: Phantom, name: str) -> Mimic:
    """Put a benign finding into a vertebra.

    Parameters
    ----------
    phantom : Phantom
        A vertebra or lumbar spine, with the site "vertebral body".
    name : str
        One of `MIMICS`.

    Returns
    -------
    mimic : Mimic
        One instance for the same arguments while it is among the latest few.

    Raises
    ------
    ParameterError
        If there is no such finding, or the phantom has no vertebral body.

    Notes
    -----
    Shapes and sizes are chosen to be typical. Osteoporotic collapse lowers the upper end plate by up to a third of the
    height; the other findings leave the outline of the bone alone.
    """
    if name not in MIMICS:
        message = f"there is no finding “{name}”; choose one of {', '.join(MIMICS)}"
        raise ParameterError(message)
    return _made(phantom, name)


@lru_cache(maxsize=6)
def _made(phantom: Phantom, name: str) -> Mimic:
    recipe = MIMICS[name]
    body = vertebral_body(phantom)
    if recipe.collapse_mm:
        phantom = collapsed(phantom, body, recipe.collapse_mm)
        body = vertebral_body(phantom)
    share, bone = recipe.paint(body)
    marrow = is_bone(phantom.label[body.roi])
    ones = np.ones(marrow.shape, dtype=np.float32)
    state = VoxelState(
        phantom=phantom,
        roi=body.roi,
        roi_bone_fraction=np.where(marrow, np.clip(bone, 0, 1), body.bone).astype(np.float32),
        roi_tumor=np.where(marrow, np.clip(share, 0, 1), 0).astype(np.float32),
        roi_osteoblast_ratio=ones,
        roi_osteoclast_ratio=ones,
    )
    content = METASTASIS if recipe.content is None else lesion_content(recipe.content)
    return Mimic(state=state, content=content, note=recipe.note)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recipe:
    paint: Callable[[VertebralBody], _Painted]
    content: str | None
    note: str
    collapse_mm: float = 0.0


def _soft(distance: npt.NDArray[Any], width_mm: float = 2.0) -> Float32:
    """Return 1 inside a signed distance and 0 outside, with a margin."""
    return np.asarray(np.clip(0.5 - distance / width_mm, 0, 1), dtype=np.float32)


def _struts(body: VertebralBody, step_mm: float) -> Float32:
    """Return vertical struts, as coarse trabeculae look in a slice."""
    turns = 2 * np.pi / step_mm
    return np.asarray(np.clip(np.cos(body.y * turns) * np.cos(body.x * turns), 0, 1) * np.ones_like(body.z))


def _hemangioma(body: VertebralBody) -> _Painted:
    ball = _soft(np.sqrt(body.z**2 + body.y**2 + body.x**2) - 9.5)
    bone = body.bone * (1 - ball) + ball * (0.03 + 0.45 * _struts(body, 5.0))
    return ball, bone.astype(np.float32)


def _collapse(body: VertebralBody) -> _Painted:
    depth = body.below_upper_plate
    band = _soft(np.asarray(depth - 11.0 - 0.8 * np.sin(body.y / 6)), 3.0) * body.inside
    line = np.exp(-(((depth - 4.0 - 0.4 * np.sin(body.y / 5)) / 1.0) ** 2)) * body.inside
    return band, np.asarray(body.bone + 0.35 * line, dtype=np.float32)


def _paget(body: VertebralBody) -> _Painted:
    inward = ndimage.distance_transform_edt(body.own) * body.voxel_mm
    frame = _soft(inward - 4.0) * (inward > 0)
    coarse = 0.06 + 0.40 * _struts(body, 6.0)
    bone = np.where(body.own, np.maximum(frame * 0.75, coarse), body.bone)
    return np.where(body.own, 0.6, 0).astype(np.float32), np.asarray(bone, dtype=np.float32)


def _bone_island(body: VertebralBody) -> _Painted:
    angle = np.arctan2(body.z, body.y + 0 * body.x)
    radius = np.sqrt((body.z / 1.3) ** 2 + body.y**2 + body.x**2)
    island = _soft(np.asarray(radius - 5.0 - 0.7 * np.cos(11 * angle)), 1.5)
    return np.zeros_like(body.bone), np.asarray(np.maximum(body.bone, 0.95 * island), dtype=np.float32)


def _modic(body: VertebralBody, dense: float) -> _Painted:
    from_disc = body.from_lower_disc
    lens = 8.0 * np.sqrt(np.clip(1 - (body.y / 17) ** 2 - (body.x / 26) ** 2, 0, 1))
    band = _soft(np.asarray(from_disc - lens), 2.5) * (lens > 0)
    return band, np.asarray(body.bone + band * dense, dtype=np.float32)


def _schmorl(body: VertebralBody) -> _Painted:
    depth = np.sqrt(body.below_upper_plate**2 + (body.y - 2) ** 2 + body.x**2)
    node = _soft(depth - 6.0, 1.5)
    rim = _soft(np.abs(depth - 7.5) - 0.8, 1.5)
    bone = np.maximum(body.bone, 0.6 * rim) * (1 - node)
    return node, np.asarray(bone, dtype=np.float32)


MIMICS: Final[Mapping[str, _Recipe]] = MappingProxyType({
    "osteoporotic collapse": _Recipe(
        paint=_collapse, content="marrow edema", collapse_mm=9.0,
        note="a band of edema under the sunken end plate with a dark line in it; the rest keeps its fat",
    ),
    "hemangioma": _Recipe(
        paint=_hemangioma, content="hemangioma",
        note="fat makes it bright on T1, vessels make it bright on T2; thick struts stand in it",
    ),
    "Paget disease": _Recipe(
        paint=_paget, content="Paget disease",
        note="the whole vertebra has a thick frame and coarse struts, and keeps its fat",
    ),
    "bone island": _Recipe(
        paint=_bone_island, content="bone island",
        note="small, black on every sequence, with a brush border and normal marrow around it",
    ),
    "Modic 1": _Recipe(
        paint=lambda body: _modic(body, 0.0), content="Modic 1",
        note="edema on both sides of a disc, along its end plates",
    ),
    "Modic 2": _Recipe(
        paint=lambda body: _modic(body, 0.0), content="Modic 2",
        note="fat on both sides of a disc: bright on T1, gone on STIR",
    ),
    "Modic 3": _Recipe(
        paint=lambda body: _modic(body, 0.5), content="Modic 3",
        note="sclerosis on both sides of a disc: dark on T1 and T2",
    ),
    "Schmorl node": _Recipe(
        paint=_schmorl, content="Schmorl node",
        note="disc that has sunk through the end plate: it has the signal of the disc and a dark rim",
    ),
})  # fmt: skip
"""Findings by name."""
