"""Named places for lesions in every phantom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bonemets_teach.anatomy.pelvis import pelvis
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.shapes import Point
from bonemets_teach.anatomy.vertebra import vertebra
from bonemets_teach.anatomy.whole_skeleton import whole_skeleton
from bonemets_teach.errors import ParameterError

__all__ = ["PHANTOM_NAMES", "default_phantom", "sites"]

_BUILDERS: Final[Mapping[str, Callable[[], Phantom]]] = MappingProxyType({
    "proximal femur": proximal_femur,
    "lumbar vertebra": vertebra,
    "thoracic vertebra": lambda: vertebra(level="T8"),
    "pelvis": pelvis,
    "whole skeleton": whole_skeleton,
})  # fmt: skip

PHANTOM_NAMES: Final = tuple(_BUILDERS)
"""Names of the phantoms."""


def default_phantom(name: str) -> Phantom:
    """Return a phantom with its default sizes.

    Parameters
    ----------
    name : str
        One of `PHANTOM_NAMES`.

    Returns
    -------
    phantom : Phantom
        Built at the first call.

    Raises
    ------
    ParameterError
        If there is no phantom of that name.
    """
    if name not in _BUILDERS:
        message = f"there is no phantom “{name}”; choose one of {', '.join(PHANTOM_NAMES)}"
        raise ParameterError(message)
    return _BUILDERS[name]()


def sites(phantom: str | Phantom) -> dict[str, Point]:
    """Return the places for a lesion in a phantom.

    Parameters
    ----------
    phantom : str or Phantom
        A phantom, or the name of one with its default sizes.

    Returns
    -------
    places : dict of str to Point
        (z, y, x) [mm] from the outer corner of the first voxel, all in marrow-bearing bone.

    Raises
    ------
    ParameterError
        If there is no phantom of that name.

    Notes
    -----
    Places move with sex, age and size: for a phantom that is not the default one give the phantom itself.
    """
    return dict(phantom.sites if isinstance(phantom, Phantom) else default_phantom(phantom).sites)
