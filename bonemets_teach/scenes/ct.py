"""An axial CT slice of the proximal femur: dose, thickness, kernel and voltage."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.imaging.window import BONE, SOFT_TISSUE
from bonemets_teach.scenes import _ct_view as view
from bonemets_teach.scenes._ct_result import CtResult, take_slice
from bonemets_teach.scenes._ct_tasks import PRESETS, TASKS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["CtScene"]


class CtScene(ImageScene[CtResult]):
    """One slice through the right femur, taken as the learner sets the scanner.

    Notes
    -----
    Physics from `bonemets_teach.imaging.ct`; what it leaves out is said there.
    """

    id: ClassVar[str] = "ct"
    title: ClassVar[str] = "CT of the femur"
    summary: ClassVar[str] = (
        "An axial slice through the right hip, computed from the same bone and tumor as the radiograph. "
        "Change dose, slice and kernel, and see what each costs."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="level_mm", label="Slice level below the center of the femoral head", low=-20, high=140,
            step=1, default=43, unit="mm", source="chosen: the extent of the phantom", on_release=True,
            ends=("head", "shaft"),
        ),
        Choice(
            name="lesion", label="Lesion between the trochanters", default="lytic", on_release=True,
            options=(
                Option(value="none", label="None"),
                Option(value="lytic", label="Lytic"),
                Option(value="mixed", label="Mixed"),
                Option(value="blastic", label="Blastic"),
            ),
        ),
        Parameter(
            name="months", label="Age of the lesion", low=0, high=18, step=1, default=18, unit="months",
            source="chosen: the model runs for 18 months", on_release=True,
        ),
        Parameter(
            name="tube_current_time_mas", label="Tube current × time", low=10, high=400, step=10, default=150,
            unit="mAs", source="chosen: the order of clinical scanners", help="Photons, and so dose.",
            ends=("less dose", "less noise"),
        ),
        Parameter(
            name="slice_thickness_mm", label="Slice thickness", low=1, high=10, step=0.5, default=3,
            unit="mm", source="chosen: the order of clinical scanners", on_release=True,
        ),
        Choice(
            name="kernel", label="Kernel", default="bone",
            options=(
                Option(value="bone", label="Sharp (bone)"),
                Option(value="soft", label="Smooth (soft tissue)"),
            ),
            help="The filter before back projection.",
        ),
        Parameter(
            name="tube_voltage_kv", label="Tube voltage", low=80, high=140, step=20, default=120, unit="kV",
            source="chosen: the steps of clinical scanners",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("radiograph_threshold",)
    aspect: ClassVar[float] = 0.535
    aspect_narrow: ClassVar[float] = 2.12
    unit: ClassVar[str] = "HU"
    windows: ClassVar[tuple[Window, ...]] = (
        Window(id="bone", label="Bone", center=BONE.center, width=BONE.width),
        Window(id="soft-tissue", label="Soft tissue", center=SOFT_TISSUE.center, width=SOFT_TISSUE.width),
    )

    def compute(self, state: State) -> CtResult:
        """Take the slice of a complete state."""
        return take_slice(state)

    def build(self, figure: Figure, look: Look) -> view.CtArtists:
        """Make axes and artists once."""
        return view.build(figure, look)

    def update(self, artists: view.CtArtists, result: CtResult) -> None:
        """Set the data of the moving artists."""
        view.update(artists, result)

    def picture(self, result: CtResult) -> Picture:
        """Return the slice in HU."""
        return Picture(
            values=result.image.hu, unit=self.unit, pixel_mm=result.image.pixel_mm, marks=result.marks
        )

    def describe(self, result: CtResult) -> str:
        """Say what was cut, how it measures, and how it was taken."""
        settings = result.image.settings
        side = "below" if result.level_mm >= 0 else "above"
        bones = " and ".join(name for _, _, name in result.marks if name != "lesion") or "no bone"
        return (
            f"Axial slice of the right hip {abs(result.level_mm):g} mm {side} the center of the head, "
            f"showing {bones}, with {_lesion_words(result)}. The measuring disc in the femur reads "
            f"{result.disc_hu:.0f} HU, {result.normal_hu:.0f} HU without a lesion. The noise is "
            f"{result.noise_hu:.0f} HU and the contrast {result.contrast_to_noise:.1f} times the noise of a "
            f"pixel. Taken with {settings.tube_voltage_kv:g} kV, {settings.tube_current_time_mas:g} mAs, "
            f"{settings.slice_thickness_mm:g} mm and the {settings.kernel} kernel: {100 * result.dose:.0f} % "
            "of the dose of 100 mAs at 120 kV."
        )

    def quantities(self, result: CtResult) -> dict[str, float]:
        """Return CT numbers, noise, dose and what is in the measuring disc."""
        return {
            "lesion_hu": result.disc_hu,
            "normal_hu": result.normal_hu,
            "difference_hu": result.disc_hu - result.normal_hu,
            "noise_hu": result.noise_hu,
            "contrast_to_noise": result.contrast_to_noise,
            "tumor_percent": 100 * result.tumor_share,
            "mineral_lost_percent": 100 * result.mineral_lost,
            "dose_percent": 100 * result.dose,
        }


def _lesion_words(result: CtResult) -> str:
    if result.lesion == "none" or result.months == 0:
        return "no lesion"
    lost = 100 * result.mineral_lost
    mineral = f"{lost:.0f} % of the mineral is gone" if lost >= 0 else f"mineral has grown by {-lost:.0f} %"
    return (
        f"a {result.lesion} lesion of {result.months:g} months; in the disc tumor fills "
        f"{100 * result.tumor_share:.0f} % of the marrow and {mineral}"
    )
