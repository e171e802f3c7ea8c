"""The viewer for a learner's own study in a real Chromium, with the real kernel side behind it; once over a real server."""

from __future__ import annotations

import base64
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nibabel as nib
import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from bonemets_teach.imaging.dicom.geometry import VolumeGeometry
from bonemets_teach.imaging.dicom.series import Series
from bonemets_teach.imaging.dicom.study import Patient, Study
from bonemets_teach.imaging.dicom.writing import study_files
from bonemets_teach.imaging.volume_file_limits import ReadingLimits
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.widgets.volume_viewer import PAGE_LIMITS, VolumeViewer

pytestmark = pytest.mark.browser

ADDRESS = "http://viewer.test/"
HTML = """<!doctype html><html lang="en" data-theme="THEME"><head><meta charset="utf-8"><title>Viewer</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="viewer.css">
<style>body { margin: 0; padding: 16px; background: var(--bm-ground); color: var(--bm-text); }</style></head>
<body class="bm-widget"><main><h1>Lesson</h1><h2>Open a study of your own</h2><div id="viewer"></div></main>
<script type="module" src="page.js"></script></body></html>"""
PAGE = """
import widget from "./viewer.js";
const listeners = new Map();
const bytes = (text) => new DataView(Uint8Array.from(atob(text), (c) => c.charCodeAt(0)).buffer);
const text = (buffer) => new Promise((resolve) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result.split(",")[1] ?? "");
  reader.readAsDataURL(new Blob([buffer]));
});
let waiting = Promise.resolve();
const model = {
  get: () => (LIMITS), set() {}, save_changes() {}, comm_live: true,
  on: (name, run) => listeners.set(name, run), off: (name) => listeners.delete(name),
  send(content, callbacks, buffers = []) {
    waiting = waiting.then(async () => {
      while (window.held) await new Promise((resolve) => setTimeout(resolve, 20));
      const texts = await Promise.all(buffers.map(text));
      for (const reply of await window.toKernel(content, texts)) listeners.get("msg:custom")?.(reply.content, reply.buffers.map(bytes));
    });
  },
};
window.sayLive = () => listeners.get("comm_live_update")?.();
widget.render({ model, el: document.getElementById("viewer") });
"""
# A body of 40 slices, 3 mm apart, 32 rows of 1.5 mm, 24 columns of 2 mm, with a marker at the right front top.
BODY = np.full((40, 32, 24), 40, dtype=np.int16)
BODY[:, 0, :] = BODY[:, :, 0] = -1000
BODY[4, 6, 5] = 1500
BODY[20:24, 14:18, 10:14] = 700
GEOMETRY = VolumeGeometry.from_phantom("axial", (3.0, 1.5, 2.0))
Files = list[dict[str, Any]]
OpenViewer = Callable[..., Page]


def _dicom(*names: str, folder: str = "") -> Files:
    series = [
        Series(modality="CT", description=name, pixels=BODY, unit="HU", geometry=GEOMETRY) for name in names
    ]
    made = study_files(Study(patient=Patient(seed=1), series=series))
    return [_file(folder + name.replace("/", "-"), content) for name, content in made]


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _nifti(values: np.ndarray) -> bytes:
    image = nib.Nifti1Image(values[::-1, ::-1, ::-1].transpose(2, 1, 0), np.diag([2.0, 1.5, 3.0, 1.0]))
    content: bytes = image.to_bytes()
    return content


def _zip(files: Files) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in files:
            archive.writestr(each["name"], each["buffer"])
    return buffer.getvalue()


def _sample() -> LoadedVolume:
    return LoadedVolume(stored=BODY, geometry=GEOMETRY, name="Sample spine")


@pytest.fixture
def open_viewer(browser: Browser) -> Iterator[OpenViewer]:
    """Open the viewer alone on a page."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def run(width: int = 1280, theme: str = "light", limits: ReadingLimits = PAGE_LIMITS) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 900}, has_touch=width < 600, reduced_motion="reduce"
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", lambda said: problems.append(said.text) if said.type == "error" else None)
        viewer = VolumeViewer(sample=_sample, limits=limits)
        page.expose_function("toKernel", lambda content, texts: _exchange(viewer, content, texts))
        _serve(page, theme, viewer)
        page.goto(ADDRESS)
        page.wait_for_selector(".bm-vol[data-ready]")
        return page

    yield run
    for context in contexts:
        context.close()
    assert problems == []


def _exchange(viewer: VolumeViewer, content: dict[str, Any], texts: list[str]) -> list[dict[str, Any]]:
    replies: list[dict[str, Any]] = []

    def send(reply: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        texts = [base64.b64encode(each).decode() for each in buffers or []]
        replies.append({"content": reply, "buffers": texts})

    viewer.send = send
    viewer._receive(viewer, content, [memoryview(base64.b64decode(each)) for each in texts])
    return replies


def _serve(page: Page, theme: str, viewer: VolumeViewer) -> None:
    files = {
        "": ("text/html", HTML.replace("THEME", theme)),
        "page.js": ("text/javascript", PAGE.replace("LIMITS", json.dumps(viewer.limits))),
        "viewer.js": ("text/javascript", VolumeViewer._esm),
        "viewer.css": ("text/css", VolumeViewer._css),
    }

    def answer(route: Any) -> None:
        kind, body = files.get(route.request.url.removeprefix(ADDRESS), ("text/plain", ""))
        route.fulfill(content_type=f"{kind}; charset=utf-8", body=str(body))

    page.route(ADDRESS + "**", answer)


def _choose(page: Page, files: Files) -> None:
    page.get_by_label("DICOM files, one .zip, or a NIfTI file").set_input_files(files)


def _opened(page: Page, number: int = 1) -> None:
    page.wait_for_selector(f".bm-vol[data-volume='{number}']")
    page.wait_for_function(
        "() => [...document.querySelectorAll('.bm-vol canvas')].filter((c) => c.offsetParent).every((c) => c.dataset.painted)"
    )


def _canvas(page: Page, plane: str) -> Locator:
    return page.locator(f".bm-vol canvas[aria-label*='{plane}']")


def _axe(page: Page) -> list[str]:
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found.response["violations"]]


@pytest.mark.parametrize(("width", "theme"), [(390, "dark"), (1280, "light"), (320, "light")])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    open_viewer: OpenViewer, width: int, theme: str
) -> None:
    """Start, refusal, choice of a series and the open study pass WCAG 2.2 AA as far as axe can see."""
    page = open_viewer(width, theme)
    found = _axe(page)
    _choose(page, [_file("a-very-long-name-without-any-break-" * 5 + ".dcm", b"no image")])
    expect(page.get_by_role("alert")).to_contain_text("is not a DICOM file")
    found += _axe(page)
    _choose(page, _dicom("CT bone", "CT soft"))
    expect(page.get_by_role("group", name="The files hold 2 series")).to_be_visible()
    found += _axe(page)
    page.get_by_role("button", name="CT soft").click()
    _opened(page)
    expect(page.get_by_role("heading", name="CT soft")).to_be_focused()
    page.get_by_text("Mouse, touch and keys").click()
    page.get_by_text("Window by slider").locator("visible=true").click()
    found += _axe(page)

    assert [] == found
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_dicom_series_is_read_in_three_linked_planes(open_viewer: OpenViewer) -> None:
    """A click in one plane turns the others to that place; the value below the pointer is in HU."""
    page = open_viewer()
    _choose(page, _dicom("CT bone"))
    _opened(page)
    expect(page.locator(".bm-vol-text")).to_contain_text(
        "CT: 40 axial slices of 32 x 24 pixels. Slices lie 3 mm apart"
    )
    coronal = _canvas(page, "Coronal")
    box = coronal.bounding_box()
    assert box is not None
    # 40 slices of 3 mm fill the height between the strips; the marker is in slice 4 at column 5 of 24, 2 mm each.
    per_mm = (box["height"] - 58) / 120
    middle = {"x": box["width"] / 2, "y": box["height"] / 2}
    coronal.click(
        position={"x": middle["x"] + (5.5 * 2 - 24) * per_mm, "y": middle["y"] + (4.5 * 3 - 60) * per_mm}
    )

    expect(_canvas(page, "Axial")).to_have_attribute("data-slice", "4")
    expect(_canvas(page, "Sagittal")).to_have_attribute("data-slice", "5")
    axial = page.locator(".bm-vol .bm-read-view").first
    axial.get_by_role("slider", name="Slice of picture 1").fill("23")
    expect(_canvas(page, "Axial")).to_have_attribute("data-slice", "22")
    letters = page.locator(".bm-vol .bm-read-letter").all_inner_texts()
    assert ["A", "P", "R", "L", "H", "F", "R", "L", "H", "F", "A", "P"] == letters


def test_thick_slices_are_shown_in_true_proportion(open_viewer: OpenViewer) -> None:
    """A body of 46 x 120 mm is 2.6 times as tall as wide, although it has 23 x 40 pixels."""
    page = open_viewer()
    _choose(page, _dicom("CT bone"))
    _opened(page)
    page.get_by_label("Cross").uncheck()
    page.get_by_role("button", name="Soft tissue").locator("visible=true").click()
    tall = """() => {
        const canvas = document.querySelector(".bm-vol canvas[aria-label*='Coronal']");
        const { data, width, height } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let [left, right, top, bottom] = [width, 0, height, 0];
        for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) {
            if (data[4 * (y * width + x)] < 64) continue;
            [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
        }
        return (bottom - top) / (right - left);
    }"""
    page.wait_for_function(f"() => Math.abs(({tall})() - 120 / 46) < 0.12")


def test_keys_say_slice_place_and_value(open_viewer: OpenViewer) -> None:
    """From the sample to a value with the keyboard alone; everything is heard in the live region."""
    page = open_viewer()
    page.get_by_role("button", name="Open a sample").focus()
    page.keyboard.press("Enter")
    _opened(page)
    expect(page.get_by_role("heading", name="Sample spine")).to_be_focused()
    live = page.locator(".bm-vol > [aria-live=polite]")
    expect(live).to_contain_text("Sample spine is open. CT: 40 axial slices")
    _canvas(page, "Axial").focus()
    page.keyboard.press("PageDown")
    expect(live).to_have_text(re.compile(r"Axial, Sample spine, slice 21 of 40\. Cursor .* Value 700 HU"))
    page.keyboard.press("Shift+ArrowLeft")
    expect(live).to_have_text(re.compile("Value 40 HU"))
    page.keyboard.press("3")
    expect(live).to_have_text("Window Lung.")
    expect(page.get_by_role("button", name="Lung").locator("visible=true")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.keyboard.press("End")
    expect(live).to_have_text(re.compile("slice 40 of 40"))
    for key in ("b", "Shift+c"):
        before = page.locator(".bm-vol .bm-film-foot").last.inner_text()
        page.keyboard.press(key)
        expect(page.locator(".bm-vol .bm-film-foot").last).not_to_have_text(before)


def test_a_nifti_of_unknown_unit_gets_windows_of_its_own(open_viewer: OpenViewer) -> None:
    """No HU and no bone window are claimed for values between 0 and 1."""
    page = open_viewer()
    values = ((BODY + 1000) / 2500).astype(np.float32)
    _choose(page, [_file("scan.nii", _nifti(values))])
    _opened(page)

    expect(page.locator(".bm-vol-text")).to_contain_text("Values from 0 to 1, unit unknown.")
    presets = page.get_by_role("group", name="Window of all planes").get_by_role("button")
    expect(presets).to_have_text(["Middle 98 %", "Whole range"])
    presets.last.click()
    expect(page.locator(".bm-vol .bm-film-foot").first).to_contain_text(re.compile(r"W 1\s+L 0\.5"))
    _canvas(page, "Axial").focus()
    page.keyboard.press("v")
    expect(page.locator(".bm-vol > [aria-live=polite]")).to_have_text(re.compile(r"Value 0\.\d+ ?\."))


def test_a_refusal_names_the_file_and_leaves_the_volume_before_it(open_viewer: OpenViewer) -> None:
    """What is wrong, what to do, and that the picture below is still the old one."""
    page = open_viewer()
    page.get_by_role("button", name="Open a sample").click()
    _opened(page)
    files = _dicom("CT bone")
    _choose(page, files[:10] + files[11:])
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("1 slice is missing between")
    expect(alert).to_contain_text("still the one from before")
    expect(page.get_by_role("heading", name="Sample spine")).to_be_visible()

    _choose(page, [_file("all.zip", _zip(files))])
    _opened(page, 2)
    expect(alert).to_be_empty()


def test_files_that_are_too_large_are_refused_before_they_are_sent(open_viewer: OpenViewer) -> None:
    """The numbers and the way out come from the browser alone."""
    page = open_viewer(limits=ReadingLimits(total_bytes=2**20, files=3))
    page.evaluate("window.held = true")
    alert = page.get_by_role("alert")
    _choose(page, [_file("big.nii", bytes(2**20 + 2**19))])
    expect(alert).to_contain_text("big.nii has 1.5 MiB, more than 1 MiB.")
    _choose(page, [_file(f"{n}.dcm", b"x") for n in range(4)])
    expect(alert).to_contain_text("holds 4 files, more than 3.")
    _choose(page, [_file("nothing.dcm", b"")])
    expect(alert).to_contain_text("nothing.dcm is empty.")


def test_sending_can_be_canceled_and_goes_on_after_a_lost_connection(open_viewer: OpenViewer) -> None:
    """Nothing is opened after a cancel; after a break all pieces are sent again."""
    page = open_viewer()
    files = _dicom("CT bone")
    page.evaluate("window.held = true")
    _choose(page, files)
    expect(page.locator(".bm-vol-busy")).to_contain_text("Sending 40 files")
    page.get_by_role("button", name="Cancel").click()
    expect(page.locator(".bm-vol-busy")).to_be_hidden()
    page.evaluate("window.held = false")
    expect(page.locator(".bm-vol > [aria-live=polite]")).to_have_text("Stopped. Nothing was opened.")
    assert page.locator(".bm-vol[data-volume]").count() == 0

    page.evaluate("window.held = true")
    _choose(page, files)
    page.evaluate("window.sayLive()")
    expect(page.locator(".bm-vol-busy")).to_contain_text("sending again")
    page.evaluate("window.held = false")
    _opened(page)
    expect(page.get_by_role("heading", name="CT bone")).to_be_visible()


def test_a_dropped_file_is_opened(open_viewer: OpenViewer) -> None:
    """Dropping is another way to the same place."""
    page = open_viewer()
    text = base64.b64encode(_zip(_dicom("CT bone"))).decode()
    page.evaluate(
        """(text) => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], "a.zip"));
            document.querySelector(".bm-vol-open").dispatchEvent(new DragEvent("drop", { dataTransfer: transfer, bubbles: true, cancelable: true }));
        }""",
        text,
    )
    _opened(page)


def test_a_phone_shows_one_plane_at_a_time(open_viewer: OpenViewer) -> None:
    """The others are a tap away; a tap into the picture moves the cross."""
    page = open_viewer(390)
    page.get_by_role("button", name="Open a sample").tap()
    _opened(page)
    assert 1 == page.locator(".bm-vol canvas:visible").count()
    page.get_by_role("button", name="Sagittal").tap()
    canvas = page.locator(".bm-vol canvas:visible")
    expect(canvas).to_have_attribute("data-painted", "sagittal")
    canvas.tap(position={"x": 150, "y": 60})
    page.get_by_role("button", name="Axial").tap()

    expect(_canvas(page, "Axial")).not_to_have_attribute("data-slice", "19")


def test_the_sample_is_downloaded_and_closed(open_viewer: OpenViewer, tmp_path: Path) -> None:
    """The archive opens again; a closed study leaves the card alone."""
    page = open_viewer()
    page.get_by_role("button", name="Open a sample").click()
    _opened(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download this study as DICOM").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    page.get_by_label("DICOM files, one .zip, or a NIfTI file").set_input_files(path)
    _opened(page, 2)
    expect(page.get_by_role("button", name="Download this study as DICOM")).to_be_hidden()
    page.get_by_role("button", name="Close the study").click()

    expect(page.locator(".bm-vol canvas").first).to_be_hidden()
    assert "bonemets-sample-study.zip" == path.name


def test_a_lesson_takes_files_over_its_socket(open_page: Callable[..., Any], tmp_path: Path) -> None:
    """A folder of several pieces arrives at a real kernel and is read; no other host is asked."""
    values = np.random.default_rng(2).normal(40, 20, (40, 160, 200)).astype(np.int16)
    (tmp_path / "scan.nii").write_bytes(_nifti(values))
    watched = open_page("/lesson/reading-room")
    page = watched.page
    page.locator("#cell-explorer-2").scroll_into_view_if_needed()
    page.wait_for_selector(".bm-vol[data-ready]")
    page.get_by_label("DICOM files, one .zip, or a NIfTI file").set_input_files(tmp_path / "scan.nii")
    _opened(page)

    expect(page.locator(".bm-vol-text")).to_contain_text("40 axial slices of 160 x 200 pixels")
    assert [] == watched.errors + watched.foreign
