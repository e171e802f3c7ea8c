"""What a film of the vertebra shows, in words."""

from __future__ import annotations

from bonemets_teach.imaging.detectability import ROSE_THRESHOLD
from bonemets_teach.scenes._spine_lesions import PLACES
from bonemets_teach.scenes._views_film import NO_LESION, Shown, ViewFilm

__all__ = ["VIEW_WORDS", "describe"]

VIEW_WORDS = {"AP": "from the front", "lateral": "from the side"}
"""Views as they are spoken of."""
_OTHER = {"AP": "lateral", "lateral": "AP"}


def describe(result: ViewFilm) -> str:
    """Say what a film shows and how it was taken.

    Parameters
    ----------
    result : ViewFilm
        The film.

    Returns
    -------
    words : str
        Three or four sentences.
    """
    return f"{_lesion(result)} {_exposure(result)}"


def _lesion(result: ViewFilm) -> str:
    state = result.state
    view, place = str(state["projection"]), str(state["place"])
    start = f"Film of the third lumbar vertebra {VIEW_WORDS[view]}"
    if place == NO_LESION:
        return f"{start}, without a lesion: {_anatomy(view)}."
    where = PLACES[place].lower()
    if result.diameter_mm == 0:
        return f"{start}. Tumor cells have settled in the {where}; nothing can be seen: {_anatomy(view)}."
    lost = result.mineral_lost_percent
    return (
        f"{start} with a {state['kind']} lesion of {result.diameter_mm:.0f} mm in the {where}, {state['months']:g} "
        f"months old: {_seen(result.here)}. Its area is {_shade(result.here)}, with {result.here.contrast_to_noise:.1f} "
        f"times the noise of a square millimeter; {abs(lost):.0f} % of its mineral is {'lost' if lost >= 0 else 'gained'}."
        f"{_sign(result)} {VIEW_WORDS[_OTHER[view]].capitalize()} it would be {_seen(result.other)}, and {_shade(result.other)}."
    )


def _seen(shown: Shown) -> str:
    seen = "visible" if shown.is_visible else "not visible"
    return f"{seen}, visibility {shown.visibility:.1f} with {ROSE_THRESHOLD:g} needed"


def _shade(shown: Shown) -> str:
    side = "darker" if shown.contrast_percent > 0 else "lighter"
    return f"{abs(shown.contrast_percent):.1f} % {side} than healthy"


def _sign(result: ViewFilm) -> str:
    """Name the sign of the pedicle where the film shows it."""
    state = result.state
    if state["place"] != "right pedicle" or state["projection"] != "AP" or not result.here.is_visible:
        return ""
    if state["kind"] == "lytic":
        return " The ring of the pedicle at the left of the picture, the patient's right, fades: the winking owl."
    return " The ring of the pedicle at the left of the picture, the patient's right, is filled with white."


def _anatomy(view: str) -> str:
    if view == "AP":
        return "two rings of the pedicles, the drop of the spinous process between and below them, endplates straight"
    return "body with two endplates, front and back wall, both pedicles on top of each other, spinous process behind"


def _exposure(result: ViewFilm) -> str:
    grid = result.state["grid"]
    cost = (
        f"the grid costs {result.bucky_factor:.1f} times the dose"
        if grid
        else f"a grid would cost {result.bucky_factor:.1f} times the dose"
    )
    return (
        f"Taken with {result.state['tube_voltage_kv']:g} kV and {result.current_mas:.1f} mAs, "
        f"{'with' if grid else 'without'} a grid: noise {result.here.noise_percent:.2f} % a square millimeter, scatter "
        f"{result.here.scatter_to_primary:.1f} times the primary, {result.detector_ugy:.1f} µGy at the detector, "
        f"{result.skin_ugy:.0f} µGy at the skin; {cost}."
    )
