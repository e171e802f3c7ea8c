"""Scripts and styles of the pages: joined, addressed by the hash of their content, kept in memory."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

__all__ = ["BUNDLES", "bundle", "bundle_hash", "static_url"]

_HERE: Final = Path(__file__).resolve().parent / "static"
_WIDGETS: Final = Path(__file__).resolve().parents[1] / "widgets" / "static"

# Parts in order; like the widgets' modules they are joined, so one request brings all.
BUNDLES: Final = {
    "page.css": (
        _WIDGETS / "tokens.css",
        _HERE / "page.css",
        _HERE / "lesson.css",
        _HERE / "home.css",
        _HERE / "models.css",
        _HERE / "review.css",
        _HERE / "instructor.css",
    ),
    "theme.js": (_HERE / "theme.js", _HERE / "language.js"),
    "host.js": (
        _WIDGETS / "words.js",
        _HERE / "wire.js",
        _HERE / "buffers.js",
        _HERE / "model.js",
        _HERE / "connection.js",
        _HERE / "widgets.js",
        _HERE / "learner.js",
        _HERE / "due_line.js",
        _HERE / "host.js",
    ),
    "home.js": (_WIDGETS / "words.js", _HERE / "learner.js", _HERE / "due_words.js", _HERE / "home.js"),
    "review.js": (
        _WIDGETS / "words.js",
        _HERE / "learner.js",
        _HERE / "due_words.js",
        _HERE / "review_parts.js",
        _HERE / "review_model.js",
        _HERE / "review_test.js",
        _HERE / "review_overview.js",
        _HERE / "review.js",
    ),
    "message.js": (_WIDGETS / "words.js", _HERE / "message.js"),
    "fallback.js": (_HERE / "fallback.js",),
}


@cache
def bundle(name: str) -> bytes:
    """Return one script or style sheet.

    Parameters
    ----------
    name : str
        Key of `BUNDLES`.

    Returns
    -------
    content : bytes
        UTF-8 text.
    """
    return b"\n".join(part.read_bytes() for part in BUNDLES[name])


@cache
def bundle_hash(name: str) -> str:
    """Return the hash that stands in the address.

    Parameters
    ----------
    name : str
        Key of `BUNDLES`.

    Returns
    -------
    digest : str
        12 hexadecimal digits.
    """
    return hashlib.sha256(bundle(name)).hexdigest()[:12]


def static_url(base_url: str, name: str) -> str:
    """Return the address of a script or style sheet.

    Parameters
    ----------
    base_url : str
        Path of the server, with slashes at both ends.
    name : str
        Key of `BUNDLES`.

    Returns
    -------
    url : str
        With the hash, so it may be cached for ever.
    """
    return f"{base_url}static/{name}?v={bundle_hash(name)}"
