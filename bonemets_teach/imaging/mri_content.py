"""What fills the marrow space where a lesion is: metastases before and after treatment, and what mimics them."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from bonemets_teach.errors import ParameterError

__all__ = ["CONTENTS", "METASTASIS", "LesionContent", "lesion_content"]

Float32 = npt.NDArray[np.float32]
# Chosen: tumor among so much bone relaxes like a lytic, from so much on like a blastic metastasis.
_LYTIC_BELOW: Final = 0.15
_BLASTIC_FROM: Final = 0.40


@dataclass(frozen=True, slots=True, kw_only=True)
class LesionContent:
    """A mixture that takes the place of marrow; where, and how much of it, says the tumor field of the voxel state.

    Parameters
    ----------
    name : str
        Name for people.
    sparse : tuple of (str, float)
        Tissues and their shares where there is little bone; shares add up to 1.
    dense : tuple of (str, float)
        The same where there is much bone.
    note : str
        What it stands for.
    """

    name: str
    sparse: tuple[tuple[str, float], ...]
    dense: tuple[tuple[str, float], ...]
    note: str

    def shares(self, bone_fraction: npt.NDArray[np.floating[Any]]) -> dict[str, Float32]:
        """Return how much of each tissue the lesion holds.

        Parameters
        ----------
        bone_fraction : ndarray of shape (...)
            Bone volume fraction, 0..1.

        Returns
        -------
        shares : dict of str to ndarray of float32 of shape (...)
            Adding up to 1.
        """
        ramp = (np.asarray(bone_fraction, dtype=np.float32) - _LYTIC_BELOW) / (_BLASTIC_FROM - _LYTIC_BELOW)
        dense = np.clip(ramp, 0, 1).astype(np.float32)
        shares: dict[str, Float32] = {}
        for mixture, weight in ((self.sparse, 1 - dense), (self.dense, dense)):
            for tissue, share in mixture:
                shares[tissue] = shares.get(tissue, np.float32(0)) + np.float32(share) * weight
        return shares


def _same(name: str, mixture: tuple[tuple[str, float], ...], note: str) -> LesionContent:
    return LesionContent(name=name, sparse=mixture, dense=mixture, note=note)


METASTASIS: Final = LesionContent(
    name="metastasis",
    sparse=(("lytic metastasis", 1.0),),
    dense=(("blastic metastasis", 1.0),),
    note="tumor cells have pushed the fat out; among much bone they sit in denser, drier tissue",
)

# Chosen mixtures; the relaxation times of each part carry their source.
CONTENTS: Final = MappingProxyType({
    content.name: content
    for content in (
        METASTASIS,
        _same("treated metastasis", (("treated metastasis", 0.8), ("marrow fat", 0.2)), "dead tissue, fluid, first fat"),
        _same("marrow edema", (("marrow edema", 0.85), ("marrow fat", 0.15)), "fluid between fat cells that are still there"),
        _same("hemangioma", (("hemangioma stroma", 0.3), ("marrow fat", 0.7)), "vessels and fat between thick struts"),
        _same("Paget disease", (("fibrovascular marrow", 0.4), ("marrow fat", 0.6)), "fat is kept between coarse trabeculae"),
        _same("bone island", (("red marrow", 0.5), ("marrow fat", 0.5)), "compact bone: hardly any room for marrow"),
        _same("Modic 1", (("marrow edema", 0.8), ("marrow fat", 0.2)), "edema along an endplate beside a worn disc"),
        _same("Modic 2", (("red marrow", 0.08), ("marrow fat", 0.92)), "marrow along an endplate turned into fat"),
        _same("Modic 3", (("red marrow", 0.4), ("marrow fat", 0.6)), "sclerosis along an endplate"),
        _same("Schmorl node", (("disc nucleus", 1.0),), "disc that has sunk through the endplate"),
    )
})  # fmt: skip
"""Contents by name."""


def lesion_content(name: str) -> LesionContent:
    """Look a content up.

    Parameters
    ----------
    name : str
        One of `CONTENTS`.

    Returns
    -------
    content : LesionContent
        What fills the marrow space.

    Raises
    ------
    ParameterError
        If there is none of this name.
    """
    if name not in CONTENTS:
        message = f"there is no lesion content “{name}”; choose one of {', '.join(CONTENTS)}"
        raise ParameterError(message)
    return CONTENTS[name]
