"""Benign findings that look like a metastasis, laid into a phantom as fields.

Each function returns a `VoxelState` without tumor: bone, marrow fat, labels where the shape of the bone changes,
and the activity of osteoblasts, so that every modality shows it by the same physics as a metastasis.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt

from bonemets_teach.anatomy._benign_fields import (
    around,
    body_columns,
    bone_at,
    box_around,
    distance_to,
    point_of,
    state_of,
    texture,
)  # fmt: skip
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import PELVIS, Tissue, is_bone
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import require_in_range

__all__ = [
    "MIMICS", "bone_island", "degenerative_disease", "healed_metastasis", "hemangioma", "osteoporotic_collapse", "paget",
]  # fmt: skip

_Array = npt.NDArray[np.float32]
_Mask = npt.NDArray[np.bool_]

# published: enostoses measure 1190 +- 239 HU (Ulano 2016); by HU = -21 + 1667 f
ISLAND_FRACTION: Final = 0.726
# chosen: spikes of the brush border [share of the radius]
ISLAND_SPIKES: Final = 0.25
# chosen: distance and bone fraction of the thickened vertical trabeculae, and marrow of mostly fat between them
COLUMN_SPACING_MM: Final = 5.0
COLUMN_FRACTION: Final = 0.45
BETWEEN_FRACTION: Final = 0.02
HEMANGIOMA_FAT: Final = 0.95
# chosen: cortex of twice the thickness, coarse trabeculae, a bone 2 mm larger all around
PAGET_CORTEX_MM: Final = 4.0
PAGET_CORTEX_FRACTION: Final = 0.60
PAGET_COARSE_MM: Final = 3.0
PAGET_COARSE_GAIN: Final = 1.5
PAGET_EXPANSION_MM: Final = 2.0
# chosen: turnover of the active phase [times normal]; intense on every bone scan
PAGET_ACTIVITY: Final = 6.0
# chosen: share of its bone that an osteoporotic vertebra has left, and activity of a fresh fracture
OSTEOPOROTIC_SHARE: Final = 0.6
FRACTURE_ACTIVITY: Final = 4.0
# chosen: loss of height at the back edge over that at the front; a wedge
BACK_SHARE: Final = 0.25
# published: SUVmax of degenerative over normal vertebrae, 12.59 / 7.08 (Ann Nucl Med 2020; 34: 39)
DEGENERATIVE_ACTIVITY: Final = 1.78
# chosen: reach and bone fraction of sclerosis and osteophytes
SCLEROSIS_MM: Final = 4.0
SCLEROSIS_GAIN: Final = 0.20
OSTEOPHYTE_MM: Final = 5.0
OSTEOPHYTE_FRACTION: Final = 0.40
# chosen: how far from the worn bone its neighbor changes
WEAR_REACH_MM: Final = 15.0
# chosen: a deposit that has healed: dense rim, less dense middle, quiet cells
HEALED_RIM_MM: Final = 4.0
HEALED_RIM_FRACTION: Final = 0.50
HEALED_CORE_FRACTION: Final = 0.32
HEALED_UNEVEN: Final = 0.2
HEALED_ACTIVITY: Final = 1.1


def bone_island(phantom: Phantom, where: str | Point, *, radius_mm: float = 6.0) -> VoxelState:
    """Lay in a bone island: compact bone in the marrow, sharp, with spikes into the trabeculae, and cold.

    Parameters
    ----------
    phantom : Phantom
        Healthy phantom.
    where : str or Point
        Name of one of its sites, or (z, y, x) from the outer corner of the first voxel [mm]; in bone.
    radius_mm : float, default 6
        Radius [mm], in [2, 20].

    Returns
    -------
    state : VoxelState
        Without tumor.

    Raises
    ------
    ParameterError
        If the place is not in bone or the radius is out of range.
    """
    require_in_range("radius_mm", radius_mm, 2.0, 20.0, "mm")
    center, offset, distance = around(phantom, where)
    box = box_around(phantom, distance <= 2 * radius_mm + phantom.voxel_mm)
    z, y, x = (np.broadcast_to(axis, phantom.shape)[box] / np.maximum(distance[box], 1e-3) for axis in offset)
    spikes = np.cos(7 * np.arctan2(y, x)) * np.sqrt(np.maximum(1 - z * z, 0)) + np.cos(9 * z)
    radius = radius_mm * (1 + ISLAND_SPIKES * 0.5 * spikes)
    inside = np.clip((radius - distance[box]) / phantom.voxel_mm + 0.5, 0, 1) * bone_at(phantom, center)[box]
    bone = phantom.bone_fraction.copy()
    bone[box] = np.maximum(bone[box], inside * ISLAND_FRACTION)
    return state_of(phantom, bone, activity=np.ones_like(bone))


def hemangioma(phantom: Phantom, where: str | Point, *, radius_mm: float = 11.0) -> VoxelState:
    """Lay in a hemangioma: few thick vertical trabeculae in fat; dots on axial, stripes on upright planes.

    Parameters
    ----------
    phantom, where
        As in `bone_island`.
    radius_mm : float, default 11
        Radius [mm], in [4, 30].

    Returns
    -------
    state : VoxelState
        Without tumor; marrow of mostly fat.
    """
    require_in_range("radius_mm", radius_mm, 4.0, 30.0, "mm")
    center, offset, distance = around(phantom, where)
    inside = (distance <= radius_mm) & bone_at(phantom, center) & (phantom.label != Tissue.CORTEX)
    bend = texture(phantom, 8.0)[:1]
    _, y, x = ((axis + bend) * np.float32(2 * np.pi / COLUMN_SPACING_MM) for axis in offset)
    column = np.cos(y) + np.cos(x) > 1.0
    filled = np.where(column, np.float32(COLUMN_FRACTION), np.float32(BETWEEN_FRACTION))
    bone = np.where(inside, filled, phantom.bone_fraction)
    fat = np.where(inside, np.float32(HEMANGIOMA_FAT), phantom.fat_fraction)
    return state_of(phantom, bone, activity=np.ones_like(bone), fat=fat)


def paget(phantom: Phantom, where: str | Point, *, activity: float = PAGET_ACTIVITY) -> VoxelState:
    """Turn a whole bone into one with Paget's disease: thick cortex, coarse trabeculae, larger, very active.

    Parameters
    ----------
    phantom, where
        As in `bone_island`; the whole bone is changed.
    activity : float, default 6
        Osteoblast activity [times normal], in [1, 20].

    Returns
    -------
    state : VoxelState
        Without tumor.
    """
    work = require_in_range("activity", activity, 1.0, 20.0, "x normal")
    whole = bone_at(phantom, phantom.index_of(point_of(phantom, where)))
    depth = distance_transform_edt(whole) * phantom.voxel_mm
    outside = distance_transform_edt(~whole) * phantom.voxel_mm
    soft = np.isin(phantom.label, [Tissue.SOFT, Tissue.FAT])
    grown = (outside > 0) & (outside <= PAGET_EXPANSION_MM + 0.5 * phantom.voxel_mm) & soft
    gain = np.clip(1 + PAGET_COARSE_GAIN * texture(phantom, PAGET_COARSE_MM), 0.3, 4)
    shell = grown | (whole & (depth <= PAGET_CORTEX_MM))
    bone = np.where(whole, np.minimum(phantom.bone_fraction * gain, 0.9), phantom.bone_fraction)
    bone = np.where(shell, np.maximum(bone, PAGET_CORTEX_FRACTION), bone)
    label = np.where(grown, np.uint8(Tissue.CORTEX), phantom.label)
    return state_of(phantom, bone, activity=np.where(whole | grown, work, 1.0), label=label)


def osteoporotic_collapse(phantom: Phantom, where: str | Point, *, height_loss: float = 0.4) -> VoxelState:
    """Let an osteoporotic vertebral body collapse to a wedge: fatty marrow stays, the back edge stays straight.

    Parameters
    ----------
    phantom, where
        As in `bone_island`; a phantom with a disc above the body, as `vertebra` has.
    height_loss : float, default 0.4
        Share of the height lost at the front edge, in [0, 0.7].

    Returns
    -------
    state : VoxelState
        Without tumor; impacted bone under the upper endplate, active as a fresh fracture is.

    Notes
    -----
    Bone is squeezed from above, column by column, and keeps its mineral; the disc fills the gap. The arch, and
    what lies above the disc, stay in place.
    """
    loss = require_in_range("height_loss", height_loss, 0.0, 0.7)
    center = phantom.index_of(point_of(phantom, where))
    body = body_columns(phantom, center)
    bone = np.where(
        bone_at(phantom, center), phantom.bone_fraction * OSTEOPOROTIC_SHARE, phantom.bone_fraction
    )
    fields = [bone, np.array(phantom.fat_fraction), np.array(phantom.label)]
    activity = np.ones(phantom.shape, np.float32)
    rows = np.flatnonzero(body.any(axis=1))
    for y, x in zip(*np.nonzero(body), strict=True):
        back = (y - rows[0]) / max(rows[-1] - rows[0], 1)
        _squeeze(fields, activity, center[0], (int(y), int(x)), loss * (1 - (1 - BACK_SHARE) * back))
    return state_of(phantom, fields[0], activity=activity, fat=fields[1], label=fields[2])


def degenerative_disease(phantom: Phantom, where: str | Point) -> VoxelState:
    """Wear out the joint of a bone: dense bone along the disc or joint space, and osteophytes at its edge.

    Parameters
    ----------
    phantom, where
        As in `bone_island`; the bone's discs, or the joint to its neighbor, are changed.

    Returns
    -------
    state : VoxelState
        Without tumor; active on both sides as published for degenerative vertebrae.
    """
    whole = bone_at(phantom, phantom.index_of(point_of(phantom, where)))
    has_disc = bool((phantom.label == Tissue.DISC).any())
    wear_mm = SCLEROSIS_MM + (0 if has_disc else 3)
    # Nothing farther away changes, nor counts as the other side of the joint.
    box = box_around(phantom, whole, WEAR_REACH_MM + max(wear_mm, OSTEOPHYTE_MM))
    kind = phantom.label[box]
    across = distance_to(kind == Tissue.DISC if has_disc else np.isin(kind, PELVIS), phantom.voxel_mm)
    from_bone = distance_to(whole[box], phantom.voxel_mm)
    near = is_bone(kind) & (across <= wear_mm) & (from_bone <= WEAR_REACH_MM)
    spur = np.isin(kind, [Tissue.SOFT, Tissue.FAT]) & (across <= OSTEOPHYTE_MM) & (from_bone <= OSTEOPHYTE_MM)
    bone, label, activity = (
        phantom.bone_fraction.copy(),
        phantom.label.copy(),
        np.ones(phantom.shape, np.float32),
    )
    bone[box][near] += np.float32(SCLEROSIS_GAIN)
    np.minimum(bone, 0.93, out=bone)
    bone[box][spur], label[box][spur] = OSTEOPHYTE_FRACTION, Tissue.CORTEX
    activity[box][near | spur] = DEGENERATIVE_ACTIVITY
    return state_of(phantom, bone, activity=activity, label=label)


def healed_metastasis(phantom: Phantom, where: str | Point, *, radius_mm: float = 12.0) -> VoxelState:
    """Lay in a lytic deposit that treatment has healed: no tumor, sclerotic rim, filled middle, quiet cells.

    Parameters
    ----------
    phantom, where
        As in `bone_island`.
    radius_mm : float, default 12
        Radius [mm], in [3, 30].

    Returns
    -------
    state : VoxelState
        Without tumor.
    """
    require_in_range("radius_mm", radius_mm, 3.0, 30.0, "mm")
    center, _, distance = around(phantom, where)
    uneven = distance + texture(phantom, 6.0)
    inside = (uneven <= radius_mm) & bone_at(phantom, center)
    rim = np.clip((uneven - radius_mm + HEALED_RIM_MM) / 2, 0, 1)
    filled = HEALED_CORE_FRACTION + (HEALED_RIM_FRACTION - HEALED_CORE_FRACTION) * rim
    filled = np.clip(filled * (1 + HEALED_UNEVEN * texture(phantom, 3.0)), 0.05, 0.9)
    bone = np.where(inside, np.maximum(filled, phantom.bone_fraction), phantom.bone_fraction)
    return state_of(phantom, bone, activity=np.where(inside, HEALED_ACTIVITY, 1.0))


MIMICS: Final[MappingProxyType[str, tuple[str, Callable[..., VoxelState]]]] = MappingProxyType({
    "bone-island": ("Bone island", bone_island),
    "hemangioma": ("Hemangioma", hemangioma),
    "paget": ("Paget's disease", paget),
    "collapse": ("Osteoporotic collapse", osteoporotic_collapse),
    "degenerative": ("Degenerative disease", degenerative_disease),
    "healed": ("Healed metastasis", healed_metastasis),
})  # fmt: skip
"""Name for people and function of each finding; all take a phantom and a place."""


def _squeeze(
    fields: list[npt.NDArray[Any]], activity: _Array, middle: int, at: tuple[int, int], loss: float
) -> None:
    """Squeeze one column of the body from above and let the disc follow."""
    column = (slice(None), *at)
    bone, _, label = (field[column].copy() for field in fields)
    inside = is_bone(label)
    top = middle - int(np.argmin(inside[middle::-1])) + 1 if not inside[: middle + 1].all() else 0
    bottom = middle + int(np.argmin(inside[middle:])) if not inside[middle:].all() else len(inside)
    # The voxel that the endplate cuts is labeled disc, yet holds bone; it moves along.
    top -= int(top > 0 and bone[top - 1] > 0)
    drop = round(loss * (bottom - top))
    if top == 0 or drop == 0:
        return
    source = top + (np.arange(top + drop, bottom) + 0.5 - top - drop) * (bottom - top) / (bottom - top - drop)
    pick = np.clip(source.astype(int), top, bottom - 1)
    for field in fields:
        field[top + drop : bottom, at[0], at[1]] = field[pick, at[0], at[1]]
        field[top : top + drop, at[0], at[1]] = 0
    fields[0][top + drop : bottom, at[0], at[1]] *= bone[top:bottom].sum() / max(
        fields[0][top + drop : bottom, at[0], at[1]].sum(), 1e-6
    )
    fields[2][top : top + drop, at[0], at[1]] = Tissue.DISC
    activity[top + drop : top + drop + max(2, (bottom - top - drop) // 2), at[0], at[1]] = FRACTURE_ACTIVITY
