"""The reading room: the kernel makes the patient and keeps the truth; the page shows, measures and marks."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Final

import anywidget

from bonemets_teach.errors import BonemetsError, ParameterError
from bonemets_teach.imaging.patient_examinations import examinations
from bonemets_teach.imaging.patient_study import DIFFICULTIES, generate_patient
from bonemets_teach.scenes.turns import TURN
from bonemets_teach.widgets._forked_work import can_fork
from bonemets_teach.widgets._progress import ProgressSender
from bonemets_teach.widgets._reading_career import READINGS, career_message, reading_record
from bonemets_teach.widgets._reading_difficulty import difficulty_words
from bonemets_teach.widgets._reading_export import archive_name, dicom_archive
from bonemets_teach.widgets._reading_marks import read_marks, read_point, read_sight
from bonemets_teach.widgets._reading_studio import Opened, Studio
from bonemets_teach.widgets._reading_study import slice_bytes, study_message
from bonemets_teach.widgets._reading_truth import judge, truth_message
from bonemets_teach.widgets._reading_work import Examine, Generate
from bonemets_teach.widgets._spare_memory import give_back
from bonemets_teach.widgets._static import module, style

__all__ = ["READINGS", "ReadingRoom"]

_log: Final = logging.getLogger(__name__)
_LARGEST_SEED: Final = 999_999
_PROBLEM: Final = "This did not work{where}. Open the patient again; your marks are kept."
_NO_PATIENT: Final = "the patient is no longer open here; open the patient again, your marks are kept"

Progress = Callable[[float, str], None]
Record = Callable[[dict[str, Any]], bool]
History = Callable[[str], list[dict[str, Any]]]


class ReadingRoom(anywidget.AnyWidget):
    """Shows generated patients, takes marks, tells the truth and counts.

    Parameters
    ----------
    record : callable or None
        Called once for each reading with "task_id", "prediction" (the marks) and "outcome" (how they were counted).
    history : callable or None
        ``history(secret)`` returns earlier readings of a learner as they were recorded, oldest first.
    generate : callable
        ``generate(seed, difficulty=...)`` returns a patient; by default that of `bonemets_teach.imaging.patient_study`.
    examine : callable
        ``examine(patient)`` returns groups of examinations; by default those of
        `bonemets_teach.imaging.patient_examinations`.
    apart : bool, optional
        Whether to work in processes of their own; by default where that is possible.

    Notes
    -----
    One patient is open at a time. Its images lie in files without a name.
    """

    _esm = module(
        "dom.js", "download.js", "progress.js", "reading_geometry.js", "reading_slices.js", "reading_overlay.js", "reading_fusion.js",
        "reading_film.js", "reading_viewport.js", "reading_state.js", "reading_marks.js", "reading_result.js", "reading_panel.js", "reading_start.js", "reading_room.js",
    )  # fmt: skip
    _css = style("reading_room.css")

    def __init__(
        self,
        *,
        record: Record | None = None,
        history: History | None = None,
        generate: Generate = generate_patient,
        examine: Examine = examinations,
        apart: bool | None = None,
    ) -> None:
        super().__init__()
        self._record = record
        self._history = history
        self._apart = can_fork() if apart is None else apart
        self._studio = Studio(generate, examine, apart=apart)
        self._opened: Opened | None = None
        self._readings: list[dict[str, Any]] = []
        self.on_msg(self._receive)

    def __repr__(self) -> str:
        return "ReadingRoom()"

    def _receive(self, _widget: Any, content: Any, _buffers: Any) -> None:
        message = content if isinstance(content, dict) else {}
        handlers = {
            "learner": self._greet, "patient": self._open, "slices": self._slices, "where": self._where,
            "read": self._read, "dicom": self._export,
        }  # fmt: skip
        handler = handlers.get(str(message.get("type")))
        if handler is None:
            return
        progress = ProgressSender(self.send, message.get("seed"))
        try:
            with TURN:
                handler(message, progress)
        except BonemetsError as error:
            self.send({"type": "problem", "text": _sentence(str(error))})
        except Exception:  # noqa: BLE001 - a learner must never see a traceback; the log keeps it
            _log.exception("the reading room failed on a message of type %s", message.get("type"))
            where = f" (it stopped at “{progress.last}”)" if progress.last else ""
            self.send({"type": "problem", "text": _PROBLEM.format(where=where)})

    def _greet(self, message: dict[str, Any], _progress: Progress) -> None:
        secret = message.get("secret")
        if self._history is not None and isinstance(secret, str):
            try:
                self._readings = self._history(secret)
            except Exception:  # noqa: BLE001 - progress must never stop a reading
                _log.exception("earlier readings could not be read")
        self.send({"type": "career", "difficulties": difficulty_words(), **career_message(self._readings)})

    def _open(self, message: dict[str, Any], progress: Progress) -> None:
        seed, difficulty = message.get("seed"), message.get("difficulty", "mixed")
        if isinstance(seed, bool) or not isinstance(seed, int) or not 1 <= seed <= _LARGEST_SEED:
            text = f"patient {seed!r} does not exist; choose a whole number from 1 to {_LARGEST_SEED}"
            raise ParameterError(text)
        if not isinstance(difficulty, str) or difficulty not in DIFFICULTIES:
            text = f"there is no difficulty {difficulty!r}; choose one of {', '.join(DIFFICULTIES)}"
            raise ParameterError(text)
        # Two patients need twice the room, so the old one goes first.
        self._opened = None
        give_back()
        try:
            opened = self._studio.open(seed, difficulty, progress)
        finally:
            give_back()
        self._opened = opened
        self.send({"type": "study", **study_message(opened.study), "bones": opened.bones.groups()})

    def _shown(self, message: dict[str, Any]) -> Opened:
        if self._opened is None or self._opened.study.patient.seed != message.get("seed"):
            raise ParameterError(_NO_PATIENT)
        return self._opened

    def _slices(self, message: dict[str, Any], _progress: Progress) -> None:
        opened = self._shown(message)
        study = opened.study
        series = study[str(message.get("series"))]
        first, count = message.get("first"), message.get("count")
        data = slice_bytes(series, first, count)
        _, rows, columns = series.shape
        self.send(
            {
                "type": "slices", "seed": study.patient.seed, "series": series.id, "first": first, "count": count,
                "rows": rows, "columns": columns,
            },
            buffers=[data],
        )  # fmt: skip
        opened.rest()

    def _where(self, message: dict[str, Any], _progress: Progress) -> None:
        opened = self._shown(message)
        text = opened.bones.near(read_point(message.get("position")), read_sight(message.get("sight")))
        self.send({"type": "where", "seed": message["seed"], "number": message.get("number"), "text": text})
        opened.rest()

    def _read(self, message: dict[str, Any], _progress: Progress) -> None:
        study = self._shown(message).study
        judged = judge(study.patient, read_marks(message.get("marks")))
        reading = reading_record(judged)
        self._readings.append(reading)
        if self._record is not None:
            try:
                self._record(reading)
            except Exception:  # noqa: BLE001 - a reading counts even where it can't be saved
                _log.exception("a reading could not be recorded")
        self.send({
            "type": "truth", "seed": study.patient.seed, **truth_message(study, judged),
            "career": career_message(self._readings),
        })  # fmt: skip

    def _export(self, message: dict[str, Any], progress: Progress) -> None:
        study = self._shown(message).study
        archive = dicom_archive(study, progress, apart=self._apart)
        self.send(
            {"type": "archive", "seed": study.patient.seed, "name": archive_name(study)},
            buffers=[archive.tobytes()],
        )
        give_back()


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
