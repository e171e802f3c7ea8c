"""Controls and presets of the drug timeline."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._drug_timeline_result import MONTHS
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Preset

__all__ = ["CONTROLS", "LYTIC", "PRESETS"]

LYTIC: Final = 0.1

CONTROLS: Final[tuple[Control, ...]] = (
    Parameter(
        name="phenotype", label="What the tumor does to bone",
        low=0.0, high=1.0, step=0.05, default=LYTIC,
        ends=("lytic", "blastic"), source="calibrated in this course",
        help="Left: PTHrP and DKK-1. Right: Wnt, endothelin-1 and BMP. Middle: both.",
    ),
    Choice(
        name="bone_drug", label="Bone drug", default="denosumab-120",
        options=(
            Option(value="none", label="none"),
            Option(value="denosumab-120", label="denosumab 120 mg every 4 weeks"),
            Option(value="denosumab-60", label="denosumab 60 mg every 6 months (osteoporosis)"),
            Option(value="zoledronate-4", label="zoledronate 4 mg every 4 weeks"),
            Option(value="zoledronate-12", label="zoledronate 4 mg every 12 weeks"),
        ),
        help="Denosumab catches RANKL and leaves the body. Zoledronate kills osteoclasts and stays on bone.",
    ),
    Parameter(
        name="bone_start", label="Bone drug starts in month", low=0, high=33, step=1, default=9,
        unit="months", source="chosen", help="Month of the first dose.",
    ),
    Parameter(
        name="bone_stop", label="Bone drug stops in month", low=1, high=MONTHS, step=1, default=MONTHS,
        unit="months", ends=("", "never"), source="chosen", help="From this month on no dose is given; 36 is never.",
    ),
    Choice(
        name="tumor_treatment", label="Treatment of the tumor", default="none",
        options=(
            Option(value="none", label="none"),
            Option(value="radiotherapy", label="radiotherapy once"),
            Option(value="systemic", label="systemic therapy from then on"),
            Option(value="systemic-6", label="systemic therapy for 6 months"),
        ),
        help="One pulse that kills all but 0.7 %, or a constant kill for as long as it is given.",
    ),
    Parameter(
        name="tumor_start", label="Tumor treatment starts in month", low=0, high=33, step=1, default=9,
        unit="months", source="chosen", help="Matters only if there is one.",
    ),
    Parameter(
        name="month", label="Month shown", low=0, high=MONTHS, step=1, default=18, unit="months",
        source="chosen", help="Moves the marker, the numbers in the text and the film.",
    ),
)  # fmt: skip

PRESETS: Final = (
    Preset(
        id="early",
        label="Bone drug early",
        state={"phenotype": LYTIC, "bone_drug": "denosumab-120", "bone_start": 3},
        help="Denosumab before bone is lost.",
    ),
    Preset(
        id="late",
        label="Bone drug late",
        state={"phenotype": LYTIC, "bone_drug": "denosumab-120", "bone_start": 9},
        help="Denosumab when a quarter of the bone has gone.",
    ),
    Preset(
        id="stopped",
        label="Stopped: rebound",
        state={
            "bone_drug": "denosumab-120",
            "bone_start": 6,
            "bone_stop": 15,
            "tumor_treatment": "systemic",
            "tumor_start": 6,
            "month": 26,
        },
        help="The tumor is under control, denosumab is stopped, nothing follows it.",
    ),
    Preset(
        id="flare",
        label="Radiotherapy: flare",
        state={"bone_drug": "none", "tumor_treatment": "radiotherapy", "tumor_start": 9, "month": 10},
        help="A lytic lesion is irradiated once.",
    ),
    Preset(
        id="both",
        label="Bone drug and tumor treatment",
        state={"bone_start": 9, "tumor_treatment": "systemic", "tumor_start": 9, "month": 24},
        help="Denosumab and systemic therapy from month 9 on.",
    ),
    Preset(
        id="zoledronate",
        label="Zoledronate every 12 weeks",
        state={"bone_drug": "zoledronate-12", "bone_start": 3},
        help="A third of the usual doses.",
    ),
)
