"""One computation of scenes at a time in a process."""

from __future__ import annotations

from threading import RLock
from typing import Final

__all__ = ["TURN"]

TURN: Final = RLock()
"""Held while a scene is computed or drawn: JupyterLab answers widgets in a thread beside the one that runs cells."""
