"""Computed keys are kept between two checks and forgotten when the models change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bonemets_teach.lessons import key_store
from bonemets_teach.lessons.key_store import load_keys, save_keys


def test_what_is_kept_comes_back(tmp_path: Path) -> None:
    """Numbers and places, written whole."""
    save_keys({"a": 1.5, "b": (0.25, 0.5)}, tmp_path / "new")

    assert load_keys(tmp_path / "new") == {"a": 1.5, "b": [0.25, 0.5]}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["computed-keys.json"]


def test_other_models_start_from_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key never outlives the model that it came from."""
    save_keys({"a": 1.5}, tmp_path)
    monkeypatch.setattr(key_store, "fingerprint", lambda: "other")

    assert load_keys(tmp_path) == {}


def test_a_changed_model_has_another_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Code of the models, their tables and the libraries below them count."""
    first = key_store.fingerprint()
    monkeypatch.setattr(key_store, "_FOLDERS", ("biology",))
    second = key_store.fingerprint()
    monkeypatch.setattr(key_store, "version", lambda name: f"{name} 9")

    assert len({first, second, key_store.fingerprint()}) == 3


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"keys": {"a": 1}}', '{"models": 1, "keys": {"a": 1}}', "null", "\x00"]
)
def test_a_spoiled_file_is_passed_over(tmp_path: Path, text: str) -> None:
    """The check works the keys out again."""
    (tmp_path / "computed-keys.json").write_text(text, "utf-8")

    assert load_keys(tmp_path) == {}


def test_what_is_no_number_is_left_out(tmp_path: Path) -> None:
    """A file that somebody changed by hand can't bring words into a key."""
    kept = {
        "models": key_store.fingerprint(),
        "keys": {"a": 1.0, "b": "x", "c": [1, "y"], "d": float("nan"), "e": None},
    }
    (tmp_path / "computed-keys.json").write_text(json.dumps(kept), "utf-8")

    assert load_keys(tmp_path) == {"a": 1.0}


def test_a_place_that_can_not_be_written_stops_nothing(tmp_path: Path) -> None:
    """A file where the folder should be."""
    (tmp_path / "file").write_text("", "utf-8")
    save_keys({"a": 1.0}, tmp_path / "file")

    assert load_keys(tmp_path / "file") == {}
