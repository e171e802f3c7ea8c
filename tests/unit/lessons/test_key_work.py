"""Keys that are not known are worked out before the check, each once, on several cores, with words on the way."""

from __future__ import annotations

import pickle
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any, ClassVar

import pytest

from bonemets_teach.lessons import checking, key_store, key_work
from bonemets_teach.lessons.key_work import fill_missing, lacking
from bonemets_teach.quiz import Item
from bonemets_teach.quiz.item import Numeric
from bonemets_teach.quiz.keys import Answer, Measurement, Tolerance
from bonemets_teach.quiz.known_keys import UnknownKeyError, known, only_known
from bonemets_teach.quiz.loading import read_items

SAMPLES = Path(__file__).resolve().parents[1] / "quiz"


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Stand in for the models; return which states they were asked for."""
    found: list[int] = []

    def measure(scene: str, state: dict[str, Any], _quantity: str) -> float:
        if scene == "broken":
            raise TypeError("no such scene")
        found.append(state["n"])
        return 10.0 + state["n"]

    monkeypatch.setattr("bonemets_teach.quiz.computed.measure", measure)
    return found


def _items(first: int, count: int, scene: str = "made-up") -> list[Item]:
    found = read_items(SAMPLES / "samples.yaml")[0] + read_items(SAMPLES / "samples_types.yaml")[0]
    sample = next(item for item in found if isinstance(item, Numeric))
    made = []
    for n in range(first, first + count):
        asked = Measurement(scene=scene, quantity="q", state={"n": n})
        answer = Answer(computed=asked, tolerance=Tolerance(abs=1.0))
        made.append(
            sample.model_copy(update={"id": f"bm.test.number.{n}", "answer": answer, "common_errors": ()})
        )
    return made


class _Pool(Executor):
    """Works at once and here, so that the stand-in of the models is used."""

    made: ClassVar[list[int]] = []
    breaks: ClassVar[bool] = False

    def __init__(self, processes: int, mp_context: Any) -> None:
        assert mp_context.get_start_method() == "spawn"
        self.made.append(processes)

    def submit(self, work: Any, *given: Any, **more: Any) -> Future[Any]:
        """Work with what comes out of a pipe."""
        work, given, more = pickle.loads(pickle.dumps((work, given, more)))  # noqa: S301 - made here
        done: Future[Any] = Future()
        if self.breaks:
            done.set_exception(BrokenProcessPool("killed"))
        else:
            done.set_result(work(*given, **more))
        return done


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> type[_Pool]:
    """Use the pool that works here."""
    kind = type("_Own", (_Pool,), {"made": [], "breaks": False})
    monkeypatch.setattr(key_work, "ProcessPoolExecutor", kind)
    return kind


def test_nothing_is_worked_out_where_only_what_is_known_may_be_used() -> None:
    """The question raises and the dictionary stays as it is; afterwards answers are worked out again."""
    keys: dict[str, Any] = {}
    with only_known(keys), pytest.raises(UnknownKeyError):
        known(("x",), lambda: 1.0)

    assert keys == {}
    assert known(("x",), lambda: 1.0) == 1.0


def test_each_missing_key_is_worked_out_once(asked: list[int], pool: type[_Pool]) -> None:
    """By the processes asked for; then nothing is lacking, and one new item alone needs none."""
    items, keys, said = _items(100, 8), {}, []
    assert fill_missing(items, keys, said.append, processes=2) == 8
    assert (sorted(asked), pool.made, len(keys)) == ([*range(100, 108)], [2], 8)
    assert said == ["… working out 8 keys that are not known yet for these models"]
    assert lacking(items, keys) == []
    more = [*items, *_items(200, 1)]

    assert fill_missing(more, keys, said.append, processes=2) == 1
    assert (asked[8:], pool.made, len(said)) == ([200], [2], 2)
    assert fill_missing(more, keys, said.append, processes=2) == 0
    assert len(said) == 2


def test_items_without_a_computed_key_lack_none() -> None:
    """Those of all other types are never asked for."""
    items = [item for path in sorted(SAMPLES.glob("samples_cases.yaml")) for item in read_items(path)[0]]

    assert len(items) >= 3
    assert lacking(items, {}) == []


def test_a_key_that_can_not_be_worked_out_is_left_to_the_check(asked: list[int], pool: type[_Pool]) -> None:
    """The others are there."""
    items = [*_items(300, 7), *_items(310, 2, scene="broken")]
    keys: dict[str, Any] = {}
    fill_missing(items, keys, processes=2)

    assert [item.id for item in lacking(items, keys)] == ["bm.test.number.310", "bm.test.number.311"]


def test_processes_that_are_killed_stop_nothing(asked: list[int], pool: type[_Pool]) -> None:
    """The check goes on and works out what it needs itself."""
    pool.breaks = True
    keys: dict[str, Any] = {}

    assert fill_missing(_items(400, 7), keys, processes=2) == 7
    assert (keys, asked) == ({}, [])


def test_how_far_it_is_is_said_now_and_then(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for every key, and not after the last."""
    clock = iter(range(0, 100, 2))
    monkeypatch.setattr(key_work.time, "monotonic", lambda: float(next(clock)))
    said: list[str] = []
    fill_missing(_items(500, 5), {}, said.append)

    assert said[1:] == ["… 2 of 5", "… 4 of 5"]


def test_what_was_worked_out_is_kept_when_somebody_loses_patience(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next check goes on from there."""

    def fill(_items: Any, keys: dict[str, Any], *_: Any) -> int:
        keys["a"] = 1.5
        raise KeyboardInterrupt

    monkeypatch.setattr(key_store, "user_cache_path", lambda *_, **__: tmp_path)
    monkeypatch.setattr(checking, "fill_missing", fill)
    with pytest.raises(KeyboardInterrupt):
        checking.check_content()

    assert key_store.load_keys() == {"a": 1.5}
