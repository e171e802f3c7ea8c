"""Every word of the first lesson's interface can be said in every language, with the same placeholders."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from bonemets_teach.content import assets_folder, notebooks_folder
from bonemets_teach.content.language import speaking
from bonemets_teach.content.wordbook import read_wordbook, wordbook, words_for_page
from bonemets_teach.lessons.catalog import COURSE, find_lesson
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.lessons.prose import read_prose
from bonemets_teach.lessons.translation_report import translation_errors
from bonemets_teach.quiz.catalog import load_catalog
from bonemets_teach.quiz.item_language import item_language
from bonemets_teach.quiz.translating import OTHER_LANGUAGES
from bonemets_teach.scenes import load_scene
from bonemets_teach.scenes.scene_words import fixed_words, scene_language
from tests.house.said_words import (
    ENGLISH_TEMPLATES,
    TEMPLATES,
    loose_template_words,
    loose_words,
    python_words,
    script_words,
    scripts,
    template_words,
)

FIRST = "bone-remodeling"
# Names of examples inside code, tags and keys that people read as they are.
NOT_WORDS = {"A widget could not be shown", "X-Bonemets-Learner", "Enter", "INPUT", "POST"}


@pytest.fixture(params=OTHER_LANGUAGES)
def code(request: pytest.FixtureRequest) -> str:
    """Each language but English."""
    return str(request.param)


@pytest.mark.parametrize("path", scripts(), ids=lambda path: path.name)
def test_every_text_of_a_script_passes_through_the_words(path: Path) -> None:
    """A new text is wrapped in tr() or trn()."""
    assert loose_words(path) - NOT_WORDS == set()


def test_a_text_that_passes_through_nothing_is_found(tmp_path: Path) -> None:
    """The finder sees strings and templates."""
    script = tmp_path / "new.js"
    script.write_text(
        '// A comment here.\nh("p", {}, "Choose one first."); say(`Still ${n} to go`); tr("Known words");',
        "utf-8",
    )

    assert loose_words(script) == {"Choose one first.", "Still ${n} to go"}


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(TEMPLATES.glob("*.j2")) if not path.name.startswith(ENGLISH_TEMPLATES)],
    ids=lambda path: path.name,
)
def test_every_text_of_a_template_passes_through_the_words(path: Path) -> None:
    """Words between tags and in labels are said by tr() or trn()."""
    assert loose_template_words(path) == set()


def test_the_words_of_the_scripts_are_in_the_page(code: str) -> None:
    """What a script says stands in the file that the page brings along."""
    known = words_for_page(code)
    for path in scripts():
        single, plural = script_words(path)
        assert single | set(plural) <= set(known), path.name


def test_the_words_of_pages_quiz_and_scenes_are_translated(code: str) -> None:
    """Fixed words in Python and in the templates."""
    single, plural = python_words("quiz", "widgets", "lessons", "server", "scenes")
    for path in sorted(TEMPLATES.glob("*.j2")):
        one, many = template_words(path)
        single |= one
        plural |= many

    assert sorted((single | set(plural)) - set(wordbook(code))) == []
    assert all(isinstance(wordbook(code)[text], dict) for text in plural)


def test_the_first_lesson_is_whole(code: str) -> None:
    """Explorers, questions, goals and text."""
    lesson = find_lesson(FIRST)
    objectives = [each for each in load_catalog().objectives.values() if each.lesson == FIRST]
    words = {text for entry in COURSE for text in (entry.title, entry.teaches)}
    words |= {
        text for scene in lesson.scenes for text in fixed_words(load_scene(scene)) if re.search("[a-z]", text)
    }
    words |= {each.text["en"] for each in objectives}

    assert sorted(words - set(wordbook(code))) == []
    with speaking(code):
        assert {scene_language(load_scene(scene)) for scene in lesson.scenes} == {code}
        assert {item_language(item) for item in lesson_items(FIRST)} == {code}
    assert list(translation_errors()) == []
    assert lesson.notebook is not None
    assert len(read_prose(notebooks_folder() / code / f"{Path(lesson.notebook).stem}.md")) == 9


@pytest.mark.parametrize(
    "name", sorted(path.name for path in (assets_folder() / "languages/es").glob("*.json"))
)
def test_placeholders_are_the_same_in_both_languages(name: str, code: str) -> None:
    """Also those of each plural form; a form may leave out the count alone."""
    for english, words in read_wordbook(assets_folder() / "languages" / code / name).items():
        for text in [words] if isinstance(words, str) else words.values():
            lost = _places(english) ^ _places(text)
            assert lost <= (set() if isinstance(words, str) else {"n"}), english


def _places(text: str) -> set[str]:
    return {f"{name}:{form}" if form else name for _, name, form, _ in Formatter().parse(text) if name}


def test_no_translation_is_left_over(code: str) -> None:
    """A text that nobody says any more is taken out of the page's file."""
    said = {"in English"}  # by words.js itself, which defines the functions that the finder looks for
    for path in scripts():
        single, plural = script_words(path)
        said |= single | set(plural)

    assert sorted(set(words_for_page(code)) - said) == []


def test_a_scene_without_all_its_words_is_shown_in_english() -> None:
    """Another lesson's explorer falls back as a whole."""
    with speaking("es"):
        assert scene_language(load_scene("where-it-goes")) == "en"
    assert scene_language(load_scene("where-it-goes")) == "en"
