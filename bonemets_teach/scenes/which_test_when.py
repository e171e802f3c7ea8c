"""When each test first shows a lesion: months against modalities."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.imaging.first_visible import HORIZON_MONTHS, VISIBILITY_SITES
from bonemets_teach.scenes import _which_test_view as view
from bonemets_teach.scenes._which_test_result import WhichTestResult, follow
from bonemets_teach.scenes._which_test_tasks import PRESETS, TASKS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["WhichTestWhen"]


class WhichTestWhen(Scene[WhichTestResult]):
    """One lesion that grows, and the month in which each test first shows it.

    Notes
    -----
    Physics from `bonemets_teach.imaging.first_visible`; what it leaves out is said there.
    """

    id: ClassVar[str] = "which-test-when"
    title: ClassVar[str] = "Which test shows it when"
    summary: ClassVar[str] = (
        "One lesion grows for four years. A bar starts when a test first shows it. Change the lesion and see "
        "which test comes first."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="phenotype", label="Type of the lesion", low=0, high=1, step=0.05, default=0,
            source="chosen: the scale of the tumor-bone model", on_release=True, ends=("lytic", "blastic"),
        ),
        Choice(
            name="site", label="Where", default="vertebra", on_release=True,
            options=tuple(Option(value=name, label=site.label) for name, site in VISIBILITY_SITES.items()),
        ),
        Parameter(
            name="growth_speed", label="Speed of growth", low=0.25, high=3, step=0.25, default=1, unit="x normal",
            source="chosen: normal is 1.2 mm a month at the front", on_release=True, ends=("slow", "fast"),
        ),
        Parameter(
            name="threshold", label="Signal over noise that is seen", low=3, high=8, step=0.5, default=5,
            source="Rose 1948; Burgess 1999: about 5", help="An attentive reader needs less, a tired one more.",
            ends=("attentive", "tired"),
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("radiograph_threshold",)
    aspect: ClassVar[float] = 0.6
    aspect_narrow: ClassVar[float] = 1.5

    def compute(self, state: State) -> WhichTestResult:
        """Follow the lesion of a complete state."""
        return follow(state)

    def build(self, figure: Figure, look: Look) -> view.WhichTestArtists:
        """Make axes and artists once."""
        return view.build(figure, look)

    def update(self, artists: view.WhichTestArtists, result: WhichTestResult) -> None:
        """Set the data of the moving artists."""
        view.update(artists, result)

    def describe(self, result: WhichTestResult) -> str:
        """Say in which order the tests show the lesion, when, how large it is then and how it looks."""
        seen = [result.tests[name] for name in result.order if result.tests[name].is_seen]
        parts = [
            f"{test.label} in month {test.month:.0f} ({test.diameter_mm:.0f} mm, {test.looks})"
            for test in seen
        ]
        never = [test.label for test in result.tests.values() if not test.is_seen]
        missed = f" Not in {HORIZON_MONTHS} months: {', '.join(never)}." if never else ""
        order = "; ".join(parts) if parts else "no test"
        months = (12, 24, 48)
        sizes = ", ".join(f"{result.course.diameter_mm[month]:.0f}" for month in months)
        bone = ", ".join(f"{100 * result.course.core_bone[month]:.0f}" for month in months)
        return (
            f"A {_kind(result.phenotype)} lesion in the {result.site[0].lower()}{result.site[1:]}, growing at "
            f"{result.growth_speed:g} times normal speed, is first shown, at {result.threshold:g} times the noise, by: "
            f"{order}.{missed} At 12, 24 and 48 months the tumor measures {sizes} mm and bone in its core is {bone} % of "
            "normal."
        )

    def quantities(self, result: WhichTestResult) -> dict[str, float]:
        """Return months, 48 standing for never, and sizes for each test, and size and bone at a year."""
        numbers = {
            f"{name.replace('-', '_')}_month": test.capped_month for name, test in result.tests.items()
        }
        numbers |= {
            f"{name.replace('-', '_')}_diameter_mm": test.diameter_mm for name, test in result.tests.items()
        }
        numbers |= {
            f"{name.replace('-', '_')}_seen": float(test.is_seen) for name, test in result.tests.items()
        }
        return numbers | {
            "radiograph_after_ct_months": numbers["radiograph_month"] - numbers["ct_month"],
            "diameter_at_a_year_mm": float(result.course.diameter_mm[12]),
            "bone_at_a_year_percent": float(100 * result.course.core_bone[12]),
        }


def _kind(phenotype: float) -> str:
    if phenotype <= 0.2:
        return "lytic"
    return "blastic" if phenotype >= 0.7 else "mixed"
