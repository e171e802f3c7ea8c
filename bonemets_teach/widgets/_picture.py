"""Packs an image with physical values into 16-bit integers for the page."""

from __future__ import annotations

from typing import Any

import numpy as np

from bonemets_teach.scenes import Picture

__all__ = ["image_message"]


def image_message(picture: Picture) -> tuple[dict[str, Any], bytes]:
    """Return what the page needs to show an image in its unit.

    Parameters
    ----------
    picture : Picture
        Values of shape (row, column) in the picture's unit; not-a-number is shown as the lowest value.

    Returns
    -------
    meta : dict
        Shape, unit, ``value = offset + slope * integer``, marks.
    data : bytes
        Little-endian unsigned 16-bit integers, row by row.
    """
    values = np.asarray(picture.values, dtype=np.float64)
    finite = np.isfinite(values)
    low = float(values[finite].min()) if finite.any() else 0.0
    high = float(values[finite].max()) if finite.any() else 1.0
    slope = max(high - low, 1e-9) / 65535
    scaled = np.where(finite, (values - low) / slope, 0.0)
    rows, columns = values.shape
    meta = {
        "rows": rows,
        "columns": columns,
        "offset": low,
        "slope": slope,
        "range": [low, high],
        "unit": picture.unit,
        "pixel_mm": picture.pixel_mm,
        "invert": picture.invert,
        "marks": [list(mark) for mark in picture.marks],
    }
    return meta, np.rint(scaled).astype("<u2").tobytes()
