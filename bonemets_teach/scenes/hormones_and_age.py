"""The scene `hormones-and-age`: what PTH, estrogen, OPG, calcitonin and age do to bone cells and bone."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.biology.bone_hormones import Hormones, follow_hormones
from bonemets_teach.scenes._hormones_figure import HormoneArtists, build, update
from bonemets_teach.scenes._hormones_result import HormoneResult, numbers
from bonemets_teach.scenes._hormones_tasks import CONTROLS, PRESETS, TASKS
from bonemets_teach.scenes._hormones_words import describe
from bonemets_teach.scenes.parameter import Control
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["HormonesAndAge"]


class HormonesAndAge(Scene[HormoneResult]):
    """Lemaire 2004 with hormones as inputs, over two years after a change.

    Notes
    -----
    PTH, OPG and the supply of osteoblasts are inputs of the paper. Estrogen, calcitonin, age and the longer life
    of osteoblasts under pulses of PTH are mappings of this course; see `biology.hormone_constants`.
    """

    id: ClassVar[str] = "hormones-and-age"
    title: ClassVar[str] = "Hormones and age"
    summary: ClassVar[str] = "Change a hormone, follow cells, turnover and cancellous bone for two years."
    controls: ClassVar[tuple[Control, ...]] = CONTROLS
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = (
        "lemaire_model",
        "bone_hormones",
        "adult_bone_loss",
        "turnover_rates",
    )
    aspect: ClassVar[float] = 0.66
    aspect_narrow: ClassVar[float] = 1.5

    def compute(self, state: State) -> HormoneResult:
        """Follow the cells for 790 days."""
        hormones = Hormones(
            pth=float(state["pth"]),
            pulsed=state["way"] == "pulses",
            estrogen=float(state["estrogen"]) / 100.0,
            opg=float(state["opg"]),
            calcitonin=float(state["calcitonin"]) / 100.0,
            age_years=float(state["age"]),
        )
        return HormoneResult(hormones=hormones, course=follow_hormones(hormones))

    def build(self, figure: Figure, look: Look) -> HormoneArtists:
        """Make three panels over one time axis."""
        return build(figure, look)

    def update(self, artists: HormoneArtists, result: HormoneResult) -> None:
        """Move curves and labels."""
        update(artists, result)

    def describe(self, result: HormoneResult) -> str:
        """Say cells, turnover and bone."""
        return describe(result, numbers(result))

    def quantities(self, result: HormoneResult) -> dict[str, float]:
        """Return the named numbers; the unit ends the name."""
        return numbers(result)
