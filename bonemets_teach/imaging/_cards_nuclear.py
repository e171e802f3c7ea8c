"""Cards of the models of nuclear medicine: uptake, planar scan, SPECT, PET, flare and the cut-off."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology.model_card import Check, ModelCard, from_name
from bonemets_teach.imaging import (
    _pet_truth,
    _planar_views,
    bone_uptake,
    bone_uptake_kinetics,
    collimator,
    flare,
    flare_course,
    pet_noise,
    pet_tracers,
    planar_scan,
    spect_settings,
    suv_cutoff,
)

__all__ = ["NUCLEAR_CARDS"]

_USUAL: Final = "usual clinical setting"
_RETENTION: Final = "Calcif Tissue Int 1989; 44: 322"
_SPECT_CT: Final = "Ann Nucl Med 2020; 34: 39"
_REFERENCE: Final = "reference/test_nuclear.py"

_UPTAKE: Final = ModelCard(
    id="bone-uptake",
    title="Uptake of bone-seeking tracers",
    purpose="How much diphosphonate or fluoride each voxel takes, and how bone, kidneys and soft tissue share what was injected.",
    papers=(
        ("Whole body and regional retention of Tc-99m-labeled diphosphonates. Calcif Tissue Int 1989; 44: 322-329.", "https://doi.org/10.1007/BF02556311"),
        ("Martin RB. Crit Rev Biomed Eng 1984; 10: 179-222 (specific surface).", ""),
        ("Quantitative bone SPECT/CT of vertebrae. Ann Nucl Med 2020; 34: 39.", ""),
    ),
    equations=(
        "x = site · S(f)/S(0.15) · B;  uptake = x / (1 + max(0, x − 1)/k)",
        "bone = F d/(F d + 1 − F) · (1 − 2^(−t/15 min)) · 2^(−t/44 h);  the rest clears with 1 h",
        "d: uptake that the whole skeleton asks for, over that of a healthy one; a superscan has d of 3 and more",
        "SUV = share of the activity / share of the body mass",
    ),
    parameters=(
        from_name(bone_uptake, "REFERENCE_BONE_FRACTION", "f₀ | 1 | bone fraction whose uptake is 1", "chosen", "229 HU, middle age"),
        from_name(bone_uptake, "SUPPLY_LIMIT", "k | 1 | excess at which uptake is half of what surfaces could bind", "calibrated", "lesions up to 13 times normal, vascular supply"),
        from_name(bone_uptake_kinetics, "NORMAL_BONE_SUV", "SUV₀ | 1 | SUV of healthy vertebral bone at 3 h", "calibrated", f"SUVmax 7.08 (SD 1.97), {_SPECT_CT}; share of bone in the body"),
        from_name(bone_uptake_kinetics, "HALF_LIFE_H", "T½ | h | half-life of technetium-99m", "published", "ENSDF"),
        from_name(bone_uptake_kinetics, "_FAST_H", "T₁ | h | fast half-time of retention", "published", _RETENTION),
        from_name(bone_uptake_kinetics, "_SLOW_H", "T₂ | h | slow half-time of retention", "published", _RETENTION),
        from_name(bone_uptake_kinetics, "_SLOW_SHARE", "A | 1 | share that leaves slowly", "published", f"31 % after 24 h, {_RETENTION}"),
        from_name(bone_uptake_kinetics, "_SOFT_SLOW", "σ | 1 | part of it in soft tissue", "calibrated", "SUV of soft tissue about a quarter at 3 h"),
        from_name(bone_uptake_kinetics, "_UPTAKE_H", "T_u | h | half-time of uptake into bone", "published", "ICRP Publication 53, recalled"),
        from_name(bone_uptake_kinetics, "_TRANSIT_H", "T_k | h | time urine spends in the kidney", "chosen", "a few minutes"),
        from_name(bone_uptake_kinetics, "_KIDNEY_KEPT", "κ | 1 | share kept by the kidneys", "calibrated", "kidneys about as dark as the spine from behind"),
    ),
    simplifications=(
        "Blood flow appears only as the limit k; uptake of an hour-old and a day-old lesion keep their ratio.",
        "Bone and tumor share no limit of their own; renal failure, dehydration and drugs are left out.",
        "Factors of the site are chosen so that a healthy scan looks like one.",
        "Compact bone has surface but little turnover: a bone island must be given quiet cells to stay cold.",
    ),
    checks=(
        Check(what="Whole-body retention of MDP after 24 h, urine of oxidronate after 1, 2, 6 h", tolerance="2.4 points; 8 points", test=_REFERENCE),
        Check(what="SUVmax of mixed to blastic lesions over vertebrae against 5.2", tolerance="range", test=_REFERENCE),
        Check(what="Shares add up to 1; sites, mimics, superscan", tolerance="properties", test="unit/imaging/test_uptake.py"),
    ),
)  # fmt: skip

_PLANAR: Final = ModelCard(
    id="bone-scan",
    title="Planar bone scan",
    purpose="Both views of a gamma camera, in counts: attenuation, blur that grows with distance, scatter and noise.",
    papers=(("Collimator resolution 7.4 and 8.8 mm at 10 cm: typical values of data sheets.", ""),),
    equations=(
        "expected = sensitivity · time · Σ_y A exp(−∫μ dy) ∗ Gaussian(FWHM(d)) + scatter;  counts = Poisson(expected)",
        "FWHM(d) = √(R_i² + (a + b d)²)",
        "geometric mean = √(anterior · posterior)",
    ),
    parameters=(
        from_name(collimator, "INTRINSIC_FWHM_MM", "R_i | mm | resolution of the crystal", "chosen", "typical of a 9.5 mm crystal"),
        from_name(_planar_views, "SCATTER_RATIO", "SPR | 1 | scattered over unscattered counts", "chosen", "0.3 to 0.4 are usual in a 20 % window"),
        from_name(_planar_views, "_SCATTER_SIGMA_MM", "σ | mm | width of the scatter", "chosen", "broad haze"),
        from_name(planar_scan.PlanarSettings, "activity_mbq", "A | MBq | injected activity", "chosen", _USUAL),
        from_name(planar_scan.PlanarSettings, "seconds", "t | s | time for which each point is seen", "chosen", "12 cm/min under a head of 40 cm"),
        from_name(planar_scan.PlanarSettings, "gap_mm", "g | mm | air between body and collimator", "chosen", _USUAL),
        from_name(planar_scan, "BODY_MASS_G", "m | g | body mass of the SUV", "chosen", "70 kg"),
    ),
    simplifications=(
        "No motion, septal penetration, dead time or injection site.",
        "Scatter is a blur of the image. The camera stays at one distance in front of the foremost point of the body.",
        "Depth is grouped in slabs of 3 cm, blurred as their mean depth.",
    ),
    checks=(
        Check(what="System resolution at 10 cm against 7.4 and 8.8 mm", tolerance="5 %", test=_REFERENCE),
        Check(what="True against image ratios, cold lesions", tolerance="25 %; sign", test=_REFERENCE),
        Check(what="Width with distance, noise with counts^−0.5, attenuation, geometric mean", tolerance="3 %; 0.03; 5 %; 5 %", test="unit/imaging/test_planar_scan.py"),
    ),
)  # fmt: skip

_SPECT: Final = ModelCard(
    id="spect",
    title="SPECT",
    purpose="An axial slice from a rotating camera, reconstructed with attenuation and blur in the model, in SUV.",
    papers=(("Hudson HM, Larkin RS. IEEE Trans Med Imaging 1994; 13: 601-609 (OSEM).", "https://doi.org/10.1109/42.363108"),),
    equations=(
        "y_θ = Poisson(scale · Σ_j P_θj exp(−∫μ) x_j)",
        "x ← x · Pᵀ(y / P x) / Pᵀ1, one subset of views after the other; then a Gaussian filter",
    ),
    parameters=(
        from_name(spect_settings.SpectSettings, "views", "n | 1 | views over 360°", "chosen", _USUAL),
        from_name(spect_settings.SpectSettings, "seconds_per_view", "t | s | time of a view", "chosen", _USUAL),
        from_name(spect_settings.SpectSettings, "iterations", "i | 1 | iterations", "chosen", _USUAL),
        from_name(spect_settings.SpectSettings, "subsets", "s | 1 | subsets", "chosen", _USUAL),
        from_name(spect_settings.SpectSettings, "filter_fwhm_mm", "w | mm | filter", "chosen", _USUAL),
    ),
    simplifications=(
        "Slices are reconstructed one by one; the blur across them stays. A slice is as thick as its pixels are wide.",
        "Scatter counts as corrected; no motion between SPECT and CT.",
    ),
    checks=(
        Check(what="SUV of a large bone", tolerance="8 %", test="unit/imaging/test_spect.py"),
        Check(what="Projection and back projection are transposes", tolerance="1e-4", test="unit/imaging/test_spect.py"),
        Check(what="SUV rises with iterations and size, noise falls with time^−0.5, attenuation correction fills the middle of an even body", tolerance="order; 0.1; 5 %", test="reference/test_spect_ct.py"),
        Check(what="Facet joint and pedicle: apart in the slice, within the camera's blur on the planar scan", tolerance="order", test="reference/test_spect_ct.py"),
    ),
)  # fmt: skip

_PET: Final = ModelCard(
    id="pet",
    title="PET with FDG, fluoride and PSMA",
    purpose="SUV of three tracers of the same lesion: sugar goes to tumor, fluoride to osteoblasts, PSMA to the receptor.",
    papers=(
        ("Sabbah N, et al. Clin Nucl Med 2015; 40: e228-e231 (fluoride SUVs).", "https://doi.org/10.1097/RLU.0000000000000633"),
        ("Kurash MM, et al. Sci Rep 2020; 10: 3109 (PSMA SUVs).", "https://doi.org/10.1038/s41598-020-60099-y"),
        ("Cook GJ, et al. J Clin Oncol 1998; 16: 3375 (FDG in lytic and blastic lesions; recalled).", ""),
    ),
    equations=(
        "FDG = (1 − f) [T · SUV_tumor · (1 − 0.6 B/(B + C)) + (1 − T) · marrow];  PSMA = (1 − f) [T · SUV_tumor · receptor + …]",
        "fluoride = SUV_bone · uptake;  bound(t) = (1 − e^(−t/τ))/(1 − e^(−t₀/τ))",
        "image = truth ∗ Gaussian(√(FWHM² + range²)) + noise;  spread = ν √((SUV + 0.3)/counts)",
    ),
    parameters=(
        from_name(_pet_truth, "BLASTIC_AVIDITY", "η | 1 | FDG of blastic over lytic tumor", "chosen", "blastic lesions are fainter in every series"),
        from_name(pet_noise, "_NOISE", "ν | 1 | noise of a usual scan", "calibrated", "11 % in liver with 3 MBq/kg, 3 min"),
        from_name(pet_noise.PetSettings, "fwhm_mm", "FWHM | mm | scanner and reconstruction", "chosen", "current scanners"),
        from_name(pet_noise.PetSettings, "activity_mbq", "A | MBq | injected activity", "chosen", _USUAL),
        from_name(pet_tracers, "_FDG_TUMOR", "SUV_tumor | 1 | of FDG", "calibrated", "6.8 in lytic breast lesions after blur"),
        from_name(pet_tracers, "_NAF_BONE", "SUV_bone | 1 | of fluoride", "calibrated", "SUVmax of metastases 25.9 (SD 16.6)"),
        from_name(pet_tracers, "_PSMA_TUMOR", "SUV_tumor | 1 | of PSMA", "calibrated", "SUVmax of bone lesions 15.9 (SD 15.9)"),
        from_name(pet_tracers, "_PSMA_KIDNEY", "SUV_kidney | 1 | of PSMA", "published", "Kurash 2020"),
    ),
    simplifications=(
        "No sinogram: blur and noise of a reconstructed image are put in directly.",
        "Reactive bone takes up a little FDG and PSMA in proportion to its osteoblasts (chosen).",
        "No brown fat, gut or muscle activity; tumors of one patient have one avidity.",
    ),
    checks=(
        Check(what="Noise with dose^−0.5, width of a point, partial volume, slice against volume", tolerance="0.03; 15 %; sign", test="unit/imaging/test_pet.py"),
    ),
)  # fmt: skip

_FLARE: Final = ModelCard(
    id="flare",
    title="Flare and the 2+2 rule",
    purpose="Uptake of lesions under treatment from the tumor-bone model, what a reader counts, and what the rule of PCWG3 says.",
    papers=(("Scher HI, et al. (PCWG3) J Clin Oncol 2016; 34: 1402-1418.", "https://doi.org/10.1200/JCO.2015.64.2702"),),
    equations=(
        "uptake(t) from B(t) and V(t) of the tumor-bone model with a kill from day 0; seen if ≥ 2",
        "in space: X = k X₀ + (1 − k) [T X(t) + (1 − T) X_healthy] for bone and cells;  k = tumor left, T = tumor on the first day",
        "≥ 2 new within 12 weeks: progression only with ≥ 2 more at least 6 weeks later; then new against that scan, and still there after 6 weeks",
    ),
    parameters=(
        from_name(flare, "FLARE_WINDOW_WEEKS", "w | weeks | flare window", "published", "PCWG3"),
        from_name(flare, "CONFIRM_WEEKS", "c | weeks | time to the confirming scan", "published", "PCWG3"),
        from_name(flare, "NEW_LESIONS", "n | 1 | new lesions that count", "published", "PCWG3"),
        from_name(flare_course, "VISIBLE_RATIO", "r | 1 | uptake from which a lesion is called", "chosen", "image ratio of about 1.4 at 12 mm radius"),
    ),
    simplifications=(
        "Rim and core of a lesion heal at one speed.",
        "In the model lytic lesions flare and blastic ones do not; in patients prostate lesions flare as well.",
        "The rule was made for trials in castration-resistant prostate cancer.",
    ),
    checks=(
        Check(what="Worked cases of the rule", tolerance="exact", test="unit/imaging/test_flare.py"),
        Check(what="A lesion in space at the start and after the kill", tolerance="exact; 15 %", test="unit/imaging/test_treated_lesion.py"),
        Check(what="Uptake peaks 4 to 12 weeks after treatment began", tolerance="range", test=_REFERENCE),
    ),
)  # fmt: skip

_CUTOFF: Final = ModelCard(
    id="suv-cutoff",
    title="A cut-off of the SUV",
    purpose="Metastases and degenerative uptake as two lognormal groups with published moments: what any cut-off does.",
    papers=(("Quantitative bone SPECT/CT. Ann Nucl Med 2020; 34: 39 (sensitivity 73.8 %, specificity 85.4 % at 20, area 0.874).", ""),),
    equations=("sensitivity = Φ((μ_m − ln c)/σ_m);  specificity = Φ((ln c − μ_d)/σ_d)", "area = Φ((μ_m − μ_d)/√(σ_m² + σ_d²))"),
    parameters=(
        from_name(suv_cutoff, "_METASTASIS_MEAN", "m_m | 1 | mean SUVmax of metastases", "published", _SPECT_CT),
        from_name(suv_cutoff, "_METASTASIS_SD", "s_m | 1 | its standard deviation", "published", _SPECT_CT),
        from_name(suv_cutoff, "_DEGENERATIVE_MEAN", "m_d | 1 | mean SUVmax of degenerative uptake", "published", _SPECT_CT),
        from_name(suv_cutoff, "_DEGENERATIVE_SD", "s_d | 1 | its standard deviation", "published", _SPECT_CT),
    ),
    simplifications=("That SUVs are lognormal is chosen. One center's patients; a cut-off must not be used on others.",),
    checks=(Check(what="Sensitivity, specificity and area at 20", tolerance="5 points; 0.03", test=_REFERENCE),),
)  # fmt: skip

NUCLEAR_CARDS: Final = (_UPTAKE, _PLANAR, _SPECT, _PET, _FLARE, _CUTOFF)
"""Cards in the order of the lesson."""
