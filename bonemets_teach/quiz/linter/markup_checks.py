"""Checks that texts hold nothing that the page would not show: HTML, pictures, links that lead elsewhere than to https."""

from __future__ import annotations

import re
from typing import Final

from bonemets_teach.content import asset
from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.linter.finding import Hits
from bonemets_teach.quiz.linter.words import listed_words, texts
from bonemets_teach.quiz.markdown import is_address

__all__ = ["check_images", "check_markup"]

_TAG: Final = re.compile(r"<\s*[/!?a-zA-Z][^<>]*>?")
_PICTURE: Final = re.compile(r"!\[[^\]]*\]\s*[(\[]")
_LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\(\s*<?([^)\s>]*)|^\s*\[[^\]]+\]:\s*<?(\S+)", re.MULTILINE)
_SCHEME: Final = re.compile(r"\b(?:javascript|vbscript|data|file|blob)\s*:\s*\S", re.IGNORECASE)


def check_markup(item: Item) -> Hits:
    """Check the Markdown of an item; what is found here never reaches a page, but its author should know.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    for path, text in (*texts(item), *listed_words(item)):
        found = _TAG.search(text) or _SCHEME.search(text)
        if found:
            yield (
                "MARKUP",
                path,
                f"“{found.group(0)[:40]}” is not shown as you mean it; write Markdown, without HTML or scripts",
            )
        if _PICTURE.search(text):
            yield "MARKUP", path, "pictures belong into images, with alt, credit and license, not into a text"
        for link in _LINK.finditer(text):
            address = link.group(1) or link.group(2) or ""
            if not is_address(address):
                yield (
                    "MARKUP",
                    path,
                    f"“{address[:40]}” is no address of a source; links start with https:// or #",
                )


def check_images(item: Item) -> Hits:
    """Check that the pictures of an item are there.

    Parameters
    ----------
    item : Item
        The item.

    Yields
    ------
    hit : (str, str, str)
        Code, path, words.
    """
    for number, image in enumerate(item.images, start=1):
        try:
            asset(image.file)
        except ContentError:
            yield "IMAGE_MISSING", f"images[#{number}].file", f"there is no picture assets/{image.file}"
