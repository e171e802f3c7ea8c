"""Compiles, or loads from the cache, every compiled function of the imaging models."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Final

__all__ = ["warm"]

_MODULES: Final = ("bonemets_teach.imaging.ct", "bonemets_teach.imaging.radiograph")


def warm() -> None:
    """Call each imaging model once with small arguments, so that a learner never waits for a compiler."""
    for name in _MODULES:
        if find_spec(name) is not None:
            import_module(name).warm_up()
