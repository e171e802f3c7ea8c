"""Words and numbers follow the language spoken now; what has no translation stays English."""

from __future__ import annotations

import pytest

from bonemets_teach.content import language as spoken
from bonemets_teach.content.language import language, numeral, speaking, tr, trn
from bonemets_teach.errors import ParameterError


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every language but English a small wordbook."""
    book = {
        "Bone ends at {end:.1f} %": "El hueso termina en el {end:.1f} %",
        "{n} questions": {"one": "{n} pregunta", "many": "{n} de preguntas", "other": "{n} preguntas"},
    }
    monkeypatch.setattr(spoken, "wordbook", lambda code: {} if code == "en" else book)


def test_english_is_spoken_until_another_language_is_chosen() -> None:
    """A block speaks its own language, and afterwards the one before counts again."""
    assert language() == "en"
    with speaking("es"):
        assert language() == "es"
        with speaking("en"):
            assert language() == "en"
        assert language() == "es"
    assert language() == "en"


def test_a_process_speaks_the_language_of_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kernel is started with the variable; a value that is no language counts as none."""
    monkeypatch.setenv(spoken.VARIABLE, "es")
    assert language() == "es"
    monkeypatch.setenv(spoken.VARIABLE, "../../etc")
    assert language() == "en"


def test_an_unknown_language_is_refused_in_words() -> None:
    """The message names the languages there are."""
    with pytest.raises(ParameterError, match="“xx” is not known; choose one of en, es"), speaking("xx"):
        pass


def test_a_translation_writes_numbers_in_its_own_way() -> None:
    """Spanish has a decimal comma."""
    assert tr("Bone ends at {end:.1f} %", end=89.84) == "Bone ends at 89.8 %"
    with speaking("es"):
        assert tr("Bone ends at {end:.1f} %", end=89.84) == "El hueso termina en el 89,8 %"


def test_what_has_no_translation_stays_english() -> None:
    """The values are filled in all the same."""
    with speaking("es"):
        assert tr("Age {age:g}", age=30) == "Age 30"
        assert trn(3, "{n} hint", "{n} hints") == "3 hints"


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0 preguntas"), (1, "1 pregunta"), (2, "2 preguntas"), (1_000_000, "1000000 de preguntas")],
)
def test_the_plural_form_follows_the_rules_of_the_language(count: int, said: str) -> None:
    """Spanish has a form of its own for whole millions."""
    with speaking("es"):
        assert trn(count, "{n} question", "{n} questions") == said


@pytest.mark.parametrize(
    ("english", "spanish"),
    [
        ("89.8 %", "89,8 %"),
        ("1,000", "1000"),
        ("10,000.5", "10\u202f000,5"),
        ("0.0001", "0,0001"),
        ("v1.", "v1."),
        ("no number", "no number"),
    ],
)
def test_numerals_change_signs_and_nothing_else(english: str, spanish: str) -> None:
    """A period that ends a sentence stays."""
    assert numeral(english) == english
    with speaking("es"):
        assert numeral(english) == spanish
