"""Where the images and plots of the lesion in space sit, in pixels of a page 760 or 350 wide."""

from __future__ import annotations

from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

__all__ = ["ASPECT", "ASPECT_NARROW", "IMAGES", "PLOTS", "place"]

IMAGES: Final = ("frontal", "side", "cross", "film")
PLOTS: Final = ("size", "bone")

_Box = tuple[float, float, float, float]
_SCALE_GAP: Final = 11.0
_SCALE_HEIGHT: Final = 6.0
# Left, top, width and height.
_WIDE: Final[dict[str, _Box]] = {
    "frontal": (8.0, 26.0, 240.0, 240.0),
    "side": (260.0, 26.0, 240.0, 240.0),
    "cross": (512.0, 26.0, 240.0, 240.0),
    "film": (8.0, 350.0, 240.0, 240.0),
    "size": (316.0, 380.0, 184.0, 200.0),
    "bone": (556.0, 380.0, 184.0, 200.0),
}
_NARROW: Final[dict[str, _Box]] = {
    "frontal": (6.0, 24.0, 164.0, 164.0),
    "side": (180.0, 24.0, 164.0, 164.0),
    "cross": (6.0, 266.0, 164.0, 164.0),
    "film": (180.0, 266.0, 164.0, 164.0),
    "size": (44.0, 524.0, 296.0, 100.0),
    "bone": (44.0, 690.0, 296.0, 100.0),
}
ASPECT: Final = 654.0 / 760.0
ASPECT_NARROW: Final = 834.0 / 350.0


def place(figure: Figure, *, narrow: bool) -> dict[str, Axes]:
    """Make axes for images and plots, and a scale below each image; all grow with the figure."""
    boxes, width = (_NARROW, 350.0) if narrow else (_WIDE, 760.0)
    height = width * (ASPECT_NARROW if narrow else ASPECT)
    axes = {}
    for name, (left, top, wide, high) in boxes.items():
        axes[name] = figure.add_axes((left / width, 1.0 - (top + high) / height, wide / width, high / height))
        if name in IMAGES:
            below = 1.0 - (top + high + _SCALE_GAP + _SCALE_HEIGHT) / height
            axes[f"{name}_scale"] = figure.add_axes(
                (left / width, below, wide / width, _SCALE_HEIGHT / height)
            )
    return axes
