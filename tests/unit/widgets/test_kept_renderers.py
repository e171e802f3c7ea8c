"""How many figures a kernel keeps."""

from __future__ import annotations

from typing import Any

from bonemets_teach.scenes import Look
from bonemets_teach.widgets._kept_renderers import kept_renderer


def test_second_picture_uses_the_figure_of_the_first(toys: Any) -> None:
    """A figure is built once as long as its explorer is in use."""
    scene = toys.ToyScene()
    assert kept_renderer(scene, Look()) is kept_renderer(scene, Look())


def test_another_look_or_scene_gives_up_the_figure_before(toys: Any) -> None:
    """One figure is kept, the one used last."""
    scene, other = toys.ToyScene(), toys.ToyScene()
    first = kept_renderer(scene, Look())
    assert kept_renderer(scene, Look(width_px=300)) is not first
    second = kept_renderer(scene, Look())
    assert second is not first
    assert kept_renderer(other, Look()) is not second
    assert kept_renderer(scene, Look()) is not second
