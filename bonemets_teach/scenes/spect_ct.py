"""SPECT/CT of a lumbar vertebra: where a hot spot lies, what it is, and how far its number can be trusted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _spect_ct_figure as drawing
from bonemets_teach.scenes._spect_ct_body import FINDINGS
from bonemets_teach.scenes._spect_ct_result import SpectCt, take_spect_ct
from bonemets_teach.scenes._spect_ct_tasks import PRESETS, TASKS
from bonemets_teach.scenes._spect_ct_words import KNOWN_LABELS, describe
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["SpectCtScene"]


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in labels.items())


class SpectCtScene(Scene[SpectCt]):
    """One axial slice through a finding of the third lumbar vertebra, as CT, SPECT, both, and from behind.

    Notes
    -----
    Physics from `bonemets_teach.imaging.spect`, `ct` and `planar_scan`; what they leave out is said there. Worn joint and
    rim of new bone are laid in, see `_spect_ct_body`.
    """

    id: ClassVar[str] = "spect-ct"
    title: ClassVar[str] = "SPECT/CT of a vertebra"
    summary: ClassVar[str] = (
        "The bone scan in slices, on top of CT. Choose a finding, see where the uptake lies and what the CT shows there, "
        "then change how the SPECT is made and watch its number."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="finding", label="Finding in L3", options=_options(dict(FINDINGS)), default="pedicle", on_release=True,
            help="The slice runs through its middle.",
        ),
        Parameter(
            name="diameter_mm", label="Diameter of the finding", low=0, high=30, step=1, default=14, unit="mm",
            source="chosen: a vertebral body is about 45 mm wide", on_release=True, ends=("none", "most of the body"),
        ),
        Parameter(
            name="seconds", label="Time for each view", low=2, high=60, step=2, default=20, unit="s",
            source="20 to 30 s are usual", on_release=True, ends=("noisy", "slow"),
        ),
        Parameter(
            name="iterations", label="Iterations of the reconstruction", low=1, high=16, step=1, default=4,
            source="4 to 10 with 8 to 10 subsets are usual", on_release=True, ends=("smooth", "noisy"),
            help="Each uses all views once, in 8 subsets.",
        ),
        Choice(
            name="known", label="Corrected for", options=_options(KNOWN_LABELS), default="both", on_release=True,
            help="What the reconstruction knows of the way from bone to camera.",
        ),
        Parameter(
            name="filter_mm", label="Filter after the reconstruction", low=0, high=20, step=0.5, default=7, unit="mm",
            source="chosen: the order of clinical filters", ends=("none", "smooth"),
        ),
        Parameter(
            name="top_suv", label="SUV at the top of the color scale", low=5, high=60, step=1, default=30,
            source="chosen: metastases average 37 at SUVmax", ends=("all glows", "little glows"),
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = (
        "spect_ct_meta", "spect_ct_equivocal", "spect_vertebra_parts", "spect_recovery", "suv_cutoff_spect",
    )  # fmt: skip
    aspect: ClassVar[float] = 0.58
    aspect_narrow: ClassVar[float] = 2.15

    def compute(self, state: State) -> SpectCt:
        """Take the images of a complete state."""
        return take_spect_ct(state)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield the presets: each finding has its CT, SPECT and planar scan.

        Yields
        ------
        state : dict
            A complete state.
        """
        for preset in self.presets:
            yield self.defaults() | dict(preset.state)
        yield self.defaults()

    def build(self, figure: Figure, look: Look) -> drawing.SpectCtArtists:
        """Make axes and artists once."""
        return drawing.build(figure, look)

    def update(self, artists: drawing.SpectCtArtists, result: SpectCt) -> None:
        """Set the data of the moving artists."""
        drawing.update(artists, result)

    def describe(self, result: SpectCt) -> str:
        """Say what is there, how it was taken, and what is read."""
        return describe(result)

    def quantities(self, result: SpectCt) -> dict[str, float]:
        """Return SUVs, what is recovered, noise, places and time."""
        found = result.measures
        return {
            "suv_max": found.suv_max,
            "suv_mean": found.suv_mean,
            "true_suv_mean": found.true_suv_mean,
            "healthy_suv_mean": found.healthy_suv_mean,
            "recovered_percent": found.recovered_percent,
            "peak_percent": 100.0 * float(result.profile_suv.max() / max(result.profile_true.max(), 1e-6)),
            "noise_percent": found.noise_percent,
            "behind_mm": found.behind_mm,
            "right_mm": found.right_mm,
            "planar_percent": result.planar_percent,
            "planar_fwhm_mm": result.planar.fwhm_mm,
            "planar_row_mm": result.planar.place[0] * result.planar.pixel_mm,
            "planar_column_mm": result.planar.place[1] * result.planar.pixel_mm,
            "scan_minutes": result.minutes,
            "counts": result.counts,
        }
