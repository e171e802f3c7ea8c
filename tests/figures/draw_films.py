"""Computes the films in the figure of the three lesions; run it as a script after the model has changed."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bonemets_teach.content import asset
from bonemets_teach.scenes import load_scene

FIGURE = "figures/lytic-and-blastic/three-lesions.svg"
# Healthy, lytic, mixed, blastic: the states of the scene, on one gray scale for all four.
STATES = (
    {"month": 0.0},
    {"phenotype": 0.05, "month": 12.0},
    {"phenotype": 0.45, "month": 12.0},
    {"phenotype": 0.95, "month": 12.0},
)
DARKEST, WHITEST = -28.0, 55.0
_IMAGES = re.compile(r'<image class="film"[^>]*href="data:image/png;base64,([^"]+)"')


def films() -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    """Return the four films as gray images."""
    scene = load_scene("lesion-phenotype")
    shown = []
    for state in STATES:
        full, notes = scene.complete(state)
        assert not notes
        film = np.asarray(scene.compute(full).film, dtype=float)
        gray = np.clip((film - DARKEST) / (WHITEST - DARKEST), 0, 1) * 255
        shown.append(np.rint(gray).astype(np.uint8))
    return shown


def drawn(svg: str) -> list[np.ndarray[Any, np.dtype[np.uint8]]]:
    """Return the films that stand in the figure."""
    found = [Image.open(BytesIO(base64.b64decode(data))) for data in _IMAGES.findall(svg)]
    return [np.asarray(image.convert("L")) for image in found]


def main() -> None:
    """Write the films into the figure."""
    path: Path = asset(FIGURE)
    svg = path.read_text("utf-8")
    for number, film in enumerate(films()):
        buffer = BytesIO()
        Image.fromarray(film).save(buffer, "png", optimize=True)
        data = base64.b64encode(buffer.getvalue()).decode()
        place = f'x="{30 + 174 * number}" y="292" width="138" height="138"'
        image = f'<image class="film" {place} preserveAspectRatio="xMidYMid slice" href="data:image/png;base64,{data}"/>'
        svg = re.sub(
            rf"<!--film{number}-->.*?<!--/film{number}-->",
            f"<!--film{number}-->{image}<!--/film{number}-->",
            svg,
            flags=re.DOTALL,
        )
    path.write_text(svg, "utf-8")


if __name__ == "__main__":
    main()
