"""Hotspot items: point at a place in a picture, or choose it from the list of labels."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.keys import Number, Quantity
from bonemets_teach.quiz.parts import Line, Many, OptionId, Part, Slug, Text, once

__all__ = ["Box", "Circle", "Hotspot", "Spot", "Target"]

Share = Annotated[float, Field(ge=0, le=1)]
Size = Annotated[float, Field(gt=0, le=1)]


class Spot(Part):
    """A place that the scene itself knows: a mark of an image, or a point of a figure in units of its axes.

    `panel` is how the title of the axes begins, `axes` its number in the figure. `x` and `y` are numbers, `x_quantity` and `y_quantity` names of quantities, multiplied by the scales.
    """

    mark: Line | None = None
    axes: Annotated[int, Field(ge=0, le=20)] | None = None
    panel: Line | None = None
    x: Number | None = None
    y: Number | None = None
    x_quantity: Quantity | None = None
    y_quantity: Quantity | None = None
    x_scale: Number = 1.0
    y_scale: Number = 1.0

    @model_validator(mode="after")
    def _mark_or_point(self) -> Spot:
        if sum(place is not None for place in (self.mark, self.axes, self.panel)) != 1:
            raise ValueError("give either mark, or axes or panel with x and y")
        has_point = self.mark is None
        if has_point and (
            (self.x is None) == (self.x_quantity is None) or (self.y is None) == (self.y_quantity is None)
        ):
            raise ValueError("with axes or panel, give x or x_quantity, and y or y_quantity")
        return self


class Circle(Part):
    """A round place: center as shares of the picture's width and height from top left, radius as a share of its width."""

    x: Share
    y: Share
    r: Size


class Box(Part):
    """An upright rectangle: left, top, width and height as shares of the picture."""

    x: Share
    y: Share
    width: Size
    height: Size


class Around(Spot):
    """A round place about a spot of the scene; the radius is a share of the picture's width."""

    r: Size


class Target(Part):
    """One labeled place; feedback may be missing in a draft only."""

    id: OptionId
    label: Text
    circle: Circle | None = None
    box: Box | None = None
    around: Around | None = None
    key: bool | None = None
    feedback: Text | None = None
    misconception: Slug | None = None

    @model_validator(mode="after")
    def _one_place(self) -> Target:
        if sum(place is not None for place in (self.circle, self.box, self.around)) != 1:
            raise ValueError("a target has exactly one of circle, box, around")
        return self


class SpotScoring(Part):
    """All points for the right place."""

    method: Literal["key"] = "key"
    points: Points = 1


class ComputedSpot(Part):
    """The key is the target in which a spot of the scene lies."""

    inside: Spot


class Hotspot(ItemBase):
    """One place in the picture is right; the labels are also a list, for keyboard, phone and screen reader."""

    type: Literal["hotspot"]
    targets: Annotated[Many[Target], Field(min_length=3, max_length=10)]
    list_alternative: Literal[True]
    computed: ComputedSpot | None = None
    miss: Text | None = None
    shuffle: bool = True
    scoring: SpotScoring = SpotScoring()

    @model_validator(mode="after")
    def _complete(self) -> Hotspot:
        once("target id", (target.id for target in self.targets))
        has_scene = self.scene is not None and self.scene.role == "stimulus"
        if has_scene == bool(self.images) or len(self.images) > 1:
            raise ValueError("a hotspot has one picture: a scene with role stimulus, or one image")
        if not has_scene and (self.computed or any(target.around for target in self.targets)):
            raise ValueError("around and computed need a scene with role stimulus")
        keys = sum(target.key is True for target in self.targets)
        if self.computed is None and keys != 1:
            message = f"a hotspot item has exactly one target with key: true; this one has {keys}"
            raise ValueError(message)
        if self.computed is not None and any(target.key is not None for target in self.targets):
            raise ValueError("the key is computed, so no target may say key")
        return self
