"""Finds scenes by id; a scene is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, Final

from bonemets_teach.errors import ContentError
from bonemets_teach.scenes.scene import Scene

__all__ = ["PLATE_IDS", "SCENE_IDS", "load_scene", "measure"]

_CLASSES: Final = {
    "remodeling-cycle": "remodeling_cycle:RemodelingCycle",
    "hormones-and-age": "hormones_and_age:HormonesAndAge",
    "trabecular-lattice": "trabecular_lattice:TrabecularLattice",
    "where-it-goes": "where_it_goes:WhereItGoes",
    "vicious-cycle": "vicious_cycle:ViciousCycle",
    "drug-timeline": "drug_timeline:DrugTimeline",
    "lesion-phenotype": "lesion_phenotype:LesionPhenotype",
    "lesion-3d": "lesion_3d:Lesion3d",
    "radiograph": "radiograph:RadiographScene",
    "radiograph-views": "radiograph_views:RadiographViews",
    "ct": "ct:CtScene",
    "ct-planes": "ct_planes:CtPlanes",
    "bone-scan": "bone_scan:BoneScan",
    "uptake-cutoff": "uptake_cutoff:UptakeCutoff",
    "spect-ct": "spect_ct:SpectCtScene",
    "pet-tracers": "pet_tracers:PetTracers",
    "detectability": "detectability:Detectability",
    "mr-sequences": "mr_sequences:MrSequences",
    "mr-artifacts": "mr_artifacts:MrArtifacts",
    "which-test-when": "which_test_when:WhichTestWhen",
}
SCENE_IDS: Final = tuple(_CLASSES)
_PLATES: Final = {
    "film-plate": "plates.film:FilmPlate",
    "ct-plate": "plates.ct_cut:CtPlate",
    "scan-plate": "plates.scan:ScanPlate",
    "pet-plate": "plates.pet_view:PetPlate",
    "spect-plate": "plates.spect_cut:SpectPlate",
    "mr-plate": "plates.mr_cut:MrPlate",
    "patient-plate": "plates.patient:PatientPlate",
}
PLATE_IDS: Final = tuple(_PLATES)
"""Pictures for questions; they are no explorers."""


@cache
def load_scene(scene_id: str) -> Scene[Any]:
    """Return the one instance of a scene or of a picture for questions.

    Parameters
    ----------
    scene_id : str
        For example "remodeling-cycle".

    Returns
    -------
    scene : Scene
        Ready to compute.

    Raises
    ------
    ContentError
        If there is no such scene.
    """
    known = _CLASSES | _PLATES
    if scene_id not in known:
        message = f"there is no scene “{scene_id}”; the scenes are {', '.join(SCENE_IDS)}"
        raise ContentError(message)
    module, name = known[scene_id].split(":")
    scene: Scene[Any] = getattr(import_module(f"bonemets_teach.scenes.{module}"), name)()
    return scene


def measure(scene_id: str, state: Mapping[str, Any], quantity: str) -> float:
    """Return one named number of a scene in a state.

    Parameters
    ----------
    scene_id : str
        Id of the scene.
    state : mapping
        Partial state; what is missing takes its default.
    quantity : str
        Name in the scene's `quantities`.

    Returns
    -------
    value : float
        In the unit that the quantity's name tells.

    Raises
    ------
    ContentError
        If scene or quantity do not exist, or a value of the state is not allowed.
    """
    scene = load_scene(scene_id)
    full, notes = scene.complete(state)
    if notes:
        message = f"scene {scene_id}: {' '.join(notes)}"
        raise ContentError(message)
    numbers = scene.quantities(scene.compute(full))
    if quantity not in numbers:
        message = f"scene {scene_id} has no quantity “{quantity}”; it has {', '.join(sorted(numbers))}"
        raise ContentError(message)
    return float(numbers[quantity])
