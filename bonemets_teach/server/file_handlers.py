"""Files: scripts and styles, widget code, pictures of the lessons; nothing else below any folder."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Final

from bonemets_teach.server.markdown import asset_path
from bonemets_teach.server.page_handler import PageHandler
from bonemets_teach.server.static_files import BUNDLES, bundle, bundle_hash

__all__ = ["AssetHandler", "StaticHandler", "WidgetCodeHandler"]

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_TYPES: Final = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}


class _FileHandler(PageHandler):
    def send(self, content: bytes, kind: str, *, for_ever: bool) -> None:
        """Send a file; one whose address holds its hash may be kept for ever."""
        self.set_header("Content-Type", kind)
        self.set_header("Cache-Control", _FOR_EVER if for_ever else "no-cache")
        self.set_header("Etag", f'"{hashlib.sha256(content).hexdigest()[:20]}"')
        if self.check_etag_header():
            self.set_status(304)
            return
        self.write(content)


class StaticHandler(_FileHandler):
    """Scripts and styles of the pages."""

    async def get(self, name: str) -> None:
        """Send one.

        Parameters
        ----------
        name : str
            Key of `static_files.BUNDLES`.
        """
        if name not in BUNDLES:
            self.show_message(404)
            return
        current = self.get_query_argument("v", "") == bundle_hash(name)
        self.send(bundle(name), _TYPES[name.rpartition(".")[2]], for_ever=current)


class WidgetCodeHandler(_FileHandler):
    """Modules and style sheets of widgets, by hash."""

    async def get(self, name: str) -> None:
        """Send one.

        Parameters
        ----------
        name : str
            Hash and ending.
        """
        content = self.app.widget_code.get(name)
        if content is None:
            self.show_message(404)
            return
        self.send(content, _TYPES[name.rpartition(".")[2]], for_ever=True)


class AssetHandler(_FileHandler):
    """Pictures of the lessons."""

    async def get(self, relative: str) -> None:
        """Send one.

        Parameters
        ----------
        relative : str
            Path below ``assets/``.
        """
        path = asset_path(relative)
        if path is None:
            self.show_message(404)
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.send(path.read_bytes(), kind, for_ever=bool(self.get_query_argument("v", "")))
