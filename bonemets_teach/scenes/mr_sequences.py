"""MR sequences: a sagittal lumbar spine with a metastasis, or with what mimics one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _mr_view as view
from bonemets_teach.scenes._mr_regions import FIELD_MM, SIZE, region_center, tissue_masks
from bonemets_teach.scenes._mr_result import FINDINGS, MrResult, take_image
from bonemets_teach.scenes._mr_settings import SCANNERS, SEQUENCE_LABELS, from_older
from bonemets_teach.scenes._mr_tasks import PRESETS, TASKS
from bonemets_teach.scenes._mr_words import describe
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["MrSequences"]


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in labels.items())


class MrSequences(ImageScene[MrResult]):
    """One sagittal image, taken as the learner sets the scanner.

    Notes
    -----
    Physics from `bonemets_teach.imaging.mri`; what it leaves out is said there.
    """

    id: ClassVar[str] = "mr-sequences"
    title: ClassVar[str] = "MRI of the lumbar spine"
    summary: ClassVar[str] = (
        "A sagittal MR image computed from the bone, marrow, fat and tumor of a lumbar spine. Change sequence, times and "
        "field, let the lesion grow, and tell a metastasis from what mimics it."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="finding", label="Finding in L3", options=_options(dict(FINDINGS)), default="lytic", on_release=True
        ),
        Parameter(
            name="months", label="Age of the metastasis", low=0, high=24, step=1, default=15, unit="months",
            source="chosen: the model runs for 24 months", on_release=True, help="Benign findings do not grow here.",
        ),
        Choice(name="sequence", label="Sequence", options=_options(dict(SEQUENCE_LABELS)), default="spin-echo"),
        Parameter(
            name="tr_ms", label="Repetition time (TR) of the spin echo", low=200, high=6000, step=50, default=600,
            unit="ms", source="range of clinical protocols", ends=("T1 contrast", "all recover"),
        ),
        Parameter(
            name="te_ms", label="Echo time (TE) of the spin echo", low=10, high=160, step=2, default=12, unit="ms",
            source="range of clinical protocols", ends=("no decay", "T2 contrast"),
        ),
        Parameter(
            name="ti_ms", label="Inversion time (TI) of STIR", low=80, high=400, step=2, default=170, unit="ms",
            source="around the null of fat at 1.5 and 3 T",
        ),
        Choice(
            name="scanner", label="Field strength and averages", default="1.5-2",
            options=tuple(Option(value=value, label=words) for value, (words, _, _) in SCANNERS.items()),
            help="Four times the averages halve the noise and take four times as long.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ()
    aspect: ClassVar[float] = 0.62
    aspect_narrow: ClassVar[float] = 1.55
    unit: ClassVar[str] = "of 1000"
    windows: ClassVar[tuple[Window, ...]] = (
        Window(id="whole", label="Whole range", center=500, width=1000),
        Window(id="marrow", label="Marrow", center=350, width=600),
        Window(id="dark", label="Dark tissues", center=150, width=300),
    )

    def complete(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Make a valid complete state, also of a link from when there were more controls."""
        known, notes = from_older(raw)
        state, more = super().complete(known)
        return state, notes + more

    def compute(self, state: State) -> MrResult:
        """Take the image of a complete state."""
        return take_image(state)

    def build(self, figure: Figure, look: Look) -> view.MrArtists:
        """Make axes and artists once."""
        return view.build(figure, look)

    def update(self, artists: view.MrArtists, result: MrResult) -> None:
        """Set the data of the moving artists."""
        view.update(artists, result)

    def picture(self, result: MrResult) -> Picture:
        """Return the image in gray values of 1000."""
        marks = [(*region_center(tissue_masks()[name]), name) for name in ("disc", "muscle", "CSF", "fat")]
        if result.finding != "none":
            marks.append((*result.center, "finding"))
        return Picture(values=result.shown, unit=self.unit, pixel_mm=FIELD_MM / SIZE, marks=tuple(marks))

    def describe(self, result: MrResult) -> str:
        """Say what was taken, what it shows and what is measured."""
        return describe(result)

    def quantities(self, result: MrResult) -> dict[str, float]:
        """Return signals, ratios, fat fraction, ADC, noise and time."""
        readings = {f"{name.lower()}_signal": value for name, value in result.readings.items()}
        return readings | {
            "finding_to_marrow": result.relative,
            "contrast_to_noise": result.contrast_to_noise,
            "opposed_to_in_phase": result.ratio,
            "marrow_opposed_to_in_phase": result.marrow_ratio,
            "fat_fraction_percent": result.fat_percent,
            "marrow_fat_fraction_percent": result.marrow_fat_percent,
            "adc_um2_ms": result.adc,
            "marrow_adc_um2_ms": result.marrow_adc,
            "noise": result.image.noise,
            "scan_seconds": result.image.seconds,
        }
