"""The right proximal femur in its hip as a voxel phantom, made of formulas, with no patient's data."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._bone_fields import (
    CANAL_LEVEL,
    FEMUR_BOX,
    PELVIS_BOX,
    femur_fields,
    marrow_fat,
    pelvis_fields,
    within,
)
from bonemets_teach.anatomy._femur_shape import shaft_point
from bonemets_teach.anatomy._thigh import soft_label
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Coordinates, Point
from bonemets_teach.anatomy.tissues import Tissue, is_bone
from bonemets_teach.errors import require_in_range

__all__ = ["EXTENT_MM", "LANDMARKS_MM", "SITES", "build_region", "proximal_femur"]

_Array = npt.NDArray[np.float32]

EXTENT_MM: Final[Point] = (220.0, 150.0, 180.0)
"""Size of the field (z, y, x) [mm]."""
_HEAD: Final[Point] = (72.0, 75.0, 100.0)


def _from_head(z: float, y: float, x: float) -> Point:
    return (_HEAD[0] + z, _HEAD[1] + y, _HEAD[2] + x)


LANDMARKS_MM: Final = MappingProxyType(
    {
        "head center": _HEAD,
        "neck center": _from_head(21.0, 3.8, -22.0),
        "tip of the greater trochanter": _from_head(-1.0, 15.0, -46.0),
        "tip of the lesser trochanter": _from_head(*(np.add(shaft_point(61), (0, 15, 24)))),
        "shaft axis, upper": _from_head(*shaft_point(100.0)),
        "shaft axis, lower": _from_head(*shaft_point(145.0)),
        "Ward's triangle": _from_head(27.0, 5.0, -27.0),
    }
)
"""Named points (z, y, x) [mm] from the outer corner of the first voxel."""
SITES: Final = MappingProxyType(
    {
        "femoral head": _from_head(-3.0, 0.0, 2.0),
        "neck": LANDMARKS_MM["neck center"],
        "intertrochanteric": _from_head(47.0, 9.0, -30.0),
        "subtrochanteric": _from_head(*(np.add(shaft_point(92.0), (0, 0, -7.0)))),
        "greater trochanter": _from_head(22.0, 9.0, -52.0),
    }
)
"""Places for a lesion (z, y, x) [mm] from the outer corner of the first voxel; all lie in marrow-bearing bone."""


@cache
def proximal_femur(*, voxel_mm: float = 1.25, seed: int = 7) -> Phantom:
    """Return the healthy phantom of a right proximal femur, seen from the front with the head at the right.

    Parameters
    ----------
    voxel_mm : float, default 1.25
        Edge of a voxel [mm], in [0.8, 3].
    seed : int, default 7
        Seed of the trabecular texture.

    Returns
    -------
    phantom : Phantom
        About 220 x 150 x 180 mm (z, y, x), read-only; one instance per argument.

    Raises
    ------
    ParameterError
        If ``voxel_mm`` is outside its range.

    Notes
    -----
    Left out: labrum, ligaments, vessels, bowel gas, cartilage as a tissue of its own (the joint space is soft
    tissue), the far half of the pelvis, the bow of the shaft and the divergence of the beam. Sizes: `FemurSize`.
    """
    edge = require_in_range("voxel_mm", voxel_mm, 0.8, 3.0, "mm")
    axes = [(np.arange(round(extent / edge)) + 0.5) * edge for extent in EXTENT_MM]
    fraction, fat, label, turnover = build_region(axes, edge_mm=edge, seed=seed)
    return Phantom(
        bone_fraction=fraction,
        fat_fraction=fat,
        label=label,
        turnover_per_year=turnover,
        voxel_mm=edge,
        name="proximal femur",
        sites=SITES,
    )


def build_region(
    axes_mm: list[npt.NDArray[Any]], *, edge_mm: float, seed: int = 7
) -> tuple[_Array, _Array, npt.NDArray[np.uint8], _Array]:
    """Evaluate the anatomy on any grid of points.

    Parameters
    ----------
    axes_mm : list of three ndarray of shape (Z,), (Y,), (X,)
        Positions of the points along z, y, x from the phantom's outer corner [mm], each ascending.
    edge_mm : float
        Length over which surfaces are averaged [mm]; the edge of a voxel.
    seed : int, default 7
        Seed of the trabecular texture.

    Returns
    -------
    bone_fraction, fat_fraction, label, turnover_per_year : ndarray of shape (Z, Y, X)
        As in `Phantom`.
    """
    relative = [
        np.asarray(axis, dtype=np.float32) - np.float32(h) for axis, h in zip(axes_mm, _HEAD, strict=True)
    ]
    label = soft_label(Coordinates.open_grid(*relative))
    fraction = np.zeros(label.shape, dtype=np.float32)
    for box, add in ((PELVIS_BOX, _add_pelvis), (FEMUR_BOX, _add_femur)):
        part = within(relative, box)
        if part is not None:
            add(Coordinates.open_grid(*_cut(relative, part)), edge_mm, seed, fraction[part], label[part])
    return fraction, _fat_fraction(label, relative), label, _turnover(label)


def _add_femur(
    at: Coordinates, edge_mm: float, seed: int, fraction: _Array, label: npt.NDArray[np.uint8]
) -> None:
    fields = femur_fields(at, edge_mm, seed)
    np.maximum(fraction, fields.bone, out=fraction)
    within_surface = fields.inside > 0.5
    deep = np.where(at.z > CANAL_LEVEL, np.uint8(Tissue.MARROW), np.uint8(Tissue.TRABECULAR))
    kind = np.where(fields.shell > 0.5, np.uint8(Tissue.CORTEX), deep)
    label[within_surface] = kind[within_surface]


def _add_pelvis(
    at: Coordinates, edge_mm: float, seed: int, fraction: _Array, label: npt.NDArray[np.uint8]
) -> None:
    fields = pelvis_fields(at, edge_mm, seed)
    np.maximum(fraction, fields.bone, out=fraction)
    within_surface = fields.inside > 0.5
    kind = np.where(fields.shell > 0.5, np.uint8(Tissue.PELVIS_CORTEX), np.uint8(Tissue.PELVIS_TRABECULAR))
    label[within_surface] = kind[within_surface]


def _fat_fraction(label: npt.NDArray[np.uint8], relative: list[_Array]) -> _Array:
    """Return the marrow fat: of the femur by place, in the pelvis 0.5 (chosen)."""
    femur = marrow_fat(relative[0][:, None], relative[2][None, :])[:, None, :]
    share = np.where(is_bone(label, femur_only=True), femur, 0)
    return np.where(label >= Tissue.PELVIS_CORTEX, np.float32(0.5), share).astype(np.float32)


def _turnover(label: npt.NDArray[np.uint8]) -> _Array:
    """Return the turnover: 25 % a year in spongiosa, 4 % in cortex (chosen)."""
    table = np.zeros(256, dtype=np.float32)
    table[[Tissue.TRABECULAR, Tissue.PELVIS_TRABECULAR, Tissue.MARROW]] = 0.25
    table[[Tissue.CORTEX, Tissue.PELVIS_CORTEX]] = 0.04
    return table[label]


def _cut(relative: list[_Array], box: tuple[slice, slice, slice]) -> list[_Array]:
    return [axis[part] for axis, part in zip(relative, box, strict=True)]
