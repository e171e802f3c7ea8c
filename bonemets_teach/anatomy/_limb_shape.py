"""Shape of the long bones, hands and feet.

Arms stand in the frame of the body (the patient's left, palms forward); legs in the frame of the femoral head: z
toward the feet, y toward the back, x toward the midline. A person 165 cm tall; chosen from usual lengths.
"""

from __future__ import annotations

import numpy as np

from bonemets_teach.anatomy._femur_shape import shaft_point, surface_distance
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.solids import Piece, blob, chain, half_slab, rod

__all__ = [
    "femur_pieces", "fibula_pieces", "foot_pieces", "hand_pieces", "humerus_pieces", "patella_pieces",
    "radius_pieces", "tibia_pieces", "ulna_pieces",
]  # fmt: skip

_KNEE: Point = (384.0, 8.0, -8.0)


def femur_pieces() -> list[Piece]:
    """Return the whole femur; its upper end is that of the hip phantom."""
    upper = Piece(box=((-26, 150), (-33, 39), (-73, 29)), distance=surface_distance)
    low, bend = shaft_point(130.0), shaft_point(250.0)
    shaft = chain([low, (bend[0], bend[1] - 3, bend[2]), (340, 5, -9)], [14, 13.6, 17], seam_mm=4)
    ends = [blob((386, 11, x), (20, 28, 18), seam_mm=8) for x in (-30, 14)]
    flare = rod((340, 5, -9), (370, 3, -8), 17, 23, seam_mm=8)
    sides = rod((374, 6, -40), (374, 6, 24), 14, seam_mm=10)
    notch = rod((404, 26, -8), (386, 40, -8), 8, 10)
    return [upper, *shaft, flare, sides, *ends, Piece(box=notch.box, distance=notch.distance, carves=True)]


def patella_pieces() -> list[Piece]:
    """Return the kneecap."""
    return [blob((378, -31, -8), (20, 9, 20))]


def tibia_pieces() -> list[Piece]:
    """Return the tibia with its inner ankle."""
    plateau = [blob((423, 9, x), (15, 25, 21), seam_mm=8) for x in (-26, 10)]
    # The plateau is flat but for the spines in its middle.
    flat = half_slab((392.0, 413.0), ((-30.0, 45.0), (-60.0, 40.0)))
    spines = rod((416, 10, -8), (408, 10, -8), 6, 2)
    shaft = chain(
        [(424, 8, -8), (452, 4, -7), (520, 4, -5), (640, 6, -3), (736, 8, -2), (752, 8, -2)],
        [22, 17, 12.5, 11, 15, 17],
        seam_mm=8,
    )
    return [*plateau, *shaft, flat, spines, rod((750, 8, 8), (768, 8, 11), 9, 7, seam_mm=4)]


def fibula_pieces() -> list[Piece]:
    """Return the fibula with the outer ankle."""
    path: list[Point] = [(434, 20, -40), (452, 18, -38), (600, 16, -27), (740, 14, -24), (776, 14, -24)]
    return chain(path, [9, 6, 6, 6.5, 8])


def foot_pieces() -> list[Piece]:
    """Return ankle bone, heel, midfoot, metatarsals and toes; the foot hangs, as in a person lying down."""
    tarsus = [
        blob((778, 4, -4), (14, 22, 16)), *chain([(794, 16, -8), (812, 44, -10)], [14, 15], seam_mm=6),
        rod((782, -10, -3), (798, -32, -3), 13, 15, seam_mm=6), blob((800, -36, -3), (13, 16, 23), seam_mm=6),
    ]  # fmt: skip
    rays = []
    for i in range(5):
        inward = 14.0 - 9.5 * i
        base: Point = (802 + i, -44 + 4 * i, inward * 0.8)
        ball: Point = (832 - i, -92 + 9 * i, inward * 1.3)
        tip: Point = (856 - 3 * i, -122 + 12 * i, inward * 1.45)
        thick = 7.5 if i == 0 else 5.0
        rays += [*chain([base, ball], [thick, thick]), *chain([ball, tip], [thick * 0.8, thick * 0.7])]
    return [*tarsus, *rays]


def humerus_pieces() -> list[Piece]:
    """Return the left humerus."""
    head = blob((-504, 38, 164), (22, 22, 20))
    tubercle = rod((-506, 34, 178), (-490, 34, 180), 12, 11, seam_mm=8)
    shaft = chain([(-496, 38, 174), (-455, 38, 182), (-340, 38, 190), (-250, 38, 196)], [16, 11.5, 10, 11],
                  seam_mm=6)  # fmt: skip
    lower = [
        rod((-232, 39, 182), (-228, 38, 216), 9, 8, seam_mm=8),
        rod((-219, 37, 188), (-219, 36, 212), 9, 8, seam_mm=4),
    ]
    return [head, tubercle, *shaft, *lower]


def radius_pieces() -> list[Piece]:
    """Return the left radius, on the thumb's side."""
    path: list[Point] = [(-206, 34, 211), (-192, 34, 211), (-100, 30, 222), (0, 26, 216), (10, 26, 214)]
    return chain(path, [10, 6.5, 7, 9, 13])


def ulna_pieces() -> list[Piece]:
    """Return the left ulna with the point of the elbow."""
    path: list[Point] = [(-232, 52, 197), (-200, 44, 197), (-100, 36, 199), (0, 30, 196), (10, 30, 196)]
    return chain(path, [9, 9, 6.5, 5.5, 7])


def hand_pieces() -> list[Piece]:
    """Return wrist bones, metacarpals and fingers of the left hand."""
    wrist = blob((30, 25, 206), (15, 10, 20))
    pieces = [wrist]
    for i, length in enumerate((1.0, 1.12, 1.15, 1.06, 0.85)):
        out = (16.0, 9.0, 1.0, -7.0, -15.0)[i]
        fan = float(np.deg2rad((16.0, 4.0, 0.0, -4.0, -8.0)[i]))
        reach = (40.0, 64.0, 62.0, 58.0, 54.0)[i]
        base: Point = (40.0, 25.0, 206 + out * 0.8)
        knuckle: Point = (40 + reach * np.cos(fan), 23.0, base[2] + out * 0.3 + reach * float(np.sin(fan)))
        tip_reach = (50.0 if i == 0 else 78.0) * length
        tip: Point = (
            knuckle[0] + tip_reach * float(np.cos(fan)),
            20.0,
            knuckle[2] + tip_reach * float(np.sin(fan)),
        )
        pieces += [*chain([base, knuckle], [4.6, 5.0]), *chain([knuckle, tip], [4.4, 3.2])]
    return pieces
