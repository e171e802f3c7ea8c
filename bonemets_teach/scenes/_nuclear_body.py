"""The one patient of the explorers of nuclear medicine, healthy, kept for all of them."""

from __future__ import annotations

from functools import cache

from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton, whole_skeleton

__all__ = ["body"]


@cache
def body() -> WholeSkeleton:
    """Return the body: a man of 68 years and 175 cm; chosen, prostate and kidney cancer are his.

    Returns
    -------
    skeleton : WholeSkeleton
        Voxels of 4 mm.
    """
    return whole_skeleton(sex="male", height_cm=175.0, age_years=68.0)
