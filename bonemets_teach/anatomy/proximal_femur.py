"""The right proximal femur in its hip as a voxel phantom, made of formulas, with no patient's data."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._bone_fields import (
    CANAL_LEVEL,
    FEMUR_BOX,
    PELVIS_BOX,
    USUAL,
    BoneFields,
    BoneQuality,
    femur_fields,
    marrow_fat,
    pelvis_fields,
    within,
)
from bonemets_teach.anatomy._femur_shape import shaft_point
from bonemets_teach.anatomy._thigh import soft_label
from bonemets_teach.anatomy.bone_quality import (
    STATURE_CM,
    Sex,
    as_sex,
    cortex_factor,
    spongy_factor,
    spongy_fraction,
)
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


def proximal_femur(
    *, voxel_mm: float = 1.25, seed: int = 7, sex: str = "female", age_years: float = 65.0
) -> Phantom:
    """Return the healthy phantom of a right proximal femur, seen from the front with the head at the right.

    Parameters
    ----------
    voxel_mm : float, default 1.25
        Edge of a voxel [mm], in [0.8, 3].
    seed : int, default 7
        Seed of the trabecular texture.
    sex : {"female", "male"}, default "female"
        A man's femur is 7 % larger, as his body is taller; the field stays.
    age_years : float, default 65
        Age [years], in [20, 95]: spongiosa follows `bone_quality.spongy_fraction`, cortex thins from 50 on.

    Returns
    -------
    phantom : Phantom
        About 220 x 150 x 180 mm (z, y, x), read-only; one instance for the same arguments while it is among the
        latest few.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    Notes
    -----
    Left out: labrum, ligaments, vessels, bowel gas, cartilage as a tissue of its own (the joint space is soft
    tissue), the far half of the pelvis, the bow of the shaft and the divergence of the beam. Sizes: `FemurSize`.
    """
    edge = require_in_range("voxel_mm", voxel_mm, 0.8, 3.0, "mm")
    spongy_fraction(age_years)
    return _built(edge, seed, as_sex(sex), float(age_years))


@lru_cache(maxsize=4)
def _built(edge_mm: float, seed: int, sex: Sex, age_years: float) -> Phantom:
    scale = STATURE_CM[sex] / STATURE_CM["female"]
    axes = [
        (np.arange(round(extent / edge_mm)) + 0.5) * edge_mm
        if scale == 1
        else _scaled(extent, edge_mm, head, scale)
        for extent, head in zip(EXTENT_MM, _HEAD, strict=True)
    ]
    quality = BoneQuality(
        cortex=cortex_factor(age_years, sex) / cortex_factor(65.0, sex), spongy=spongy_factor(age_years)
    )
    fraction, fat, label, turnover = build_region(axes, edge_mm=edge_mm / scale, seed=seed, quality=quality)
    return Phantom(
        bone_fraction=fraction,
        fat_fraction=fat,
        label=label,
        turnover_per_year=turnover,
        voxel_mm=edge_mm,
        name="proximal femur",
        sites={name: _about_head(point, scale) for name, point in SITES.items()},
    )


def _scaled(extent: float, edge_mm: float, head: float, scale: float) -> npt.NDArray[Any]:
    """Return where the voxels of a larger body lie in the default one [mm]."""
    axis = (np.arange(round(extent / edge_mm)) + 0.5) * edge_mm
    return np.asarray((axis - head) / scale + head)


def _about_head(point: Point, scale: float) -> Point:
    z, y, x = (h + scale * (p - h) if scale != 1 else p for p, h in zip(point, _HEAD, strict=True))
    return float(z), float(y), float(x)


def build_region(
    axes_mm: list[npt.NDArray[Any]], *, edge_mm: float, seed: int = 7, quality: BoneQuality = USUAL
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
    quality : BoneQuality
        What age does to the bone.

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
    for box, fields_of, own in ((PELVIS_BOX, pelvis_fields, False), (FEMUR_BOX, femur_fields, True)):
        part = within(relative, box)
        if part is not None:
            at = Coordinates.open_grid(*_cut(relative, part))
            fields = fields_of(at, edge_mm, seed, quality)
            np.maximum(fraction[part], fields.bone, out=fraction[part])
            _label_bone(label[part], fields, at, own=own)
    return fraction, _fat_fraction(label, relative), label, _turnover(label)


def _label_bone(label: npt.NDArray[np.uint8], fields: BoneFields, at: Coordinates, *, own: bool) -> None:
    inside = fields.inside > 0.5
    if own:
        deep = np.where(at.z > CANAL_LEVEL, np.uint8(Tissue.MARROW), np.uint8(Tissue.TRABECULAR))
        kind = np.where(fields.shell > 0.5, np.uint8(Tissue.CORTEX), deep)
    else:
        kind = np.where(
            fields.shell > 0.5, np.uint8(Tissue.PELVIS_CORTEX), np.uint8(Tissue.PELVIS_TRABECULAR)
        )
    label[inside] = kind[inside]


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
