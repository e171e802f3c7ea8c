"""What SPECT/CT shows, in words."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._spect_ct_body import FINDINGS, LEAST_MM
from bonemets_teach.scenes._spect_ct_images import SUBSETS, VIEWS
from bonemets_teach.scenes._spect_ct_result import SpectCt

__all__ = ["KNOWN_LABELS", "describe"]

KNOWN_LABELS: Final = {
    "both": "Attenuation and blur of the camera",
    "attenuation": "Attenuation only",
    "blur": "Blur of the camera only",
    "neither": "Neither",
}
"""What the reconstruction corrects, as the learner reads it."""
_CT_WORDS: Final = {
    "none": "CT shows normal bone.",
    "facet": "CT shows a dense joint with a narrow space and spurs: wear.",
    "pedicle": "CT shows denser bone in the pedicle, away from any joint: a metastasis.",
    "body": "CT shows dense, uneven bone in the front of the body: a blastic metastasis.",
    "rim": "CT shows a hole with a dense rim: new bone around a lytic metastasis.",
    "cold": "CT shows a hole without a rim: a lytic metastasis that no osteoblast answers.",
}


def describe(result: SpectCt) -> str:
    """Say what is there, how it was taken, and what is read.

    Parameters
    ----------
    result : SpectCt
        Images and numbers.

    Returns
    -------
    words : str
        Four or five sentences.
    """
    return f"{_what(result)} {_how(result)} {_where(result)} {_numbers(result)}"


def _present(result: SpectCt) -> bool:
    return str(result.state["finding"]) != "none" and float(result.state["diameter_mm"]) >= LEAST_MM


def _what(result: SpectCt) -> str:
    finding = str(result.state["finding"])
    if not _present(result):
        return f"SPECT/CT of L3 without a finding. {_CT_WORDS['none']}"
    name = FINDINGS[finding]
    return f"SPECT/CT of L3: {name[0].lower()}{name[1:]}, {result.state['diameter_mm']:g} mm wide. {_CT_WORDS[finding]}"


def _how(result: SpectCt) -> str:
    state = result.state
    known = KNOWN_LABELS[str(state["known"])].lower()
    width, rounds = float(state["filter_mm"]), round(float(state["iterations"]))
    behind = f"a filter of {width:g} mm" if width > 0 else "no filter"
    return (
        f"{VIEWS} views of {state['seconds']:g} s take {result.minutes:.0f} min with two heads; {rounds} "
        f"{'iteration' if rounds == 1 else 'iterations'} of {SUBSETS} subsets, corrected for: {known}; {behind}. The color scale ends at SUV {state['top_suv']:g}."
    )


def _where(result: SpectCt) -> str:
    found = result.measures
    if not _present(result):
        return "The planar scan from behind is even."
    planar = (
        f"From behind the place has {result.planar_percent:.0f} % of the counts of healthy bone, "
        f"and the camera blurs there by {result.planar.fwhm_mm:.0f} mm."
    )
    side = f"{abs(found.right_mm):.0f} mm to the patient's {'right' if found.right_mm > 0 else 'left'}"
    depth = f"{abs(found.behind_mm):.0f} mm {'behind' if found.behind_mm > 0 else 'in front of'}"
    return (
        f"{planar} In the slice the hottest place lies {depth} the middle of the body and {side}."
        if found.suv_mean > found.healthy_suv_mean
        else f"{planar} In the slice the place is colder than healthy bone."
    )


def _numbers(result: SpectCt) -> str:
    found = result.measures
    return (
        f"The place reads SUVmax {found.suv_max:.1f}; its disc reads {found.suv_mean:.1f} on average where the bone holds "
        f"{found.true_suv_mean:.1f} ({found.recovered_percent:.0f} %) and would read {found.healthy_suv_mean:.1f} without the finding. "
        f"Noise in bone is {found.noise_percent:.0f} %."
    )
