"""Draws the letters of a figure fast: a glyph is rendered once, and a line of text that stays is kept whole.

Matplotlib renders each letter of each text anew in each frame, which is more than half of the time of a picture.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.font_manager import fontManager, get_font
from matplotlib.ft2font import FT2Font, LoadFlags, RenderMode

__all__ = ["LetteringCanvas"]

_Coverage = npt.NDArray[np.uint8]
# Chosen: letters stand at quarters of a pixel; the eye can't see less.
_STEPS: Final = 4
_KEPT_LINES: Final = 160
_KEPT_GLYPHS: Final = 1500
_KEPT_PIECES: Final = 400
# Numbers change from frame to frame, so digits are pieces of their own.
_PIECES: Final = re.compile(r"\d|\s|[^\d\s]+")
# Matplotlib's own way of text is used where its inner interface is another one.
_KNOWN: Final = all(hasattr(FT2Font, name) for name in ("_layout", "_set_transform", "_render_glyph"))
_UNTURNED: Final = np.array([[0x10000, 0], [0, 0x10000]])


class _Stamp(NamedTuple):
    """Coverage of ink, and where its left and top edge lie from the pixel of the origin (y upward)."""

    ink: _Coverage
    left: int
    top: int


class _Piece(NamedTuple):
    """Glyphs (font, number, x, y), and advance, ascent and descent [pixels]."""

    glyphs: list[tuple[Any, int, float, float]]
    advance: float
    ascent: float
    descent: float


class LetteringCanvas(FigureCanvasAgg):
    """An Agg canvas that keeps letters."""

    def get_renderer(self) -> Any:
        """Return the renderer of the figure's size."""
        width, height = self.get_width_height(physical=True)
        key = width, height, self.figure.dpi
        if getattr(self, "_lettering_key", None) != key:
            self._lettering_key, self.renderer = key, _Lettering(width, height, self.figure.dpi)
        return self.renderer


class _Lettering(RendererAgg):
    """An Agg renderer with upright text put together from kept stamps."""

    def __init__(self, width: float, height: float, dpi: float) -> None:
        super().__init__(width, height, dpi)
        self._lines: OrderedDict[tuple[Any, ...], _Stamp | None] = OrderedDict()
        self._glyphs: OrderedDict[tuple[Any, ...], _Stamp] = OrderedDict()
        self._pieces: OrderedDict[tuple[Any, ...], _Piece] = OrderedDict()
        self._heights: dict[int, tuple[float | None, float | None, float | None]] = {}

    def draw_text(  # noqa: PLR0913, PLR0917 - matplotlib's signature
        self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False, mtext: Any = None  # noqa: FBT002
    ) -> None:  # fmt: skip
        """Draw a line of text; see `matplotlib.backend_bases.RendererBase.draw_text`."""
        if ismath or angle or not _KNOWN or not gc.get_antialiased():
            super().draw_text(gc, x, y, s, prop, angle, ismath=ismath, mtext=mtext)
            return
        column, x_step = _split(x)
        row, y_step = _split(self.height - y)
        key = (s, hash(prop), x_step, y_step)
        stamp = _kept(self._lines, key, _KEPT_LINES, lambda: self._line(s, prop, x_step, y_step))
        if stamp is not None:
            bottom = int(self.height) - (row + stamp.top) + stamp.ink.shape[0]
            self._renderer.draw_text_image(stamp.ink, column + stamp.left, bottom, 0, gc)

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> tuple[float, float, float]:
        """Measure a line of text [pixels]; see `matplotlib.backend_bases.RendererBase`."""
        if ismath or not _KNOWN:
            width, height, descent = super().get_text_width_height_descent(s, prop, ismath)
            return width, height, descent
        pieces = [self._piece(text, prop) for text in _PIECES.findall(s)]
        descent = max(piece.descent for piece in pieces)
        return (
            sum(piece.advance for piece in pieces),
            descent + max(piece.ascent for piece in pieces),
            descent,
        )

    def _get_font_height_metrics(self, prop: Any) -> tuple[float | None, float | None, float | None]:
        """Return ascent, descent and line gap of a font [pixels]; Matplotlib asks for them with each text."""
        key = hash(prop)
        if key not in self._heights:
            self._heights[key] = _font_heights(prop, self.dpi)
        return self._heights[key]

    def _piece(self, text: str, prop: Any) -> _Piece:
        piece: _Piece = _kept(
            self._pieces, (text, hash(prop)), _KEPT_PIECES, lambda: self._measured(text, prop)
        )
        return piece

    def _measured(self, text: str, prop: Any) -> _Piece:
        font = self._prepare_font(prop)
        # A bar that follows stands where the next piece begins.
        items = font._layout(text + "|", flags=LoadFlags.NO_HINTING, features=None, language=None)
        glyphs = [(item.ft_object, item.glyph_index, item.x, item.y) for item in items]
        font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
        height, descent = font.get_width_height()[1] / 64.0, font.get_descent() / 64.0
        return _Piece(glyphs[:-1], glyphs[-1][2], height - descent, descent)

    def _line(self, s: str, prop: Any, x_step: int, y_step: int) -> _Stamp | None:
        """Put the glyphs of a line together; None for a line without ink."""
        size, placed, start = prop.get_size_in_points(), [], x_step / _STEPS
        for text in _PIECES.findall(s):
            piece = self._piece(text, prop)
            for font, number, x, y in piece.glyphs:
                column, fine_x = _split(start + x)
                row, fine_y = _split(y_step / _STEPS + y)
                glyph = self._glyph(font, size, number, (fine_x, fine_y))
                if glyph.ink.size:
                    placed.append(_Stamp(glyph.ink, column + glyph.left, row + glyph.top))
            start += piece.advance
        return _together(placed) if placed else None

    def _glyph(self, font: Any, size: float, number: int, fine: tuple[int, int]) -> _Stamp:
        key = (font.fname, size, number, fine)
        stamp: _Stamp = _kept(
            self._glyphs, key, _KEPT_GLYPHS, lambda: _rendered(font, size, self.dpi, number, fine)
        )
        return stamp


def _rendered(font: Any, size: float, dpi: float, number: int, fine: tuple[int, int]) -> _Stamp:
    font.set_size(size, dpi)
    font._set_transform(_UNTURNED, [0x40 * step // _STEPS for step in fine])
    bitmap = font._render_glyph(number, LoadFlags.NO_HINTING, RenderMode.NORMAL)
    return _Stamp(np.array(bitmap.buffer, dtype=np.uint8), bitmap.left, bitmap.top)


def _split(place: float) -> tuple[int, int]:
    """Return the whole pixel and the quarter in it."""
    steps = round(place * _STEPS)
    return steps // _STEPS, steps % _STEPS


def _kept(store: OrderedDict[Any, Any], key: Any, most: int, make: Any) -> Any:
    if key in store:
        store.move_to_end(key)
        return store[key]
    store[key] = made = make()
    if len(store) > most:
        store.popitem(last=False)
    return made


def _together(placed: list[_Stamp]) -> _Stamp:
    left = min(stamp.left for stamp in placed)
    top = max(stamp.top for stamp in placed)
    right = max(stamp.left + stamp.ink.shape[1] for stamp in placed)
    bottom = min(stamp.top - stamp.ink.shape[0] for stamp in placed)
    ink = np.zeros((top - bottom, right - left), dtype=np.uint8)
    for stamp in placed:
        rows, columns = stamp.ink.shape
        part = ink[top - stamp.top : top - stamp.top + rows, stamp.left - left : stamp.left - left + columns]
        np.maximum(part, stamp.ink, out=part)
    return _Stamp(ink, left, top)


def _font_heights(prop: Any, dpi: float) -> tuple[float | None, float | None, float | None]:
    """Return ascent, descent and line gap from the font's tables, as Matplotlib's ``Text`` does."""
    font: Any = get_font(fontManager._find_fonts_by_props(prop))
    for name, ascent, descent, gap in (
        ("OS/2", "sTypoAscender", "sTypoDescender", "sTypoLineGap"),
        ("hhea", "ascent", "descent", "lineGap"),
    ):
        table = font.get_sfnt_table(name)
        if table is not None:
            scale = prop.get_size_in_points() * dpi / 72.0 / font.get_sfnt_table("head")["unitsPerEm"]
            return table[ascent] * scale, -table[descent] * scale, table[gap] * scale
    return None, None, None
