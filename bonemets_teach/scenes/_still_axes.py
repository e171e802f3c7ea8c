"""Axes whose frame and fixed contents are drawn once and then copied, so that views can be swapped fast."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes

__all__ = ["StillAxes"]


class StillAxes(Axes):
    """Axes that are shown only in some states.

    Artists that move are made with ``animated=True`` and drawn by the renderer after these axes; all else is
    kept as pixels after the first drawing.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_animated(True)
        self._kept: dict[tuple[Any, ...], Any] = {}

    def draw(self, renderer: Any) -> None:
        """Draw, or copy what was drawn before at the same size.

        Parameters
        ----------
        renderer : RendererBase
            Where to.
        """
        if not self.get_visible():
            return
        if not hasattr(renderer, "restore_region"):
            super().draw(renderer)
            return
        size = (renderer.width, renderer.height, renderer.dpi)
        if size in self._kept:
            renderer.restore_region(self._kept[size])
            return
        super().draw(renderer)
        # Pixels below are the empty ground of the figure: nothing else is drawn under a panel.
        box = self.get_tightbbox(renderer)
        if box is not None:
            self._kept[size] = renderer.copy_from_bbox(box.padded(2))

    def show(self, *, visible: bool) -> None:
        """Show or hide the axes with everything that moves in them."""
        self.set_visible(visible)
        for artist in self.get_children():
            if artist.get_animated():
                artist.set_visible(visible)
