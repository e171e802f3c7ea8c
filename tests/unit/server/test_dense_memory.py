"""New objects lie close together once the gaps between old ones are filled."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

_SCRIPT = """
import json, sys
from bonemets_teach.server.dense_memory import fill_gaps

def pages(size):
    made = [bytes(size) for _ in range(1000)]
    return len({id(one) >> 12 for one in made})

sizes = (30, 200, 450, 900, 3000)
old = {size: [bytes(size) for _ in range(40_000)] for size in sizes}
for each in old.values():
    del each[::20]  # two thousand gaps
before = [pages(size) for size in sizes]
fill_gaps()
print(json.dumps([before, [pages(size) for size in sizes], [33 + size for size in sizes]]))
"""


@pytest.fixture(scope="module")
def pages() -> list[list[int]]:
    """Pages that a thousand new objects of each size touch before and after, and the sizes [bytes]."""
    done = subprocess.run([sys.executable, "-c", _SCRIPT], check=True, capture_output=True, text=True)
    found: list[list[int]] = json.loads(done.stdout)
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="needs the C library of GNU")
def test_new_objects_share_pages_after_the_gaps_are_filled(pages: list[list[int]]) -> None:
    """A thousand objects need hardly more pages than they fill."""
    _, after, sizes = pages
    for count, size in zip(after, sizes, strict=True):
        assert count <= 1.3 * 1000 * size / 4096 + 8, (count, size)


def test_gaps_would_have_scattered_them(pages: list[list[int]]) -> None:
    """The test above measures something: small objects fell into gaps before."""
    before, after, _ = pages
    assert before[0] > 2 * after[0]
