"""Colors by meaning, the same in all lessons, told apart by people with any color vision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

__all__ = ["Palette", "palette"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Palette:
    """Hex colors of one theme; cells, tumor, bone and drug keep their hue in both."""

    osteoclast: str
    osteoblast: str
    tumor: str
    bone: str
    drug: str
    marrow: str
    text: str
    muted: str
    grid: str
    ground: str
    accent: str


# Hues after Okabe and Ito 2008 (Color Universal Design), darkened or lightened to 3:1 on the ground.
_LIGHT: Final = Palette(
    osteoclast="#c8500a", osteoblast="#0b62a4", tumor="#9b2f7f", bone="#7a5c2e", drug="#00795a",
    marrow="#f3d9c8", text="#1c2430", muted="#566070", grid="#d9dee6", ground="#ffffff", accent="#0b6e74",
)  # fmt: skip
_DARK: Final = Palette(
    osteoclast="#ff9a52", osteoblast="#6cb8f0", tumor="#e58cc9", bone="#dcbc85", drug="#4ad1a4",
    marrow="#4b3428", text="#e8ecf2", muted="#a9b3c1", grid="#3a4452", ground="#151a21", accent="#5fc9cf",
)  # fmt: skip


def palette(theme: Literal["light", "dark"]) -> Palette:
    """Return the colors of a theme.

    Parameters
    ----------
    theme : {"light", "dark"}
        The page's theme.

    Returns
    -------
    colors : Palette
        Hex colors.
    """
    return _DARK if theme == "dark" else _LIGHT
