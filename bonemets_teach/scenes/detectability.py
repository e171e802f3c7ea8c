"""How much mineral must be lost before a radiograph shows a lesion, and why."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.imaging.detectability import GEOMETRIES, ROSE_THRESHOLD
from bonemets_teach.scenes import _detectability_view as view
from bonemets_teach.scenes._detectability_result import DetectabilityResult, capped_percent, detect
from bonemets_teach.scenes._detectability_tasks import PRESETS, TASKS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter, Toggle
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["Detectability"]


class Detectability(Scene[DetectabilityResult]):
    """Photons, marrow and overlying anatomy: three reasons, switched on one after another.

    Notes
    -----
    Physics from `bonemets_teach.imaging.detectability`; the clutter of the anatomy is the one calibrated
    number.
    """

    id: ClassVar[str] = "detectability"
    title: ClassVar[str] = "When does a lesion show on a radiograph?"
    summary: ClassVar[str] = (
        "Textbooks say that 30 to 50 % of the mineral must be lost before a film shows it. Take the reasons "
        "apart: photons, marrow, and the anatomy in front."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="loss_percent", label="Mineral lost", low=0, high=100, step=1, default=30, unit="%",
            source="chosen: the whole range", help="How much of the mineral in the lesion is gone.",
            ends=("none", "all"),
        ),
        Choice(
            name="site", label="Where the lesion sits", default="lumbar-lateral-3",
            options=tuple(Option(value=name, label=site.label) for name, site in GEOMETRIES.items()),
        ),
        Toggle(
            name="tumor_fills_marrow", label="Tumor fills the marrow", default=True,
            help="Off: mineral is lost and marrow takes its place.",
        ),
        Toggle(
            name="overlying_anatomy", label="Anatomy in front and behind", default=True,
            help="Off: as if nothing else were in the beam that varies.",
        ),
        Choice(
            name="marrow", label="Marrow", default="typical",
            options=(
                Option(value="typical", label="Typical of the site"),
                Option(value="red", label="Red, no fat"),
                Option(value="half", label="Half fat"),
                Option(value="fatty", label="Fatty, 90 %"),
            ),
        ),
        Parameter(
            name="tube_voltage_kv", label="Tube voltage", low=50, high=140, step=5, default=80, unit="kV",
            source="chosen: the range of a radiography tube", help="Higher voltage, less contrast of bone.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("radiograph_threshold",)
    aspect: ClassVar[float] = 0.76
    aspect_narrow: ClassVar[float] = 2.35

    def compute(self, state: State) -> DetectabilityResult:
        """Run the model for a complete state."""
        return detect(state)

    def build(self, figure: Figure, look: Look) -> view.DetectabilityArtists:
        """Make axes and artists once."""
        return view.build(figure, look)

    def update(self, artists: view.DetectabilityArtists, result: DetectabilityResult) -> None:
        """Set the data of the moving artists."""
        view.update(artists, result)

    def describe(self, result: DetectabilityResult) -> str:
        """Say whether the lesion shows, from which loss on, and why."""
        site, percent = result.geometry.label, 100 * result.loss
        state = (
            "it is seen as a darker spot" if result.is_seen
            else "it is seen, but as denser than normal bone" if result.snr_now <= -ROSE_THRESHOLD
            else "it can't be seen with certainty"
        )  # fmt: skip
        needed = (
            f"from a loss of {100 * result.needed:.0f} % on it shows as darker"
            if result.needed <= 1.0
            else "even the loss of all mineral would not show as darker"
        )
        filling = (
            f"Tumor fills the marrow, so bone and lesion are equally gray at {_words(result.iso_loss)} loss"
            if result.viewing.tumor_fills_marrow
            else "Marrow takes the place of the lost bone"
        )
        anatomy = _anatomy_words(result)
        photons, tumor, both = (_words(loss) for loss in result.stage_loss)
        return (
            f"{site}: with {percent:.0f} % of the mineral lost the contrast is {100 * result.contrast:+.1f} %"
            f", {result.snr_now:+.1f} times the noise; {state}, and {needed}. {filling}; {anatomy}. "
            f"To be seen here, photons alone need {photons}, with tumor in the marrow {tumor}, and with "
            f"anatomy in the way as well {both}."
        )

    def quantities(self, result: DetectabilityResult) -> dict[str, float]:
        """Return contrasts, thresholds and the loss needed at each site; 100 % stands for never."""
        photons, tumor, anatomy = (capped_percent(loss) for loss in result.stage_loss)
        numbers = {
            "contrast_percent": 100 * result.contrast,
            "rose_snr": result.snr_now,
            "is_seen": float(result.is_seen),
            "visible_loss_percent": capped_percent(result.needed),
            "iso_attenuating_loss_percent": capped_percent(result.iso_loss),
            "photons_only_loss_percent": photons,
            "tumor_in_marrow_loss_percent": tumor,
            "overlying_anatomy_loss_percent": anatomy,
        }
        sites = {
            f"needed_{name.replace('-', '_').replace('.', '_')}_percent": capped_percent(loss)
            for name, loss in result.needed_by_site.items()
        }
        return numbers | sites


def _anatomy_words(result: DetectabilityResult) -> str:
    if not result.viewing.clutter:
        return "no anatomy lies in the way"
    on_the_table = result.geometry.scatter_to_primary == 0
    return "the structure of the bone itself disturbs" if on_the_table else "anatomy lies in the way"


def _words(loss: float) -> str:
    return f"{100 * loss:.0f} %" if loss <= 1.0 else "more than there is"
