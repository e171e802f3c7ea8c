"""What follows from the log and can be made anew from it at any time: sessions and cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy import Connection, delete, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.attempt import SceneEvent
from bonemets_teach.progress.dialect import insert_or_replace
from bonemets_teach.progress.kinds import order
from bonemets_teach.progress.review_event import Card, ProjectCard, ReviewEvent
from bonemets_teach.progress.session import ENDED, STARTED, fold_session

__all__ = ["keep_cards", "project_review", "project_session", "rebuild"]


def keep_cards(connection: Connection, cards: Iterable[Card]) -> None:
    """Replace cards.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    cards : iterable of Card
        The new state.
    """
    statement = insert_or_replace(connection, tables.card)
    for card in cards:
        connection.execute(
            statement.values(
                learner_id=card.learner_id, item_id=card.item_id, state=dict(card.state), due_at=card.due_at
            )
        )


def project_review(
    connection: Connection, learner_id: str, item_ids: Sequence[str] | None, project: ProjectCard
) -> int:
    """Make cards from the reviews in the database.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    learner_id : str
        UUID of the learner.
    item_ids : sequence of str or None
        Only these items.
    project : callable
        Folds the reviews of one item, oldest first, into a card.

    Returns
    -------
    cards : int
        Number of cards written.
    """
    table = tables.review_event
    columns = [column for column in table.c if column.name != "received_at"]
    query = select(*columns).where(table.c.learner_id == learner_id)
    if item_ids is not None:
        query = query.where(table.c.item_id.in_(item_ids))
    reviews = [ReviewEvent(**row) for row in connection.execute(query).mappings()]
    reviews.sort(key=lambda review: (review.item_id, *order(review)))
    groups = groupby(reviews, key=lambda review: review.item_id)
    cards = [project(list(theirs)) for _, theirs in groups]
    keep_cards(connection, cards)
    return len(cards)


def project_session(connection: Connection, learner_id: str, session_id: str) -> bool:
    """Make the row of one session from its events, in whatever order they came.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    learner_id : str
        UUID of the learner.
    session_id : str
        UUID of the session.

    Returns
    -------
    known : bool
        False while its start is not known.
    """
    table = tables.scene_event
    columns = [column for column in table.c if column.name != "received_at"]
    query = select(*columns).where(
        table.c.learner_id == learner_id, table.c.task_id == session_id, table.c.kind.in_([STARTED, ENDED])
    )
    session = fold_session(SceneEvent(**row) for row in connection.execute(query).mappings())
    if session is None:
        return False
    # Only its own learner may change a session.
    owner = select(tables.session.c.learner_id).where(tables.session.c.session_id == session_id)
    if connection.execute(owner).scalar_one_or_none() not in {None, learner_id}:
        return False
    row = {column.name: getattr(session, column.name) for column in tables.session.c}
    for name in ("plan", "result"):
        row[name] = None if row[name] is None else dict(row[name])
    connection.execute(insert_or_replace(connection, tables.session).values(**row))
    return True


def rebuild(connection: Connection, project: ProjectCard) -> dict[str, int]:
    """Throw the projections away and make them anew from the log.

    Parameters
    ----------
    connection : Connection
        Within a transaction.
    project : callable
        Folds the reviews of one item, oldest first, into a card.

    Returns
    -------
    made : dict of str to int
        Number of rows of ``"session"`` and ``"card"``.
    """
    connection.execute(delete(tables.card))
    connection.execute(delete(tables.session))
    event, review = tables.scene_event, tables.review_event
    started = select(event.c.learner_id, event.c.task_id).where(event.c.kind == STARTED)
    found = connection.execute(started.order_by(event.c.received_at, event.c.event_id)).all()
    sessions = sum(project_session(connection, learner_id, name) for learner_id, name in found)
    learners = connection.execute(select(review.c.learner_id).distinct()).scalars().all()
    cards = sum(project_review(connection, learner_id, None, project) for learner_id in learners)
    return {"session": sessions, "card": cards}
