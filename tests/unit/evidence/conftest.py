"""A copy of the evidence folder that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bonemets_teach.content import assets_folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a writable copy of assets/evidence."""
    copy = tmp_path / "evidence"
    copy.mkdir()
    for path in (assets_folder() / "evidence").iterdir():
        shutil.copyfile(path, copy / path.name)
    return copy
