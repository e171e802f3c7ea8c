"""CT of a lumbar vertebra in three planes: slice thickness, beam hardening, metal, voltage."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.imaging.window import BONE, SOFT_TISSUE
from bonemets_teach.scenes import _planes_figure as drawing
from bonemets_teach.scenes import _planes_words as words
from bonemets_teach.scenes._planes_body import FINDINGS
from bonemets_teach.scenes._planes_image import PIXEL_MM, PlaneImage, take_plane
from bonemets_teach.scenes._planes_tasks import PRESETS, TASKS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["CtPlanes"]


def _options(pairs: dict[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value=value, label=label) for value, label in pairs.items())


class CtPlanes(ImageScene[PlaneImage]):
    """One plane through a scanned vertebra.

    Notes
    -----
    Physics from `bonemets_teach.imaging.ct` and `ct_stack`; what it leaves out is said there.
    """

    id: ClassVar[str] = "ct-planes"
    title: ClassVar[str] = "CT of a vertebra in three planes"
    summary: ClassVar[str] = (
        "Axial slices of a lumbar spine, computed from bone and tumor, and the coronal and sagittal planes made from "
        "them. Change slices, voltage and beam, put screws in, and see what stays true."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(name="finding", label="Finding in L3", options=_options(dict(FINDINGS)), default="lytic-body", on_release=True),
        Choice(
            name="plane", label="Plane", options=_options(words.PLANE_LABELS), default="axial", on_release=True,
        ),
        Parameter(
            name="position_mm", label="Position of the plane", low=-40, high=40, step=1, default=0, unit="mm",
            source="chosen: the extent of the phantom", help="From the middle of the vertebral body.",
            ends=("up, front or right", "down, back or left"),
        ),
        Parameter(
            name="slice_thickness_mm", label="Thickness of the axial slices", low=2, high=10, step=1, default=3,
            unit="mm", source="chosen: the order of clinical scanners", on_release=True,
        ),
        Parameter(
            name="tube_voltage_kv", label="Tube voltage", low=80, high=140, step=20, default=120, unit="kV",
            source="chosen: the steps of clinical scanners", on_release=True,
        ),
        Choice(
            name="hardening", label="Beam", default="corrected", on_release=True,
            options=_options({
                "corrected": "Real, corrected for water", "uncorrected": "Real, not corrected", "none": "One energy only",
            }),
            help="A real beam loses its low energies first and hardens on its way.",
        ),
        Choice(
            name="metal", label="Screws and rods", default="none", on_release=True,
            options=_options({"none": "None", "titanium": "Titanium", "steel": "Steel"}),
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = (
        "beam_hardening", "ct_image_quality", "ct_metal_artifact", "bone_island", "remineralization",
    )  # fmt: skip
    aspect: ClassVar[float] = 0.78
    aspect_narrow: ClassVar[float] = 1.16
    unit: ClassVar[str] = "HU"
    windows: ClassVar[tuple[Window, ...]] = (
        Window(id="bone", label="Bone", center=BONE.center, width=BONE.width),
        Window(id="soft-tissue", label="Soft tissue", center=SOFT_TISSUE.center, width=SOFT_TISSUE.width),
    )

    def compute(self, state: State) -> PlaneImage:
        """Take the plane of a complete state."""
        return take_plane(state)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield each finding, whose rays take a second to trace.

        Yields
        ------
        state : dict
            A complete state.
        """
        for finding in FINDINGS:
            yield self.defaults() | {"finding": finding}
        yield self.defaults()

    def picture(self, result: PlaneImage) -> Picture:
        """Return the plane in HU."""
        return Picture(values=result.hu, unit=self.unit, pixel_mm=PIXEL_MM, marks=result.marks)

    def build(self, figure: Figure, look: Look) -> Any:
        """Make axes and artists once."""
        return drawing.build(figure, look)

    def update(self, artists: Any, result: PlaneImage) -> None:
        """Set the data of the moving artists."""
        drawing.update(artists, result)

    def describe(self, result: PlaneImage) -> str:
        """Say what the plane cuts, how it was made, and how true it is."""
        return words.describe(result)

    def quantities(self, result: PlaneImage) -> dict[str, float]:
        """Return CT numbers, their errors, noise and the geometry of the plane."""
        found = result.measures
        return {
            "place_hu": found.place_hu,
            "true_hu": found.true_hu,
            "error_hu": found.place_hu - found.true_hu,
            "noise_hu": found.noise_hu,
            "canal_hu": found.canal_hu,
            "cupping_hu": found.cupping_hu,
            "slices": float(result.slices),
            "miss_mm": result.miss_mm,
        }
