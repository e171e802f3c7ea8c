"""Curves of the drawn skeleton: smooth outlines, bands along an axis, mirror images."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path

__all__ = ["Outline", "band", "both_sides", "compound", "ellipse", "outline", "symmetric"]

Outline = npt.NDArray[np.float64]
Points = Sequence[tuple[float, float]]
_PER_SPAN: Final = 5


def _through(points: npt.NDArray[np.float64], *, closed: bool) -> Outline:
    """Return a Catmull-Rom curve through points of shape (point, xy)."""
    around = (
        np.vstack([points[-1:], points, points[:2]])
        if closed
        else np.vstack([points[:1], points, points[-1:]])
    )
    step = np.linspace(0.0, 1.0, _PER_SPAN, endpoint=False)[:, None]
    spans = [
        0.5
        * (2 * b + (c - a) * step + (2 * a - 5 * b + 4 * c - d) * step**2 + (3 * b - a - 3 * c + d) * step**3)
        for a, b, c, d in zip(around, around[1:], around[2:], around[3:], strict=False)
    ]
    curve = np.vstack(spans)
    return curve if closed else np.vstack([curve, points[-1:]])


def outline(points: Points) -> Outline:
    """Return a smooth closed outline through the points.

    Parameters
    ----------
    points : sequence of (float, float)
        x, y [cm of a standing adult].

    Returns
    -------
    outline : ndarray of shape (vertex, xy)
        Closed without repeating the first vertex.
    """
    return _through(np.asarray(points, dtype=np.float64), closed=True)


def symmetric(half: Points) -> Outline:
    """Return a smooth outline from its right half, given from the midline on top to the midline below."""
    left = [(-x, y) for x, y in reversed(half) if x > 0]
    return outline([*half, *left])


def band(axis: Points, half_widths: Sequence[float]) -> Outline:
    """Return a bone along a curved axis.

    Parameters
    ----------
    axis : sequence of (float, float)
        Points of the axis [cm].
    half_widths : sequence of float
        Half of the width at each point [cm].

    Returns
    -------
    outline : ndarray of shape (vertex, xy)
        There and back along both edges.
    """
    line = _through(np.asarray(axis, dtype=np.float64), closed=False)
    widths = np.interp(np.linspace(0, 1, len(line)), np.linspace(0, 1, len(half_widths)), half_widths)
    along = np.gradient(line, axis=0)
    across = np.column_stack([-along[:, 1], along[:, 0]]) / np.linalg.norm(along, axis=1)[:, None]
    offset = across * widths[:, None]
    return np.vstack([line + offset, (line - offset)[::-1]])


def ellipse(x: float, y: float, rx: float, ry: float) -> Outline:
    """Return an ellipse around (x, y) [cm]."""
    angle = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return np.column_stack([x + rx * np.cos(angle), y + ry * np.sin(angle)])


def both_sides(shapes: Iterable[Outline]) -> list[Outline]:
    """Return the shapes and their mirror images."""
    kept = list(shapes)
    return [*kept, *(shape * (-1.0, 1.0) for shape in kept)]


def compound(shapes: Iterable[Outline]) -> Path:
    """Return one path that holds all shapes."""
    return Path.make_compound_path(*(Path(np.vstack([shape, shape[:1]]), closed=True) for shape in shapes))
