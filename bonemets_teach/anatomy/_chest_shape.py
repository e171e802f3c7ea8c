"""Shape of ribs, sternum, clavicles and scapulae, in the frame of the body of a person 165 cm tall.

Paired bones are those of the patient's left. Landmarks are chosen from usual places: sternal angle at the disc
T4/T5, inferior angle of the scapula at T7, ribs that fall forward by two to four vertebrae.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bonemets_teach.anatomy._spine import spine_frames
from bonemets_teach.anatomy._vertebra_shape import canal_middle
from bonemets_teach.anatomy._vertebra_size import vertebra_size
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.solids import Piece, blob, chain, oval_rod, rod, triangle

__all__ = ["clavicle_pieces", "rib_path", "rib_pieces", "scapula_pieces", "sternum_pieces"]


@dataclass(frozen=True, slots=True)
class _Rib:
    half_width: float
    front: float
    drop: float
    end_deg: float


# Chosen: half width of the ring [mm], y of its front [mm], fall of the front end [mm], angle of the front end
# from the back midline [degrees].
_RIBS: Final = (
    _Rib(58, -42, 38, 148), _Rib(83, -62, 54, 146), _Rib(99, -76, 68, 145), _Rib(109, -86, 80, 144),
    _Rib(116, -95, 96, 142), _Rib(121, -102, 108, 138), _Rib(124, -106, 116, 132), _Rib(125, -106, 118, 124),
    _Rib(123, -102, 114, 114), _Rib(118, -95, 106, 103), _Rib(110, -80, 86, 78), _Rib(92, -60, 62, 46),
)  # fmt: skip
_STEPS: Final = 11


def rib_path(number: int, sex: str) -> list[Point]:
    """Return points along the middle of a rib, from its head to its front end.

    Parameters
    ----------
    number : int
        1 to 12.
    sex : {"female", "male"}
        Sex.

    Returns
    -------
    path : list of Point
        In the body [mm]; costal cartilage is not part of the rib.
    """
    rib, level = _RIBS[number - 1], f"T{number}"
    size, frame = vertebra_size(level, sex), spine_frames(sex)[level]
    rear = canal_middle(size) + size.canal_depth / 2
    head = frame.body((-0.3 * size.height, size.depth / 2 - 2, size.width / 2 + 2.5))
    tubercle = frame.body((-0.3 * size.height, rear + 5, size.span / 2 - 4))
    back = frame.origin[1] + rear + 12
    middle, half = (back + rib.front) / 2, (back - rib.front) / 2
    start = np.rad2deg(np.arcsin(min(size.span / 2 / rib.half_width, 0.9))) + 8
    path = [head, tubercle]
    for angle in np.deg2rad(np.linspace(start, rib.end_deg, _STEPS)):
        share = angle / np.deg2rad(rib.end_deg)
        cos = float(np.cos(angle))
        x = rib.half_width * float(np.sin(angle)) ** 0.85
        y = middle + half * float(np.sign(cos)) * abs(cos) ** 0.85
        path.append((head[0] + rib.drop * float(share) ** 1.1, y, x))
    return path


def rib_pieces(number: int, sex: str) -> list[Piece]:
    """Return a rib of the left side; see `rib_path`."""
    path = rib_path(number, sex)
    thin = 3.4 if number > 10 else 3.8
    return [
        oval_rod(path[i], path[i + 1], (thin * (1.0 if i == 0 else 1.45), thin, thin))
        for i in range(len(path) - 1)
    ]


def sternum_pieces() -> list[Piece]:
    """Return manubrium, body and xiphoid process."""
    manubrium = oval_rod((-524, -43, -14), (-524, -43, 14), (10, 6, 10))
    lower = oval_rod((-500, -52, -7), (-500, -52, 7), (16, 6, 10), seam_mm=5)
    body = [
        oval_rod((-486, -57, -6), (-440, -73, -7), (5, 5, 9), seam_mm=2),
        oval_rod((-440, -73, 0), (-398, -86, 0), (5, 5, 16), seam_mm=5),
        oval_rod((-486, -57, 6), (-440, -73, 7), (5, 5, 9), seam_mm=5),
    ]
    xiphoid = rod((-394, -87, 0), (-372, -90, 0), 5, 3, seam_mm=3)
    return [manubrium, lower, *body, xiphoid]


def clavicle_pieces() -> list[Piece]:
    """Return the left clavicle, bent forward near the sternum and back near the shoulder."""
    path: list[Point] = [(-532, -40, 20), (-541, -36, 52), (-547, -14, 92), (-548, 12, 128), (-541, 24, 152)]
    return chain(path, [9, 6.5, 6, 6, 7])


def scapula_pieces() -> list[Piece]:
    """Return the left scapula: blade, borders, spine with acromion, coracoid process, glenoid."""
    superior, inferior = (-524.0, 84.0, 72.0), (-416.0, 94.0, 92.0)
    root, glenoid, notch = (-498.0, 92.0, 66.0), (-500.0, 42.0, 138.0), (-522.0, 62.0, 110.0)
    blade = [
        triangle((superior, root, notch), 2.2), triangle((root, glenoid, notch), 2.2),
        triangle((root, inferior, glenoid), 2.2),
    ]  # fmt: skip
    borders = [
        *chain([superior, root, inferior], [3.5, 4, 6], seam_mm=3),
        *chain([inferior, (-450, 76, 116), glenoid], [6, 5.5, 9], seam_mm=3),
        *chain([superior, notch], [3, 3.5], seam_mm=3),
    ]
    spine = chain([root, (-514, 88, 110), (-530, 70, 150), (-534, 42, 166)], [4, 5.5, 6, 6], seam_mm=4)
    coracoid = chain([(-514, 44, 126), (-524, 18, 132), (-516, 4, 140)], [6.5, 6, 5], seam_mm=5)
    socket = blob((-500, 40, 140), (18, 12, 8), seam_mm=5)
    return [*blade, *borders, *spine, *coracoid, socket]
