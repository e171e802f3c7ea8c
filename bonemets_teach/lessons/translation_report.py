"""Says how much of the course is translated, and what is wrong with its translations."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from bonemets_teach.content import assets_folder, notebooks_folder
from bonemets_teach.content.language import LANGUAGES
from bonemets_teach.content.wordbook import read_wordbook
from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.prose import read_prose
from bonemets_teach.quiz.bank import Bank
from bonemets_teach.quiz.translating import OTHER_LANGUAGES, different_numbers

__all__ = ["translation_counts", "translation_errors"]

_CLAIM: Final = re.compile(r"\(#claim-[a-z0-9_]+\)")


def translation_counts(bank: Bank) -> dict[str, Any]:
    """Count what learners see in another language.

    Parameters
    ----------
    bank : Bank
        All items.

    Returns
    -------
    counts : dict
        For each language its name, published items that are translated by lesson, and lessons with translated text.
    """
    published = [entry for entry in bank.entries if entry.item.status == "published"]
    found = {}
    for code in OTHER_LANGUAGES:
        shown = Counter(entry.lesson for entry in published if code in entry.item.title)
        texts = sorted(path.stem for path in (notebooks_folder() / code).glob("*.md"))
        found[code] = {"name": LANGUAGES[code], "items": dict(shown), "texts": texts}
    return found


def translation_errors(notebooks: Path | None = None, languages: Path | None = None) -> Iterator[str]:
    """Check words and texts; items have the linter.

    Parameters
    ----------
    notebooks, languages : Path or None
        Folders; those of the course if not given.

    Yields
    ------
    error : str
        File, place and rule.
    """
    words = languages or assets_folder() / "languages"
    lessons = notebooks or notebooks_folder()
    for code in OTHER_LANGUAGES:
        for path in sorted((words / code).glob("*.json")):
            try:
                read_wordbook(path)
            except ContentError as error:
                yield f"assets/languages/{error}"
        for path in sorted((lessons / code).glob("*.md")):
            yield from _text_errors(path, lessons / f"{path.stem}.ipynb")


def _text_errors(path: Path, notebook: Path) -> Iterator[str]:
    name = f"notebooks/{path.parent.name}/{path.name}"
    try:
        cells = json.loads(notebook.read_text("utf-8"))["cells"]
        english = {cell["id"]: "".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"}
    except (OSError, ValueError, KeyError, TypeError):
        yield f"{name}: there is no notebook {notebook.name} that it could translate"
        return
    for cell, text in read_prose(path).items():
        if cell not in english:
            yield f"{name}, cell {cell}: the notebook has no such text"
            continue
        if Counter(_CLAIM.findall(text)) != Counter(_CLAIM.findall(english[cell])):
            yield f"{name}, cell {cell}: cites other sources than the English text"
        if difference := different_numbers(english[cell], text):
            yield f"{name}, cell {cell}: numbers differ from the English text: {difference}"
