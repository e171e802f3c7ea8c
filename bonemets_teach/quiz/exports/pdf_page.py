"""The page of a printed exam: styles, head, foot, page numbers."""

from __future__ import annotations

from typing import Any, Final

from reportlab.lib.colors import HexColor  # type: ignore[import-untyped]
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.units import mm  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.pdf_text import FONT, load_fonts
from bonemets_teach.quiz.exports.words import CREDIT, WARNING

__all__ = ["INNER_WIDTH", "MARGIN", "STYLES", "NumberedPages", "paragraph"]

MARGIN: Final = 20 * mm
INNER_WIDTH: Final = A4[0] - 2 * MARGIN
_INK, _QUIET = HexColor("#1f2328"), HexColor("#57606a")


def _style(name: str, size: float, leading: float, **more: Any) -> ParagraphStyle:
    settings = {"textColor": _INK, "fontName": FONT, "bulletFontName": FONT, "splitLongWords": 1} | more
    return ParagraphStyle(name, fontSize=size, leading=leading, **settings)


STYLES: Final = {
    "title": _style("title", 18, 24, fontName=f"{FONT}-Bold", spaceAfter=4),
    "part": _style("part", 14, 20, fontName=f"{FONT}-Bold", spaceAfter=8),
    "head": _style("head", 11, 15, fontName=f"{FONT}-Bold", spaceBefore=14, spaceAfter=3, keepWithNext=1),
    "text": _style("text", 9.5, 14, spaceAfter=5),
    "ask": _style("ask", 9.5, 14, fontName=f"{FONT}-Bold", spaceBefore=2, spaceAfter=5, keepWithNext=1),
    "row": _style("row", 9.5, 14, leftIndent=20, bulletIndent=2, spaceAfter=3),
    "inner": _style("inner", 9, 13, leftIndent=34, bulletIndent=20, spaceAfter=3),
    "small": _style("small", 7.5, 10.5, textColor=_QUIET, spaceAfter=4),
}
"""Styles of paragraphs by their use."""


def paragraph(markup: str, style: str, bullet: str = "") -> Paragraph:
    """Return a paragraph of print.

    Parameters
    ----------
    markup : str
        In reportlab's markup.
    style : str
        Name in `STYLES`.
    bullet : str, default ""
        Stands before it.

    Returns
    -------
    paragraph : Paragraph
        Ready for a page.
    """
    load_fonts()
    return Paragraph(markup, STYLES[style], bulletText=bullet or None)


class NumberedPages(Canvas):  # type: ignore[misc]
    """Draws head and foot when the number of pages is known."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 - reportlab's name
        """Keep the page until all are there."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Draw the feet and write the file."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._foot(number)
            super().showPage()
        super().save()

    def _foot(self, number: int) -> None:
        self.setFillColor(_QUIET)
        self.setFont(FONT, 7.5)
        self.drawString(MARGIN, 12 * mm, f"{WARNING} {CREDIT}")
        self.drawRightString(A4[0] - MARGIN, 12 * mm, f"{number} / {len(self._pages)}")
