"""Bones of the trunk and head in the drawn skeleton, from the front; x and y in cm of a standing adult."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._skeleton_limbs import LIMBS
from bonemets_teach.scenes._skeleton_shapes import Outline, band, both_sides, ellipse, outline, symmetric

__all__ = ["CARTILAGE", "HOLES", "LAYERS"]

# Drawn by hand after the proportions of an adult of 172 cm.
_MANDIBLE: Final = symmetric([
    (0, 150), (4.6, 151.5), (5.9, 156), (7.0, 155.6), (6.7, 151.5), (6.0, 147.6), (4.2, 144.8), (2.2, 143.4), (0, 143.2),
])  # fmt: skip
_CRANIUM: Final = symmetric([
    (0, 172), (3.7, 171.3), (6.4, 168.7), (7.6, 164.8), (7.5, 160.8), (6.8, 158.6), (7.1, 156.4), (6.0, 154.2),
    (4.3, 153.2), (3.5, 151.6), (3.3, 149.5), (1.6, 149.0), (0, 148.9),
])  # fmt: skip
_FACE: Final = [
    *both_sides([ellipse(3.05, 158.7, 2.05, 1.75)]),
    symmetric([(0, 157.3), (0.7, 155.6), (1.2, 153.9), (0, 153.5)]),
    *both_sides([ellipse(4.75, 151.2, 0.6, 1.5)]),
    band([(-3.2, 148.6), (0, 148.4), (3.2, 148.6)], (0.05, 0.22, 0.05)),
]
_HIP: Final = outline([
    (4.7, 97.4), (7.4, 100.5), (10.6, 101.7), (13.3, 100.4), (14.5, 97.3), (13.4, 94.6), (12.9, 92.6), (12.7, 90.4),
    (11.2, 86.6), (9.9, 83.0), (9.3, 79.6), (8.1, 77.1), (6.0, 77.5), (3.2, 80.3), (0.45, 81.4), (0.45, 85.1),
    (3.4, 86.5), (6.5, 88.4), (6.5, 91.0), (5.3, 93.6),
])  # fmt: skip
_OBTURATOR: Final = outline([(3.7, 84.3), (6.6, 85.3), (8.2, 83.2), (7.3, 80.5), (5.0, 80.9)])
_SACRUM: Final = symmetric([
    (0, 96.5), (3.2, 96.6), (5.4, 95.5), (5.1, 92.8), (3.5, 89.2), (1.9, 86.5), (0.8, 84.4), (0, 83.6),
])  # fmt: skip
_FORAMINA: Final = both_sides(ellipse(x, y, 0.5, 0.42) for x, y in ((1.8, 93.9), (1.65, 91.6), (1.4, 89.4)))
_STERNUM: Final = [
    symmetric([(0, 138.1), (1.4, 138.6), (2.7, 137.6), (2.3, 135.6), (1.6, 134.2), (0, 134.0)]),
    symmetric([(0, 133.6), (1.4, 133.4), (1.9, 129), (1.8, 124.2), (0.9, 122.8), (0, 122.6)]),
    symmetric([(0, 122.2), (0.7, 121.6), (0, 119.4)]),
]
_SCAPULA: Final = outline([
    (8.6, 137.3), (11.5, 138.6), (14.4, 140.6), (17.0, 140.6), (16.6, 139.2), (15.1, 137.8), (15.0, 134.6),
    (13.3, 129.6), (11.6, 123.6), (10.5, 124.6), (9.4, 131),
])  # fmt: skip
_CLAVICLE: Final = band(
    [(1.9, 138.8), (5, 140.0), (9, 140.7), (13, 141.9), (16.4, 141.2)], (1.0, 0.6, 0.5, 0.55, 0.85)
)


def _vertebra(y: float, half_width: float, half_height: float, process: float) -> Outline:
    w, h = half_width, half_height
    half = [
        (0.0, y + h), (0.92 * w, y + h), (0.86 * w, y + 0.4 * h), (process, y + 0.4 * h), (process, y - 0.15 * h),
        (0.86 * w, y - 0.3 * h), (w, y - h), (0.0, y - h),
    ]  # fmt: skip
    return symmetric(half)


_CERVICAL: Final = [_vertebra(149.0 - 1.42 * i, 1.75 + 0.05 * i, 0.56, 2.6) for i in range(7)]
_THORACIC: Final = [_vertebra(138.9 - 2.25 * i, 1.55 + 0.06 * i, 0.92, 2.9) for i in range(12)]
_LUMBAR: Final = [_vertebra(111.3 - 3.15 * i, 2.4 + 0.1 * i, 1.28, 4.3) for i in range(5)]
# Rib by rib: farthest point from the midline, drop to the end of the bone, that end, place on the sternum.
_RIBS: Final = (
    (5.2, 2.0, 3.4, 136.7), (8.4, 3.6, 4.8, 134.3), (10.4, 5.2, 6.0, 131.8), (11.7, 6.6, 7.0, 129.4),
    (12.6, 8.0, 7.9, 127.0), (13.2, 9.2, 8.8, 125.0), (13.5, 10.2, 9.5, 123.4), (13.6, 10.5, 10.2, None),
    (13.4, 10.1, 10.9, None), (12.9, 9.0, 11.5, None), (11.2, 6.0, 11.1, None), (7.4, 4.2, 7.3, None),
)  # fmt: skip


def _rib(number: int) -> Outline:
    far, drop, end, _ = _RIBS[number]
    y = 139.0 - 2.25 * number
    path = [
        (1.9, y),
        (0.55 * far, y + 0.9 - 0.05 * number),
        (0.93 * far, y - 0.26 * drop),
        (far, y - 0.55 * drop),
    ]
    path += (
        [(end, y - drop)]
        if number > 9
        else [(0.5 * (far + end) + 0.4, y - 0.88 * drop), (end - 0.3, y - drop)]
    )
    return band(path, (0.45, 0.5, 0.52, 0.55, 0.58, 0.3))


def _cartilage(number: int) -> Outline:
    _, drop, end, sternum = _RIBS[number]
    y = 139.0 - 2.25 * number - drop
    if sternum is not None:
        return band(
            [(end, y), (0.5 * end + 1.0, 0.55 * y + 0.45 * sternum - 0.5), (1.8, sternum)], (0.5, 0.45, 0.45)
        )
    above = _RIBS[number - 1]
    top = 139.0 - 2.25 * (number - 1) - above[1]
    return band(
        [(end, y), (0.5 * (end + above[2]) - 0.9, 0.5 * (y + top)), (above[2] - 1.7, top + 0.6)],
        (0.5, 0.42, 0.4),
    )


CARTILAGE: Final = both_sides(_cartilage(number) for number in range(10))
HOLES: Final = [*_FACE, *both_sides([_OBTURATOR]), *_FORAMINA]
# Back to front: (site, shapes). A site may come twice.
LAYERS: Final[tuple[tuple[str, list[Outline]], ...]] = (
    ("shoulder", both_sides([_SCAPULA])),
    ("cervical", _CERVICAL), ("thoracic", _THORACIC), ("lumbar", _LUMBAR), ("sacrum", [_SACRUM]),
    ("ribs", both_sides(_rib(number) for number in range(12))),
    ("sternum", _STERNUM), ("shoulder", both_sides([_CLAVICLE])), ("pelvis", both_sides([_HIP])), *LIMBS,
    ("skull", [_MANDIBLE, _CRANIUM]),
)  # fmt: skip
