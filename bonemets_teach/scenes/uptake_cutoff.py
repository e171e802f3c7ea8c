"""Metastasis or worn joint: what a cut-off of the SUV can and can't tell."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _uptake_cutoff_view as view
from bonemets_teach.scenes._uptake_cutoff_result import CASES, CutoffScan, decide
from bonemets_teach.scenes._uptake_cutoff_tasks import PRESETS, SAMPLES, TASKS
from bonemets_teach.scenes.parameter import Control, Parameter
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["UptakeCutoff"]


class UptakeCutoff(Scene[CutoffScan]):
    """Two groups of lesions by their SUVmax, and a cut-off between them.

    Notes
    -----
    Moments are published, the form of the groups is chosen; see `bonemets_teach.imaging.suv_cutoff`.
    """

    id: ClassVar[str] = "uptake-cutoff"
    title: ClassVar[str] = "Move the cut-off"
    summary: ClassVar[str] = (
        "SUVs of metastases and of worn joints overlap. Move the cut-off, make metastases rarer, change the scanner, and "
        "see what a positive result then means."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="cutoff", label="Cut-off: called a metastasis above an SUVmax of", low=2, high=70, step=0.5, default=20,
            source="Ann Nucl Med 2020; 34: 39: 20", ends=("misses few", "few false alarms"),
        ),
        Parameter(
            name="share_percent", label="Metastases among the lesions", low=1, high=95, step=1, default=50, unit="%",
            source="chosen", help="Sensitivity and specificity don't depend on it.", ends=("rare", "common"),
        ),
        Parameter(
            name="reads_percent", label="The scanner reads", low=40, high=160, step=5, default=100,
            unit="% of the published SUV",
            source="chosen; cut-offs of centers differ by a factor of 2",
            help="Resolution, reconstruction and small lesions change what is read.",
        ),
        Parameter(
            name="lesions", label="Lesions drawn from each group", low=0, high=200, step=10, default=0,
            source="chosen", help="What a study of this size sees; 0 draws none.",
        ),
        Parameter(
            name="sample", label="Sample", low=1, high=SAMPLES, step=1, default=1, source="chosen",
            help="Another number draws other lesions.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("suv_cutoff_spect", "suv_cutoffs_differ", "predictive_values")
    aspect: ClassVar[float] = 0.66
    aspect_narrow: ClassVar[float] = 2.2

    def compute(self, state: State) -> CutoffScan:
        """Apply the cut-off of a complete state."""
        return decide(state)

    def build(self, figure: Figure, look: Look) -> view.CutoffArtists:
        """Make axes and artists once."""
        return view.build(figure, look)

    def update(self, artists: view.CutoffArtists, result: CutoffScan) -> None:
        """Set the data of the moving artists."""
        view.update(artists, result)

    def describe(self, result: CutoffScan) -> str:
        """Say the groups, what the cut-off does, what a result means, and what a sample shows."""
        at = result.at
        hit, false, missed, clear = (round(count) for count in result.counts)
        scanner = "" if result.reads == 1 else f" on a scanner that reads {100 * result.reads:g} %"
        words = (
            f"SUVmax{scanner}: normal vertebrae {result.normal.mean:.1f} (SD {result.normal.sd:.1f}), worn joints "
            f"{result.worn.mean:.1f} ({result.worn.sd:.1f}), metastases {result.metastasis.mean:.1f} "
            f"({result.metastasis.sd:.1f}). Above the cut-off of {at.cutoff:g} lie {100 * at.sensitivity:.0f} % of metastases "
            f"(sensitivity), below it {100 * at.specificity:.0f} % of worn joints (specificity); the area under the curve is "
            f"{result.area:.2f}. Of {CASES} lesions, {100 * result.share:.0f} % of them metastases, {hit + false} are called "
            f"metastasis, {hit} rightly, so a positive result is right in {100 * at.positive_predictive:.0f} %; of "
            f"{missed + clear} called worn {missed} are metastases, so a negative result is right in "
            f"{100 * at.negative_predictive:.0f} %."
        )
        if result.sampled is None:
            return words
        count = result.worn_sample.size
        return (
            f"{words} In a sample of {count} and {count} lesions the sensitivity is {100 * result.sampled[0]:.0f} % and the "
            f"specificity {100 * result.sampled[1]:.0f} %."
        )

    def quantities(self, result: CutoffScan) -> dict[str, float]:
        """Return accuracy, predictive values, area and counts of 1000 lesions."""
        hit, false, missed, clear = result.counts
        return {
            "sensitivity_percent": 100 * result.at.sensitivity,
            "specificity_percent": 100 * result.at.specificity,
            "positive_predictive_percent": 100 * result.at.positive_predictive,
            "negative_predictive_percent": 100 * result.at.negative_predictive,
            "area": result.area,
            "true_positive_of_1000": hit,
            "false_positive_of_1000": false,
            "false_negative_of_1000": missed,
            "true_negative_of_1000": clear,
            "sample_sensitivity_percent": 100 * (result.sampled or (result.at.sensitivity, 0))[0],
            "sample_specificity_percent": 100 * (result.sampled or (0, result.at.specificity))[1],
        }
