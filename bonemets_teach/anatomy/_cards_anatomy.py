"""Cards of the phantoms and of the quick lesions in the whole skeleton."""

from __future__ import annotations

from typing import Final

from bonemets_teach.anatomy import (
    _lesion_course,
    _painter,
    _vertebra_bone,
    _vertebra_shape,
    bone_quality,
    pelvis,
)
from bonemets_teach.anatomy._femur_shape import FemurSize
from bonemets_teach.biology.model_card import Check, ModelCard, from_name

__all__ = ["ANATOMY_CARDS"]

_JANG: Final = "Jang 2019: L1 measures 226 HU at 25 years and 89 HU at 90"
_MIXTURE: Final = "mixture rule at 120 kV behind 20 cm of water"
_LOOK: Final = "looks right on a film or a slice"
_VOXEL: Final = "keeps the mass of thin cortex in any voxel"
_TESTS: Final = "unit/anatomy"

_PHANTOMS: Final = ModelCard(
    id="phantoms",
    title="Phantoms",
    purpose="Bodies made of formulas, with no patient's data: proximal femur, vertebra, pelvis and whole skeleton. Every image of every kind is computed from them.",
    papers=(
        ("Jang S, et al. Radiology 2019; 291: 360-367 (CT number of L1 by age).", "https://doi.org/10.1148/radiol.2019181648"),
        ("Toogood PA, et al. Clin Orthop Relat Res 2009; 467: 876-885 (proximal femur).", "https://doi.org/10.1007/s11999-008-0473-3"),
        ("Panjabi MM, et al. Spine 1992; 17: 299-306 (lumbar vertebrae), recalled.", ""),
        ("Berry JL, et al. Spine 1987; 12: 362-367 (vertebrae), recalled.", ""),
    ),
    equations=(
        "a bone is rods, ellipsoids, triangles and cuts, each a signed distance d, joined by d = min(a, b) − max(s − |a − b|, 0)²/4 s",
        "share of a voxel inside = clip(1/2 − d/edge);  shell = clip((d + max(t, edge))/edge + 1/2) min(t/edge, 1)",
        "f = inside (f_c shell + f_s (1 − shell))     cortex of thickness t around spongiosa f_s",
        "f_s(age) = (HU_25 − k (age − 25) − HU_m)/b of a lumbar body; other bones in proportion",
        "φ(age) = φ(65) + 0.004 (age − 65)     fat share of the marrow",
        "renewal = 0.25 a year in spongiosa, 0.04 in cortex, by their shares of the bone in a voxel",
    ),
    parameters=(
        from_name(bone_quality, "_HU_AT_25", "HU_25 | HU | L1 at 25 years", "published", _JANG),
        from_name(bone_quality, "_HU_PER_YEAR", "k | HU/year | fall of L1 with age", "calibrated", f"{_JANG}; the line through both"),
        from_name(bone_quality, "_HU_OF_MARROW", "HU_m | HU | marrow without bone", "calibrated", _MIXTURE),
        from_name(bone_quality, "_HU_PER_FRACTION", "b | HU | CT number per bone fraction", "calibrated", _MIXTURE),
        from_name(bone_quality, "_FAT_AT_65", "φ(65) | 1 | fat share of a vertebra's marrow at 65", "chosen", "about half"),
        from_name(bone_quality, "_FAT_PER_YEAR", "dφ | 1/year | its rise with age", "chosen", "0.4 to 0.6 over adult life"),
        from_name(_painter, "_CORTEX_FRACTION", "f_c | 1 | bone fraction of cortex", "chosen", "dense bone with its canals"),
        from_name(_painter, "_SPONGY_TURNOVER", "τ_s | 1/year | renewal of spongiosa", "published", "ICRP 89, recalled"),
        from_name(_painter, "_CORTEX_TURNOVER", "τ_c | 1/year | renewal of cortex", "published", "ICRP 89, recalled"),
        from_name(_painter, "_CANAL_FRACTION", "f_m | 1 | bone fraction of a medullary canal", "chosen", "hardly any"),
        from_name(_painter, "_CANAL_FAT", "φ_m | 1 | fat share of a medullary canal", "chosen", "yellow marrow"),
        from_name(_painter, "_THINNEST_LAYER", "r | 1 | thinner shells are no layer of their own", "chosen", _VOXEL),
        from_name(_vertebra_shape, "_SAG_MM", "sag | mm | hollow of an end plate", "published", "Panjabi 1992, recalled"),
        from_name(_vertebra_shape, "_ROUND", "n | 1 | power of the superellipse of a vertebral body", "chosen", _LOOK),
        from_name(_vertebra_bone, "_BODY_CORTEX_MM", "t_b | mm | cortex of a vertebral body", "chosen", "about half a millimeter"),
        from_name(_vertebra_bone, "_ARCH_CORTEX_MM", "t_a | mm | cortex of arch and processes", "chosen", _LOOK),
        from_name(_vertebra_bone, "_PLATE_GAIN", "g_p | 1 | more spongiosa at the end plates", "chosen", _LOOK),
        from_name(pelvis, "_SPONGY", "f_p | 1 | spongiosa of the hip bone at 65", "chosen", "between vertebra and femoral head"),
        from_name(pelvis, "_ROOF_SPONGY", "f_r | 1 | more of it at the roof of the socket", "chosen", "densest part of the socket"),
        from_name(FemurSize, "neck_shaft_angle", "α | ° | neck against shaft of the femur", "published", "Toogood 2009"),
        from_name(FemurSize, "anteversion", "β | ° | turn of the femoral neck", "published", "Toogood 2009"),
    ),
    simplifications=(
        "One form for each sex, scaled with body height; people of one sex, height and age differ by more than that.",
        "Landmarks are chosen so that a radiologist names every part; only few are measured distances.",
        "No ligaments, cartilage, teeth, nerves outside the dural sac, bowel gas or vessels with blood of their own.",
        "The line of bone against age is one line for both sexes; menopause and disease are left out.",
    ),
    checks=(
        Check(what="Sizes of the proximal femur against Toogood 2009 and dry bones", tolerance="1.5 mm, 1.5°", test=f"{_TESTS}/test_proximal_femur.py"),
        Check(what="L3 and its canal against Panjabi 1992 and Berry 1987", tolerance="2 voxels", test=f"{_TESTS}/test_vertebra.py"),
        Check(what="Spongiosa of a lumbar body at 25 and 90 years against Jang 2019", tolerance="0.001; core 6 %", test=f"{_TESTS}/test_bone_quality.py"),
        Check(what="No bone in the canal; right and left alike; cord above, roots below L1/L2", tolerance="0; exact", test=f"{_TESTS}/test_vertebra.py"),
        Check(what="Pelvis: sizes, free joints, differences between the sexes", tolerance="ranges", test=f"{_TESTS}/test_pelvis.py"),
        Check(what="Every bone of the skeleton exists and lies where it should", tolerance="order and sides", test=f"{_TESTS}/test_whole_skeleton.py"),
    ),
)  # fmt: skip

_QUICK: Final = ModelCard(
    id="skeleton-lesions",
    title="Many lesions in the whole skeleton",
    purpose="Puts dozens of metastases into a whole body at once. Each place goes through the course of the lesion field, later the farther it is from the seed.",
    papers=(("Fisher RA. Ann Eugen 1937; 7: 355-369 (front speed).", "https://doi.org/10.1111/j.1469-1809.1937.tb02153.x"),),
    equations=(
        "arrival(r) = delay + √((r/v)² + thick²)     months until half of the marrow at r is tumor",
        "T, f at a place = course of the lesion field in even spongiosa of f₀, at the time since arrival",
        "B, C = cells of the tumor-bone model at rest with T",
        "a lesion given with a radius is stretched to it",
    ),
    parameters=(
        from_name(_lesion_course, "FRONT_MM_PER_MONTH", "v | mm/month | speed of the front", "calibrated", "lesion field, 9 to 24 months"),
        from_name(_lesion_course, "_DELAY_MONTHS", "delay | month | start", "calibrated", "lesion field, 9 to 24 months"),
        from_name(_lesion_course, "_THICKENING_MONTHS", "thick | month | thickening of the seed", "calibrated", "lesion field, 9 to 24 months"),
        from_name(_lesion_course, "_START", "T₀ | 1 | tumor at the start of the course", "chosen", "a few cells"),
    ),
    simplifications=(
        "Cortex does not slow the front, mixed lesions have no patches, fast ones no ragged margin.",
        "A lesion stays in its bone and is round in it.",
    ),
    checks=(
        Check(what="Radius at 9 to 24 months against the lesion field", tolerance="1.5 mm", test=f"{_TESTS}/test_skeleton_lesions.py"),
        Check(what="Bone in the core at 12 and 24 months against the lesion field", tolerance="0.15 of the start or a quarter", test=f"{_TESTS}/test_skeleton_lesions.py"),
    ),
)  # fmt: skip

ANATOMY_CARDS: Final = (_PHANTOMS, _QUICK)
"""Cards in the order of the page."""
