"""The radiograph scene: one hip, one metastasis, and what exposure, age and anatomy make of it."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from matplotlib.figure import Figure

from bonemets_teach.anatomy.proximal_femur import LANDMARKS_MM
from bonemets_teach.imaging.detectability import ROSE_THRESHOLD
from bonemets_teach.imaging.radiograph import VALUE_UNIT
from bonemets_teach.scenes import _radiograph_figure as drawing
from bonemets_teach.scenes._radiograph_film import Film, film
from bonemets_teach.scenes._radiograph_tasks import PRESETS, TASKS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter, Toggle
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["RadiographScene"]

_SITE_WORDS: Final = {
    "femoral head": "Femoral head",
    "neck": "Femoral neck",
    "intertrochanteric": "Intertrochanteric region",
    "subtrochanteric": "Upper shaft",
    "greater trochanter": "Greater trochanter",
}
_MARKS: Final = (
    "head center",
    "tip of the greater trochanter",
    "tip of the lesser trochanter",
    "Ward's triangle",
)


class RadiographScene(ImageScene[Film]):
    """A hip film with a metastasis."""

    id: ClassVar[str] = "radiograph"
    title: ClassVar[str] = "A metastasis on a hip film"
    summary: ClassVar[str] = (
        "A frontal radiograph of a right hip, computed from bone, marrow and tumor. Change the exposure, let the "
        "lesion grow, take the overlying anatomy away, and see when it shows."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="months", label="Age of the lesion", low=0, high=20, step=1, default=18, unit="months",
            source="chosen; the lesion has the speed of a destructive metastasis",
        ),
        Choice(
            name="phenotype", label="Kind of lesion",
            options=(
                Option(value="lytic", label="Lytic"),
                Option(value="mixed", label="Mixed"),
                Option(value="blastic", label="Blastic"),
            ),
            default="lytic", on_release=True,
        ),
        Choice(
            name="site", label="Place",
            options=tuple(Option(value=value, label=label) for value, label in _SITE_WORDS.items()),
            default="intertrochanteric", on_release=True,
        ),
        Parameter(
            name="tube_voltage_kv", label="Tube voltage", low=50, high=140, step=1, default=77, unit="kV",
            source="range of diagnostic tubes; 70-85 kV is usual for a hip",
        ),
        Parameter(
            name="mas", label="Tube current × time", low=0.02, high=8, step=0.02, default=2, unit="mAs",
            source="chosen; a slim hip behind a grid",
        ),
        Toggle(name="grid", label="Anti-scatter grid", default=True),
        Toggle(
            name="overlying", label="Overlying anatomy", default=True,
            help="Off: the femur alone in 125 mm of muscle, with no pelvis, fat planes or skin.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("radiograph_threshold",)
    aspect: ClassVar[float] = 0.72
    aspect_narrow: ClassVar[float] = 1.9
    unit: ClassVar[str] = VALUE_UNIT
    windows: ClassVar[tuple[Window, ...]] = drawing.WINDOWS

    def compute(self, state: State) -> Film:
        """Make the film; see `Scene.compute`."""
        return film(state)

    def picture(self, result: Film) -> Picture:
        """Return the film for the image view; see `ImageScene.picture`."""
        return Picture(
            values=result.values,
            unit=self.unit,
            pixel_mm=result.pixel_mm,
            marks=_marks(result),
        )

    def build(self, figure: Figure, look: Look) -> Any:
        """Make the axes; see `Scene.build`."""
        return drawing.build(figure, look)

    def update(self, artists: Any, result: Film) -> None:
        """Show a film; see `Scene.update`."""
        drawing.update(artists, result)

    def describe(self, result: Film) -> str:
        """Say what the film shows; see `Scene.describe`."""
        place = _SITE_WORDS[result.site].lower()
        if result.diameter_mm == 0:
            lesion = (
                f"Frontal film of a right hip. Tumor cells have settled in the {place}; nothing can be seen."
            )
        else:
            seen = "visible" if result.is_visible else "not visible"
            shade = "darker" if result.contrast_percent > 0 else "lighter"
            verb, amount = ("lost", result.mineral_lost_percent)
            if amount < 0:
                verb, amount = "gained", -amount
            lesion = (
                f"Frontal film of a right hip with a {result.phenotype} lesion of {result.diameter_mm:.0f} mm in the "
                f"{place}, {result.months:g} months old: {seen}, visibility {result.visibility:.1f} with "
                f"{ROSE_THRESHOLD:g} needed. Its area is {abs(result.contrast_percent):.1f} % {shade} than healthy; "
                f"{amount:.0f} % of its mineral is {verb}."
            )
        around = "with overlying anatomy" if result.overlying else "femur alone in muscle"
        return (
            f"{lesion} Noise is {result.noise_percent:.2f} % a pixel, scatter {result.scatter_to_primary:.1f} times the "
            f"primary, air kerma {result.entrance_kerma_ugy:.0f} µGy at the skin and {result.detector_kerma_ugy:.1f} µGy "
            f"at the detector, {around}."
        )

    def quantities(self, result: Film) -> dict[str, float]:
        """Return the numbers of a film; see `Scene.quantities`."""
        return {
            "lesion_contrast_percent": result.contrast_percent,
            "noise_percent": result.noise_percent,
            "contrast_to_noise": result.contrast_to_noise,
            "visibility": result.visibility,
            "visible": float(result.is_visible),
            "mineral_lost_percent": result.mineral_lost_percent,
            "lesion_diameter_mm": result.diameter_mm,
            "scatter_to_primary": result.scatter_to_primary,
            "entrance_kerma_ugy": result.entrance_kerma_ugy,
            "detector_kerma_ugy": result.detector_kerma_ugy,
        }


def _marks(result: Film) -> tuple[tuple[float, float, str], ...]:
    scale = result.pixel_mm
    marks = [(LANDMARKS_MM[name][0] / scale, LANDMARKS_MM[name][2] / scale, name) for name in _MARKS]
    return (*marks, (result.site_row, result.site_column, "place of the lesion"))
