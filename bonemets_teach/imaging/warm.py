"""Compiles, or loads from the cache, every compiled function of the imaging models."""

from __future__ import annotations

from bonemets_teach.imaging import _planar_warm, ct, radiograph

__all__ = ["warm"]


def warm() -> None:
    """Call each imaging model once with small arguments, so that a learner never waits for a compiler."""
    ct.warm_up()
    radiograph.warm_up()
    _planar_warm.warm_up()
