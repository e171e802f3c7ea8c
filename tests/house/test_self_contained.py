"""The project names no other host where it would matter and tells no registry's address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVED = [
    path
    for folder in (ROOT / "bonemets_teach",)
    for path in sorted(folder.rglob("*"))
    if path.suffix in {".js", ".css", ".html", ".j2"}
]


@pytest.mark.parametrize("path", SERVED, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_served_names_no_other_host(path: Path) -> None:
    """A page works without internet, so scripts, styles and templates load nothing from elsewhere."""
    text = path.read_text("utf-8")
    # The name of the SVG namespace is an identifier, not an address that is loaded.
    addresses = [found for found in re.findall(r"https?://[^\s\"'`)]+", text) if "www.w3.org" not in found]

    assert [] == addresses


@pytest.mark.parametrize("name", ["constraints.txt", "constraints-dev.txt"])
def test_pins_hold_hashes_and_no_address(name: str) -> None:
    """Every package is pinned with a hash, and no download address is recorded."""
    text = (ROOT / name).read_text("utf-8")
    pins = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]

    assert pins
    assert all("==" in pin and pin.endswith("\\") for pin in pins)
    assert "--hash=sha256:" in text
    assert "://" not in text
