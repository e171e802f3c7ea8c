"""Waits for a pause of the learner to give back what a burst of pictures has left behind."""

from __future__ import annotations

import asyncio
from typing import Final

from bonemets_teach.widgets._spare_memory import give_back

__all__ = ["Idler"]

# Chosen: longer than between two key presses, shorter than a look at the picture.
_PAUSE_S: Final = 0.3


class Idler:
    """Waits for a pause and then gives spare memory back."""

    def __init__(self) -> None:
        self._timer: asyncio.TimerHandle | None = None

    def busy(self) -> None:
        """Note that something was just done; the pause begins anew."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # in a script there is nobody to pause
        if self._timer is not None:
            self._timer.cancel()
        self._timer = loop.call_later(_PAUSE_S, give_back)
