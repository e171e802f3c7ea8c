"""Files from authors are read as plain data and refused when they could mislead or harm."""

from __future__ import annotations

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
        ("a: 2026-99-99\n", "not YAML that can be read"),
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
