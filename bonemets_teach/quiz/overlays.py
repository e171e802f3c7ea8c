"""Reads the files that hold items in another language: ``quizzes/<lesson>/<language>/*.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.problem import Problem
from bonemets_teach.quiz.strict_yaml import read_yaml
from bonemets_teach.quiz.translating import OTHER_LANGUAGES, Overlay

__all__ = ["Overlays", "is_overlay_file", "read_overlays"]

Overlays = Mapping[str, tuple[Overlay, ...]]
"""Item id to its words in each language."""


def is_overlay_file(path: Path, root: Path) -> bool:
    """Tell whether a file holds translations and no items.

    Parameters
    ----------
    path : Path
        A YAML file.
    root : Path
        Folder of the quizzes.

    Returns
    -------
    translated : bool
        True below a folder that is named as a language.
    """
    return path.parent.name in OTHER_LANGUAGES and path.parent != root


def read_overlays(root: Path) -> tuple[dict[str, tuple[Overlay, ...]], list[Problem]]:
    """Read all translations below a folder.

    Parameters
    ----------
    root : Path
        Folder of the quizzes.

    Returns
    -------
    overlays : dict
        Item id to its overlays.
    problems : list of Problem
        What is wrong with the files; a broken one takes nothing else with it.
    """
    found: dict[str, tuple[Overlay, ...]] = {}
    problems: list[Problem] = []
    for path in sorted(root.glob("*/**/*.y*ml")):
        if not is_overlay_file(path, root):
            continue
        file = f"{root.name}/{path.relative_to(root).as_posix()}"
        for name, raw in _entries(path, file, problems).items():
            overlay = _overlay(name, raw, path.parent.name, file, problems)
            if overlay is None:
                continue
            if any(other.language == overlay.language for other in found.get(name, ())):
                rule = f"this item is translated twice into “{overlay.language}”; take one out"
                problems.append(Problem(file=file, item=name, path="", rule=rule))
                continue
            found[name] = (*found.get(name, ()), overlay)
    return found, problems


def _entries(path: Path, file: str, problems: list[Problem]) -> dict[str, Any]:
    try:
        data = read_yaml(path, file)
    except ContentError as error:
        place, _, rule = str(error).removeprefix(file).partition(": ")
        problems.append(Problem(file=file + place, item="", path="", rule=rule))
        return {}
    if not isinstance(data, dict) or not all(isinstance(name, str) for name in data):
        rule = "must be a block with an item's id and its words for each item"
        problems.append(Problem(file=file, item="", path="", rule=rule))
        return {}
    return data


def _overlay(name: str, raw: Any, language: str, file: str, problems: list[Problem]) -> Overlay | None:
    if not isinstance(raw, dict):
        rule = "must be a block of fields: version, title, and the other words of the item"
        problems.append(Problem(file=file, item=name, path="", rule=rule))
        return None
    words = {key: value for key, value in raw.items() if key != "version"}
    return Overlay(language=language, file=file, version=raw.get("version"), words=words)
