"""The page about the models, made from the cards that stand beside the code of each model."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections import Counter
from typing import Any, Final

from bonemets_teach.errors import ContentError
from bonemets_teach.server.fork_client import single_threaded_environment
from bonemets_teach.server.pages import Pages

__all__ = ["ModelsPage", "read_cards"]

_COMMAND: Final = (sys.executable, "-m", "bonemets_teach.lessons.model_cards")
_LONGEST_S: Final = 120.0


class ModelsPage:
    """Makes the page when it is first asked for and keeps it.

    Parameters
    ----------
    pages : Pages
        Renders the template.
    """

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._cards: list[dict[str, Any]] = []
        self._html: dict[str, str] = {}
        self._making = asyncio.Lock()

    async def html(self, language: str = "en") -> str:
        """Return the page.

        Parameters
        ----------
        language : str, default "en"
            Language of its header; the cards are English.

        Returns
        -------
        html : str
            The same for everybody.

        Raises
        ------
        ContentError
            If the cards can't be read; the next visitor tries again.
        """
        async with self._making:
            if not self._cards:
                cards = await asyncio.to_thread(read_cards)
                for card in cards:
                    card["kinds"] = Counter(number["kind"] for number in card["parameters"])
                self._cards = cards
            if language not in self._html:
                self._html[language] = self._pages.models(self._cards, language)
        return self._html[language]


def read_cards() -> list[dict[str, Any]]:
    """Read the cards in a process of their own, so that the server stays small without the models.

    Returns
    -------
    cards : list of dict
        As `lessons.model_cards.cards_for_page` gives them.

    Raises
    ------
    ContentError
        If that process fails.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            _COMMAND, env=single_threaded_environment(), capture_output=True, timeout=_LONGEST_S, check=True
        )
        cards: list[dict[str, Any]] = json.loads(done.stdout)
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        said = (getattr(error, "stderr", None) or b"").decode(errors="replace")[-500:]
        message = (
            f"the cards of the models can't be read: {error} {said}; run {' '.join(_COMMAND[1:])} to see why"
        )
        raise ContentError(message) from error
    return cards
