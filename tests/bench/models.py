"""How long the models take, as a kernel calls them: warmed, one thread."""

from __future__ import annotations

import itertools
import json
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from skimage.transform import iradon

from bonemets_teach.anatomy.lesion_placement import place
from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.biology.lesion_field import LesionSettings, grow
from bonemets_teach.biology.lpt import simulate
from bonemets_teach.biology.lpt_dosing import Denosumab, Zoledronate, radiotherapy
from bonemets_teach.biology.lpt_settings import Treatment
from bonemets_teach.imaging._ct_beam import ct_beam, water_lengths
from bonemets_teach.imaging.ct import CtSettings, SliceMaps, project_slice, reconstruct
from bonemets_teach.imaging.radiograph import (
    RadiographSettings,
    expose,
    hip_with_lesion,
    processed,
    transmit,
)
from bonemets_teach.lessons.materials import lesson_items
from bonemets_teach.progress import Attempt, open_log
from bonemets_teach.quiz.grading import grade
from bonemets_teach.scenes._lesion_3d_block import SEEDS
from bonemets_teach.scenes._lesion_3d_run import run_lesion
from tests.bench import plain_science
from tests.bench.measurement import Measurement, timed_ms

__all__ = ["measure"]

_CELLS = 192
_SECRET = "0123456789abcdef" * 2


def measure(*, quick: bool) -> list[Measurement]:
    """Time each model beside a plain version of it.

    Parameters
    ----------
    quick : bool
        Few repetitions.

    Returns
    -------
    rows : list of Measurement
        Times [ms].
    """
    many, few = (5, 2) if quick else (41, 7)
    rows = [_lpt(many, few), _lpt_with_drugs(many), _radiograph(many, few), _ct(many, few)]
    rows.append(_lesion_3d(few))
    rows += [_lesion_field(many, few, speed=1.0), _lesion_field(many, few, speed=2.0)]
    with tempfile.TemporaryDirectory(prefix="bench-log-") as folder:
        rows.append(_grading(Path(folder), many))
    return rows


def _lpt(many: int, few: int) -> Measurement:
    return Measurement(
        name="LPT, 1,000 days",
        unit="ms",
        samples=timed_ms(lambda: simulate(0.0, 1000.0), many),
        baseline=timed_ms(lambda: plain_science.lesion_with_lsoda(0.0, 1000.0), few),
        limit=10.0,
        note="SciPy LSODA, compiled right-hand side",
    )


def _lpt_with_drugs(many: int) -> Measurement:
    treatment = Treatment(
        denosumab=(Denosumab(start_d=100.0, stop_d=700.0),), zoledronate=(Zoledronate(start_d=700.0),),
        kills=(radiotherapy(300.0),),
    )  # fmt: skip
    return Measurement(
        name="LPT with three treatments, 1,000 days",
        unit="ms",
        samples=timed_ms(lambda: simulate(0.0, 1000.0, treatment=treatment), many),
        baseline=timed_ms(lambda: simulate(0.0, 1000.0), many),
        limit=10.0,
        note="the same without treatment",
    )


def _lesion_3d(few: int) -> Measurement:
    speeds = itertools.cycle((0.8, 1.0, 1.3, 1.7, 2.0))
    return Measurement(
        name="3-D lesion, 18 months, 80 voxels a side",
        unit="ms",
        samples=timed_ms(lambda: run_lesion.__wrapped__(0.3, next(speeds), 0.5, next(iter(SEEDS))), few),
        limit=3000.0,
        note="a new lesion at the speeds of the scene, with its films; no baseline",
    )


def _radiograph(many: int, few: int) -> Measurement:
    settings, femur = RadiographSettings(), proximal_femur()
    months = itertools.cycle(np.linspace(6.0, 18.0, 101))

    def lesion() -> object:
        return place(femur, "intertrochanteric", phenotype=0.0, months=float(next(months)), growth_speed=1.4)

    def film() -> object:
        image = expose(transmit(hip_with_lesion(lesion(), overlying=True), settings), settings)
        return processed(image.values, image.pixel_mm)

    paths = hip_with_lesion(lesion(), overlying=True)
    return Measurement(
        name="radiograph of a new lesion state",
        unit="ms",
        samples=timed_ms(film, many),
        baseline=timed_ms(lambda: plain_science.film_signal(lesion(), paths, 77.0), few),
        limit=60.0,
        note="NumPy: all voxels anew, each keV in turn, no noise",
    )


def _ct(many: int, few: int) -> Measurement:
    shares = np.zeros((2, 256, 256), dtype=np.float32)
    y, x = np.mgrid[-1:1:256j, -1:1:256j]
    shares[0, x**2 + y**2 < 0.8] = 1.0
    shares[1, (x - 0.3) ** 2 + y**2 < 0.02] = 0.6
    projections, settings = project_slice(SliceMaps(shares=shares, pixel_mm=1.5), views=180), CtSettings()
    seeds = itertools.count()
    sinogram = water_lengths(ct_beam(120.0), projections.passing(120.0)).T.astype(np.float64)
    angles = np.arange(180.0)
    return Measurement(
        name="CT 256 x 180, noise to image",
        unit="ms",
        samples=timed_ms(lambda: reconstruct(projections, settings, seed=next(seeds)), many),
        baseline=timed_ms(lambda: iradon(sinogram, theta=angles, filter_name="ramp"), few),
        limit=60.0,
        ratio_limit=0.3,
        note="scikit-image iradon, no noise",
    )


def _lesion_field(many: int, few: int, *, speed: float) -> Measurement:
    rng = np.random.default_rng(1)
    bone = np.clip(0.2 + 0.03 * rng.standard_normal((_CELLS, _CELLS)), 0.1, 0.3).astype(np.float32)
    # A mixed lesion has a mosaic, and half a millimeter needs the most steps of any scene.
    settings = LesionSettings(
        phenotype=0.45, seed_index=(_CELLS // 2,) * 2, months=12, voxel_mm=0.5, growth_speed=speed
    )
    ours = grow(bone, 0.25, settings).bone_fraction[-1]
    plain = plain_science.lesion_year(bone, settings)
    if np.abs(ours - plain).max() > 0.05:
        message = f"the plain lesion field differs by {np.abs(ours - plain).max():.3f}: no fair baseline"
        raise AssertionError(message)
    return Measurement(
        name=f"lesion field, 1 year, 192 x 192, speed {speed:g}",
        unit="ms",
        samples=timed_ms(lambda: grow(bone, 0.25, settings), many),
        baseline=timed_ms(lambda: plain_science.lesion_year(bone, settings), few),
        limit=100.0 if speed == 1.0 else None,
        note="the same steps on whole NumPy arrays",
    )


def _grading(folder: Path, many: int) -> Measurement:
    item = next(item for item in lesson_items("bone-remodeling") if item.type == "single_best")
    response = item.options[0].id
    log = open_log(folder / "log")
    learner = log.learner(_SECRET)

    def attempt() -> Attempt:
        outcome = grade(item, response)
        return Attempt(
            learner_id=learner, lesson_id="bone-remodeling", item_id=item.id, item_version=item.version,
            response=outcome.response, score=outcome.score, max_score=outcome.max_score,
            correct=outcome.correct,
        )  # fmt: skip

    def answer() -> None:
        if not log.record(attempt()):
            message = f"the attempt could not be saved: {log.problem}"
            raise RuntimeError(message)

    samples = timed_ms(answer, many)
    log.close()
    return Measurement(
        name="one answer graded and saved",
        unit="ms",
        samples=samples,
        baseline=timed_ms(_plain_insert(folder / "plain.db", attempt), many),
        limit=15.0,
        note="bare sqlite3 insert and commit",
    )


def _plain_insert(path: Path, attempt: Callable[[], Attempt]) -> Callable[[], None]:
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode=WAL")
    database.execute("CREATE TABLE attempts (id TEXT PRIMARY KEY, item TEXT, response TEXT, score REAL)")

    def insert() -> None:
        one = attempt()
        values = (one.attempt_id, one.item_id, json.dumps(one.response), one.score)
        with database:
            database.execute("INSERT INTO attempts VALUES (?, ?, ?, ?)", values)

    return insert
