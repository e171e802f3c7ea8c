"""Finds or draws the pictures of an item."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bonemets_teach.content import asset
from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.item import Hotspot
from bonemets_teach.quiz.parts import SceneUse
from bonemets_teach.scenes.pointing import picture_png
from bonemets_teach.scenes.registry import PLATE_IDS

__all__ = ["Figure", "item_picture"]

Figure = Callable[[str, dict[str, Any], dict[str, Any]], bytes]
_MIME: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}


def item_picture(
    item: Item, index: Any, look: Any, figure: Figure | None, *, answered: bool
) -> tuple[str, bytes]:
    """Return a picture of an item.

    Parameters
    ----------
    item : Item
        The item.
    index : int
        0 is the scene, 1 and up are the images.
    look : dict
        width_px, scale, theme, narrow; what is missing or out of range takes its default.
    figure : callable or None
        Draws scenes.
    answered : bool
        Pictures that belong to the explanation are given out only after an answer.

    Returns
    -------
    mime : str
        Type of the data.
    data : bytes
        The picture.

    Raises
    ------
    ParameterError
        If there is no such picture, or not yet.
    """
    if isinstance(index, bool) or not isinstance(index, int):
        raise ParameterError("a picture is asked for by its number")
    if index == 0 and item.scene is not None:
        if isinstance(item, Hotspot):
            return "image/png", _to_point_at(item.scene, _look(look))
        if item.scene.role == "shown_after_answer" and not answered:
            raise ParameterError("this picture is shown after the answer")
        if item.scene.id in PLATE_IDS:
            return "image/png", _to_point_at(item.scene, _look(look))
        if figure is not None:
            return "image/png", figure(item.scene.id, dict(item.scene.state), _look(look))
    if 1 <= index <= len(item.images):
        path = asset(item.images[index - 1].file)
        return _MIME[path.suffix.removeprefix(".")], path.read_bytes()
    message = f"item {item.id} has no picture {index}"
    raise ParameterError(message)


def _to_point_at(scene: SceneUse, look: dict[str, Any]) -> bytes:
    # Places of targets are shares of this picture, so it has the same shape on every screen.
    return picture_png(scene.id, scene.state, theme=look["theme"], scale=look["scale"])


def _look(raw: Any) -> dict[str, Any]:
    asked = raw if isinstance(raw, dict) else {}
    width = int(_number(asked.get("width_px"), 240, 1200, 640))
    return {
        "width_px": width,
        "scale": _number(asked.get("scale"), 1, 3, 1),
        "theme": "dark" if asked.get("theme") == "dark" else "light",
        "narrow": width < 480,
    }


def _number(raw: Any, low: float, high: float, default: float) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or raw != raw:  # noqa: PLR0124 - NaN differs from itself
        return default
    return min(max(raw, low), high)
