"""A thoracic or lumbar vertebra between its neighbors, in its slice of the body."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._body_outline import body_label, fat_depth, skin_distance
from bonemets_teach.anatomy._painter import Painter
from bonemets_teach.anatomy._site_search import settle_sites
from bonemets_teach.anatomy._skeleton_bones import skeleton_bones
from bonemets_teach.anatomy._spine import spine_frames
from bonemets_teach.anatomy._vertebra_bone import body_cortex, body_spongiosa
from bonemets_teach.anatomy._vertebra_shape import canal_middle, disc_piece
from bonemets_teach.anatomy._vertebra_size import LEVELS, VertebraSize, vertebra_size
from bonemets_teach.anatomy._vertebra_soft import (
    WALL_MM,
    paint_abdomen,
    paint_canal,
    paint_chest,
    paint_pieces,
)
from bonemets_teach.anatomy.bone_names import BONE_NUMBERS, BONES
from bonemets_teach.anatomy.bone_quality import STATURE_CM, Sex, as_sex, spongy_fraction
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Coordinates, Point
from bonemets_teach.anatomy.solids import Box
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import ParameterError, require_in_range

__all__ = ["VERTEBRA_LEVELS", "vertebra"]

VERTEBRA_LEVELS: Final = ("T8", "T12", "L1", "L3", "L5")
"""Vertebrae that can be built."""
_REFERENCE_CM: Final = 165.0
# Chosen: half of the field along the spine and across, and the skin from the hip joints, at 165 cm [mm].
_HALF_LENGTH_MM: Final = 42.0
_HALF_WIDTH_MM: Final = 160.0
_SKIN_MM: Final = (-134.0, 132.0)


def vertebra(
    *, level: str = "L3", sex: str = "female", age_years: float = 65.0, voxel_mm: float = 1.5
) -> Phantom:
    """Return the healthy phantom of a vertebra in its slice of the body.

    Parameters
    ----------
    level : str, default "L3"
        One of `VERTEBRA_LEVELS`.
    sex : {"female", "male"}, default "female"
        A woman of 165 cm or a man of 176 cm.
    age_years : float, default 65
        Age [years], in [20, 95]: spongiosa, cortex and marrow fat.
    voxel_mm : float, default 1.5
        Edge of a voxel [mm], in [1, 3].

    Returns
    -------
    phantom : Phantom
        The vertebra with both discs and more than half of each neighbor; z along its axis. Its bone has the labels of the
        bone of interest, all other bone those of neighbors. One instance for the same arguments while it is among
        the latest few.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    Notes
    -----
    The field follows the axis of the vertebra; outside it lies the body of `whole_skeleton`, ribs and hip bones
    included. Left out: ligaments, facet cartilage, nerve roots outside the sac, nucleus and annulus as parts.
    """
    if level not in VERTEBRA_LEVELS:
        message = f"there is no vertebra “{level}”; choose one of {', '.join(VERTEBRA_LEVELS)}"
        raise ParameterError(message)
    edge = require_in_range("voxel_mm", voxel_mm, 1.0, 3.0, "mm")
    spongy_fraction(age_years)
    return _built(level, as_sex(sex), float(age_years), edge)


@lru_cache(maxsize=3)
def _built(level: str, sex: Sex, age_years: float, edge_mm: float) -> Phantom:
    size, body = vertebra_size(level, sex), _body_frame(level, sex)
    own = _in_field(body, spine_frames(sex)[level])
    around = _neighbors(level, sex, body)
    grid = Grid.covering(_box(body), edge_mm)
    painter = Painter(grid, _soft(grid, level, sex, body, around))
    for bone in skeleton_bones(sex, age_years, body):
        mine = bone.name == level
        if mine:
            bone = replace(  # noqa: PLW2901 - the same bone, in detail
                bone,
                frame=own,
                spongy=body_spongiosa(size, level, age_years),
                cortex_mm=body_cortex(size, sex, age_years),
            )
        painter.add(replace(bone, neighbor=not mine), BONE_NUMBERS[bone.name])
    return Phantom(
        bone_fraction=painter.bone,
        fat_fraction=painter.fat,
        label=painter.label,
        turnover_per_year=painter.turnover,
        voxel_mm=edge_mm,
        name="lumbar vertebra" if level.startswith("L") else "thoracic vertebra",
        sites=settle_sites(painter, {n: (level, own.body(p)) for n, p in _places(size).items()}),
        bone_number=painter.number,
        bone_names=BONES,
    )


def _places(size: VertebraSize) -> dict[str, Point]:
    """Return places for a lesion in the frame of the vertebra [mm]."""
    h, b, rear = size.height, size.depth / 2, canal_middle(size) + size.canal_depth / 2
    x = size.canal_width / 2 + size.pedicle_width / 2 - 0.5
    slope = np.deg2rad(size.drop_deg)
    along = 0.55 * size.spinous
    return {
        "vertebral body": (0.0, -0.15 * b, 0.0),
        "front of the body": (0.0, -0.65 * b, 0.0),
        "back of the body": (0.1 * h, 0.6 * b, 0.25 * size.width),
        "right pedicle": (-0.2 * h, b + 1.0, -x),
        "left pedicle": (-0.2 * h, b + 1.0, x),
        "spinous process": (
            0.2 * h + along * float(np.sin(slope)),
            rear + 3 + along * float(np.cos(slope)),
            0.0,
        ),
    }


def _body_frame(level: str, sex: Sex) -> Frame:
    """Return the frame in which the body stands so that the vertebra is upright at the origin."""
    at, scale = spine_frames(sex)[level], STATURE_CM[sex] / _REFERENCE_CM
    turned = Frame(tilt_deg=-at.tilt_deg, scale=scale)
    z, y, x = turned.body(at.origin)
    return replace(turned, origin=(-z, -y, -x))


def _in_field(body: Frame, bone: Frame) -> Frame:
    return replace(
        bone,
        origin=body.body(bone.origin),
        scale=body.scale * bone.scale,
        tilt_deg=bone.tilt_deg + body.tilt_deg,
    )


def _neighbors(level: str, sex: Sex, body: Frame) -> list[tuple[str, VertebraSize, Frame]]:
    """Return the vertebra and two on each side of it, from above down."""
    index = LEVELS.index(level)
    names = LEVELS[index - 2 : index + 3]
    return [(name, vertebra_size(name, sex), _in_field(body, spine_frames(sex)[name])) for name in names]


def _disc_frame(above: tuple[str, VertebraSize, Frame], below: tuple[str, VertebraSize, Frame]) -> Frame:
    """Return the frame of the disc between two vertebrae: it leans half as much as the lower one leans on the upper."""
    (_, size, frame), (_, under, lower) = above, below
    if above is below:
        return frame
    ends = (frame.body((size.height / 2, 0.0, 0.0)), lower.body((-under.height / 2, 0.0, 0.0)))
    leaning = Frame(tilt_deg=(frame.tilt_deg + lower.tilt_deg) / 2, scale=frame.scale)
    offset = leaning.body(((size.height + size.disc) / 2, 0.0, 0.0))
    z, y = ((ends[0][axis] + ends[1][axis]) / 2 - offset[axis] for axis in (0, 1))
    return replace(leaning, origin=(z, y, 0.0))


def _box(body: Frame) -> Box:
    """Return the field: a slab of the whole body around the vertebra."""
    middle = float(body.local(Coordinates.open_grid([0.0], [0.0], [0.0])).y[0, 0, 0])
    half, deep = _HALF_WIDTH_MM * body.scale, _HALF_LENGTH_MM * body.scale
    front, back = ((edge - middle) * body.scale for edge in _SKIN_MM)
    return (-deep, deep), (front, back), (-half, half)


def _soft(
    grid: Grid, level: str, sex: Sex, body: Frame, around: list[tuple[str, VertebraSize, Frame]]
) -> npt.NDArray[np.uint8]:
    skin, fat = skin_distance(grid, body), fat_depth(grid, body, sex)
    label = body_label(grid, body, skin, fat)
    if LEVELS.index(level) >= LEVELS.index("L1"):
        paint_abdomen(label, grid, vertebra_size(level, sex), skin < -fat - np.float32(WALL_MM))
    else:
        paint_chest(label, grid, vertebra_size(level, sex))
    for above, below in zip(around, [*around[1:], around[-1]], strict=True):
        paint_pieces(label, grid, _disc_frame(above, below), [disc_piece(above[1])], Tissue.DISC)
    paint_canal(label, grid, around, level)
    return label
