"""Packs everything kept of a learner into one zip file that can be read without this program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from bonemets_teach.progress.attempt import Attempt, SceneEvent
from bonemets_teach.progress.export_columns import ATTEMPT_COLUMNS, COLUMNS, EVENT_COLUMNS
from bonemets_teach.progress.xapi import event_statement, statement

__all__ = ["ATTEMPT_COLUMNS", "EVENT_COLUMNS", "archive", "cells", "pack", "plain"]

_AS_JSON = frozenset(
    {
        "response",
        "option_order",
        "scene_state",
        "prediction",
        "outcome",
        "state",
        "plan",
        "result",
        "misconceptions",
    }
)


def pack(kept: Mapping[str, Sequence[Any]], *, exported_at: datetime) -> bytes:
    """Pack the records of one learner.

    Parameters
    ----------
    kept : mapping
        ``"attempts"``, ``"events"``, ``"reviews"``, ``"cards"`` and ``"sessions"``, each in the order in which
        it is to be listed.
    exported_at : datetime
        Moment that is written into the README and the archive.

    Returns
    -------
    archive : bytes
        Zip file: each table as CSV and JSON, attempts and events also as xAPI statements, and README.txt.
    """
    moment = exported_at.astimezone(UTC)
    files = {"README.txt": _readme({name: len(records) for name, records in kept.items()}, moment)}
    for name, records in kept.items():
        rows = [plain(record) for record in records]
        files[f"{name}.csv"] = _csv(COLUMNS[name], rows)
        files[f"{name}.json"] = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
    files["xapi.json"] = json.dumps(_statements(kept), indent=1, ensure_ascii=False) + "\n"
    return archive(files, moment)


def archive(files: Mapping[str, str], moment: datetime) -> bytes:
    """Write texts into a zip file that depends on nothing but them.

    Parameters
    ----------
    files : mapping
        Name to text.
    moment : datetime
        Date of every file in it.

    Returns
    -------
    archive : bytes
        Zip file.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as opened:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            opened.writestr(entry, files[name].encode("utf-8"))
    return buffer.getvalue()


def plain(record: Any) -> dict[str, Any]:
    """Return a record as JSON.

    Parameters
    ----------
    record : dataclass
        Attempt, event, review, card or session.

    Returns
    -------
    row : dict
        Field to value; moments in ISO 8601, UTC.
    """
    row = {field.name: getattr(record, field.name) for field in fields(record)}
    for name, value in row.items():
        if isinstance(value, datetime):
            row[name] = value.astimezone(UTC).isoformat()
        elif isinstance(value, Mapping):
            row[name] = dict(value)
        elif isinstance(value, tuple):
            row[name] = list(value)
    return row


def cells(columns: Iterable[str], row: Mapping[str, Any]) -> list[object]:
    """Return the cells of a row for a CSV file.

    Parameters
    ----------
    columns : iterable of str
        In their order.
    row : mapping
        From `plain`.

    Returns
    -------
    cells : list
        Nothing in it is a formula to a spreadsheet.
    """
    return [_cell(name, row[name]) for name in columns]


def _statements(kept: Mapping[str, Sequence[Any]]) -> list[dict[str, Any]]:
    attempts: Sequence[Attempt] = kept["attempts"]
    events: Sequence[SceneEvent] = kept["events"]
    told = [event_statement(event, event.learner_id) for event in events]
    return [statement(one, one.learner_id) for one in attempts] + [one for one in told if one is not None]


def _csv(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(cells(columns, row))
    return buffer.getvalue()


def _cell(name: str, value: object) -> object:
    if value is None:
        return ""
    if name in _AS_JSON:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, bool):
        return str(value).lower()
    # A spreadsheet takes a text that begins like this for a formula.
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@\t\r") else value


def _readme(counts: Mapping[str, int], moment: datetime) -> str:
    amounts = (
        f"{counts['attempts']} attempts at questions, {counts['events']} events in simulators, "
        f"{counts['reviews']} reviews, {counts['sessions']} sessions. No name, mail or address is kept."
    )
    parts = [
        f"Everything bonemets-teach has kept of you, exported {moment:%Y-%m-%d %H:%M} UTC.",
        amounts,
        "xapi.json holds attempts and events as xAPI 1.0.3 statements.",
    ]
    for name in counts:
        lines = [f"  {column}: {meaning}" for column, meaning in COLUMNS[name].items()]
        parts.append("\n".join([f"{name}.csv (the same in {name}.json), one row each:", *lines]))
    return "\n\n".join(parts) + "\n"
