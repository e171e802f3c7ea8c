"""Spongiosa and cortex inside a vertebra: end plates, denser rim, basivertebral cleft, texture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy._femur_trabeculae import clumps
from bonemets_teach.anatomy._vertebra_shape import body_distance
from bonemets_teach.anatomy._vertebra_size import VertebraSize
from bonemets_teach.anatomy.bone_quality import Sex, cortex_factor, spongy_fraction
from bonemets_teach.anatomy.shapes import Coordinates

__all__ = ["body_cortex", "body_spongiosa"]

_Array = npt.NDArray[np.float32]

# Chosen: spongiosa of chest and transition over that of the lumbar spine; it rises toward the head.
_LEVEL_FACTOR: Final = {"T8": 1.15, "T12": 1.05}
# Recalled: 0.5 mm of cortex around the body; chosen: more around arch and processes [mm].
_BODY_CORTEX_MM: Final = 0.55
_ARCH_CORTEX_MM: Final = 1.3
_ARCH_SPONGY: Final = 1.5
# Chosen: spongiosa next to the end plates over that of the core, and how deep that reaches [mm].
_PLATE_GAIN: Final = 0.5
_PLATE_REACH_MM: Final = 2.5
_SEED: Final = 31


def body_spongiosa(
    size: VertebraSize, level: str, age_years: float
) -> Callable[[Coordinates, _Array], _Array]:
    """Return the bone volume fraction of the spongiosa as a function of place.

    Parameters
    ----------
    size : VertebraSize
        Sizes of the vertebra.
    level : str
        Its level.
    age_years : float
        Age [years].

    Returns
    -------
    fraction : callable
        Of coordinates (an open grid in the vertebra's frame) and distance to its surface; in the core of a lumbar
        body its mean is `spongy_fraction`.
    """
    core = np.float32(spongy_fraction(age_years) * _LEVEL_FACTOR.get(level, 1.0))

    def fraction(at: Coordinates, _distance: _Array) -> _Array:
        depth = np.maximum(np.float32(size.height / 2 - 1.0) - np.abs(at.z), 0)
        plates = 1 + np.float32(_PLATE_GAIN) * np.exp(-depth / np.float32(_PLATE_REACH_MM))
        arch = np.clip((at.y - np.float32(size.depth / 2 - 2)) / 4, 0, 1)
        level_of = plates * (1 - arch) + np.float32(_ARCH_SPONGY) * arch
        return np.asarray(core * level_of * clumps(at, _SEED) * (1 - _cleft(at, size)), dtype=np.float32)

    return fraction


def body_cortex(size: VertebraSize, sex: Sex, age_years: float) -> Callable[[Coordinates], _Array]:
    """Return the thickness of the cortex [mm] as a function of place in the vertebra's frame."""
    factor = np.float32(cortex_factor(age_years, sex))

    def thickness(at: Coordinates) -> _Array:
        arch = np.clip(body_distance(at, size) / 2, 0, 1)
        mm = _BODY_CORTEX_MM + (_ARCH_CORTEX_MM - _BODY_CORTEX_MM) * arch
        # The basivertebral veins leave through a gap in the back wall.
        gap = np.exp(-((at.z / 3) ** 2 + (at.x / 4) ** 2)) * (np.abs(at.y - size.depth / 2) < 3)
        return np.asarray(factor * mm * (1 - 0.9 * gap), dtype=np.float32)

    return thickness


def _cleft(at: Coordinates, size: VertebraSize) -> _Array:
    # Basivertebral veins: a flat wedge from the middle of the back wall to the center of the body.
    y = (at.y - np.float32(size.depth / 2 - 5)) / np.float32(8)
    return np.asarray(
        0.95 * np.exp(-((at.z / 2.0) ** 4 + y**4 + (at.x / (3.5 + 1.5 * np.abs(y))) ** 4)), dtype=np.float32
    )
