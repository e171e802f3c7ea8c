"""What the README promises exists, and what exists is in the README."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

import pytest

from bonemets_teach.cli import _parser
from bonemets_teach.lessons.catalog import ready_lessons

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    return {}


def test_every_command_stands_in_the_readme() -> None:
    """A command that is not written down is not found."""
    missing = [name for name in _commands(_parser()) if f"bonemets-teach {name}" not in README]

    assert [] == missing


def test_every_option_of_serve_stands_in_the_readme() -> None:
    """Whoever runs a server reads one table."""
    serve = _commands(_parser())["serve"]
    options = [
        option for action in serve._actions for option in action.option_strings if option.startswith("--")
    ]

    assert [] == [option for option in options if option != "--help" and option not in README]


def test_the_commands_of_the_readme_exist() -> None:
    """No command is promised that is not there."""
    named = set(re.findall(r"`bonemets-teach (\w+)", README))
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert named <= set(_commands(_parser()))
    assert set(re.findall(r"`make (\w+)`", README)) <= targets


@pytest.mark.parametrize("entry", ready_lessons(), ids=lambda entry: entry.id)
def test_every_ready_lesson_stands_in_the_readme(entry: object) -> None:
    """The table of lessons keeps up with the course."""
    assert entry.title in README  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "DECISIONS.md", "CHANGELOG.md"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    """Relative links and pictures exist."""
    targets = re.findall(r"\]\(([^)#\s]+)\)", (ROOT / name).read_text("utf-8"))

    assert [] == [target for target in targets if "://" not in target and not (ROOT / target).exists()]
