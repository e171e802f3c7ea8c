"""Cards of the models of lesions: tumor and bone cells, the lesion in space, the trabecular lattice."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology import (
    _lattice_settings,
    _lesion_constants,
    _lesion_kernels,
    lesion_field,
    lpt_constants,
    lpt_drug_constants,
    lpt_markers,
)
from bonemets_teach.biology.model_card import Check, ModelCard, from_name, from_table

__all__ = ["LESION_CARDS"]

_LPT: Final = ModelCard(
    id="lpt",
    title="The tumor-bone model (LPT)",
    purpose="One tumor of any phenotype on the bone cells of Lemaire 2004, with drugs. The structure is published, the strength of what the tumor does is calibrated for teaching.",
    papers=(
        ("Lemaire V, et al. J Theor Biol 2004; 229: 293-309 (bone cells).", "https://doi.org/10.1016/j.jtbi.2004.03.023"),
        ("Ayati BP, et al. Biol Direct 2010; 5: 28 (Gompertz growth).", "https://doi.org/10.1186/1745-6150-5-28"),
        ("Martin RB. Crit Rev Biomed Eng 1984; 10: 179-222 (specific surface).", ""),
        ("Gibiansky L, et al. Clin Pharmacokinet 2012; 51: 247-260 (denosumab).", "https://doi.org/10.2165/11598090-000000000-00000"),
    ),
    equations=(
        "R, B, C and π_C, π_P, π_L as in Lemaire 2004, with all its constants",
        "W = (1 + w T)/(1 + d T) (1 + m max(0, 1 − V))     recruitment: Wnt, endothelin-1 against DKK-1; load",
        "dR/dt = D_R π_C W − D_B R/π_C,   I_P = s_P T       PTHrP acts like PTH",
        "dC/dt = D_C π_L − D_A π_C C (1 + sigma max(0, 1 − π_L/π_L0)) (1 + E)",
        "F = s(V) (1 + depletion) V/(V + depletion) C/C0,   H = s(V) B/B0,   dV/dt = tau (H − F)",
        "G(x) = (1 + kappa) x/(kappa + x);   drive = theta + (1 − theta)((1 − nu) G(F) + nu G(H))",
        "dT/dt = gamma drive T ln(1/T) − kill T",
        "s_P = pthrp_lytic (1 − q), w = wnt_blastic q, d = dkk_lytic (1 − q)², nu = nu_lytic + nu_span q",
        "Denosumab: depot, blood and tissue, linear and saturable elimination; binds RANKL beside OPG (K_d)",
        "A lasting block fills a pool of osteoclast precursors (pool_gain, pool_time): rebound after the stop",
        "Zoledronate on bone Z: E = max_death Z/(half_death + Z), half-life bone_half_life",
        "Markers: CTX, NTX = 0.1 + 0.9 F; P1NP = 0.1 + 0.9 B/B0; bone ALP follows B/B0 with a lag",
    ),
    parameters=(
        *from_table(lpt_constants.LPT_CONSTANTS, f"{lpt_constants.__name__}:LPT_CONSTANTS"),
        *from_table(lpt_drug_constants.DRUG_CONSTANTS, f"{lpt_drug_constants.__name__}:DRUG_CONSTANTS"),
        from_name(lpt_markers, "_FLOOR", "floor | 1 | what is left of a marker without the cell behind it", "calibrated",
                  "trials under denosumab: CTX does not fall to zero"),
        from_name(lpt_markers, "_ALP_LAG_D", "lag | d | bone ALP behind osteoblasts", "chosen", "made by mature cells, stays for days"),
    ),
    simplifications=(
        "Real tumors do not lie on one line from lytic to blastic; q is a teaching axis.",
        "Drugs slow the tumor more than they do in patients: denosumab did not prolong survival. Raise theta for realism.",
        "The fall of NTX under denosumab is deeper than in trials (about −90 % against −73 %).",
        "The denosumab kinetics join two analyses; levels come out a little high.",
        "No place in space, no immune cells, vessels or osteocytes; markers are those of one lesion, not of a patient.",
    ),
    checks=(
        Check(what="Without tumor and drugs it is Lemaire 2004: no drift over 1,000 days", tolerance="1e-6", test="reference/test_lpt.py"),
        Check(what="Cells and bone on days 365 and 540 for nine phenotypes against a separate prototype", tolerance="1 %", test="reference/test_lpt.py"),
        Check(what="Bone volume after a year: lytic below 0.6, mixed 0.9 to 1.1, blastic above 1.5", tolerance="range", test="reference/test_lpt.py"),
        Check(what="Denosumab levels, CTX, P1NP, rebound, zoledronate, flare against labels, trials and the prototype",
              tolerance="1 SD, 10 to 20 points, 1 to 2 %", test="reference/test_lpt_drugs.py"),
    ),
)  # fmt: skip

_FRONT: Final = "a lesion about 25 mm wide after a year"
_CORE: Final = "bone in the core after a year as in the tumor-bone model"
_FIELD: Final = ModelCard(
    id="lesion-field",
    title="The lesion in space",
    purpose="Spreads the tumor through a piece of bone in two or three dimensions. Every image of a lesion is computed from this one state.",
    papers=(
        ("Fisher RA. Ann Eugen 1937; 7: 355-369 (front speed).", "https://doi.org/10.1111/j.1469-1809.1937.tb02153.x"),
        ("Martin RB. Crit Rev Biomed Eng 1984; 10: 179-222 (specific surface).", ""),
    ),
    equations=(
        "∂T/∂t = ∇·(D ∇T) + g drive T (1 − T)     inside bone and marrow, no flux out of it",
        "∂f/∂t = turnover f₀ (H − F)              bone volume fraction",
        "C(q, T), B(q, T): cells of the tumor-bone model at rest, from a table",
        "F = s V/(V + 0.05) 1.05 C,  H = s B,  V = f/f₀;  front speed 2 √(g D)",
    ),
    parameters=(
        from_name(_lesion_constants, "SPREAD_MM2_PER_DAY", "D | mm²/d | spread of the tumor", "calibrated", _FRONT),
        from_name(_lesion_constants, "GROWTH_PER_DAY", "g | 1/d | growth of the tumor", "calibrated", _FRONT),
        from_name(_lesion_constants, "SEED_RADIUS_MM", "r₀ | mm | width of the seed", "calibrated", _CORE),
        from_name(_lesion_constants, "SEED_FRACTION", "T₀ | 1 | tumor at the seed", "calibrated", _CORE),
        from_name(_lesion_constants, "GROWTH_EXPONENT", "a | 1 | growth ∝ speed^a", "chosen", "faster lesions spread more than they multiply"),
        from_name(_lesion_constants, "SPREAD_EXPONENT", "b | 1 | spread ∝ speed^b", "chosen", "faster lesions have a wider margin"),
        from_name(_lesion_constants, "MOSAIC_MM", "ℓ | mm | patches of a mixed lesion", "chosen", "a few trabecular packets"),
        from_name(_lesion_constants, "RAGGED_MM", "ℓ_m | mm | patches of a ragged margin", "chosen", "moth-eaten holes of a few mm"),
        from_name(_lesion_constants, "RAGGED_PER_SPEED", "σ_m | 1 | unevenness of growth per extra speed", "chosen", "geographic to moth-eaten"),
        from_name(_lesion_kernels, "INDEPENDENT_GROWTH", "theta | 1 | share of growth that needs nothing from bone", "calibrated", "as in the tumor-bone model"),
        from_name(_lesion_kernels, "SUPPORT_HALF", "kappa | 1 | half-saturation of bone's support", "calibrated", "as in the tumor-bone model"),
        from_name(_lesion_kernels, "DEPLETION", "depletion | 1 | bone at which resorption runs out", "calibrated", "as in the tumor-bone model"),
        from_name(_lesion_kernels, "LEAST_REFERENCE", "f_min | 1 | least reference bone fraction", "chosen", "new bone can form in pure marrow"),
        from_name(_lesion_kernels, "MOST_REFERENCE", "f_max | 1 | largest reference bone fraction", "chosen", "dense bone keeps a surface"),
        from_name(_lesion_kernels, "OPEN_BONE", "f_open | 1 | denser bone slows the tumor", "chosen", "cortex is a barrier"),
        from_name(_lesion_kernels, "TIGHT_FLOOR", "f_tight | 1 | least speed in full bone", "chosen", "cortex is a barrier, not a wall"),
        from_name(_lesion_kernels, "QUIET_TUMOR", "T_q | 1 | less tumor leaves the cells at rest", "chosen", "skips voxels that cannot change"),
        from_name(lesion_field, "TRABECULAR_TURNOVER_PER_YEAR", "τ | 1/year | turnover of cancellous bone and bared cortex", "published", "ICRP 89, recalled"),
        from_name(lesion_field, "CORTICAL_TURNOVER_PER_YEAR", "τ_c | 1/year | turnover of cortex", "published", "ICRP 89, recalled"),
    ),
    simplifications=(
        "Cells are at rest with the tumor around them; the answer of load to lost bone is left out here.",
        "No blood supply or necrosis, no growth out of the bone, no periosteal new bone, no immune cells.",
        "Growth and spread are constants of a teaching model, not of any patient's tumor.",
    ),
    checks=(
        Check(what="Speed of a flat front against 2 √(g D)", tolerance="between the share without and the whole with bone's support", test="reference/test_lesion_field.py"),
        Check(what="Core bone after a year: 0.15 becomes 0.060, 0.126, 0.479", tolerance="6 %", test="reference/test_lesion_field.py"),
        Check(what="CT number of a blastic core against Ulano 2016, 654 HU", tolerance="1 SD (176 HU)", test="reference/test_lesion_field.py"),
        Check(what="Bounds, no flux out of bone, no change without tumor, same in 2-D and 3-D", tolerance="properties", test="unit/biology/test_lesion_field_behavior.py"),
    ),
)  # fmt: skip

_LATTICE: Final = ModelCard(
    id="trabecular-lattice",
    title="Trabecular lattice",
    purpose="Shows remodeling on the surfaces of trabeculae over years. It explains; no image and no CT number is computed from it.",
    papers=(("International Commission on Radiological Protection. Publication 89, 2002 (renewal of a quarter a year).", ""),),
    equations=(
        "start: |band-passed Gaussian random field| below the quantile BV/TV, stretched along the load",
        "each sweep: a surface pixel is resorbed with chance p × activity × contact to marrow",
        "then refilled with chance min(1, formation/resorption); formation beyond that lays bone on quiet surfaces",
        "load: formation × (1 + gain × bone lost); bone in line with the load is resorbed half as often",
    ),
    parameters=(
        from_name(_lattice_settings, "SWEEPS_PER_YEAR", "n | 1/year | sweeps", "chosen", "6.5 weeks, about one resorption phase"),
        from_name(_lattice_settings, "RESORPTION_CHANCE", "p | 1 | chance of resorption in a sweep", "calibrated", "25 % of the bone renewed in a year"),
        from_name(_lattice_settings, "MECHANOSTAT_GAIN", "gain | 1 | more formation per bone lost", "chosen", "10 % lost raises formation by 30 %"),
        from_name(_lattice_settings, "LOAD_SHIELDING", "shield | 1 | less resorption in line with the load", "chosen", "half as often"),
        from_name(_lattice_settings, "SMALLEST_PIECE_MM2", "A | mm² | smaller loose pieces are cleared", "chosen", "two trabecular nodes"),
        from_name(_lattice_settings, "REMODELING_SPACE", "space | 1 | open cavities over the bone around them", "calibrated", "steady at activity 1"),
        from_name(_lattice_settings, "SETTLING_SWEEPS", "n₀ | 1 | sweeps before year 0", "chosen", "fills the remodeling space"),
        from_name(_lattice_settings.LatticeSettings, "spacing_mm", "d | mm | between trabeculae", "chosen", "0.6 to 0.9 mm in human spine and hip"),
        from_name(_lattice_settings.LatticeSettings, "anisotropy", "a | 1 | longer along the load", "chosen", "plates and rods of the spine"),
    ),
    simplifications=(
        "Two dimensions: a strut that is cut here may be held by its neighbors in depth.",
        "Rules are chosen, not measured; no osteons, hormones or packets of real size.",
    ),
    checks=(
        Check(what="BV/TV at the start", tolerance="one pixel", test="unit/biology/test_trabecular_lattice_rules.py"),
        Check(what="Normal activity renews a quarter of the bone a year (ICRP 89)", tolerance="20 to 30 %", test="unit/biology/test_trabecular_lattice_rules.py"),
        Check(what="Equal activities neither gain nor lose over 6 years", tolerance="3 %", test="unit/biology/test_trabecular_lattice_rules.py"),
    ),
)  # fmt: skip

LESION_CARDS: Final = (_LPT, _FIELD, _LATTICE)
"""Cards in the order in which the models build on one another."""
