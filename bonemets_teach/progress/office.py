"""What the staff of a course do with the records: export, purge, rebuild, erase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bonemets_teach.errors import ProgressError
from bonemets_teach.progress import purging
from bonemets_teach.progress.auditing import note
from bonemets_teach.progress.card_of import card_of
from bonemets_teach.progress.course_export import FORMATS, export_course, pseudonym_key
from bonemets_teach.progress.engine import DATABASE
from bonemets_teach.progress.folder import default_folder, require_usable
from bonemets_teach.progress.problems import sentence
from bonemets_teach.progress.projections import rebuild
from bonemets_teach.progress.store import STORE_ERRORS, DatabaseStore
from bonemets_teach.progress.target import Target, named_target

__all__ = ["Office", "open_office"]


@contextmanager
def open_office() -> Iterator[Office]:
    """Open the records of the course: the database that the environment names, else the data folder's.

    Yields
    ------
    office : Office
        Closed afterwards.

    Raises
    ------
    ProgressError
        If there are none, or they can't be opened.
    """
    target = named_target()
    if target is None:
        target = Target.file(default_folder() / DATABASE)
    if target.path is not None:
        if not target.path.is_file():
            message = f"there are no records at {target.path}; name their folder with --data"
            raise ProgressError(message)
        require_usable(target.path.parent)
    store = DatabaseStore(target)
    try:
        store.prepare()
        yield Office(store)
    except STORE_ERRORS as error:
        raise ProgressError(sentence(error, target)) from error
    finally:
        store.close()


class Office:
    """The records of the course.

    Parameters
    ----------
    store : DatabaseStore
        Where they are.
    """

    def __init__(self, store: DatabaseStore) -> None:
        self._store = store

    def export(self, kind: str, out: Path) -> dict[str, int]:
        """Write the records of all learners under pseudonyms, and note that it was done.

        Parameters
        ----------
        kind : str
            ``"csv"``, ``"json"`` or ``"xapi"``.
        out : Path
            A new file.

        Returns
        -------
        counts : dict of str to int
            What was written.

        Raises
        ------
        ProgressError
            If the kind is unknown, or the file is there already or can't be written.
        """
        if kind not in FORMATS:
            message = f"format = {kind!r} is unknown; choose one of {', '.join(FORMATS)}"
            raise ProgressError(message)
        with self._store.changing() as connection:
            key = pseudonym_key(connection)
        try:
            counts = self._store.reading(lambda connection: export_course(connection, key, kind, out))
        except OSError as error:
            message = f"{out} can't be written ({error.strerror or error}); name another file"
            raise ProgressError(message) from error
        with self._store.changing() as connection:
            words = ", ".join(f"{count} {name}" for name, count in counts.items())
            note(connection, "staff", "export", "course", f"{kind}: {words}")
        return counts

    def purge(self, days: int | None = None, *, dry_run: bool = False) -> dict[str, int]:
        """Delete old records.

        Parameters
        ----------
        days : int, optional
            Age from which on they go; the course's `retention_days` by default.
        dry_run : bool
            Only count.

        Returns
        -------
        counts : dict of str to int
            Table to rows deleted.

        Raises
        ------
        ParameterError
            If ``days`` is outside 1 to 36,500.
        """
        age = self.retention_days if days is None else days
        if dry_run:
            return self._store.reading(lambda connection: purging.count_older(connection, age))
        with self._store.changing() as connection:
            counts = purging.purge(connection, age, card_of)
            note(
                connection, "staff", "purge", "course", f"older than {age} days: {sum(counts.values())} rows"
            )
        self._store.forget_deleted()
        return counts

    @property
    def retention_days(self) -> int:
        """How many days the course keeps records."""
        return self._store.reading(purging.retention_days)

    @retention_days.setter
    def retention_days(self, days: int) -> None:
        with self._store.changing() as connection:
            purging.set_retention_days(connection, days)

    def rebuild(self) -> dict[str, int]:
        """Make sessions and cards anew from the log.

        Returns
        -------
        made : dict of str to int
            Table to number of rows.
        """
        with self._store.changing() as connection:
            made = rebuild(connection, card_of)
            note(connection, "staff", "rebuild", "course", f"{made}")
        return made

    def erase(self, learner_id: str) -> int:
        """Delete everything of a learner.

        Parameters
        ----------
        learner_id : str
            The random id that the learner's own export shows.

        Returns
        -------
        removed : int
            Number of attempts, events and reviews deleted.

        Raises
        ------
        ProgressError
            If there is no such learner.
        """
        if not self._store.is_known(learner_id):
            message = f"there is no learner {learner_id}; the id stands in the learner's own export"
            raise ProgressError(message)
        return self._store.erase(learner_id, actor="staff")
