"""Every bone of the whole skeleton with its shape, its place and its quality."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.anatomy import _chest_shape as chest
from bonemets_teach.anatomy import _limb_shape as limb
from bonemets_teach.anatomy import _skull_shape as skull
from bonemets_teach.anatomy._painter import Bone
from bonemets_teach.anatomy._pelvis_shape import PELVIS_FORM, hip_bone_pieces, hip_bone_region, sacrum_pieces
from bonemets_teach.anatomy._spine import spine_frames
from bonemets_teach.anatomy._vertebra_shape import vertebra_pieces
from bonemets_teach.anatomy._vertebra_size import LEVELS, vertebra_size
from bonemets_teach.anatomy.bone_quality import Sex, cortex_factor, marrow_fat_share, spongy_factor
from bonemets_teach.anatomy.frame import Frame
from bonemets_teach.anatomy.shapes import Coordinates
from bonemets_teach.anatomy.solids import Piece, mirrored

__all__ = ["skeleton_bones"]

_Array = npt.NDArray[np.float32]

# Chosen, at 65 years: spongiosa (bone volume fraction), cortex away from shafts [mm], fat share of the marrow.
_QUALITY: Final = {
    "skull": (0.40, 2.0, 0.6), "mandible": (0.30, 2.5, 0.7), "vertebra": (0.098, 0.7, 0.5),
    "sacrum": (0.10, 0.8, 0.55), "sternum": (0.10, 1.0, 0.5), "rib": (0.12, 0.9, 0.5), "clavicle": (0.18, 2.0, 0.7),
    "scapula": (0.15, 1.2, 0.6), "hip": (0.15, 1.4, 0.55), "femur": (0.16, 1.5, 0.85), "arm": (0.14, 1.5, 0.85),
    "leg": (0.15, 1.5, 0.9), "hand": (0.20, 1.2, 0.9), "foot": (0.20, 1.0, 0.9),
}  # fmt: skip
_FADE_MM: Final = 40.0


def skeleton_bones(sex: Sex, age_years: float, body: Frame) -> Iterator[Bone]:
    """Yield the bones of a body.

    Parameters
    ----------
    sex : {"female", "male"}
        Sex.
    age_years : float
        Age [years].
    body : Frame
        From the body of 165 cm to this body.

    Yields
    ------
    bone : Bone
        Named as in the table of bones; a hip bone as its ilium, with the two other parts numbered after it.
    """
    for bone in (*_axial(sex, body), *_ribs(sex, body), *_arms(body), *_legs(sex, body)):
        yield _aged(bone, sex, age_years)


def _bone(name: str, kind: str, pieces: list[Piece], frame: Frame, **more: object) -> Bone:
    spongy, cortex, fat = _QUALITY[kind]
    values = {"spongy": spongy, "cortex_mm": cortex, "fat": fat} | more
    return Bone(name=name, pieces=pieces, frame=frame, **values)  # type: ignore[arg-type]


def _aged(bone: Bone, sex: Sex, age_years: float) -> Bone:
    thinner, sparser = cortex_factor(age_years, sex), spongy_factor(age_years)
    cortex = bone.cortex_mm
    thin = (lambda at: cortex(at) * np.float32(thinner)) if callable(cortex) else cortex * thinner
    spongy = bone.spongy if callable(bone.spongy) else min(bone.spongy * sparser, 0.9)
    return replace(bone, cortex_mm=thin, spongy=spongy, fat=marrow_fat_share(age_years, at_65=bone.fat))


def _axial(sex: Sex, body: Frame) -> Iterator[Bone]:
    yield _bone("skull", "skull", skull.skull_pieces(), body)
    yield _bone("mandible", "mandible", skull.mandible_pieces(), body)
    yield _bone("C1", "vertebra", skull.atlas_pieces(), body, cortex_mm=1.0)
    yield _bone("C2", "vertebra", skull.axis_pieces(), body, cortex_mm=1.0)
    for level in LEVELS:
        pieces = vertebra_pieces(vertebra_size(level, sex), level)
        yield _bone(level, "vertebra", pieces, _within(body, spine_frames(sex)[level]))
    yield _bone("sacrum", "sacrum", sacrum_pieces(sex), body)
    yield _bone("sternum", "sternum", chest.sternum_pieces(), body)


def _ribs(sex: Sex, body: Frame) -> Iterator[Bone]:
    for number in range(1, 13):
        pieces = chest.rib_pieces(number, sex)
        yield _bone(f"left rib {number}", "rib", pieces, body)
        yield _bone(f"right rib {number}", "rib", mirrored(pieces), body)


def _arms(body: Frame) -> Iterator[Bone]:
    bones: tuple[tuple[str, str, list[Piece], dict[str, object]], ...] = (
        ("clavicle", "clavicle", chest.clavicle_pieces(), {}),
        ("scapula", "scapula", chest.scapula_pieces(), {}),
        ("humerus", "arm", limb.humerus_pieces(), _tube(-470, -255, 3.5)),
        ("radius", "arm", limb.radius_pieces(), _tube(-185, -25, 2.6)),
        ("ulna", "arm", limb.ulna_pieces(), _tube(-185, -15, 2.6)),
        ("hand", "hand", limb.hand_pieces(), {}),
    )
    for name, kind, pieces, more in bones:
        yield _bone(f"left {name}", kind, pieces, body, **more)
        yield _bone(f"right {name}", kind, mirrored(pieces), body, **more)


def _legs(sex: Sex, body: Frame) -> Iterator[Bone]:
    bones: tuple[tuple[str, str, list[Piece], dict[str, object]], ...] = (
        ("ilium", "hip", hip_bone_pieces(sex), {"parts": hip_bone_region}),
        ("femur", "femur", limb.femur_pieces(), _tube(78, 345, 6.0)),
        ("patella", "leg", limb.patella_pieces(), {}),
        ("tibia", "leg", limb.tibia_pieces(), _tube(462, 728, 4.5)),
        ("fibula", "leg", limb.fibula_pieces(), _tube(462, 745, 2.2)),
        ("foot", "foot", limb.foot_pieces(), {}),
    )
    half = PELVIS_FORM[sex].hip_half
    for name, kind, pieces, more in bones:
        for side, x, mirror in (("right", -half, False), ("left", half, True)):
            frame = _within(body, Frame(origin=(0.0, 0.0, x), mirror=mirror))
            yield _bone(f"{side} {name}", kind, pieces, frame, **more)


def _tube(low: float, high: float, cortex_mm: float) -> dict[str, object]:
    """Return a medullary canal between two levels with its cortex, which thins toward the ends [mm]."""

    def thickness(at: Coordinates) -> _Array:
        from_end = np.minimum(at.z - np.float32(low), np.float32(high) - at.z)
        share = np.clip(from_end / np.float32(_FADE_MM) + 0.5, 0, 1)
        return np.asarray(1.3 + (cortex_mm - 1.3) * share, dtype=np.float32)

    cortex: Callable[[Coordinates], _Array] = thickness
    return {"cortex_mm": cortex, "canal": (low, high)}


def _within(body: Frame, frame: Frame) -> Frame:
    return replace(frame, origin=body.body(frame.origin), scale=body.scale * frame.scale)
