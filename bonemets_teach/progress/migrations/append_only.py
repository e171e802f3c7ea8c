"""The triggers that keep the log append-only, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["ERASE_SETTING", "no_replacing", "statements"]

ERASE_SETTING = "bonemets.erase"
"""Setting of a PostgreSQL transaction within which an erasure may delete."""

_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION bonemets_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND TG_ARGV[0] = 'erasable' AND current_setting('{ERASE_SETTING}', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


def statements(dialect: str, table: str, *, erasable: bool = True) -> list[str]:
    """Return what makes one table append-only.

    Parameters
    ----------
    dialect : str
        ``"sqlite"`` or ``"postgresql"``.
    table : str
        Name of the table; an erasable one has a column ``learner_id``.
    erasable : bool
        Whether rows may be deleted while their learner is being erased.

    Returns
    -------
    statements : list of str
        SQL; UPDATE is refused always, DELETE outside an erasure. Running them again changes nothing.
    """
    if dialect == "postgresql":
        return _postgres(table, "erasable" if erasable else "never")
    return _sqlite(table, erasable=erasable)


def no_replacing(dialect: str, table: str, keys: Sequence[str]) -> list[str]:
    """Return what keeps a row from being written over by an insert.

    Parameters
    ----------
    dialect : str
        ``"sqlite"`` or ``"postgresql"``.
    table : str
        Name of the table.
    keys : sequence of str
        Its primary key.

    Returns
    -------
    statements : list of str
        For SQLite, whose INSERT OR REPLACE deletes without asking the other triggers: an insert that meets its like
        changes nothing. PostgreSQL knows no such insert and needs none.
    """
    if dialect == "postgresql":
        return []
    same = " AND ".join(f"{key} = NEW.{key}" for key in keys)
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"  # noqa: S608 - names of ours
    name = f"{table}_no_replace"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE INSERT ON {table} WHEN {there} BEGIN SELECT RAISE(IGNORE); END"
    ]


def _sqlite(table: str, *, erasable: bool) -> list[str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    permitted = "WHEN NOT EXISTS (SELECT 1 FROM erase_permit WHERE learner_id = OLD.learner_id)"
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{action.lower()} BEFORE {action} ON {table} {when} {refusal}"
        for action, when in (("UPDATE", ""), ("DELETE", permitted if erasable else ""))
    ]


def _postgres(table: str, argument: str) -> list[str]:
    made = [_POSTGRES_FUNCTION]
    call = f"EXECUTE FUNCTION bonemets_append_only('{argument}')"
    for name, action, each in (
        ("changed", "UPDATE OR DELETE", "ROW"),
        ("emptied", "TRUNCATE", "STATEMENT"),
    ):
        trigger = f"{table}_not_{name}"
        made += [
            f"DROP TRIGGER IF EXISTS {trigger} ON {table}",
            f"CREATE TRIGGER {trigger} BEFORE {action} ON {table} FOR EACH {each} {call}",
        ]
    return made
