"""All items of the course, by lesson; a broken file takes nothing else with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, get_args

from bonemets_teach.content import quizzes_folder
from bonemets_teach.quiz.base import Bloom
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.loading import read_items
from bonemets_teach.quiz.overlays import Overlays, is_overlay_file, read_overlays
from bonemets_teach.quiz.problem import Problem
from bonemets_teach.quiz.translating import Translation

__all__ = ["Bank", "Entry", "load_bank"]

_LEVELS: Final = get_args(Bloom)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An item, the file it stands in, the lesson it belongs to, and what became of its translations."""

    item: Item
    file: str
    lesson: str
    translations: tuple[Translation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The items that keep the rules, and what is wrong with the others."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()

    def items(self, lesson: str | None = None) -> list[Item]:
        """Return published items.

        Parameters
        ----------
        lesson : str or None
            Only those of this lesson.

        Returns
        -------
        items : list of Item
            From recall to judgment; within a level by file name and in the order of the file.
        """
        found = [
            entry.item
            for entry in self.entries
            if entry.item.status == "published" and lesson in {None, entry.lesson}
        ]
        return sorted(found, key=lambda item: _LEVELS.index(item.bloom))


def load_bank(folder: Path | None = None) -> Bank:
    """Read all quiz files below a folder.

    Parameters
    ----------
    folder : Path or None
        Holds one folder for each lesson; the package's own if not given.

    Returns
    -------
    bank : Bank
        Items and problems; never raises for what stands in a file.
    """
    root = quizzes_folder() if folder is None else folder
    first: dict[str, str] = {}
    entries: list[Entry] = []
    overlays, problems = read_overlays(root)
    for path in sorted(root.glob("*/**/*.y*ml")):
        if is_overlay_file(path, root):
            continue
        file = f"{root.name}/{path.relative_to(root).as_posix()}"
        translations: dict[str, tuple[Translation, ...]] = {}
        items, broken = read_items(path, file, overlays, translations)
        problems += broken
        for item in items:
            if item.id in first:
                rule = f"this id is already used in {first[item.id]}; ids are never used twice"
                problems.append(Problem(file=file, item=item.id, path="id", rule=rule))
                continue
            first[item.id] = file
            told = translations.get(item.id, ())
            lesson = path.relative_to(root).parts[0]
            entries.append(Entry(item=item, file=file, lesson=lesson, translations=told))
    problems += _strays(overlays, set(first))
    return Bank(entries=tuple(entries), problems=tuple(problems))


def _strays(overlays: Overlays, known: set[str]) -> list[Problem]:
    """Return translations of items that are not there."""
    return [
        Problem(file=overlay.file, item=name, path="", rule="there is no such item to translate; mend the id")
        for name, found in overlays.items()
        if name not in known
        for overlay in found
    ]
