"""Compiles the projectors of the gamma camera, or loads them from the cache."""

from __future__ import annotations

import numpy as np

from bonemets_teach.imaging._planar_projector import project_slabs
from bonemets_teach.imaging._spect_geometry import slice_geometry
from bonemets_teach.imaging._spect_projector import attenuate, back_project, forward_project

__all__ = ["warm_up"]


def warm_up() -> None:
    """Call each compiled function once with small arguments of the right types."""
    ones = np.ones((2, 2, 2), dtype=np.float32)
    project_slabs(ones, ones, 4.0, 1)
    geometry = slice_geometry(np.ones((4, 4), dtype=bool), 4, "LEHR", 10.0, 4.0)
    share = attenuate(np.zeros((4, 4), dtype=np.float32), geometry, 4.0)
    views = np.arange(4)
    counts = forward_project(np.ones(16, dtype=np.float32), share, geometry, views)
    back_project(counts, share, geometry, views)
