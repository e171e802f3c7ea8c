"""Axes and artists of SPECT/CT: CT, SPECT, both together, the view from behind, and a line from front to back."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from bonemets_teach.imaging.window import BONE
from bonemets_teach.scenes._spect_ct_body import site_of
from bonemets_teach.scenes._spect_ct_images import CT_PIXEL_MM, ORIGIN_MM
from bonemets_teach.scenes._spect_ct_result import SpectCt
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["SpectCtArtists", "build", "colored", "update"]

_Pixels = npt.NDArray[np.uint8]
_Box = tuple[float, float, float, float]

# Dark to bright in even steps, and safe for color blindness.
_COLORS: Final = "inferno"
_MOST_COLOR: Final = 0.8
_BLACK_OVER_HEALTHY: Final = 1.4
_CT_SHAPE: Final = (192, 246)
_PLANAR_SHAPE: Final = (24, 61)
_PAPER: Final = "#e6e6e6"
_INK: Final = "#1c2430"
_SCALE_MM: Final = 30.0
_TOP_PROFILE: Final = 60.0
# Left, bottom, width, height of the panels: CT, SPECT, both, view from behind, profile, color scale.
_WIDE: Final[tuple[_Box, ...]] = (
    (0.005, 0.5, 0.327, 0.45), (0.3365, 0.5, 0.327, 0.45), (0.668, 0.5, 0.327, 0.45),
    (0.005, 0.125, 0.327, 0.26), (0.405, 0.125, 0.385, 0.29), (0.89, 0.125, 0.025, 0.26),
)  # fmt: skip
_NARROW: Final[tuple[_Box, ...]] = (
    (0.005, 0.79, 0.49, 0.18), (0.505, 0.79, 0.49, 0.18), (0.005, 0.385, 0.99, 0.365),
    (0.005, 0.235, 0.62, 0.115), (0.12, 0.065, 0.85, 0.115), (0.78, 0.235, 0.05, 0.1),
)  # fmt: skip
_MARK_SHARE: Final = 0.1


class _Still(AxesImage):
    """An image that changes rarely: its pixels are brought to those of the screen once."""

    def set_data(self, A: Any) -> None:
        """Take other data; the same array as before changes nothing."""
        if A is not getattr(self, "_taken", None):
            self._taken = A
            self._sampled: dict[tuple[float, ...], Any] = {}
            super().set_data(A)

    def make_image(self, renderer: Any, magnification: float = 1.0, unsampled: bool = False) -> Any:  # noqa: FBT001, FBT002
        """Return the pixels on the screen; see `matplotlib.image.AxesImage.make_image`."""
        key = (renderer.width, renderer.height, magnification)
        if key not in self._sampled:
            self._sampled = {key: super().make_image(renderer, magnification, unsampled)}
        return self._sampled[key]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpectCtArtists:
    """What moves."""

    ct: Any
    spect: Any
    fused: Any
    planar: Any
    lines: tuple[Any, Any]
    mark: Any
    reading: Any
    labels: tuple[Any, ...]


def build(figure: Figure, look: Look) -> SpectCtArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size and arrangement; images keep their ground in both themes.

    Returns
    -------
    artists : SpectCtArtists
        For `update`.
    """
    boxes = _NARROW if look.narrow else _WIDE
    titles = ("CT", "SPECT", "SPECT over CT")
    panels = [_panel(figure.add_axes(box), title) for box, title in zip(boxes, titles, strict=False)]
    reading = panels[1][0].text(
        _CT_SHAPE[1] - 8, _CT_SHAPE[0] - 8, "", color=_PAPER, size=10, ha="right", va="bottom", animated=True, zorder=4
    )  # fmt: skip
    mark = panels[1][0].axvline(0, 0, _MARK_SHARE, color="#ffd34d", linewidth=1.5, animated=True)
    planar = _planar(figure.add_axes(boxes[3]))
    lines = _profile(figure.add_axes(boxes[4]), look)
    return SpectCtArtists(
        ct=panels[0][1], spect=panels[1][1], fused=panels[2][1], planar=planar, lines=lines, mark=mark,
        reading=reading, labels=_scale(figure.add_axes(boxes[5]), look),
    )  # fmt: skip


def update(artists: SpectCtArtists, result: SpectCt) -> None:
    """Show a result.

    Parameters
    ----------
    artists : SpectCtArtists
        From `build`.
    result : SpectCt
        What to show.
    """
    top = float(result.state["top_suv"])
    gray = _grays(result.hu.tobytes())
    color = colored(result.suv, top)
    artists.ct.set_data(gray)
    artists.spect.set_data(color)
    weight = (_MOST_COLOR * result.opacity)[..., None]
    artists.fused.set_data((gray + weight * (color.astype(np.float32) - gray)).astype(np.uint8))
    artists.planar.set_data(_darks(result.planar.counts.tobytes(), float(result.planar.healthy.max())))
    for line, values in zip(artists.lines, (result.profile_true, result.profile_suv), strict=True):
        line.set_data(result.profile_mm, np.minimum(values, _TOP_PROFILE))
    column = (site_of(str(result.state["finding"]))[2] - ORIGIN_MM[1]) / CT_PIXEL_MM
    artists.mark.set_xdata([column, column])
    artists.reading.set_text(f"SUVmax {result.measures.suv_max:.1f}")
    for share, label in zip((0.0, 0.5, 1.0), artists.labels, strict=True):
        label.set_text(f"{share * top:g}")


def colored(suv: npt.NDArray[Any], top_suv: float) -> _Pixels:
    """Return uptake in colors.

    Parameters
    ----------
    suv : ndarray of shape (row, column)
        Uptake.
    top_suv : float
        SUV that is white.

    Returns
    -------
    pixels : ndarray of uint8, shape (row, column, 3)
        Red, green, blue.
    """
    return np.asarray(_table()[np.clip(suv * (255.0 / top_suv), 0, 255).astype(np.uint8)])


@cache
def _table() -> _Pixels:
    return np.asarray(np.rint(255 * colormaps[_COLORS](np.arange(256))[:, :3]), dtype=np.uint8)


@lru_cache(maxsize=4)
def _grays(hu: bytes) -> _Pixels:
    """Return the CT in the window of bone; the same array for the same CT."""
    values = np.frombuffer(hu, dtype=np.float32).reshape(_CT_SHAPE)
    share = (values - (BONE.center - BONE.width / 2)) * (255.0 / BONE.width)
    return np.repeat(np.asarray(np.clip(share, 0, 255), dtype=np.uint8)[..., None], 3, axis=2)


@lru_cache(maxsize=4)
def _darks(counts: bytes, healthy: float) -> _Pixels:
    """Return the view from behind, dark where counts are high; black is reached somewhat above healthy bone."""
    values = np.frombuffer(counts, dtype=np.float32).reshape(_PLANAR_SHAPE)
    share = np.clip(values / (_BLACK_OVER_HEALTHY * max(healthy, 1e-6)), 0, 1)
    return np.asarray(np.rint(255 * (1 - share)), dtype=np.uint8)


def _panel(axes: Axes, title: str) -> tuple[Axes, Any]:
    rows, columns = _CT_SHAPE
    axes.set_axis_off()
    axes.set_title(title, size=11)
    kind = _Still if title == "CT" else AxesImage
    image = kind(axes, interpolation="bilinear", extent=(0, columns, rows, 0), animated=True)
    image.set_data(np.zeros((rows, columns, 3), dtype=np.uint8))
    axes.add_image(image)
    axes.set_aspect("equal")
    words: dict[str, Any] = {"color": _PAPER, "size": 11, "weight": "bold", "animated": True, "zorder": 4}
    axes.text(7, rows / 2, "R", va="center", **words)
    axes.text(columns / 2, 6, "A", ha="center", va="top", **words)
    if title == "CT":
        right, bottom = columns - 10, rows - 10
        axes.plot(
            [right - _SCALE_MM / CT_PIXEL_MM, right], [bottom, bottom], color=_PAPER, linewidth=2, animated=True
        )  # fmt: skip
        axes.text(
            right, bottom - 5, f"{_SCALE_MM:.0f} mm", ha="right", va="bottom", **(words | {"size": 9.5})
        )
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    return axes, image


def _planar(axes: Axes) -> Any:
    rows, columns = _PLANAR_SHAPE
    axes.set_axis_off()
    axes.set_title("Planar scan from behind", size=11)
    image = _Still(
        axes, cmap="gray", norm=Normalize(0, 255), interpolation="bilinear", extent=(0, columns, rows, 0), animated=True
    )  # fmt: skip
    image.set_data(np.zeros((rows, columns), dtype=np.uint8))
    axes.add_image(image)
    axes.set_aspect("equal")
    words: dict[str, Any] = {"color": _INK, "size": 11, "weight": "bold", "va": "center", "animated": True}
    axes.text(1.5, rows / 2, "L", zorder=4, **words)
    axes.text(columns - 1.5, rows / 2, "R", ha="right", zorder=4, **words)
    axes.set_xlim(0, columns)
    axes.set_ylim(rows, 0)
    return image


def _profile(axes: Axes, look: Look) -> tuple[Any, Any]:
    colors = palette(look.theme)
    axes.set_title("Front to back, above the yellow mark", size=11)
    axes.set_xlim(-40, 70)
    axes.set_ylim(0, _TOP_PROFILE)
    axes.set_yticks([0, 20, 40, 60])
    axes.set_xlabel("behind the middle of the body [mm]", size=10)
    axes.set_ylabel("SUV", size=10)
    true = axes.plot([], [], color=colors.muted, linewidth=1.5, linestyle="--", label="true", animated=True)[
        0
    ]
    read = axes.plot([], [], color=colors.tumor, linewidth=2, label="SPECT", animated=True)[0]
    axes.legend(loc="upper right", fontsize=9.5)
    return true, read


def _scale(axes: Axes, look: Look) -> tuple[Any, ...]:
    axes.set_title("SUV", size=11, loc="center")
    axes.imshow(_table()[::-1, None], aspect="auto", extent=(0, 1, 0, 1))
    axes.set_xticks([])
    axes.set_yticks([])
    ink = palette(look.theme).text
    return tuple(
        axes.text(1.35, share, "", va="center", size=10, color=ink, animated=True)
        for share in (0.0, 0.5, 1.0)
    )
