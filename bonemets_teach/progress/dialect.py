"""The one statement in which SQLite and PostgreSQL differ for SQLAlchemy: an insert that may meet its like."""

from __future__ import annotations

from sqlalchemy import Connection, Insert, Table

__all__ = ["insert_once", "insert_or_replace", "once"]


def once(dialect: str, table: Table) -> Insert:
    """Return an insert that changes nothing if the row is there already.

    Parameters
    ----------
    dialect : str
        ``"sqlite"`` or ``"postgresql"``.
    table : Table
        Where to insert.

    Returns
    -------
    statement : Insert
        Ready for values.
    """
    if dialect == "postgresql":
        # Imported here, since a kernel on SQLite has no use for the other dialect.
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415

        return postgresql.insert(table).on_conflict_do_nothing()
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - likewise

    return sqlite.insert(table).on_conflict_do_nothing()


def insert_once(connection: Connection, table: Table) -> Insert:
    """Return an insert that changes nothing if the row is there already.

    Parameters
    ----------
    connection : Connection
        Tells which database it is.
    table : Table
        Where to insert.

    Returns
    -------
    statement : Insert
        Ready for values.
    """
    return once(connection.dialect.name, table)


def insert_or_replace(connection: Connection, table: Table) -> Insert:
    """Return an insert that overwrites a row with the same primary key.

    Parameters
    ----------
    connection : Connection
        Tells which database it is.
    table : Table
        Where to insert; not one of the append-only ones.

    Returns
    -------
    statement : Insert
        Ready for values.
    """
    keys = [column.name for column in table.primary_key]
    others = [column.name for column in table.c if column.name not in keys]
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - as above

        wide = postgresql.insert(table)
        return wide.on_conflict_do_update(
            index_elements=keys, set_={name: wide.excluded[name] for name in others}
        )
    from sqlalchemy.dialects import sqlite  # noqa: PLC0415 - as above

    narrow = sqlite.insert(table)
    return narrow.on_conflict_do_update(
        index_elements=keys, set_={name: narrow.excluded[name] for name in others}
    )
