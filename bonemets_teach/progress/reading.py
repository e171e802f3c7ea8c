"""Gives back what the database keeps of a learner."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar

from sqlalchemy import ColumnElement, Table, func, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.answers import Answer
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.database import Database
from bonemets_teach.progress.review_event import Card, ReviewEvent
from bonemets_teach.progress.session import Session

__all__ = ["Reader"]

KindT = TypeVar("KindT")


class Reader(Database):
    """The reading half of the store; nothing comes in any order."""

    def attempts(self, learner_id: str, item_ids: Collection[str] | None = None) -> list[Attempt]:
        """Return the attempts of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        item_ids : collection of str, optional
            Only attempts at these items.

        Returns
        -------
        attempts : list of Attempt
            In no order.
        """
        wanted = [] if item_ids is None else [tables.attempt.c.item_id.in_(list(item_ids))]
        found = self._records(Attempt, tables.attempt, learner_id, *wanted)
        for attempt in found:
            for name in ("option_order", "misconceptions"):
                if getattr(attempt, name) is not None:
                    object.__setattr__(attempt, name, tuple(getattr(attempt, name)))
        return found

    def answers(self, learner_id: str) -> list[Answer]:
        """Return the attempts of a learner as answers: what was checked when it was kept is not checked again.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        answers : list of Answer
            In no order.
        """
        columns = [tables.attempt.c[name] for name in Answer._fields]
        query = select(*columns).where(tables.attempt.c.learner_id == learner_id)
        return self.reading(lambda connection: [Answer(*row) for row in connection.execute(query)])

    def revision(self, learner_id: str) -> tuple[int, ...]:
        """Return a mark that changes with every record of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        counts : tuple of int
            Number of attempts, events and reviews, of which none is ever changed.
        """
        kept = (tables.attempt, tables.scene_event, tables.review_event)
        counts = [
            select(func.count()).select_from(table).where(table.c.learner_id == learner_id).scalar_subquery()
            for table in kept
        ]
        return self.reading(lambda connection: tuple(connection.execute(select(*counts)).one()))

    def events(self, learner_id: str) -> list[SceneEvent]:
        """Return what a learner did in explorers.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        events : list of SceneEvent
            In no order.
        """
        return self._records(SceneEvent, tables.scene_event, learner_id)

    def reviews(self, learner_id: str, item_ids: Collection[str] | None = None) -> list[ReviewEvent]:
        """Return the reviews of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        item_ids : collection of str, optional
            Only reviews of these items.

        Returns
        -------
        reviews : list of ReviewEvent
            In no order.
        """
        wanted = [] if item_ids is None else [tables.review_event.c.item_id.in_(list(item_ids))]
        return self._records(ReviewEvent, tables.review_event, learner_id, *wanted)

    def cards(self, learner_id: str) -> list[Card]:
        """Return the cards of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        cards : list of Card
            In no order.
        """
        return self._records(Card, tables.card, learner_id)

    def sessions(self, learner_id: str) -> list[Session]:
        """Return the sessions of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        sessions : list of Session
            In no order.
        """
        return self._records(Session, tables.session, learner_id)

    def last_answers(self, learner_id: str) -> dict[str, datetime]:
        """Return when each session of a learner was last answered in.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        moments : dict of str to datetime
            By session id, in UTC.
        """
        table = tables.attempt
        query = select(table.c.session_id, func.max(table.c.answered_at))
        query = query.where(table.c.learner_id == learner_id, table.c.session_id.is_not(None))
        rows = self.reading(lambda connection: connection.execute(query.group_by(table.c.session_id)).all())
        return {row[0]: row[1] for row in rows}

    def _records(
        self, kind: type[KindT], table: Table, learner_id: str, *wanted: ColumnElement[bool]
    ) -> list[KindT]:
        """Return rows as records; what was checked when it was kept is not checked again."""
        columns = [column for column in table.c if column.name != "received_at"]
        names = [column.name for column in columns]
        query = select(*columns).where(table.c.learner_id == learner_id, *wanted)
        rows = self.reading(lambda connection: connection.execute(query).all())
        found = []
        for row in rows:
            record = object.__new__(kind)
            for name, value in zip(names, row, strict=True):
                object.__setattr__(record, name, value)
            found.append(record)
        return found
