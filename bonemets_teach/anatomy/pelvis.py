"""The bony pelvis with the last lumbar vertebrae and the upper femora, in its slice of the body."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._body_outline import body_label, fat_depth, skin_distance
from bonemets_teach.anatomy._painter import Bone, Painter
from bonemets_teach.anatomy._pelvis_shape import PELVIS_FORM
from bonemets_teach.anatomy._pelvis_soft import paint_pelvic_soft
from bonemets_teach.anatomy._site_search import settle_sites
from bonemets_teach.anatomy._skeleton_bones import skeleton_bones
from bonemets_teach.anatomy.bone_names import BONE_NUMBERS, BONES
from bonemets_teach.anatomy.bone_quality import STATURE_CM, Sex, as_sex, spongy_factor, spongy_fraction
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Coordinates, Point, sphere
from bonemets_teach.anatomy.solids import Box
from bonemets_teach.errors import require_in_range

__all__ = ["pelvis"]

_Array = npt.NDArray[np.float32]

_REFERENCE_CM: Final = 165.0
_BOX: Final[Box] = ((-168.0, 114.0), (-126.0, 135.0), (-189.0, 189.0))
"""Field from the middle between the femoral heads, at 165 cm [mm]."""
# Chosen: spongiosa of the hip bone away from the joint and next to it, at 65 years.
_SPONGY: Final = 0.13
_ROOF_SPONGY: Final = 0.16
_SOCKET_MM: Final = 27.0
_PARTS: Final = ("ilium", "sacrum")


def pelvis(*, sex: str = "female", age_years: float = 65.0, voxel_mm: float = 3.0) -> Phantom:
    """Return the healthy phantom of a pelvis.

    Parameters
    ----------
    sex : {"female", "male"}, default "female"
        A woman of 165 cm or a man of 176 cm; a woman's pelvis is wider below and her iliac wings flare.
    age_years : float, default 65
        Age [years], in [20, 95]: spongiosa, cortex and marrow fat.
    voxel_mm : float, default 3
        Edge of a voxel [mm], in [1.5, 4].

    Returns
    -------
    phantom : Phantom
        Hip bones, sacrum and coccyx have the labels of the bone of interest, femora and lumbar vertebrae those of
        neighbors. One instance for the same arguments while it is among the latest few.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    Notes
    -----
    Left out: labrum, ligaments, symphysis and joint cartilage as tissues of their own, bowel gas.
    """
    edge = require_in_range("voxel_mm", voxel_mm, 1.5, 4.0, "mm")
    spongy_fraction(age_years)
    return _built(as_sex(sex), float(age_years), edge)


@lru_cache(maxsize=2)
def _built(sex: Sex, age_years: float, edge_mm: float) -> Phantom:
    body = Frame(scale=STATURE_CM[sex] / _REFERENCE_CM)
    grid = Grid.covering(body.body_box(_BOX), edge_mm)
    skin, fat = skin_distance(grid, body), fat_depth(grid, body, sex)
    label = body_label(grid, body, skin, fat)
    paint_pelvic_soft(label, grid, body, skin < -fat)
    painter = Painter(grid, label)
    for bone in skeleton_bones(sex, age_years, body):
        part = bone.name.split()[-1]
        painter.add(
            replace(_hip(bone, age_years) if part == "ilium" else bone, neighbor=part not in _PARTS),
            BONE_NUMBERS[bone.name],
        )
    return Phantom(
        bone_fraction=painter.bone,
        fat_fraction=painter.fat,
        label=painter.label,
        turnover_per_year=painter.turnover,
        voxel_mm=edge_mm,
        name="pelvis",
        sites=settle_sites(painter, {n: (b, body.body(p)) for n, (b, p) in _places(sex).items()}),
        bone_number=painter.number,
        bone_names=BONES,
    )


def _hip(bone: Bone, age_years: float) -> Bone:
    """Return a hip bone with its weight-bearing roof, the densest part of the socket."""
    factor = np.float32(spongy_factor(age_years))

    def spongy(at: Coordinates, _distance: _Array) -> _Array:
        from_head = np.maximum(sphere(at, (0, 0, 0), _SOCKET_MM), 0)
        roof = np.exp(-from_head / np.float32(10)) / (1 + np.exp((at.z - 14) / np.float32(4)))
        return np.asarray(factor * (_SPONGY + _ROOF_SPONGY * roof), dtype=np.float32)

    return replace(bone, spongy=spongy)


def _places(sex: Sex) -> dict[str, tuple[str, Point]]:
    """Return places for a lesion: bone, and point in the body of 165 cm [mm]."""
    form = PELVIS_FORM[sex]
    of_hip: dict[str, tuple[str, Point]] = {
        "iliac crest": ("ilium", (-133.0, 8.0, -45.0 * form.flare)),
        "acetabular roof": ("ilium", (-38.0, 5.0, 6.0)),
        "ischium": ("ischium", (50.0, 30.0, form.tuber_x - 2)),
        "pubis": ("pubis", (27.0, -44.0, form.hip_half - 11.0)),
        "ilium near the sacrum": ("ilium", (-82.0, 78.0, 37.0)),
    }
    places: dict[str, tuple[str, Point]] = {"sacrum": ("sacrum", (-85.0, 36.0, 0.0))}
    for side, sign in (("right", -1.0), ("left", 1.0)):
        for name, (bone, (z, y, x)) in of_hip.items():
            places[f"{side} {name}"] = (f"{side} {bone}", (z, y, sign * (form.hip_half - x)))
        places[f"{side} sacral ala"] = ("sacrum", (-86.0, 44.0, sign * 33.0))
    return places
