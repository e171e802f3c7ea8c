"""The first lesson in Spanish, as a learner meets it; another lesson says what is still English."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


def _question(page: Page, name: str) -> None:
    page.locator(".bm-quiz").get_by_role("button", name=name).first.click()


def test_the_first_lesson_in_spanish(open_page: Callable[..., Any], reach: Callable[..., Any]) -> None:
    """Chosen on the home page, kept by the next pages and a reload: explorer, question, exam."""
    watched = open_page("/", width=390)
    page = watched.page
    page.get_by_label("Language").select_option("es")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    page.get_by_role("link", name="Remodelado óseo").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Remodelado óseo")

    explorer = reach(page, "remodeling-cycle")
    expect(explorer.locator(".bm-describe")).to_contain_text("la masa ósea baja al 89,8 %")
    explorer.get_by_label("Hueso formado por cada osteoblasto (%), número").fill("70")
    page.keyboard.press("Enter")
    expect(explorer.locator(".bm-describe")).not_to_contain_text("termina en el 100,0 %")

    quiz = page.locator(".bm-quiz[data-ready]")
    quiz.wait_for()
    _question(page, "Pregunta 8,")
    quiz.get_by_label("¿Cuánto hueso esponjoso vertebral pierde en un año").fill("1,0")
    quiz.get_by_role("button", name="Comprobar respuesta").click()
    expect(quiz.locator(".bm-quiz-outcome")).to_contain_text("Correcto: 25 % × 4 % = 1,0 % al año.")

    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "es")
    quiz.wait_for()
    expect(quiz.locator(".bm-quiz-count")).to_contain_text("respondidas, correctas: 1")
    quiz.get_by_role("button", name="Examen con tiempo…").click()
    quiz.get_by_role("button", name="Empezar el examen").click()
    expect(quiz.locator(".bm-exam-clock")).to_contain_text("quedan")

    found = Axe().run(page, options=RULES).response["violations"]
    assert [each["id"] for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert (watched.errors, watched.foreign) == ([], [])


def test_what_is_not_translated_says_that_it_is_english(
    open_page: Callable[..., Any], reach: Callable[..., Any]
) -> None:
    """Text, explorer and question of another lesson carry their language and a mark."""
    watched = open_page("/lesson/spread-to-bone?lang=es")
    page = watched.page
    text = page.locator("#cell-title")

    expect(text).to_have_attribute("lang", "en")
    expect(text.locator(".bm-in-language")).to_have_text("en inglés")
    explorer = reach(page, "where-it-goes")
    expect(explorer).to_have_attribute("lang", "en")
    expect(explorer.locator("h3 .bm-in-language")).to_have_text("en inglés")
    expect(explorer.get_by_role("button", name="Restablecer")).to_be_visible()
    quiz = page.locator(".bm-quiz[data-ready]")
    quiz.wait_for()
    expect(quiz.locator("h4").first).to_have_attribute("lang", "en")
    expect(quiz.locator(".bm-quiz-facts .bm-in-language")).to_have_text("en inglés")

    found = Axe().run(page, options=RULES).response["violations"]
    assert [each["id"] for each in found] == []
    assert (watched.errors, watched.foreign) == ([], [])
