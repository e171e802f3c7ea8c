"""Turns the Markdown of a lesson into HTML, with this server's addresses for figures and lessons."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Final

from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from bonemets_teach.content import assets_folder
from bonemets_teach.content.language import tr
from bonemets_teach.errors import ContentError
from bonemets_teach.server.course import Course
from bonemets_teach.server.picture_size import picture_size

__all__ = ["PUBLIC_ASSETS", "LessonMarkdown", "asset_path"]

PUBLIC_ASSETS: Final = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif"})
_ASSET: Final = re.compile(r'(?P<attribute>\b(?:src|href))="(?:\.\./)?assets/(?P<path>[^"?#]+)"')
_NOTEBOOK: Final = re.compile(r'\bhref="(?:\./)?(?P<name>[\w.-]+\.ipynb)(?P<anchor>#[^"]*)?"')
_IMAGE: Final = re.compile(r'<img [^>]*?src="(?P<address>[^"]+)"[^>]*>')
_SIZED: Final = re.compile(r"\s(?:width|height)=")
_TABLE: Final = re.compile(r"<table>(.*?)</table>", re.DOTALL)


def asset_path(relative: str) -> Path | None:
    """Return a picture below ``assets/`` that pages may show.

    Parameters
    ----------
    relative : str
        Path with forward slashes, as it stands in an address.

    Returns
    -------
    path : Path or None
        None for anything that is no picture or lies elsewhere.
    """
    try:
        folder = assets_folder().resolve()
    except ContentError:
        return None
    path = (folder / relative).resolve()
    allowed = path.suffix.lower() in PUBLIC_ASSETS and path.is_relative_to(folder) and path.is_file()
    return path if allowed else None


@lru_cache(maxsize=256)
def _digest(path: Path, _changed_ns: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]


class LessonMarkdown:
    """Renders Markdown cells.

    Parameters
    ----------
    base_url : str
        Path of the server, with slashes at both ends.
    course : Course
        Knows which notebook is which lesson.
    """

    def __init__(self, base_url: str, course: Course) -> None:
        self._base_url = base_url
        self._lessons = {Path(entry.notebook).name: entry.id for entry in course.entries if entry.notebook}

    def render(self, source: str) -> str:
        """Render one cell.

        Parameters
        ----------
        source : str
            Markdown; raw HTML in it is the author's and stays.

        Returns
        -------
        html : str
            Figures load when they come near; tables scroll by themselves on a narrow screen.
        """
        html = MarkdownWithMath(renderer=IPythonRenderer(escape=False, exclude_anchor_links=True)).render(
            source
        )
        html = _ASSET.sub(self._asset, html)
        html = _NOTEBOOK.sub(self._lesson, html)
        html = _TABLE.sub(
            rf'<div class="bm-table" tabindex="0" role="group" aria-label="{tr("Table")}">\g<0></div>', html
        )
        html = html.replace("<img ", '<img loading="lazy" decoding="async" ')
        return _IMAGE.sub(self._picture, html)

    def _asset(self, match: re.Match[str]) -> str:
        path = asset_path(match["path"])
        version = f"?v={_digest(path, path.stat().st_mtime_ns)}" if path else ""
        return f'{match["attribute"]}="{self._base_url}assets/{match["path"]}{version}"'

    def _lesson(self, match: re.Match[str]) -> str:
        lesson = self._lessons.get(match["name"])
        target = f"lesson/{lesson}{match['anchor'] or ''}" if lesson else ""
        return f'href="{self._base_url}{target}"'

    def _picture(self, match: re.Match[str]) -> str:
        # On a phone a wide figure is small; alone in its own tab it can be zoomed.
        address, element = match["address"], match[0]
        path = asset_path(address.removeprefix(f"{self._base_url}assets/").partition("?")[0])
        size = picture_size(path) if path else None
        if size and not _SIZED.search(element):
            # Room for a picture that comes late: what is being read stays where it is.
            element = element.replace("<img ", f'<img width="{size[0]}" height="{size[1]}" ', 1)
        words = tr("Open the figure alone")
        return f'<a class="bm-enlarge" href="{address}" target="_blank" rel="noopener" title="{words}">{element}</a>'
