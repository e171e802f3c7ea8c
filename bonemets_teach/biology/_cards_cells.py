"""Cards of the published models of bone cells."""

from __future__ import annotations

from typing import Final

from bonemets_teach.biology import _pivonka_constants, ayati2010, komarova2003, lemaire2004_constants
from bonemets_teach.biology.model_card import Check, ModelCard, from_fields, from_name, from_table

__all__ = ["CELL_CARDS"]

_KOMAROVA: Final = ModelCard(
    id="komarova-2003",
    title="One remodeling event (Komarova 2003)",
    purpose="Shows how osteoclasts and osteoblasts of one remodeling unit answer one another, and what one exponent does to their balance.",
    papers=(("Komarova SV, et al. Bone 2003; 33: 206-215. BioModels BIOMD0000000148.", "https://doi.org/10.1016/S8756-3282(03)00157-1"),),
    equations=(
        "dx₁/dt = a1 x₁^g11 x₂^g21 − b1 x₁          osteoclasts",
        "dx₂/dt = a2 x₁^g12 x₂^g22 − b2 x₂          osteoblasts",
        "dz/dt  = k2 max(0, x₂ − x̄₂) − k1 max(0, x₁ − x̄₁)   bone mass",
        "x̄₁ = (b1/a1)^((1−g22)/Γ) (b2/a2)^(g21/Γ),  x̄₂ = (b1/a1)^(g12/Γ) (b2/a2)^((1−g11)/Γ)",
        "Γ = g12 g21 − (1 − g11)(1 − g22);  neutral at g11 = 1 + (b2/b1)(1 − g22)",
    ),
    parameters=(
        *from_fields(komarova2003.KomarovaParameters),
        from_name(komarova2003, "LARGEST_POPULATION", "x/x̄ | 1 | population, relative to rest, at which an unstable orbit is given up",
                  "chosen", "far beyond any bone"),
    ),
    simplifications=(
        "No precursors, no hormones, no place in space; powers stand for all signals between cells.",
        "Nothing brakes the bone mass itself: it is a count of what was resorbed and formed, and could fall below zero.",
        "At g11 = 1.1 the orbit is a center, not a limit cycle: its height and period depend on where it started.",
    ),
    checks=(
        Check(what="Cells and bone of one event over 1,000 days against libroadrunner on BIOMD0000000401", tolerance="0.1 %",
              test="reference/test_trajectories_komarova2003.py"),
        Check(what="Cells of the periodic orbit against libroadrunner on BIOMD0000000148, whose bone mass is wrong since its first event does not fire",
              tolerance="0.1 %", test="reference/test_trajectories_komarova2003.py"),
        Check(what="Rest, peak, least bone, period and neutral exponent against the papers", tolerance="0.001 to 0.5 %",
              test="reference/test_komarova2003.py"),
    ),
)  # fmt: skip

_TREATED: Final = "Ayati 2010, read from BIOMD0000000403"
_AYATI: Final = ModelCard(
    id="ayati-2010",
    title="Myeloma in a remodeling unit (Ayati 2010)",
    purpose="The step from remodeling to tumor: myeloma changes the exponents of Komarova's model. It is computed and checked, but no explorer draws it.",
    papers=(("Ayati BP, et al. Biol Direct 2010; 5: 28. BioModels BIOMD0000000401, 402 and 403.", "https://doi.org/10.1186/1745-6150-5-28"),),
    equations=(
        "dC/dt = α₁ C^(g₁₁(1 + r₁₁ T/L)) B^(g₂₁(1 + r₂₁ T/L)) − β₁ C",
        "dB/dt = α₂ C^(g₁₂/(1 + r₁₂ T/L)) B^(g₂₂ − r₂₂ T/L) − (β₂ − V₁) B",
        "dT/dt = (γ_T − V₂) T ln(L/T),  L = L_T",
        "dz/dt = k₂ max(0, B − B̄) − k₁ max(0, C − C̄)",
    ),
    parameters=(
        *from_fields(ayati2010.AyatiParameters),
        from_name(ayati2010.AyatiTreatment, "osteoblast_support", "V₁ | 1/d | treatment: less removal of osteoblasts", "published", _TREATED),
        from_name(ayati2010.AyatiTreatment, "tumor_kill", "V₂ | 1/d | treatment: less growth of the tumor", "published", _TREATED),
        from_name(ayati2010.AyatiTreatment, "start_d", "t | d | first day of the treatment", "published", _TREATED),
    ),
    simplifications=(
        "The tumor grows by itself: bone gives it nothing back, so this is no vicious cycle.",
        "The count of bone falls below zero (−62 % after 2,000 days), so it is never drawn as an image.",
        "No precursors, hormones or place in space.",
    ),
    checks=(
        Check(what="Cells, tumor and bone over 1,000 to 2,000 days, without tumor, with tumor and treated, against libroadrunner on BIOMD0000000401, 402 and 403",
              tolerance="0.1 %; bone mass 0.1 points", test="reference/test_trajectories_ayati2010.py"),
        Check(what="Tumor against the exact solution of the Gompertz law", tolerance="1e-8", test="reference/test_trajectories_ayati2010.py"),
        Check(what="More kill never leaves more tumor; no tumor is Komarova 2003; cells stay positive", tolerance="properties",
              test="unit/biology/test_ayati2010_behavior.py"),
    ),
)  # fmt: skip

_LEMAIRE: Final = ModelCard(
    id="lemaire-2004",
    title="Hormones and bone cells (Lemaire 2004)",
    purpose="The core of everything with a tumor here: osteoblasts and osteoclasts coupled by RANKL, OPG, PTH and TGF-β.",
    papers=(("Lemaire V, et al. J Theor Biol 2004; 229: 293-309. BioModels BIOMD0000000278.", "https://doi.org/10.1016/j.jtbi.2004.03.023"),),
    equations=(
        "dR/dt = D_R π_C − D_B R/π_C                 responding osteoblasts,  D_B = f0 d_B",
        "dB/dt = D_B R/π_C − k_B B                   active osteoblasts",
        "dC/dt = D_C π_L − D_A π_C C                 osteoclasts",
        "π_C = (C + f0 C_s)/(C + C_s)                TGF-β receptor occupancy",
        "π_P = (P̄ + S_P/k_P)/(P̄ + k6/k5),  P̄ = I_P/k_P   PTH receptor occupancy",
        "π_L = (k3/k4) K_L_P π_P B (1 + I_L/r_L) / (1 + k3 K/k4 + (k1/(k2 k_O))(K_O_P R/π_P + I_O))",
        "I_P, I_L, I_O: added PTH, RANKL, OPG [pM/d]",
    ),
    parameters=from_table(lemaire2004_constants.LEMAIRE_CONSTANTS, f"{lemaire2004_constants.__name__}:LEMAIRE_CONSTANTS"),
    simplifications=(
        "No pool of osteoclast precursors, so no rebound after a block of RANKL ends.",
        "No bone mass, no osteocytes, no load, no place in space.",
        "PTH saturates its receptor quickly: π_P spans 0.019 to 1.",
        "Osteoblasts at rest do not depend on their differentiation rate, only on recruitment.",
    ),
    checks=(
        Check(what="Cells with PTH, RANKL, OPG and precursor rate forced, for ever or over an interval, against libroadrunner on BIOMD0000000278",
              tolerance="0.1 %", test="reference/test_trajectories_lemaire2004.py"),
        Check(what="Cells at rest against the paper", tolerance="0.1 %", test="reference/test_lemaire2004.py"),
    ),
)  # fmt: skip

_PIVONKA: Final = ModelCard(
    id="pivonka-2008",
    title="A second opinion on bone cells (Pivonka 2008)",
    purpose="Lemaire's skeleton with saturating signals and explicit ligands. It tests whether a result hangs on the form of the equations; no explorer draws it.",
    papers=(("Pivonka P, et al. Bone 2008; 43: 249-263.", "https://doi.org/10.1016/j.bone.2008.03.025"),),
    equations=(
        "dOBp/dt = D_OBu TGF/(TGF + K_D1) − D_OBp OBp K_D2/(K_D2 + TGF)",
        "dOBa/dt = D_OBp OBp K_D2/(K_D2 + TGF) − A_OBa OBa",
        "dOCa/dt = D_OCp RANKL/(RANKL + K_D8) − A_OCa OCa TGF/(TGF + K_D3)",
        "TGF = α k_res OCa/D_TGF,  PTH = (β_PTH + P)/D_PTH",
        "OPG = (o + P_OPG)/(o/OPG_max + D_OPG),  o = β_OPG OBa K_D6/(K_D6 + PTH)",
        "RANKL = ρ/(1 + K_A1 OPG + K_A2 RANK) (β_RANKL + P_RANKL)/(β_RANKL + D_RANKL ρ),  ρ = R_RANKL OBp PTH/(PTH + K_D4)",
    ),
    parameters=from_table(_pivonka_constants.PIVONKA_CONSTANTS, f"{_pivonka_constants.__name__}:PIVONKA_CONSTANTS"),
    simplifications=(
        "Only the variant in which precursors carry RANKL and active osteoblasts make OPG.",
        "No bone volume, osteocytes, precursor pool or place in space.",
        "Three printed constants do not give the published rest state; the values of bone-models do.",
    ),
    checks=(
        Check(what="Cells with PTH, RANKL, OPG and precursor rate forced, against bone-models 0.1.0 (BioModels has no file of this model)",
              tolerance="0.1 %", test="reference/test_trajectories_pivonka2008.py"),
        Check(what="Answers to PTH, RANKL and OPG have the direction of Lemaire 2004", tolerance="sign",
              test="unit/biology/test_pivonka2008_behavior.py"),
    ),
)  # fmt: skip

CELL_CARDS: Final = (_KOMAROVA, _AYATI, _LEMAIRE, _PIVONKA)
"""Cards in the order in which the models build on one another."""
