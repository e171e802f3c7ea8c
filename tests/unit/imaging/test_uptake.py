"""Uptake of bone-seeking tracers in bone, time and benign findings."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from bonemets_teach.anatomy.phantom import Phantom
from bonemets_teach.anatomy.tissues import Tissue
from bonemets_teach.anatomy.voxel_state import VoxelState
from bonemets_teach.errors import ParameterError
from bonemets_teach.imaging.bone_uptake import (
    healthy_uptake,
    lesion_uptake,
    relative_surface,
    relative_uptake,
    skeletal_demand,
)
from bonemets_teach.imaging.bone_uptake_kinetics import bone_tracer, decay_factor, tissue_suv
from bonemets_teach.imaging.bone_uptake_mimics import MIMICS, add_mimic
from bonemets_teach.imaging.planar_superscan import diffuse_disease, superscan_signs


@pytest.fixture(scope="module")
def blocks() -> Phantom:
    """Return a body with two vertebrae and a femur, each a block of bone."""
    shape = (40, 24, 24)
    label = np.full(shape, Tissue.SOFT, dtype=np.uint8)
    number = np.zeros(shape, dtype=np.uint8)
    for n, rows in ((1, slice(2, 10)), (2, slice(14, 22)), (3, slice(26, 38))):
        number[rows, 6:18, 6:18] = n
    label[number > 0] = Tissue.TRABECULAR
    fraction = np.where(number > 0, np.float32(0.15), np.float32(0)).astype(np.float32)
    zero = np.zeros(shape, dtype=np.float32)
    return Phantom(
        bone_fraction=fraction, fat_fraction=zero, label=label, turnover_per_year=zero.copy(), voxel_mm=4.0, name="blocks",
        bone_number=number, bone_names={1: "L1", 2: "L2", 3: "right femur"}, sites={"L1": (24.0, 48.0, 48.0), "L2": (72.0, 48.0, 48.0)},
    )  # fmt: skip


def test_surface_is_one_in_vertebrae_and_zero_without_bone_or_without_holes():
    """Martin's surface, scaled, and made to vanish where there is no bone."""
    assert_allclose(relative_surface([0.15, 0.0, 1.0]), [1.0, 0.0, 0.0], atol=1e-5)


def test_uptake_follows_osteoblasts_and_saturates():
    """Twice the osteoblasts give nearly twice the uptake; thirty times give far less than thirty."""
    bone = np.full(3, 0.15, dtype=np.float32)
    uptake = relative_uptake(bone, np.array([1.0, 2.0, 30.0]), 1.0)

    assert_allclose(uptake[:2], [1.0, 1.9], rtol=0.01)
    assert uptake[2] < 15


def test_tumor_without_osteoblasts_is_cold():
    """A lytic focus takes up less than the bone it replaced."""
    assert relative_uptake(np.array([0.06]), np.array([0.28]), 1.0)[0] < 0.2


def test_the_spine_takes_up_more_than_the_femur(blocks):
    """The factor of the site distinguishes like bone in two places."""
    uptake = healthy_uptake(blocks)

    assert uptake[blocks.bone_number == 1].mean() > 2 * uptake[blocks.bone_number == 3].mean()


def test_shares_of_the_tracer_never_exceed_what_was_injected():
    """Bone, soft tissue, kidney and urine add up to 1 at every time and demand."""
    for time in (0.0, 0.1, 1.0, 3.0, 24.0, 48.0):
        for demand in (0.0, 1.0, 9.0, 1000.0):
            tracer = bone_tracer(time, demand=demand)
            assert_allclose(tracer.bone + tracer.soft + tracer.kidney + tracer.excreted, 1.0, atol=1e-9)
            assert min(tracer.bone, tracer.soft, tracer.kidney, tracer.bladder) >= 0


def test_bone_stands_out_more_the_longer_one_waits():
    """Soft tissue clears, bone keeps."""
    ratio = [tissue_suv(t).bone / tissue_suv(t).soft for t in (0.1, 1.0, 2.0, 3.0, 4.0)]

    assert np.all(np.diff(ratio) > 0)


def test_an_emptied_bladder_is_darker_later():
    """Urine gathers from the last time the bladder was emptied."""
    assert tissue_suv(3.0, since_void_h=2.0).bladder > tissue_suv(3.0, since_void_h=0.1).bladder


def test_half_is_left_after_a_half_life():
    """Technetium-99m falls to a half in 6.0072 h."""
    assert_allclose(decay_factor(6.0072), 0.5)


@pytest.mark.parametrize("name", list(MIMICS))
def test_a_benign_finding_holds_no_tumor(blocks, name):
    """Each finding changes bone or cells, and never adds tumor."""
    state = add_mimic(VoxelState.healthy(blocks), name, "L1")

    assert state.tumor.max() == 0
    assert np.isfinite(lesion_uptake(state)).all()
    assert not np.array_equal(state.bone_fraction, blocks.bone_fraction)


def test_paget_fills_the_whole_bone_and_nothing_else(blocks):
    """The uptake of a bone with Paget's disease rises from end to end."""
    state = add_mimic(VoxelState.healthy(blocks), "Paget", "L2")

    assert np.all(state.osteoblast_ratio[blocks.bone_number == 2] > 5)
    assert np.all(state.osteoblast_ratio[blocks.bone_number != 2] == 1)


def test_a_collapse_is_a_line(blocks):
    """The hot band spans the vertebra and is flat."""
    hot = add_mimic(VoxelState.healthy(blocks), "osteoporotic collapse", "L1").osteoblast_ratio > 1

    assert np.count_nonzero(hot.any(axis=(1, 2))) <= 4
    assert np.count_nonzero(hot.any(axis=(0, 1))) == 12


def test_order_of_heat_is_that_of_the_textbook(blocks):
    """Paget and collapse are hot, degenerative disease is warm, island and hemangioma are faint."""
    mean = {}
    for name in MIMICS:
        state = add_mimic(VoxelState.healthy(blocks), name, "L1")
        inside = np.abs(state.roi_bone_fraction - blocks.bone_fraction[state.roi]) > 1e-3
        mean[name] = float((lesion_uptake(state) + healthy_uptake(blocks)[state.roi])[inside].mean())

    assert min(mean["Paget"], mean["osteoporotic collapse"]) > 4 > mean["degenerative disease"] > 2
    assert max(mean["bone island"], mean["hemangioma"]) < 1.5


def test_findings_add_up(blocks):
    """A second finding keeps the first."""
    both = add_mimic(add_mimic(VoxelState.healthy(blocks), "bone island", "L1"), "Paget", "L2")

    assert both.bone_fraction[blocks.bone_number == 1].max() > 0.7
    assert both.osteoblast_ratio[blocks.bone_number == 2].min() > 5


@pytest.mark.parametrize(("name", "place"), [("scurvy", "L1"), ("Paget", "L9"), ("Paget", (1.0, 1.0, 1.0))])
def test_unknown_findings_and_places_are_refused(blocks, name, place):
    """What there is not, or not there, is explained."""
    with pytest.raises(ParameterError, match="choose"):
        add_mimic(VoxelState.healthy(blocks), name, place)


def test_diffuse_disease_makes_the_skeleton_ask_for_more(blocks):
    """Demand rises with disease; metabolic disease takes the limbs, metastases spare them."""
    metastatic, metabolic = (diffuse_disease(blocks, 8.0, pattern=p) for p in ("metastatic", "metabolic"))
    femur = blocks.bone_number == 3

    assert skeletal_demand(metastatic) > 2
    assert metastatic.osteoblast_ratio[femur].max() == 1
    assert metabolic.osteoblast_ratio[femur].min() == 8


def test_in_a_superscan_kidneys_and_soft_tissue_fade():
    """More demand of bone leaves less for the rest, without any recipe."""
    signs = [superscan_signs(demand) for demand in (1.0, 3.0, 9.0, 20.0)]

    assert np.all(np.diff([one.kidney_to_bone for one in signs]) < 0)
    assert np.all(np.diff([one.soft_factor for one in signs]) < 0)
    assert np.all(np.diff([one.bone_factor for one in signs]) > 0)
