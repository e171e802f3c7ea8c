"""How wide and high a picture is, so that a page can keep its room before it has come."""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from pathlib import Path
from typing import Final

__all__ = ["picture_size"]

_HEAD_BYTES: Final = 2048
_SVG: Final = re.compile(rb"<svg\b[^>]*>")
_EDGES: Final = tuple(
    re.compile(rb"\s" + name + rb'="(\d+)(?:\.\d+)?(?:px)?"') for name in (b"width", b"height")
)


def picture_size(path: Path) -> tuple[int, int] | None:
    """Return the size that a PNG or SVG names.

    Parameters
    ----------
    path : Path
        A picture.

    Returns
    -------
    size : (int, int) or None
        Width and height [CSS pixels]; None for another format, and where the file names none.
    """
    try:
        return _size(path, path.stat().st_mtime_ns)
    except OSError:
        return None


@lru_cache(maxsize=256)
def _size(path: Path, _changed_ns: int) -> tuple[int, int] | None:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(b"\x89PNG\r\n\x1a\n") and len(head) >= 24:
        width, height = struct.unpack(">II", head[16:24])
        return width, height
    root = _SVG.search(head)
    edges = [edge.search(root[0]) for edge in _EDGES] if root else []
    if not edges or not all(edges):
        return None
    width, height = (int(edge[1]) for edge in edges if edge)
    return width, height
