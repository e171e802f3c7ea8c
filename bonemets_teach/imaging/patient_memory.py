"""Lets go of what the models keep of a patient's phantoms."""

from __future__ import annotations

import sys
from typing import Final

__all__ = ["let_go"]

_PACKAGES: Final = ("bonemets_teach.anatomy.", "bonemets_teach.imaging.")


def let_go() -> None:
    """Empty the bounded caches of anatomy and imaging; tables that no patient changes have no bound and stay.

    Notes
    -----
    Each cache holds a few phantoms at most, but every patient has new ones of 50 MB, and they add up.
    """
    for name, module in list(sys.modules.items()):
        if not name.startswith(_PACKAGES):
            continue
        for value in list(vars(module).values()):
            parameters = getattr(value, "cache_parameters", None)
            if parameters is not None and parameters()["maxsize"] is not None:
                value.cache_clear()
