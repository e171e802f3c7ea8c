"""What all pictures for questions share."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar

import numpy as np
from matplotlib.figure import Figure
from matplotlib.image import AxesImage

from bonemets_teach.scenes.plates.exposed import Exposed
from bonemets_teach.scenes.plates.kept import kept_plate
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, State, Window

__all__ = ["Plate"]


class Plate(ImageScene[Exposed]):
    """A picture for questions; unlike an explorer it has no presets and no tasks."""

    presets: ClassVar[tuple[Any, ...]] = ()
    tasks: ClassVar[tuple[Any, ...]] = ()
    unit: ClassVar[str] = "of white"
    windows: ClassVar[tuple[Window, ...]] = (Window(id="shown", label="As shown", center=0.5, width=1.0),)

    def compute(self, state: State) -> Exposed:
        """Return the picture, as it was kept or computed anew; see `Scene.compute`."""
        return kept_plate(self.id, state) or self.expose(state)

    @abstractmethod
    def expose(self, state: State) -> Exposed:
        """Compute the picture of a complete state."""

    def picture(self, result: Exposed) -> Picture:
        """Return the image with its places; see `ImageScene.picture`."""
        rows, columns = result.values.shape
        marks = [
            (row, column, name)
            for name, (row, column) in result.marks.items()
            if 0 <= row < rows and 0 <= column < columns
        ]
        return Picture(values=result.values, unit=self.unit, pixel_mm=result.pixel_mm, marks=tuple(marks))

    def build(self, figure: Figure, look: Look) -> AxesImage:  # noqa: ARG002 - an image has one look
        """Make an image that fills the figure; see `Scene.build`."""
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        return axes.imshow(np.zeros((2, 2)), cmap="gray", vmin=0.0, vmax=1.0, animated=True)

    def update(self, artists: AxesImage, result: Exposed) -> None:
        """Show the image; see `Scene.update`."""
        rows, columns = result.values.shape
        artists.set_data(result.values)
        artists.set_extent((-0.5, columns - 0.5, rows - 0.5, -0.5))

    def describe(self, result: Exposed) -> str:
        """Say what the model knows; see `Scene.describe`."""
        return result.words

    def quantities(self, result: Exposed) -> dict[str, float]:
        """Return the named numbers; see `Scene.quantities`."""
        return dict(result.numbers)
