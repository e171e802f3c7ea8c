"""Where the bodies of the lumbar vertebrae lie, in the phantom and on sagittal images."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.scenes._mr_regions import FIELD_MM, SIZE, middle_layer

__all__ = ["body_center", "pixel_of"]


@lru_cache(maxsize=16)
def body_center(phantom: Phantom, level: str) -> Point:
    """Return the middle of a vertebral body in the midsagittal plane.

    Parameters
    ----------
    phantom : Phantom
        The lumbar spine.
    level : str
        "L1" to "L5".

    Returns
    -------
    center : Point
        (z, y, x) [mm]: the mean of the bone of that vertebra that lies before the canal.
    """
    numbers, layer = phantom.bone_number, middle_layer()
    assert numbers is not None  # noqa: S101 - this phantom numbers its bones
    number = next(number for number, name in phantom.bone_names.items() if name == level)
    rows, columns = np.nonzero(numbers[:, :, layer] == number)
    canal = np.isin(phantom.label[:, :, layer], [Tissue.CSF, Tissue.CORD])
    front = np.where(canal.any(axis=1), canal.argmax(axis=1), canal.shape[1])
    before = columns < front[rows]
    z, y = float(rows[before].mean()), float(columns[before].mean())
    return (z + 0.5) * phantom.voxel_mm, (y + 0.5) * phantom.voxel_mm, (layer + 0.5) * phantom.voxel_mm


def pixel_of(phantom: Phantom, point: Point) -> tuple[float, float]:
    """Return row and column of a point of the phantom on a sagittal image.

    Parameters
    ----------
    phantom : Phantom
        The lumbar spine.
    point : Point
        (z, y, x) [mm].

    Returns
    -------
    row, column : float
        Pixel coordinates.
    """
    edge, middle = FIELD_MM / SIZE, (SIZE - 1) / 2
    row, column = (
        middle + (value - extent * phantom.voxel_mm / 2) / edge
        for value, extent in zip(point[:2], phantom.shape[:2], strict=True)
    )
    return row, column
