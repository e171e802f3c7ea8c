"""The same tumor as cells, mineral and radiograph, from lytic to blastic, over 18 months."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _lesion_figure as drawing
from bonemets_teach.scenes import _lesion_run as model
from bonemets_teach.scenes._lesion_result import LesionResult, looks, numbers
from bonemets_teach.scenes._lesion_tasks import CONTROLS, PRESETS, TASKS
from bonemets_teach.scenes.parameter import Control, Parameter
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["LesionPhenotype", "LesionResult"]


class LesionPhenotype(Scene[LesionResult]):
    """One metastasis in the end of a long bone, shown as cells, mineral, film and curves.

    Notes
    -----
    A slab 60 mm square and 22 mm deep, the same through its depth, under 5 cm of muscle. Film at 66 kV with
    a grid; the gray scale is the same for every lesion. The core is the disc of 4 mm radius around
    the seed. Left out: the third dimension, periosteal reaction, fracture, treatment.
    """

    id: ClassVar[str] = "lesion-phenotype"
    title: ClassVar[str] = "One tumor, three looks: lytic, mixed, blastic"
    summary: ClassVar[str] = (
        "A metastasis grows in the end of a long bone. Change what it does to bone cells and watch cells, "
        "mineral and radiograph over 18 months."
    )
    controls: ClassVar[tuple[Control, ...]] = CONTROLS
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    aspect: ClassVar[float] = 0.70
    aspect_narrow: ClassVar[float] = 2.84

    def compute(self, state: State) -> LesionResult:
        """Grow the lesion, or take it from the ones known, and expose the film.

        Parameters
        ----------
        state : mapping
            A complete state.

        Returns
        -------
        result : LesionResult
            The lesion at the month asked for.
        """
        phenotype, month = float(state["phenotype"]), float(state["month"])
        run = model.lesion_run(round(phenotype, 3), float(state["growth_speed"]), str(state["site"]))
        fields = run.snapshots.at(month)
        film = model.film_values(fields.bone_fraction, fields.tumor)
        return LesionResult(phenotype=phenotype, month=month, run=run, fields=fields, film=film)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield every phenotype of the slider, each a lesion of its own to grow.

        Yields
        ------
        state : dict
            A complete state.
        """
        phenotype = CONTROLS[0]
        assert isinstance(phenotype, Parameter)  # noqa: S101 - the controls stand beside this class
        for value in phenotype.values():
            yield self.defaults() | {phenotype.name: value}

    def build(self, figure: Figure, look: Look) -> drawing.LesionArtists:
        """Make all axes and artists once.

        Parameters
        ----------
        figure : Figure
            An empty figure.
        look : Look
            Size, arrangement and theme.

        Returns
        -------
        artists : LesionArtists
            For `update`.
        """
        return drawing.build(figure, look)

    def update(self, artists: drawing.LesionArtists, result: LesionResult) -> None:
        """Show a result.

        Parameters
        ----------
        artists : LesionArtists
            What `build` made.
        result : LesionResult
            What `compute` returned.
        """
        drawing.update(artists, result)

    def describe(self, result: LesionResult) -> str:
        """Say what cells, mineral and film show.

        Parameters
        ----------
        result : LesionResult
            What `compute` returned.

        Returns
        -------
        text : str
            Four sentences.
        """
        n = numbers(result)
        bone = (
            f"{n['mineral_lost_percent']:.0f} % less mineral than at the start"
            if n["mineral_lost_percent"] >= 0
            else f"{-n['mineral_lost_percent']:.0f} % more mineral than at the start"
        )
        width = 2.0 * n["lesion_radius_mm"]
        wide = f"it is {width:.0f} mm wide" if width >= 1.0 else "nowhere does it fill half of the marrow"
        first = "not within 18 months" if result.first_seen is None else f"from month {result.first_seen:.1f}"
        return (
            f"Month {result.month:g}, phenotype {result.phenotype:g} (0 lytic, 1 blastic): the tumor fills "
            f"{n['tumor_percent']:.0f} % of the marrow in the core; {wide}. "
            f"In the core osteoclasts work at {n['osteoclast_ratio']:.1f} times and osteoblasts at "
            f"{n['osteoblast_ratio']:.1f} times normal. "
            f"Bone there is {n['bone_fraction_percent']:.0f} % of the volume, {bone}; "
            f"{n['new_bone_percent']:.0f} % of it is new. "
            f"On the radiograph the lesion looks {looks(result)}: light behind its core {n['film_change_percent']:+.1f} %, "
            f"from {n['film_whitest_percent']:+.1f} % to {n['film_darkest_percent']:+.1f} % over its parts. "
            f"It can be seen {first}."
        )

    def quantities(self, result: LesionResult) -> dict[str, float]:
        """Return the named numbers.

        Parameters
        ----------
        result : LesionResult
            What `compute` returned.

        Returns
        -------
        numbers : dict
            Name to value; the unit ends the name.
        """
        return numbers(result)
