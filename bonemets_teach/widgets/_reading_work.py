"""What is done to open a patient: told step by step, so that it can be done in another process."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any, Final

import numpy as np

from bonemets_teach.errors import BonemetsError
from bonemets_teach.imaging.patient_examinations import Examination
from bonemets_teach.imaging.patient_record import Patient
from bonemets_teach.widgets._forked_work import start_work
from bonemets_teach.widgets._reading_places import BoneMap
from bonemets_teach.widgets._reading_spool import Spool
from bonemets_teach.widgets._spare_memory import give_back

__all__ = ["Examine", "Generate", "Tell", "Work"]

Generate = Callable[..., Patient]
Examine = Callable[[Patient], Sequence[Sequence[Examination]]]
Tell = Callable[[tuple[Any, ...]], None]

_NO_PIXELS: Final = np.zeros((0, 0, 0), dtype=np.int16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One patient to be made and examined.

    Parameters
    ----------
    generate, examine : callable
        As in `bonemets_teach.widgets._reading_studio.Studio`.
    seed, difficulty
        What the patient is made from.
    spools : tuple of Spool
        Where arrays are put: those of the first process and of the second.

    Notes
    -----
    What is told, in this order and from two processes mixed: ("patient", patient, bones), ("steps", number),
    ("doing", process, words), ("series", place, series without pixels, process, spooled), ("step",); at the end of
    each process ("done",), or ("refused", words) or ("broken", traceback).
    """

    generate: Generate
    examine: Examine
    seed: int
    difficulty: str
    spools: tuple[Spool, Spool]

    def alone(self, tell: Tell) -> None:
        """Do everything here, one step after the other."""
        for number, group in enumerate(self._begin(tell)):
            self._take(group, number, 0, tell)

    def together(self, line: Connection, second: Connection) -> None:
        """Do the half of it here and the rest in one more process, if there is a processor for it."""
        reported(line, lambda tell: self._share(tell, line, second))

    def _share(self, tell: Tell, line: Connection, second: Connection) -> None:
        groups = self._begin(tell)
        pid = start_work(lambda end: self._rest(end, line, groups), second) if _processors() > 1 else 0
        second.close()
        mine = groups[:1] if pid else groups
        for number, group in enumerate(mine):
            self._take(group, number, 0, tell)
        if pid:
            # The second process ends with this one, so this one waits for it.
            os.waitpid(pid, 0)

    def _rest(self, end: Connection, line: Connection, groups: Sequence[Sequence[Examination]]) -> None:
        line.close()
        reported(end, lambda tell: self._take_all(groups, tell))

    def _take_all(self, groups: Sequence[Sequence[Examination]], tell: Tell) -> None:
        for number, group in enumerate(groups[1:], start=1):
            self._take(group, number, 1, tell)

    def _begin(self, tell: Tell) -> Sequence[Sequence[Examination]]:
        patient = self.generate(self.seed, difficulty=self.difficulty)
        bones = BoneMap.of(patient)
        tell(("patient", patient, (self.spools[0].put(bones.numbers), bones.voxel_mm, dict(bones.middles))))
        groups = self.examine(patient)
        give_back()
        tell(("steps", sum(map(len, groups))))
        return groups

    def _take(self, group: Sequence[Examination], number: int, process: int, tell: Tell) -> None:
        spool = self.spools[process]
        for one in group:
            tell(("doing", process, one.words))
            for series in one.take():
                place = (number, one.place)
                tell(("series", place, replace(series, pixels=_NO_PIXELS), process, spool.put(series.pixels)))
            spool.let_go()
            give_back()
            tell(("step",))


def reported(line: Connection, work: Callable[[Tell], None]) -> None:
    """Do some work and tell at the end how it went; what is told is lost if nobody listens any more."""
    try:
        work(line.send)
        line.send(("done",))
    except BonemetsError as error:
        line.send(("refused", str(error)))
    except BrokenPipeError:
        pass
    except Exception:  # noqa: BLE001 - the other process logs it
        line.send(("broken", traceback.format_exc()))
    finally:
        line.close()


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
