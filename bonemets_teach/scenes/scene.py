"""The contract of a scene: a pure function from a few controls to a picture, numbers and words."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, Literal, TypeVar

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from bonemets_teach.content.language import tr
from bonemets_teach.scenes.parameter import Control

__all__ = ["ImageScene", "Look", "Picture", "Prediction", "Preset", "Scene", "State", "Task", "Window"]

State = Mapping[str, Any]
ResultT = TypeVar("ResultT")


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a picture is to be drawn: size, arrangement and theme.

    Parameters
    ----------
    width_px : int
        Width in CSS pixels.
    scale : float
        Device pixels per CSS pixel.
    theme : {"light", "dark"}
        Colors of the page.
    narrow : bool
        Stack panels for a phone.
    view : str
        Which of its pictures a scene is to make, for a scene that has more than one.
    """

    width_px: int = 760
    scale: float = 1.0
    theme: Literal["light", "dark"] = "light"
    narrow: bool = False
    view: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A named state: the part of the state it sets, the rest is the default."""

    id: str
    label: str
    state: State
    help: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """A guess to enter before the picture is uncovered.

    Parameters
    ----------
    prompt : str
        The question.
    options : tuple of str
        Two to five possible answers.
    answer : callable
        Index of the right option, computed from the result.
    explain : callable
        Words that compare guess and model, computed from the result; names the numbers.
    """

    prompt: str
    options: tuple[str, ...]
    answer: Callable[[Any], int]
    explain: Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Something to do in the explorer, checked by the model.

    Parameters
    ----------
    id : str
        Unique in the scene.
    text : str
        What to do, one to three sentences.
    state : mapping
        Partial state that starts the task.
    prediction : Prediction or None
        Covers the picture until the learner has guessed.
    goal : callable or None
        ``goal(state, result)`` is True when the task is done.
    success : str
        What to notice once the goal is reached.
    hint : str
        A way on for somebody who is stuck.
    """

    id: str
    text: str
    state: State = field(default_factory=dict)
    prediction: Prediction | None = None
    goal: Callable[[State, Any], bool] | None = None
    success: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A named window of an image: center and width in the image's unit."""

    id: str
    label: str
    center: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A single-channel image for the image view, in its physical unit.

    Parameters
    ----------
    values : ndarray of shape (row, column)
        Pixel values in ``unit``.
    unit : str
        For example "HU".
    pixel_mm : float
        Pixel size [mm].
    invert : bool, default False
        Show high values dark.
    marks : tuple of (float, float, str)
        Row, column and label of places to outline when anatomy labels are on.
    """

    values: npt.NDArray[np.floating[Any]]
    unit: str
    pixel_mm: float
    invert: bool = False
    marks: tuple[tuple[float, float, str], ...] = ()


class Scene(ABC, Generic[ResultT]):
    """What an explorer shows; same state, same picture.

    Subclasses set the class attributes and the methods. Nothing here knows widgets.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    controls: ClassVar[tuple[Control, ...]]
    presets: ClassVar[tuple[Preset, ...]]
    tasks: ClassVar[tuple[Task, ...]]
    claims: ClassVar[tuple[str, ...]] = ()
    aspect: ClassVar[float] = 0.5
    aspect_narrow: ClassVar[float] = 1.3

    @abstractmethod
    def compute(self, state: State) -> ResultT:
        """Run the models for a complete state."""

    @abstractmethod
    def build(self, figure: Figure, look: Look) -> Any:
        """Make axes and artists once; those that move are created with ``animated=True``."""

    @abstractmethod
    def update(self, artists: Any, result: ResultT) -> None:
        """Set the data of the moving artists."""

    @abstractmethod
    def describe(self, result: ResultT) -> str:
        """Say in two to four sentences what the picture shows, with numbers and units."""

    @abstractmethod
    def quantities(self, result: ResultT) -> dict[str, float]:
        """Return the named numbers of a result; quiz keys are made of them."""

    def draw(self, figure: Figure, result: ResultT) -> None:
        """Draw a result into an empty figure, all at once, for print and tests.

        Parameters
        ----------
        figure : Figure
            An empty figure.
        result : object
            What `compute` returned.
        """
        self.update(self.build(figure, Look(view=self.view(result))), result)

    def view(self, result: ResultT) -> str:  # noqa: ARG002 - for scenes with more than one picture
        """Return which picture shows a result; each view has its own figure, made by `build`.

        Parameters
        ----------
        result : object
            What `compute` returned.

        Returns
        -------
        view : str
            Goes to `build` as ``look.view``; empty in a scene with one picture.
        """
        return ""

    def rehearsal(self) -> Iterator[dict[str, Any]]:
        """Yield states whose results are worth having before the first learner comes; more than the default is rare.

        Yields
        ------
        state : dict
            A complete state.
        """
        yield self.defaults()

    def rehearse(self) -> None:
        """Keep what the states of `rehearsal` need; a scene may leave out what it does not keep."""
        for state in self.rehearsal():
            self.compute(state)

    def defaults(self) -> dict[str, Any]:
        """Return the state at the start.

        Returns
        -------
        state : dict
            Control name to default value.
        """
        return {control.name: control.default for control in self.controls}

    def complete(self, raw: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
        """Make a valid complete state from anything that a message or a link may hold.

        Parameters
        ----------
        raw : mapping
            Control names to values; unknown names are ignored with a note.

        Returns
        -------
        state : dict
            A value in range for every control.
        notes : list of str
            What was changed and why, in words for the learner.
        """
        state = self.defaults()
        notes = []
        for control in self.controls:
            if control.name in raw:
                state[control.name], note = control.coerce(raw[control.name])
                if note:
                    notes.append(note)
        known = set(state)
        notes += [
            tr("“{name}” is not a control of this explorer; ignored.", name=str(name)[:40])
            for name in raw
            if name not in known
        ]
        return state, notes


class ImageScene(Scene[ResultT]):
    """A scene whose picture is an image with a window that the learner sets in the browser.

    `unit` is the unit of the pixel values; the first of `windows` is the one at the start.
    """

    unit: ClassVar[str]
    windows: ClassVar[tuple[Window, ...]]

    @abstractmethod
    def picture(self, result: ResultT) -> Picture:
        """Return the image of a result."""
