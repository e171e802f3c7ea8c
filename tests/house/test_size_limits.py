"""Files and functions stay small enough to read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "bonemets_teach").rglob("*.py")) + sorted((ROOT / "bonemets_teach").rglob("*.js"))
MODULES = [path for path in SOURCES if path.suffix == ".py"]
NAMELESS = {"utils", "helpers", "misc", "common"}


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=_name)
def test_a_file_has_at_most_300_lines(path: Path) -> None:
    """A longer file holds more than one idea."""
    assert len(path.read_text("utf-8").splitlines()) <= 300


def test_half_of_the_modules_have_at_most_120_lines() -> None:
    """The median module is short."""
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in MODULES)

    assert lengths[len(lengths) // 2] <= 120


def test_every_file_has_a_name_that_says_what_it_is() -> None:
    """No file is a drawer for leftovers."""
    assert [] == [_name(path) for path in SOURCES if path.stem.strip("_") in NAMELESS]


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_function_has_at_most_40_lines_of_code(path: Path) -> None:
    """A longer body does more than one thing."""
    long = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > 40:
                long.append(f"{node.name}: {lines} lines")

    assert [] == long
