"""The standing spine: where each vertebra is and how it leans, from the sacrum up."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import Final

import numpy as np

from bonemets_teach.anatomy._vertebra_size import LEVELS, vertebra_size
from bonemets_teach.anatomy.frame import Frame
from bonemets_teach.anatomy.shapes import Point

__all__ = ["SACRAL_PLATE", "SACRAL_SLOPE_DEG", "spine_frames"]

SACRAL_PLATE: Final[Point] = (-98.0, 26.0, 0.0)
"""Middle of the upper plate of S1, from the middle between the hip joints [mm]; pelvic tilt and incidence are usual ones."""
SACRAL_SLOPE_DEG: Final = 34.0


@lru_cache(maxsize=4)
def spine_frames(sex: str) -> MappingProxyType[str, Frame]:
    """Return the frame of each vertebra of a person 165 cm tall.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex; the spine of a man is stacked with a woman's heights, since stature is set elsewhere.

    Returns
    -------
    frames : mapping of str to Frame
        By level, from L5 up to C3.
    """
    frames: dict[str, Frame] = {}
    z, y, lean_below = SACRAL_PLATE[0], SACRAL_PLATE[1], SACRAL_SLOPE_DEG
    stature = vertebra_size("L3", "female").height / vertebra_size("L3", sex).height
    for level in reversed(LEVELS):
        size = vertebra_size(level, sex)
        # Up across the disc with the mean lean, then half the body with its own.
        for length, lean in (
            (size.disc, (lean_below + size.tilt_deg) / 2), (size.height / 2, size.tilt_deg),
        ):  # fmt: skip
            z -= length * stature * float(np.cos(np.deg2rad(lean)))
            y -= length * stature * float(np.sin(np.deg2rad(lean)))
        frames[level] = Frame(origin=(z, y, 0.0), tilt_deg=size.tilt_deg, scale=stature)
        z -= size.height / 2 * stature * float(np.cos(np.deg2rad(size.tilt_deg)))
        y -= size.height / 2 * stature * float(np.sin(np.deg2rad(size.tilt_deg)))
        lean_below = size.tilt_deg
    return MappingProxyType(frames)
