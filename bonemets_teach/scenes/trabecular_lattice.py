"""A patch of cancellous bone under the microscope, remodeled over years."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.content.language import tr
from bonemets_teach.scenes import _trabecular_figure as drawing
from bonemets_teach.scenes import _trabecular_run as model
from bonemets_teach.scenes._trabecular_tasks import CONTROLS, PRESETS, TASKS
from bonemets_teach.scenes.parameter import Control
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["TrabecularLattice"]


class TrabecularLattice(Scene[model.LatticeResult]):
    """Surface cells at work on trabeculae, and what becomes of the structure.

    Notes
    -----
    A section of 8 mm by 8 mm at 0.05 mm a pixel; load runs from top to bottom. Left out: the third
    dimension, hormones, marrow cells, microdamage.
    """

    id: ClassVar[str] = "trabecular-lattice"
    title: ClassVar[str] = "Cancellous bone through the years"
    summary: ClassVar[str] = (
        "Osteoclasts dig and osteoblasts refill, on the surfaces of trabeculae only. Change their balance and "
        "watch volume, thickness and connections."
    )
    controls: ClassVar[tuple[Control, ...]] = CONTROLS
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    aspect: ClassVar[float] = 0.58
    aspect_narrow: ClassVar[float] = 1.95

    def compute(self, state: State) -> model.LatticeResult:
        """Run twelve years, or take them from the runs known, and pick the year.

        Parameters
        ----------
        state : mapping
            A complete state.

        Returns
        -------
        result : LatticeResult
            The patch in the year asked for.
        """
        history = model.lattice_run(
            round(float(state["resorption"]), 2),
            round(float(state["formation"]), 2),
            round(float(state["bone_start"]), 1),
            load=bool(state["load"]),
        )
        return model.result_at(history, float(state["year"]))

    def build(self, figure: Figure, look: Look) -> drawing.LatticeArtists:
        """Make all axes and artists once.

        Parameters
        ----------
        figure : Figure
            An empty figure.
        look : Look
            Size, arrangement and theme.

        Returns
        -------
        artists : LatticeArtists
            For `update`.
        """
        return drawing.build(figure, look)

    def update(self, artists: drawing.LatticeArtists, result: model.LatticeResult) -> None:
        """Show a result.

        Parameters
        ----------
        artists : LatticeArtists
            What `build` made.
        result : LatticeResult
            What `compute` returned.
        """
        drawing.update(artists, result)

    def describe(self, result: model.LatticeResult) -> str:
        """Say how much bone there is, how it is built and how many cells are at work.

        Parameters
        ----------
        result : LatticeResult
            What `compute` returned.

        Returns
        -------
        text : str
            Three sentences.
        """
        n = model.numbers(result)
        first = result.first.number_per_mm
        built = (
            tr(
                "Trabeculae are {thickness_um:.0f} µm thick and {spacing_um:.0f} µm apart, "
                "{trabeculae_per_mm:.1f} per mm; year 0 had {first:.1f} per mm.",
                first=first,
                **n,
            )
            if n["thickness_um"] > 0.0
            else tr("No trabeculae can be told apart; year 0 had {first:.1f} per mm.", first=first)
        )
        volume = tr(
            "Year {year:g}: bone is {bone_volume_percent:.1f} % of the tissue volume, "
            "{bone_of_start_percent:.0f} % of year 0.",
            year=result.year,
            **n,
        )
        work = "Osteoclasts work at {osteoclast_sites:.0f} places and osteoblasts at {osteoblast_sites:.0f}."
        return f"{volume} {built} {tr(work, **n)}"

    def quantities(self, result: model.LatticeResult) -> dict[str, float]:
        """Return the named numbers.

        Parameters
        ----------
        result : LatticeResult
            What `compute` returned.

        Returns
        -------
        numbers : dict
            Name to value; the unit ends the name.
        """
        return model.numbers(result)
