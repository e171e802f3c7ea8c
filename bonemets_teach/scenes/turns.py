"""One computation at a time in a process."""

from __future__ import annotations

from threading import RLock
from typing import Final

__all__ = ["TURN"]

TURN: Final = RLock()
"""Held while a widget answers and while a cell computes a scene.

JupyterLab answers widgets in threads beside the one that runs cells. They share the kept figure, matplotlib's settings
and the compiler, and a process of the reading room must not be forked while one of them is at work.
"""
