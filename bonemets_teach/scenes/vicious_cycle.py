"""The scene `vicious-cycle`: tumor, bone cells and bone over 18 months, and the loop that joins them."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes._vicious_cycle_figure import ViciousArtists, build, update
from bonemets_teach.scenes._vicious_cycle_result import MONTHS, Lesion, ViciousResult, half_month, run
from bonemets_teach.scenes._vicious_cycle_tasks import PRESETS, TASKS
from bonemets_teach.scenes._vicious_cycle_words import describe
from bonemets_teach.scenes.parameter import Control, Parameter, Toggle
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["ViciousCycle"]


class ViciousCycle(Scene[ViciousResult]):
    """The tumor-bone model over 18 months, with its loop drawn to the strength of each message.

    Notes
    -----
    The couplings are calibrated, not published; see `biology.lpt_constants`. A RANKL block slows the tumor
    more than it does in patients (Peddi 2013: overall survival hazard ratio 0.98).
    """

    id: ClassVar[str] = "vicious-cycle"
    title: ClassVar[str] = "The vicious cycle"
    summary: ClassVar[str] = "The tumor drives bone cells, and bone feeds the tumor. Cut the loop anywhere."
    controls: ClassVar[tuple[Control, ...]] = (
        Parameter(
            name="phenotype", label="What the tumor does to bone",
            low=0.0, high=1.0, step=0.05, default=0.1,
            ends=("lytic", "blastic"), source="calibrated in this course",
            help="Left: PTHrP and DKK-1. Right: Wnt, endothelin-1 and BMP. Middle: both.",
        ),
        Parameter(
            name="feedback", label="Growth that depends on bone",
            low=0, high=100, step=5, default=70, unit="%",
            ends=("nothing back", "all"), source="default calibrated in this course; range complete",
            help="Share of tumor growth that growth factors from bone support.",
        ),
        Parameter(
            name="growth", label="Growth rate of the tumor",
            low=50, high=200, step=10, default=100, unit="%",
            ends=("slow", "fast"), source="100 % is 0.008/d, calibrated (Ayati 2010: 0.005/d); range chosen",
            help="Compared with the usual rate of this model.",
        ),
        Toggle(
            name="block", label="Block RANKL", default=False,
            help="Keeps RANKL from osteoclast precursors, as OPG and denosumab do.",
        ),
        Parameter(
            name="block_month", label="Block starts in month",
            low=0, high=15, step=1, default=3, unit="months",
            source="chosen", help="Matters only while the block is on.",
        ),
        Parameter(
            name="month", label="Month shown in the loop",
            low=0, high=MONTHS, step=1, default=9, unit="months",
            source="chosen", help="Moves the marker and the numbers in the loop.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = ("vicious_cycle", "blastic_mediators", "deno_meta")
    aspect: ClassVar[float] = 0.62
    aspect_narrow: ClassVar[float] = 2.1

    def compute(self, state: State) -> ViciousResult:
        """Run the tumor-bone model for 18 months."""
        lesion = Lesion(
            phenotype=float(state["phenotype"]),
            feedback=float(state["feedback"]) / 100.0,
            growth=float(state["growth"]) / 100.0,
            block_month=float(state["block_month"]) if state["block"] else None,
        )
        return run(lesion, float(state["month"]))

    def build(self, figure: Figure, look: Look) -> ViciousArtists:
        """Make three time panels and the loop."""
        return build(figure, look)

    def update(self, artists: ViciousArtists, result: ViciousResult) -> None:
        """Move lines, marker, arrows and numbers."""
        update(artists, result)

    def describe(self, result: ViciousResult) -> str:
        """Say tumor, cells, bone and messages at the shown month, and the end."""
        return describe(result, self.quantities(result))

    def quantities(self, result: ViciousResult) -> dict[str, float]:
        """Return cells, bone, tumor and messages at the shown month, and tumor and bone at the end."""
        i, path, sent = result.index, result.trajectory, result.messages
        return {
            "tumor_percent": 100.0 * float(path.tumor[i]),
            "osteoclast_ratio": float(path.osteoclast_ratio[i]),
            "osteoblast_ratio": float(path.osteoblast_ratio[i]),
            "bone_percent": 100.0 * float(path.bone_volume[i]),
            "pthrp_fold": float(sent.pthrp[i]),
            "recruitment_fold": float(sent.recruitment[i]),
            "rankl_fold": float(sent.rankl[i]),
            "resorption_fold": float(sent.resorption[i]),
            "formation_fold": float(sent.formation[i]),
            "growth_support_fold": float(sent.growth_support[i]),
            "growth_from_bone_percent": 100.0 * float(sent.from_bone[i] / max(sent.growth_support[i], 1e-12)),
            "tumor_half_month": half_month(path),
            "untouched_half_month": half_month(result.untouched),
            "tumor_end_percent": 100.0 * float(path.tumor[-1]),
            "bone_end_percent": 100.0 * float(path.bone_volume[-1]),
            "untouched_bone_end_percent": 100.0 * float(result.untouched.bone_volume[-1]),
            "untouched_tumor_end_percent": 100.0 * float(result.untouched.tumor[-1]),
        }
