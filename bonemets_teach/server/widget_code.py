"""Modules and style sheets of widgets, served by the hash of their content, not inside messages."""

from __future__ import annotations

import hashlib
from typing import Any

__all__ = ["WidgetCode"]


class WidgetCode:
    """Keeps the text of widget modules and style sheets, each once.

    Parameters
    ----------
    base_url : str
        Path of the server, with slashes at both ends.
    """

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._texts: dict[str, bytes] = {}

    def get(self, name: str) -> bytes | None:
        """Return one stored text.

        Parameters
        ----------
        name : str
            Such as ``0123456789abcdef0123.js``.

        Returns
        -------
        text : bytes or None
            None if there is none of this name.
        """
        return self._texts.get(name)

    def take_out(self, state: dict[str, Any]) -> dict[str, Any]:
        """Replace the code in a widget's state by addresses.

        Parameters
        ----------
        state : dict
            State of an anywidget with ``_esm`` and perhaps ``_css``.

        Returns
        -------
        short : dict
            The state with ``_esm_url`` and ``_css_url`` instead.
        """
        short = dict(state)
        for key, ending in (("_esm", "js"), ("_css", "css")):
            text = short.get(key)
            if isinstance(text, str) and text and not text.startswith(("http://", "https://")):
                del short[key]
                short[f"{key}_url"] = self._store(text.encode(), ending)
        return short

    def _store(self, text: bytes, ending: str) -> str:
        name = f"{hashlib.sha256(text).hexdigest()[:20]}.{ending}"
        self._texts.setdefault(name, text)
        return f"{self._base_url}widget/{name}"
