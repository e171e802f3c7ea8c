"""The package can be imported and compile wherever it lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import bonemets_teach


def _no_place(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    monkeypatch.setattr("bonemets_teach._is_writable", lambda _folder: False)
    monkeypatch.setattr("bonemets_teach.atexit.register", lambda _work: None)
    monkeypatch.setattr("tempfile.tempdir", str(temporary))


def test_compiled_code_gets_a_private_folder_where_nothing_can_be_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without it Numba refuses to compile, and no lesson opens."""
    _no_place(monkeypatch, tmp_path)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "")
    monkeypatch.delenv("NUMBA_CACHE_DIR")

    bonemets_teach._give_compiled_code_a_place()

    folder = Path(os.environ["NUMBA_CACHE_DIR"])
    assert tmp_path == folder.parent
    assert 0o700 == folder.stat().st_mode & 0o777


def test_a_folder_that_somebody_chose_is_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An operator may keep compiled code across starts."""
    _no_place(monkeypatch, tmp_path)
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/chosen")

    bonemets_teach._give_compiled_code_a_place()

    assert "/chosen" == os.environ["NUMBA_CACHE_DIR"]
    assert [] == list(tmp_path.iterdir())


def test_a_place_that_is_yet_to_be_made_counts_by_what_lies_above_it(tmp_path: Path) -> None:
    """The user's cache is often missing before the first start."""
    assert bonemets_teach._is_writable(tmp_path / "none/yet/numba")
