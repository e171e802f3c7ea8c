"""Draws the loop of tumor, osteoblasts, osteoclasts and bone; arrows as wide as their messages are strong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.text import Text

from bonemets_teach.scenes._vicious_cycle_result import ViciousResult, fold
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["LoopArtists", "build_loop", "update_loop"]

_NODES: Final = {
    "tumor": ("Tumor", (0.17, 0.84)),
    "osteoblast": ("Osteoblasts", (0.83, 0.84)),
    "osteoclast": ("Osteoclasts", (0.83, 0.12)),
    "bone": ("Bone", (0.17, 0.12)),
}
_HALF: Final = (0.17, 0.085)

# Name: color, start, end, place of the label, alignment.
_ARROWS: Final = {
    "pthrp": ("tumor", (0.35, 0.875), (0.65, 0.875), (0.5, 0.955), "center"),
    "recruitment": ("tumor", (0.35, 0.805), (0.65, 0.805), (0.475, 0.7), "center"),
    "rankl": ("osteoblast", (0.86, 0.745), (0.86, 0.215), (0.82, 0.37), "right"),
    "resorption": ("osteoclast", (0.65, 0.12), (0.35, 0.12), (0.5, 0.0), "center"),
    "formation": ("osteoblast", (0.77, 0.745), (0.27, 0.215), (0.58, 0.465), "left"),
    "growth": ("bone", (0.14, 0.215), (0.14, 0.745), (0.175, 0.53), "left"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopArtists:
    """Moving parts of the loop, by name of node and message."""

    values: dict[str, Text]
    arrows: dict[str, FancyArrowPatch]
    labels: dict[str, Text]
    title: Text


def build_loop(axes: Axes, look: Look, size: float) -> LoopArtists:
    """Draw the nodes and make the arrows.

    Parameters
    ----------
    axes : Axes
        Empty axes.
    look : Look
        Size, arrangement and theme.
    size : float
        Font size [points].

    Returns
    -------
    artists : LoopArtists
        What `update_loop` sets.
    """
    colors = palette(look.theme)
    axes.set(xlim=(0, 1), ylim=(0, 1))
    axes.axis("off")
    values = {}
    for name, (label, place) in _NODES.items():
        tone = getattr(colors, name)
        _box(axes, place, tone)
        style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": size}
        axes.text(place[0], place[1] + 0.033, label, color=tone, fontweight="bold", zorder=5, **style)
        values[name] = axes.text(place[0], place[1] - 0.037, "", animated=True, zorder=5, **style)
    arrows, labels = {}, {}
    for name, (tone_name, start, end, place, align) in _ARROWS.items():
        tone = getattr(colors, tone_name)
        arrow = FancyArrowPatch(start, end, arrowstyle="-|>", color=tone, shrinkA=0, shrinkB=0, animated=True)
        arrow.set(capstyle="butt", joinstyle="miter", zorder=3)
        axes.add_patch(arrow)
        arrows[name] = arrow
        labels[name] = axes.text(
            *place,
            "",
            color=tone,
            fontsize=size,
            ha=align,
            va="center",
            linespacing=1.15,
            animated=True,
            zorder=4,
        )
    title = axes.set_title("", loc="left", pad=5, fontsize=size + 0.5, animated=True)
    return LoopArtists(values=values, arrows=arrows, labels=labels, title=title)


def _box(axes: Axes, place: tuple[float, float], tone: str) -> None:
    corner = (place[0] - _HALF[0] + 0.02, place[1] - _HALF[1] + 0.02)
    width, height = 2 * _HALF[0] - 0.04, 2 * _HALF[1] - 0.04
    for face, edge, alpha in ((tone, "none", 0.13), ("none", tone, 1.0)):
        box = FancyBboxPatch(corner, width, height, boxstyle="round,pad=0.02,rounding_size=0.03", alpha=alpha)
        box.set(facecolor=face, edgecolor=edge, linewidth=1.3, clip_on=False)
        axes.add_patch(box)


def update_loop(artists: LoopArtists, result: ViciousResult) -> None:
    """Set numbers and widths for the shown month.

    Parameters
    ----------
    artists : LoopArtists
        From `build_loop`.
    result : ViciousResult
        A computed state.
    """
    i, path, sent = result.index, result.trajectory, result.messages
    artists.title.set_text(f"The loop in month {result.month:g} [× normal]")
    artists.values["tumor"].set_text(f"{100 * path.tumor[i]:.0f} % of marrow")
    artists.values["osteoblast"].set_text(f"{_times(path.osteoblast_ratio[i])}")
    artists.values["osteoclast"].set_text(f"{_times(path.osteoclast_ratio[i])}")
    artists.values["bone"].set_text(f"{100 * path.bone_volume[i]:.0f} % of start")
    share = 100.0 * sent.from_bone[i] / max(float(sent.growth_support[i]), 1e-12)
    wording = {
        "pthrp": (f"PTHrP {_times(sent.pthrp[i])}", sent.pthrp[i]),
        "recruitment": (_recruitment(float(sent.recruitment[i])), sent.recruitment[i]),
        "rankl": (f"RANKL\n{_times(sent.rankl[i])}", sent.rankl[i]),
        "resorption": (f"resorption {_times(sent.resorption[i])}", sent.resorption[i]),
        "formation": (f"formation\n{_times(sent.formation[i])}", sent.formation[i]),
        "growth": (f"TGF-β, IGF:\n{share:.0f} % of\ngrowth", sent.from_bone[i]),
    }
    for name, (text, strength) in wording.items():
        artists.labels[name].set_text(text)
        width = _width(float(strength))
        artists.arrows[name].set_linewidth(width)
        artists.arrows[name].set_mutation_scale(7.0 + 1.9 * width)


def _times(value: float) -> str:
    return "≈ 0" if value < 0.01 else f"× {fold(value)}"


def _recruitment(strength: float) -> str:
    cause = "(DKK-1)" if strength < 0.95 else "(Wnt, ET-1)" if strength > 1.05 else ""
    return f"recruitment {_times(strength)}\n{cause}".rstrip()


def _width(strength: float) -> float:
    # Points; doubles in strength add the same width, so weak and strong messages both stay readable.
    return min(9.0, 0.6 + 2.0 * math.log2(1.0 + max(0.0, strength)))
