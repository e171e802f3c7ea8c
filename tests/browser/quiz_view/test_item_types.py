"""Matching, sequence, hotspot and scene task in a real Chromium: by keyboard, by ear, on every width."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenQuiz = Callable[..., Page]
EXPLORER = """
const root = document.createElement('section');
root.id = 'explorer-remodeling-cycle';
root.innerHTML = '<h2>Explorer</h2><form class="bm-controls"><label>Formation <input type="range"></label></form>';
document.querySelector('main').append(root);
window.setState = (state) => {
  root.bonemetsState = state;
  root.dispatchEvent(new CustomEvent('bonemets-state', { bubbles: true, detail: { scene: 'remodeling-cycle', state } }));
};
setState({ autocrine: 0.5, brake: 0.5, formation: 72, event: 10, window: '150' });
"""
TITLES = {
    "extended_matching": "Question 1", "sequence": "Question 2", "hotspot": "Question 3", "scene_task": "Question 4",
}  # fmt: skip


def _axe(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


def _go(page: Page, kind: str) -> None:
    page.get_by_role("button", name=TITLES[kind]).click()
    if kind == "scene_task" and not page.locator("#explorer-remodeling-cycle").count():
        page.evaluate(EXPLORER)


def _answer(page: Page, kind: str) -> None:
    """Give an answer that is partly or wholly wrong, with native controls."""
    if kind == "extended_matching":
        for name, choice in (
            ("many nuclei", "Osteoblast"),
            ("walled in", "Osteocyte"),
            ("plump", "Osteoblast"),
        ):
            page.get_by_label(name).select_option(label=choice)
    elif kind == "hotspot":
        page.get_by_role("radio", name="Top of the first curve").check()
    elif kind == "scene_task":
        page.evaluate("setState({ autocrine: 0.5, brake: 0.5, formation: 100, event: 10, window: '150' })")
        page.get_by_role("button", name="Use the explorer’s state").click()
        expect(page.locator(".bm-quiz-state")).to_be_visible()
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".bm-verdict-title")).to_be_focused()


@pytest.mark.parametrize(("width", "theme"), [(320, "dark"), (1280, "light")])
@pytest.mark.usefixtures("types")
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_quiz: OpenQuiz, theme: str, width: int) -> None:
    """Each type before and after its answer passes WCAG 2.2 AA as far as axe can see, at phone width too."""
    page = open_quiz(width, theme)
    found: list[str] = []
    for kind in TITLES:
        _go(page, kind)
        found += _axe(page)
        _answer(page, kind)
        found += _axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    assert found == []


@pytest.mark.usefixtures("types")
def test_nothing_of_a_key_or_a_place_is_in_the_page_before_the_answer(open_quiz: OpenQuiz) -> None:
    """Labels are there; feedback, regions and checks are not, in none of the types."""
    page = open_quiz()
    html = ""
    for kind in TITLES:
        _go(page, kind)
        html += page.content()

    told = [word for word in ("FEEDBACK", "EXPLANATION", "HINT-", "bm-spot-outline") if word in html]
    assert told == []
    assert page.locator(".bm-spot-outline").count() == 0


def _tab_to(page: Page, name: str) -> None:
    label = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
    for _ in range(40):
        if name in (page.evaluate(label) or ""):
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab does not reach “{name}”")


def test_all_types_are_answered_with_the_keyboard_alone(open_quiz: OpenQuiz, types: Any) -> None:
    """Letters choose in lists, arrows move steps and choices, Enter checks; every answer is right."""
    page = open_quiz()
    page.evaluate(EXPLORER)
    for name, letters in (("many nuclei", "Osteoc"), ("walled in", "Osteocy"), ("plump", "Osteob")):
        page.get_by_label(name).focus()
        page.keyboard.type(letters)
    _tab_to(page, "Check answer")
    page.keyboard.press("Enter")
    _next(page)
    _order_by_keyboard(page, ["Activation", "Resorption", "Reversal", "Formation"])
    _tab_to(page, "Check answer")
    page.keyboard.press("Enter")
    _next(page)
    values = [radio.get_attribute("value") for radio in page.get_by_role("radio").all()]
    page.get_by_role("radio").first.focus()
    page.keyboard.press(str(values.index("low") + 1))
    page.keyboard.press("Enter")
    _next(page)
    _tab_to(page, "Go to the explorer")
    page.keyboard.press("Enter")
    expect(page.get_by_role("slider", name="Formation")).to_be_focused()
    _tab_to(page, "Use this state for the question")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Use the explorer’s state")).to_be_focused()
    expect(page.locator(".bm-quiz-state")).to_contain_text("72 %")
    _tab_to(page, "Check answer")
    page.keyboard.press("Enter")
    expect(page.locator(".bm-verdict-title")).to_be_focused()

    assert [entry["correct"] for entry in types.log] == [True, True, True, True]


def _next(page: Page) -> None:
    expect(page.locator(".bm-verdict-title")).to_be_focused()
    _tab_to(page, "Next question")
    page.keyboard.press("Enter")
    expect(page.locator(".bm-quiz-title")).to_be_focused()


def _order_by_keyboard(page: Page, wanted: list[str]) -> None:
    for place, step in enumerate(wanted):
        button = page.get_by_role("button", name=f"Move up: {step}")
        button.focus()
        while page.locator(".bm-quiz-step-text").all_inner_texts().index(step) > place:
            page.keyboard.press("Enter")
            expect(button).to_be_focused()


@pytest.mark.usefixtures("types")
def test_a_step_can_be_put_to_a_place_from_a_list(open_quiz: OpenQuiz) -> None:
    """The list of places moves a step at once, keeps focus and says where it is now."""
    page = open_quiz()
    _go(page, "sequence")
    step = page.locator(".bm-quiz-step-text").first.inner_text()
    page.get_by_label(f"Place of: {step}").select_option("4")

    expect(page.locator(".bm-quiz-step-text").nth(3)).to_have_text(step)
    expect(page.get_by_label(f"Place of: {step}")).to_be_focused()
    expect(page.locator(".bm-quiz-options [role=status]")).to_have_text(f"{step}: now place 4 of 4.")


@pytest.mark.usefixtures("types")
def test_a_missing_case_is_asked_for(open_quiz: OpenQuiz) -> None:
    """Focus goes to the first list without an answer."""
    page = open_quiz()
    page.get_by_label("walled in").select_option(label="Osteocyte")
    page.get_by_role("button", name="Check answer").click()

    expect(page.locator(".bm-quiz-wish")).to_have_text("Choose an answer for every case first.")
    assert page.evaluate("document.activeElement.tagName + document.activeElement.value") == "SELECT"


def test_pointing_into_the_picture_answers_and_the_place_is_outlined(open_quiz: OpenQuiz, types: Any) -> None:
    """A click on the low point is right; the outline comes with the outcome; retry takes it away."""
    page = open_quiz()
    _go(page, "hotspot")
    image = page.locator(".bm-spot-stage img")
    expect(image).to_be_visible()
    box = image.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 0.143 * box["width"], box["y"] + 0.794 * box["height"])
    expect(page.locator(".bm-spot-said")).to_contain_text("Point set 14 % from the left")
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".bm-verdict-title")).to_contain_text("Right")
    expect(page.locator(".bm-spot-outline[data-kind=right]")).to_have_count(2)
    page.get_by_role("button", name="Answer it again").click()

    expect(page.locator(".bm-spot-outline")).to_have_count(0)
    assert types.log[0]["response"]["target"] == "low"


@pytest.mark.usefixtures("types")
def test_choosing_from_the_list_takes_the_point_away(open_quiz: OpenQuiz) -> None:
    """There is one answer at a time."""
    page = open_quiz()
    _go(page, "hotspot")
    page.locator(".bm-spot-stage img").click(position={"x": 40, "y": 40})
    expect(page.locator(".bm-spot-marker")).to_have_count(1)
    page.get_by_role("radio").first.check()

    expect(page.locator(".bm-spot-marker")).to_have_count(0)


@pytest.mark.usefixtures("types")
def test_a_state_out_of_range_is_refused_in_words(open_quiz: OpenQuiz) -> None:
    """The words name the control, the value and its range; nothing is taken."""
    page = open_quiz()
    _go(page, "scene_task")
    page.evaluate("setState({ formation: 700 })")
    page.get_by_role("button", name="Use the explorer’s state").click()

    expect(page.locator(".bm-quiz-wish")).to_contain_text("700 % is outside 50 to 150 %")
    expect(page.locator(".bm-quiz-state")).to_be_hidden()


@pytest.mark.usefixtures("types")
def test_a_page_without_the_explorer_says_so(open_quiz: OpenQuiz) -> None:
    """No dead end: the words say where the explorer is."""
    page = open_quiz()
    page.get_by_role("button", name="Question 4").click()
    page.get_by_role("button", name="Use the explorer’s state").click()

    expect(page.locator(".bm-quiz-options [role=status]")).to_contain_text("is not on this page")


@pytest.mark.usefixtures("types")
def test_an_explorer_that_has_not_come_near_is_asked_for(open_quiz: OpenQuiz) -> None:
    """The page is told to make it; with its first picture the learner is taken there."""
    page = open_quiz()
    page.get_by_role("button", name="Question 4").click()
    page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<div class=bm-slot data-scene=remodeling-cycle></div>')"
    )
    page.evaluate("addEventListener('bonemets-want', (event) => (window.wanted = event.detail.scene))")
    page.get_by_role("button", name="Go to the explorer").click()
    expect(page.locator(".bm-quiz-options [role=status]")).to_contain_text("being made ready")
    assert page.evaluate("window.wanted") == "remodeling-cycle"
    page.evaluate(EXPLORER)

    expect(page.get_by_role("slider", name="Formation")).to_be_focused()
    expect(page.get_by_role("button", name="Use this state for the question")).to_be_visible()


@pytest.mark.usefixtures("types")
def test_a_picture_that_waits_for_a_prediction_is_predicted_first(open_quiz: OpenQuiz) -> None:
    """Its controls take no focus, so the learner is led to the question that covers it."""
    page = open_quiz()
    _go(page, "scene_task")
    page.evaluate("""() => {
        const root = document.getElementById('explorer-remodeling-cycle');
        root.querySelector('.bm-controls').inert = true;
        root.insertAdjacentHTML('beforeend', '<div data-covered><form class="bm-cover-form"><h4 tabindex="-1">Predict first</h4></form></div>');
    }""")
    page.get_by_role("button", name="Go to the explorer").click()

    expect(page.get_by_role("heading", name="Predict first")).to_be_focused()


@pytest.mark.usefixtures("types")
def test_a_state_taken_before_is_called_old_when_the_explorer_moves_on(open_quiz: OpenQuiz) -> None:
    """What will be checked stays what is shown, and the learner hears of the difference."""
    page = open_quiz()
    _go(page, "scene_task")
    page.get_by_role("button", name="Use the explorer’s state").click()
    expect(page.locator(".bm-quiz-state")).to_contain_text("72 %")
    page.evaluate("setState({ autocrine: 0.5, brake: 0.5, formation: 90, event: 10, window: '150' })")

    expect(page.locator(".bm-quiz-options [role=status]")).to_contain_text("has changed since")
    expect(page.locator(".bm-quiz-state")).to_contain_text("72 %")


@pytest.mark.parametrize("kind", list(TITLES))
def test_an_answer_is_there_again_after_a_reload(open_quiz: OpenQuiz, types: Any, kind: str) -> None:
    """A new kernel restores the outcome with all its rows; nothing is recorded twice."""
    page = open_quiz()
    _go(page, kind)
    _answer(page, kind)
    verdicts = page.locator(".bm-verdict").all_inner_texts()
    again = open_quiz(context=page.context)
    again.get_by_role("button", name=TITLES[kind]).click()

    assert again.locator(".bm-verdict").all_inner_texts() == verdicts
    assert len(types.log) == 1


@pytest.mark.usefixtures("types")
def test_hints_do_not_lose_what_was_entered(open_quiz: OpenQuiz) -> None:
    """Cases, order, point and state stay when a hint comes."""
    page = open_quiz()
    page.get_by_label("walled in").select_option(label="Osteocyte")
    page.get_by_role("button", name="Show the hint").click()
    expect(page.locator(".bm-quiz-hints li")).to_have_count(1)
    expect(page.get_by_label("walled in")).to_have_value("osteocyte")
    _go(page, "sequence")
    step = page.locator(".bm-quiz-step-text").first.inner_text()
    page.get_by_label(f"Place of: {step}").select_option("3")
    page.get_by_role("button", name="Show the hint").click()
    expect(page.locator(".bm-quiz-step-text").nth(2)).to_have_text(step)
    _go(page, "scene_task")
    page.get_by_role("button", name="Use the explorer’s state").click()
    expect(page.locator(".bm-quiz-state")).to_be_visible()
    page.get_by_role("button", name="Show the hint").click()

    expect(page.locator(".bm-quiz-hints li")).to_have_count(1)
    expect(page.locator(".bm-quiz-state")).to_contain_text("72 %")


@pytest.mark.usefixtures("types")
def test_paper_has_room_for_every_type(open_quiz: OpenQuiz) -> None:
    """Lists, lines and places to number, and the name of the explorer."""
    page = open_quiz()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    words = page.locator(".bm-quiz-paper").text_content() or ""

    missing = [each for each in ("Chondrocyte · Lining cell", "1 is earliest, 4 is latest", "Picture: Three curves", "in the explorer") if each not in words]  # fmt: skip
    assert missing == []
