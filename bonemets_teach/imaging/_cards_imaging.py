"""Cards of the models of imaging: radiograph, CT and what can be seen."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology.model_card import Check, ModelCard, from_name
from bonemets_teach.imaging import (
    _ct_beam,
    _radiograph_detector,
    _radiograph_display,
    _radiograph_scatter,
    ct,
    ct_slice,
    detectability,
    hounsfield,
    lesion_patch,
    radiograph,
    radiograph_views,
)
from bonemets_teach.imaging._cards_visibility import VISIBILITY_CARDS

__all__ = ["IMAGING_CARDS"]

_NIST: Final = (
    "Attenuation: xraydb 4.5.8 (Elam, Ravel and Sieber 2002); compositions ICRU 44.",
    "https://doi.org/10.1016/S0969-806X(01)00227-4",
)
_SPECTRA: Final = (
    "Tube spectra: spekpy 2.5.4 (Poludniowski, et al. Med Phys 2021; 48: 3630-3637).",
    "https://doi.org/10.1002/mp.14945",
)
_HIP: Final = "suits a slim hip"
_CLINICAL: Final = "usual clinical setting"

_RADIOGRAPH: Final = ModelCard(
    id="radiograph",
    title="Radiograph",
    purpose="A digital radiograph, frontal or lateral, with every photon energy, scatter, grid, detector and noise.",
    papers=(_NIST, _SPECTRA),
    equations=(
        "signal = Σ_E fluence(E) exp(−Σ_m μ_m(E) L_m) absorbed(E) E + scatter",
        "μ = f μ_bone + (1 − f)((1 − T)((1 − φ) μ_red marrow + φ μ_yellow marrow) + T μ_tumor)",
        "scatter = blur(primary × SPR);  SPR = a (1 + b (kV − 80)) × thickness;  grid: primary × t, SPR / c",
        "variance = Σ_E fluence absorbed E²;  shown value = 100 ln(reference/signal), then latitude and edges",
    ),
    parameters=(
        from_name(radiograph.RadiographSettings, "tube_voltage_kv", "U | kV | tube voltage", "chosen", _HIP),
        from_name(radiograph.RadiographSettings, "tube_current_time_mas", "Q | mAs | tube current times time", "chosen", _HIP),
        from_name(radiograph.RadiographSettings, "filtration_mm_al", "Al | mm | total filtration", "chosen", _CLINICAL),
        from_name(radiograph.RadiographSettings, "focus_detector_mm", "FDD | mm | focus to detector", "chosen", _CLINICAL),
        from_name(radiograph_views.FilmSettings, "detector_kerma_ugy", "K | µGy | dose at the detector that sets the mAs of a film", "chosen", "2.5 to 5 are usual"),
        from_name(_radiograph_detector, "_CSI_MASS_THICKNESS", "ρd | g/cm² | cesium iodide of the detector", "chosen", "0.5 mm packed to 80 %"),
        from_name(_radiograph_scatter, "_RATIO_PER_CM", "a | 1/cm | scatter over primary per thickness at 80 kV", "calibrated", "2 to 4 behind 20 cm without a grid"),
        from_name(_radiograph_scatter, "_RATIO_PER_KV", "b | 1/kV | its rise with voltage", "calibrated", "2 to 4 behind 20 cm without a grid"),
        from_name(_radiograph_scatter, "SCATTER_SIGMA_MM", "σ | mm | width of the scatter blur", "chosen", "4 to 6 cm are usual"),
        from_name(_radiograph_scatter, "GRID_TRANSMISSION", "t | 1 | primary that the grid lets pass", "chosen", "usual for a 10:1 grid"),
        from_name(_radiograph_scatter, "GRID_SCATTER_CUT", "c | 1 | grid lowers scatter over primary", "chosen", "4 to 6 are usual"),
        from_name(_radiograph_display, "_LATITUDE_SIGMA_MM", "σ_l | mm | latitude filter", "chosen", "looks like clinical processing"),
        from_name(_radiograph_display, "_LATITUDE_CUT", "k_l | 1 | share of slow contrast taken away", "chosen", "looks like clinical processing"),
        from_name(_radiograph_display, "_EDGE_SIGMA_MM", "σ_e | mm | edge filter", "chosen", "looks like clinical processing"),
        from_name(_radiograph_display, "_EDGE_GAIN", "k_e | 1 | gain of edges", "chosen", "looks like clinical processing"),
    ),
    simplifications=(
        "Parallel rays; no magnification, focal spot or motion.",
        "Scatter is a blur of the primary; field size and air gap are left out.",
        "No spread of light in the detector, no escape of fluorescence, no clinical manufacturer's processing.",
        "The hip is made of shapes, no patient's; films of other phantoms show the detail of their voxels.",
    ),
    checks=(
        Check(what="Mass attenuation against NIST at 30 and 60 keV, and against xraydb on every row", tolerance="0.5 %", test="reference/test_attenuation.py"),
        Check(what="Half-value layer, kerma and mean energy against spekpy and IEC 60601-1-3", tolerance="2 to 5 %", test="reference/test_spectra.py"),
        Check(what="Noise, scatter, grid, inverse square, bounds", tolerance="properties", test="unit/imaging/test_radiograph.py"),
        Check(what="Noise against dose: slope −0.5", tolerance="0.03", test="reference/test_image_quality.py"),
        Check(what="Projections, automatic exposure, organs, metal", tolerance="properties", test="unit/imaging/test_radiograph_views.py"),
    ),
)  # fmt: skip

_CT: Final = ModelCard(
    id="ct",
    title="CT",
    purpose="Slices and volumes, measured as projections and reconstructed, in HU with noise, beam hardening and metal.",
    papers=(_NIST, _SPECTRA, ("Jang S, et al. Radiology 2019; 291: 360 (CT number of L1 with age).", "")),
    equations=(
        "reading = −ln Σ_E fluence(E) E exp(−μ_w(E) L_w − μ_b(E) L_b) / Σ_E fluence(E) E,  240 views",
        "noise: Poisson, photons ∝ mAs × slice thickness × pixel area",
        "water correction, filter (soft or bone), back projection;  HU = 1000 (μ/μ_water − 1)",
        "without correction: one attenuation of water, right for 20 cm;  metal: the sum over 60 energies for its rays",
        "a ray counts at least one photon, so starved rays have a defined length",
        "cancellous bone at 120 kV with half-fat marrow: HU ≈ −21 + 1667 f",
    ),
    parameters=(
        from_name(ct.CtSettings, "tube_voltage_kv", "U | kV | tube voltage", "chosen", _CLINICAL),
        from_name(ct.CtSettings, "tube_current_time_mas", "Q | mAs | tube current times time of a turn", "chosen", _CLINICAL),
        from_name(ct.CtSettings, "slice_thickness_mm", "d | mm | slice thickness", "chosen", _CLINICAL),
        from_name(ct, "_USED_SHARE", "η | 1 | photons that the detector makes use of", "calibrated", "5 HU of noise in 20 cm of water at 120 kV, 200 mAs, 5 mm"),
        from_name(_ct_beam, "_ADJUSTED_WATER_CM", "L₀ | cm | water that reads right without correction", "chosen", "a slim trunk"),
        from_name(ct, "AIR_HU", "air | HU | CT number of air", "published", "definition of the Hounsfield scale"),
        from_name(hounsfield, "CT_FILTRATION_MM_AL", "Al | mm | filtration", "chosen", "hardens the beam like the filters of a scanner"),
        from_name(hounsfield, "_REFERENCE_WATER_CM", "L | cm | water behind which HU are stated", "chosen", "a slim trunk"),
        from_name(hounsfield, "_HU_AT_25_YEARS", "HU₂₅ | HU | L1 at 25 years", "published", "Jang 2019"),
        from_name(hounsfield, "_HU_LOSS_PER_YEAR", "ΔHU | HU/year | loss with age", "calibrated", "joins the two group means of Jang 2019"),
        from_name(ct_slice.AxialField, "width_mm", "w | mm | field of view", "chosen", "one thigh"),
    ),
    simplifications=(
        "Parallel rays in one plane; no cone, helix, bow-tie filter or detector blur.",
        "All tissues are mixtures of water and cortical bone in the beam.",
        "No scatter, no motion, no electronic noise, no reduction of metal artifacts.",
    ),
    checks=(
        Check(what="Mean of a reconstructed disc", tolerance="0.5 %", test="reference/test_ct.py"),
        Check(what="Noise falls by two for four times the mAs, and for four times the slice", tolerance="8 %", test="reference/test_ct.py"),
        Check(what="Water is 0 HU in the middle of a thick cylinder", tolerance="2 HU", test="reference/test_ct.py"),
        Check(what="Every tissue in 20 cm of water reads its attenuation; water 0 HU", tolerance="3 %; 3 HU", test="reference/test_image_quality.py"),
        Check(what="Noise against dose: slope −0.5; a blastic core at one year against Ulano 2016", tolerance="0.03; 1 SD", test="reference/test_image_quality.py"),
        Check(what="Cupping without correction, dark bands and streaks of metal, finite pictures", tolerance="properties", test="unit/imaging/test_ct_metal_and_hardening.py"),
        Check(what="L1 at 25 and 90 years against Jang 2019", tolerance="1 SD", test="reference/test_hu.py"),
    ),
)  # fmt: skip

_SEEN: Final = ModelCard(
    id="detectability",
    title="What a radiograph can show",
    purpose="Computes how much mineral must be lost before a lesion is seen. The rule of 30 to 50 % comes out; it is not put in.",
    papers=(
        ("Burgess AE. The Rose model, revisited. J Opt Soc Am A 1999; 16: 633.", "https://doi.org/10.1364/JOSAA.16.000633"),
        ("Baek JH, Park IH, Seo SH. J Bone Metab 2016; 23: 135; quotes Ardran 1951 for 30 to 50 %.", "https://doi.org/10.11005/jbm.2016.23.3.135"),
        _NIST, _SPECTRA,
    ),
    equations=(
        "contrast = (I_lesion/I_normal − 1)/(1 + SPR)",
        "noise² = 1/(N × area) + (σ/(1 + SPR))²;  SNR = contrast/noise",
        "a lucent lesion is seen if SNR ≥ k; the visible loss is the least loss that is seen",
    ),
    parameters=(
        from_name(detectability, "ROSE_THRESHOLD", "k | 1 | signal over noise from which an observer sees reliably", "published", "Rose 1948; Burgess 1999"),
        from_name(detectability, "CLUTTER", "σ | 1 | relative spread of overlying anatomy before scatter", "calibrated",
                  "30 to 50 % in the body and less on excised bones, with one value"),
        from_name(detectability, "_QUANTA_PER_MM2", "N | 1/mm² | photons used", "chosen", "2.5 µGy at the detector"),
        from_name(detectability.Viewing, "tube_voltage_kv", "U | kV | tube voltage", "chosen", _CLINICAL),
        from_name(lesion_patch, "_POWER_EXPONENT", "β | 1 | exponent of the anatomical noise in the patch", "chosen", "as in Burgess 2001 for the breast"),
    ),
    simplifications=(
        "An observer who knows where to look and what to look for; search and attention are left out.",
        "Sizes and depths of the places are rounded anatomy.",
        "Clutter has no published value; what is computed for the body must not be read as a diagnostic threshold.",
    ),
    checks=(
        Check(what="Loss that is seen at hip and spine against Ardran's 30 to 50 %", tolerance="0.15", test="reference/test_detectability.py"),
        Check(what="The same clutter on excised fibula and humerus against Baek 2016", tolerance="0.05", test="reference/test_detectability.py"),
        Check(what="Loss at which tumor and bone look alike, and contrast, against a separate computation", tolerance="0.02; 15 %", test="reference/test_detectability.py"),
    ),
)  # fmt: skip

IMAGING_CARDS: Final = (_RADIOGRAPH, _CT, _SEEN, *VISIBILITY_CARDS)
"""Cards in the order of the lesson."""
