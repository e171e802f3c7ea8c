"""The one object that a notebook uses: it shows the explorers, the quiz and the sources of a lesson."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from IPython.display import HTML, display

from bonemets_teach.lessons.asked_items import asked_item
from bonemets_teach.lessons.catalog import CourseEntry, find_lesson
from bonemets_teach.lessons.learner import Learner
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.lessons.model_cards import about_scene
from bonemets_teach.lessons.source_list import kept_sources_html
from bonemets_teach.progress import AskedItem
from bonemets_teach.quiz.siblings import held_back
from bonemets_teach.scenes import Look, load_scene
from bonemets_teach.scenes.render import FigureRenderer
from bonemets_teach.scenes.turns import TURN
from bonemets_teach.widgets.explorer import Explorer, explorer_for
from bonemets_teach.widgets.learner import LearnerLine
from bonemets_teach.widgets.quiz import QuizPlayer
from bonemets_teach.widgets.reading_room import READINGS, ReadingRoom
from bonemets_teach.widgets.volume_viewer import VolumeViewer

__all__ = ["Lesson", "load"]

_log: Final = logging.getLogger(__name__)


class Lesson:
    """A lesson in a running notebook.

    Parameters
    ----------
    entry : CourseEntry
        What the course says about the lesson.
    """

    def __init__(self, entry: CourseEntry) -> None:
        self.entry = entry
        self._items = lesson_items(entry.id)
        self._spares = held_back(self._items)
        versions = {item.id: item.version for item in self._items}
        self._learner = Learner(entry.id, versions, asked=self._freeze, spares=self._spares)
        self._line = LearnerLine(self._greet)

    @cache  # noqa: B019 - a lesson lives as long as its kernel
    def _freeze(self, item_id: str) -> AskedItem:
        return asked_item(next(item for item in self._items if item.id == item_id))

    def __repr__(self) -> str:
        return f"Lesson {self.entry.number}: {self.entry.title}"

    def _ipython_display_(self) -> None:
        display(self._line)

    def explorer(self, scene_id: str) -> Explorer:
        """Show one explorer.

        Parameters
        ----------
        scene_id : str
            Id of a scene of this lesson.

        Returns
        -------
        explorer : Explorer
            One widget.

        Raises
        ------
        ContentError
            If there is no such scene.
        """
        return explorer_for(load_scene(scene_id), self._learner.record_prediction, about_scene(scene_id))

    def reading_room(self) -> ReadingRoom:
        """Show the reading room.

        Returns
        -------
        room : ReadingRoom
            One widget; what is read in it belongs to the learner of this lesson.
        """
        return ReadingRoom(record=self._learner.record_reading, history=self._read_before)

    def volume_viewer(self) -> VolumeViewer:
        """Show the viewer for a study of the learner's own.

        Returns
        -------
        viewer : VolumeViewer
            One widget; what is opened in it stays in this session.
        """
        return VolumeViewer()

    def quiz(self) -> QuizPlayer:
        """Show the questions of the lesson.

        Returns
        -------
        player : QuizPlayer
            One widget.
        """
        learner = self._learner
        return QuizPlayer(
            self._items,
            record=self._record,
            history=learner.history,
            figure=_figure,
            keep_session=learner.keep_session,
            spares=self._spares,
        )

    def sources(self) -> HTML:
        """List the sources that the lesson's text cites.

        Returns
        -------
        html : HTML
            A numbered list with an anchor for each claim.
        """
        return HTML(kept_sources_html(self.entry))

    def describe(self, scene_id: str, state: Mapping[str, Any] | None = None) -> str:
        """Say in words what an explorer shows.

        Parameters
        ----------
        scene_id : str
            Id of a scene.
        state : mapping or None
            Partial state; the rest is the default.

        Returns
        -------
        text : str
            The text alternative of the picture.
        """
        scene = load_scene(scene_id)
        full, _ = scene.complete(state or {})
        with TURN:
            return scene.describe(scene.compute(full))

    def _record(self, answer: dict[str, Any]) -> bool:
        saved = self._learner.record_answer(answer)
        self._line.refresh()
        return saved

    def _read_before(self, secret: str) -> list[dict[str, Any]]:
        return self._learner.readings(secret, READINGS)

    def _greet(self, secret: str) -> dict[str, Any]:
        return self._learner.greet(secret)


def load(lesson_id: str) -> Lesson:
    """Open a lesson in a notebook.

    Parameters
    ----------
    lesson_id : str
        For example "bone-remodeling".

    Returns
    -------
    lesson : Lesson
        Ready to show.

    Raises
    ------
    ContentError
        If there is no such lesson.
    """
    return Lesson(find_lesson(lesson_id))


def _figure(scene_id: str, state: Mapping[str, Any], look: Mapping[str, Any]) -> bytes:
    scene = load_scene(scene_id)
    full, _ = scene.complete(state)
    return FigureRenderer(scene, Look(**look)).png(scene.compute(full))
