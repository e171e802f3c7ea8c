"""Draws the skeleton with a name and a share beside each site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.text import Text

from bonemets_teach.scenes._skeleton_bones import CARTILAGE, HOLES, LAYERS
from bonemets_teach.scenes._skeleton_shapes import compound
from bonemets_teach.scenes._where_colors import bone_ground, hue, shade
from bonemets_teach.scenes._where_result import SPINE, WhereResult, span
from bonemets_teach.scenes._where_shares import SITES
from bonemets_teach.scenes.palette import Palette

__all__ = ["SkeletonArtists", "build_skeleton", "update_skeleton"]

_RARE: Final = {"forearm_hand": "Forearm, hand", "leg_foot": "Leg, foot"}
# Site: side, height of its label, the point that it names [cm].
_LABELS: Final = {
    "skull": (1, 164, (7.3, 163)), "cervical": (1, 151.5, (2.4, 142.4)), "thoracic": (1, 139, (2.0, 128.5)),
    "humerus": (1, 125, (19.2, 122)), "lumbar": (1, 112, (3.6, 104.5)), "pelvis": (1, 96, (12.2, 97.5)),
    "femur_shaft": (1, 57, (13.2, 62)), "leg_foot": (1, 24, (9.8, 27)), "shoulder": (-1, 151, (-12, 141.4)),
    "sternum": (-1, 138, (-1.3, 130.5)), "ribs": (-1, 124, (-13.0, 121.5)), "sacrum": (-1, 107, (-2.6, 93)),
    "proximal_femur": (-1, 90, (-13.6, 84)), "forearm_hand": (-1, 57, (-25.3, 67)),
}  # fmt: skip
_EDGE: Final = 54.0
_HALF_WIDTH: Final = 55.0
_HEIGHT: Final = (-2.5, 174.0)
# Width of a letter in shares of the font size. Measured.
_LETTER: Final = 0.57


@dataclass(frozen=True, slots=True, kw_only=True)
class SkeletonArtists:
    """Bones by site, back to front, and the words under the name of each site."""

    bones: tuple[tuple[str, PathPatch], ...]
    labels: dict[str, Text]
    colors: Palette


def build_skeleton(axes: Axes, colors: Palette, size: float) -> SkeletonArtists:
    """Draw the bones once.

    Parameters
    ----------
    axes : Axes
        Empty axes; they get the limits of the drawing.
    colors : Palette
        The theme.
    size : float
        Font size [pt].

    Returns
    -------
    artists : SkeletonArtists
        What `update_skeleton` sets.
    """
    axes.set(xlim=(-_HALF_WIDTH, _HALF_WIDTH), ylim=_HEIGHT)
    axes.set_aspect("equal")
    axes.set_axis_off()
    line: dict[str, Any] = {"edgecolor": colors.bone, "linewidth": 0.7, "animated": True}
    axes.add_patch(PathPatch(compound(CARTILAGE), facecolor=colors.grid, edgecolor="none"))
    bones = []
    for depth, (site, shapes) in enumerate(LAYERS):
        patch = PathPatch(compound(shapes), facecolor=bone_ground(colors), zorder=2 + 0.01 * depth, **line)
        axes.add_patch(patch)
        bones.append((site, patch))
    axes.add_patch(PathPatch(compound(HOLES), facecolor=colors.ground, zorder=3, **line))
    labels = {}
    for site, (side, y, _) in _LABELS.items():
        place: dict[str, Any] = {"ha": "right" if side > 0 else "left", "fontsize": size}
        axes.text(side * _EDGE, y + 0.3, SITES.get(site) or _RARE[site], va="bottom", **place)
        labels[site] = axes.text(side * _EDGE, y - 0.3, "rare", va="top", zorder=5, animated=True, **place)
    letter = _LETTER * size / _points_per_cm(axes)
    lines = [[(_inner(site, letter), y + 2.2), point] for site, (_, y, point) in _LABELS.items()]
    axes.add_collection(LineCollection(lines, colors=colors.text, linewidths=0.8, zorder=4, animated=True))
    points = [point for _, _, point in _LABELS.values()]
    axes.plot(*zip(*points, strict=True), "o", color=colors.text, markersize=2.8, zorder=4, animated=True)
    return SkeletonArtists(bones=tuple(bones), labels=labels, colors=colors)


def _points_per_cm(axes: Axes) -> float:
    figure = axes.get_figure()
    width, height = (
        (72 * inch for inch in figure.get_size_inches()) if isinstance(figure, Figure) else (760.0, 650.0)
    )
    box = axes.get_position(original=True)
    return min(box.width * width / (2 * _HALF_WIDTH), box.height * height / (_HEIGHT[1] - _HEIGHT[0]))


def _inner(site: str, letter_cm: float) -> float:
    # The line starts beside the longer of name and share.
    letters = max(len(SITES.get(site) or _RARE[site]), 14 if site in SPINE else 10)
    return _LABELS[site][0] * (_EDGE - 0.5 - letter_cm * letters)


def update_skeleton(artists: SkeletonArtists, result: WhereResult) -> None:
    """Shade the bones and write the shares.

    Parameters
    ----------
    artists : SkeletonArtists
        From `build_skeleton`.
    result : WhereResult
        A computed state.
    """
    colors, full = artists.colors, hue(result, artists.colors)
    for site, patch in artists.bones:
        if site in SITES:
            entry = result.drawn(site)
            patch.set_facecolor(shade(entry, full, colors))
            patch.set_hatch("" if entry.share is not None else "/////")
            patch.set_edgecolor(colors.bone if entry.share is not None else colors.muted)
    for site, label in artists.labels.items():
        if site in SITES:
            entry = result.drawn(site)
            level = "spine " if entry.site == "spine" else ""
            label.set_text("no number" if entry.share is None else f"{level}{span(entry.share)}")
            label.set_color(colors.text if entry.origin == "own" else colors.muted)
