"""Markdown as paragraphs of print: fonts, the small markup that reportlab reads, and signs that the font lacks."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from html.parser import HTMLParser
from typing import Final

from reportlab.lib.fonts import addMapping  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.words import rich
from bonemets_teach.scenes.font_files import font_file

__all__ = ["FONT", "PrintedBlock", "blocks", "load_fonts", "missing_signs", "reads_right_to_left", "spoken"]

FONT: Final = "BonemetsSans"
_MONO: Final = "BonemetsMono"
_FILES: Final = {
    FONT: "DejaVuSans.ttf",
    f"{FONT}-Bold": "DejaVuSans-Bold.ttf",
    f"{FONT}-Italic": "DejaVuSans-Oblique.ttf",
    f"{FONT}-BoldItalic": "DejaVuSans-BoldOblique.ttf",
    _MONO: "DejaVuSansMono.ttf",
}
_MARKS: Final = {"strong": "b", "em": "i", "sup": "super", "sub": "sub"}
_BLOCKS: Final = {"p", "li", "pre", "tr", "blockquote"}
# Signs without a picture of their own need no glyph.
_SILENT: Final = {"Cc", "Cf", "Zl", "Zp"}


@dataclass(frozen=True, slots=True)
class PrintedBlock:
    """A paragraph in reportlab's markup; ``bullet`` is "" for plain text."""

    markup: str
    bullet: str = ""


@cache
def load_fonts() -> frozenset[int]:
    """Register the fonts once.

    Returns
    -------
    signs : frozenset of int
        Code points that they can print.
    """
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(font_file(file))))
    for bold in (0, 1):
        for italic in (0, 1):
            style = ("", "-Italic", "-Bold", "-BoldItalic")[2 * bold + italic]
            addMapping(FONT, bold, italic, FONT + style)
    return frozenset(pdfmetrics.getFont(FONT).face.charToGlyph)


def missing_signs(texts: Iterable[str]) -> str:
    """Return the signs that the print font lacks, each once.

    Parameters
    ----------
    texts : iterable of str
        What is to be printed.

    Returns
    -------
    signs : str
        In order of code point.
    """
    known = load_fonts()
    found = {
        sign
        for text in texts
        for sign in text
        if ord(sign) not in known and unicodedata.category(sign) not in _SILENT
    }
    return "".join(sorted(found))


def reads_right_to_left(texts: Iterable[str]) -> bool:
    """Tell whether a text has letters that are written from right to left.

    Parameters
    ----------
    texts : iterable of str
        What is to be printed.

    Returns
    -------
    right_to_left : bool
        True for Hebrew, Arabic and their like.
    """
    return any(unicodedata.bidirectional(sign) in {"R", "AL"} for text in texts for sign in text)


def blocks(text: str) -> list[PrintedBlock]:
    """Return Markdown as paragraphs of print.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    blocks : list of PrintedBlock
        Empty for an empty text.
    """
    parser = _Printer()
    parser.feed(rich(text))
    parser.close()
    return parser.finish()


def spoken(text: str) -> str:
    """Return Markdown as reportlab's markup of one paragraph.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    markup : str
        Paragraphs are joined by line ends.
    """
    return "<br/>".join(block.bullet + " " * bool(block.bullet) + block.markup for block in blocks(text))


class _Printer(HTMLParser):
    """Writes sanitized HTML in the markup of reportlab, which knows paragraphs of letters only."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._found: list[PrintedBlock] = []
        self._now: list[str] = []
        self._bullet = ""
        self._lists: list[int] = []

    def finish(self) -> list[PrintedBlock]:
        self._end()
        return self._found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - print has no links
        if tag in _MARKS:
            self._now.append(f"<{_MARKS[tag]}>")
        elif tag == "code":
            self._now.append(f'<font face="{_MONO}">')
        elif tag == "br":
            self._now.append("<br/>")
        elif tag in {"ul", "ol"}:
            self._end()
            self._lists.append(0 if tag == "ol" else -1)
        elif tag in _BLOCKS:
            self._end()
        if tag == "li" and self._lists:
            ordered = self._lists[-1] >= 0
            self._lists[-1] += ordered
            self._bullet = f"{self._lists[-1]}." if ordered else "•"

    def handle_endtag(self, tag: str) -> None:
        if tag in _MARKS:
            self._now.append(f"</{_MARKS[tag]}>")
        elif tag == "code":
            self._now.append("</font>")
        elif tag in {"td", "th"}:
            self._now.append(" \u2003")
        elif tag in _BLOCKS:
            self._end()
        elif tag in {"ul", "ol"}:
            self._end()
            self._lists.pop()

    def handle_data(self, data: str) -> None:
        self._now.append(escape(data, quote=False))

    def _end(self) -> None:
        markup = "".join(self._now).strip(" \n")
        if markup:
            self._found.append(PrintedBlock(markup, self._bullet))
            self._bullet = ""
        self._now = []
