"""The page side of the quiz player in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

OpenQuiz = Callable[..., Page]


def _axe(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


def _choose(page: Page, *texts: str) -> None:
    for text in texts:
        page.locator(".bm-choice", has_text=text).click()


def _check(page: Page) -> None:
    page.get_by_role("button", name="Check answer").click()
    expect(page.locator(".bm-verdict-title")).to_be_visible()


def test_the_question_is_a_named_group_of_radio_buttons(open_quiz: OpenQuiz) -> None:
    """A screen reader hears the question and one group of native radio buttons."""
    page = open_quiz()

    group = page.get_by_role("group", name="Which cell removes the bone that is missing on this film?")
    names = {radio.get_attribute("name") for radio in group.get_by_role("radio").all()}

    assert group.get_by_role("radio").count() == 4
    assert len(names) == 1


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_before_and_after_every_answer(open_quiz: OpenQuiz, theme: str, width: int) -> None:
    """Questions of every type, their outcomes and the summary pass WCAG 2.2 AA as far as axe can see."""
    page = open_quiz(width, theme)
    found = _axe(page)
    _choose(page, "Tumor cell")
    _check(page)
    found += _axe(page)
    page.get_by_role("button", name="Next question").click()
    found += _axe(page)
    _choose(page, "RANKL", "PTH")
    _check(page)
    page.get_by_role("button", name="Next question").click()
    found += _axe(page)
    page.get_by_label("What is the lowest bone mass").fill("88,0")
    _check(page)
    found += _axe(page)
    page.get_by_role("button", name="See the summary").click()
    found += _axe(page)

    assert found == []


def test_a_whole_quiz_is_answered_with_the_keyboard_alone(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Tab, numbers and Enter lead from the first question to the summary."""
    page = open_quiz()
    order = [radio.get_attribute("value") for radio in page.get_by_role("radio").all()]
    page.get_by_role("radio").first.focus()
    page.keyboard.press(str(order.index("a") + 1))
    page.keyboard.press("Enter")
    expect(page.locator(".bm-verdict-title")).to_be_focused()
    _tab_to(page, "Next question")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Signals of the osteoblast line")).to_be_focused()
    values = [box.get_attribute("value") for box in page.get_by_role("checkbox").all()]
    page.keyboard.press("Tab")
    page.keyboard.press(str(values.index("a") + 1))
    page.keyboard.press(str(values.index("b") + 1))
    page.keyboard.press("Enter")
    expect(page.locator(".bm-verdict-title")).to_be_focused()
    _tab_to(page, "Next question")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("87,3 %")
    page.keyboard.press("Enter")
    expect(page.locator(".bm-verdict-title")).to_have_text("✓Right")

    assert [entry["correct"] for entry in kernel.log] == [True, True, True]


def _tab_to(page: Page, name: str) -> None:
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == name:
            return
    pytest.fail(f"Tab does not reach “{name}”")


def test_arrow_keys_move_the_choice(open_quiz: OpenQuiz) -> None:
    """The radio buttons are one native group: an arrow key chooses the next one."""
    page = open_quiz()
    page.get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")

    expect(page.get_by_role("radio").nth(1)).to_be_checked()


def test_every_option_shows_its_feedback_and_focus_goes_to_the_verdict(open_quiz: OpenQuiz) -> None:
    """After a wrong answer all four explanations are there, with words and shapes, not colors alone."""
    page = open_quiz()
    _choose(page, "Tumor cell")
    _check(page)

    expect(page.locator(".bm-verdict-title")).to_be_focused()
    text = page.locator(".bm-quiz-card").inner_text()
    missing = [
        word
        for word in ("FEEDBACK-A", "FEEDBACK-B", "FEEDBACK-C", "FEEDBACK-D", "EXPLANATION")
        if word not in text
    ]
    assert missing == []
    expect(page.locator(".bm-verdict", has_text="FEEDBACK-B")).to_contain_text("Your answer, not right")
    expect(page.get_by_role("button", name="Question 1, answered, not right yet")).to_be_visible()
    expect(page.locator(".bm-quiz-count")).to_have_text("1 of 3 answered, 0 right")


def test_nothing_of_the_key_is_in_the_page_before_the_answer(open_quiz: OpenQuiz) -> None:
    """Neither feedback, explanation nor hints have reached the page."""
    page = open_quiz()
    html = page.content()

    assert [
        word for word in ("FEEDBACK", "EXPLANATION", "HINT-", "COMMON-ERROR", "87.3") if word in html
    ] == []


def test_trying_again_keeps_the_order_of_the_options(open_quiz: OpenQuiz) -> None:
    """Nobody has to search for an option that has moved."""
    page = open_quiz()
    before = page.locator(".bm-choice-text").all_inner_texts()
    _choose(page, "Macrophage")
    _check(page)
    page.get_by_role("button", name="Try again").click()

    assert page.locator(".bm-choice-text").all_inner_texts() == before


def test_answers_are_there_again_after_a_reload_with_a_new_kernel(open_quiz: OpenQuiz) -> None:
    """The page comes back with the answered question marked and the next one open."""
    page = open_quiz()
    _choose(page, "Osteoclast")
    _check(page)
    again = open_quiz(context=page.context)

    expect(again.get_by_role("button", name="Question 1, answered right")).to_be_visible()
    expect(again.get_by_role("heading", name="Signals of the osteoblast line")).to_be_visible()


def test_an_answer_given_without_connection_is_sent_after_the_reload(
    open_quiz: OpenQuiz, kernel: Any
) -> None:
    """What the kernel never heard stays in the browser and is recorded once, later."""
    page = open_quiz()
    page.evaluate("window.cutOff = true")
    _choose(page, "Osteoclast")
    page.get_by_role("button", name="Check answer").click()
    expect(page.get_by_role("button", name="Question 1, being sent")).to_be_visible()
    again = open_quiz(context=page.context)
    expect(again.get_by_role("button", name="Question 1, answered right")).to_be_visible()

    assert [entry["item_id"] for entry in kernel.log] == ["bm.sample.single.01"]
    assert again.evaluate("localStorage.getItem('bonemets.outbox')") == "[]"


def test_an_answer_that_can_not_be_saved_says_so(open_quiz: OpenQuiz, kernel: Any) -> None:
    """The learner reads that the answer is not saved, and it stays in the browser."""
    kernel.saves = False
    page = open_quiz()
    _choose(page, "Osteoclast")
    _check(page)

    expect(page.locator(".bm-banner")).to_contain_text("could not be saved")
    assert page.evaluate("JSON.parse(localStorage.getItem('bonemets.outbox')).length") == 1


def test_checking_without_a_choice_says_what_to_do(open_quiz: OpenQuiz) -> None:
    """An empty answer is not sent; the words go to a live region."""
    page = open_quiz()
    page.get_by_role("button", name="Check answer").click()

    expect(page.locator(".bm-quiz-wish")).to_have_text("Choose an answer first.")
    expect(page.get_by_role("radio").first).to_be_focused()


def test_a_number_that_is_none_is_refused_in_words(open_quiz: OpenQuiz) -> None:
    """What was typed stays, and the words say what would be a number."""
    page = open_quiz()
    page.get_by_role("button", name="Question 3").click()
    page.get_by_label("What is the lowest bone mass").fill("about ninety")
    page.get_by_role("button", name="Check answer").click()

    expect(page.locator(".bm-quiz-wish")).to_contain_text("is not a number")
    expect(page.get_by_label("What is the lowest bone mass")).to_have_value("about ninety")


def test_hints_come_one_by_one(open_quiz: OpenQuiz, kernel: Any) -> None:
    """Each button press shows one more hint, and its cost is taken from the points."""
    page = open_quiz()
    page.get_by_role("button", name="Show hint 1 of 2").click()
    expect(page.locator(".bm-quiz-hints li")).to_have_count(1)
    page.get_by_role("button", name="Show hint 2 of 2").click()
    expect(page.locator(".bm-quiz-hints li")).to_have_count(2)
    _choose(page, "Osteoclast")
    _check(page)

    assert kernel.log[0]["score"] == 0.5


def test_the_summary_opens_what_was_missed_again(open_quiz: OpenQuiz) -> None:
    """Redo takes the wrong ones only."""
    page = open_quiz()
    _choose(page, "Macrophage")
    _check(page)
    page.get_by_role("button", name="Question 3").click()
    page.get_by_label("What is the lowest bone mass").fill("87")
    _check(page)
    page.get_by_role("button", name="Summary", exact=True).click()
    page.get_by_role("button", name="Redo the one I missed").click()

    expect(page.locator(".bm-quiz-count")).to_have_text("1 of 3 answered, 1 right")
    expect(page.get_by_role("heading", name="Thigh pain after breast cancer")).to_be_focused()


def test_the_picture_has_words_and_can_be_enlarged(open_quiz: OpenQuiz) -> None:
    """The kernel's picture replaces its words, keeps them as alternative text, and opens large."""
    page = open_quiz()
    picture = page.get_by_role("img", name="Radiograph of the right femur")
    expect(picture).to_be_visible()
    page.get_by_role("button", name="Enlarge the picture").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 390, 768])
def test_nothing_scrolls_sideways(open_quiz: OpenQuiz, width: int) -> None:
    """A phone shows the question, the outcome and the summary within its width."""
    page = open_quiz(width)
    widths = [page.evaluate("document.documentElement.scrollWidth")]
    _choose(page, "Macrophage")
    _check(page)
    widths.append(page.evaluate("document.documentElement.scrollWidth"))
    page.get_by_role("button", name="Summary", exact=True).click()
    widths.append(page.evaluate("document.documentElement.scrollWidth"))

    assert max(widths) <= width


def test_targets_are_large_enough(open_quiz: OpenQuiz) -> None:
    """Rows and buttons are at least 44 px high, so that a thumb hits them."""
    page = open_quiz(390)
    heights = [
        box["height"]
        for each in page.locator(".bm-choice, .bm-quiz-list button").all()
        if (box := each.bounding_box())
    ]

    assert min(heights) >= 44


def test_paper_gets_all_questions(open_quiz: OpenQuiz) -> None:
    """Printing shows every question with its options, not only the one on the screen."""
    page = open_quiz()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")

    expect(page.locator(".bm-quiz-paper > ol > li")).to_have_count(3)
    expect(page.locator(".bm-quiz-paper")).to_be_visible()
    expect(page.locator(".bm-quiz-card")).to_be_hidden()


def test_with_forced_colors_the_choice_is_still_marked(open_quiz: OpenQuiz) -> None:
    """High contrast takes backgrounds away; an outline remains."""
    page = open_quiz(forced_colors="active")
    _choose(page, "Macrophage")

    assert (
        page.locator(".bm-choice", has_text="Macrophage").evaluate("e => getComputedStyle(e).outlineStyle")
        == "solid"
    )


def test_the_spoken_outline_of_a_question_is_complete(open_quiz: OpenQuiz) -> None:
    """A screen reader finds a region, the list of questions, the group and its controls."""
    outline = open_quiz().locator(".bm-quiz").aria_snapshot()
    wanted = (
        'region "Questions"', 'progressbar "Questions answered"', 'navigation "Questions"',
        'button "Question 1, not answered"', 'group "Which cell removes', 'radio "Macrophage',
        'button "Check answer"', "status",
    )  # fmt: skip

    assert [line for line in wanted if line not in outline] == []


def test_the_outcome_leads_to_the_explorer_if_the_page_has_it(open_quiz: OpenQuiz) -> None:
    """The link carries the scene as anchor; a page without that explorer shows no dead link."""
    page = open_quiz()
    _choose(page, "Macrophage")
    _check(page)
    link = page.get_by_role("link", name="See this in the explorer")
    expect(link).to_have_count(0)
    page.evaluate(
        "document.body.append(Object.assign(document.createElement('div'), {id: 'explorer-remodeling-cycle'}))"
    )
    page.get_by_role("button", name="Try again").click()
    _choose(page, "Macrophage")
    _check(page)

    expect(link).to_have_attribute("href", "http://quiz.test/#explorer-remodeling-cycle")
