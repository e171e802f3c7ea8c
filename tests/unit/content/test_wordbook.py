"""A file of words that is broken is named, and takes nothing else with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bonemets_teach.content import wordbook
from bonemets_teach.errors import ContentError

BROKEN = {
    "no JSON": ("{", "can't be read as JSON"),
    "a list": ('["a"]', "must be one JSON object"),
    "a key twice": ('{"Right": "Bien", "Right": "Correcto"}', "“Right” stands twice"),
    "a number": ('{"Right": 3}', "“Right” must be a text"),
    "no other": ('{"{n} points": {"one": "{n} punto"}}', "“other” among them"),
    "a form that is no text": ('{"{n} points": {"one": 1, "other": "x"}}', "must be a text"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_named_with_its_key(kind: str, tmp_path: Path) -> None:
    """The message says what is wrong."""
    text, words = BROKEN[kind]
    path = tmp_path / "es" / "page.json"
    path.parent.mkdir()
    path.write_text(text, "utf-8")

    with pytest.raises(ContentError, match=r"es/page\.json.*" + words):
        wordbook.read_wordbook(path)


def test_a_broken_file_leaves_the_others_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its words stay English, with an entry in the log."""
    folder = tmp_path / "languages" / "xx"
    folder.mkdir(parents=True)
    (folder / "a.json").write_text("{", "utf-8")
    (folder / "b.json").write_text('{"Right": "Correcto"}', "utf-8")
    monkeypatch.setattr(wordbook, "assets_folder", lambda: tmp_path)

    assert wordbook.wordbook.__wrapped__("xx") == {"Right": "Correcto"}


def test_english_brings_no_words_to_the_page() -> None:
    """An English page is as small as before."""
    assert wordbook.words_for_page("en") == {}
