"""The scene of a lesion in space: controls, words, planes, tasks and pictures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from bonemets_teach.scenes import Look, Parameter, _lesion_3d_run, load_scene
from bonemets_teach.scenes._lesion_3d_block import SEEDS, SIZE, block
from bonemets_teach.scenes.progress import reporting
from bonemets_teach.scenes.render import FigureRenderer

_SCENE = load_scene("lesion-3d")
_FAST = {"growth_speed": 2.0, "month": 9.0}
_REACHES = {
    "missed-by-a-slice": {"offset": 25.0},
    "holes-and-spots": {"phenotype": 0.45, "heterogeneity": 0.4},
    "hidden-in-the-shadow": {"month": 11.0},
}


@pytest.fixture(scope="module", autouse=True)
def _keep_every_lesion() -> Iterator[None]:
    """Grow each lesion once for all tests of this file; a kernel keeps two, since each takes 20 MB."""
    with pytest.MonkeyPatch.context() as patched:
        grow = _lesion_3d_run.run_lesion.__wrapped__
        patched.setattr(_lesion_3d_run, "run_lesion", lru_cache(maxsize=None)(grow))
        yield


def _result(**state: Any) -> Any:
    full, notes = _SCENE.complete(state)
    assert notes == []
    return _SCENE.compute(full)


def _numbers(**state: Any) -> dict[str, float]:
    return _SCENE.quantities(_result(**state))


@pytest.mark.parametrize(
    "control", [c for c in _SCENE.controls if isinstance(c, Parameter)], ids=lambda c: c.name
)
def test_every_control_is_finite_at_both_ends(control: Parameter) -> None:
    """No value of a control breaks the model; bone and tumor stay fractions."""
    for value in (control.low, control.high):
        result = _result(**{control.name: value})
        assert all(math.isfinite(number) for number in _SCENE.quantities(result).values())
        assert np.isfinite(result.film).all()
        for section in result.planes.values():
            assert section.bone.shape == section.tumor.shape == (SIZE, SIZE)
            assert 0.0 <= min(section.bone.min(), section.tumor.min())
            assert max(section.bone.max(), section.tumor.max()) <= 1.0


@pytest.mark.parametrize("preset", _SCENE.presets, ids=lambda preset: preset.id)
def test_words_agree_with_numbers(preset: Any) -> None:
    """The description says size, margin, bone, cortex and film."""
    result = _result(**preset.state)
    text, n = _SCENE.describe(result), _SCENE.quantities(result)
    assert f"{n['film_change_percent']:+.1f} %" in text
    if n["lesion_width_mm"] >= 1.0:
        assert f"{n['lesion_width_mm']:.0f} mm wide ({n['tumor_cm3']:.1f} cm³)" in text
        assert f"margin {n['margin_width_mm']:.1f} mm wide" in text
        assert f"at {n['bone_in_lesion_percent']:.0f} % of the start" in text
    assert "nan" not in text


def test_margins_are_named_by_their_speed() -> None:
    """Slow is geographic, fast is moth-eaten, in between ragged; a cortex beside it is no raggedness."""
    words = {
        speed: _SCENE.describe(_result(growth_speed=speed, month=month)).split("with a ")[1].split()[0]
        for speed, month in ((0.5, 18.0), (1.0, 14.0), (1.5, 10.0), (2.0, 9.0))
    }
    assert words == {0.5: "geographic", 1.0: "geographic", 1.5: "ragged", 2.0: "moth-eaten"}
    assert "geographic" in _SCENE.describe(_result(site="cortical", phenotype=0.0, month=17.0))


def test_cortex_goes_later_than_cancellous_bone_and_from_within() -> None:
    """Beside the lesion the inner cortex loses most; over the first year cortex keeps more than cancellous bone."""
    n = _numbers(site="cortical", month=12.0)
    assert n["thinnest_cortex_percent"] > n["bone_in_lesion_percent"] + 5.0
    z, y, _ = SEEDS["cortical"]
    right = np.flatnonzero(block().cortex[z, y])
    shell = right[right > SIZE // 2]
    after = _result(site="cortical", phenotype=0.0, month=17.0).planes["frontal"].bone[z, shell]
    kept = after / block().bone_fraction[z, y, shell]
    assert kept[0] < kept[-1]
    assert _numbers(phenotype=0.0, month=17.0, site="cortical")["thinnest_cortex_percent"] < 60.0


def test_a_mixed_lesion_gains_here_and_loses_there_only_if_it_is_patchy() -> None:
    """With patches a fifth of the parts lose and a fifth gain; without, hardly any differ."""
    patchy, even = (_numbers(phenotype=0.45, month=16.0, heterogeneity=value) for value in (0.4, 0.0))
    assert min(patchy["lost_parts_percent"], patchy["gained_parts_percent"]) > 20.0
    assert even["lost_parts_percent"] + even["gained_parts_percent"] < 30.0
    assert abs(even["bone_in_lesion_percent"] - 100.0) < 15.0


def test_planes_cut_the_same_lesion() -> None:
    """Two planes agree along the line in which they meet."""
    planes = _result(month=13.5).planes
    z, y, x = (planes[name].at for name in ("cross", "frontal", "side"))
    assert (z, y, x) == SEEDS["cancellous"]
    assert np.array_equal(planes["frontal"].bone[z], planes["cross"].bone[y])
    assert np.array_equal(planes["frontal"].tumor[:, x], planes["side"].tumor[:, y])


def test_a_moved_plane_stays_in_the_block() -> None:
    """The slider moves one plane and stops at the edge; the others stay at the seed."""
    for name in ("frontal", "side", "cross"):
        for offset in (-28.0, 28.0):
            planes = _result(plane=name, offset=offset).planes
            assert 0 <= planes[name].at < SIZE
            others = {"frontal": 1, "side": 2, "cross": 0}
            assert all(planes[o].at == SEEDS["cancellous"][axis] for o, axis in others.items() if o != name)


def test_a_new_lesion_reports_its_progress_and_a_known_one_does_not() -> None:
    """Growing and measuring are told; a month of a lesion already grown only interpolates."""
    told: list[tuple[float, str]] = []
    with reporting(lambda *now: told.append(now)):
        _result(phenotype=0.35)
        first = len(told)
        _result(phenotype=0.35, month=3.0)
    assert first > 20
    assert len(told) == first
    assert all(a <= b for a, b in zip([s for s, _ in told], [s for s, _ in told][1:], strict=False))
    assert told[-1][0] == 1.0


@pytest.mark.parametrize("task", _SCENE.tasks, ids=lambda task: task.id)
def test_every_task_can_be_done(task: Any) -> None:
    """A goal is missed at the start and reached by a known state; predictions name their numbers."""
    start = _SCENE.complete(task.state)[0]
    result = _SCENE.compute(start)
    if task.prediction:
        assert 0 <= task.prediction.answer(result) < len(task.prediction.options)
        assert any(letter.isdigit() for letter in task.prediction.explain(result))
    if task.goal:
        assert not task.goal(start, result)
        end = _SCENE.complete({**task.state, **_REACHES[task.id]})[0]
        assert task.goal(end, _SCENE.compute(end))


def test_predictions_follow_the_model() -> None:
    """A fast tumor is moth-eaten at its edge, and turns geographic when slow."""
    fast = next(task for task in _SCENE.tasks if task.id == "fast-margin").prediction
    assert fast is not None
    assert fast.answer(_result(**_FAST)) == 2
    assert fast.answer(_result(growth_speed=0.5, month=18.0)) == 0
    cortex = next(task for task in _SCENE.tasks if task.id == "cortex-later").prediction
    assert cortex is not None
    assert cortex.answer(_result(site="cortical", month=12.0)) == 1


@pytest.mark.parametrize("narrow", [False, True])
def test_axes_carry_units(*, narrow: bool) -> None:
    """Each scale and each plot names its unit."""
    figure = Figure(figsize=(350 / 72, 11.6) if narrow else (760 / 72, 9.1), dpi=72)
    _SCENE.build(figure, Look(width_px=350 if narrow else 760, narrow=narrow))
    words = " ".join(
        axes.get_xlabel() + axes.get_title() + axes.get_title(loc="left") for axes in figure.axes
    )
    for unit in ("[% of volume]", "[% of marrow", "[% log", "[mm]", "[% of start]", "Months"):
        assert unit in words


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_frame_follows_month_and_plane(theme: Any) -> None:
    """Same state, same picture; another month or plane, another picture."""
    renderer = FigureRenderer(_SCENE, Look(width_px=350, narrow=True, theme=theme))
    states = ({}, {}, {"month": 10.0}, {"offset": 9.0})
    frames = [renderer.png(_result(**state)) for state in states]
    assert frames[0] == frames[1]
    assert len(set(frames)) == 3
