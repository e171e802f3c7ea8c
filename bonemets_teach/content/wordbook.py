"""Reads the words of a language: JSON files with the English of the code as their keys."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from bonemets_teach.content import assets_folder
from bonemets_teach.errors import ContentError

__all__ = ["PAGE_FILE", "Words", "read_wordbook", "wordbook", "words_for_page"]

Words = Mapping[str, str | dict[str, str]]
"""English to a translation; a text that depends on a count has a form for each CLDR plural category."""

PAGE_FILE: Final = "page.json"
_log: Final = logging.getLogger(__name__)


def read_wordbook(path: Path) -> dict[str, str | dict[str, str]]:
    """Read one file of words.

    Parameters
    ----------
    path : Path
        A JSON object.

    Returns
    -------
    words : dict
        English to a text, or to plural category and text.

    Raises
    ------
    ContentError
        If the file can't be read, a key stands twice, or a value is neither; names the file and the key.
    """
    name = f"{path.parent.name}/{path.name}"
    try:
        pairs: Any = json.loads(path.read_text("utf-8"), object_pairs_hook=list)
    except (OSError, ValueError) as error:
        message = f"{name} can't be read as JSON ({error}); restore the file"
        raise ContentError(message) from error
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        message = f"{name} must be one JSON object with English texts as its keys"
        raise ContentError(message)
    words: dict[str, str | dict[str, str]] = {}
    for key, value in pairs:
        if key in words:
            message = f"{name}: “{key[:60]}” stands twice; take one out"
            raise ContentError(message)
        words[key] = value if isinstance(value, str) else _forms(value, f"{name}: “{key[:60]}”")
    return words


def _forms(value: object, place: str) -> dict[str, str]:
    forms = dict(value) if isinstance(value, list) and all(isinstance(pair, tuple) for pair in value) else {}
    if "other" not in forms or not all(isinstance(text, str) for text in forms.values()):
        message = (
            f"{place} must be a text, or an object with the plural forms of the language, “other” among them"
        )
        raise ContentError(message)
    return forms


@cache
def wordbook(code: str) -> Words:
    """Return all words of a language.

    Parameters
    ----------
    code : str
        For example "es".

    Returns
    -------
    words : mapping
        Empty for English. A broken file is logged and left out: its words stay English.
    """
    found: dict[str, str | dict[str, str]] = {}
    for path in sorted((assets_folder() / "languages" / code).glob("*.json")):
        found.update(_readable(path))
    return found


@cache
def words_for_page(code: str) -> Words:
    """Return the words that the scripts of a page need.

    Parameters
    ----------
    code : str
        For example "es".

    Returns
    -------
    words : mapping
        Empty for English.
    """
    return _readable(assets_folder() / "languages" / code / PAGE_FILE) if code != "en" else {}


def _readable(path: Path) -> dict[str, str | dict[str, str]]:
    try:
        return read_wordbook(path)
    except ContentError:
        _log.exception("words are missing; they stay English")
        return {}
