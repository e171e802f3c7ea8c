"""Every lesson from its first link to its last with the keyboard alone: nothing unreachable, hidden or trapped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Page

from bonemets_teach.lessons.catalog import CourseEntry, ready_lessons
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.siblings import held_back
from bonemets_teach.scenes import Choice, Parameter, load_scene

pytestmark = pytest.mark.browser
LESSONS = [pytest.param(entry, id=entry.id) for entry in ready_lessons()]
MOST_STOPS = 1500
PATIENCE_MS = 120_000

# What holds the focus, whether its ring can be seen (its own, or that of the row around it, not clipped away by
# a box that hides what overflows, not below the sticky header), and whether the page stands still sideways.
LOOK = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const rings = (node) => {
        const style = getComputedStyle(node);
        const width = parseFloat(style.outlineWidth);
        if (style.outlineStyle === "none" || width < 2) return style.boxShadow !== "none" && node === at;
        const reach = parseFloat(style.outlineOffset) + width;
        if (reach <= 0) return true;
        const box = node.getBoundingClientRect();
        for (let around = node.parentElement; around; around = around.parentElement) {
            if (getComputedStyle(around).overflowX === "visible") continue;
            const room = around.getBoundingClientRect();
            const [left, right, top] = [room.left + around.clientLeft, room.right - around.clientLeft, room.top + around.clientTop];
            if (box.left - 2 < left && box.right + 2 > right && box.top - 2 < top) return false;
        }
        return true;
    };
    // The words take the focus when a prediction is uncovered; what has to be in sight then is the picture.
    const shown = at.matches(".bm-describe") ? at.closest(".bm-explorer").querySelector(".bm-stage") : at;
    const boxes = [...shown.getClientRects()].map((box) => [box.left + box.width / 2, box.top + box.height / 2]);
    const bare = boxes.some(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (shown.contains(hit) || hit.contains(shown) || at.labels?.[0]?.contains(hit));
    });
    at.dataset.bmStop ??= String((window.bmStops = (window.bmStops ?? 0) + 1));
    const explorer = at.closest(".bm-explorer");
    return {
        stop: at.dataset.bmStop,
        words: `${at.tagName.toLowerCase()} “${(at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent ?? "").trim().slice(0, 60)}”`,
        kind: at.type === "range" || at.type === "number" || at.type === "radio" || at.type === "checkbox" ? at.type : at.tagName.toLowerCase(),
        name: (at.getAttribute("aria-label") ?? at.labels?.[0]?.textContent ?? at.textContent ?? "").trim(),
        section: at.closest("section.bm-section")?.id ?? "",
        scene: explorer?.id.replace("explorer-", "") ?? "",
        place: !explorer ? "" : at.closest(".bm-controls") ? "control" : at.closest(".bm-tasks") ? "task" : at.closest(".bm-explorer > .bm-presets") ? "preset" : "",
        main: at.id === "main",
        lit: at.id === "main" || [at, at.closest("label"), at.closest(".bm-choice")].some((node) => node && rings(node)),
        seen: at.id === "main" || bare,
        where: JSON.stringify(boxes),
        still: document.documentElement.scrollWidth <= innerWidth && scrollX === 0,
    };
}"""
# Explorers load when they come near, and the words follow a picture a little later; a reader waits for both.
LOADED = """() => performance.now() - (window.bmChanged ?? 0) > 300 && !document.querySelector(".bm-quiz [aria-busy='true']") && ![...document.querySelectorAll(".bm-slot")].some((slot) => {
    const box = slot.getBoundingClientRect();
    const near = box.bottom > -600 && box.top < innerHeight + 600;
    return near && (slot.querySelector(".bm-loading") || slot.querySelector(".bm-explorer:not([data-seq])"));
})"""
# Both in one message, since a page has hundreds of stops.
LOOK_IF_LOADED = f"() => ({LOADED})() ? ({LOOK})() : 'loading'"
NOTE_CHANGES = """() => new MutationObserver(() => (window.bmChanged = performance.now()))
    .observe(document.body, { subtree: true, attributeFilter: ["data-seq"] })"""


@dataclass
class Walk:
    """A reader without a mouse on a page, and what was met on the way."""

    page: Page
    stops: dict[str, dict[str, Any]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def press(self, key: str) -> dict[str, Any] | None:
        """Press a key and look where the focus is now."""
        self.page.keyboard.press(key)
        return self.look()

    def look(self) -> dict[str, Any] | None:
        """Note the element with the focus and what is wrong with it."""
        at: dict[str, Any] | str | None = self.page.evaluate(LOOK_IF_LOADED)
        if isinstance(at, str):
            self.page.wait_for_function(LOADED, timeout=PATIENCE_MS)
            at = self.page.evaluate(LOOK)
        if at is None:
            return None
        for fault, words in (
            ("lit", "shows no focus"),
            ("seen", "has the focus off the screen"),
            ("still", "scrolls the page sideways"),
        ):
            if not at[fault]:
                self.wrong.append(f"{at['words']} in {at['scene'] or at['section']} {words} {at['where']}")
        self.stops.setdefault(at["stop"], at)
        return at

    def to(self, wanted: Callable[[dict[str, Any]], bool], key: str = "Tab") -> dict[str, Any]:
        """Press a key until the focus is on what is wanted."""
        for _ in range(MOST_STOPS):
            at = self.press(key)
            if at is not None and wanted(at):
                return at
        pytest.fail(f"{key} never reaches it")

    def to_end(self) -> None:
        """Tab to the last stop of the page, which gives the focus back to the browser."""
        for _ in range(MOST_STOPS):
            if self.press("Tab") is None:
                return
        pytest.fail("the focus never leaves the page")


def _names(walk: Walk, scene: str, place: str) -> list[str]:
    return [at["name"] for at in walk.stops.values() if at["scene"] == scene and at["place"] == place]


def _start(watched: Any) -> Walk:
    walk = Walk(watched.page)
    watched.page.evaluate(NOTE_CHANGES)
    watched.page.wait_for_selector(".bm-quiz[data-ready]")
    return walk


@pytest.mark.parametrize("lesson", LESSONS)
def test_tab_meets_everything_on_a_phone_and_leaves_the_page(
    open_page: Callable[..., Any], lesson: CourseEntry
) -> None:
    """Skip link, every control, preset and task, every question; each in sight with its focus shown."""
    watched = open_page(f"/lesson/{lesson.id}", width=390)
    walk = _start(watched)
    first = walk.press("Tab")
    walk.to_end()

    assert first is not None
    assert "Skip to the content" == first["name"]
    _assert_all_is_met(walk, lesson)
    assert [] == walk.wrong + watched.errors


def _assert_all_is_met(walk: Walk, lesson: CourseEntry) -> None:
    for scene in lesson.scenes:
        _assert_explorer_is_met(walk, scene)
    questions = {at["name"].split(",")[0] for at in walk.stops.values() if at["name"].startswith("Question ")}
    assert len(_first_pass(lesson)) == len(questions)


def _first_pass(lesson: CourseEntry) -> list[Item]:
    """Return what a lesson asks before any second try."""
    items = lesson_items(lesson.id)
    return [item for item in items if item.id not in held_back(items)]


def _assert_explorer_is_met(walk: Walk, scene_id: str) -> None:
    scene = load_scene(scene_id)
    controls = _names(walk, scene_id, "control")
    for control in scene.controls:
        labels = (
            [option.label for option in control.options]
            if isinstance(control, Choice) and len(control.options) <= 3
            else [control.label]
        )
        assert any(label in name for name in controls for label in labels), control.name
    ranges = [at for at in walk.stops.values() if at["scene"] == scene_id and at["place"] == "control"]
    numbers = sum(isinstance(control, Parameter) for control in scene.controls)
    assert (
        numbers == sum(at["kind"] == "range" for at in ranges) == sum(at["kind"] == "number" for at in ranges)
    )
    assert {preset.label for preset in scene.presets} <= set(_names(walk, scene_id, "preset"))
    assert {f"Start task {n + 1}" for n in range(len(scene.tasks))} <= set(_names(walk, scene_id, "task"))


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_is_worked_through_with_the_keyboard_alone(
    open_page: Callable[..., Any], lesson: CourseEntry
) -> None:
    """Skip link, contents, each slider, preset and prediction, one question of each type, the end of the page."""
    watched = open_page(f"/lesson/{lesson.id}")
    walk = _start(watched)
    _follow_the_contents(walk)
    for scene in lesson.scenes[:1]:
        _start_a_goal(walk, scene)
    for scene in lesson.scenes:
        _use_explorer(walk, scene)
    numbers = {item.type: number for number, item in reversed(list(enumerate(_first_pass(lesson), 1)))}
    for kind, number in sorted(numbers.items(), key=lambda pair: pair[1]):
        _answer(walk, kind, number)
    walk.to(lambda at: at["name"].startswith("Question 1,"), "Shift+Tab")
    walk.to_end()

    _assert_all_is_met(walk, lesson)
    assert [] == walk.wrong + watched.errors


def _follow_the_contents(walk: Walk) -> None:
    assert walk.press("Tab") is not None
    at = walk.press("Enter")
    assert at is not None
    assert at["main"]
    walk.to(lambda at: at["kind"] == "summary" and at["name"] == "In this lesson")
    walk.press("Enter")
    link = walk.press("Tab")
    assert link is not None
    walk.press("Enter")
    target = walk.page.evaluate("location.hash.slice(1)")
    assert walk.page.evaluate(
        "(id) => { const top = document.getElementById(id).getBoundingClientRect().top; return top > -2 && top < innerHeight; }",
        target,
    )
    order = "([id, stop]) => Boolean(document.getElementById(id).compareDocumentPosition(document.querySelector(`[data-bm-stop='${stop}']`)) & 4)"
    after = walk.press("Tab")
    assert after is not None
    assert walk.page.evaluate(order, [target, after["stop"]])


def _start_a_goal(walk: Walk, scene_id: str) -> None:
    """Start a task without a prediction; its work begins at the controls, so the keyboard is taken there."""
    number = next(n for n, task in enumerate(load_scene(scene_id).tasks, 1) if not task.prediction)
    walk.to(lambda at: at["scene"] == scene_id and at["name"] == f"Start task {number}")
    at = walk.press("Enter")
    assert at is not None
    assert "control" == at["place"]


def _use_explorer(walk: Walk, scene_id: str) -> None:
    root = walk.page.locator(f"#explorer-{scene_id}")
    here = {"scene": scene_id}

    def on(place: str, kind: str = "") -> Callable[[dict[str, Any]], bool]:
        return lambda at: at["scene"] == here["scene"] and at["place"] == place and kind in ("", at["kind"])

    walk.to(
        on("preset"),
        "Shift+Tab"
        if walk.page.evaluate("Boolean(document.activeElement.closest('.bm-controls'))")
        else "Tab",
    )
    _and_see(walk, root, "Space")
    walk.to(on("control", "range"))
    at_the_end = walk.page.evaluate(
        "Number(document.activeElement.value) >= Number(document.activeElement.max)"
    )
    _and_see(walk, root, "ArrowLeft" if at_the_end else "ArrowRight")
    number = next(n for n, task in enumerate(load_scene(scene_id).tasks, 1) if task.prediction)
    walk.to(lambda at: on("task")(at) and at["name"] in (f"Start task {number}", f"Do task {number} again"))
    _and_see(walk, root, "Enter")
    walk.look()
    walk.to(lambda at: at["kind"] == "radio" and at["scene"] == scene_id)
    walk.press("Space")
    walk.page.keyboard.press("Enter")
    root.locator(".bm-cover-form").wait_for(state="detached")
    walk.page.wait_for_function("() => document.activeElement.matches('.bm-describe')")
    walk.look()
    assert "predicted" in root.locator(".bm-task-outcome").nth(number - 1).inner_text()
    assert "predicted" in root.locator(".bm-outcome").inner_text()


def _and_see(walk: Walk, root: Any, key: str) -> None:
    before = int(root.get_attribute("data-seq"))
    walk.page.keyboard.press(key)
    walk.page.wait_for_function(
        "([node, before]) => Number(node.dataset.seq) > before",
        arg=[root.element_handle(), before],
        timeout=PATIENCE_MS,
    )


def _answer(walk: Walk, kind: str, number: int) -> None:
    button = f"Question {number},"
    back = (
        "Shift+Tab"
        if walk.page.evaluate("Boolean(document.activeElement.closest('.bm-quiz-card'))")
        else "Tab"
    )
    walk.to(lambda at: at["name"].startswith(button), back)
    walk.press("Enter")
    card = ".bm-quiz-card"
    if kind in ("single_best", "multiple_response", "hotspot", "poll"):
        walk.to(lambda at: at["kind"] in ("radio", "checkbox"))
        walk.press("Space")
        walk.page.keyboard.press("Enter")
    elif kind in ("numeric", "short_text"):
        walk.to(lambda at: at["kind"] == "input")
        walk.page.keyboard.type("1")
        walk.page.keyboard.press("Enter")
    elif kind == "key_feature":
        _walk_steps(walk)
    else:
        _fill_rows(walk, kind)
        walk.to(lambda at: at["name"] == "Check answer")
        walk.page.keyboard.press("Enter")
    walk.page.wait_for_function("() => document.activeElement.matches('.bm-verdict-title')")
    walk.look()
    assert walk.page.locator(f"{card} .bm-quiz-outcome").count() == 1


def _walk_steps(walk: Walk) -> None:
    closed = walk.page.locator(".bm-case-closed")
    for step in range(1, 10):
        at = walk.to(lambda at: at["kind"] in ("radio", "checkbox", "input"))
        if at["kind"] == "input":
            walk.page.keyboard.type("nothing")
        else:
            walk.press("Space")
        walk.page.keyboard.press("Enter")
        walk.page.wait_for_function(
            "(step) => document.querySelector('.bm-quiz-outcome') || document.querySelectorAll('.bm-case-closed').length === step",
            arg=step,
        )
        if closed.count() < step:
            return
    pytest.fail("the case never ends")


def _fill_rows(walk: Walk, kind: str) -> None:
    if kind == "extended_matching":
        for _ in range(walk.page.locator(".bm-quiz-card select").count()):
            walk.to(lambda at: at["kind"] == "select")
            walk.press("ArrowDown")
    elif kind == "script_concordance":
        for _ in range(walk.page.locator(".bm-concord-row").count()):
            walk.to(lambda at: at["kind"] == "radio")
            walk.press("Space")
    elif kind == "sequence":
        walk.to(lambda at: at["name"].startswith("Move down"))
        walk.press("Enter")
    elif kind == "scene_task":
        walk.to(lambda at: at["name"].startswith("Go to the explorer"))
        walk.page.keyboard.press("Enter")
        walk.page.wait_for_function("() => document.activeElement.closest('.bm-controls')")
        walk.look()
        walk.to(lambda at: at["name"] == "Use this state for the question")
        walk.press("Enter")
        walk.page.locator(".bm-quiz-state:not([hidden])").wait_for()
    else:
        pytest.fail(f"no way to answer {kind} by keyboard is written down")
