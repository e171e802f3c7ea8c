"""environment.yml and pyproject.toml ask for the same packages."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[2]
CONDA_ONLY = {"python", "pip", "hatchling", "editables"}
CONDA_NAMES = {"matplotlib-base": "matplotlib"}


def _split(requirement: str) -> tuple[str, str]:
    match = re.fullmatch(r"([A-Za-z0-9_.-]+)(.*)", requirement)
    assert match is not None
    name = re.sub(r"[-_.]+", "-", match[1]).lower()
    return CONDA_NAMES.get(name, name), match[2]


def test_conda_users_get_the_packages_of_the_project() -> None:
    """Names and lower bounds of the run-time and lab requirements stand in environment.yml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = dict(map(_split, project["dependencies"] + project["optional-dependencies"]["lab"]))

    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    entries = [entry for entry in [*listed, *by_pip] if isinstance(entry, str) and not entry.startswith("--")]
    found = dict(map(_split, entries))

    assert wanted == {name: bound for name, bound in found.items() if name not in CONDA_ONLY}


def test_conda_users_get_the_python_that_the_project_needs() -> None:
    """The lower bound of Python is the same in both files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))["dependencies"]

    assert f"python{project['requires-python']}" in listed
