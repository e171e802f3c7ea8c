"""An installed wheel carries the lessons and finds them from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-q"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(ROOT)]
    subprocess.run(pip + build, check=True, timeout=300)
    wheel = next(folder.glob("*.whl"))
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "site"), str(wheel)], check=True, timeout=300
    )
    return folder / "site"


def _run(installed: Path, *words: str) -> subprocess.CompletedProcess[str]:
    # -S keeps the editable installation out of the way; the dependencies come in by path.
    packages = next(path for path in sys.path if path.endswith("site-packages"))
    code = f"import sys; sys.path[:0] = [{str(installed)!r}]; sys.path.append({packages!r}); from bonemets_teach.cli import main; sys.exit(main({list(words)!r}))"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return subprocess.run(
        [sys.executable, "-S", "-c", code],
        cwd=installed.parent, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def test_the_wheel_lists_its_lessons_from_another_folder(installed: Path) -> None:
    """Notebooks and quizzes travel in the wheel."""
    run = _run(installed, "lessons", "--json")

    assert 0 == run.returncode, run.stderr
    ready = [row for row in json.loads(run.stdout) if row["notebook"]]
    assert {"bone-remodeling", "lytic-and-blastic", "radiograph-and-ct"} <= {row["id"] for row in ready}
    assert all(len(row["items"]) >= 12 for row in ready)


def test_the_wheel_passes_its_own_content_check(installed: Path) -> None:
    """Evidence, figures and data tables travel in the wheel."""
    run = _run(installed, "check")

    assert 0 == run.returncode, run.stdout + run.stderr
