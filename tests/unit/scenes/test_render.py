"""What a renderer promises: the same pixels for the same result, and nothing left of the result before."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import Any, ClassVar

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from bonemets_teach.scenes import Look, Scene
from bonemets_teach.scenes._png import encode
from bonemets_teach.scenes.render import FigureRenderer


@dataclass(frozen=True)
class Bar:
    """Where the red bar of the scene below ends, 0..1."""

    end: float


class BarScene(Scene[Bar]):
    """A blue band that stands still, and a red bar over it that moves, with words."""

    id: ClassVar[str] = "bar"
    title: ClassVar[str] = "Bar"
    summary: ClassVar[str] = ""
    controls: ClassVar = ()
    presets: ClassVar = ()
    tasks: ClassVar = ()
    aspect: ClassVar[float] = 0.5
    aspect_narrow: ClassVar[float] = 1.5

    def compute(self, state: Any) -> Bar:
        return Bar(0.5)

    def build(self, figure: Figure, look: Look) -> Any:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.set_axis_off()
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        (bar,) = axes.plot([], [], color="red", lw=20, solid_capstyle="butt", animated=True, zorder=1)
        axes.plot([0, 1], [0.5, 0.5], color="blue", lw=40, zorder=2)
        words = axes.text(0.02, 0.05, "", animated=True, zorder=3)
        return bar, words

    def update(self, artists: Any, result: Bar) -> None:
        bar, words = artists
        bar.set_data([0, result.end], [0.5, 0.5])
        words.set_text(f"end at {result.end:.2f}")

    def describe(self, result: Bar) -> str:
        return ""

    def quantities(self, result: Bar) -> dict[str, float]:
        return {}


def decoded(png: bytes) -> np.ndarray[Any, Any]:
    """Return the pixels (row, column, channel) of a PNG."""
    with Image.open(BytesIO(png)) as image:
        return np.asarray(image.convert("RGB")).astype(int)


def renderer(**look: Any) -> FigureRenderer:
    """Return a renderer of the scene above, 300 pixels wide."""
    return FigureRenderer(BarScene(), Look(**({"width_px": 300} | look)))


def test_the_same_result_gives_the_same_picture_again() -> None:
    """Drawing a result twice gives the same bytes."""
    drawing = renderer()
    assert drawing.png(Bar(0.5)) == drawing.png(Bar(0.5))


def test_a_result_leaves_no_trace_in_the_next_picture() -> None:
    """A picture after others is the picture that a fresh renderer makes."""
    used = renderer()
    for end in (1.0, 0.1, 0.7):
        used.png(Bar(end))
    assert used.png(Bar(0.3)) == renderer().png(Bar(0.3))


def test_what_moves_lies_on_top_of_what_stands_still() -> None:
    """The moving bar is seen over the band even though its zorder is lower."""
    pixels = decoded(renderer().png(Bar(0.5)))
    rows, columns = pixels.shape[:2]
    red, blue = pixels[rows // 2, columns // 4], pixels[rows // 2, columns * 3 // 4]
    assert red[0] > 2 * red[2]
    assert blue[2] > 2 * blue[0]


@pytest.mark.parametrize(
    ("look", "size"),
    [
        ({}, (150, 300)),
        ({"scale": 2.0}, (300, 600)),
        ({"scale": 1.5}, (225, 450)),
        ({"narrow": True}, (450, 300)),
    ],
)
def test_a_picture_has_width_times_scale_pixels(look: dict[str, Any], size: tuple[int, int]) -> None:
    """Width and scale give the columns, and the scene's aspect the rows."""
    assert decoded(renderer(**look).png(Bar(0.5))).shape == (*size, 3)


def test_the_dark_theme_has_a_dark_ground() -> None:
    """The corner of a picture has the ground color of its theme."""
    light, dark = (decoded(renderer(theme=theme).png(Bar(0.5)))[0, 0] for theme in ("light", "dark"))
    assert 2 * dark.max() < light.min()


def test_few_colors_are_kept_exactly() -> None:
    """A picture of at most 256 well separated colors comes back as it was."""
    grid = np.indices((16, 16)).transpose(1, 2, 0) * 16
    frame = np.dstack([grid, np.full((16, 16), 96), np.full((16, 16), 255)]).astype(np.uint8)
    assert np.array_equal(decoded(encode(frame)), frame[..., :3])


def test_many_colors_stay_close() -> None:
    """A picture of thousands of colors comes back with colors that the eye takes for the same."""
    ramp = np.linspace(0, 255, 200)
    frame = np.full((200, 200, 4), 255, dtype=np.uint8)
    frame[..., 0], frame[..., 1], frame[..., 2] = ramp[:, None], ramp[None, :], 128
    off = np.abs(decoded(encode(frame)) - frame[..., :3]).max(axis=2)
    assert np.quantile(off, 0.99) <= 24


def test_every_gray_level_stays_within_one() -> None:
    """A film keeps its gray levels: none is off by more than 1 of 255."""
    frame = np.repeat(np.tile(np.arange(256, dtype=np.uint8), (8, 1))[..., None], 4, axis=2)
    assert np.abs(decoded(encode(frame)) - frame[..., :3]).max() <= 1
