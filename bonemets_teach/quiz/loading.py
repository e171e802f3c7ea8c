"""Reads one quiz file into items; what is broken becomes a problem and hides nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.item import ITEM, Item
from bonemets_teach.quiz.overlays import Overlays
from bonemets_teach.quiz.problem import Problem
from bonemets_teach.quiz.strict_yaml import parse_yaml, read_yaml
from bonemets_teach.quiz.translating import Translation, translate
from bonemets_teach.quiz.wording import explain

__all__ = ["parse_item", "parse_items", "read_items"]


def parse_item(raw: Any, file: str, place: str = "") -> Item | list[Problem]:
    """Check one item.

    Parameters
    ----------
    raw : object
        Plain data from YAML.
    file : str
        Name for messages.
    place : str, default ""
        Where the item stands, for one that has no id.

    Returns
    -------
    item : Item or list of Problem
        The item, or everything that is wrong with it.
    """
    if not isinstance(raw, dict):
        rule = "an item is a block of fields that starts with “schema: bm-item/1”"
        return [Problem(file=file, item=place, path="", rule=rule)]
    name = raw["id"] if isinstance(raw.get("id"), str) else place
    try:
        return ITEM.validate_python(raw)
    except ValidationError as error:
        return [Problem(file=file, item=name, path=path, rule=rule) for path, rule in explain(error, raw)]


def parse_items(text: str, file: str) -> tuple[list[Item], list[Problem]]:
    """Read the items of a YAML text.

    Parameters
    ----------
    text : str
        One item, or a list of items.
    file : str
        Name for messages.

    Returns
    -------
    items : list of Item
        Those that keep the rules, in order.
    problems : list of Problem
        What is wrong with the others.
    """
    try:
        return _sort(parse_yaml(text, file), file)
    except ContentError as error:
        return [], [_whole_file(error, file)]


def read_items(
    path: Path,
    file: str | None = None,
    overlays: Overlays | None = None,
    translations: dict[str, tuple[Translation, ...]] | None = None,
) -> tuple[list[Item], list[Problem]]:
    """Read the items of a file; see `parse_items`.

    Parameters
    ----------
    path : Path
        A YAML file.
    file : str or None
        Name for messages, the path if not given.
    overlays : mapping or None
        Words in other languages, to be put into the items.
    translations : dict or None
        Takes what became of them, by item id.

    Returns
    -------
    items : list of Item
        Those that keep the rules, in order.
    problems : list of Problem
        What is wrong with the others.
    """
    name = file or str(path)
    try:
        data = read_yaml(path, name)
    except ContentError as error:
        return [], [_whole_file(error, name)]
    return _sort(_translated(data, overlays or {}, {} if translations is None else translations), name)


def _translated(data: Any, overlays: Overlays, translations: dict[str, tuple[Translation, ...]]) -> Any:
    entries = data if isinstance(data, list) else [data]
    found = []
    for entry in entries:
        name = entry.get("id") if isinstance(entry, dict) else None
        raw = entry
        for overlay in overlays.get(name, ()) if isinstance(name, str) else ():
            raw, translation = translate(raw, overlay)
            translations[str(name)] = (*translations.get(str(name), ()), translation)
        found.append(raw)
    return found


def _whole_file(error: ContentError, file: str) -> Problem:
    words = str(error).removeprefix(file)
    place, _, rule = words.partition(": ")
    return Problem(file=file + place, item="", path="", rule=rule)


def _sort(data: Any, file: str) -> tuple[list[Item], list[Problem]]:
    entries = data if isinstance(data, list) else [data]
    items: list[Item] = []
    problems: list[Problem] = []
    for number, raw in enumerate(entries, start=1):
        outcome = parse_item(raw, file, f"number {number}")
        if isinstance(outcome, list):
            problems += outcome
        else:
            items.append(outcome)
    return items, problems
