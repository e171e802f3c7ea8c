"""Packs everything kept of a learner into one zip file that can be read without this program."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any

from bonemets_teach.progress.attempt import Attempt, SceneEvent

__all__ = ["ATTEMPT_COLUMNS", "EVENT_COLUMNS", "pack"]

ATTEMPT_COLUMNS: Mapping[str, str] = {
    "attempt_id": "random id of this attempt",
    "learner_id": "random id of you; it is not your secret and can't be turned back into it",
    "lesson_id": "the lesson",
    "item_id": "the question",
    "item_version": "version of the question as you saw it",
    "lang": "language of the question",
    "answered_at": "when you answered, ISO 8601, UTC",
    "response": "what you answered, as JSON",
    "score": "points you got",
    "max_score": "points that were possible",
    "correct": "true, false, or empty where a question has no right answer",
    "certainty": "1 (guess) to 3 (sure) where the question asked for it, else empty",
    "cbm_mark": "mark that takes your certainty into account, where the question asked for it, else empty",
    "hints_used": "number of hints opened before the answer",
    "latency_ms": "time from first sight to answer, in milliseconds",
    "option_order": "ids of the options in the order in which you saw them, as JSON, or empty",
    "scene_state": "state of the simulator bound to the question, as JSON, or empty",
    "session_id": "random id of the session in which you answered, or empty",
    "seq_no": "place of the question within the session, from 1, or empty",
    "item_sha256": "hash of the question as you saw it, or empty",
}
"""Columns of attempts.csv and what each means."""

EVENT_COLUMNS: Mapping[str, str] = {
    "event_id": "random id of this event",
    "learner_id": "random id of you",
    "lesson_id": "the lesson",
    "scene_id": "the simulator",
    "task_id": "the task within it",
    "kind": "what it was, for example prediction or task_done",
    "happened_at": "when, ISO 8601, UTC",
    "prediction": "what you expected, as JSON, or empty",
    "outcome": "what the simulator gave, as JSON, or empty",
    "correct": "true, false, or empty where that has no meaning",
    "scene_state": "state of the simulator, as JSON, or empty",
}
"""Columns of events.csv and what each means."""

_AS_JSON = frozenset({"response", "option_order", "scene_state", "prediction", "outcome"})


def pack(attempts: Sequence[Attempt], events: Sequence[SceneEvent], *, exported_at: datetime) -> bytes:
    """Pack attempts and events.

    Parameters
    ----------
    attempts : sequence of Attempt
        In the order in which they are to be listed.
    events : sequence of SceneEvent
        Likewise.
    exported_at : datetime
        Moment that is written into the README and the archive.

    Returns
    -------
    archive : bytes
        Zip file with attempts.csv, attempts.json, events.csv, events.json and README.txt.
    """
    moment = exported_at.astimezone(UTC)
    files = {"README.txt": _readme(len(attempts), len(events), moment)}
    tables = (("attempts", ATTEMPT_COLUMNS, attempts), ("events", EVENT_COLUMNS, events))
    for name, columns, records in tables:
        rows = [_plain(record) for record in records]
        files[f"{name}.csv"] = _csv(columns, rows)
        files[f"{name}.json"] = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, date_time=moment.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name].encode("utf-8"))
    return buffer.getvalue()


def _plain(record: Attempt | SceneEvent) -> dict[str, Any]:
    row = {field.name: getattr(record, field.name) for field in fields(record)}
    for name, value in row.items():
        if isinstance(value, datetime):
            row[name] = value.astimezone(UTC).isoformat()
        elif isinstance(value, Mapping):
            row[name] = dict(value)
        elif isinstance(value, tuple):
            row[name] = list(value)
    return row


def _csv(columns: Mapping[str, str], rows: Sequence[Mapping[str, Any]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(name, row[name]) for name in columns])
    return buffer.getvalue()


def _cell(name: str, value: object) -> object:
    if value is None:
        return ""
    if name in _AS_JSON:
        return json.dumps(value, ensure_ascii=False)
    return str(value).lower() if isinstance(value, bool) else value


def _readme(attempts: int, events: int, moment: datetime) -> str:
    parts = [
        f"Everything bonemets-teach has kept of you, exported {moment:%Y-%m-%d %H:%M} UTC.",
        f"{attempts} attempts at questions, {events} events in simulators. No name, mail or address is kept.",
    ]
    for name, columns in (("attempts", ATTEMPT_COLUMNS), ("events", EVENT_COLUMNS)):
        lines = [f"  {column}: {meaning}" for column, meaning in columns.items()]
        parts.append("\n".join([f"{name}.csv (the same in {name}.json), one row each:", *lines]))
    return "\n\n".join(parts) + "\n"
