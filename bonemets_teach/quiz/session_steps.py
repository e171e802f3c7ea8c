"""Keeps the answered steps of key-feature cases: a step is shown after the one before it, and never changed."""

from __future__ import annotations

from typing import Any

from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz.key_feature import KeyFeature
from bonemets_teach.quiz.presenting_cases import step_view
from bonemets_teach.quiz.response_cases import read_step, read_steps

__all__ = ["StepKeeper"]

_FIXED = "This step was answered before and can't be changed; go on from here."


class StepKeeper:
    """What one learner has answered in cases that are not finished."""

    def __init__(self) -> None:
        self._given: dict[str, dict[str, list[str]]] = {}

    def take(self, item: KeyFeature, name: Any, response: Any) -> dict[str, Any]:
        """Take the answer to one step and show the next.

        Parameters
        ----------
        item : KeyFeature
            The case.
        name : object
            Id of the step that is answered.
        response : object
            As `read_step` takes it.

        Returns
        -------
        view : dict
            "given" (what counts), "steps" (all that may be seen now) and "note" ("" or why an answer did not count).

        Raises
        ------
        ParameterError
            If the step does not exist, is not reached yet, is the last one, or the answer can't be one.
        """
        names = [step.id for step in item.steps]
        if name not in names:
            raise ParameterError("this step is not part of the case; reload the page")
        given = self._given.setdefault(item.id, {})
        at = names.index(name)
        if at > len(given):
            message = f"step {len(given) + 1} comes first; the steps are answered in order"
            raise ParameterError(message)
        if at == len(names) - 1:
            raise ParameterError("this is the last step; check the whole case with it")
        chosen = read_step(item.steps[at], response)
        note = "" if given.setdefault(str(name), chosen) == chosen else _FIXED
        shown = [step_view(item, number) for number in range(len(given) + 1)]
        return {"given": {key: list(texts) for key, texts in given.items()}, "steps": shown, "note": note}

    def whole(self, item: KeyFeature, response: Any) -> dict[str, list[str]]:
        """Return the answer to all steps, refusing one that changes what was answered before.

        Parameters
        ----------
        item : KeyFeature
            The case.
        response : object
            Step id to answer.

        Returns
        -------
        chosen : dict
            For every step. A page may send all of them at once after its connection was lost.

        Raises
        ------
        ParameterError
            If a step has no answer, or another one than before.
        """
        chosen = read_steps(item, response)
        changed = [name for name, texts in self._given.get(item.id, {}).items() if chosen[name] != texts]
        if changed:
            number = [step.id for step in item.steps].index(changed[0]) + 1
            message = f"step {number} was answered before and can't be changed; keep its answer"
            raise ParameterError(message)
        return chosen

    def forget(self, item_id: str) -> None:
        """Let a case start anew, after it was graded.

        Parameters
        ----------
        item_id : str
            The case.
        """
        self._given.pop(item_id, None)
