"""Writes records into SQLite with everything prepared before the lock is taken, so that many can write at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, Table

from bonemets_teach.progress.dialect import once
from bonemets_teach.progress.engine import begin_raw
from bonemets_teach.progress.kinds import TABLES, Record

__all__ = ["QuickInsert", "values_of"]

_ASK_FOR_LEARNER = "SELECT erased_at FROM learner WHERE learner_id = ?"


def values_of(record: Record) -> dict[str, Any]:
    """Return the row of a record.

    Parameters
    ----------
    record : Attempt, SceneEvent or ReviewEvent
        What to keep.

    Returns
    -------
    values : dict
        Column to value; it was received now.
    """
    values = {field.name: getattr(record, field.name) for field in fields(record)}
    if values.get("scene_state") is not None:
        values["scene_state"] = dict(values["scene_state"])
    values["received_at"] = datetime.now(UTC)
    return values


class _Statement:
    """The insert of one table as the driver takes it, with the conversion of each value."""

    def __init__(self, engine: Engine, table: Table) -> None:
        compiled = once(engine.dialect.name, table).compile(dialect=engine.dialect)
        self.text = str(compiled)
        names = list(getattr(compiled, "positiontup", None) or [])
        self._columns: list[tuple[str, Callable[[Any], Any] | None]] = [
            (name, table.c[name].type.dialect_impl(engine.dialect).bind_processor(engine.dialect))
            for name in names
        ]

    def row(self, record: Record) -> tuple[Any, ...]:
        """Return the values in the order of the statement."""
        values = values_of(record)
        return tuple(
            values[name] if convert is None else convert(values[name]) for name, convert in self._columns
        )


class QuickInsert:
    """Inserts records whose learners are known.

    Parameters
    ----------
    engine : Engine
        Of a SQLite file.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._statements: dict[type, _Statement] = {}

    def add(self, records: Sequence[Record]) -> list[bool] | None:
        """Keep records in one transaction; those with known ids change nothing.

        Parameters
        ----------
        records : sequence of records
            What to keep.

        Returns
        -------
        kept : list of bool or None
            For each record whether it may be kept, False if its learner was erased. None if a learner is
            not known yet: then nothing was done.

        Raises
        ------
        sqlite3.Error
            As the driver raises it.
        """
        prepared = [(record.learner_id, *self._prepare(record)) for record in records]
        raw = self._engine.raw_connection()
        try:
            connection: sqlite3.Connection = raw.driver_connection  # type: ignore[assignment] # the pool does not know its type
            begin_raw(connection)
            try:
                allowed = _who_may(connection, {learner for learner, _, _ in prepared})
                if allowed is not None:
                    for learner, text, row in prepared:
                        if allowed[learner]:
                            connection.execute(text, row)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
        finally:
            raw.close()
        return None if allowed is None else [allowed[learner] for learner, _, _ in prepared]

    def _prepare(self, record: Record) -> tuple[str, tuple[Any, ...]]:
        kind = type(record)
        if kind not in self._statements:
            self._statements[kind] = _Statement(self._engine, TABLES[kind])
        statement = self._statements[kind]
        return statement.text, statement.row(record)


def _who_may(connection: sqlite3.Connection, learners: set[str]) -> dict[str, bool] | None:
    """Return for each learner whether records may be kept; None if one is not known."""
    found = {learner: connection.execute(_ASK_FOR_LEARNER, (learner,)).fetchone() for learner in learners}
    if None in found.values():
        return None
    return {learner: row[0] is None for learner, row in found.items()}
