"""The lumbar spine in a sagittal slab of the body, as an MR examination of the back shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache, lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from bonemets_teach.anatomy._body_outline import body_label, fat_depth, skin_distance
from bonemets_teach.anatomy._painter import Painter
from bonemets_teach.anatomy._skeleton_bones import skeleton_bones
from bonemets_teach.anatomy._spine import spine_frames
from bonemets_teach.anatomy._vertebra_bone import body_cortex
from bonemets_teach.anatomy._vertebra_shape import disc_piece
from bonemets_teach.anatomy._vertebra_size import LEVELS, VertebraSize, vertebra_size
from bonemets_teach.anatomy._vertebra_soft import WALL_MM, paint_abdomen, paint_canal, paint_pieces
from bonemets_teach.anatomy.bone_names import BONE_NUMBERS, BONES
from bonemets_teach.anatomy.bone_quality import Sex, as_sex, spongy_fraction
from bonemets_teach.anatomy.frame import Frame, Grid
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Coordinates, Point
from bonemets_teach.anatomy.solids import Box
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.errors import require_in_range

__all__ = ["LUMBAR_LEVELS", "lumbar_spine"]

_Array = npt.NDArray[np.float32]

LUMBAR_LEVELS: Final = ("L1", "L2", "L3", "L4", "L5")
"""Vertebrae that are drawn in detail; the lesion belongs into L3."""
_WITH_CORD: Final = "T12"
_OWN: Final = "L3"
# Chosen: field around the middle of L3: along the spine, from front to back, and across [mm].
_BOX: Final[Box] = ((-112.0, 92.0), (-58.0, 112.0), (-32.0, 32.0))
# Usual: the cord ends at the disc L1/L2. Chosen: that above the middle of L2, and how the conus tapers [mm].
_CONUS_ABOVE_MM: Final = 19.0
_CONUS_LENGTH_MM: Final = 24.0
_CONUS_HALF_MM: Final = 4.0
# Chosen: thinner than around the canal, so that spinous processes show their marrow [mm].
_MOST_CORTEX_MM: Final = 0.8

# Chosen, as in the phantom of a vertebra: spongiosa next to the end plates over that of the core, how deep that reaches
# [mm], and that of the arch; clumps of trabeculae, their spread and their step [mm].
_PLATE_GAIN: Final = 0.5
_PLATE_REACH_MM: Final = 2.5
_ARCH_SPONGY: Final = 1.5
_TEXTURE_SPREAD: Final = 0.2
_TEXTURE_MM: Final = 2.5
_SEED: Final = 31


def lumbar_spine(*, sex: str = "female", age_years: float = 65.0, voxel_mm: float = 1.5) -> Phantom:
    """Return the healthy phantom of a lumbar spine.

    Parameters
    ----------
    sex : {"female", "male"}, default "female"
        Sex of a person of 165 cm.
    age_years : float, default 65
        Age [years], in [20, 95]: spongiosa, cortex and marrow fat.
    voxel_mm : float, default 1.5
        Edge of a voxel [mm], in [1, 3].

    Returns
    -------
    phantom : Phantom
        T12 to the sacrum, 64 mm wide, with discs, cord, cauda equina and muscles. L3 has the labels of the bone of
        interest, all other bone those of neighbors. One instance for the same arguments while it is among the latest
        few.

    Raises
    ------
    ParameterError
        If an argument is outside its range.

    Notes
    -----
    The same shapes as `bonemets_teach.anatomy.vertebra.vertebra`, along the curve of the spine. Left out: ligaments,
    facet cartilage, the branches of aorta and vena cava.
    """
    edge = require_in_range("voxel_mm", voxel_mm, 1.0, 3.0, "mm")
    spongy_fraction(age_years)
    return _built(as_sex(sex), float(age_years), edge)


@lru_cache(maxsize=2)
def _built(sex: Sex, age_years: float, edge_mm: float) -> Phantom:
    body = _body_frame(sex)
    frames = spine_frames(sex)
    around = [
        (level, vertebra_size(level, sex), _in_field(body, frames[level]))
        for level in LEVELS[LEVELS.index("T10") :]
    ]
    grid = Grid.covering(_BOX, edge_mm)
    painter = Painter(grid, _soft(grid, sex, body, around))
    for bone in skeleton_bones(sex, age_years, body):
        if bone.name in LUMBAR_LEVELS:
            size = vertebra_size(bone.name, sex)
            bone = replace(  # noqa: PLW2901 - the same bone, in detail
                bone,
                spongy=_spongiosa(size, age_years),
                cortex_mm=_thin(body_cortex(size, sex, age_years)),
            )
        painter.add(replace(bone, neighbor=bone.name != _OWN), BONE_NUMBERS[bone.name])
    return Phantom(
        bone_fraction=painter.bone,
        fat_fraction=painter.fat,
        label=painter.label,
        turnover_per_year=painter.turnover,
        voxel_mm=edge_mm,
        name="lumbar spine",
        sites={name: grid.from_corner(point) for name, point in _places(vertebra_size(_OWN, sex)).items()},
        bone_number=painter.number,
        bone_names=BONES,
    )


def _places(size: VertebraSize) -> dict[str, Point]:
    """Return places for a lesion around the middle of L3 [mm]."""
    h, b = size.height, size.depth / 2
    return {
        "vertebral body": (0.0, -0.15 * b, 0.0),
        "front of the body": (0.0, -0.65 * b, 0.0),
        "back of the body": (0.1 * h, 0.6 * b, 0.0),
    }


def _spongiosa(size: VertebraSize, age_years: float) -> Callable[[Coordinates, _Array], _Array]:
    """Return the bone volume fraction of a body as a function of place in its own frame, however it leans."""
    core = np.float32(spongy_fraction(age_years))

    def fraction(at: Coordinates, _distance: _Array) -> _Array:
        depth = np.maximum(np.float32(size.height / 2 - 1) - np.abs(at.z), 0)
        plates = 1 + np.float32(_PLATE_GAIN) * np.exp(-depth / np.float32(_PLATE_REACH_MM))
        arch = np.clip((at.y - np.float32(size.depth / 2 - 2)) / 4, 0, 1)
        places = np.broadcast_arrays(at.z, at.y, at.x)
        texture = ndimage.map_coordinates(
            _texture(), np.stack(places) / np.float32(_TEXTURE_MM), order=1, mode="grid-wrap"
        )
        return np.asarray(
            core * (plates * (1 - arch) + np.float32(_ARCH_SPONGY) * arch) * texture, np.float32
        )

    return fraction


def _thin(thickness: Callable[[Coordinates], _Array]) -> Callable[[Coordinates], _Array]:
    return lambda at: np.minimum(thickness(at), np.float32(_MOST_CORTEX_MM))


@cache
def _texture() -> _Array:
    noise = np.random.default_rng(_SEED).standard_normal((24, 24, 24))
    return np.asarray(np.clip(1 + _TEXTURE_SPREAD * noise, 0.4, 1.6), dtype=np.float32)


def _body_frame(sex: Sex) -> Frame:
    """Return the frame in which the body stands so that L3 is upright at the origin."""
    at = spine_frames(sex)[_OWN]
    turned = Frame(tilt_deg=-at.tilt_deg)
    z, y, x = turned.body(at.origin)
    return replace(turned, origin=(-z, -y, -x))


def _in_field(body: Frame, bone: Frame) -> Frame:
    return replace(
        bone,
        origin=body.body(bone.origin),
        scale=body.scale * bone.scale,
        tilt_deg=bone.tilt_deg + body.tilt_deg,
    )


def _soft(
    grid: Grid, sex: Sex, body: Frame, around: list[tuple[str, VertebraSize, Frame]]
) -> npt.NDArray[np.uint8]:
    skin, fat = skin_distance(grid, body), fat_depth(grid, body, sex)
    label = body_label(grid, body, skin, fat)
    paint_abdomen(label, grid, vertebra_size(_OWN, sex), skin < -fat - np.float32(WALL_MM))
    for _, size, frame in around:
        paint_pieces(label, grid, frame, [disc_piece(size)], Tissue.DISC)
    with_cord = label.copy()
    paint_canal(label, grid, around, _OWN)
    paint_canal(with_cord, grid, around, _WITH_CORD)
    _add_cord(label, with_cord, grid, next(frame for name, _, frame in around if name == "L2"))
    return label


def _add_cord(
    label: npt.NDArray[np.uint8], with_cord: npt.NDArray[np.uint8], grid: Grid, below: Frame
) -> None:
    """Replace the roots of the upper layers by the cord, which tapers toward its end."""
    end_mm = below.origin[0] - _CONUS_ABOVE_MM
    for layer, z in enumerate(grid.axes[0]):
        if z > end_mm:
            return
        label[layer] = with_cord[layer]
        taper = int(max(0.0, 1 - (end_mm - float(z)) / _CONUS_LENGTH_MM) * _CONUS_HALF_MM / grid.edge_mm)
        if taper:
            cord = label[layer] == Tissue.CORD
            core = ndimage.binary_erosion(cord, iterations=taper)
            label[layer][cord & ~core] = Tissue.CSF
