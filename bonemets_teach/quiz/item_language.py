"""Tells in which language an item is shown: the one spoken now if it is translated, else English."""

from __future__ import annotations

from bonemets_teach.content.language import language
from bonemets_teach.quiz.base import ItemBase

__all__ = ["item_language"]


def item_language(item: ItemBase) -> str:
    """Return the language of an item as it is shown now.

    Parameters
    ----------
    item : ItemBase
        The item; a translation is whole or it is not in the item at all.

    Returns
    -------
    code : str
        For example "es".
    """
    return language() if language() in item.title else item.lang
