"""Key-feature cases: a patient in steps, each asking for the few decisions that matter.

After Page G, Bordage G, Allen T. Acad Med 1995;70:194-201 (format and scoring; recalled): short cases, menus and
written answers, a limit on choices, credit for key features only. Chosen here: a dangerous choice costs the whole case.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from bonemets_teach.quiz.base import ItemBase, Points
from bonemets_teach.quiz.free_text import Accepted, Rejected, spelled
from bonemets_teach.quiz.parts import Many, OptionId, Part, Slug, Text, once

__all__ = ["KeyFeature", "KeyStep", "MenuOption"]


class MenuOption(Part):
    """One choice of a menu; feedback may be missing in a draft only."""

    id: OptionId
    text: Text
    key: bool = False
    feedback: Text | None = None
    misconception: Slug | None = None


class KeyStep(Part):
    """One decision: `stem` is what becomes known now, `killers` name choices that would harm the patient."""

    id: OptionId
    ask: Literal["menu", "write_in"]
    stem: Text | None = None
    lead_in: Text
    options: Annotated[Many[MenuOption], Field(max_length=24)] = ()
    accept: Annotated[Many[Accepted], Field(max_length=8)] = ()
    reject: Annotated[Many[Rejected], Field(max_length=20)] = ()
    max_select: Annotated[int, Field(ge=1, le=8)] = 1
    killers: Many[OptionId] = ()

    @model_validator(mode="after")
    def _fits_what_is_asked(self) -> KeyStep:
        if self.ask == "menu" and (len(self.options) < 3 or self.accept or self.reject):
            raise ValueError("a menu has at least 3 options, and neither accept nor reject")
        if self.ask == "write_in" and (self.options or not self.accept):
            raise ValueError("a written answer has accept (and reject), and no options")
        once("option id", self.ids())
        wanted = len(self.wanted())
        if not 1 <= wanted <= self.max_select:
            message = f"max_select {self.max_select} does not fit {wanted} key features"
            raise ValueError(message)
        if self.ask == "menu" and self.max_select >= len(self.options):
            message = f"max_select {self.max_select} lets a learner choose all {len(self.options)} options"
            raise ValueError(message)
        once("killer", self.killers)
        for name in self.killers:
            if name in self.wanted() or name not in self.ids():
                message = f"the killer “{name}” must be a wrong option, or an entry of reject"
                raise ValueError(message)
        self._spell_once()
        return self

    def _spell_once(self) -> None:
        owners: dict[str, str] = {}
        for each in (*self.accept, *self.reject):
            for form in spelled(each.texts):
                if owners.setdefault(form, each.id) != each.id:
                    message = f"{each.id} has an answer that {owners[form]} has already"
                    raise ValueError(message)

    def ids(self) -> list[str]:
        """Return the ids of all options, or of all accepted and rejected answers.

        Returns
        -------
        ids : list of str
            In the order of the file.
        """
        written = [*(each.id for each in self.accept), *(each.id for each in self.reject)]
        return [*(option.id for option in self.options), *written]

    def wanted(self) -> frozenset[str]:
        """Return the ids of the key features.

        Returns
        -------
        ids : frozenset of str
            Options with key: true, or all of accept.
        """
        keys = {option.id for option in self.options if option.key}
        return frozenset(keys | {each.id for each in self.accept})


class FeatureScoring(Part):
    """The mean share of key features found in the steps; a killer makes it zero, in its step or in the whole case."""

    method: Literal["key_features"] = "key_features"
    killer: Literal["case", "step"] = "case"
    points: Points = 1


class KeyFeature(ItemBase):
    """Steps are revealed in their order, and an answered step can't be changed."""

    type: Literal["key_feature"]
    steps: Annotated[Many[KeyStep], Field(min_length=1, max_length=6)]
    scoring: FeatureScoring = FeatureScoring()

    @model_validator(mode="after")
    def _ids_differ(self) -> KeyFeature:
        once("step id", (step.id for step in self.steps))
        return self
