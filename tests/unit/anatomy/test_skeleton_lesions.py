"""Quick lesions of the whole skeleton do what the lesion field does, and stay in their bone."""

import numpy as np
import pytest

from bonemets_teach.anatomy.proximal_femur import proximal_femur
from bonemets_teach.anatomy.skeleton_lesions import SkeletonLesion, lesion_fields, usual_radius_mm
from bonemets_teach.anatomy.whole_skeleton import WholeSkeleton, whole_skeleton
from bonemets_teach.biology.lesion_field import LesionSnapshots, grow
from bonemets_teach.errors import ParameterError


@pytest.fixture(scope="module")
def body() -> WholeSkeleton:
    return whole_skeleton()


@pytest.fixture(scope="module", params=[0.0, 1.0])
def field(request: pytest.FixtureRequest) -> tuple[float, LesionSnapshots]:
    """Grow a lesion on the grid in even spongiosa, an eighth of it."""
    q, n = request.param, 31
    grown = grow(
        np.full((n, n, n), 0.12), 0.25, phenotype=q, months=24, seed_index=(0, 0, 0), voxel_mm=1.5, heterogeneity=0.0
    )  # fmt: skip
    return q, grown


@pytest.mark.parametrize("months", [9, 12, 18, 24])
def test_the_radius_is_that_of_the_lesion_field(field: tuple[float, LesionSnapshots], months: int) -> None:
    """Where half of the marrow is tumor, within 1.5 mm."""
    _, grown = field
    profile = grown.tumor[months, 0, 0].astype(float)
    radius = float(np.interp(-0.5, -profile, np.arange(len(profile)) * 1.5))
    assert usual_radius_mm(months) == pytest.approx(radius, abs=1.5)


@pytest.mark.parametrize("months", [12, 24])
def test_bone_in_the_core_is_that_of_the_lesion_field(
    field: tuple[float, LesionSnapshots], months: int, body: WholeSkeleton
) -> None:
    """Within 0.15 of the bone at the start, in a blastic core a quarter of what it has become."""
    q, grown = field
    expected = float(grown.bone_fraction[months, 0, 0, 0]) / 0.12
    state = lesion_fields(body, [SkeletonLesion(bone="L3", phenotype=q, months=months)])
    core = body.index_of(body.sites["L3"])
    kept = float(state.bone_fraction[core] / body.bone_fraction[core])
    assert kept == pytest.approx(expected, abs=0.15, rel=0.25)


def test_a_lesion_stays_in_its_bone(body: WholeSkeleton) -> None:
    """Even a large one, old enough to fill a vertebra."""
    state = lesion_fields(body, [SkeletonLesion(bone="T8", phenotype=0.0, months=36)])
    outside = ~body.mask_of("T8")
    assert not state.tumor[outside].any()
    np.testing.assert_array_equal(state.bone_fraction[outside], body.bone_fraction[outside])
    assert state.tumor[~outside].mean() > 0.9


def test_many_lesions_are_the_sum_of_each(body: WholeSkeleton) -> None:
    """In bones far apart nothing changes by company."""
    lesions = [
        SkeletonLesion(bone="skull", phenotype=0.0, months=15),
        SkeletonLesion(bone="left rib 6", phenotype=1.0, months=20),
        SkeletonLesion(bone="right femur", phenotype=0.45, months=24),
    ]
    together = lesion_fields(body, lesions)
    for lesion in lesions:
        alone = lesion_fields(body, [lesion])
        inside = body.mask_of(lesion.bone)
        for name in ("tumor", "bone_fraction", "osteoblast_ratio", "osteoclast_ratio"):
            np.testing.assert_array_equal(getattr(together, name)[inside], getattr(alone, name)[inside])


def test_cells_follow_the_phenotype(body: WholeSkeleton) -> None:
    """Osteoblasts wane in a lytic core and thrive in a blastic one; osteoclasts thrive in a lytic one."""
    core = body.index_of(body.sites["L2"])
    lytic, blastic = (
        lesion_fields(body, [SkeletonLesion(bone="L2", phenotype=q, months=18)]) for q in (0.0, 1.0)
    )
    assert lytic.osteoblast_ratio[core] < 2
    assert blastic.osteoblast_ratio[core] > 8
    assert lytic.osteoclast_ratio[core] > 3
    assert lytic.bone_fraction[core] < body.bone_fraction[core] < blastic.bone_fraction[core]


def test_a_given_radius_is_kept(body: WholeSkeleton) -> None:
    """The tumor reaches half at the radius, to a voxel."""
    state = lesion_fields(body, [SkeletonLesion(bone="left femur", radius_mm=30.0, phenotype=0.0, months=18)])
    _, y, x = body.index_of(body.sites["left femur"])
    half = np.flatnonzero(state.tumor[:, y, x] > 0.5)
    assert (np.ptp(half) + 1) * body.voxel_mm / 2 == pytest.approx(30.0, abs=5.0)


def test_lesions_grow(body: WholeSkeleton) -> None:
    """More tumor each time; none at the start."""
    amounts = [
        float(lesion_fields(body, [SkeletonLesion(bone="sacrum", months=m)]).tumor.sum())
        for m in (0, 8, 12, 24, 48)
    ]
    assert amounts == sorted(amounts)
    assert amounts[0] < 0.1
    assert len(set(amounts)) == len(amounts)


def test_fields_stay_in_their_range(body: WholeSkeleton) -> None:
    """Fractions 0..1, activities finite and not negative."""
    lesions = [
        SkeletonLesion(bone=b, phenotype=q, months=60) for b, q in (("L1", 0.0), ("L2", 0.45), ("L3", 1.0))
    ]
    state = lesion_fields(body, lesions)
    for part in (state.tumor, state.bone_fraction):
        assert part.min() >= 0
        assert part.max() <= 1
    for part in (state.osteoblast_ratio, state.osteoclast_ratio):
        assert np.isfinite(part).all()
        assert part.min() >= 0


def test_no_lesions_are_a_healthy_state(body: WholeSkeleton) -> None:
    """An empty list is allowed."""
    assert not lesion_fields(body, []).has_lesion


@pytest.mark.parametrize(
    "values",
    [
        {"months": 61},
        {"months": -1},
        {"phenotype": 1.1},
        {"radius_mm": 0},
        {"radius_mm": 100},
        {"months": float("nan")},
    ],
)
def test_impossible_lesions_are_refused(values: dict[str, float]) -> None:
    """With the allowed range in the message."""
    with pytest.raises(ParameterError, match="is outside"):
        SkeletonLesion(bone="L3", **values)


def test_a_place_outside_the_bone_is_refused(body: WholeSkeleton) -> None:
    """The message says what lies there instead."""
    lesion = SkeletonLesion(bone="L3", center_mm=body.sites["L4"])
    with pytest.raises(ParameterError, match="lies in L4, not in L3"):
        lesion_fields(body, [lesion])


def test_an_unknown_bone_is_refused(body: WholeSkeleton) -> None:
    """The message lists the bones."""
    with pytest.raises(ParameterError, match="choose one of skull"):
        lesion_fields(body, [SkeletonLesion(bone="L6")])


def test_a_phantom_without_bone_numbers_is_refused() -> None:
    """It names no bones to choose from."""
    with pytest.raises(ParameterError, match="there is no bone “femur”"):
        lesion_fields(
            proximal_femur(voxel_mm=3.0), [SkeletonLesion(bone="femur", center_mm=(70.0, 75.0, 100.0))]
        )
