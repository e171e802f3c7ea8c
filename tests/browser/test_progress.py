"""A slow picture shows how far it is while the last one stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

REACH = """(scene) => {
    if (document.querySelector(`#explorer-${scene}[data-seq]`)) return true;
    const slots = [...document.querySelectorAll(".bm-slot")].filter((slot) => !slot.querySelector(".bm-widget"));
    slots[0]?.scrollIntoView();
    return false;
}"""
# The bar may come and go between two looks, so every change of it is noted in the page.
WATCH = """(root) => {
    const cue = root.querySelector(".bm-cue"), bar = cue.querySelector("progress");
    root.bmSeen = [];
    const note = () => root.bmSeen.push({ words: cue.innerText, shown: !cue.hidden && !bar.hidden, value: bar.value, picture: !root.querySelector("canvas.bm-picture").hidden });
    new MutationObserver(note).observe(cue, { attributes: true, childList: true, characterData: true, subtree: true });
}"""
GROW = """(root) => {
    const box = root.querySelector("input.bm-number[aria-label^='Growth']");
    box.value = "2";
    box.dispatchEvent(new Event("change", { bubbles: true }));
}"""


def test_a_new_lesion_shows_a_bar_with_words_until_its_picture_comes(open_page: Callable[..., Any]) -> None:
    """A native progress bar with a name moves on, names the month, and goes with the picture."""
    watched = open_page("/lesson/lytic-and-blastic")
    page = watched.page
    page.wait_for_function(REACH, arg="lesion-3d", polling=100)
    root = page.locator("#explorer-lesion-3d")
    before = root.get_attribute("data-seq")

    root.evaluate(WATCH)
    root.evaluate(GROW)
    page.wait_for_function(
        "([node, before]) => node.dataset.seq !== before", arg=[root.element_handle(), before], timeout=60_000
    )
    seen = root.evaluate("(node) => node.bmSeen")

    shown = [entry for entry in seen if entry["shown"]]
    assert any("Growing the lesion: month" in entry["words"] for entry in shown)
    values = [entry["value"] for entry in shown]
    assert values == sorted(values)
    assert values[-1] > values[0]
    assert all(entry["picture"] for entry in shown)
    page.wait_for_function("(node) => node.querySelector('.bm-cue').hidden", arg=root.element_handle())
    assert "Progress" in (root.locator("progress").get_attribute("aria-label") or "")
    assert [] == watched.errors
