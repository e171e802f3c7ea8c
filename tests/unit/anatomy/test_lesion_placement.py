"""A placed lesion stays in its bone, does what its phenotype says, and refuses nonsense."""

import numpy as np
import pytest

from bonemets_teach.anatomy.lesion_placement import LONGEST_MONTHS, VoxelState, grow_at, place
from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.proximal_femur import LANDMARKS_MM, proximal_femur
from bonemets_teach.anatomy.tissues import is_bone
from bonemets_teach.errors import ParameterError


@pytest.fixture(scope="module")
def femur() -> Phantom:
    return proximal_femur(voxel_mm=2.5)


def mineral_kept(state: VoxelState) -> float:
    core = state.tumor > 0.5
    return float(state.bone_fraction[core].sum() / state.phantom.bone_fraction[core].sum())


def test_lytic_loses_and_blastic_gains_mineral(femur: Phantom) -> None:
    """After 18 months, where the tumor dominates."""
    assert mineral_kept(place(femur, "neck", phenotype=0.0, months=18)) < 0.8
    assert mineral_kept(place(femur, "neck", phenotype=1.0, months=18)) > 1.2


@pytest.mark.parametrize("phenotype", [0.0, 0.45, 1.0])
def test_tumor_and_change_stay_inside_the_femur(femur: Phantom, phenotype: float) -> None:
    """Not in muscle, not across the joint; fractions in range."""
    state = place(femur, "femoral head", phenotype=phenotype, months=LONGEST_MONTHS)
    outside = ~is_bone(femur.label, femur_only=True)
    assert not state.tumor[outside].any()
    np.testing.assert_array_equal(state.bone_fraction[outside], femur.bone_fraction[outside])
    for field in (state.tumor, state.bone_fraction):
        assert field.min() >= 0
        assert field.max() <= 1
    assert np.isfinite(state.osteoclast_ratio).all()


def test_far_from_the_lesion_nothing_changes(femur: Phantom) -> None:
    """Whole fields equal the healthy phantom outside the region."""
    state = place(femur, "femoral head", phenotype=0.0, months=12)
    outside = np.ones(femur.shape, dtype=bool)
    outside[state.roi] = False
    np.testing.assert_array_equal(state.bone_fraction[outside], femur.bone_fraction[outside])
    assert np.all(state.osteoblast_ratio[outside] == 1)


def test_lesion_grows_with_the_months(femur: Phantom) -> None:
    """More tumor each time, also between whole months."""
    amounts = [
        float(place(femur, "neck", phenotype=0.0, months=m).tumor.sum()) for m in (0, 6, 6.5, 7, 14, 24)
    ]
    assert amounts == sorted(amounts)
    assert amounts[0] < amounts[-1]


def test_same_lesion_is_grown_once(femur: Phantom) -> None:
    """A month slider only interpolates."""
    assert grow_at(femur, "neck", phenotype=0.0) is grow_at(femur, LANDMARKS_MM["neck center"], phenotype=0.0)


def test_pelvis_can_hold_a_lesion_of_its_own(femur: Phantom) -> None:
    """A point in the ischium grows a lesion that leaves the femur alone."""
    z, y, x = LANDMARKS_MM["head center"]
    state = place(femur, (z + 50, y + 27, x + 32), phenotype=0.0, months=18)
    assert state.has_lesion
    assert not state.tumor[is_bone(femur.label, femur_only=True)].any()


def test_healthy_state_is_the_phantom(femur: Phantom) -> None:
    """No tumor, no change."""
    state = VoxelState.healthy(femur)
    assert not state.has_lesion
    np.testing.assert_array_equal(state.bone_fraction, femur.bone_fraction)


@pytest.mark.parametrize("months", [-1, 25, float("nan"), float("inf"), "old", None, True])
def test_impossible_ages_are_refused(months: object, femur: Phantom) -> None:
    """With the allowed range in the message."""
    with pytest.raises(ParameterError, match=r"months = .* is outside \[0, 24\] months"):
        place(femur, "neck", phenotype=0.0, months=months)  # type: ignore[arg-type]


@pytest.mark.parametrize("phenotype", [-0.1, 1.1, float("nan"), "lytic"])
def test_impossible_phenotypes_are_refused(phenotype: object, femur: Phantom) -> None:
    """With the allowed range in the message."""
    with pytest.raises(ParameterError, match="phenotype"):
        place(femur, "neck", phenotype=phenotype, months=1)  # type: ignore[arg-type]


def test_unknown_sites_are_refused_by_name(femur: Phantom) -> None:
    """The message lists the sites."""
    with pytest.raises(ParameterError, match="greater trochanter"):
        place(femur, "knee", phenotype=0.0, months=1)


def test_a_point_in_muscle_is_refused(femur: Phantom) -> None:
    """The message says that there is no bone and where there is."""
    with pytest.raises(ParameterError, match="no bone at"):
        place(femur, (150.0, 75.0, 110.0), phenotype=0.0, months=1)
