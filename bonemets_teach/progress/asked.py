"""The frozen copy of an item as it was asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bonemets_teach.progress.fields import require_id, require_json, whole_number

__all__ = ["AskedItem"]

_LONGEST = 1_000_000


@dataclass(frozen=True, kw_only=True)
class AskedItem:
    """One version of one item: text, options, key, as they were when it was answered.

    Parameters
    ----------
    item_id : str
        The item.
    version : int
        Its version, from 1.
    type : str
        Its type, such as ``"single_best"``.
    content : mapping
        All of it, as JSON.

    Raises
    ------
    ParameterError
        If a field is outside its range or the content can't be written as JSON.
    """

    item_id: str
    version: int
    type: str
    content: Mapping[str, Any]

    def __post_init__(self) -> None:
        require_id("item_id", self.item_id)
        require_id("type", self.type)
        object.__setattr__(self, "version", whole_number("version", self.version, 1, 1_000_000))
        require_json("content", self.content, _LONGEST)

    @cached_property
    def text(self) -> str:
        """The content as JSON with sorted keys: the same content always gives the same text."""
        return json.dumps(dict(self.content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @cached_property
    def sha256(self) -> str:
        """SHA-256 of `text` in UTF-8, 64 hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()
