"""The planar bone scan of a whole body, from front and back, from week to week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from matplotlib.figure import Figure

from bonemets_teach.scenes import _bone_scan_figure as drawing
from bonemets_teach.scenes._bone_scan_patients import PATIENTS, PHENOTYPES
from bonemets_teach.scenes._bone_scan_result import GAP_PIXELS, ScanResult, prepare, take_scan
from bonemets_teach.scenes._bone_scan_tasks import PRESETS, TASKS
from bonemets_teach.scenes._bone_scan_words import COLLIMATOR_LABELS, describe
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["BoneScan"]

_VERDICTS: Final = ("no scan", "no progression", "unconfirmed", "flare", "progression")


class BoneScan(ImageScene[ScanResult]):
    """A patient under the gamma camera, in any week of the disease.

    Notes
    -----
    Physics from `bonemets_teach.imaging.planar_scan`, uptake from `bone_uptake`, healing from `treated_lesion`. Which spot a
    reader calls is a threshold of contrast and noise, see `_bone_scan_reading`.
    """

    id: ClassVar[str] = "bone-scan"
    title: ClassVar[str] = "Bone scan from week to week"
    summary: ClassVar[str] = (
        "A bone scan computed from bone, osteoblasts, tracer and camera. Choose a patient, let time go by with or without "
        "treatment, and read the scan."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="patient", label="What the patient has", default="blastic", on_release=True,
            options=tuple(Option(value=value, label=label) for value, label in PATIENTS.items()),
        ),
        Parameter(
            name="amount", label="Amount of disease", low=0, high=100, step=5, default=50, unit="%",
            source="chosen: at 100 % lesions are twice as large as at 50 %", on_release=True,
            help="Size of metastases, or activity of osteoblasts where disease is everywhere.", ends=("none", "much"),
        ),
        Choice(
            name="treatment", label="Treatment from week 0 on", default="none", on_release=True,
            options=(Option(value="none", label="None, or one that fails"), Option(value="works", label="One that works")),
        ),
        Parameter(
            name="week", label="Week of the scan", low=-24, high=36, step=1, default=0, unit="weeks",
            source="chosen: six months before and eight after treatment begins", ends=("before", "after"),
            help="After week 0 the scan of week 0 stands at the left.",
        ),
        Parameter(
            name="time_h", label="Time after injection", low=0.1, high=8, step=0.1, default=3, unit="h",
            source="2 to 4 h are usual", ends=("blood pool", "decayed"),
        ),
        Parameter(
            name="seconds", label="Time over each point", low=5, high=600, step=5, default=200, unit="s",
            source="12 cm a minute under a head of 40 cm is 200 s", ends=("noisy", "slow"),
        ),
        Choice(
            name="collimator", label="Collimator", default="LEHR", on_release=True,
            options=tuple(Option(value=value, label=label) for value, label in COLLIMATOR_LABELS.items()),
            help="Finer holes are sharper and let fewer photons through.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("bone_scan_tracer", "flare", "pcwg3_2plus2", "superscan_signs")
    aspect: ClassVar[float] = 0.85
    aspect_narrow: ClassVar[float] = 3.5
    unit: ClassVar[str] = "% of normal"
    windows: ClassVar[tuple[Window, ...]] = (
        Window(id="bone", label="Bone", center=85, width=170),
        Window(id="soft", label="Soft tissue", center=25, width=50),
        Window(id="hot", label="Hot bone", center=250, width=500),
    )

    def compute(self, state: State) -> ScanResult:
        """Make the scan of a complete state."""
        return take_scan(state)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield what takes long at first: each patient, each collimator, and the weeks of a patient who is followed.

        Yields
        ------
        state : dict
            A complete state.
        """
        for preset in self.presets:
            yield self.defaults() | dict(preset.state)
        for collimator in COLLIMATOR_LABELS:
            yield self.defaults() | {"collimator": collimator}
        flare = next(preset for preset in self.presets if preset.id == "flare")
        for week in range(1, 37):
            yield self.defaults() | dict(flare.state) | {"week": week}
            yield self.defaults() | {"week": week}

    def rehearse(self) -> None:
        """Project the findings of each state and count them; pictures with their noise are made anew in any case."""
        for state in self.rehearsal():
            prepare(state)

    def build(self, figure: Figure, look: Look) -> drawing.ScanArtists:
        """Make axes and artists once."""
        return drawing.build(figure, look)

    def update(self, artists: drawing.ScanArtists, result: ScanResult) -> None:
        """Set the data of the moving artists."""
        drawing.update(artists, result)

    def picture(self, result: ScanResult) -> Picture:
        """Return front and back in percent of a normal vertebra, dark where counts are high."""
        return Picture(
            values=result.percent, unit=self.unit, pixel_mm=body().voxel_mm, invert=True, marks=_marks(result)
        )

    def describe(self, result: ScanResult) -> str:
        """Say how the scan was made, what is hot and cold, and what the rule says."""
        return describe(result)

    def quantities(self, result: ScanResult) -> dict[str, float]:
        """Return counts of lesions, contrasts, shares of the tracer and counts."""
        numbers = {
            "hot_lesions": float(len(result.now.hot)),
            "cold_lesions": float(len(result.now.cold)),
            "hot_lesions_week_0": float(result.baseline),
            "new_lesions": float(result.readings[-1].new_lesions) if result.readings else 0.0,
            "kidney_percent_of_healthy": 100 * result.kidney_share,
            "soft_tissue_percent_of_healthy": 100 * result.soft_share,
            "bone_to_soft": result.bone_to_soft,
            "skeletal_demand": result.now.views.demand,
            "million_counts": result.counts / 1e6,
        }
        numbers |= {
            f"is_{label.replace(' ', '_')}": float(result.verdict.label == label) for label in _VERDICTS
        }
        if result.case.patient in PHENOTYPES:
            for name in ("T8", "sternum", "L2"):
                spot = result.spot(name)
                numbers[f"{name}_front_percent"] = 100 * spot.front if spot else 0.0
                numbers[f"{name}_back_percent"] = 100 * spot.back if spot else 0.0
        return numbers


def _marks(result: ScanResult) -> tuple[tuple[float, float, str], ...]:
    """Return each finding where it stands out more, and the organs that hold tracer; of two scans in the later one."""
    width = body().shape[2]
    start = 2 * width + GAP_PIXELS if result.scans > 1 else 0
    marks: list[tuple[float, float, str]] = []
    for spot in result.now.spots:
        row, column = spot.place
        behind = abs(spot.back) > abs(spot.front)
        marks.append((row, start + (2 * width - 1 - column if behind else column), spot.label))
    for name in ("left kidney", "bladder"):
        z, _, x = body().index_of(body().landmarks[name])
        marks.append((z, start + (x if name == "bladder" else 2 * width - 1 - x), name))
    return tuple((float(row), float(column), label) for row, column, label in marks)
