"""Sizes of the vertebrae C3 to L5, and how they are stacked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Final

import numpy as np

__all__ = ["LEVELS", "VertebraSize", "vertebra_size"]

LEVELS: Final = (
    *(f"C{i}" for i in range(3, 8)), *(f"T{i}" for i in range(1, 13)), *(f"L{i}" for i in range(1, 6)),
)  # fmt: skip
"""Vertebrae with a body of the usual form, from the neck down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VertebraSize:
    """Sizes of one vertebra and its place in the standing spine.

    Parameters
    ----------
    width, depth, height : float
        Of the body [mm].
    disc : float
        Height of the disc below [mm].
    canal_width, canal_depth : float
        Of the vertebral canal [mm].
    pedicle_width, pedicle_height : float
        Of a pedicle [mm].
    span : float
        From tip to tip of the transverse processes [mm].
    spinous : float
        Length of the spinous process [mm].
    drop_deg : float
        Slope of the spinous process below the horizontal of the vertebra [degrees].
    tilt_deg : float
        Lean of the body in the standing spine, positive forward [degrees].
    """

    width: float
    depth: float
    height: float
    disc: float
    canal_width: float
    canal_depth: float
    pedicle_width: float
    pedicle_height: float
    span: float
    spinous: float
    drop_deg: float
    tilt_deg: float


# Mean of women and men. L3: models of Panjabi 1992 and Berry 1987, recalled (45 x 34 x 28 mm, canal 23 x 16 mm,
# pedicle 9 x 15 mm, disc 11 mm). The others are chosen: near the same tables, smooth from level to level.
_KNOTS: Final = {
    "C3": (17, 15, 13.0, 5.0, 23, 14, 5.0, 7.0, 48, 18, 10, 4),
    "C7": (21, 16, 14.0, 5.5, 24, 14, 6.5, 7.5, 66, 34, 22, 24),
    "T1": (26, 18, 16.0, 4.8, 21, 15, 8.0, 9.5, 74, 36, 32, 25),
    "T4": (26, 22, 19.5, 4.2, 17, 15, 5.0, 11.5, 64, 38, 48, 13),
    "T8": (30, 28, 22.0, 5.0, 17, 16, 6.0, 12.5, 60, 40, 52, -6),
    "T12": (39, 30, 26.0, 7.0, 22, 17, 8.5, 16.0, 48, 30, 22, -17),
    "L1": (41, 32, 27.0, 8.5, 23, 17, 8.5, 15.5, 74, 31, 12, -14),
    "L3": (45, 34, 28.0, 11.0, 23, 16, 9.0, 15.0, 92, 33, 8, 0),
    "L5": (49, 34, 27.0, 10.0, 26, 17, 15.0, 14.5, 94, 25, 10, 24),
}
# Chosen: of the mean; differences of about 10 % between the sexes are usual.
_WOMAN: Final = {"across": 0.95, "height": 0.96}
_MAN: Final = {"across": 1.05, "height": 1.04}


def vertebra_size(level: str, sex: str) -> VertebraSize:
    """Return the sizes of a vertebra.

    Parameters
    ----------
    level : str
        One of `LEVELS`.
    sex : {"female", "male"}
        Men's vertebrae are about 10 % wider.

    Returns
    -------
    size : VertebraSize
        Interpolated between the levels of the table.
    """
    position = LEVELS.index(level)
    at = [LEVELS.index(name) for name in _KNOTS]
    columns = np.array(list(_KNOTS.values()), dtype=float).T
    names = [f.name for f in fields(VertebraSize)]
    factor = _MAN if sex == "male" else _WOMAN
    values = {
        name: float(np.interp(position, at, column)) * _factor(name, factor)
        for name, column in zip(names, columns, strict=True)
    }
    return VertebraSize(**values)


def _factor(name: str, factor: dict[str, float]) -> float:
    if name.endswith("_deg"):
        return 1.0
    return factor["height"] if name in {"height", "disc"} else factor["across"]
