"""Files from authors are read as plain data and refused when they could mislead or harm."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest

from bonemets_teach.errors import ContentError
from bonemets_teach.quiz.strict_yaml import MAX_BYTES, parse_yaml, read_yaml


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a: 1\na: 2\n", "line 2, column 1: the key “a” stands twice"),
        ("- {id: x, key: true, key: false}\n", "the key “key” stands twice"),
        ("a: &one 1\nb: *one\n", "aliases"),
        ("a: !!python/object/apply:os.system ['true']\n", "could not determine a constructor"),
        ("a: [1, 2\n", "line 2"),
        ("a: '\x07'\n", "not YAML that can be read"),
        ("? [a, b]\n: 1\n", "a key must be plain text"),
        ("[" * 5000, "nested too deeply"),
        ("<<: {a: 1}\nb: 2\nb: 3\n", "the key “b” stands twice"),
        ("1: x\n", "a key must be plain text"),
        ("null: x\n", "a key must be plain text"),
        ("a: 1\n---\nb: 2\n", "but found another document"),
        ("\ta: 1\n", "line 1"),
    ],
)
def test_dangerous_or_double_meaning_yaml_is_refused(text: str, words: str) -> None:
    """Each refusal names the file and what is wrong."""
    with pytest.raises(ContentError, match=r"^x\.yaml") as caught:
        parse_yaml(text, "x.yaml")

    assert words in str(caught.value)


def test_a_file_over_one_megabyte_is_refused_unread(tmp_path: Path) -> None:
    """Size is checked before anything is parsed."""
    path = tmp_path / "big.yaml"
    path.write_text("#" * (MAX_BYTES + 1), "utf-8")

    with pytest.raises(ContentError, match="split the file"):
        read_yaml(path, "big.yaml")


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    """The message says which byte and what to do."""
    path = tmp_path / "latin.yaml"
    path.write_bytes(b"a: caf\xe9\n")

    with pytest.raises(ContentError, match="save it as UTF-8"):
        read_yaml(path, "latin.yaml")


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    """The reason of the system is passed on."""
    with pytest.raises(ContentError, match="No such file"):
        read_yaml(tmp_path / "none.yaml", "none.yaml")


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("yes", "yes"), ("no", "no"), ("On", "On"), ("True", "True"), ("true", True), ("010", "010"), ("0x10", "0x10"),
        ("1:30", "1:30"), ("1_000", "1_000"), ("12", 12), ("-3", -3), ("1.5", 1.5), ("1e3", 1000.0), (".5", 0.5), ("~", None),
        ("2026-02-30", "2026-02-30"), ("2026-02-28", date(2026, 2, 28)), ("9" * 5000, "9" * 5000),
    ],
)  # fmt: skip
def test_plain_words_mean_what_they_look_like(written: str, value: object) -> None:
    """Nothing turns into true, 8 or 90 behind the author's back."""
    found = parse_yaml(f"a: {written}\n", "x.yaml")["a"]

    assert (found, type(found)) == (value, type(value))


def test_the_slow_parser_refuses_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML comes without its fast parser the rules are no others."""
    monkeypatch.delattr("yaml.CSafeLoader", raising=False)
    slow = importlib.util.module_from_spec(importlib.util.find_spec("bonemets_teach.quiz.strict_yaml"))
    slow.__spec__.loader.exec_module(slow)

    assert slow.parse_yaml("a: [yes, 2026-02-30, 1]\n", "x")["a"] == ["yes", "2026-02-30", 1]
    for text in ("a: &x 1\nb: *x\n", "[" * 5000, "a: 1\na: 1\n", "a: !!python/name:os.system\n"):
        with pytest.raises(ContentError):
            slow.parse_yaml(text, "x")
