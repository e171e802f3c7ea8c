"""Text for other programs: no character that XML refuses, no formula for a spreadsheet, HTML or one line as needed."""

from __future__ import annotations

import html
import re
from typing import Final

from bonemets_teach.quiz.markdown import to_html

__all__ = ["CREDIT", "WARNING", "clean", "is_clean", "line", "rich", "safe_name", "strip_tags"]

WARNING: Final = "A teaching model. Not for clinical use."
CREDIT: Final = "bonemets-teach, an interactive course on bone metastases, CC BY 4.0."
# All that XML 1.0 forbids, and the C1 controls, which it discourages.
_REFUSED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BLOCK_END: Final = re.compile(r"</(?:p|li|tr|blockquote|pre|table|ul|ol)>|<br ?/?>")
_CELL_END: Final = re.compile(r"</t[dh]>")
_TAG: Final = re.compile(r"<[^>]*>")


def clean(text: str) -> str:
    """Put the replacement character in the place of each character that XML refuses; line ends become newlines.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    text : str
        Safe in XML, in a spreadsheet and in a database field.
    """
    return _REFUSED.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def is_clean(text: str) -> bool:
    """Tell whether `clean` would keep every character.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    is_clean : bool
        False if a character would be replaced.
    """
    return _REFUSED.search(text.replace("\r", "")) is None


def rich(text: str, *, inline: bool = False) -> str:
    """Return Markdown as sanitized HTML that is also well-formed XML.

    Parameters
    ----------
    text : str
        Markdown.
    inline : bool, default False
        Without a paragraph around it.

    Returns
    -------
    markup : str
        HTML with closed empty elements and no named entity besides those of XML.
    """
    return to_html(text, inline=inline).replace("<br>", "<br/>").replace("&nbsp;", "\u00a0")


def strip_tags(markup: str) -> str:
    """Return HTML as words, one line for each block.

    Parameters
    ----------
    markup : str
        Sanitized HTML.

    Returns
    -------
    words : str
        Plain text.
    """
    parted = _CELL_END.sub("\t", _BLOCK_END.sub("\n", markup))
    return html.unescape(_TAG.sub("", parted)).strip()


def line(text: str) -> str:
    """Return Markdown as one line of words.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    words : str
        Without marks and line ends.
    """
    return " ".join(strip_tags(to_html(text)).split())


def safe_name(text: str) -> str:
    """Return a name that every file system and XML identifier takes.

    Parameters
    ----------
    text : str
        For example an item id.

    Returns
    -------
    name : str
        Letters, digits, points, underscores and hyphens; begins with a letter or underscore.
    """
    name = re.sub(r"[^A-Za-z0-9._-]", "-", text)
    return name if re.match(r"[A-Za-z_]", name) else f"_{name}"
