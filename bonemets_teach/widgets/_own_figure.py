"""Hands a lesson's own figure to a page that can't load it by its path."""

from __future__ import annotations

import re
from typing import Any, Final

from bonemets_teach.content import assets_folder

__all__ = ["figure_message"]

_NAME: Final = re.compile(r"[a-z0-9-]+/[a-z0-9-]+\.(?P<kind>svg|png)")
_MIME: Final = {"svg": "image/svg+xml", "png": "image/png"}


def figure_message(name: Any) -> tuple[dict[str, Any], list[bytes]] | None:
    """Return a message with a figure.

    Parameters
    ----------
    name : Any
        What the page asks for; a path below ``assets/figures/`` such as "bone-remodeling/rankl-opg.svg".

    Returns
    -------
    message : tuple of dict and list of bytes, or None
        ``{"type": "figure", "name", "mime"}`` and the file; None for anything that is no such figure.
    """
    match = _NAME.fullmatch(name) if isinstance(name, str) else None
    path = assets_folder() / "figures" / match[0] if match else None
    if match is None or path is None or not path.is_file():
        return None
    return {"type": "figure", "name": match[0], "mime": _MIME[match["kind"]]}, [path.read_bytes()]
