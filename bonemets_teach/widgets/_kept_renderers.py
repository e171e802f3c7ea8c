"""Figures kept for the next picture: a few, since each takes 6 MB of a learner's memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from bonemets_teach.content.language import language
from bonemets_teach.scenes import Look, Scene
from bonemets_teach.scenes.render import FigureRenderer

__all__ = ["kept_renderer"]

# Chosen: a learner works with one explorer at a time, now and then with a second one.
_MOST: Final = 2
_kept: OrderedDict[tuple[int, Look, str], tuple[Scene[Any], FigureRenderer]] = OrderedDict()


def kept_renderer(scene: Scene[Any], look: Look) -> FigureRenderer:
    """Return the renderer of a scene in a look, made anew if others were used since.

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
    key = id(scene), look, language()
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key][1]
    while len(_kept) >= _MOST:
        _, (_, longest_unused) = _kept.popitem(last=False)
        longest_unused.close()
    renderer = FigureRenderer(scene, look)
    _kept[key] = scene, renderer
    return renderer
