"""Waits for a condition, never for a time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Final

__all__ = ["wait_until"]

_PAUSE_S: Final = 0.02


def wait_until(condition: Callable[[], object], what: str, timeout_s: float = 120.0) -> None:
    """Return as soon as a condition holds.

    Parameters
    ----------
    condition : callable
        Asked again and again, gently, since the machine is being measured.
    what : str
        Words for the error.
    timeout_s : float
        Most to wait [s].
    """
    pause = threading.Event()
    end = time.monotonic() + timeout_s
    while not condition():
        if time.monotonic() > end:
            message = f"waited {timeout_s:g} s in vain for {what}"
            raise TimeoutError(message)
        pause.wait(_PAUSE_S)
