"""Writes the notebook that an author without this package's widgets would write: interact and an inline figure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bonemets_teach.scenes import ImageScene, Scene
from tests.bench.pages import live_slider

__all__ = ["write_notebook"]

_SETUP = """\
%matplotlib inline
import matplotlib.pyplot as plt
from ipywidgets import FloatSlider, interact
from bonemets_teach.scenes import load_scene
scene = load_scene({scene_id!r})
# What our server computes before the first learner comes.
scene.rehearse()
"""
_FIGURE = """\
def show(value):
    result = scene.compute(scene.defaults() | {{{name!r}: value}})
    figure = plt.figure(figsize=({width} / 72, {height} / 72), dpi=72)
    scene.draw(figure, result)
    plt.show()
"""
_IMAGE = """\
window = scene.windows[0]
low, high = window.center - window.width / 2, window.center + window.width / 2
def show(value):
    result = scene.compute(scene.defaults() | {{{name!r}: value}})
    figure = plt.figure(figsize=({width} / 72, {height} / 72), dpi=72)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.imshow(scene.picture(result).values, cmap="gray", vmin=low, vmax=high)
    axes.set_axis_off()
    plt.show()
"""
_SLIDER = """\
interact(show, value=FloatSlider(min={low}, max={high}, step={step}, value={default}))
None
"""


def write_notebook(folder: Path, scene: Scene[Any], size: tuple[float, float]) -> None:
    """Write ``<scene id>.ipynb``.

    Parameters
    ----------
    folder : Path
        Where.
    scene : Scene
        What is shown; its first slider that draws while it moves is the slider.
    size : tuple of float
        Width and height of the picture in our explorer [CSS pixels].
    """
    _, slider = live_slider(scene)
    shape = {"name": slider.name, "width": round(size[0]), "height": round(size[1])}
    drawing = (_IMAGE if isinstance(scene, ImageScene) else _FIGURE).format(**shape)
    limits = {"low": slider.low, "high": slider.high, "step": slider.step, "default": slider.default}
    sources = [_SETUP.format(scene_id=scene.id), drawing, _SLIDER.format(**limits)]
    cells = [_cell(f"cell-{number}", source) for number, source in enumerate(sources)]
    notebook = {
        "cells": cells,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / f"{scene.id}.ipynb").write_text(json.dumps(notebook), "utf-8")


def _cell(name: str, source: str) -> dict[str, Any]:
    return {
        "cell_type": "code", "id": name, "metadata": {}, "execution_count": None, "outputs": [],
        "source": source,
    }  # fmt: skip
