"""A patient is made in processes of its own: the same images, none of the memory, and words when something fails."""

from __future__ import annotations

import importlib.util
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import psutil
import pytest

from bonemets_teach.errors import BonemetsError, ParameterError
from bonemets_teach.imaging.patient_examinations import Examination
from bonemets_teach.imaging.patient_series import StudySeries
from bonemets_teach.widgets import _reading_studio
from bonemets_teach.widgets._forked_work import can_fork
from bonemets_teach.widgets._reading_places import BoneMap
from bonemets_teach.widgets._reading_spool import Spool
from bonemets_teach.widgets._reading_studio import Opened, Studio

Children = Callable[[], list[psutil.Process]]

forked = pytest.mark.skipif(not can_fork(), reason="processes with threads can be forked on Linux only")


@pytest.fixture(scope="module")
def small() -> ModuleType:
    """Return the module of the small study."""
    spec = importlib.util.spec_from_file_location("small_study", Path(__file__).with_name("small_study.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(autouse=True)
def _keep_the_skeleton(monkeypatch: pytest.MonkeyPatch, small: ModuleType) -> None:
    """Build the skeleton once: making it is not what is tested."""
    monkeypatch.setattr(_reading_studio, "let_go", lambda: None)
    BoneMap.of(small.generate(1))


def _open(studio: Studio, told: list[tuple[float, str]] | None = None) -> Opened:
    return studio.open(1, "mixed", lambda share, words: None if told is None else told.append((share, words)))


@pytest.fixture(autouse=True)
def children() -> Children:
    """Return a function that lists the processes begun since the test began; Python's own helpers may live on."""
    before = set(psutil.Process().children())
    return lambda: [one for one in psutil.Process().children() if one not in before]


@pytest.mark.parametrize("apart", [False, pytest.param(True, marks=forked)])
def test_images_are_the_same_wherever_they_are_made(small: ModuleType, apart: bool) -> None:
    """Order, pixels, affines and bones agree with the series themselves; planes of one scan share their bytes."""
    opened = _open(Studio(small.generate, small.examinations, apart=apart))

    assert [one.id for one in small.SERIES] == [one.id for one in opened.study.series]
    for expected, found in zip(small.SERIES, opened.study.series, strict=True):
        assert np.array_equal(expected.pixels, found.pixels)
        assert np.array_equal(expected.affine, found.affine)
        assert not found.pixels.flags.writeable
    assert "near L2" == opened.bones.near(small.LESION_MM, None)
    assert small.generate(1) == opened.study.patient


@forked
def test_halves_are_made_side_by_side_and_told(small: ModuleType, children: Children) -> None:
    """Both examinations are told; each was made in a process that is neither this one nor the other's."""
    made: list[tuple[float, str]] = []
    studio = Studio(small.generate, _named(small), apart=True)

    opened = _open(studio, made)

    pids = {int(one.title.split()[-1]) for one in opened.study.series}
    assert os.getpid() not in pids
    assert min(2, len(os.sched_getaffinity(0))) == len(pids)
    assert {"bone scan", "CT"} == {word for _, words in made for word in words.split(", ")}
    assert [] == children()


@forked
def test_what_the_models_say_comes_through(small: ModuleType, children: Children) -> None:
    """A refusal keeps its words, and the next patient is made apart again."""

    def refuse(*_args: Any, **_words: Any) -> Any:
        raise ParameterError("seed = 7 is out of luck")

    studio = Studio(refuse, small.examinations, apart=True)
    with pytest.raises(BonemetsError, match="seed = 7 is out of luck"):
        _open(studio)

    assert studio._apart
    assert [] == children()


@forked
@pytest.mark.parametrize("half", [0, 1])
@pytest.mark.parametrize("end", ["killed", "failed"])
def test_a_process_that_ends_early_is_no_patient(
    small: ModuleType, half: int, end: str, caplog: pytest.LogCaptureFixture, children: Children
) -> None:
    """Whichever half dies or fails: an error, no process left behind, and the next patient is made in the kernel."""

    def die() -> Iterator[StudySeries]:
        if os.getpid() == here:
            return iter(small.SERIES)
        if end == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        raise ZeroDivisionError("no reason")

    def examine(patient: Any) -> Any:
        groups = [list(group) for group in small.examinations(patient)]
        groups[half] = [Examination(words="trouble", take=die)]
        return groups

    here = os.getpid()
    studio = Studio(small.generate, examine, apart=True)
    with pytest.raises(RuntimeError, match="ended before it was done"):
        _open(studio)

    assert (end == "failed") == ("no reason" in caplog.text)
    assert [] == children()
    assert small.generate(1) == _open(studio).study.patient


@forked
def test_a_process_that_says_nothing_is_given_up(
    small: ModuleType, monkeypatch: pytest.MonkeyPatch, children: Children
) -> None:
    """It is ended, and so is its half."""
    monkeypatch.setattr(_reading_studio, "_PATIENCE_S", 0.3)

    def wait_for_ever() -> Iterator[StudySeries]:
        signal.pause()
        return iter(())

    def examine(_patient: Any) -> Any:
        return [[Examination(words="nothing", take=wait_for_ever)] for _ in range(2)]

    with pytest.raises(RuntimeError, match="ended before it was done"):
        _open(Studio(small.generate, examine, apart=True))

    assert [] == children()


@forked
def test_no_room_for_a_process_is_no_trouble(small: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """The patient is then made here."""

    def full() -> int:
        raise OSError(11, "no more processes")

    monkeypatch.setattr("os.fork", full)

    assert small.generate(1) == _open(Studio(small.generate, small.examinations, apart=True)).study.patient


def _named(small: ModuleType) -> Any:
    """Return examinations whose series have the number of their process in their title."""
    from dataclasses import replace  # noqa: PLC0415 - only here

    def take(series: Any) -> Iterator[StudySeries]:
        yield from (replace(one, title=f"by {os.getpid()}") for one in series)

    def examine(_patient: Any) -> Any:
        return [
            [Examination(words="bone scan", take=lambda: take(small.SERIES[:4]))],
            [Examination(words="CT", take=lambda: take(small.SERIES[4:]))],
        ]

    return examine


@pytest.mark.parametrize(
    "array",
    [
        np.arange(24, dtype=np.int16).reshape(2, 3, 4),
        np.arange(24, dtype=np.int16).reshape(2, 3, 4).transpose(1, 2, 0),
        np.asfortranarray(np.arange(24.0).reshape(2, 3, 4)),
        np.arange(24, dtype=np.uint8).reshape(2, 3, 4)[:, ::-1, 1::2],
        np.rint(np.arange(24.0).reshape(2, 3, 4).transpose(1, 0, 2)).astype(np.int16),
        np.broadcast_to(np.arange(3, dtype=np.int16), (4, 3)),
        np.zeros((0, 3), dtype=np.int16),
    ],
    ids=["whole", "turned", "columns first", "steps", "kept order", "repeated", "empty"],
)
def test_an_array_comes_back_from_the_spool_as_it_was(array: np.ndarray[Any, Any]) -> None:
    """However it lies in memory; what was there before it stays."""
    spool = Spool()
    first = spool.put(np.arange(7, dtype=np.int64))
    spooled = spool.put(array)

    assert np.array_equal(array, spool.get(spooled))
    assert array.dtype == spool.get(spooled).dtype
    assert np.array_equal(np.arange(7), spool.get(first))


def test_views_of_one_scan_take_room_once() -> None:
    """Three planes of one volume are one piece of the file."""
    spool, volume = Spool(), np.zeros((8, 64, 64), dtype=np.int16)

    places = {spool.put(volume.transpose(order)).at for order in ((0, 1, 2), (1, 0, 2), (2, 0, 1))}

    assert {0} == places
    assert volume.nbytes == os.fstat(spool._fd).st_size


def test_a_full_disk_is_told_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the machine says, and the way out."""

    def full(*_args: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.pwrite", full)

    with pytest.raises(BonemetsError, match=r"No space left on device.*make room there"):
        Spool().put(np.zeros(3))


def test_looked_at_images_can_be_let_go_and_looked_at_again() -> None:
    """After a rest the same values are read from the file."""
    spool = Spool()
    image = spool.get(spool.put(np.arange(100_000)))
    assert 4_999_950_000 == int(image.sum())
    spool.rest()

    assert 4_999_950_000 == int(image.sum())


def test_a_second_process_may_be_heard_first() -> None:
    """It can begin before anybody has read how many steps there are."""
    told: list[tuple[float, str]] = []
    book = _reading_studio._Book(
        progress=lambda share, words: told.append((share, words)), spools=(Spool(), Spool())
    )
    book.note(("doing", 1, "CT"))
    book.note(("steps", 2))
    book.note(("step",))
    book.note(("doing", 0, "SPECT"))

    assert told == [(0.0, "CT"), (0.5, "CT, SPECT")]
