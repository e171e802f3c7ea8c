"""Keeps records of this session only, when the database can't."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypeVar

from bonemets_teach.progress.asked import AskedItem
from bonemets_teach.progress.kinds import Record, record_id
from bonemets_teach.progress.review_event import Card, ProjectCard

__all__ = ["MemoryStore"]

RecordT = TypeVar("RecordT", bound=Record)


class MemoryStore:
    """The unsaved part of the log, forgotten with the process."""

    def __init__(self) -> None:
        self.learners: dict[str, str] = {}
        self.records: dict[str, Record] = {}
        self.projects: dict[str, ProjectCard] = {}
        self.cards: dict[tuple[str, str], Card] = {}
        self.items: dict[str, AskedItem] = {}

    def learner(self, subject: str, proposed: str) -> str:
        """Return the learner behind a fingerprint, or keep the proposed one.

        Parameters
        ----------
        subject : str
            Fingerprint of the secret.
        proposed : str
            UUID to use if the fingerprint is new.

        Returns
        -------
        learner_id : str
            UUID of the learner.
        """
        return self.learners.setdefault(subject, proposed)

    def add(self, record: Record, project: ProjectCard | None = None) -> None:
        """Keep a record; one with the same id changes nothing.

        Parameters
        ----------
        record : Attempt, SceneEvent or ReviewEvent
            What to keep.
        project : callable, optional
            For a review: folds all reviews of its item into the card.
        """
        key = record_id(record)
        self.records.setdefault(key, record)
        if project is not None:
            self.projects.setdefault(key, project)

    def forget(self, key: str) -> None:
        """Drop one record.

        Parameters
        ----------
        key : str
            Its id.
        """
        del self.records[key]
        self.projects.pop(key, None)

    def of(
        self, kind: type[RecordT], learner_id: str, item_ids: Collection[str] | None = None
    ) -> list[RecordT]:
        """Return the records of one kind of a learner in the order in which they were kept.

        Parameters
        ----------
        kind : type
            `Attempt`, `SceneEvent` or `ReviewEvent`.
        learner_id : str
            UUID of the learner.
        item_ids : collection of str, optional
            Only records of these items.

        Returns
        -------
        records : list
            Unsaved records.
        """
        return [
            record
            for record in self.records.values()
            if isinstance(record, kind)
            and record.learner_id == learner_id
            and (item_ids is None or getattr(record, "item_id", None) in item_ids)
        ]

    def erase(self, learner_id: str) -> int:
        """Forget everything of a learner.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        removed : int
            Number of records forgotten.
        """
        gone = [key for key, record in self.records.items() if record.learner_id == learner_id]
        for key in gone:
            self.forget(key)
        self.cards = {place: card for place, card in self.cards.items() if place[0] != learner_id}
        self.learners = {subject: known for subject, known in self.learners.items() if known != learner_id}
        return len(gone)
