"""Turns an author's Markdown into HTML that is safe to put into the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt

from bonemets_teach.quiz.parts import ADDRESS

__all__ = ["fill", "is_address", "placeholders", "plain", "to_html"]

# "js-default" escapes raw HTML; nh3 then keeps only what is listed here.
_PARSER: Final = MarkdownIt("js-default", {"html": False, "linkify": False}).disable("image")
_TAGS: Final = {
    "a", "blockquote", "br", "code", "em", "li", "ol", "p", "pre", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
# A number and its unit stay on one line.
_UNIT: Final = re.compile(r"(\d) (?=(?:%|HU|mm|cm|m|kV|keV|mAs|mSv|mGy|Gy|MPa|kg|mg|mmol|pM|°)(?![A-Za-z]))")
# How a host with letters beyond ASCII is written in ASCII; the parser writes it so by itself.
_FOREIGN_LETTERS: Final = re.compile(r"https://([^/]*\.)?xn--", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z0-9-]+)\s*\}\}")


@lru_cache(maxsize=4096)
def to_html(text: str, *, inline: bool = False) -> str:
    """Render Markdown; raw HTML, pictures and addresses other than https and #anchors do not survive.

    Parameters
    ----------
    text : str
        Markdown.
    inline : bool, default False
        One line without a paragraph around it, for options and titles.

    Returns
    -------
    html : str
        Sanitized HTML.
    """
    joined = _UNIT.sub("\\1\u00a0", text)
    rendered = _PARSER.renderInline(joined.strip()) if inline else _PARSER.render(joined)
    return nh3.clean(
        rendered,
        tags=_TAGS,
        attributes={"a": {"href"}},
        attribute_filter=_keep_link,
        url_schemes={"https"},
        link_rel="noopener noreferrer",
    ).strip()


def is_address(text: str) -> bool:
    """Return whether a link may lead there: to a place on the page, or to a host whose name can't deceive.

    Parameters
    ----------
    text : str
        Where a link leads.

    Returns
    -------
    allowed : bool
        For https without a name before an @ and without letters beyond ASCII, spelled out or as "xn--"; and for #anchors.
    """
    if re.match(r"#\S+$", text):
        return True
    return re.match(ADDRESS, text) is not None and not _FOREIGN_LETTERS.match(text)


def _keep_link(tag: str, name: str, value: str) -> str | None:
    is_link = tag == "a" and name == "href"
    return value if is_link and is_address(value) else None


def plain(text: str) -> str:
    """Return Markdown as words without marks, for titles and checks.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    words : str
        One line of text.
    """
    return " ".join(re.sub(r"[*_`]+|!?\[([^\]]*)\]\([^)]*\)", r"\1", text).split())


def fill(text: str, numbers: Mapping[str, str]) -> str:
    """Put computed numbers into the places ``{{name}}``; unknown names stay as they are.

    Parameters
    ----------
    text : str
        Markdown with placeholders.
    numbers : mapping
        Name to words.

    Returns
    -------
    text : str
        Markdown.
    """
    return _PLACEHOLDER.sub(lambda found: numbers.get(found.group(1), found.group(0)), text)


def placeholders(text: str) -> set[str]:
    """Return the names of the places that `fill` would fill.

    Parameters
    ----------
    text : str
        Markdown.

    Returns
    -------
    names : set of str
        Empty if there are none.
    """
    return set(_PLACEHOLDER.findall(text))
