"""What a plane through the spine shows, in words."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._planes_body import FINDINGS, HEIGHT_LOSS
from bonemets_teach.scenes._planes_image import PlaneImage

__all__ = ["NEAR_MM", "PLANE_LABELS", "describe"]

PLANE_LABELS: Final = {
    "axial": "Axial (as scanned)",
    "coronal": "Coronal (from the front)",
    "sagittal": "Sagittal (from the side)",
}
"""Planes as the learner reads them."""
NEAR_MM: Final = 8.0
"""A plane within so much of the middle of a finding shows it."""
_LOOKS: Final = {
    "healed": " New bone has filled the hole, densest at the rim.",
    "bone-island": " It is as dense as cortex, with spikes into the spongiosa.",
    "hemangioma": " Few thick struts stand in fat: dots on an axial slice, stripes on the other planes.",
}
_SIDES: Final = {
    "axial": ("above", "below"), "coronal": ("in front of", "behind"), "sagittal": ("to the right of", "to the left of"),
}  # fmt: skip


def describe(result: PlaneImage) -> str:
    """Say what a plane cuts, how it was made, and how true it is.

    Parameters
    ----------
    result : PlaneImage
        The plane.

    Returns
    -------
    words : str
        Four sentences or so.
    """
    return f"{_cut(result)} {_seen(result)} {_numbers(result)}{_metal(result)}"


def _cut(result: PlaneImage) -> str:
    state, position = result.state, float(result.state["position_mm"])
    plane = str(state["plane"])
    side = _SIDES[plane][int(position > 0)]
    where = (
        "through the middle of the body of L3"
        if position == 0
        else f"{abs(position):g} mm {side} the middle of the body of L3"
    )
    made = (
        f"one slice of {state['slice_thickness_mm']:g} mm"
        if plane == "axial"
        else f"made of {result.slices} slices, with a step every {state['slice_thickness_mm']:g} mm"
    )
    beam = {"corrected": "corrected for water", "uncorrected": "not corrected", "none": "one energy"}
    return (
        f"{plane.capitalize()} CT {where}, {made}, {state['tube_voltage_kv']:g} kV, "
        f"beam {beam[str(state['hardening'])]}."
    )


def _seen(result: PlaneImage) -> str:
    finding, plane = str(result.state["finding"]), str(result.state["plane"])
    if finding == "none":
        return "There is no lesion."
    name = FINDINGS[finding][0].lower() + FINDINGS[finding][1:]
    if result.miss_mm > NEAR_MM:
        return f"There is a {name}; this plane misses its middle by {result.miss_mm:.0f} mm."
    if finding != "collapse":
        return f"The plane runs through a {name}.{_LOOKS.get(finding, '')}"
    if plane == "sagittal":
        return (
            f"The plane runs through a {name}: the upper endplate is pushed in, the front of the body has lost "
            f"{100 * HEIGHT_LOSS:.0f} % of its height, the back a quarter of that."
        )
    if plane == "coronal":
        return f"The plane runs through a {name}: the body is low from side to side; a wedge can't be told."
    return (
        f"The slice runs through a {name}: a ring of cortex around uneven bone; the height can't be judged."
    )


def _numbers(result: PlaneImage) -> str:
    found = result.measures
    error = found.place_hu - found.true_hu
    verdict = (
        "right within 15 HU"
        if abs(error) <= 15
        else f"{abs(error):.0f} HU too {'high' if error > 0 else 'low'}"
    )
    near = "lower" if found.cupping_hu > 0 else "higher"
    return (
        f"In the axial slice through the place a disc of 8 mm reads {found.place_hu:.0f} HU, {verdict}, with a noise of "
        f"{found.noise_hu:.0f} HU; the spinal canal reads {found.canal_hu:.0f} HU, and muscle near the axis "
        f"{abs(found.cupping_hu):.0f} HU {near} than muscle near the skin."
    )


def _metal(result: PlaneImage) -> str:
    metal = result.state["metal"]
    if metal == "none":
        return ""
    inside = (
        " The screw takes the place of the finding." if result.state["finding"] == "lytic-pedicle" else ""
    )
    return f" Screws and rods of {metal} throw dark bands and bright streaks over their surroundings.{inside}"
