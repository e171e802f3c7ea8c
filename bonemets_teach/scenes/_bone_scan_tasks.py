"""Presets and tasks of the bone scan; every answer is computed."""

from __future__ import annotations

from typing import Final

from bonemets_teach.scenes._bone_scan_reading import Spot
from bonemets_teach.scenes._bone_scan_result import ScanResult
from bonemets_teach.scenes._bone_scan_words import spot_words
from bonemets_teach.scenes.scene import Prediction, Preset, State, Task

__all__ = ["PRESETS", "TASKS"]

_FLARE: Final = {"patient": "lytic", "amount": 50, "week": 8, "treatment": "works"}
_GROWTH: Final = {"patient": "mixed", "amount": 50, "week": 16, "treatment": "none"}
_SUPERSCAN: Final = {"patient": "diffuse", "amount": 60, "week": 0, "treatment": "none"}

PRESETS: Final = (
    Preset(id="healthy", label="Healthy", state={"patient": "healthy"}, help="Know the normal scan first."),
    Preset(
        id="blastic", label="Blastic", state={"patient": "blastic", "amount": 50, "week": 0},
        help="Many hot spots in spine, ribs and pelvis.",
    ),
    Preset(
        id="cold", label="Lytic and cold", state={"patient": "lytic", "amount": 100, "week": 16, "treatment": "none"},
        help="Without osteoblasts there is no uptake.",
    ),
    Preset(id="flare", label="Flare", state=_FLARE, help="Week 8 of a treatment that works, beside week 0."),
    Preset(id="progression", label="Growth", state=_GROWTH, help="New lesions come up two by two."),
    Preset(id="superscan", label="Superscan", state=_SUPERSCAN, help="Where are the kidneys?"),
    Preset(
        id="metabolic", label="Metabolic", state={"patient": "metabolic", "amount": 50},
        help="Even, with skull and limbs.",
    ),
    Preset(id="benign", label="Benign", state={"patient": "benign", "amount": 50}, help="Hot is not tumor."),
    Preset(
        id="blood-pool", label="Five minutes", state={"patient": "blastic", "time_h": 0.1},
        help="The tracer is still in blood and soft tissue.",
    ),
)  # fmt: skip

_ALIKE: Final = 0.25
_BONE_TO_SOFT: Final = 15.0
_LATEST_H: Final = 4.0
_VERDICTS: Final = {
    "progression": "Progression: change the treatment",
    "unconfirmed": "Nothing yet: scan again after 6 weeks or more",
    "flare": "Flare: go on with the treatment",
    "no progression": "No new lesions: go on with the treatment",
}


def _spot(result: ScanResult, label: str) -> Spot:
    found = result.spot(label)
    assert found is not None  # noqa: S101 - the task's patient has it
    return found


def _side(result: ScanResult) -> int:
    spot = _spot(result, "T8")
    if abs(spot.front - spot.back) <= _ALIKE * max(spot.front, spot.back):
        return 2
    return 0 if spot.front > spot.back else 1


def _explain_side(result: ScanResult) -> str:
    spots = (_spot(result, label) for label in ("T8", "sternum", "L2"))
    return (
        f"{'; '.join(spot_words(spot) for spot in spots)}. Bone near the camera is sharper and weakened by less body, and "
        "ribs, heart and sternum lie in front of T8. The sternum is the other way round. Look at both views."
    )


def _verdict(result: ScanResult) -> int:
    return list(_VERDICTS).index(result.verdict.label)


def _explain_verdict(result: ScanResult) -> str:
    counts = ", ".join(f"{one.new_lesions} new in week {one.week:g}" for one in result.readings)
    return f"{result.baseline} hot lesions in week 0; {counts}. {result.verdict.reason}"


def _kidneys(result: ScanResult) -> int:
    return 0 if result.kidney_share > 1.1 else 1 if result.kidney_share > 0.8 else 2


def _explain_kidneys(result: ScanResult) -> str:
    return (
        f"Bone asks for {result.now.views.demand:.1f} times the tracer, so {100 * result.kidney_share:.0f} % is left for the "
        f"kidneys and {100 * result.soft_share:.0f} % for soft tissue. Choose the window “Hot bone”: scaled to the hot "
        "skeleton the scan looks clean. The missing kidneys give it away."
    )


def _sees_cold(state: State, result: ScanResult) -> bool:
    return state["patient"] == "lytic" and float(state["week"]) == 0 and bool(result.now.cold)


def _is_settled(state: State, result: ScanResult) -> bool:
    return state["patient"] == "lytic" and result.verdict.label in {"flare", "progression"}


def _waits(state: State, result: ScanResult) -> bool:
    return float(state["time_h"]) <= _LATEST_H and result.bone_to_soft >= _BONE_TO_SOFT


TASKS: Final = (
    Task(
        id="front-and-back",
        text="Blastic metastases in spine, rib, sternum, pelvis and femur.",
        state={"patient": "blastic", "amount": 50, "week": 0, "treatment": "none"},
        prediction=Prediction(
            prompt="Where does the metastasis in the vertebra T8 stand out more?",
            options=("From the front", "From the back", "About alike (within a quarter)"),
            answer=_side,
            explain=_explain_side,
        ),
        success="The spine lies near the back, the sternum near the front.",
    ),
    Task(
        id="cold",
        text=(
            "Lytic metastases, none of them to be seen. Stay in week 0 and raise the amount of disease until one shows as a "
            "cold spot. The text says how large it is."
        ),
        state={"patient": "lytic", "amount": 25, "week": 0, "treatment": "none"},
        goal=_sees_cold,
        success="Some centimeters: the camera blurs, and healthy bone before and behind fills a small hole.",
        hint="Go to well above 50 %.",
    ),
    Task(
        id="flare",
        text="The same kind of patient, week 8 of a treatment. The scan of week 0 is at the left.",
        state=_FLARE,
        prediction=Prediction(
            prompt="What does the 2+2 rule say about the scan of week 8?",
            options=tuple(_VERDICTS.values()),
            answer=_verdict,
            explain=_explain_verdict,
        ),
        success="Better that looks worse. The bone is being repaired.",
    ),
    Task(
        id="second-scan",
        text="Which scan settles it? Move on in time until the rule comes to an end.",
        state=_FLARE,
        goal=_is_settled,
        success="No two further lesions: it was flare, and the first scan becomes the new reference.",
        hint="The patient is scanned in weeks 8, 16, 24 and 32.",
    ),
    Task(
        id="growth",
        text="Another patient: mixed metastases in week 16, after a scan in week 8. Week 0 is at the left.",
        state=_GROWTH,
        prediction=Prediction(
            prompt="What does the 2+2 rule say now?",
            options=tuple(_VERDICTS.values()),
            answer=_verdict,
            explain=_explain_verdict,
        ),
        success="Two and two more. Progression is dated to the first of the two scans.",
    ),
    Task(
        id="superscan",
        text="Metastases throughout the marrow make osteoblasts work everywhere in the trunk.",
        state=_SUPERSCAN,
        prediction=Prediction(
            prompt="Compared with a healthy patient the kidneys are…",
            options=("darker", "about as dark", "fainter"),
            answer=_kidneys,
            explain=_explain_kidneys,
        ),
        success="Too clean is a sign. Compare with “Metabolic”: there skull and limbs are hot as well.",
    ),
    Task(
        id="wait",
        text=(
            f"A scan 20 minutes after the injection. Wait until bone takes up {_BONE_TO_SOFT:g} times as much as soft tissue, "
            f"but no longer than {_LATEST_H:g} hours."
        ),
        state={"patient": "blastic", "amount": 50, "week": 0, "time_h": 0.3},
        goal=_waits,
        success="Patients wait 2 to 4 hours and drink: later the ratio is better still, but technetium decays.",
        hint="Between 1 and 3 hours.",
    ),
)  # fmt: skip
