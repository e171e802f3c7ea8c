"""Bones of arms and legs in the drawn skeleton, from the front; x and y in cm of a standing adult."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._skeleton_shapes import Outline, band, both_sides, ellipse, outline

__all__ = ["LIMBS"]

_HUMERUS: Final = outline([
    (15.0, 136.6), (15.7, 138.7), (17.3, 139.2), (18.7, 137.9), (19.0, 135.4), (18.7, 130), (19.7, 119), (20.6, 110.6),
    (22.2, 107.5), (21.5, 105.7), (19.5, 105.5), (17.9, 106.6), (18.5, 109), (18.6, 112), (17.7, 121), (16.9, 130),
    (15.8, 133.6),
])  # fmt: skip
_RADIUS: Final = band(
    [(21.5, 104.6), (22.1, 101), (23.7, 92), (25.4, 82.4)], (0.75, 0.85, 0.58, 0.6, 0.62, 0.8, 1.1, 0.9)
)
_ULNA: Final = band(
    [(19.3, 105.4), (20.0, 101.5), (21.8, 92), (23.2, 82.2)], (0.6, 1.0, 0.8, 0.62, 0.55, 0.5, 0.5, 0.35)
)
_CARPUS: Final = outline([(22.9, 81.2), (24.8, 81.7), (26.8, 81.1), (27.0, 78.9), (25.2, 77.9), (23.3, 78.4)])
_FEMUR_TOP: Final = outline([
    (7.3, 89.4), (8.6, 90.6), (10.4, 90.4), (11.6, 89.2), (12.6, 88.3), (13.9, 89.1), (15.2, 88.2), (15.8, 85.7),
    (15.3, 82.4), (14.8, 79.4), (14.65, 77.2), (14.6, 76.6), (14.5, 76.4), (12.3, 76.4), (12.15, 76.6), (12.1, 77.2), (11.9, 79.6), (11.0, 81.8), (11.2, 83.6), (10.4, 84.9),
    (9.0, 85.5), (7.5, 86.6), (6.9, 88.1),
])  # fmt: skip
_FEMUR_SHAFT: Final = outline([
    (14.45, 76.1), (14.55, 75.9), (14.5, 75.3), (13.9, 68), (13.1, 60), (12.6, 53.6), (13.1, 49.6), (12.6, 46.7), (10.8, 46.2), (9.5, 47.3),
    (8.2, 46.1), (6.4, 46.7), (6.1, 49.6), (8.3, 53.8), (9.7, 60), (11.2, 68), (12.05, 75.3), (12.1, 75.9), (12.25, 76.1),
])  # fmt: skip
_TIBIA: Final = outline([
    (6.4, 45.1), (9.4, 45.4), (12.5, 45.1), (12.2, 42.6), (10.7, 38.5), (10.0, 28), (9.8, 16), (10.7, 11.3),
    (10.0, 9.5), (8.2, 9.6), (7.1, 8.3), (6.6, 10.7), (7.4, 16), (7.1, 28), (6.9, 38), (6.3, 42.4),
])  # fmt: skip
_FIBULA: Final = band(
    [(12.9, 43.2), (12.7, 40), (12.2, 28), (11.6, 14), (11.7, 7.8)],
    (0.5, 0.85, 0.55, 0.45, 0.45, 0.45, 0.5, 0.9, 0.5),
)
_TARSUS: Final = outline(
    [(7.1, 7.7), (9.2, 8.9), (11.3, 8.3), (12.2, 6.0), (12.0, 4.3), (9.4, 4.0), (7.1, 4.3), (6.6, 6.0)]
)
# Where the segments of a ray of the hand begin and end, as shares of its length. Chosen.
_FINGER: Final = ((0.0, 0.38), (0.41, 0.66), (0.69, 0.84), (0.87, 1.0))
_TOE: Final = ((0.0, 0.52), (0.57, 0.78), (0.83, 1.0))


def _ray(
    start: tuple[float, float], end: tuple[float, float], parts: tuple[tuple[float, float], ...], width: float
) -> list[Outline]:
    def at(share: float) -> tuple[float, float]:
        return start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])

    return [band([at(a), at((a + b) / 2), at(b)], (width, 0.7 * width, 0.95 * width)) for a, b in parts]


_FINGERS: Final = [
    *_ray((23.4, 77.5), (22.7, 65.6), _FINGER, 0.45), *_ray((24.4, 77.4), (24.3, 63.4), _FINGER, 0.48),
    *_ray((25.4, 77.4), (25.9, 62.8), _FINGER, 0.5), *_ray((26.4, 77.8), (27.5, 64.0), _FINGER, 0.5),
    *_ray((27.2, 79.4), (31.0, 70.4), _TOE, 0.55),
]  # fmt: skip
_TOES: Final = [
    *_ray((7.4, 3.7), (5.9, 0.0), ((0.0, 0.5), (0.56, 1.0)), 0.62), *_ray((8.5, 3.6), (7.9, -0.3), _TOE, 0.4),
    *_ray((9.5, 3.6), (9.6, -0.1), _TOE, 0.38), *_ray((10.5, 3.8), (11.3, 0.4), _TOE, 0.36),
    *_ray((11.5, 4.0), (12.9, 1.2), _TOE, 0.36),
]  # fmt: skip

LIMBS: Final[tuple[tuple[str, list[Outline]], ...]] = (
    ("humerus", both_sides([_HUMERUS])),
    ("forearm_hand", both_sides([_RADIUS, _ULNA, _CARPUS, *_FINGERS])),
    ("proximal_femur", both_sides([_FEMUR_TOP])),
    ("femur_shaft", both_sides([_FEMUR_SHAFT])),
    ("leg_foot", both_sides([_FIBULA, _TIBIA, ellipse(9.5, 49.4, 1.75, 1.9), _TARSUS, *_TOES])),
)
