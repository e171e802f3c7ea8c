"""Writes the records of all learners under pseudonyms: CSV, JSON or xAPI."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import json
import secrets
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Final

from sqlalchemy import Connection, select

from bonemets_teach.progress import tables
from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.dialect import insert_once
from bonemets_teach.progress.export import cells, plain
from bonemets_teach.progress.export_columns import COLUMNS
from bonemets_teach.progress.kinds import TABLES, Record
from bonemets_teach.progress.review_event import ReviewEvent
from bonemets_teach.progress.xapi import event_statement, statement

__all__ = ["FORMATS", "export_course", "pseudonym_key", "pseudonym_of"]

FORMATS: Final = ("csv", "json", "xapi")

_KEY = "pseudonym_key"
_KINDS: Final[Mapping[str, type[Record]]] = {
    "attempts": Attempt,
    "events": SceneEvent,
    "reviews": ReviewEvent,
}
_NOTE: Final = (
    "Records of all learners, under pseudonyms. The column learner_id is a pseudonym: the same in every export of this "
    "database, and not the id that a learner's own export shows. Answers in words may hold what a learner typed.\n"
)


def pseudonym_key(connection: Connection) -> bytes:
    """Return the key of this database's pseudonyms, making it at the first use.

    Parameters
    ----------
    connection : Connection
        Within a transaction.

    Returns
    -------
    key : bytes
        Random, kept in the database; without it nobody can tell which pseudonym is whose.
    """
    row = insert_once(connection, tables.meta)
    connection.execute(row.values(name=_KEY, value=secrets.token_hex(32)))
    query = select(tables.meta.c.value).where(tables.meta.c.name == _KEY)
    return bytes.fromhex(connection.execute(query).scalar_one())


def pseudonym_of(key: bytes, learner_id: str) -> str:
    """Return the pseudonym of a learner.

    Parameters
    ----------
    key : bytes
        From `pseudonym_key`.
    learner_id : str
        UUID of the learner.

    Returns
    -------
    pseudonym : str
        20 hexadecimal digits of an HMAC-SHA256.
    """
    return hmac.new(key, learner_id.encode(), hashlib.sha256).hexdigest()[:20]


def export_course(connection: Connection, key: bytes, kind: str, out: Path) -> dict[str, int]:
    """Write the records of all learners.

    Parameters
    ----------
    connection : Connection
        For reading; everything is of one moment.
    key : bytes
        From `pseudonym_key`.
    kind : str
        ``"csv"``: a zip file with a table each; ``"json"``: one object with a list each; ``"xapi"``: a list
        of statements.
    out : Path
        A new file; it appears when it is complete.

    Returns
    -------
    counts : dict of str to int
        Number of attempts, events and reviews, or of statements.

    Raises
    ------
    OSError
        If the file is there already or can't be written.
    """
    write = {"csv": _write_csv, "json": _write_json, "xapi": _write_xapi}[kind]
    if out.exists():
        raise FileExistsError(17, "the file exists", str(out))
    if connection.dialect.name == "postgresql":
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
    half = out.with_name(f".{out.name}.part")
    try:
        counts = write(half, _reader(connection, key))
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)
    return counts


_Reader = Callable[[str], Iterator[Any]]


def _reader(connection: Connection, key: bytes) -> _Reader:
    def read(name: str) -> Iterator[Any]:
        kind = _KINDS[name]
        table = TABLES[kind]
        columns = [column for column in table.c if column.name != "received_at"]
        order = {"attempts": "answered_at", "events": "happened_at", "reviews": "reviewed_at"}[name]
        query = select(*columns).order_by(table.c[order], *table.primary_key)
        streamed = connection.execution_options(yield_per=1000)
        for row in streamed.execute(query).mappings():
            values = dict(row)
            for listed in ("option_order", "misconceptions"):
                if values.get(listed) is not None:
                    values[listed] = tuple(values[listed])
            yield kind(**values), pseudonym_of(key, row["learner_id"])

    return read


def _rows(read: _Reader, name: str) -> Iterator[dict[str, Any]]:
    for record, pseudonym in read(name):
        yield {**plain(record), "learner_id": pseudonym}


def _write_csv(path: Path, read: _Reader) -> dict[str, int]:
    counts = dict.fromkeys(_KINDS, 0)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _KINDS:
            columns = COLUMNS[name]
            with _text(archive, f"{name}.csv") as file:
                writer = csv.writer(file)
                writer.writerow(columns)
                for row in _rows(read, name):
                    writer.writerow(cells(columns, row))
                    counts[name] += 1
        meanings = [
            f"{name}.csv {column}: {words}" for name in _KINDS for column, words in COLUMNS[name].items()
        ]
        with _text(archive, "README.txt") as file:
            file.write(_NOTE + "\n" + "\n".join(meanings) + "\n")
    return counts


@contextmanager
def _text(archive: zipfile.ZipFile, name: str) -> Iterator[IO[str]]:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    with (
        archive.open(entry, "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, "utf-8", newline="") as file,
    ):
        yield file


def _write_json(path: Path, read: _Reader) -> dict[str, int]:
    counts = {}
    with path.open("w", encoding="utf-8") as file:
        file.write("{" + f'"note": {json.dumps(_NOTE.strip())}')
        for name in _KINDS:
            file.write(f",\n{json.dumps(name)}: ")
            counts[name] = _write_list(file, _rows(read, name))
        file.write("}\n")
    return counts


def _write_xapi(path: Path, read: _Reader) -> dict[str, int]:
    def statements() -> Iterator[dict[str, Any]]:
        for attempt, pseudonym in read("attempts"):
            yield statement(attempt, pseudonym)
        for event, pseudonym in read("events"):
            told = event_statement(event, pseudonym)
            if told is not None:
                yield told

    with path.open("w", encoding="utf-8") as file:
        count = _write_list(file, statements())
        file.write("\n")
    return {"statements": count}


def _write_list(file: IO[str], rows: Iterator[dict[str, Any]]) -> int:
    count = 0
    file.write("[")
    for count, row in enumerate(rows, start=1):
        file.write(("\n" if count == 1 else ",\n") + json.dumps(row, ensure_ascii=False))
    file.write("]")
    return count
