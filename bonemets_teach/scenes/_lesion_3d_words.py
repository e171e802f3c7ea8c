"""Says what the scene of the lesion in space shows."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._lesion_3d_result import Result3d

__all__ = ["describe", "margin_word"]

_PLANES: Final = {"frontal": "frontal plane", "side": "side plane", "cross": "cross-section"}
# chosen: gaps along the rim at which a margin is called ragged and moth-eaten
_RAGGED: Final = 1.12
_MOTH_EATEN: Final = 1.25


def margin_word(lacunarity: float) -> str:
    """Return the radiologist's word for a margin with these gaps along its rim."""
    if lacunarity >= _MOTH_EATEN:
        return "moth-eaten"
    return "ragged" if lacunarity >= _RAGGED else "geographic"


def describe(result: Result3d, n: dict[str, float]) -> str:
    """Say size, margin, bone, cortex, the moved plane and the film, with numbers and units."""
    start = f"Month {result.month:g}, phenotype {result.phenotype:g} (0 lytic, 1 blastic), growth {result.growth_speed:g} times normal: "
    if n["lesion_width_mm"] < 1.0:
        return (
            f"{start}the tumor does not yet fill half of the marrow anywhere; bone, cortex and radiograph are as at "
            f"the start (light behind the seed {n['film_change_percent']:+.1f} %)."
        )
    size = f"the lesion is {n['lesion_width_mm']:.0f} mm wide ({n['tumor_cm3']:.1f} cm³)"
    margin = (
        f"with a {margin_word(n['margin_lacunarity'])} margin {n['margin_width_mm']:.1f} mm wide "
        f"(gaps along the rim {n['margin_lacunarity']:.2f}, 1 is none)."
    )
    bone = (
        f"Cancellous bone in it is at {n['bone_in_lesion_percent']:.0f} % of the start: {n['lost_parts_percent']:.0f} % of its "
        f"parts have lost and {n['gained_parts_percent']:.0f} % have gained more than a quarter. Of the cortex "
        f"{n['thinnest_cortex_percent']:.0f} % is left at its thinnest."
    )
    plane = (
        f"The {_PLANES[result.plane]} {_where(result)} cuts {n['plane_lesion_cm2']:.1f} cm² of lesion; "
        f"on the radiograph the light behind its middle has changed by {n['film_change_percent']:+.1f} %."
    )
    return f"{start}{size}, {margin} {bone} {plane}"


def _where(result: Result3d) -> str:
    offset = result.offset_mm
    return (
        "through the seed"
        if offset == 0
        else f"{abs(offset):g} mm {'beyond' if offset > 0 else 'before'} the seed"
    )
