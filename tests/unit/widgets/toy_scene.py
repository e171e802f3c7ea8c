"""Two tiny scenes for the tests of the explorers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from bonemets_teach.errors import ParameterError
from bonemets_teach.scenes import (
    Choice,
    ImageScene,
    Look,
    Option,
    Parameter,
    Picture,
    Prediction,
    Preset,
    Scene,
    State,
    Task,
    Toggle,
    Window,
)  # fmt: skip

CONTROLS = (
    Parameter(name="slope", label="Slope", low=0, high=2, step=0.1, default=1, unit="mm/d", help="Rise a day.", ends=("flat", "steep")),
    Choice(name="shape", label="Shape", options=(Option(value="line", label="Line"), Option(value="square", label="Square")), default="line"),
    Toggle(name="broken", label="Fail on purpose", default=False),
)  # fmt: skip


@dataclass(frozen=True)
class Curve:
    """Height over time."""

    slope: float
    heights: np.ndarray


def _compute(state: State) -> Curve:
    if state["broken"]:
        raise ParameterError("the bone is missing; put it back")
    if state["slope"] == 1.3:
        raise RuntimeError("secret detail")
    power = 1 if state["shape"] == "line" else 2
    return Curve(slope=state["slope"], heights=state["slope"] * np.linspace(0, 1, 11) ** power)


TASKS = (
    Task(id="steep", text="Make it steep.", goal=lambda state, _result: state["slope"] >= 1.5, success="It is steep now."),
    Task(
        id="guess", text="Guess the end.", state={"slope": 2.0}, hint="Multiply.",
        prediction=Prediction(
            prompt="Where does it end?", options=("At 1 mm", "At 2 mm"), answer=lambda result: int(result.heights[-1] > 1.5),
            explain=lambda result: f"It ends at {result.heights[-1]:g} mm.",
        ),
    ),
)  # fmt: skip


class ToyScene(Scene[Curve]):
    """A line."""

    id = "toy"
    title = "A line"
    summary = "It rises."
    controls = CONTROLS
    presets = (Preset(id="flat", label="Flat", state={"slope": 0.0}),)
    tasks = TASKS

    def compute(self, state: State) -> Curve:
        return _compute(state)

    def build(self, figure: Figure, look: Look) -> Line2D:
        axes = figure.subplots()
        axes.set(xlabel="Time [d]", ylabel="Height [mm]", xlim=(0, 1), ylim=(0, 2))
        return axes.plot([], [], animated=True)[0]

    def update(self, artists: Line2D, result: Curve) -> None:
        artists.set_data(np.linspace(0, 1, 11), result.heights)

    def describe(self, result: Curve) -> str:
        return f"The line ends at {result.heights[-1]:.1f} mm."

    def quantities(self, result: Curve) -> dict[str, float]:
        return {"end_mm": float(result.heights[-1])}


class ToyImage(ImageScene[Curve]):
    """A ramp of gray."""

    id = "toy-image"
    title = "A ramp"
    summary = "It brightens."
    controls = CONTROLS
    presets = ()
    tasks = ()
    unit = "HU"
    windows = (Window(id="all", label="All", center=50, width=100),)

    def compute(self, state: State) -> Curve:
        return _compute(state)

    def picture(self, result: Curve) -> Picture:
        values = np.outer(np.ones(6), result.heights * 100)
        return Picture(values=values, unit="HU", pixel_mm=1.0, marks=((2.0, 3.0, "here"),))

    def build(self, figure: Figure, look: Look) -> Any:
        return figure.subplots().imshow(np.zeros((6, 11)), animated=True)

    def update(self, artists: Any, result: Curve) -> None:
        artists.set_data(self.picture(result).values)

    def describe(self, result: Curve) -> str:
        return f"The ramp ends at {result.heights[-1] * 100:.0f} HU."

    def quantities(self, result: Curve) -> dict[str, float]:
        return {"end_hu": float(result.heights[-1] * 100)}
