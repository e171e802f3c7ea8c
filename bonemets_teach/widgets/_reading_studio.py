"""Where a patient is made and examined: in processes of their own, so that only the images are left in the end."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, Pipe, wait
from typing import Any, Final

from bonemets_teach.errors import BonemetsError
from bonemets_teach.imaging.patient_memory import let_go
from bonemets_teach.imaging.patient_record import Patient
from bonemets_teach.imaging.patient_series import Study, StudySeries
from bonemets_teach.widgets._forked_work import can_fork, end_work, start_work
from bonemets_teach.widgets._reading_places import BoneMap
from bonemets_teach.widgets._reading_spool import Spool
from bonemets_teach.widgets._reading_work import Examine, Generate, Work
from bonemets_teach.widgets._spare_memory import give_back

__all__ = ["Opened", "Studio"]

_log: Final = logging.getLogger(__name__)

_PATIENCE_S: Final = 90.0
"""A step that says nothing for so long will never do so; chosen, ten times a slow step on a busy machine."""
_ENDED: Final = "the examination of a patient ended before it was done"

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Opened:
    """A patient as the reading room has it.

    Parameters
    ----------
    study : Study
        Patient and images; these lie on disk until they are looked at.
    bones : BoneMap
        Which bone is where.
    spools : tuple of Spool
        What holds both.
    """

    study: Study
    bones: BoneMap
    spools: tuple[Spool, Spool]

    def rest(self) -> None:
        """Give back the memory of what has been looked at."""
        for spool in self.spools:
            spool.rest()


class Studio:
    """Makes patients, one at a time.

    Parameters
    ----------
    generate : callable
        ``generate(seed, difficulty=...)`` returns a patient.
    examine : callable
        ``examine(patient)`` returns groups of examinations; all after the first are made beside it.
    apart : bool, optional
        Whether to work in processes of their own; by default where that is possible.
    """

    def __init__(self, generate: Generate, examine: Examine, *, apart: bool | None = None) -> None:
        self._generate = generate
        self._examine = examine
        self._apart = can_fork() if apart is None else apart

    def open(self, seed: int, difficulty: str, progress: Progress) -> Opened:
        """Make and examine a patient.

        Parameters
        ----------
        seed : int
            What it is made from.
        difficulty : str
            One of `bonemets_teach.imaging.patient_study.DIFFICULTIES`.
        progress : callable
            Called with the share done, 0..1, and what is being done in words.

        Returns
        -------
        opened : Opened
            Patient, images and bones.

        Raises
        ------
        BonemetsError
            What the models or the disk say.
        RuntimeError
            If a process ended early; the next patient is then made in this one.
        """
        book = _Book(progress=progress, spools=(Spool(), Spool()))
        work = Work(
            generate=self._generate, examine=self._examine, seed=seed, difficulty=difficulty, spools=book.spools
        )  # fmt: skip
        # What this process has no use for would only be copied into the others.
        give_back()
        if not (self._apart and self._in_processes(work, book)):
            try:
                work.alone(book.note)
            finally:
                let_go()
        return book.opened()

    def _in_processes(self, work: Work, book: _Book) -> bool:
        """Return False if the machine has no room for another process."""
        pipes = [Pipe(duplex=False) for _ in range(2)]
        lines = [reader for reader, _ in pipes]
        (_, first), (_, second) = pipes
        try:
            pid = start_work(lambda end: work.together(end, second), first)
        except OSError as error:
            _log.warning("no process could be forked, so a patient is made in the kernel: %s", error)
            return False
        finally:
            first.close()
            second.close()
        try:
            self._apart = False
            _follow(lines, book)
            self._apart = True
        except BonemetsError:
            self._apart = True
            raise
        finally:
            end_work(pid)
            for line in lines:
                line.close()
        return True


def _follow(lines: list[Connection], book: _Book) -> None:
    """Note what two processes tell, until both have ended."""
    open_lines = list(lines)
    while open_lines:
        ready = wait(open_lines, timeout=_PATIENCE_S)
        heard = [line for line in open_lines if line in ready]
        if not heard:
            raise RuntimeError(_ENDED)
        for line in heard:
            try:
                told = line.recv()
            except EOFError:
                open_lines.remove(line)
            else:
                book.note(told)
    if not book.complete:
        raise RuntimeError(_ENDED)


@dataclass(slots=True, kw_only=True, eq=False)
class _Book:
    """What has been told of a patient so far."""

    progress: Progress
    spools: tuple[Spool, Spool]
    patient: Patient | None = None
    bones: tuple[Any, ...] = ()
    series: list[tuple[tuple[int, int], StudySeries, int, Any]] = field(default_factory=list)
    doing: dict[int, str] = field(default_factory=dict)
    steps: int = 0
    made: int = 0

    @property
    def complete(self) -> bool:
        return 0 < self.steps == self.made

    def note(self, told: tuple[Any, ...]) -> None:
        kind, *rest = told
        getattr(self, f"_note_{kind}")(*rest)

    def opened(self) -> Opened:
        assert self.patient is not None  # noqa: S101 - it is told before anything else
        spooled, voxel_mm, middles = self.bones
        bones = BoneMap(numbers=self.spools[0].get(spooled), voxel_mm=voxel_mm, middles=middles)
        series = tuple(
            replace(one, pixels=self.spools[process].get(pixels))
            for _, one, process, pixels in sorted(self.series, key=lambda told: told[0])
        )
        return Opened(study=Study(patient=self.patient, series=series), bones=bones, spools=self.spools)

    def _note_patient(self, patient: Patient, bones: tuple[Any, ...]) -> None:
        self.patient, self.bones = patient, bones

    def _note_steps(self, steps: int) -> None:
        self.steps = steps

    def _note_doing(self, process: int, words: str) -> None:
        self.doing[process] = words
        # The second process can be heard before the first one has told how many steps there are.
        self.progress(self.made / max(self.steps, 1), ", ".join(self.doing.values()))

    def _note_series(self, place: tuple[int, int], series: StudySeries, process: int, spooled: Any) -> None:
        self.series.append((place, series, process, spooled))

    def _note_step(self) -> None:
        self.made += 1

    def _note_done(self) -> None:
        """Nothing is left to be told on this line."""

    def _note_refused(self, words: str) -> None:
        raise BonemetsError(words)

    def _note_broken(self, trace: str) -> None:
        _log.error("a patient could not be made:\n%s", trace)
        raise RuntimeError(_ENDED)
