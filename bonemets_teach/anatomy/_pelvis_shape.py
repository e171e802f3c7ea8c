"""Shape of the bony pelvis: hip bones and sacrum.

The hip bone stands in the frame of its femoral head: z toward the feet, y toward the back, x toward the midline.
The sacrum stands in the frame of the body, whose origin is the middle between the femoral heads. Landmarks are
chosen from usual distances (between the spines, crests, tubers) and to look right on a frontal film.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._spine import SACRAL_PLATE, SACRAL_SLOPE_DEG
from bonemets_teach.anatomy._vertebra_shape import body_distance, body_piece
from bonemets_teach.anatomy._vertebra_size import vertebra_size
from bonemets_teach.anatomy.frame import Frame
from bonemets_teach.anatomy.shapes import Coordinates, Point, half_space, sphere
from bonemets_teach.anatomy.solids import (
    Piece,
    blob,
    box_around,
    chain,
    cut,
    mirrored,
    oval_rod,
    rod,
    triangle,
)

__all__ = ["PELVIS_FORM", "PelvisForm", "hip_bone_pieces", "hip_bone_region", "sacrum_pieces"]

_Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class PelvisForm:
    """What differs between the sexes; all chosen.

    Parameters
    ----------
    hip_half : float
        From the midline to the center of a femoral head [mm].
    tuber_x : float
        Ischial tuber from the head's center toward the midline [mm].
    flare : float
        Crest outward, relative to a woman's.
    """

    hip_half: float
    tuber_x: float
    flare: float


PELVIS_FORM: Final = {
    "female": PelvisForm(hip_half=88.0, tuber_x=24.0, flare=1.0),
    "male": PelvisForm(hip_half=84.0, tuber_x=34.0, flare=0.9),
}

_CUP_OUTWARD: Final = (0.66, -0.22, -0.72)
_SOCKET_MM: Final = 27.0
_S1_HEIGHT: Final = 27.0
_WALL_MM: Final = 9.0


def hip_bone_pieces(sex: str) -> list[Piece]:
    """Return ilium, ischium and pubis of one side, in the frame of the femoral head."""
    form = PELVIS_FORM[sex]
    pieces = [*_ilium(form), *_ischium(form), *_pubis(form), _cup()]
    joint = _joint_plane(form)
    socket = Piece(
        box=box_around(((0, 0, 0),), _SOCKET_MM), distance=lambda at: sphere(at, (0, 0, 0), _SOCKET_MM)
    )
    return [*pieces, cut(socket), cut(Piece(box=((-150, -38), (30, 110), (10, 90)), distance=joint))]


def hip_bone_region(at: Coordinates) -> npt.NDArray[np.uint8]:
    """Return 0 for the ilium, 1 for the ischium, 2 for the pubis at points of the hip bone."""
    pubis = (at.z > -10) & (at.y < -8) & (at.x > 8)
    low = at.z + 0 * (at.y + at.x) > -2
    return np.where(pubis, np.uint8(2), np.where(low, np.uint8(1), np.uint8(0)))


def sacrum_pieces(sex: str) -> list[Piece]:
    """Return sacrum and coccyx in the frame of the body."""
    body = [
        _first_segment(sex),
        oval_rod((-66, 46, -9), (-66, 46, 9), (12, 11, 11), seam_mm=5),
        oval_rod((-46, 56, -7), (-46, 56, 7), (11, 9, 9), seam_mm=5),
        oval_rod((-26, 62, -6), (-26, 62, 6), (11, 7, 7), seam_mm=5),
        oval_rod((-9, 62, -5), (-9, 62, 5), (9, 6, 6), seam_mm=5),
        *chain([(2, 59, 0), (14, 53, 0), (26, 44, 0)], [6, 5, 3], seam_mm=2),
        *chain([(-86, 62, 0), (-60, 72, 0), (-30, 74, 0)], [4, 4.5, 3], seam_mm=4),
    ]
    side = [
        *chain([(-90, 37, 16), (-88, 42, 30), (-84, 48, 46)], [13, 13, 15], seam_mm=5),
        *chain([(-68, 50, 12), (-62, 56, 40)], [11, 12], seam_mm=4),
        *chain([(-47, 59, 8), (-42, 62, 30)], [10, 8], seam_mm=4),
        *chain([(-84, 48, 44), (-44, 62, 30), (-10, 63, 10)], [10, 8, 5], seam_mm=6),
        rod((-92, 55, 20), (-107, 50, 21), 6, 5, seam_mm=4),
    ]
    holes = [
        cut(rod((z, y - 26, x), (z, y + 26, x), r))
        for z, y, x, r in ((-76, 44, 20, 5.0), (-56, 54, 18, 4.5), (-36, 60, 15, 4.0), (-18, 62, 12, 3.5))
    ]
    canal = cut(rod((-110, 48, 0), (-40, 67, 0), 8.5, 4.0))
    joint = _joint_plane(PELVIS_FORM[sex])
    half = PELVIS_FORM[sex].hip_half
    outer = cut(
        Piece(
            box=((-150, 40), (0, 110), (5, 90)),
            distance=lambda at: _beyond(joint(Coordinates(z=at.z, y=at.y, x=half - at.x))),
        )
    )
    cuts = [*holes, outer]
    return [*body, *side, *mirrored(side), canal, *cuts, *mirrored(cuts)]


def _first_segment(sex: str) -> Piece:
    """Return the body of S1, with the flat plate on which the spine stands."""
    size = replace(vertebra_size("L5", sex), height=_S1_HEIGHT)
    slope = np.deg2rad(SACRAL_SLOPE_DEG)
    z, y = (
        SACRAL_PLATE[0] + _S1_HEIGHT / 2 * float(np.cos(slope)),
        SACRAL_PLATE[1] + _S1_HEIGHT / 2 * float(np.sin(slope)),
    )
    frame = Frame(origin=(z, y, 0.0), tilt_deg=SACRAL_SLOPE_DEG)
    return Piece(
        box=frame.body_box(body_piece(size).box), distance=lambda at: body_distance(frame.local(at), size)
    )


def _beyond(distance: _Array) -> _Array:
    # The joint is 2.4 mm wide: cartilage on both sides.
    return np.asarray(-distance - np.float32(2.4), dtype=np.float32)


def _joint_plane(form: PelvisForm) -> Callable[[Coordinates], _Array]:
    """Return the distance from the ilium's joint surface, positive to the side; frame of the hip bone."""
    half = np.float32(form.hip_half)

    def distance(at: Coordinates) -> _Array:
        joint = 44 - np.float32(0.35) * (at.y - 50) - np.float32(0.22) * (at.z + 75)
        return np.asarray(np.float32(0.92) * (half - at.x - joint) - np.float32(1.2), dtype=np.float32)

    return distance


def _ilium(form: PelvisForm) -> list[Piece]:
    def out(z: float, y: float, x: float) -> Point:
        return z, y, x * form.flare

    asis, aiis, tubercle = out(-84, -42, -32), (-40.0, -32.0, -6.0), out(-118, -26, -48)
    top, back, upper = out(-138, 8, -46), out(-130, 44, -14), (-108.0, 68.0, 22.0)
    psis, piis, notch = (-78.0, 82.0, 40.0), (-48.0, 66.0, 40.0), (-26.0, 46.0, 24.0)
    fossa, root, ear = out(-84, 14, -8), (-36.0, 8.0, 6.0), (-76.0, 52.0, 44.0)
    fans = [
        (asis, tubercle, fossa), (tubercle, top, fossa), (top, back, fossa), (back, upper, fossa),
        (upper, ear, fossa), (upper, psis, ear), (psis, piis, ear), (piis, notch, ear), (notch, root, ear),
        (ear, root, fossa), (root, aiis, fossa), (aiis, asis, fossa),
    ]  # fmt: skip
    plates = [triangle(corners, 3.2, seam_mm=4) for corners in fans]
    crest = chain([asis, tubercle, top, back, upper, psis], [6, 7.5, 6, 6, 7, 9], seam_mm=5)
    border = [*chain([asis, aiis, (-16, -22, 2)], [5, 7, 9], seam_mm=6), *chain([psis, piis], [8, 6])]
    brim = chain([ear, (-50, 28, 44), (-28, 6, 40), (-6, -14, 34)], [10, 9, 9, 10], seam_mm=8)
    column = rod((-26, 4, 8), (-64, 12, 12), 19, 9, seam_mm=10)
    rear = chain([notch, (-4, 38, 26), (14, 30, 20)], [7, 10, 13], seam_mm=8)
    spine = rod((0, 42, 30), (8, 50, 42), 5, 3, seam_mm=4)
    return [*plates, *crest, *border, *brim, column, *rear, spine]


def _ischium(form: PelvisForm) -> list[Piece]:
    tuber = (68.0, 32.0, form.tuber_x)
    body = chain([(12, 24, 18), (40, 30, form.tuber_x - 4), tuber], [14, 12.5, 13], seam_mm=8)
    ramus = chain(
        [
            (76, 20, form.tuber_x + 6),
            (71, -6, form.tuber_x + 18),
            (60, -24, form.tuber_x + 32),
            (42, -38, 70),
        ],
        [8, 6.5, 6, 7],
        seam_mm=6,
    )
    return [*body, blob(tuber, (16, 13, 12), seam_mm=5), *ramus]


def _pubis(form: PelvisForm) -> list[Piece]:
    middle = form.hip_half - 2.0
    ramus = chain([(2, -14, 28), (6, -34, 52), (14, -44, middle - 14)], [11, 8.5, 8], seam_mm=8)
    body = oval_rod((18, -45, middle - 9), (36, -42, middle - 9), (9, 8, 9), seam_mm=6)
    return [*ramus, body]


def _cup() -> Piece:
    def distance(at: Coordinates) -> _Array:
        rim = half_space(at, (0, 0, 0), _CUP_OUTWARD)
        return np.maximum(sphere(at, (0, 0, 0), _SOCKET_MM + _WALL_MM), rim)

    return Piece(box=box_around(((0, 0, 0),), _SOCKET_MM + _WALL_MM), distance=distance, seam_mm=8)
