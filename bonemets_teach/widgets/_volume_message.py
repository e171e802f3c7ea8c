"""What the page needs to know of a loaded volume, and the slices that it asks for."""

from __future__ import annotations

from typing import Any, Final, cast, get_args

from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.dicom.geometry import Plane
from bonemets_teach.imaging.volume_file_loaded import LoadedVolume
from bonemets_teach.imaging.volume_file_view import describe_volume, slices_for_view, windows_for

__all__ = ["slices_of", "volume_message"]

_LARGEST_BYTES: Final = 8_000_000
"""Most that one message may carry [bytes]; chosen, so that the page stays quick on a slow line."""
_PLANES: Final = get_args(Plane)


def volume_message(volume: LoadedVolume) -> dict[str, Any]:
    """Return a volume without its voxels.

    Parameters
    ----------
    volume : LoadedVolume
        A scan.

    Returns
    -------
    message : dict
        "name", "text" and "series", one for each plane; all three share a window.
    """
    windows = [
        {"name": name[:1].upper() + name[1:], "center": window.center, "width": window.width}
        for name, window in windows_for(volume).items()
    ]
    return {
        "name": volume.name,
        "text": describe_volume(volume),
        "series": [_series(volume, plane, windows) for plane in _PLANES],
    }


def slices_of(volume: LoadedVolume, plane: Any, first: Any, count: Any) -> tuple[dict[str, Any], bytes]:
    """Return some slices of a plane.

    Parameters
    ----------
    volume : LoadedVolume
        A scan.
    plane, first, count : str, int and int
        As the page asks for them; nothing of it is trusted.

    Returns
    -------
    message : dict
        "series", "first", "count", "rows" and "columns".
    data : bytes
        Little-endian signed 16-bit integers.

    Raises
    ------
    ParameterError
        If there is no such plane or slice, or if they are too many for one message.
    """
    if not isinstance(plane, str) or not _is_whole(first) or not _is_whole(count):
        message = f"slices {first!r} + {count!r} of {plane!r} can't be understood; reload the page"
        raise ParameterError(message)
    stack = slices_for_view(volume, cast("Plane", plane))  # an unknown one is refused there
    _, rows, columns = stack.stored.shape
    if count > 1 and 2 * count * rows * columns > _LARGEST_BYTES:
        message = f"{count} slices are too many for one message; ask for fewer"
        raise ParameterError(message)
    data = stack.slice_bytes(first, count)
    return {"series": plane, "first": first, "count": count, "rows": rows, "columns": columns}, data


def _series(volume: LoadedVolume, plane: Plane, windows: list[dict[str, Any]]) -> dict[str, Any]:
    stack = slices_for_view(volume, plane)
    slices, rows, columns = stack.stored.shape
    return {
        "id": plane,
        "title": plane.capitalize(),
        "when": volume.name,
        "date": "current",
        "unit": volume.unit,
        "slices": slices,
        "rows": rows,
        "columns": columns,
        "scale": volume.scale,
        "pixel_mm": list(stack.pixel_mm),
        "affine": stack.affine.tolist(),
        "windows": windows,
        "inverted": False,
        "projection": False,
        "group": "volume",
    }


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
