"""The scene `where-it-goes`: from a primary tumor to the bones that it reaches, with published shares."""

from __future__ import annotations

from typing import ClassVar

from matplotlib.figure import Figure

from bonemets_teach.scenes._where_figure import WhereArtists, build, update
from bonemets_teach.scenes._where_result import WhereResult, run
from bonemets_teach.scenes._where_shares import PRIMARIES
from bonemets_teach.scenes._where_tasks import PRESETS, TASKS
from bonemets_teach.scenes._where_words import describe
from bonemets_teach.scenes.parameter import Choice, Control, Option, Parameter
from bonemets_teach.scenes.scene import Look, Preset, Scene, State, Task

__all__ = ["WhereItGoes"]


class WhereItGoes(Scene[WhereResult]):
    """A skeleton shaded by how often each bone is involved, with how often, which type, and when.

    Notes
    -----
    A table, not a model. Shares come from single series with different methods (autopsy, bone scan, registry);
    where none was found for a primary, that of all primaries together is shown and said to be so.
    """

    id: ClassVar[str] = "where-it-goes"
    title: ClassVar[str] = "Where it goes"
    summary: ClassVar[str] = (
        "From the primary tumor to the bones it reaches: where, how often, which type, when."
    )
    controls: ClassVar[tuple[Control, ...]] = (
        Choice(
            name="primary", label="Primary tumor", default="breast",
            options=tuple(Option(value=primary.id, label=primary.label) for primary in PRIMARIES.values()),
            help="The cancer that the deposit comes from. The deposit keeps its name.",
        ),
        Choice(
            name="show", label="Show", default="sites",
            options=(
                Option(value="sites", label="Sites"), Option(value="share", label="How often bone is reached"),
                Option(value="type", label="Lesion type"), Option(value="time", label="Timing"),
            ),
            help="What stands beside the skeleton.",
        ),
        Parameter(
            name="years", label="Time since diagnosis", low=0.1, high=10.0, step=0.1, default=1.0, unit="years",
            source="range of Hernandez 2018; default chosen", help="Moves the marker in the timing panel.",
        ),
    )  # fmt: skip
    presets: ClassVar[tuple[Preset, ...]] = PRESETS
    tasks: ClassVar[tuple[Task, ...]] = TASKS
    claims: ClassVar[tuple[str, ...]] = (
        "incidence_by_primary", "site_percent", "site_percent_breast", "site_percent_lung", "site_percent_myeloma",
        "site_share_thyroid", "spine_levels_prostate", "site_percent_mixed_series", "bone_at_diagnosis",
        "bone_share_of_metastatic", "lesion_type_by_primary", "cumulative_incidence_solid",
        "cumulative_incidence_by_primary", "acral_hand",
    )  # fmt: skip
    aspect: ClassVar[float] = 0.86
    aspect_narrow: ClassVar[float] = 2.9

    def compute(self, state: State) -> WhereResult:
        """Look up the shares of a primary."""
        return run(str(state["primary"]), str(state["show"]), float(state["years"]))

    def build(self, figure: Figure, look: Look) -> WhereArtists:
        """Make skeleton, key and panels."""
        return build(figure, look)

    def update(self, artists: WhereArtists, result: WhereResult) -> None:
        """Shade the bones and show the chosen panel."""
        update(artists, result)

    def describe(self, result: WhereResult) -> str:
        """Say share, type, sites with ranges, and timing."""
        return describe(result)

    def quantities(self, result: WhereResult) -> dict[str, float]:
        """Return the shares of the primary, of its sites as far as published, and the timing."""
        primary = result.primary
        found = {
            "involved_low_percent": primary.involved.low,
            "involved_high_percent": primary.involved.high,
            "involved_middle_percent": primary.involved.middle,
            "involved_spread_points": primary.involved.high - primary.involved.low,
            "sites_published": float(len(result.own)),
            "cumulative_percent": result.cumulative_percent,
        }
        for name, share in (("at_diagnosis", primary.at_diagnosis), ("metastatic", primary.metastatic)):
            if share is not None:
                found[f"{name}_percent"] = share.middle
        if primary.lesion_type is not None:
            found["blastic_share"] = sum(primary.lesion_type) / 2
        for entry in result.own:
            if entry.share is not None:
                found[f"{entry.site}_percent"] = entry.share.middle
        return found
