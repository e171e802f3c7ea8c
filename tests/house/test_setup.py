"""The setup behind `make serve`: mended by running it again, and quick when nothing is to do."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Stands in for Python: makes "environments" of itself, and its pip fails for as long as a file says so.
FAKE = """#!/bin/sh
echo "$*" >>"{log}"
case "$*" in
  *"-m venv"*) for folder; do :; done; rm -rf "$folder"; mkdir -p "$folder/bin"; cp "$0" "$folder/bin/python" ;;
  *"-m pip install"*) [ ! -e "{broken}" ] ;;
  *"import pip"*) [ -e "$(dirname "$0")/python" ] ;;
  --version) echo "Python 3.11.0" ;;
esac
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a folder with the setup script, its pins and a stand-in for Python."""
    (tmp_path / ".ci").mkdir()
    for name in (".ci/setup", "constraints.txt", "constraints-dev.txt", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path / name)
    python = tmp_path / "python"
    python.write_text(FAKE.format(log=tmp_path / "log", broken=tmp_path / "broken"), "utf-8")
    python.chmod(0o755)
    return tmp_path


def setup(project: Path) -> tuple[int, list[str]]:
    """Run the setup and return its status and what Python was asked to do."""
    log = project / "log"
    log.write_text("", "utf-8")
    environment = os.environ | {"PYTHON": str(project / "python")}
    run = subprocess.run(
        ["sh", ".ci/setup", "serve", "env"], cwd=project, env=environment, capture_output=True, check=False
    )
    return run.returncode, log.read_text("utf-8").splitlines()


def installs(words: list[str]) -> int:
    """Return how often packages were installed."""
    return sum("-m pip install" in line for line in words)


def test_an_interrupted_setup_is_mended_by_running_it_again(project: Path) -> None:
    """A failed installation leaves no mark of success, so the next run installs everything."""
    (project / "broken").touch()
    failed, _ = setup(project)
    (project / "broken").unlink()
    status, words = setup(project)

    assert failed != 0
    assert (status, installs(words)) == (0, 2)


def test_an_environment_without_its_programs_is_made_anew(project: Path) -> None:
    """A folder that an interruption left half empty is replaced."""
    (project / "env" / "bin").mkdir(parents=True)
    status, words = setup(project)

    assert status == 0
    assert any("-m venv" in line for line in words)


def test_a_second_run_installs_nothing(project: Path) -> None:
    """The mark of success stands for the pins that were installed."""
    setup(project)
    assert installs(setup(project)[1]) == 0


def test_new_pins_are_installed(project: Path) -> None:
    """The environment follows the pinned versions."""
    setup(project)
    with (project / "constraints.txt").open("a", encoding="utf-8") as pins:
        pins.write("# newer\n")
    assert installs(setup(project)[1]) == 2
