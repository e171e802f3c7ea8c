"""A lumbar vertebra on a film from the front and from the side: grid, dose, and which view shows a lesion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.imaging.radiograph import VALUE_UNIT
from bonemets_teach.scenes import _views_figure as drawing
from bonemets_teach.scenes import _views_words as words
from bonemets_teach.scenes._spine_lesions import KINDS, LONGEST_MONTHS, PLACES
from bonemets_teach.scenes._spine_shadows import MONTH_STEP
from bonemets_teach.scenes._views_film import NO_LESION, ViewFilm, take_film
from bonemets_teach.scenes._views_tasks import PRESETS, TASKS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter, Toggle
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["RadiographViews"]


class RadiographViews(ImageScene[ViewFilm]):
    """A film of the third lumbar vertebra in one of two views.

    Notes
    -----
    Physics from `bonemets_teach.imaging.radiograph`; what it leaves out is said there.
    """

    id: ClassVar[str] = "radiograph-views"
    title: ClassVar[str] = "A vertebra from the front and from the side"
    summary: ClassVar[str] = (
        "Films of a lumbar vertebra, computed from bone, marrow and tumor. Turn the patient, put the grid in or take it "
        "out, set the dose at the detector, and find out which view shows a lesion."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="projection", label="View", default="AP",
            options=(Option(value="AP", label="From the front (AP)"), Option(value="lateral", label="From the side (lateral)")),
        ),
        Choice(
            name="place", label="Place of the lesion", default="right pedicle",
            options=(
                Option(value=NO_LESION, label="No lesion"),
                *(Option(value=value, label=label) for value, label in PLACES.items()),
            ),
        ),
        Choice(
            name="kind", label="Kind of lesion", default="lytic",
            options=tuple(Option(value=value, label=value.capitalize()) for value in KINDS),
        ),
        Parameter(
            name="months", label="Age of the lesion", low=0, high=LONGEST_MONTHS, step=MONTH_STEP, default=18,
            unit="months", source="chosen: the model runs for 24 months",
        ),
        Parameter(
            name="tube_voltage_kv", label="Tube voltage", low=60, high=120, step=5, default=80, unit="kV",
            source="chosen: 70 to 90 kV are usual for a lumbar spine",
        ),
        Parameter(
            name="detector_ugy", label="Dose at the detector", low=0.2, high=10, step=0.1, default=2.5, unit="µGy",
            source="2.5 to 5 µGy are usual for digital detectors", ends=("grain", "dose"),
            help="The machine sets the mAs so that this much arrives behind the middle of the body.",
        ),
        Toggle(name="grid", label="Anti-scatter grid", default=True),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("absent_pedicle", "scatter_grid")
    aspect: ClassVar[float] = 0.72
    aspect_narrow: ClassVar[float] = 0.85
    unit: ClassVar[str] = VALUE_UNIT
    windows: ClassVar[tuple[Window, ...]] = drawing.WINDOWS

    def compute(self, state: State) -> ViewFilm:
        """Take the film; see `Scene.compute`."""
        return take_film(state)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield each lesion, which takes half a second to grow.

        Yields
        ------
        state : dict
            A complete state.
        """
        for place in PLACES:
            for kind in KINDS:
                yield self.defaults() | {"place": place, "kind": kind}
        yield self.defaults()

    def picture(self, result: ViewFilm) -> Picture:
        """Return the film for the image view; see `ImageScene.picture`."""
        return Picture(values=result.values, unit=self.unit, pixel_mm=result.pixel_mm, marks=result.sites)

    def build(self, figure: Figure, look: Look) -> Any:
        """Make the axes; see `Scene.build`."""
        return drawing.build(figure, look)

    def update(self, artists: Any, result: ViewFilm) -> None:
        """Show a film; see `Scene.update`."""
        drawing.update(artists, result)

    def describe(self, result: ViewFilm) -> str:
        """Say what the film shows; see `Scene.describe`."""
        return words.describe(result)

    def quantities(self, result: ViewFilm) -> dict[str, float]:
        """Return the numbers of a film; see `Scene.quantities`."""
        here, other = result.here, result.other
        return {
            "lesion_contrast_percent": here.contrast_percent,
            "noise_percent": here.noise_percent,
            "contrast_to_noise": here.contrast_to_noise,
            "visibility": here.visibility,
            "visible": float(here.is_visible),
            "scatter_to_primary": here.scatter_to_primary,
            "lesion_area_mm2": here.area_mm2,
            "other_view_contrast_percent": other.contrast_percent,
            "other_view_visibility": other.visibility,
            "other_view_visible": float(other.is_visible),
            "mineral_lost_percent": result.mineral_lost_percent,
            "lesion_diameter_mm": result.diameter_mm,
            "detector_kerma_ugy": result.detector_ugy,
            "skin_kerma_ugy": result.skin_ugy,
            "tube_current_time_mas": result.current_mas,
            "bucky_factor": result.bucky_factor,
        }
