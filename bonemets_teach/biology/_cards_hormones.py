"""Card of the mapping of hormones and age to the inputs of Lemaire 2004."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology import hormone_constants
from bonemets_teach.biology.model_card import Check, ModelCard, from_table

__all__ = ["HORMONE_CARDS"]

_HORMONES: Final = ModelCard(
    id="hormones-and-age",
    title="Hormones and age",
    purpose="Maps hormones, drugs that act like them and age to the inputs of Lemaire 2004. PTH, OPG and precursor rate are inputs of the paper; the other mappings are this course's.",
    papers=(("Lemaire V, et al. J Theor Biol 2004; 229: 293-309 (bone cells).", "https://doi.org/10.1016/j.jtbi.2004.03.023"),),
    equations=(
        "I_P = S_P (level − 1)               PTH, steady or in one pulse a day",
        "estrogen loss: RANKL production × up to rankl_without_estrogen, OPG production × down to opg_without_estrogen",
        "I_O = (level − 1) × own production  OPG",
        "calcitonin: less resorption, and less TGF-β, by each osteoclast",
        "D_R × (1 − precursors_per_year × years after 30)",
    ),
    parameters=from_table(hormone_constants.HORMONE_CONSTANTS, f"{hormone_constants.__name__}:HORMONE_CONSTANTS"),
    simplifications=(
        "Everything that Lemaire 2004 leaves out: no pool of osteoclast precursors, osteocytes, load or place in space.",
        "Bone's answer to load slows a loss in life; here loss goes on too long. Escape from calcitonin is left out.",
        "Longer life of osteoblasts under daily pulses is not in the paper; without it pulses would cost bone.",
        "One number stands for each hormone; no gut, kidney, vitamin D or calcium in blood.",
    ),
    checks=(
        Check(what="Behavior of each input on cells and bone", tolerance="see the test", test="unit/biology/test_bone_hormones.py"),
    ),
)  # fmt: skip

HORMONE_CARDS: Final = (_HORMONES,)
"""Follows the card of Lemaire 2004."""
