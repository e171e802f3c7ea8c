"""Freezes an item as it is asked, for the log."""

from __future__ import annotations

from bonemets_teach.progress import AskedItem
from bonemets_teach.quiz.base import ItemBase

__all__ = ["asked_item"]


def asked_item(item: ItemBase) -> AskedItem:
    """Return the copy of an item that the log keeps beside its first answer.

    Parameters
    ----------
    item : ItemBase
        The item; a key that the models compute is kept as the rule that computes it.

    Returns
    -------
    asked : AskedItem
        All fields that differ from their defaults.
    """
    content = item.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return AskedItem(item_id=item.id, version=item.version, type=content["type"], content=content)
