"""The linter as a command: what it prints and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonemets_teach.quiz.linter.__main__ import main

SAMPLES = Path(__file__).with_name("samples.yaml").read_text("utf-8")


def _file(folder: Path, text: str) -> str:
    path = folder / "x.yaml"
    path.write_text(text, "utf-8")
    return str(path)


def test_a_good_file_ends_with_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line counts items, errors and warnings."""
    good = SAMPLES.replace(", role: stimulus", ", role: shown_after_answer")

    assert main([_file(tmp_path, good)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "3 items: 0 errors, 0 warnings without a waiver"


def test_a_broken_file_ends_with_1_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """File, item, path and rule stand in one line."""
    name = _file(tmp_path, SAMPLES.replace("version: 1", "version: one", 1))

    assert main([name]) == 1
    assert (
        f"error    {name}, item bm.sample.single.01, version: must be a whole number"
        in capsys.readouterr().out
    )


def test_a_folder_is_searched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All YAML files below it are checked."""
    _file(tmp_path, SAMPLES)
    main([str(tmp_path)])

    assert "3 items" in capsys.readouterr().out


def test_show_prints_the_keys(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An author sees what is right without starting a lesson."""
    main(["--show", _file(tmp_path, SAMPLES)])
    out = capsys.readouterr().out

    assert "* a. Osteoclast, driven by RANKL" in out
    assert "key: 87.3 % within 1.5" in out
