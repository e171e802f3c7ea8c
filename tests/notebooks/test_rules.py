"""Notebooks hold words and a few one-line calls."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from typing import Any

import pytest

from bonemets_teach.content import assets_folder, notebooks_folder
from bonemets_teach.lessons.catalog import find_lesson

NOTEBOOKS = sorted(notebooks_folder().glob("*.ipynb"))
NEEDED = ["title", "goals", "setup", "background", "explorer", "tasks", "quiz", "recap", "sources"]
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.AsyncFor, ast.While, ast.If,
    ast.Try, ast.Global, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
)  # fmt: skip

pytestmark = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return content


def _code(path: Path) -> list[dict[str, Any]]:
    return [cell for cell in _read(path)["cells"] if cell["cell_type"] == "code"]


def test_a_notebook_belongs_to_a_lesson_of_the_course(path: Path) -> None:
    """Its metadata name a lesson whose notebook it is."""
    about = _read(path)["metadata"]["bonemets"]

    entry = find_lesson(about["lesson_id"])
    assert path.name == entry.notebook
    assert entry.minutes == about["minutes"]
    assert list(entry.prerequisites) == about["prerequisites"]


def test_metadata_hold_nothing_that_differs_between_authors(path: Path) -> None:
    """Kernel and language are named without a version."""
    metadata = _read(path)["metadata"]

    assert {"kernelspec", "language_info", "bonemets"} == set(metadata)
    assert {"name": "python"} == metadata["language_info"]
    assert "python3" == metadata["kernelspec"]["name"]


def test_the_fixed_cells_are_there_in_order(path: Path) -> None:
    """Ids are fixed words, so links and notes keep pointing at the same cell."""
    ids = [cell["id"] for cell in _read(path)["cells"]]

    assert len(set(ids)) == len(ids)
    assert [name for name in ids if name in NEEDED] == NEEDED


def test_code_is_a_few_calls_without_logic(path: Path) -> None:
    """At most 8 lines a cell, no definitions, loops or branches, imports only from the package."""
    for cell in _code(path):
        source = "".join(cell["source"])
        tree = ast.parse(source)
        assert len(source.splitlines()) <= 8, cell["id"]
        assert not [node for node in ast.walk(tree) if isinstance(node, FORBIDDEN)], cell["id"]
        imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        assert all(isinstance(node, ast.ImportFrom) and node.module == "bonemets_teach" for node in imported)


def test_only_checked_text_is_kept_as_output(path: Path) -> None:
    """Outputs and execution counts only where they are compared."""
    for cell in _code(path):
        if "nbval-check-output" in cell["metadata"].get("tags", []):
            assert cell["outputs"], cell["id"]
            assert 1 == cell["execution_count"], cell["id"]
            assert all(output["output_type"] == "stream" for output in cell["outputs"]), cell["id"]
        else:
            assert cell["execution_count"] is None, cell["id"]
            assert [] == cell["outputs"], cell["id"]


def test_every_explorer_of_the_lesson_is_shown_and_described(path: Path) -> None:
    """The scenes of the catalog are the scenes of the notebook, each with a checked description."""
    entry = find_lesson(_read(path)["metadata"]["bonemets"]["lesson_id"])
    source = "\n".join("".join(cell["source"]) for cell in _code(path))

    for scene in entry.scenes:
        assert f'lesson.explorer("{scene}")' in source
        assert f'print(lesson.describe("{scene}"))' in source


def test_pictures_exist_and_have_words(path: Path) -> None:
    """Every picture is an asset of the project, has a text alternative, and is an img tag on a line of its own."""
    text = "\n".join(
        "".join(cell["source"]) for cell in _read(path)["cells"] if cell["cell_type"] == "markdown"
    )
    images = re.findall(r'^<img src="\.\./assets/([^"]+)" alt="([^"]{20,})">$', text, re.MULTILINE)

    assert images
    # Stock Voilà fails on a picture in Markdown's own notation whose path leads out of its folder.
    assert "![" not in text
    assert len(images) == text.count("<img") == text.count("../assets/")
    for image, _ in images:
        assert (assets_folder() / image).is_file(), image


def test_links_work_in_jupyterlab_and_behind_a_proxy(path: Path) -> None:
    """A link leads to a claim, a neighboring notebook or a source, never to a path of one server."""
    text = "\n".join(
        "".join(cell["source"]) for cell in _read(path)["cells"] if cell["cell_type"] == "markdown"
    )

    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    assert targets
    assert [] == [target for target in targets if not re.match(r"#|\d\d_\w+\.ipynb|https://", target)]
    assert all((path.parent / target.split("#")[0]).is_file() for target in targets if ".ipynb" in target)
