"""Every model of the course with its card, and which explorer shows which model."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from types import MappingProxyType
from typing import Any, Final

from bonemets_teach.anatomy._cards_anatomy import ANATOMY_CARDS
from bonemets_teach.biology._cards_cells import CELL_CARDS
from bonemets_teach.biology._cards_hormones import HORMONE_CARDS
from bonemets_teach.biology._cards_lesions import LESION_CARDS
from bonemets_teach.biology.model_card import ModelCard
from bonemets_teach.imaging._cards_imaging import IMAGING_CARDS
from bonemets_teach.imaging._cards_mri import MRI_CARDS
from bonemets_teach.imaging._cards_nuclear import NUCLEAR_CARDS
from bonemets_teach.imaging._cards_patient import PATIENT_CARDS
from bonemets_teach.lessons.catalog import ready_lessons
from bonemets_teach.scenes import load_scene
from bonemets_teach.scenes.registry import SCENE_IDS

__all__ = ["MODEL_CARDS", "SCENE_MODELS", "about_scene", "cards_for_page"]

_SHARES: Final = ModelCard(
    id="published-shares",
    title="Published shares",
    purpose="Where metastases settle and from which primary tumor: a table of what was counted, not a model.",
    papers=(),
    equations=(),
    parameters=(),
    simplifications=(
        "Series differ in years, countries, methods (autopsy, bone scan, registry) and in whom they counted.",
        "A range is shown where sources differ; where nothing was found for a primary tumor, the explorer says so.",
    ),
    checks=(),
)

MODEL_CARDS: Final = MappingProxyType({
    card.id: card for card in (*CELL_CARDS, *HORMONE_CARDS, *LESION_CARDS, *ANATOMY_CARDS, *IMAGING_CARDS, *NUCLEAR_CARDS, *MRI_CARDS, *PATIENT_CARDS, _SHARES)
})  # fmt: skip
"""Cards by id, in the order of the page."""

SCENE_MODELS: Final = MappingProxyType({
    "remodeling-cycle": ("komarova-2003",),
    "trabecular-lattice": ("trabecular-lattice",),
    "hormones-and-age": ("hormones-and-age", "lemaire-2004"),
    "where-it-goes": ("published-shares",),
    "vicious-cycle": ("lpt", "lemaire-2004"),
    "lesion-phenotype": ("lesion-field", "lpt", "radiograph"),
    "drug-timeline": ("lpt", "lemaire-2004"),
    "lesion-3d": ("lesion-field", "lpt", "radiograph"),
    "radiograph": ("radiograph", "lesion-field", "detectability"),
    "radiograph-views": ("radiograph", "lesion-field", "detectability"),
    "ct": ("ct", "lesion-field"),
    "ct-planes": ("ct", "lesion-field"),
    "bone-scan": ("bone-scan", "bone-uptake", "flare", "skeleton-lesions"),
    "spect-ct": ("spect", "bone-scan", "bone-uptake", "ct"),
    "uptake-cutoff": ("suv-cutoff",),
    "pet-tracers": ("pet", "bone-uptake", "flare", "skeleton-lesions"),
    "detectability": ("detectability",),
    "mr-sequences": ("mri", "mri-tissues", "lesion-field"),
    "mr-artifacts": ("mri", "mri-tissues", "lesion-field"),
    "which-test-when": ("first-visible", "lesion-field", "detectability"),
})  # fmt: skip
"""Models behind each explorer, the closest one first."""


def about_scene(scene_id: str) -> str:
    """Return where the page about the models tells of a scene.

    Parameters
    ----------
    scene_id : str
        Id of a scene.

    Returns
    -------
    address : str
        Below the base URL, for example "models#lpt"; the page as a whole for a scene without a card.
    """
    models = SCENE_MODELS.get(scene_id, ())
    return f"models#{models[0]}" if models else "models"


def cards_for_page() -> list[dict[str, Any]]:
    """Return the cards as plain values.

    Returns
    -------
    cards : list of dict
        Fields of `ModelCard`, and "scenes": "id", "title" with the lesson's, and "lesson" of the explorers that show it.
    """
    return [asdict(card) | {"scenes": _shown_by(card.id)} for card in MODEL_CARDS.values()]


def _shown_by(model: str) -> list[dict[str, str]]:
    return [
        {"id": scene, "title": f"{load_scene(scene).title} ({entry.title})", "lesson": entry.id}
        for scene, models in SCENE_MODELS.items()
        if model in models and scene in SCENE_IDS
        for entry in ready_lessons()
        if scene in entry.scenes
    ]


if __name__ == "__main__":
    # The server reads the cards from here, so that its own process need not load the models.
    json.dump(cards_for_page(), sys.stdout)
