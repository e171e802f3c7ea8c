"""What is there, what a reader says, and how far the one is from the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bonemets_teach.errors import ParameterError

__all__ = ["CONFIDENCES", "Mark", "TrueFinding"]

_Point = tuple[float, float, float]

CONFIDENCES: Final = (1, 2, 3, 4, 5)
"""How sure a reader is: 1 a guess, 5 certain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFinding:
    """What is there.

    Parameters
    ----------
    id : str
        Name.
    position_mm : tuple of float
        Its middle [mm].
    radius_mm : tuple of float
        Half its extent along each axis [mm], above 0.
    kind : str
        What a reader should call it: "lytic", "blastic" or "mixed".
    malignant : bool
        Whether it is a metastasis.
    bone : str
        Bone that holds it.
    """

    id: str
    position_mm: _Point
    radius_mm: _Point
    kind: str
    malignant: bool
    bone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What a reader says; where by a point, by a line through the body, or by the name of a bone.

    Parameters
    ----------
    kind : str
        "lytic", "blastic" or "mixed".
    malignant : bool
        Whether the reader calls it a metastasis.
    confidence : int
        How sure the reader is, 1 to 5.
    position_mm : tuple of float, optional
        A point [mm].
    sight : tuple of float, optional
        Direction of the line of sight, for a mark on a projection: depth is not known there.
    bone : str, optional
        A bone, for a mark made from a list; used if there is no point.

    Raises
    ------
    ParameterError
        If the confidence is not 1 to 5, or there is neither a point nor a bone, or a number is not finite.
    """

    kind: str
    malignant: bool
    confidence: int
    position_mm: _Point | None = None
    sight: _Point | None = None
    bone: str | None = None

    def __post_init__(self) -> None:
        if self.confidence not in CONFIDENCES:
            message = f"confidence = {self.confidence!r} is not one of 1, 2, 3, 4, 5; choose one of them"
            raise ParameterError(message)
        if self.position_mm is None and not self.bone:
            message = "the mark has neither a point nor a bone; give position_mm or bone"
            raise ParameterError(message)
        numbers = [*(self.position_mm or ()), *(self.sight or ())]
        if not np.all(np.isfinite(numbers)) or (self.sight is not None and not np.any(self.sight)):
            message = (
                f"position_mm = {self.position_mm}, sight = {self.sight}; give finite numbers, not all 0"
            )
            raise ParameterError(message)

    def outside_mm(self, finding: TrueFinding) -> float:
        """Return how far outside a finding the mark lies [mm]; at most 0 inside it."""
        if self.position_mm is None:
            return 0.0 if self.bone == finding.bone else float("inf")
        radius = np.asarray(finding.radius_mm, dtype=np.float64)
        away = np.subtract(self.position_mm, finding.position_mm)
        if self.sight is not None:
            along = np.asarray(self.sight) / np.linalg.norm(self.sight)
            # The point of the line that is nearest to the middle of the finding, in its own proportions.
            scaled = along / radius
            away = away - along * float((away / radius) @ scaled) / float(scaled @ scaled)
        distance = float(np.linalg.norm(away))
        reach = distance / max(float(np.linalg.norm(away / radius)), 1e-12) if distance else 0.0
        return distance - (reach if distance else float(radius.min()))
