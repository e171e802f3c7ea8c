"""Usual places of metastases in bones whose middle is not one."""

from __future__ import annotations

from typing import Final

from bonemets_teach.anatomy._chest_shape import rib_path
from bonemets_teach.anatomy._pelvis_shape import PELVIS_FORM
from bonemets_teach.anatomy._spine import spine_frames
from bonemets_teach.anatomy._vertebra_size import LEVELS
from bonemets_teach.anatomy.shapes import Point

__all__ = ["skeleton_places"]

# Chosen; of the patient's left, in the body of 165 cm [mm].
_LEFT: Final[dict[str, tuple[str, Point]]] = {
    "proximal humerus": ("humerus", (-494.0, 38.0, 168.0)),
    "humerus": ("humerus", (-440.0, 38.0, 184.0)),
    "scapula": ("scapula", (-500.0, 44.0, 136.0)),
    "clavicle": ("clavicle", (-541.0, -36.0, 52.0)),
    "hand": ("hand", (30.0, 25.0, 206.0)),
}
# Chosen; from the head of the left femur, x toward the midline [mm].
_LEFT_HIP: Final[dict[str, tuple[str, Point]]] = {
    "ilium": ("ilium", (-44.0, 8.0, 8.0)),
    "iliac crest": ("ilium", (-132.0, 8.0, -44.0)),
    "ischium": ("ischium", (50.0, 30.0, 22.0)),
    "pubis": ("pubis", (26.0, -44.0, 76.0)),
    "proximal femur": ("femur", (47.0, 9.0, -30.0)),
    "femoral neck": ("femur", (21.0, 4.0, -22.0)),
    "femur": ("femur", (200.0, 6.0, -24.0)),
    "foot": ("foot", (804.0, 34.0, -9.0)),
}
_MIDDLE: Final[dict[str, tuple[str, Point]]] = {
    "skull": ("skull", (-788.0, 22.0, 40.0)),
    "mandible": ("mandible", (-632.0, -64.0, 35.0)),
    "sacrum": ("sacrum", (-84.0, 36.0, 0.0)),
    "C1": ("C1", (-682.0, -4.0, 20.0)),
    "C2": ("C2", (-664.0, -9.0, 0.0)),
    "sternum": ("sternum", (-505.0, -50.0, 0.0)),
}
_ALONG_RIB: Final = 7


def skeleton_places(sex: str) -> dict[str, tuple[str, Point]]:
    """Return places for lesions in the whole skeleton.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.

    Returns
    -------
    places : dict of str to (str, Point)
        Name of the place to name of its bone and point in the body of 165 cm [mm].
    """
    half = PELVIS_FORM[sex].hip_half
    places = dict(_MIDDLE)
    for side, sign in (("left", 1.0), ("right", -1.0)):
        for name, (bone, (z, y, x)) in _LEFT.items():
            places[f"{side} {name}"] = (f"{side} {bone}", (z, y, sign * x))
        for name, (bone, (z, y, x)) in _LEFT_HIP.items():
            places[f"{side} {name}"] = (f"{side} {bone}", (z, y, sign * (half - x)))
        for number in range(1, 13):
            z, y, x = rib_path(number, sex)[_ALONG_RIB]
            places[f"{side} rib {number}"] = (f"{side} rib {number}", (z, y, sign * x))
    for level in LEVELS:
        places[level] = (level, spine_frames(sex)[level].origin)
    return places
