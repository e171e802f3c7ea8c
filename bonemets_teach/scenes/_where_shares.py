"""Published shares behind the skeleton: which bone, in how many, from which primary tumor."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

__all__ = ["OTHERS", "PRIMARIES", "SITES", "Primary", "Share"]

# Site of the drawing and row of the list, from head to foot.
SITES: Final = MappingProxyType({
    "skull": "Skull", "spine": "Spine, any level", "cervical": "Cervical spine", "thoracic": "Thoracic spine",
    "lumbar": "Lumbar spine", "sacrum": "Sacrum", "pelvis": "Pelvis", "ribs": "Ribs", "sternum": "Sternum",
    "shoulder": "Shoulder girdle", "humerus": "Humerus", "proximal_femur": "Proximal femur", "femur_shaft": "Femur shaft",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Share:
    """A share [%] as published: one number, or a range over series; ``claim`` is its key in the evidence."""

    low: float
    high: float
    claim: str
    kind: Literal["published", "recalled"] = "published"

    @property
    def middle(self) -> float:
        """Middle of the range [%]."""
        return (self.low + self.high) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Primary:
    """What is published about one primary tumor.

    Parameters
    ----------
    id, label : str
        Value of the control, and words.
    involved : Share
        Patients with bone involvement, of those with advanced or fatal disease.
    sites : mapping of str to Share
        Sites with a published share; empty if none was found.
    counted : {"patients", "deposits"}
        Of what the site shares are shares.
    note : str
        What to know about the site shares.
    lesion_type : (float, float) or None
        Usual range from 0 (lytic) over 0.5 (mixed) to 1 (blastic); None if the source does not name it.
    at_diagnosis : Share or None
        All patients with bone metastases on the day of diagnosis.
    metastatic : Share or None
        The same, of patients whose cancer has spread at diagnosis.
    """

    id: str
    label: str
    involved: Share
    sites: MappingProxyType[str, Share]
    counted: Literal["patients", "deposits"] = "patients"
    note: str
    lesion_type: tuple[float, float] | None
    at_diagnosis: Share | None = None
    metastatic: Share | None = None


def _shares(claim: str, **percent: float | tuple[float, float]) -> MappingProxyType[str, Share]:
    pairs = {name: value if isinstance(value, tuple) else (value, value) for name, value in percent.items()}
    return MappingProxyType({name: Share(*pair, claim) for name, pair in pairs.items()})


def _advanced(low: float, high: float) -> Share:
    return Share(low, high, "incidence_by_primary")


def _new(low: float, high: float | None = None) -> Share:
    return Share(low, low if high is None else high, "bone_at_diagnosis")


def _spread(percent: float) -> Share:
    return Share(percent, percent, "bone_share_of_metastatic")


_NONE: Final[MappingProxyType[str, Share]] = MappingProxyType({})
# Any primary. Spine and pelvis: two sources, so a range. Femur and skull: recalled from Tubiana-Hulin 1991.
OTHERS: Final = MappingProxyType({
    "spine": Share(57.8, 69, "site_percent", "recalled"), "pelvis": Share(22.6, 41, "site_percent", "recalled"),
    "ribs": Share(14.8, 14.8, "site_percent_mixed_series"), "skull": Share(14, 14, "site_percent", "recalled"),
    "proximal_femur": Share(25, 25, "site_percent", "recalled"),
})  # fmt: skip

# Places on the line from lytic to blastic are chosen after the words of claim lesion_type_by_primary.
_ALL: Final = (
    Primary(
        id="breast", label="Breast", involved=_advanced(65, 75), lesion_type=(0.0, 0.5), at_diagnosis=_new(3.6),
        metastatic=_spread(53.7), note="107 women at their first bone metastases",
        sites=_shares(
            "site_percent_breast", cervical=15, thoracic=43, lumbar=47, sacrum=20, pelvis=52, ribs=29, sternum=11,
            skull=4, humerus=16, shoulder=7, proximal_femur=28, femur_shaft=26,
        ),
    ),
    Primary(
        id="prostate", label="Prostate", involved=_advanced(65, 75), lesion_type=(1.0, 1.0), at_diagnosis=_new(5.1),
        metastatic=_spread(88.7), note="spine levels: men with spinal metastases at autopsy",
        sites=_shares("spine_levels_prostate", lumbar=97, cervical=38),
    ),
    Primary(
        id="lung", label="Lung", involved=_advanced(30, 40), lesion_type=(0.0, 0.5), at_diagnosis=_new(18.05),
        metastatic=_spread(36.9), note="99 patients with bone metastases on a bone scan",
        sites=_shares("site_percent_lung", ribs=75, spine=54, pelvis=23),
    ),
    Primary(
        id="kidney", label="Kidney", involved=_advanced(20, 25), lesion_type=(0.0, 0.0), at_diagnosis=_new(3.3, 5.45),
        metastatic=_spread(38.7), note="no site shares found for kidney cancer", sites=_NONE,
    ),
    Primary(
        id="thyroid", label="Thyroid", involved=_advanced(60, 60), lesion_type=(0.0, 0.0), counted="deposits",
        note="ribs include the sternum; limbs hold 10.2 % together",
        sites=_shares("site_share_thyroid", spine=34.6, pelvis=25.5, ribs=18.3, shoulder=5.4, skull=5.4),
    ),
    Primary(
        id="myeloma", label="Myeloma", involved=_advanced(70, 95), lesion_type=(0.0, 0.0),
        note="long bones counted together; starts in the marrow, so it is no metastasis",
        sites=_shares(
            "site_percent_myeloma", spine=(49, 70), ribs=(45, 50), skull=(35, 50), shoulder=(20, 35), pelvis=(30, 40),
            humerus=(13, 35), proximal_femur=(13, 35), femur_shaft=(13, 35),
        ),
    ),
    Primary(
        id="melanoma", label="Melanoma", involved=_advanced(14, 45), lesion_type=(0.0, 0.0),
        note="no site shares found; 80.9 % have deposits in the axial skeleton", sites=_NONE,
    ),
    Primary(
        id="bladder", label="Bladder", involved=_advanced(40, 40), lesion_type=None, at_diagnosis=_new(1.4),
        metastatic=_spread(31.1), note="no site shares found for bladder cancer", sites=_NONE,
    ),
)  # fmt: skip
PRIMARIES: Final = MappingProxyType({primary.id: primary for primary in _ALL})
