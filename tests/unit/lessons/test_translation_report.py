"""Translated text belongs to cells of the notebook, cites the same sources and holds the same numbers."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bonemets_teach.lessons.prose import read_prose, translate_cells
from bonemets_teach.lessons.translation_report import translation_counts, translation_errors
from bonemets_teach.quiz.bank import load_bank

CELLS = {"title": "# Bone\n\nHalf.", "facts": "Loss is 25 % a year ([turnover](#claim-turnover_rates))."}
WORDS = {
    "title": "# Hueso\n\nMitad.",
    "facts": "Se pierde el 25 % al año ([recambio](#claim-turnover_rates)).",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """Return a folder with one notebook and no translation."""
    cells = [{"id": name, "cell_type": "markdown", "source": [text]} for name, text in CELLS.items()]
    (tmp_path / "01_bone.ipynb").write_text(json.dumps({"cells": cells}), "utf-8")
    (tmp_path / "es").mkdir()
    return tmp_path


def _write(course: Path, words: dict[str, str], name: str = "01_bone.md") -> None:
    text = "".join(f"<!-- cell: {cell} -->\n{words[cell]}\n\n" for cell in words)
    (course / "es" / name).write_text(text, "utf-8")


def _cells() -> list[Any]:
    return [
        SimpleNamespace(cell_type="markdown", source=text, metadata={}, get={"id": name}.get)
        for name, text in CELLS.items()
    ]


def test_a_cell_takes_its_translation_and_another_stays_english(course: Path) -> None:
    """Each cell knows its language."""
    _write(course, {"title": WORDS["title"]})
    notebook = SimpleNamespace(cells=_cells())
    translate_cells(notebook, course / "01_bone.ipynb", "es")

    assert [cell.metadata["language"] for cell in notebook.cells] == ["es", "en"]
    assert notebook.cells[0].source.startswith("# Hueso")
    assert notebook.cells[1].source == CELLS["facts"]


def test_english_is_left_as_it_is(course: Path) -> None:
    """Nothing is read and nothing is marked."""
    notebook = SimpleNamespace(cells=_cells())
    translate_cells(notebook, course / "01_bone.ipynb", "en")

    assert [cell.metadata for cell in notebook.cells] == [{}, {}]


def test_a_file_that_is_not_there_or_not_text_translates_nothing(course: Path) -> None:
    """The lesson is English."""
    assert read_prose(course / "es" / "01_bone.md") == {}
    (course / "es" / "01_bone.md").write_bytes(b"\xff\xfe<!-- cell: title -->\n\xff")
    assert read_prose(course / "es" / "01_bone.md") == {}


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (WORDS, None),
        (WORDS | {"recap": "Fin."}, "cell recap: the notebook has no such text"),
        (WORDS | {"facts": "Se pierde el 25 % al año."}, "cell facts: cites other sources"),
        (
            WORDS | {"facts": WORDS["facts"].replace("25", "52")},
            "cell facts: numbers differ from the English text: 25 is lost",
        ),
    ],
)
def test_errors_name_file_and_cell(words: dict[str, str], error: str | None, course: Path) -> None:
    """A sound translation has none."""
    _write(course, words)
    found = list(translation_errors(course, course))

    assert len(found) == (error is not None)
    assert all(f"notebooks/es/01_bone.md, {error}" in text for text in found)


def test_a_text_for_no_notebook_and_broken_words_are_named(course: Path) -> None:
    """Both are errors of the check."""
    _write(course, WORDS, "99_gone.md")
    (course / "es" / "page.json").write_text("{", "utf-8")
    found = list(translation_errors(course, course))

    assert any("assets/languages/es/page.json can't be read as JSON" in text for text in found)
    assert any("there is no notebook 99_gone.ipynb" in text for text in found)


def test_the_check_says_what_there_is_in_each_language() -> None:
    """Items by lesson, and lessons with text."""
    spanish = translation_counts(load_bank())["es"]

    assert spanish["name"] == "Español"
    assert spanish["items"]["bone-remodeling"] >= 32
    assert "01_bone_remodeling" in spanish["texts"]
