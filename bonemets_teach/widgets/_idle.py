"""Gives memory that a burst of pictures has left behind back to the machine, once the learner pauses."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import sys
from typing import Any, Final

__all__ = ["Idler"]

# Chosen: longer than between two key presses, shorter than a look at the picture.
_PAUSE_S: Final = 0.3


class Idler:
    """Waits for a pause and then lets the C library return what it keeps for the next allocation."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None
        self._trim: Any = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None

    def busy(self) -> None:
        """Note that something was just done; the pause begins anew."""
        if self._trim is None:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # in a script there is nobody to pause
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(_PAUSE_S, self._give_back)

    def _give_back(self) -> None:
        gc.collect()  # figures refer to themselves in circles
        self._trim(0)
