"""The scene `drug-timeline`: start and stop drugs on a running lesion."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _drug_timeline_figure as drawing
from bonemets_teach.scenes._drug_timeline_controls import CONTROLS, PRESETS
from bonemets_teach.scenes._drug_timeline_result import MONTHS, DrugResult, Schedule, numbers, run
from bonemets_teach.scenes._drug_timeline_tasks import TASKS
from bonemets_teach.scenes._drug_timeline_words import describe
from bonemets_teach.scenes.parameter import Control
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["DrugTimeline"]


class DrugTimeline(Scene[DrugResult]):
    """Three years of one lesion with a bone drug and a tumor treatment, beside the same lesion untreated.

    Notes
    -----
    Kinetics of denosumab are published; how strongly each drug acts, and the precursors behind the rebound,
    are calibrated, see `biology.lpt_drug_constants`. Where the model goes wrong stands in `lpt.simulate`. With tumor
    in the marrow the rebound is far too strong: it multiplies what the tumor does. Markers are those of this
    lesion alone; in a patient the rest of the skeleton dilutes them.
    """

    id: ClassVar[str] = "drug-timeline"
    title: ClassVar[str] = "Start and stop drugs"
    summary: ClassVar[str] = (
        "Give a bone drug, a treatment against the tumor, or both, and stop them again. Follow tumor, bone, "
        "cells and markers for three years."
    )
    controls: ClassVar[tuple[Control, ...]] = CONTROLS
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = (
        "doses", "prolia_xgeva", "denosumab_rebound", "calgb70604", "flare", "deno_meta", "btm_list",
    )  # fmt: skip
    aspect: ClassVar[float] = 0.76
    aspect_narrow: ClassVar[float] = 2.3

    def compute(self, state: State) -> DrugResult:
        """Run the tumor-bone model with the drugs for 36 months, or take what is known.

        Parameters
        ----------
        state : mapping
            A complete state.

        Returns
        -------
        result : DrugResult
            Treated and untreated course.
        """
        treatment, _, months = str(state["tumor_treatment"]).partition("-")
        schedule = Schedule(
            bone_drug=str(state["bone_drug"]),
            bone_start=float(state["bone_start"]),
            bone_stop=float(state["bone_stop"]),
            tumor_treatment=treatment,
            tumor_start=float(state["tumor_start"]),
            tumor_months=float(months or MONTHS),
        )
        return run(round(float(state["phenotype"]), 3), schedule, float(state["month"]))

    def build(self, figure: Figure, look: Look) -> drawing.DrugArtists:
        """Make schedule, four time panels and two tiles of film.

        Parameters
        ----------
        figure : Figure
            An empty figure.
        look : Look
            Size, arrangement and theme.

        Returns
        -------
        artists : DrugArtists
            For `update`.
        """
        return drawing.build(figure, look)

    def update(self, artists: drawing.DrugArtists, result: DrugResult) -> None:
        """Show a result.

        Parameters
        ----------
        artists : DrugArtists
            What `build` made.
        result : DrugResult
            What `compute` returned.
        """
        drawing.update(artists, result)

    def describe(self, result: DrugResult) -> str:
        """Say treatment, tumor, bone, cells, markers, film and what happens after a stop or a kill.

        Parameters
        ----------
        result : DrugResult
            What `compute` returned.

        Returns
        -------
        text : str
            A few sentences.
        """
        return describe(result)

    def quantities(self, result: DrugResult) -> dict[str, float]:
        """Return the named numbers.

        Parameters
        ----------
        result : DrugResult
            What `compute` returned.

        Returns
        -------
        numbers : dict
            Name to value; the unit ends the name, a fold is a multiple of normal.
        """
        return numbers(result)
