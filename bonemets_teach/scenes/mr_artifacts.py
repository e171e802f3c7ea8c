"""What spoils an MR image: too few lines of k-space, breathing, metal, and fat in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _mr_artifact_figure as drawing
from bonemets_teach.scenes._mr_artifact_body import center_of
from bonemets_teach.scenes._mr_artifact_result import (
    FIELD_T,
    GAP_PIXELS,
    MOST_LINES,
    SEQUENCES,
    ArtifactResult,
    take_scan,
)
from bonemets_teach.scenes._mr_artifact_tasks import PRESETS, TASKS
from bonemets_teach.scenes._mr_regions import FIELD_MM, SIZE
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter, Toggle
from bonemets_teach.scenes.scene import ImageScene, Picture, Preset, State, Task, Window

__all__ = ["MrArtifacts"]

_PHASES = {"rows": "Head to foot", "columns": "Front to back"}
_METALS = {"none": "None", "titanium": "Titanium", "steel": "Steel"}


def _options(labels: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in labels.items())


class MrArtifacts(ImageScene[ArtifactResult]):
    """One sagittal image and the k-space that it is made of.

    Notes
    -----
    Physics from `bonemets_teach.imaging.mri`; what it leaves out is said there. Around metal the slice itself is bent,
    too: that is left out.
    """

    id: ClassVar[str] = "mr-artifacts"
    title: ClassVar[str] = "What spoils an MR image"
    summary: ClassVar[str] = (
        "A sagittal image through the pedicles, with a lytic metastasis in L3, beside the k-space that it is made of. Measure "
        "fewer lines, let the patient breathe, put screws in, and tell an artifact from disease."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(name="sequence", label="Sequence", options=_options(dict(SEQUENCES)), default="t1"),
        Parameter(
            name="lines", label="Lines of k-space that are measured", low=32, high=MOST_LINES, step=16, default=MOST_LINES,
            source="chosen: the order of clinical protocols", ends=("blurred", "fine"),
        ),
        Toggle(
            name="without_middle", label="Leave out the middle of k-space", default=False,
            help="16 × 16 samples are set to zero after the scan.",
        ),
        Parameter(
            name="breathing_mm", label="Breathing at the front of the belly", low=0, high=15, step=1, default=0, unit="mm",
            source="chosen: to either side; 10 mm is an ordinary breath", ends=("held", "deep"),
        ),
        Choice(
            name="phase", label="Phase encoding", options=_options(_PHASES), default="rows",
            help="Ghosts lie along it, shifts of fat and metal across it.",
        ),
        Choice(
            name="metal", label="Screws in L2 and L4", options=_options(_METALS), default="none", on_release=True,
        ),
        Parameter(
            name="bandwidth_hz_px", label="Bandwidth of a pixel", low=120, high=800, step=20, default=200, unit="Hz",
            source="chosen: range of clinical protocols", ends=("quiet, shifted", "noisy, in place"),
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("mr_artifacts", "mr_metal_screws")
    aspect: ClassVar[float] = 0.56
    aspect_narrow: ClassVar[float] = 0.6
    unit: ClassVar[str] = "of 1000"
    windows: ClassVar[tuple[Window, ...]] = (
        Window(id="whole", label="Whole range", center=500, width=1000),
        Window(id="dark", label="Dark tissues", center=200, width=400),
    )

    def compute(self, state: State) -> ArtifactResult:
        """Take the scan of a complete state."""
        return take_scan(state)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield the start and a state with screws, whose field takes a moment.

        Yields
        ------
        state : dict
            A complete state.
        """
        yield self.defaults() | {"metal": "titanium"}
        yield self.defaults()

    def build(self, figure: Figure, look: Any) -> drawing.ArtifactArtists:
        """Make axes and artists once."""
        return drawing.build(figure, look)

    def update(self, artists: drawing.ArtifactArtists, result: ArtifactResult) -> None:
        """Set the data of the moving artists."""
        drawing.update(artists, result)

    def picture(self, result: ArtifactResult) -> Picture:
        """Return image and k-space side by side in gray values of 1000."""
        marks = [(*center_of("lesion"), "lesion"), *((*center_of(name), name) for name in ("L2", "L4"))]
        marks.append((SIZE / 2, SIZE * 1.5 + GAP_PIXELS, "middle of k-space"))
        return Picture(values=result.shown, unit=self.unit, pixel_mm=FIELD_MM / SIZE, marks=tuple(marks))

    def describe(self, result: ArtifactResult) -> str:
        """Say how the scan was made, what disturbs it, and what that does to the reading."""
        state = result.state
        lines = f"{int(state['lines'])} lines" + (
            " without the middle of k-space" if state["without_middle"] else ""
        )
        breathing = (
            f"The front of the belly moves by {state['breathing_mm']:g} mm to either side, and ghosts change L3 by "
            f"{result.ghost_percent:.1f} % of normal marrow"
            if state["breathing_mm"]
            else "The breath is held"
        )
        metal = (
            f"Screws of {state['metal']} spoil {result.spoiled_cm2:.0f} cm²"
            if state["metal"] != "none"
            else "There is no metal"
        )
        name = SEQUENCES[str(state["sequence"])]
        name = name[0].lower() + name[1:] if name.startswith("G") else name
        return (
            f"Sagittal image through the pedicles at {FIELD_T:g} T, {name}, {lines}, phase encoded from "
            f"{_PHASES[str(state['phase'])].lower()}, with a lytic metastasis in L3; at the right its k-space. A pixel is "
            f"{result.pixel_mm:.2f} mm, the scan takes {result.seconds:.0f} s, noise is {result.noise:.0f}. {breathing}. "
            f"{metal}. Fat lies {result.fat_shift_mm:.2f} mm beside its true place. The lesion reads {result.lesion:.0f}, normal "
            f"marrow {result.marrow:.0f} of 1000."
        )

    def quantities(self, result: ArtifactResult) -> dict[str, float]:
        """Return signals, noise, time and what each artifact does."""
        return {
            "lesion_signal": result.lesion,
            "marrow_signal": result.marrow,
            "lesion_to_marrow": result.relative,
            "noise": result.noise,
            "scan_seconds": result.seconds,
            "pixel_mm": result.pixel_mm,
            "fat_shift_mm": result.fat_shift_mm,
            "ghost_percent": result.ghost_percent,
            "spoiled_cm2": result.spoiled_cm2,
        }
