"""Axes and artists of the bone scan: front and back in two windows, for print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bonemets_teach.scenes._bone_scan_result import ScanResult
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes.scene import Look

__all__ = ["ScanArtists", "build", "update"]

_PANELS: Final = (("Window of bone", 170.0), ("Window of hot bone", 500.0))
_SCALE_MM: Final = 200.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanArtists:
    """What moves."""

    images: tuple[Any, ...]


def build(figure: Figure, look: Look) -> ScanArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size and arrangement; scans stay dark on white in both themes.

    Returns
    -------
    artists : ScanArtists
        For `update`.
    """
    boxes = ((0.01, 0.51, 0.98, 0.46), (0.01, 0.01, 0.98, 0.46)) if look.narrow else (
        (0.005, 0.01, 0.49, 0.93), (0.505, 0.01, 0.49, 0.93))  # fmt: skip
    images = tuple(
        _panel(figure.add_axes(box), title, top) for box, (title, top) in zip(boxes, _PANELS, strict=True)
    )
    return ScanArtists(images=images)


def update(artists: ScanArtists, result: ScanResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : ScanArtists
        From `build`.
    result : ScanResult
        What to show; of two scans the later one.
    """
    width = 2 * body().shape[2]
    for image in artists.images:
        image.set_data(result.percent[:, -width:])


def _panel(axes: Axes, title: str, top: float) -> Any:
    rows, _, columns = body().shape
    axes.set_axis_off()
    axes.set_title(f"{title} (0 to {top:g} %)", size=11)
    image = axes.imshow(
        np.zeros((rows, 2 * columns)),
        cmap="gray_r",
        vmin=0,
        vmax=top,
        interpolation="bilinear",
        animated=True,
    )
    axes.set_xlim(-0.5, 2 * columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    length = _SCALE_MM / body().voxel_mm
    left, bottom = columns - length / 2, rows - 8
    axes.plot([left, left + length], [bottom, bottom], color="#1c2430", linewidth=2, animated=True)
    axes.text(
        columns,
        bottom - 3,
        f"{_SCALE_MM:.0f} mm",
        ha="center",
        va="bottom",
        size=9.5,
        color="#1c2430",
        animated=True,
    )
    return image
