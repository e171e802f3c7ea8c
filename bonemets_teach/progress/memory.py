"""Keeps attempts and events of this session only, when the database can't."""

from __future__ import annotations

from collections.abc import Collection

from bonemets_teach.progress.attempt import Attempt, SceneEvent

__all__ = ["MemoryStore"]


class MemoryStore:
    """The unsaved part of the log: the same calls as the saved one, forgotten with the process."""

    def __init__(self) -> None:
        self.learners: dict[str, str] = {}
        self.records: dict[str, Attempt | SceneEvent] = {}

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

    def add(self, record: Attempt | SceneEvent) -> None:
        """Keep an attempt or an event; one with the same id changes nothing.

        Parameters
        ----------
        record : Attempt or SceneEvent
            What to keep.
        """
        self.records.setdefault(record_id(record), record)

    def attempts(self, learner_id: str, item_ids: Collection[str] | None = None) -> list[Attempt]:
        """Return the attempts of a learner in the order in which they were kept.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.
        item_ids : collection of str, optional
            Only attempts at these items.

        Returns
        -------
        attempts : list of Attempt
            Unsaved attempts.
        """
        return [
            record
            for record in self.records.values()
            if isinstance(record, Attempt)
            and record.learner_id == learner_id
            and (item_ids is None or record.item_id in item_ids)
        ]

    def events(self, learner_id: str) -> list[SceneEvent]:
        """Return what a learner did in explorers, in the order in which it was kept.

        Parameters
        ----------
        learner_id : str
            UUID of the learner.

        Returns
        -------
        events : list of SceneEvent
            Unsaved events.
        """
        found = self.records.values()
        return [
            record for record in found if isinstance(record, SceneEvent) and record.learner_id == learner_id
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
            Number of attempts and events forgotten.
        """
        gone = [key for key, record in self.records.items() if record.learner_id == learner_id]
        for key in gone:
            del self.records[key]
        self.learners = {subject: known for subject, known in self.learners.items() if known != learner_id}
        return len(gone)


def record_id(record: Attempt | SceneEvent) -> str:
    """Return the id that makes a record unique.

    Parameters
    ----------
    record : Attempt or SceneEvent
        The record.

    Returns
    -------
    id : str
        Its ``attempt_id`` or ``event_id``.
    """
    return record.attempt_id if isinstance(record, Attempt) else record.event_id
