"""Places of a hotspot item in its picture, and which of them is right."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence
from functools import cache

from bonemets_teach.content import asset
from bonemets_teach.errors import BonemetsError, ContentError
from bonemets_teach.quiz.computed import key_quantity
from bonemets_teach.quiz.hotspot import Hotspot, Spot, Target
from bonemets_teach.quiz.known_keys import known
from bonemets_teach.quiz.solution import Region, Solution
from bonemets_teach.scenes.pointing import data_share, mark_share, picture_aspect

__all__ = ["image_aspect", "solve_hotspot"]


@cache
def image_aspect(file: str) -> float:
    """Return height over width of a picture.

    Parameters
    ----------
    file : str
        Path below ``assets/`` of an SVG or PNG file.

    Returns
    -------
    aspect : float
        Above 0.

    Raises
    ------
    ContentError
        If the file is missing or of another type, or its size can't be read.
    """
    path = asset(file)
    if not path.is_file():
        message = f"there is no picture assets/{file}"
        raise ContentError(message)
    head = path.read_bytes()[:2000]
    if head.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", head[16:24])
        return float(height / width)
    found = re.search(rb"viewBox=\"[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)\"", head)
    if found is None:
        message = f"assets/{file}: a picture to point at is a PNG, or an SVG with a viewBox"
        raise ContentError(message)
    return float(found.group(2)) / float(found.group(1))


def solve_hotspot(item: Hotspot) -> Solution:
    """Work out the places of all targets and the right one.

    Parameters
    ----------
    item : Hotspot
        The item.

    Returns
    -------
    solution : Solution
        One key, a region for each target.

    Raises
    ------
    ContentError
        If the scene does not know a place, or the spot of the key lies in no target or in several.
    """
    try:
        regions = {target.id: _region(item, target, _aspect(item)) for target in item.targets}
        spot = _place(item, item.computed.inside) if item.computed else None
    except (BonemetsError, ImportError) as error:
        message = str(error) if str(error).startswith("item ") else f"item {item.id}: {error}"
        raise ContentError(message) from error
    if spot is None:
        return Solution(keys=frozenset(target.id for target in item.targets if target.key), regions=regions)
    keys = frozenset(name for name, region in regions.items() if region.contains(*spot))
    if len(keys) != 1:
        where = f"({spot[0]:.3f}, {spot[1]:.3f})"
        message = f"item {item.id}: the computed spot {where} lies in {len(keys)} targets; it must lie in one"
        raise ContentError(message)
    return Solution(keys=keys, regions=regions)


def _aspect(item: Hotspot) -> float:
    if item.scene is None:
        return image_aspect(item.images[0].file)
    scene, state = item.scene.id, item.scene.state
    return float(known(("aspect", scene, state), lambda: picture_aspect(scene, state)))


def _region(item: Hotspot, target: Target, aspect: float) -> Region:
    if target.box is not None:
        box = target.box
        return Region(
            shape="box",
            x=box.x + box.width / 2,
            y=box.y + box.height / 2,
            half_width=box.width / 2,
            half_height=box.height / 2,
        )
    if target.circle is not None:
        (x, y), r = (target.circle.x, target.circle.y), target.circle.r
    else:
        assert target.around is not None  # noqa: S101 - a target has exactly one of the three
        (x, y), r = _place(item, target.around), target.around.r
    return Region(shape="circle", x=x, y=y, half_width=r, half_height=r / aspect)


def _place(item: Hotspot, spot: Spot) -> tuple[float, float]:
    assert item.scene is not None  # noqa: S101 - the model has checked
    scene, state = item.scene.id, item.scene.state
    mark = spot.mark
    if mark is not None:
        return _pair(known(("mark", scene, state, mark), lambda: mark_share(scene, state, mark)))
    x = spot.x if spot.x_quantity is None else key_quantity(item.id, scene, state, spot.x_quantity)
    y = spot.y if spot.y_quantity is None else key_quantity(item.id, scene, state, spot.y_quantity)
    axes, point = spot.panel or spot.axes or 0, ((x or 0.0) * spot.x_scale, (y or 0.0) * spot.y_scale)
    return _pair(known(("point", scene, state, axes, point), lambda: data_share(scene, state, axes, point)))


def _pair(place: Sequence[float]) -> tuple[float, float]:
    return float(place[0]), float(place[1])
