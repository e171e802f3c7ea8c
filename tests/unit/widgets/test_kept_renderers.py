"""How many figures a kernel keeps."""

from __future__ import annotations

from typing import Any

from bonemets_teach.scenes import Look
from bonemets_teach.widgets._kept_renderers import kept_renderer


def test_second_picture_uses_the_figure_of_the_first(toys: Any) -> None:
    """A figure is built once as long as its explorer is in use."""
    scene = toys.ToyScene()
    assert kept_renderer(scene, Look()) is kept_renderer(scene, Look())


def test_third_look_gives_up_the_one_used_longest_ago(toys: Any) -> None:
    """Two figures are kept, the ones used last."""
    scene = toys.ToyScene()
    looks = [Look(width_px=width) for width in (300, 310, 320)]
    first, second, _ = (kept_renderer(scene, look) for look in looks)
    assert kept_renderer(scene, looks[1]) is second
    assert kept_renderer(scene, looks[0]) is not first
