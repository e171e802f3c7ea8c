"""Presets and tasks of the two views of a vertebra; every answer is computed."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from bonemets_teach.scenes._views_film import ViewFilm, take_film
from bonemets_teach.scenes._views_words import VIEW_WORDS
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_USUAL: Final = {"tube_voltage_kv": 80, "detector_ugy": 2.5, "grid": True}
_PEDICLE: Final = {**_USUAL, "place": "right pedicle", "kind": "lytic", "months": 18}
# The model's cortex goes slowly: at the end of the run the eye sees the difference between the rings at once.
_OWL: Final = {**_PEDICLE, "months": 24}
_FRONT: Final = {**_USUAL, "place": "front of the body", "kind": "lytic", "months": 22}
_LOW_SKIN_UGY: Final = 100.0
# Chosen: one view shows a lesion better if its visibility is so many times that of the other.
_BETTER: Final = 1.3

PRESETS: Final = (
    Preset(
        id="normal-ap", label="Normal, from the front", state={**_USUAL, "projection": "AP", "place": "none"},
        help="Two rings, the eyes of the owl, and the spinous process as its beak.",
    ),
    Preset(
        id="normal-lateral", label="Normal, from the side", state={**_USUAL, "projection": "lateral", "place": "none"},
        help="Two endplates, front wall, back wall. Both pedicles lie on top of each other.",
    ),
    Preset(
        id="winking-owl", label="The winking owl", state={**_OWL, "projection": "AP"},
        help="One ring has faded. Compare it with the other.",
    ),
    Preset(
        id="owl-from-the-side", label="The same, from the side",
        state={**_OWL, "projection": "lateral"},
        help="The healthy pedicle lies over the sick one.",
    ),
    Preset(
        id="front-lateral", label="Front of the body, from the side", state={**_FRONT, "projection": "lateral"},
        help="From the side nothing lies over the front of the body but soft tissue.",
    ),
    Preset(
        id="blastic", label="Blastic, back of the body",
        state={**_USUAL, "projection": "lateral", "place": "back of the body", "kind": "blastic", "months": 18},
        help="New bone turns the back of the body white.",
    ),
    Preset(
        id="fog", label="No grid", state={**_PEDICLE, "projection": "AP", "grid": False},
        help="Scatter covers everything like fog.",
    ),
    Preset(
        id="grain", label="Too few photons", state={**_PEDICLE, "projection": "AP", "detector_ugy": 0.2},
        help="A twelfth of the usual dose at the detector.",
    ),
)  # fmt: skip

_VIEW_OPTIONS: Final = ("From the front (AP)", "From the side (lateral)", "Both alike")
_COSTS: Final = (1.0, 1.5, 4.0, 10.0)
_CONTRASTS: Final = (0.9, 0.6, 0.35)


def _better_view(result: ViewFilm) -> int:
    ratio = result.here.visibility / max(result.other.visibility, 1e-9)
    if 1 / _BETTER < ratio < _BETTER:
        return 2
    front_is_better = (ratio > 1) == (result.state["projection"] == "AP")
    return 0 if front_is_better else 1


def _explain_views(result: ViewFilm) -> str:
    view = str(result.state["projection"])
    other = "lateral" if view == "AP" else "AP"
    return (
        f"{VIEW_WORDS[view].capitalize()} its visibility is {result.here.visibility:.1f}, {VIEW_WORDS[other]} "
        f"{result.other.visibility:.1f}; 5 is needed. What counts is how much healthy bone and soft tissue the same "
        "rays must cross."
    )


def _without_grid(result: ViewFilm) -> ViewFilm:
    return take_film({**result.state, "grid": False})


def _cost(result: ViewFilm) -> int:
    return int(np.argmin([abs(np.log(result.bucky_factor / cost)) for cost in _COSTS]))


def _explain_cost(result: ViewFilm) -> str:
    return (
        f"The skin receives {result.skin_ugy:.0f} µGy with the grid and {_without_grid(result).skin_ugy:.0f} µGy without, "
        f"{result.bucky_factor:.1f} times as much (Bucky factor). The grid stops scatter, which had made up much of the "
        "signal, and some of the primary photons."
    )


def _fog(result: ViewFilm) -> int:
    return int(np.argmin([abs(np.log(_fog_ratio(result) / share)) for share in _CONTRASTS]))


def _fog_ratio(result: ViewFilm) -> float:
    gridded = take_film({**result.state, "grid": True})
    return result.here.contrast_percent / gridded.here.contrast_percent


def _explain_fog(result: ViewFilm) -> str:
    return (
        f"The contrast is {result.here.contrast_percent:.1f} %, {100 * _fog_ratio(result):.0f} % of that with a grid. "
        f"Behind the lesion {result.here.scatter_to_primary:.1f} scattered photons come with each primary one, and "
        "contrast falls to 1/(1 + S/P)."
    )


def _only_one_view(state: State, result: Any) -> bool:
    return bool(
        state["place"] == "front of the body" and result.here.is_visible and not result.other.is_visible
    )


def _cheap(state: State, result: Any) -> bool:
    kept = (
        state["place"] == "right pedicle"
        and state["kind"] == "lytic"
        and state["months"] == _PEDICLE["months"]
    )
    return bool(kept and result.here.is_visible and result.skin_ugy < _LOW_SKIN_UGY)


TASKS: Final = (
    Task(
        id="predict-owl",
        text="A lytic metastasis has eaten into the right pedicle for 18 months. You may order one film.",
        state={**_PEDICLE, "projection": "AP"},
        prediction=Prediction(
            prompt="Which view shows it better?", options=_VIEW_OPTIONS, answer=_better_view, explain=_explain_views
        ),
        success="From the front each pedicle is a ring of cortex of its own. From the side one lies over the other.",
    ),
    Task(
        id="one-view-only",
        text="A lytic lesion grows in the front of the body. Find a view and an age at which this view shows it and "
        "the other does not.",
        state={**_USUAL, "projection": "AP", "place": "front of the body", "kind": "lytic", "months": 10},
        goal=_only_one_view,
        success="A lesion can be there on one film and absent on the other. Two views at right angles are one examination.",
        hint="Turn the patient, then let the lesion age month by month. The text gives the visibility in both views.",
    ),
    Task(
        id="predict-fog",
        text="The grid is taken out. The machine keeps the dose at the detector.",
        state={**_PEDICLE, "projection": "AP", "grid": False},
        prediction=Prediction(
            prompt="How much of the lesion's contrast is left?",
            options=tuple(f"about {100 * share:.0f} %" for share in _CONTRASTS),
            answer=_fog,
            explain=_explain_fog,
        ),
        success="A computer can stretch the contrast again. It stretches the noise with it.",
    ),
    Task(
        id="predict-cost",
        text="The grid is put in again. The machine raises the mAs until the detector gets the same dose as before.",
        state={**_PEDICLE, "projection": "lateral"},
        prediction=Prediction(
            prompt="What does the skin receive, against no grid?",
            options=tuple("the same" if cost == 1 else f"about {cost:g} times as much" for cost in _COSTS),
            answer=_cost,
            explain=_explain_cost,
        ),
        success="Worth it for a trunk. For a hand, which hardly scatters, it is not.",
    ),
    Task(
        id="low-dose",
        text=f"Keep the lesion of 18 months in the pedicle visible with less than {_LOW_SKIN_UGY:g} µGy at the skin.",
        state={**_PEDICLE, "projection": "AP"},
        goal=_cheap,
        success="In the model fog hides overlying anatomy as much as the lesion, so a large one survives. Look at the film: "
        "would you have seen it?",
        hint="Two controls lower the dose: how much shall reach the detector, and what stands before it.",
    ),
)  # fmt: skip
