"""Three PET tracers of one patient: FDG, fluoride and PSMA."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes import _pet_figure as drawing
from bonemets_teach.scenes._nuclear_body import body
from bonemets_teach.scenes._pet_lesions import BENIGN, PLACES, ROWS
from bonemets_teach.scenes._pet_result import GAP_PIXELS, PetResult, take_pet
from bonemets_teach.scenes._pet_tasks import PRESETS, TASKS
from bonemets_teach.scenes._pet_words import describe
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter, Toggle
from bonemets_teach.scenes.scene import ImageScene, Look, Picture, Preset, State, Task, Window

__all__ = ["PetTracers"]


class PetTracers(ImageScene[PetResult]):
    """One patient with lesions of one type under three tracers.

    Notes
    -----
    Physics from `bonemets_teach.imaging.pet`; what it leaves out is said there. In the model blastic lesions are hotter on
    fluoride than most of patients'.
    """

    id: ClassVar[str] = "pet-tracers"
    title: ClassVar[str] = "One patient, three tracers"
    summary: ClassVar[str] = (
        "FDG follows tumor, fluoride osteoblasts, PSMA a protein. Change the type and size of the lesions, treat them, and "
        "compare the three pictures."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="kind", label="Metastases", default="lytic", on_release=True,
            options=(
                Option(value="lytic", label="Lytic"),
                Option(value="mixed", label="Mixed"),
                Option(value="blastic", label="Blastic"),
            ),
        ),
        Parameter(
            name="diameter_mm", label="Diameter of each metastasis", low=0, high=40, step=1, default=24, unit="mm",
            source="chosen: a vertebral body is about 40 mm wide", on_release=True, ends=("none", "fills a vertebra"),
        ),
        Parameter(
            name="week", label="Weeks of a treatment that works", low=0, high=24, step=1, default=0, unit="weeks",
            source="chosen", on_release=True, ends=("untreated", "healed"),
        ),
        Parameter(
            name="receptor_percent", label="Tumor that carries PSMA", low=0, high=100, step=1, default=100, unit="%",
            source="chosen", help="Only PSMA depends on it.",
        ),
        Toggle(name="benign", label="Worn joints and a healing rib as well", default=False, on_release=True),
        Parameter(
            name="minutes", label="Time over each point", low=0.5, high=10, step=0.5, default=3, unit="min",
            source="2 to 4 min are usual", on_release=True, ends=("noisy", "slow"),
        ),
        Choice(
            name="view", label="Picture", default="projection",
            options=(
                Option(value="projection", label="Greatest SUV, from the front"),
                Option(value="slice", label="Coronal slice through L3"),
            ),
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("fdg_by_type", "naf_pet", "psma_negative", "psma_unspecific")
    aspect: ClassVar[float] = 0.46
    aspect_narrow: ClassVar[float] = 1.1
    unit: ClassVar[str] = "SUV"
    windows: ClassVar[tuple[Window, ...]] = tuple(
        Window(id=f"suv-{top}", label=f"0 to {top}", center=top / 2, width=top) for top in (10, 20, 40)
    )

    def compute(self, state: State) -> PetResult:
        """Make the pictures of a complete state."""
        return take_pet(state)

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield the states of the presets: each tracer, each type, and the benign findings.

        Yields
        ------
        state : dict
            A complete state.
        """
        for preset in self.presets:
            yield self.defaults() | dict(preset.state)

    def build(self, figure: Figure, look: Look) -> drawing.PetArtists:
        """Make axes and artists once."""
        return drawing.build(figure, look)

    def update(self, artists: drawing.PetArtists, result: PetResult) -> None:
        """Set the data of the moving artists."""
        drawing.update(artists, result)

    def picture(self, result: PetResult) -> Picture:
        """Return the three pictures side by side in SUV, dark where it is high."""
        return Picture(
            values=result.suv, unit=self.unit, pixel_mm=body().voxel_mm, invert=True, marks=_marks(result)
        )

    def describe(self, result: PetResult) -> str:
        """Say what each tracer reads, and what is strong in health."""
        return describe(result)

    def quantities(self, result: PetResult) -> dict[str, float]:
        """Return SUV, ratio to healthy bone and the share that blur leaves, for each tracer."""
        numbers: dict[str, float] = {}
        for name, reading in result.readings.items():
            key = name.lower()
            numbers[f"{key}_suv"] = reading.suv
            numbers[f"{key}_healthy_suv"] = reading.healthy
            numbers[f"{key}_ratio"] = reading.ratio
            numbers[f"{key}_recovered_percent"] = 100 * reading.recovered
            numbers[f"{key}_fracture_suv"] = result.worn[name].suv
        return numbers


def _marks(result: PetResult) -> tuple[tuple[float, float, str], ...]:
    """Return metastases in the first picture, benign findings in the second, and organs in the third."""
    sites = [(0, name, body().sites[site]) for name, site in PLACES.items() if result.has_lesions]
    if result.benign:
        sites += [(1, one.label, body().sites[one.site]) for one in BENIGN]
    sites += [(2, name, body().landmarks[name]) for name in ("bladder", "left kidney")]
    step = body().shape[2] + GAP_PIXELS
    indices = [(panel, label, body().index_of(point)) for panel, label, point in sites]
    return tuple(
        (float(z), float(x + panel * step), label) for panel, label, (z, _, x) in indices if z < ROWS
    )
