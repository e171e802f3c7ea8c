"""The page about the models shows what the code computes with, and costs no kernel."""

from __future__ import annotations

import html
from typing import Any

import pytest

from bonemets_teach.errors import ContentError
from bonemets_teach.lessons.model_cards import MODEL_CARDS
from bonemets_teach.server import models_page
from bonemets_teach.server.numbers import with_exponent


@pytest.fixture(scope="module")
def text(served: Any) -> str:
    """Ask for the page once."""
    answer = served.ask("models")
    assert answer.status == 200
    found: str = html.unescape(answer.text)
    return found


@pytest.mark.parametrize("card", MODEL_CARDS.values(), ids=MODEL_CARDS.keys())
def test_every_model_has_an_anchor_and_all_its_numbers(text: str, card: Any) -> None:
    """Each card is a section with its equations, its parameters with unit and source, and its checks."""
    section = text.split(f'<section class="bm-model" id="{card.id}"')[1].split("</section>", maxsplit=1)[0]

    assert all(line in section for line in (*card.equations, *card.simplifications))
    assert all(check.test in section for check in card.checks)
    for one in card.parameters:
        assert f'<th scope="row">{one.symbol}</th><td>{with_exponent(one.value)}' in section
        assert one.source in section


def test_it_starts_no_kernel(served: Any) -> None:
    """The page leaves the number of live kernels alone."""
    before = served.health()["live"]
    served.ask("models")

    assert served.health()["live"] == before


@pytest.mark.parametrize("path", ["", "models", "nothing-here"])
def test_every_page_leads_to_it(served: Any, path: str) -> None:
    """Header and footer of each page link to the models."""
    assert served.ask(path).text.count('href="/models"') == 2


def test_a_lesson_page_says_that_it_is_one(lesson: Any) -> None:
    """Explorers show links of the course only where the page says so."""
    assert '<html lang="en" data-bm-page="lesson">' in lesson.text


def test_cards_that_cannot_be_read_are_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the command that shows why."""
    monkeypatch.setattr(models_page, "_COMMAND", (models_page.sys.executable, "-m", "bonemets_teach.nothing"))

    with pytest.raises(ContentError, match=r"run -m bonemets_teach\.nothing to see why"):
        models_page.read_cards()


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0, "0"), (0.25, "0.25"), (3e6, "3 × 10⁶"), (5.8e-4, "5.8 × 10⁻⁴"), (-0.5, "−0.5"), (99999, "99999")],
)
def test_numbers_are_written_for_people(value: float, shown: str) -> None:
    """Very large and very small numbers are powers of ten."""
    assert with_exponent(value) == shown
