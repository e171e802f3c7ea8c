"""Axes and artists of the artifact scene: the image and its k-space, for print."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from bonemets_teach.scenes._mr_artifact_result import GAP_PIXELS, SEQUENCES, ArtifactResult
from bonemets_teach.scenes._mr_regions import SIZE
from bonemets_teach.scenes.palette import palette
from bonemets_teach.scenes.scene import Look

__all__ = ["ArtifactArtists", "build", "update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArtifactArtists:
    """What moves."""

    image: Any
    words: Any


def build(figure: Figure, look: Look) -> ArtifactArtists:
    """Make axes and artists once.

    Parameters
    ----------
    figure : Figure
        Empty.
    look : Look
        Size and arrangement; the image keeps its dark ground in both themes.

    Returns
    -------
    artists : ArtifactArtists
        For `update`.
    """
    axes = figure.add_axes((0.005, 0.09, 0.99, 0.82))
    axes.set_axis_off()
    axes.set_title("Image through the pedicles, and its k-space", size=11)
    columns = 2 * SIZE + GAP_PIXELS
    image = axes.imshow(
        np.zeros((SIZE, columns)), cmap="gray", vmin=0, vmax=1000, interpolation="bilinear", animated=True
    )
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(SIZE - 0.5, -0.5)
    words = figure.text(0.01, 0.035, "", size=9.5, va="center", color=palette(look.theme).text, animated=True)
    return ArtifactArtists(image=image, words=words)


def update(artists: ArtifactArtists, result: ArtifactResult) -> None:
    """Show a result.

    Parameters
    ----------
    artists : ArtifactArtists
        From `build`.
    result : ArtifactResult
        What to show.
    """
    artists.image.set_data(result.shown)
    artists.words.set_text(
        f"{SEQUENCES[str(result.state['sequence'])]}   pixel {result.pixel_mm:.2f} mm   {result.seconds:.0f} s   "
        f"noise {result.noise:.0f}   ghosts {result.ghost_percent:.0f} %   spoiled {result.spoiled_cm2:.0f} cm²"
    )
