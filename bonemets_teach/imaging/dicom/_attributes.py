"""Attributes of a DICOM file as plain values, or a refusal that names the file."""

from __future__ import annotations

import math
from typing import Final

from pydicom.dataset import Dataset

from bonemets_teach.imaging.volume_file_error import ImageFileError

__all__ = ["EXPORT_AGAIN", "numbers", "short", "text"]

EXPORT_AGAIN: Final = "export or fetch the series again"


def numbers(
    name: str, dataset: Dataset, keyword: str, count: int, *, default: float | None = None
) -> list[float]:
    """Return the numbers of an attribute, or refuse the file."""
    value = dataset.get(keyword)
    if value is None or value == "":
        if default is not None:
            return [default] * count
        raise ImageFileError(name, f"has no {keyword}", EXPORT_AGAIN)
    try:
        found = [float(part) for part in (value if count > 1 else [value])]
    except (TypeError, ValueError):
        found = []
    if len(found) != count or not all(map(math.isfinite, found)):
        raise ImageFileError(name, f"has {keyword} {value!r}, not {count} finite numbers", EXPORT_AGAIN)
    return found


def text(dataset: Dataset, keyword: str) -> str:
    """Return an attribute as text, empty if it is missing."""
    return str(dataset.get(keyword, "") or "").strip("\0 ")


def short(error: Exception) -> str:
    """Return a foreign error in at most 160 characters."""
    return f"{type(error).__name__}: {error}"[:160]
