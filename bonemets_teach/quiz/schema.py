"""The JSON Schema of ``bm-item/1``, made from the models so that the two can't differ."""

from __future__ import annotations

from typing import Any

from bonemets_teach.quiz.item import ITEM

__all__ = ["item_schema"]


def item_schema() -> dict[str, Any]:
    """Return the schema of a quiz item for editors and other programs.

    Returns
    -------
    schema : dict
        JSON Schema, draft 2020-12. Rules between fields (one key, min below max) are checked on loading only.
    """
    schema = ITEM.json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "bm-item/1", **schema}
