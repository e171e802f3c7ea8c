"""The page side of the reading room in a real Chromium, with the real kernel side behind it and no server."""

from __future__ import annotations

import base64
import importlib.util
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bonemets_teach.widgets.reading_room import ReadingRoom

pytestmark = pytest.mark.browser

STUDY = Path(__file__).resolve().parents[1] / "unit" / "widgets" / "small_study.py"
ADDRESS = "http://room.test/"
HTML = """<!doctype html><html lang="en" data-theme="THEME" data-bm-page="test"><head><meta charset="utf-8"><title>Reading</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="room.css">
<style>body { margin: 0; padding: 16px; background: var(--bm-ground); color: var(--bm-text); }</style></head>
<body class="bm-widget"><main><h1>Lesson</h1><h2>Explore</h2><div id="room"></div></main>
<script type="module" src="page.js"></script></body></html>"""
PAGE = """
import widget from "./room.js";
const listeners = new Set();
const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const model = {
  get: () => null, set() {}, save_changes() {},
  on: (name, run) => name === "msg:custom" && listeners.add(run), off: (name, run) => listeners.delete(run),
  async send(content) {
    for (const reply of await window.toKernel(content)) {
      for (const run of listeners) run(reply.content, reply.buffers.map(bytes));
    }
  },
};
widget.render({ model, el: document.getElementById("room") });
"""
OpenRoom = Callable[..., Page]


@pytest.fixture(scope="module")
def small() -> ModuleType:
    """Return the module of the small study."""
    spec = importlib.util.spec_from_file_location("small_study", STUDY)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _keep_the_skeleton(monkeypatch: pytest.MonkeyPatch) -> None:
    """Build the skeleton once: making it is not what is tested."""
    monkeypatch.setattr("bonemets_teach.widgets._reading_studio.let_go", lambda: None)


@pytest.fixture
def recorded() -> list[dict[str, Any]]:
    """Return the log of a test."""
    return []


@pytest.fixture
def open_room(browser: Browser, small: ModuleType, recorded: list[dict[str, Any]]) -> Iterator[OpenRoom]:
    """Open the reading room; a given context keeps its storage, as after a reload."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def run(
        width: int = 1280,
        theme: str = "light",
        patient: bool = True,
        context: BrowserContext | None = None,
        query: str = "",
    ) -> Page:
        if context is None:
            context = browser.new_context(
                viewport={"width": width, "height": 900}, has_touch=width < 600, reduced_motion="reduce"
            )
            contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        room = ReadingRoom(
            record=_keep(recorded),
            history=lambda _: list(recorded),
            generate=small.generate,
            examine=small.examinations,
            apart=False,
        )
        page.expose_function("toKernel", lambda content: _exchange(room, content))
        _serve(page, theme)
        page.goto(ADDRESS + query)
        page.wait_for_selector(".bm-read[data-ready]")
        if patient:
            page.get_by_role("button", name="Open the patient").click()
            _painted(page)
        return page

    yield run
    for context in contexts:
        context.close()
    assert problems == []


def _keep(log: list[dict[str, Any]]) -> Callable[[dict[str, Any]], bool]:
    def record(reading: dict[str, Any]) -> bool:
        log.append(json.loads(json.dumps(reading)))
        return True

    return record


def _exchange(room: ReadingRoom, content: dict[str, Any]) -> list[dict[str, Any]]:
    replies: list[dict[str, Any]] = []

    def send(reply: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        replies.append(
            {"content": reply, "buffers": [base64.b64encode(each).decode() for each in buffers or []]}
        )

    room.send = send
    room._receive(room, content, [])
    return replies


def _serve(page: Page, theme: str) -> None:
    files = {
        "": ("text/html", HTML.replace("THEME", theme)),
        "page.js": ("text/javascript", PAGE),
        "room.js": ("text/javascript", ReadingRoom._esm),
        "room.css": ("text/css", ReadingRoom._css),
    }

    def answer(route: Any) -> None:
        kind, body = files.get(route.request.url.removeprefix(ADDRESS).partition("?")[0], ("text/plain", ""))
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=str(body))

    page.route(ADDRESS + "**", answer)


def _painted(page: Page) -> None:
    """Wait until pictures are in sight, and each of them shows its series."""
    page.wait_for_function("""() => {
        const seen = [...document.querySelectorAll(".bm-read canvas")].filter((c) => c.offsetParent);
        return seen.length > 0 && seen.every((c) => c.dataset.painted);
    }""")


def _settled(page: Page) -> None:
    """Wait for two frames: what was asked for is then on the canvas."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _arrange(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    _painted(page)


def _click(page: Page, number: int, right: float, down: float) -> None:
    """Click into a picture, at shares of its width and height."""
    box = page.locator(".bm-read canvas").nth(number - 1).bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + right * box["width"], box["y"] + down * box["height"])


def _axe(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


def _window(page: Page, number: int) -> str:
    text: str = page.locator(".bm-read .bm-film-foot").nth(number - 1).locator("span").first.inner_text()
    return text


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_room: OpenRoom, theme: str, width: int) -> None:
    """From the start to the truth every view passes WCAG 2.2 AA as far as axe can see."""
    page = open_room(width, theme, patient=False)
    found = _axe(page)
    page.get_by_role("button", name="Open the patient").click()
    _painted(page)
    _arrange(page, "CT")
    found += _axe(page)
    page.get_by_role("button", name="Mark at the cursor").click()
    page.get_by_text("Mark from the list of bones").click()
    page.get_by_text("Blood tests").click()
    page.get_by_text("Mouse, touch and keys").click()
    page.get_by_label("Lytic").check()
    found += _axe(page)
    page.get_by_role("button", name="Show the truth").click()
    expect(page.locator(".bm-read-result")).to_be_visible()
    found += _axe(page)

    assert [] == found
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_patient_is_read_with_the_keyboard_alone(
    open_room: OpenRoom, recorded: list[dict[str, Any]]
) -> None:
    """Tab, arrows and Enter lead from the number to the truth; the marked place is the lesion."""
    page = open_room(patient=False)
    page.get_by_label("Patient number").focus()
    page.keyboard.press("Enter")
    _painted(page)
    page.get_by_role("button", name="CT", exact=True).focus()
    page.keyboard.press("Enter")
    page.locator(".bm-read canvas").first.focus()
    for key in ("ArrowLeft", "ArrowRight", "Shift+ArrowDown", "Shift+ArrowUp", "PageDown", "Enter"):
        page.keyboard.press(key)
    page.locator(".bm-read-mark").get_by_label("Lytic").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Show the truth").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".bm-read-result p").first).to_have_text(
        "1 of 1 metastasis found, 0 missed, 0 false marks."
    )
    assert "lytic" == recorded[0]["prediction"][0]["kind"]
    assert page.locator(".bm-read-result h4").evaluate("(node) => node === document.activeElement")


def test_a_screen_reader_hears_slice_place_value_and_mark(open_room: OpenRoom) -> None:
    """Each is said in the live region after the key."""
    page = open_room()
    _arrange(page, "CT")
    live = page.locator(".bm-read > [aria-live=polite]")
    page.locator(".bm-read canvas").first.focus()
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text(
        re.compile(r"CT, axial, now, slice \d+ of 60\. Cursor .* cm from the top .*Value -?\d+ HU")
    )
    page.keyboard.press("PageDown")
    expect(live).to_have_text(re.compile("slice 31 of 60"))
    page.keyboard.press("2")
    expect(live).to_have_text("Window Soft tissue.")
    page.keyboard.press("Enter")
    expect(live).to_have_text(re.compile("^Mark 1 added"))


def test_controls_have_names_and_roles(open_room: OpenRoom) -> None:
    """Pictures, sliders, lists and groups as a screen reader meets them."""
    page = open_room()
    _arrange(page, "CT")
    snapshot = page.locator(".bm-read").aria_snapshot()

    for part in (
        'group "Picture 1"', 'group "Side by side"', 'group "What the pointer does"', 'combobox "Series of picture 2"',
        'slider "Slice of picture 1"', 'group "Window of picture 1"', 'complementary "Marks and truth"',
        'application "Picture 1: CT, axial, now"', 'heading "Patient 1" [level=4]',
    ):  # fmt: skip
        assert part in snapshot, part


def test_the_cursor_is_one_place_in_both_pictures(open_room: OpenRoom) -> None:
    """A click in the sagittal picture turns the axial stack to its height, and the other way round."""
    page = open_room()
    _arrange(page, "CT")
    axial, sagittal = page.locator(".bm-read canvas").all()

    _click(page, 2, 0.5, 0.4)
    _settled(page)
    high = int(axial.get_attribute("data-slice") or 0)
    _click(page, 2, 0.5, 0.6)
    expect(axial).not_to_have_attribute("data-slice", str(high))
    _settled(page)
    low = int(axial.get_attribute("data-slice") or 0)
    _click(page, 1, 0.2, 0.5)
    expect(sagittal).to_have_attribute("data-slice", re.compile(r"^1\d$"))

    assert low > high + 5


def test_the_wheel_turns_slices_only_in_the_chosen_picture(open_room: OpenRoom) -> None:
    """Before a click the wheel scrolls the page; after it the slices."""
    page = open_room()
    _arrange(page, "CT")
    canvas = page.locator(".bm-read canvas").first
    page.mouse.move(0, 0)
    canvas.hover()
    _settled(page)
    before = canvas.get_attribute("data-slice")
    page.mouse.wheel(0, 100)
    page.wait_for_function("scrollY > 0")
    assert before == canvas.get_attribute("data-slice")

    _click(page, 1, 0.5, 0.5)
    page.mouse.wheel(0, 300)

    expect(canvas).to_have_attribute("data-slice", str(int(before or 0) + 3))


def test_the_window_follows_drag_keys_presets_and_slider(open_room: OpenRoom) -> None:
    """Each way changes what is written on the film, in both pictures of the CT alike."""
    page = open_room()
    _arrange(page, "CT")
    assert "W 1800  L 400 HU" == _window(page, 1)
    page.get_by_role("group", name="Window of picture 1").get_by_role("button", name="Soft tissue").click()
    expect(page.locator(".bm-film-foot").nth(1)).to_contain_text("W 400  L 40 HU")

    box = page.locator(".bm-read canvas").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 100, box["y"] + 100)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 150, steps=4)
    page.mouse.up()
    expect(page.locator(".bm-film-foot").first).not_to_contain_text("W 400  L 40 HU")
    page.locator(".bm-read canvas").first.focus()
    for key in ("b", "Shift+c"):
        _settled(page)
        before = _window(page, 1)
        page.keyboard.press(key)
        expect(page.locator(".bm-film-foot").first).not_to_contain_text(before)
    _settled(page)
    before = _window(page, 1)
    page.get_by_text("Window by slider").first.click()
    page.get_by_label("Contrast (width)").first.press("ArrowRight")
    expect(page.locator(".bm-film-foot").first).not_to_contain_text(before)

    _settled(page)
    expect(page.locator(".bm-film-foot").nth(1)).to_contain_text(_window(page, 1))


def test_the_value_below_the_pointer_is_in_the_unit_of_the_series(open_room: OpenRoom) -> None:
    """The hole in the vertebra is soft tissue, the ring around it bone."""
    page = open_room()
    _arrange(page, "CT")
    value = page.locator(".bm-read-value").first
    box = page.locator(".bm-read canvas").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(value).to_have_text("40 HU")
    page.mouse.move(box["x"] + box["width"] * (0.5 + 22 / 128), box["y"] + box["height"] / 2)
    expect(value).to_have_text("300 HU")


def test_the_picture_is_drawn_through_the_window(open_room: OpenRoom) -> None:
    """In the soft tissue window bone is white and the hole gray; inverted, bone is black."""
    page = open_room()
    _arrange(page, "CT")
    page.locator(".bm-read canvas").first.focus()
    page.keyboard.press("2")
    gray = """([right, down]) => {
        const canvas = document.querySelector(".bm-read canvas");
        return canvas.getContext("2d").getImageData(canvas.width * right, canvas.height * down, 1, 1).data[0];
    }"""
    bone, hole = [0.5 + 22 / 128, 0.5], [0.5 + 4 / 128, 0.5]
    page.wait_for_function(f"({gray})({bone}) === 255")
    assert 100 < page.evaluate(gray, hole) < 160
    page.get_by_role("group", name="Zoom of picture 1").get_by_role("button", name="Invert").click()

    page.wait_for_function(f"({gray})({bone}) === 0")


def test_a_tap_marks_on_a_phone(open_room: OpenRoom) -> None:
    """With the tool “Mark” a tap is a mark; one picture at a time is shown, the other is a button away."""
    page = open_room(390)
    expect(page.locator(".bm-read canvas:visible")).to_have_count(1)
    page.locator(".bm-read-tool", has_text="Mark").tap()
    canvas = page.locator(".bm-read canvas:visible")
    canvas.scroll_into_view_if_needed()
    canvas.tap(position={"x": 150, "y": 180})
    expect(page.locator(".bm-read-mark")).to_have_count(1)
    page.get_by_role("button", name="Picture 2").tap()

    expect(page.get_by_label("Series of picture 2")).to_be_visible()
    expect(page.get_by_label("Series of picture 1")).to_be_hidden()


def test_a_bone_from_the_list_is_marked_and_removed(open_room: OpenRoom) -> None:
    """No pointing is needed: choose, mark, answer, remove."""
    page = open_room()
    page.get_by_text("Mark from the list of bones").click()
    page.get_by_label("Bone or level").select_option("L3")
    page.get_by_role("button", name="Mark this bone").click()
    card = page.locator(".bm-read-mark")
    expect(card.locator(".bm-read-words")).to_have_text("L3 · type open · metastasis · sure 3")
    card.get_by_label("Benign").check()
    card.get_by_label("Mixed").check()
    card.get_by_label("How sure?").select_option("5: certain")
    expect(card.locator(".bm-read-words")).to_have_text("L3 · mixed · benign · sure 5")
    page.get_by_role("button", name="Remove mark 1").click()

    expect(card).to_have_count(0)
    expect(page.get_by_text("No marks yet.")).to_be_visible()


def test_a_mark_without_a_type_is_asked_for_once(open_room: OpenRoom) -> None:
    """The first press leads to the open question, the second takes it as left open."""
    page = open_room()
    page.get_by_role("button", name="Mark at the cursor").click()
    page.get_by_role("button", name="Show the truth").click()
    expect(page.locator(".bm-read-wish")).to_have_text(
        "Mark 1 has no type yet. Choose one, or press again to leave it open."
    )
    page.get_by_role("button", name="Show the truth").click()

    expect(page.locator(".bm-read-result")).to_be_visible()


def test_marks_survive_a_reload_and_readings_the_session(open_room: OpenRoom) -> None:
    """Marks wait for their patient; what was read is counted in a new page."""
    page = open_room()
    page.get_by_role("button", name="Mark at the cursor").click()
    expect(page.locator(".bm-read-words").first).not_to_contain_text("place")
    page.reload()
    page.wait_for_selector(".bm-read[data-ready]")
    expect(page.locator(".bm-read-start")).to_contain_text("1 mark on patient 1")
    page.get_by_role("button", name="Open the patient").click()
    _painted(page)
    expect(page.locator(".bm-read-mark")).to_have_count(1)
    page.locator(".bm-read-mark summary").click()
    page.get_by_label("Lytic").check()
    page.get_by_role("button", name="Show the truth").click()
    expect(page.locator(".bm-read-career")).to_contain_text("1 patient read")

    again = open_room(patient=False, context=page.context)

    expect(again.locator(".bm-read-career")).to_contain_text("1 patient read")
    expect(again.get_by_label("Patient number")).to_have_value("2")


def test_after_the_truth_each_finding_can_be_seen_and_the_next_patient_comes(open_room: OpenRoom) -> None:
    """“Show” turns a stack to the finding; “Next patient” opens a fresh one."""
    page = open_room()
    page.get_by_role("button", name="Show the truth").click()
    page.get_by_role("button", name="Show A: lytic metastasis, L3").click()
    second = page.locator(".bm-read canvas").nth(1)
    expect(second).to_have_attribute("data-painted", "ct-sagittal")
    expect(second).to_have_attribute("data-slice", "32")
    page.get_by_role("button", name="Next patient").click()

    expect(page.locator(".bm-read")).to_have_attribute("data-patient", "2")
    expect(page.locator(".bm-read-result")).to_be_hidden()
    expect(page.get_by_role("button", name="Mark at the cursor")).to_be_visible()


def test_a_number_that_is_no_patient_is_answered_in_words(open_room: OpenRoom) -> None:
    """Nothing is asked of the kernel."""
    page = open_room(patient=False)
    for number in ("0", "1.5", "", "9999999"):
        page.get_by_label("Patient number").fill(number)
        page.get_by_role("button", name="Open the patient").click()
        expect(page.locator(".bm-read-start")).to_contain_text("whole number from 1 to 999999")
    expect(page.locator(".bm-read-main")).to_be_hidden()


LESION_IN_CT = """opacity => {
    const canvas = document.querySelector(".bm-read canvas");
    const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let [best, rows, columns, count] = [0, 0, 0, 0];
    const light = (n) => data[4 * n] + data[4 * n + 1] + data[4 * n + 2];
    for (let n = 0; n < width * height; n += 1) best = Math.max(best, light(n));
    for (let n = 0; n < width * height; n += 1) if (light(n) >= best - 2) { rows += Math.floor(n / width); columns += n % width; count += 1; }
    const size = Math.min(width / 64, height / 64);
    return [31.5 + (rows / count - height / 2) / size, 31.5 + (columns / count - width / 2) / size];
}"""
PIXELS = """() => {
    const canvas = document.querySelector(".bm-read canvas");
    return [...canvas.getContext("2d").getImageData(0, canvas.height / 2, canvas.width, 1).data].join(",");
}"""


def _fused(page: Page) -> Page:
    """Show SPECT over the axial CT in the slice of the lesion, and nothing else over it."""
    page.get_by_label("Cursor and marks").uncheck()
    page.get_by_label("Series of picture 1").select_option("spect-over-ct-axial")
    page.get_by_label("Slice of picture 1").fill("31")
    _drawn(page, 'c.dataset.painted === "spect-over-ct-axial" && c.dataset.slice === "30"')
    return page


def _drawn(page: Page, condition: str) -> None:
    """Wait until the first picture meets a condition and two more frames have passed, so that it is on the canvas."""
    page.wait_for_function(
        f"(() => {{ const c = document.querySelector('.bm-read canvas'); return {condition}; }})()"
    )
    _settled(page)


def test_uptake_lies_over_the_ct_by_geometry(open_room: OpenRoom, small: ModuleType) -> None:
    """A SPECT with voxels and a direction of its own: its maximum is where the lesion is in the CT, within a voxel."""
    page = _fused(open_room())
    page.get_by_label("SPECT over CT").fill("100")
    expect(page.locator(".bm-read-layers output").first).to_have_text("100 %")
    _drawn(page, "true")

    row, column = page.evaluate(LESION_IN_CT)

    assert abs(row - (small.LESION_MM[1] - 126) / 2) < 1
    assert abs(column - (small.LESION_MM[2] - 192) / 2) < 1


def test_opacity_leads_from_the_ct_to_the_color(open_room: OpenRoom) -> None:
    """At 0 % the picture is the CT's, pixel by pixel; at 100 % the color of the scale; between them a mixture."""
    page = _fused(open_room())
    middle = """() => {
        const canvas = document.querySelector(".bm-read canvas");
        return [...canvas.getContext("2d").getImageData(canvas.width / 2, canvas.height / 2, 1, 1).data];
    }"""
    opacity = page.get_by_label("SPECT over CT")
    seen = {}
    for percent in ("0", "50", "100"):
        opacity.fill(percent)
        expect(page.locator(".bm-read-layers output").first).to_have_text(f"{percent} %")
        _drawn(page, "true")
        seen[percent] = (page.evaluate(PIXELS), page.evaluate(middle))
    page.get_by_label("Series of picture 1").select_option("ct-axial")
    page.get_by_label("Slice of picture 1").fill("31")
    _drawn(page, 'c.dataset.painted === "ct-axial" && c.dataset.slice === "30"')

    assert page.evaluate(PIXELS) == seen["0"][0]
    color = seen["100"][1]
    assert color[0] > color[1] > color[2]
    assert color[0] - color[2] > 100
    gray = seen["0"][1]
    assert all(abs((a + b) / 2 - c) <= 2 for a, b, c in zip(gray, color, seen["50"][1], strict=True))


def test_both_layers_have_a_window_and_keys(open_room: OpenRoom) -> None:
    """Presets and keys act on the chosen layer; O and L are told to a screen reader; the value names both units."""
    page = _fused(open_room())
    foot = page.locator(".bm-film-foot").first
    expect(foot).to_contain_text("W 1800  L 400 HU · W 16  L 8 SUV")
    windows = page.get_by_role("group", name="Window of picture 1")
    page.get_by_role("group", name="Layers of picture 1").get_by_role("radio", name="SPECT").check()
    windows.get_by_role("button", name="Lesion").click()
    expect(foot).to_contain_text("W 1800  L 400 HU · W 40  L 20 SUV")

    live = page.locator(".bm-read > [aria-live=polite]")
    page.locator(".bm-read canvas").first.focus()
    page.keyboard.press("l")
    expect(live).to_have_text("The window belongs to CT.")
    page.keyboard.press("2")
    expect(foot).to_contain_text("W 400  L 40 HU · W 40  L 20 SUV")
    page.keyboard.press("o")
    expect(live).to_have_text("SPECT over CT: 60 percent.")
    page.keyboard.press("Shift+O")
    expect(live).to_have_text("SPECT over CT: 50 percent.")
    page.keyboard.press("v")
    expect(live).to_have_text(re.compile(r"^SPECT/CT, axial, now, slice 31 of 60"))
    page.keyboard.press("ArrowRight")
    expect(live).to_have_text(re.compile(r"Value -?\d+ HU, [\d.]+ SUV"))
    assert [] == _axe(page)


def test_a_link_opens_its_patient(open_room: OpenRoom) -> None:
    """Number and difficulty stand in the address; the button gives the same link again."""
    page = open_room(patient=False, query="?patient=7&difficulty=hard")
    _painted(page)

    expect(page.locator(".bm-read")).to_have_attribute("data-patient", "7")
    expect(page.get_by_label("Patient number")).to_have_value("7")
    expect(page.get_by_label("Difficulty")).to_have_value("hard")
    expect(page.locator(".bm-read-level")).to_have_text("hard")
    page.get_by_role("button", name="Link to this patient").click()
    expect(page.get_by_label("Link to this patient", exact=True).last).to_have_value(
        ADDRESS + "?patient=7&difficulty=hard#reading-room"
    )


@pytest.mark.parametrize(
    "query", ["?patient=0", "?patient=2.5", "?patient=x", "?difficulty=hard", "?patient=3&difficulty=evil"]
)
def test_a_link_that_names_no_patient_opens_none(open_room: OpenRoom, query: str) -> None:
    """The start is as without a link, and says so if a patient was named."""
    page = open_room(patient=False, query=query)
    named = page.get_by_text("The link names no patient")

    expect(page.get_by_label("Patient number")).to_have_value("1")
    expect(named).to_have_count(1 if "patient" in query else 0)
    expect(page.locator(".bm-read-main")).to_be_hidden()


def test_a_difficulty_says_what_it_means_and_stays_for_the_next_patient(open_room: OpenRoom) -> None:
    """Words change with the choice; “Next patient” is the first unread one of the same difficulty."""
    page = open_room(patient=False)
    help_ = page.locator(".bm-read-start .bm-help").first
    expect(help_).to_contain_text("Mixed: 1 to 5 metastases")
    page.get_by_label("Difficulty").select_option("easy")
    expect(help_).to_contain_text("Easy: 1 to 3 metastases of about 25 to 45 mm; at most 1 harmless finding.")
    page.get_by_role("button", name="Open the patient").click()
    _painted(page)
    page.get_by_role("button", name="Show the truth").click()
    page.get_by_role("button", name="Next patient").click()

    expect(page.locator(".bm-read")).to_have_attribute("data-patient", "2")
    expect(page.locator(".bm-read-level")).to_have_text("easy")
