"""Letters put together from kept glyphs against those of plain Agg."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from bonemets_teach.scenes._lettering import LetteringCanvas


def ink(canvas_class: type[FigureCanvasAgg], text: str, x: float = 0.1, **style: object) -> np.ndarray:
    """Return how dark each pixel of a text is, shape (row, column), 0..1."""
    figure = Figure(figsize=(3.0, 0.6), dpi=100)
    canvas = canvas_class(figure)
    figure.text(x, 0.4, text, **style)
    with rc_context({"text.hinting": "none"}):
        canvas.draw()
    return 1.0 - np.asarray(canvas.buffer_rgba())[..., 0] / 255.0


@pytest.mark.parametrize("text", ["90.7 % on day 16", "TGF-β, IGF:\n85 % of growth", "■ ▲ × − µm", "AVAT To"])
def test_text_looks_as_in_plain_agg(text: str) -> None:
    """Moved by up to half a pixel, letters are the same: hardly any ink lies elsewhere."""
    ours, plain = ink(LetteringCanvas, text), ink(FigureCanvasAgg, text)
    shifted = min(np.abs(np.roll(ours, step, axis=1) - plain).sum() for step in (-1, 0, 1))
    assert ours.sum() == pytest.approx(plain.sum(), rel=0.03)
    assert shifted < 0.35 * plain.sum()


def test_same_text_twice_has_the_same_ink() -> None:
    """What is kept does not change what is drawn."""
    figure = Figure(figsize=(3.0, 0.6), dpi=100)
    canvas = LetteringCanvas(figure)
    figure.text(0.1, 0.4, "resorption × 5.3")
    canvas.draw()
    first = np.array(canvas.buffer_rgba())
    canvas.draw()
    assert np.array_equal(first, np.asarray(canvas.buffer_rgba()))


@pytest.mark.parametrize("text", ["", " ", "   "])
def test_text_without_letters_draws_nothing(text: str) -> None:
    """Blanks leave the page white."""
    assert ink(LetteringCanvas, text).sum() == 0.0


def test_text_that_leaves_the_figure_is_cut_off() -> None:
    """Letters beyond the edge raise nothing and wrap nowhere."""
    picture = ink(LetteringCanvas, "osteoclasts at work", x=0.9)
    assert picture[:, :200].sum() == 0.0
    assert picture[:, 270:].sum() > 0.0


def test_turned_text_and_formulas_are_drawn() -> None:
    """What has no stamps goes matplotlib's own way."""
    assert ink(LetteringCanvas, "months", rotation=90).sum() > 0.0
    assert ink(LetteringCanvas, "$x_1^2$").sum() > 0.0


def test_right_aligned_text_ends_where_plain_agg_ends_it() -> None:
    """Widths put together from pieces agree with the font's own within a pixel."""
    ends = [
        np.flatnonzero(ink(kind, "RANKL × 20.5", x=0.8, ha="right").sum(axis=0)).max()
        for kind in (LetteringCanvas, FigureCanvasAgg)
    ]
    assert abs(ends[0] - ends[1]) <= 1
