"""The quiz player: the page asks and shows; a session behind it keeps the keys, grades and records."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

import anywidget

from bonemets_teach.quiz import Item
from bonemets_teach.quiz.session import History, QuizSession, Record
from bonemets_teach.quiz.sitting import KeepSession, Sitting
from bonemets_teach.scenes.turns import TURN
from bonemets_teach.widgets._quiz_files import quiz_module, quiz_style
from bonemets_teach.widgets._quiz_picture import Figure, item_picture

__all__ = ["QuizPlayer"]


class QuizPlayer(anywidget.AnyWidget):
    """Shows the items of a lesson one at a time.

    Parameters
    ----------
    items : sequence of Item
        What is asked, in this order.
    record, history : callable
        Where answers go and where they come from; see `QuizSession`.
    figure : callable or None
        ``figure(scene_id, state, look)`` returns a PNG; ``look`` holds width_px, scale, theme and narrow.
        Without it the words for a picture stand in its place.
    keep_session : callable or None
        Keeps the sessions; see `Sitting`.
    spares : collection of str
        Ids of items that are asked only as another try at one of the same group.
    """

    _esm = quiz_module()
    _css = quiz_style()

    def __init__(
        self,
        items: Sequence[Item],
        *,
        record: Record,
        history: History,
        figure: Figure | None = None,
        keep_session: KeepSession | None = None,
        spares: Collection[str] = (),
    ) -> None:
        super().__init__()
        self._count = len(items)
        self._figure = figure
        self._session = QuizSession(
            items,
            record=record,
            history=history,
            picture=self._picture,
            send=self._reply,
            sitting=Sitting(keep_session),
        )
        self._session.spares = frozenset(spares)
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return f"QuizPlayer({self._count} items)"

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        with TURN:
            self._session.receive(content)

    def _reply(self, message: dict[str, Any], buffers: list[bytes] | None = None) -> None:
        self.send(message, buffers=buffers)

    def _picture(self, item: Item, index: Any, look: Any, answered: bool) -> tuple[str, bytes]:  # noqa: FBT001 - the session's own form
        return item_picture(item, index, look, self._figure, answered=answered)
