"""Every control of every explorer takes every value, and a bad one is answered with words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from bonemets_teach.lessons.catalog import find_lesson, ready_lessons
from bonemets_teach.scenes import Choice, Parameter, load_scene

pytestmark = pytest.mark.browser
EXPLORERS = [(entry.id, scene) for entry in ready_lessons() for scene in entry.scenes]


def _change(root: Any, script: str, arg: Any) -> str:
    """Change a control by script, wait for the picture that belongs to it, and return the note."""
    before = root.get_attribute("data-seq")
    root.evaluate(script, arg)
    expect(root).not_to_have_attribute("data-seq", before)
    expect(root.locator("[aria-busy=true]")).to_have_count(0)
    note: str = root.locator(".bm-banner").first.inner_text()
    return note


# The box is made a text field first, since a number field drops what is no number before it can be sent.
TYPE = """(root, [index, value]) => {
    const box = root.querySelectorAll("input.bm-number")[index];
    box.type = "text";
    box.value = value;
    box.dispatchEvent(new Event("change", { bubbles: true }));
}"""


PICK = """(root, [index, option]) => {
    const select = root.querySelectorAll("form.bm-controls select")[index];
    select.selectedIndex = option;
    select.dispatchEvent(new Event("change", { bubbles: true }));
}"""
BOXES = "form.bm-controls :is(input[type=radio], input[type=checkbox])"
PRESS = f"(root, index) => root.querySelectorAll('{BOXES}')[index].click()"
PRESET = "(root, index) => root.querySelectorAll('.bm-explorer-head ~ .bm-presets button')[index].click()"


@pytest.mark.parametrize(("lesson", "scene"), EXPLORERS)
def test_every_control_takes_every_value(
    open_page: Callable[..., Any], reach: Callable[..., Any], lesson: str, scene: str
) -> None:
    """Numbers low, middle, high and beyond, each option and switch, each preset with its own words."""
    watched = open_page(f"/lesson/{lesson}")
    root = reach(watched.page, scene)

    _turn_numbers(root, scene)
    _choose_options(root, scene)
    _press_presets(root, scene)
    assert [] == watched.errors


def _turn_numbers(root: Any, scene: str) -> None:
    """In range the picture follows without a note; out of range and without sense with one, and back to the start."""
    controls = [control for control in load_scene(scene).controls if isinstance(control, Parameter)]
    assert len(controls) == root.locator("form.bm-controls input[type=range]").count()
    for index, control in enumerate(controls):
        middle = control.low + round((control.high - control.low) / 2 / control.step) * control.step
        for value in (control.low, middle, control.high):
            assert "" == _change(root, TYPE, [index, f"{value:.6g}"]), (control.name, value)
        assert "is outside" in _change(root, TYPE, [index, f"{control.high * 10 + 1:g}"])
        assert "is not a number" in _change(root, TYPE, [index, "abc"])


def _choose_options(root: Any, scene: str) -> None:
    """Each option and each checkbox is answered by a picture and no note."""
    choices = [control for control in load_scene(scene).controls if isinstance(control, Choice)]
    selects = root.locator("form.bm-controls select")
    boxes = root.locator(BOXES)
    radios = root.locator("form.bm-controls input[type=radio]").count()
    offered = root.locator("form.bm-controls select option").count() + radios
    assert sum(len(control.options) for control in choices) == offered

    for index in range(selects.count()):
        for option in range(selects.nth(index).locator("option").count()):
            assert "" == _change(root, PICK, [index, option])
    for index in range(boxes.count()):
        if not boxes.nth(index).is_checked():
            assert "" == _change(root, PRESS, index)


def _press_presets(root: Any, scene_id: str) -> None:
    """Each sets its state without a note; the words below the picture are its own."""
    scene = load_scene(scene_id)
    for index, preset in enumerate(scene.presets):
        state, _ = scene.complete(preset.state)
        assert "" == _change(root, PRESET, index), preset.id
        expect(root.locator(".bm-describe")).to_have_text(scene.describe(scene.compute(state)))


def test_a_slider_is_moved_by_the_arrow_keys_alone(
    open_page: Callable[..., Any], reach: Callable[..., Any]
) -> None:
    """Tab reaches the slider, an arrow key changes the picture."""
    page = open_page("/lesson/bone-remodeling").page
    root = reach(page, "remodeling-cycle")
    slider = root.locator("input[type=range]").first
    before = root.get_attribute("data-seq")

    root.locator(".bm-presets button").last.focus()
    page.keyboard.press("Tab")  # the number box beside the label comes first
    page.keyboard.press("Tab")
    assert slider.evaluate("(node) => node === document.activeElement")
    page.keyboard.press("ArrowRight")

    expect(root).not_to_have_attribute("data-seq", before)


@pytest.mark.parametrize(
    ("lesson", "scene"), [("bone-remodeling", "remodeling-cycle"), ("radiograph-and-ct", "ct")]
)
def test_the_picture_stays_in_sight_on_a_phone(
    open_page: Callable[..., Any], reach: Callable[..., Any], lesson: str, scene: str
) -> None:
    """Whole and above the last control, forwards and backwards; a prediction does not stay, what it covered is seen."""
    page = open_page(f"/lesson/{lesson}", width=390, height=844).page
    root = reach(page, scene)
    stage = root.locator(".bm-stage")
    controls = root.locator("form.bm-controls :is(input, select, button):visible")

    for control in (controls.last, controls.first):
        control.focus()
        picture, box = stage.bounding_box(), control.bounding_box()
        assert picture["y"] >= 0
        assert picture["y"] + picture["height"] <= box["y"] <= 844
    root.get_by_role("button", name="Start task 1").click()
    expect(stage).not_to_have_attribute("data-stays", "")
    root.locator(".bm-cover-form input").first.check()
    root.get_by_role("button", name="Show the picture").click()
    expect(root.locator(".bm-describe")).to_be_focused()
    expect(stage).to_be_in_viewport(ratio=0.9)


def test_a_prediction_covers_the_picture_until_it_is_entered(
    open_page: Callable[..., Any], reach: Callable[..., Any]
) -> None:
    """With the keyboard alone: start the task, choose, uncover; the words compare guess and model."""
    page = open_page("/lesson/bone-remodeling").page
    root = reach(page, "remodeling-cycle")

    root.get_by_role("button", name="Start task 1").focus()
    page.keyboard.press("Enter")
    root.locator(".bm-cover-form").wait_for()
    assert not root.locator(".bm-describe").is_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")

    root.locator(".bm-cover-form").wait_for(state="detached")
    outcome = root.locator(".bm-task-outcome").first.inner_text()
    assert "predicted" in outcome
    expect(root.locator(".bm-describe")).to_be_visible()


def test_a_link_opens_the_state_that_it_was_made_in(open_page: Callable[..., Any]) -> None:
    """Values in the address set the controls, and the explorer at its end is brought into sight, the last one too."""
    scene = find_lesson("bone-remodeling").scenes[-1]
    control = next(control for control in load_scene(scene).controls if isinstance(control, Parameter))
    page = open_page(f"/lesson/bone-remodeling?{scene}.{control.name}={control.high:g}#explorer-{scene}").page
    root = page.locator(f"#explorer-{scene}[data-seq]")
    root.wait_for()
    page.wait_for_function(
        "(id) => Math.abs(document.getElementById(id).getBoundingClientRect().top) < 150",
        arg=f"explorer-{scene}",
    )

    assert control.high == float(root.locator("input[type=range]").first.input_value())
    assert "" == root.locator(".bm-banner").first.inner_text()


def test_a_hostile_link_is_answered_in_words(
    open_page: Callable[..., Any], reach: Callable[..., Any]
) -> None:
    """Scripts, not-a-number and unknown names in a link do no harm and are named."""
    control = next(
        control for control in load_scene("remodeling-cycle").controls if isinstance(control, Parameter)
    )
    watched = open_page(
        f"/lesson/bone-remodeling?remodeling-cycle.{control.name}=%3Cscript%3Ealert(1)%3C/script%3E&remodeling-cycle.evil=NaN&moon.x=1#explorer-%3Cimg%3E"
    )
    root = reach(watched.page, "remodeling-cycle")

    note = root.locator(".bm-banner").first.inner_text()
    assert "is not a number" in note
    assert "“evil” is not a control" in note
    missing = "The link names what is not in this lesson: “%3Cimg%3E”, “moon”."
    expect(root.page.locator("main > .bm-notice")).to_contain_text(missing)
    assert [] == watched.errors


def test_the_window_of_an_image_follows_drag_keys_and_presets(
    open_page: Callable[..., Any], reach: Callable[..., Any]
) -> None:
    """Each way changes the window that is written on the film."""
    page = open_page("/lesson/radiograph-and-ct").page
    root = reach(page, "ct")
    written = root.locator(".bm-film-foot .bm-readout").first
    canvas = root.locator("canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + 60)

    before = written.inner_text()
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + 60, middle[1] + 60, steps=4)
    page.mouse.up()
    expect(written).not_to_have_text(before)
    for key in ("ArrowUp", "ArrowRight"):
        before = written.inner_text()
        canvas.press(key)
        expect(written).not_to_have_text(before)
    root.get_by_role("button", name="Soft tissue").click()
    expect(written).to_have_text(re.compile("W 400  L 40 HU"))


def test_an_explorer_reads_well_to_a_screen_reader(
    open_page: Callable[..., Any], reach: Callable[..., Any]
) -> None:
    """Region, presets, picture, sliders with names and units, tasks: as a screen reader meets them."""
    page = open_page("/lesson/bone-remodeling").page
    snapshot = reach(page, "remodeling-cycle").aria_snapshot()

    assert 'group "Presets"' in snapshot
    assert 'img "Picture: ' in snapshot
    assert 'form "Controls: ' in snapshot
    assert snapshot.count("- slider ") == snapshot.count("- spinbutton ") >= 3
    assert 'heading "Tasks" [level=4]' in snapshot
