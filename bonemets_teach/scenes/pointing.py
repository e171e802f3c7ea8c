"""Pictures to point at: always drawn in one look, so that a place has the same shares of width and height for everybody."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Literal

import numpy as np
import numpy.typing as npt

from bonemets_teach.content.language import speaking
from bonemets_teach.errors import ContentError
from bonemets_teach.scenes._png import encode
from bonemets_teach.scenes.registry import PLATE_IDS, load_scene
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Scene

__all__ = ["data_share", "mark_share", "picture_aspect", "picture_png"]

# The width for which the wide arrangement of every figure is made.
_WIDTH: Final = 760
# A film of few columns is shown with squares of so many pixels for each of its own.
_ENLARGED: Final = 2
_FEW_COLUMNS: Final = 400
Point = tuple[float, float]


def picture_png(
    scene_id: str, state: Mapping[str, Any], *, theme: Literal["light", "dark"] = "light", scale: float = 1.0
) -> bytes:
    """Draw a scene as a picture to point at: a figure in its wide arrangement, an image alone in its first window.

    Parameters
    ----------
    scene_id : str
        Id of a scene.
    state : mapping
        Partial state; the rest is the default.
    theme : {"light", "dark"}
        Colors of a figure.
    scale : float, default 1
        Device pixels per CSS pixel of a figure.

    Returns
    -------
    png : bytes
        An encoded picture.
    """
    scene, result = _computed(scene_id, state)
    if isinstance(scene, ImageScene):
        return encode(_grays(scene, scene.picture(result)))
    return FigureRenderer(scene, Look(width_px=_WIDTH, scale=scale, theme=theme)).png(result)


def picture_aspect(scene_id: str, state: Mapping[str, Any]) -> float:
    """Return height over width of the picture to point at.

    Parameters
    ----------
    scene_id, state
        As in `picture_png`.

    Returns
    -------
    aspect : float
        Above 0.
    """
    scene, result = _computed(scene_id, state)
    if isinstance(scene, ImageScene):
        rows, columns = scene.picture(result).values.shape
        return float(rows / columns)
    return scene.aspect


def mark_share(scene_id: str, state: Mapping[str, Any], mark: str) -> Point:
    """Return where a mark of an image lies.

    Parameters
    ----------
    scene_id, state
        As in `picture_png`.
    mark : str
        Label of the mark.

    Returns
    -------
    place : (float, float)
        Shares of width and height from top left.

    Raises
    ------
    ContentError
        If the scene has no image or no such mark.
    """
    scene, result = _computed(scene_id, state)
    picture = scene.picture(result) if isinstance(scene, ImageScene) else None
    marks = {label: (row, column) for row, column, label in picture.marks} if picture else {}
    if picture is None or mark not in marks:
        message = f"scene {scene_id} has no mark “{mark}”; it has {', '.join(marks) or 'none'}"
        raise ContentError(message)
    row, column = marks[mark]
    rows, columns = picture.values.shape
    return float(column / columns), float(row / rows)


def data_share(scene_id: str, state: Mapping[str, Any], axes: int | str, point: Point) -> Point:
    """Return where a point of a figure's data lies.

    Parameters
    ----------
    scene_id, state
        As in `picture_png`.
    axes : int or str
        Number of the axes in the figure, from 0; or how its title begins.
    point : (float, float)
        x and y in the units of the axes.

    Returns
    -------
    place : (float, float)
        Shares of width and height from top left.

    Raises
    ------
    ContentError
        If the scene is an image or has no such axes.
    """
    scene, _ = _computed(scene_id, state)
    if isinstance(scene, ImageScene):
        message = f"scene {scene_id} is an image; name one of its marks instead of axes"
        raise ContentError(message)
    try:
        return _drawn(scene_id, tuple(sorted({**scene.defaults(), **state}.items()))).locate(axes, point)
    except IndexError:
        message = f"scene {scene_id} has no axes “{axes}”"
        raise ContentError(message) from None


def _computed(scene_id: str, state: Mapping[str, Any]) -> tuple[Scene[Any], Any]:
    scene = load_scene(scene_id)
    full, notes = scene.complete(state)
    if notes:
        message = f"scene {scene_id}: {' '.join(notes)}"
        raise ContentError(message)
    keep = _plate if scene_id in PLATE_IDS else _result
    return scene, keep(scene_id, tuple(sorted(full.items())))


# Pictures for questions are small, and a lesson has two dozen of them.
@lru_cache(maxsize=32)
def _plate(scene_id: str, state: tuple[tuple[str, Any], ...]) -> Any:
    return load_scene(scene_id).compute(dict(state))


@lru_cache(maxsize=8)
def _result(scene_id: str, state: tuple[tuple[str, Any], ...]) -> Any:
    return load_scene(scene_id).compute(dict(state))


@lru_cache(maxsize=4)
def _drawn(scene_id: str, state: tuple[tuple[str, Any], ...]) -> FigureRenderer:
    # Axes have their final place only after drawing.
    renderer = FigureRenderer(load_scene(scene_id), Look(width_px=_WIDTH))
    # Items name axes by their English titles; places are the same in every language.
    with speaking("en"):
        renderer.png(_result(scene_id, state))
    return renderer


def _grays(scene: ImageScene[Any], picture: Picture) -> npt.NDArray[np.uint8]:
    window = scene.windows[0]
    shown = (np.nan_to_num(picture.values) - (window.center - window.width / 2)) / window.width
    level = np.clip(1.0 - shown if picture.invert else shown, 0.0, 1.0)
    factor = _ENLARGED if level.shape[1] < _FEW_COLUMNS else 1
    gray = np.rint(255.0 * level).astype(np.uint8).repeat(factor, axis=0).repeat(factor, axis=1)
    opaque = np.full_like(gray, 255)
    return np.ascontiguousarray(np.stack([gray, gray, gray, opaque], axis=-1))
