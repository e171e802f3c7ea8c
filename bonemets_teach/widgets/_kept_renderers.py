"""The figure kept for the next picture: only one, since each takes 5 MB of a learner's memory, and 20 on a fine screen."""

from __future__ import annotations

from typing import Any

from bonemets_teach.scenes import Look, Scene
from bonemets_teach.scenes.render import FigureRenderer

__all__ = ["kept_renderer"]

_kept: list[tuple[Scene[Any], Look, FigureRenderer]] = []


def kept_renderer(scene: Scene[Any], look: Look) -> FigureRenderer:
    """Return the renderer of a scene in a look, made anew if another one was used since.

    Parameters
    ----------
    scene : Scene
        What to draw.
    look : Look
        Size, arrangement and theme.

    Returns
    -------
    renderer : FigureRenderer
        Draws the first picture in some 100 ms, the next ones in 10.
    """
    if _kept and _kept[0][0] is scene and _kept[0][1] == look:
        return _kept[0][2]
    while _kept:
        _kept.pop()[2].close()
    renderer = FigureRenderer(scene, look)
    _kept.append((scene, look, renderer))
    return renderer
