"""Gives back the memory of a patient whose images are made."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from typing import Any, Final

__all__ = ["forget_bodies"]

_PACKAGES: Final = ("bonemets_teach.anatomy", "bonemets_teach.imaging")
_LONGEST: Final = 16
"""Caches that hold bodies and what was computed from them keep this many at most; longer ones hold small tables."""


def forget_bodies() -> None:
    """Empty the caches of bodies: each patient has another one, of 50 to 150 MB with what was computed from it.

    Notes
    -----
    What is still in use stays. Afterwards freed memory goes back to the system where the C library can do that.
    """
    for cached in _caches():
        cached.cache_clear()
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is not None:
        trim(0)


def _caches() -> Iterator[Any]:
    for name, loaded in list(sys.modules.items()):
        if not name.startswith(_PACKAGES):
            continue
        for value in list(vars(loaded).values()):
            parameters = getattr(value, "cache_parameters", None)
            if parameters is None:
                continue
            limit = parameters()["maxsize"]
            if limit is not None and limit <= _LONGEST:
                yield value
