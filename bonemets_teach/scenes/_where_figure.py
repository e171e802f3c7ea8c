"""Arranges skeleton, key and panel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from textwrap import fill
from typing import Final

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from bonemets_teach.scenes._still_axes import StillAxes
from bonemets_teach.scenes._where_colors import shade
from bonemets_teach.scenes._where_panels import (
    SitesPanel,
    TablePanel,
    TimePanel,
    build_share,
    build_sites,
    build_time,
    build_type,
)
from bonemets_teach.scenes._where_result import SiteShare, WhereResult
from bonemets_teach.scenes._where_shares import Share
from bonemets_teach.scenes._where_skeleton import SkeletonArtists, build_skeleton, update_skeleton
from bonemets_teach.scenes.palette import Palette, palette
from bonemets_teach.scenes.scene import Look

__all__ = ["WhereArtists", "build", "update"]

_TITLES: Final = {
    "sites": "{label}: share of {counted} by site",
    "share": "How often bone is reached",
    "type": "Usual type of lesion",
    "time": "When bone metastases appear",
}
_TYPE_NOTE: Final = "bones: orange lytic, blue blastic, purple in between"
_PANELS: Final[dict[str, Callable[[StillAxes, Palette, float], SitesPanel | TablePanel | TimePanel]]] = {
    "sites": build_sites, "share": build_share, "type": build_type, "time": build_time,
}  # fmt: skip
# From this width on letters have 10 points. Chosen.
_ROOMY_PX: Final = 700
_NOTE_LETTERS: Final = 50
# Left, bottom, width, height in shares of the figure; of the head: left, top, height of a line.
Place = tuple[float, float, float, float]
_WIDE: Final[dict[str, Place]] = {
    "body": (0.0, 0.075, 0.5, 0.92), "key": (0.02, 0.012, 0.44, 0.062), "head": (0.515, 0.975, 0.034, 0.0),
    "sites": (0.675, 0.085, 0.315, 0.815), "share": (0.615, 0.085, 0.375, 0.755), "type": (0.615, 0.085, 0.365, 0.83),
    "time": (0.585, 0.085, 0.405, 0.83),
}  # fmt: skip
_NARROW: Final[dict[str, Place]] = {
    "body": (0.0, 0.408, 1.0, 0.59), "key": (0.04, 0.352, 0.92, 0.046), "head": (0.04, 0.332, 0.021, 0.0),
    "sites": (0.34, 0.04, 0.63, 0.245), "share": (0.22, 0.04, 0.75, 0.23), "type": (0.22, 0.04, 0.73, 0.26),
    "time": (0.14, 0.04, 0.83, 0.26),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class WhereArtists:
    """Skeleton, one panel for each view, title and note."""

    skeleton: SkeletonArtists
    panels: dict[str, SitesPanel | TablePanel | TimePanel]
    title: Text
    note: Text


def build(figure: Figure, look: Look) -> WhereArtists:
    """Make the figure.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    artists : WhereArtists
        What `update` sets.
    """
    colors, size = palette(look.theme), 10.0 if look.width_px >= _ROOMY_PX else 9.2
    place = _NARROW if look.narrow else _WIDE
    skeleton = build_skeleton(figure.add_axes(place["body"]), colors, size)
    _key(figure, place["key"], colors, size)
    panels: dict[str, SitesPanel | TablePanel | TimePanel] = {
        name: make(_still(figure, place[name], name), colors, size) for name, make in _PANELS.items()
    }
    x, y, gap = place["head"][:3]
    title = figure.text(x, y, "", va="top", fontsize=size + 2, fontweight="bold", animated=True)
    note = figure.text(x, y - gap, "", va="top", fontsize=size, color=colors.muted, animated=True)
    return WhereArtists(skeleton=skeleton, panels=panels, title=title, note=note)


def _still(figure: Figure, place: Place, name: str) -> StillAxes:
    axes = StillAxes(figure, place, label=name)
    figure.add_axes(axes)
    return axes


def _key(figure: Figure, place: Place, colors: Palette, size: float) -> None:
    axes = figure.add_axes(place)
    axes.set(xlim=(0, 100), ylim=(0, 10))
    axes.set_axis_off()
    steps = [
        shade(SiteShare(site="", share=Share(p, p, ""), origin="own"), colors.tumor, colors)
        for p in np.linspace(0, 100, 33)
    ]
    bar = axes.inset_axes((2, 5.4, 36, 3.6), transform=axes.transData)
    bar.imshow(
        [np.linspace(0, 1, 200)], aspect="auto", cmap=LinearSegmentedColormap.from_list("share", steps)
    )
    bar.set_xticks((0, 100, 199), labels=["0", "50", "100 %"])
    bar.set_yticks(())
    bar.tick_params(labelsize=size - 0.5, length=2, pad=1)
    borrowed = SiteShare(site="", share=Share(40, 40, ""), origin="others")
    unknown = SiteShare(site="", share=None, origin="none")
    for y, entry, words in ((5.4, borrowed, "gray: all primaries"), (0.4, unknown, "hatched: no number")):
        axes.add_patch(
            Rectangle(
                (50, y), 6, 3.6, facecolor=shade(entry, colors.tumor, colors),
                hatch="" if entry.share else "/////", edgecolor=colors.muted, linewidth=0.7,
            )
        )  # fmt: skip
        axes.text(58, y + 1.8, words, va="center", fontsize=size)


def update(artists: WhereArtists, result: WhereResult) -> None:
    """Set shades, labels and the shown panel.

    Parameters
    ----------
    artists : WhereArtists
        From `build`.
    result : WhereResult
        A computed state.
    """
    update_skeleton(artists.skeleton, result)
    for name, panel in artists.panels.items():
        panel.axes.show(visible=name == result.show)
    artists.panels[result.show].update(result)
    primary = result.primary
    artists.title.set_text(_TITLES[result.show].format(label=primary.label, counted=primary.counted))
    note = {"sites": primary.note, "type": _TYPE_NOTE}.get(result.show, "")
    artists.note.set_text(fill(note, _NOTE_LETTERS))
