"""Presets and tasks of CT in three planes; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.scenes._planes_image import PlaneImage, take_plane
from bonemets_teach.scenes._planes_words import NEAR_MM
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_USUAL: Final = {
    "plane": "axial", "position_mm": 0, "slice_thickness_mm": 3, "tube_voltage_kv": 120, "hardening": "corrected",
    "metal": "none",
}  # fmt: skip
_SCREWS: Final = {**_USUAL, "finding": "lytic-body", "metal": "titanium", "position_mm": -5}
_CANAL_GOAL_HU: Final = 280.0
_SAME_HU: Final = 8.0
_FAR_HU: Final = 100.0
_ISLAND_HU: Final = 885.0

PRESETS: Final = (
    Preset(
        id="normal", label="Normal, axial", state={**_USUAL, "finding": "none", "position_mm": -5},
        help="Body, two pedicles, the ring around the canal.",
    ),
    Preset(
        id="collapse", label="Collapse, sagittal", state={**_USUAL, "finding": "collapse", "plane": "sagittal"},
        help="The plane in which the height of a vertebra is judged.",
    ),
    Preset(
        id="collapse-axial", label="Collapse, axial", state={**_USUAL, "finding": "collapse"},
        help="The same vertebra as scanned. Would you call it broken?",
    ),
    Preset(
        id="stairs", label="Stairs", state={**_USUAL, "finding": "none", "plane": "sagittal", "slice_thickness_mm": 8},
        help="A sagittal plane made of slices of 8 mm.",
    ),
    Preset(
        id="blastic", label="Blastic lesion, coronal",
        state={**_USUAL, "finding": "blastic-body", "plane": "coronal", "position_mm": -8},
        help="White in the front of the body.",
    ),
    Preset(
        id="island", label="Bone island", state={**_USUAL, "finding": "bone-island"},
        help="As dense as cortex, with spikes into the spongiosa.",
    ),
    Preset(id="hemangioma", label="Hemangioma", state={**_USUAL, "finding": "hemangioma"}, help="Few thick struts in fat: dots."),
    Preset(
        id="healed", label="Healed metastasis", state={**_USUAL, "finding": "healed"},
        help="It was a hole. White is the answer to treatment.",
    ),
    Preset(id="titanium", label="Titanium screws", state=_SCREWS, help="Dark bands along the screws, streaks around them."),
    Preset(id="steel", label="Steel screws", state={**_SCREWS, "metal": "steel"}, help="Denser metal, worse artifacts."),
    Preset(
        id="uncorrected", label="No correction", state={**_USUAL, "finding": "none", "hardening": "uncorrected"},
        help="The raw beam: the middle of the body reads too low.",
    ),
)  # fmt: skip


def _canal(result: PlaneImage) -> int:
    change = result.measures.canal_hu - _without_metal(result).measures.canal_hu
    return 1 if abs(change) < _FAR_HU else (0 if change < 0 else 2)


def _without_metal(result: PlaneImage) -> PlaneImage:
    return take_plane({**result.state, "metal": "none"})


def _explain_canal(result: PlaneImage) -> str:
    return (
        f"Between the screws the canal reads {result.measures.canal_hu:.0f} HU, without them "
        f"{_without_metal(result).measures.canal_hu:.0f} HU. Rays that cross both screws arrive too hard and too few, "
        "and the reconstruction puts the error on everything beside the metal: some places too dark, some too bright."
    )


def _read(finding: str) -> float:
    return take_plane({**_USUAL, "finding": finding}).measures.place_hu


def _explain_healed(result: PlaneImage) -> str:
    return (
        f"The place reads {result.measures.place_hu:.0f} HU. Healthy spongiosa reads {_read('none'):.0f} HU, and the lytic "
        f"metastasis in the same place read {_read('lytic-body'):.0f} HU. Tumor is gone, and repair has filled the hole."
    )


def _explain_island(result: PlaneImage) -> str:
    return (
        f"It reads {result.measures.place_hu:.0f} HU; the blastic metastasis of this model reads {_read('blastic-body'):.0f} HU "
        f"and the healed one {_read('healed'):.0f} HU. Above {_ISLAND_HU:g} HU speaks for a bone island against an untreated "
        "metastasis, and so do spikes and no change over years. No number proves it."
    )


def _healed_side(result: PlaneImage) -> int:
    change = result.measures.place_hu - _read("none")
    return 1 if abs(change) < _FAR_HU else (0 if change < 0 else 2)


def _thin(result: PlaneImage) -> PlaneImage:
    return take_plane({**result.state, "slice_thickness_mm": 2})


def _thick_change(result: PlaneImage) -> int:
    change = result.measures.place_hu - _thin(result).measures.place_hu
    return 1 if abs(change) < 2 * _SAME_HU else (0 if change < 0 else 2)


def _explain_thick(result: PlaneImage) -> str:
    return (
        f"In a slice of 10 mm the place reads {result.measures.place_hu:.0f} HU, in one of 2 mm "
        f"{_thin(result).measures.place_hu:.0f} HU; the tissue itself has {result.measures.true_hu:.0f} HU. The thick "
        "slice also holds the cortex above and below the pedicle."
    )


def _cupping(result: PlaneImage) -> int:
    cupping = result.measures.cupping_hu
    return 1 if abs(cupping) < _SAME_HU else (0 if cupping > 0 else 2)


def _explain_cupping(result: PlaneImage) -> str:
    corrected = take_plane({**result.state, "hardening": "corrected"}).measures.cupping_hu
    one = take_plane({**result.state, "hardening": "none"}).measures.cupping_hu
    return (
        f"Muscle near the axis reads {result.measures.cupping_hu:.0f} HU lower than the same muscle near the skin, against "
        f"{corrected:.0f} HU with the correction and {one:.0f} HU with one energy. Rays through the middle cross most tissue "
        "and harden most: this is cupping."
    )


def _shows_collapse(state: State, result: Any) -> bool:
    return bool(
        state["finding"] == "collapse" and state["plane"] == "sagittal" and result.miss_mm <= 12
        and state["slice_thickness_mm"] <= 3
    )  # fmt: skip


def _through_lesion(state: State, result: Any) -> bool:
    return bool(
        state["finding"] == "blastic-body" and state["plane"] == "coronal" and result.miss_mm <= NEAR_MM / 2
    )


def _less_artifact(state: State, result: Any) -> bool:
    return bool(state["metal"] != "none" and result.measures.canal_hu < _CANAL_GOAL_HU)


TASKS: Final = (
    Task(
        id="find-collapse",
        text="L3 has lost height. Find the plane and the slices that show the broken endplate and how much is lost.",
        state={**_USUAL, "finding": "collapse", "slice_thickness_mm": 8},
        goal=_shows_collapse,
        success="Height lies along the spine. An axial slice cuts across it, so it can't show it, however sharp it is.",
        hint="Look from the side, near the midline, and make the steps small.",
    ),
    Task(
        id="predict-thick",
        text="A lytic lesion sits in the right pedicle. The slices are 10 mm thick.",
        state={**_USUAL, "finding": "lytic-pedicle", "position_mm": -5, "slice_thickness_mm": 10},
        prediction=Prediction(
            prompt="Against slices of 2 mm, its CT number reads…",
            options=("lower", "about the same", "higher"),
            answer=_thick_change,
            explain=_explain_thick,
        ),
        success="Partial volume: a voxel shows the mean of all it holds. Judge small parts in thin slices.",
    ),
    Task(
        id="predict-cupping",
        text="The scanner's correction of beam hardening is switched off.",
        state={**_USUAL, "finding": "none", "hardening": "uncorrected"},
        prediction=Prediction(
            prompt="Muscle deep in the body, against muscle near the skin, reads…",
            options=("lower", "the same", "higher"),
            answer=_cupping,
            explain=_explain_cupping,
        ),
        success="Scanners correct for water. What bone and metal add stays.",
    ),
    Task(
        id="predict-canal",
        text="Titanium screws hold the vertebra. You look for tumor in the spinal canal between them.",
        state=_SCREWS,
        prediction=Prediction(
            prompt="Against the same canal without screws, the place reads…",
            options=("at least 100 HU lower", "about the same", "at least 100 HU higher"),
            answer=_canal,
            explain=_explain_canal,
        ),
        success="What lies between screws is guesswork on such a picture. MRI or CT myelography may answer instead.",
    ),
    Task(
        id="predict-island",
        text="A small white spot in the front of the body, found by chance: a bone island.",
        state={**_USUAL, "finding": "bone-island"},
        prediction=Prediction(
            prompt="It reads…",
            options=(f"below {_ISLAND_HU:g} HU", f"above {_ISLAND_HU:g} HU"),
            answer=lambda result: int(result.measures.place_hu > _ISLAND_HU),
            explain=_explain_island,
        ),
        success="Compare it with the blastic lesion: who has a sharp edge with spikes, who fades out?",
    ),
    Task(
        id="predict-healed",
        text="There was a lytic metastasis at the back of the body. Half a year of a treatment that works has passed.",
        state={**_USUAL, "finding": "healed"},
        prediction=Prediction(
            prompt="Against healthy spongiosa, the place now reads…",
            options=("at least 100 HU lower", "about the same", "at least 100 HU higher"),
            answer=_healed_side,
            explain=_explain_healed,
        ),
        success="A white spot that is new after treatment may be an old hole that heals. Ask for the picture before.",
    ),
    Task(
        id="less-artifact",
        text=f"Steel screws make the canal read far too high. Bring it below {_CANAL_GOAL_HU:g} HU with screws in place.",
        state={**_SCREWS, "metal": "steel"},
        goal=_less_artifact,
        success="A lighter metal helps most, a higher voltage helps some. Neither frees the canal.",
        hint="What would a surgeon choose who plans for later scans? And what gets through metal better?",
    ),
    Task(
        id="through-lesion",
        text="A blastic lesion sits in the front of the body. Lay a coronal plane through its middle.",
        state={**_USUAL, "finding": "blastic-body", "plane": "coronal", "position_mm": 15},
        goal=_through_lesion,
        success="One lesion, three planes: its length, width and depth.",
        hint="A smaller position is farther in front.",
    ),
)  # fmt: skip
