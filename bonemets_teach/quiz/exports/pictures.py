"""The pictures of an item as files: those of scenes are computed, others come from ``assets/``."""

from __future__ import annotations

import hashlib
import re
import struct
from typing import Final

from bonemets_teach.content import asset
from bonemets_teach.quiz.exports.question import Picture
from bonemets_teach.quiz.exports.words import clean, line, safe_name
from bonemets_teach.quiz.item import Item
from bonemets_teach.quiz.parts import say
from bonemets_teach.scenes.pointing import picture_png

__all__ = ["item_pictures"]

_MIME: Final = {"png": "image/png", "jpg": "image/jpeg", "webp": "image/webp", "svg": "image/svg+xml"}
_COMPUTED: Final = "Computed by the model of this course."
# Sharp on paper and on dense screens.
_SCALE: Final = 1.5
_UNKNOWN: Final = (640, 480)


def item_pictures(item: Item) -> tuple[Picture, ...]:
    """Return the pictures of an item, that of its scene first.

    Parameters
    ----------
    item : Item
        The item.

    Returns
    -------
    pictures : tuple of Picture
        Names hold the item's id and a share of the content's hash, so that a changed picture has a new name.

    Raises
    ------
    BonemetsError
        If a file is missing or a scene can't be drawn.
    """
    found = []
    if item.scene is not None:
        data = picture_png(item.scene.id, item.scene.state, scale=_SCALE)
        before = item.scene.role == "stimulus"
        found.append(_picture(item, 0, "png", data, (say(item.scene.alt, item.lang), _COMPUTED, before)))
    for number, image in enumerate(item.images, start=1):
        path = asset(image.file)
        words = (say(image.alt, item.lang), f"{image.credit}, {image.license}", True)
        found.append(_picture(item, number, path.suffix.removeprefix("."), path.read_bytes(), words))
    return tuple(found)


def _picture(item: Item, number: int, kind: str, data: bytes, words: tuple[str, str, bool]) -> Picture:
    alt, credit, before = words
    mark = hashlib.sha256(data).hexdigest()[:8]
    width, height = _size(kind, data)
    return Picture(
        name=f"bonemets-{safe_name(item.id)}-{number}-{mark}.{kind}",
        mime=_MIME[kind],
        data=data,
        width=width,
        height=height,
        alt=line(clean(alt)),
        credit=clean(credit),
        before=before,
    )


def _size(kind: str, data: bytes) -> tuple[int, int]:
    if kind == "png":
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    box = re.search(rb"viewBox=\"[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)\"", data[:2000]) if kind == "svg" else None
    return (round(float(box[1])), round(float(box[2]))) if box else _UNKNOWN
