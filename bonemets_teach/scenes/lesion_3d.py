"""The scene `lesion-3d`: a metastasis in a block of bone, in three planes and on film."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _lesion_3d_figure as drawing
from bonemets_teach.scenes import _lesion_3d_run as model
from bonemets_teach.scenes._lesion_3d_layout import ASPECT, ASPECT_NARROW
from bonemets_teach.scenes._lesion_3d_result import Result3d, numbers, sections
from bonemets_teach.scenes._lesion_3d_tasks import CONTROLS, PRESETS, TASKS
from bonemets_teach.scenes._lesion_3d_words import describe
from bonemets_teach.scenes.parameter import Control
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["Lesion3d"]


class Lesion3d(Scene[Result3d]):
    """One metastasis grown in 80 x 80 x 80 voxels of 0.75 mm through the end of a long bone.

    Notes
    -----
    The field model of `biology.lesion_field`. Film at 66 kV with a grid, 5 cm of muscle in front and behind.
    Left out: the rim of reactive bone of a slow lesion, periosteal bone, growth out of the bone, fracture,
    treatment.
    """

    id: ClassVar[str] = "lesion-3d"
    title: ClassVar[str] = "A lesion in space"
    summary: ClassVar[str] = (
        "One metastasis in a block of bone, 6 cm wide: cut it in three planes, and compare with the radiograph "
        "that adds up all of it."
    )
    controls: ClassVar[tuple[Control, ...]] = CONTROLS
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("lodwick_margins", "turnover_rates", "cortex_shows_first")
    aspect: ClassVar[float] = ASPECT
    aspect_narrow: ClassVar[float] = ASPECT_NARROW

    def compute(self, state: State) -> Result3d:
        """Grow the lesion, or take it from the ones known, cut it and expose the film."""
        site, month = str(state["site"]), float(state["month"])
        run = model.run_lesion(
            round(float(state["phenotype"]), 3),
            float(state["growth_speed"]),
            round(float(state["heterogeneity"]), 3),
            site,
        )
        moved = (str(state["plane"]), float(state["offset"]))
        return Result3d(
            phenotype=float(state["phenotype"]),
            month=month,
            growth_speed=float(state["growth_speed"]),
            site=site,
            plane=moved[0],
            offset_mm=moved[1],
            run=run,
            planes=sections(run, month, site, moved),
            film=model.film_values(run, month),
        )

    def build(self, figure: Figure, look: Look) -> drawing.Artists3d:
        """Make four images and two plots."""
        return drawing.build(figure, look)

    def update(self, artists: drawing.Artists3d, result: Result3d) -> None:
        """Show a result."""
        drawing.update(artists, result)

    def describe(self, result: Result3d) -> str:
        """Say size, margin, bone, cortex and film."""
        return describe(result, numbers(result))

    def quantities(self, result: Result3d) -> dict[str, float]:
        """Return the named numbers; the unit ends the name."""
        return numbers(result)
