"""Reads answers to cases in steps, to script concordance rows, in words, and to polls."""

from __future__ import annotations

from typing import Any

from bonemets_teach.errors import ParameterError
from bonemets_teach.quiz.free_text import LONGEST, normal_form, tidy
from bonemets_teach.quiz.key_feature import KeyFeature, KeyStep
from bonemets_teach.quiz.poll import Poll
from bonemets_teach.quiz.script_concordance import SCALE, ScriptConcordance

__all__ = ["read_poll", "read_ratings", "read_step", "read_steps", "read_text"]


def read_text(response: Any) -> str:
    """Return an answer in words.

    Parameters
    ----------
    response : object
        Text from the answer box.

    Returns
    -------
    text : str
        One line.

    Raises
    ------
    ParameterError
        If nothing is written, or far too much.
    """
    if not isinstance(response, str):
        raise ParameterError("the answer must be words; write one or two")
    if len(response) > 4 * LONGEST:
        raise ParameterError("the answer is too long; write one or two words")
    text = tidy(response)
    if not normal_form(text):
        raise ParameterError("nothing is written yet; write one or two words")
    if len(text) > LONGEST:
        message = (
            f"the answer has {len(text)} characters and at most {LONGEST} are read; write one or two words"
        )
        raise ParameterError(message)
    return text


def read_step(step: KeyStep, response: Any) -> list[str]:
    """Return the answer to one step of a case.

    Parameters
    ----------
    step : KeyStep
        The step.
    response : object
        List of option ids, or of written answers.

    Returns
    -------
    chosen : list of str
        Ids in the order of the menu, or texts without repetition.

    Raises
    ------
    ParameterError
        If nothing, too much or something unknown is chosen.
    """
    given = response if isinstance(response, list) else [response]
    if step.ask == "menu":
        known = [option.id for option in step.options]
        if not all(isinstance(name, str) and name in known for name in given):
            raise ParameterError("the answer is not one of this step's options; choose one that is shown")
        chosen = [name for name in known if name in given]
    else:
        texts = [read_text(text) for text in given if text != ""]
        chosen = list({normal_form(text): text for text in reversed(texts)}.values())[::-1]
    if not chosen:
        raise ParameterError("nothing is chosen yet; answer this step first")
    if len(chosen) > step.max_select:
        message = f"this step takes at most {step.max_select} and {len(chosen)} were given; take some back"
        raise ParameterError(message)
    return chosen


def read_steps(item: KeyFeature, response: Any) -> dict[str, list[str]]:
    """Return the answers to all steps of a case.

    Parameters
    ----------
    item : KeyFeature
        The item answered.
    response : object
        Step id to list of option ids or texts.

    Returns
    -------
    chosen : dict
        For every step, in order.

    Raises
    ------
    ParameterError
        If a step has no answer, or one that can't be.
    """
    names = [step.id for step in item.steps]
    if not isinstance(response, dict) or set(response) - set(names):
        raise ParameterError("the answer must name what was chosen in each step; reload the page")
    missing = [name for name in names if name not in response]
    if missing:
        message = (
            f"step {names.index(missing[0]) + 1} of {len(names)} has no answer yet; answer the steps in order"
        )
        raise ParameterError(message)
    return {step.id: read_step(step, response[step.id]) for step in item.steps}


def read_ratings(item: ScriptConcordance, response: Any) -> dict[str, int]:
    """Return the value chosen for each row.

    Parameters
    ----------
    item : ScriptConcordance
        The item answered.
    response : object
        Row id to a whole number, -2 to +2.

    Returns
    -------
    ratings : dict
        For every row, in order.

    Raises
    ------
    ParameterError
        If a row has no answer or an unknown one.
    """
    names = [row.id for row in item.rows]
    if not isinstance(response, dict) or set(response) - set(names):
        raise ParameterError("the answer must name a value for each row; choose one in every row")
    for value in response.values():
        if isinstance(value, bool) or not isinstance(value, int) or value not in SCALE:
            raise ParameterError("a row takes a whole number from -2 to +2; choose one that is shown")
    missing = len(names) - len(response)
    if missing:
        message = f"{missing} of {len(names)} rows have no answer yet; choose one in every row"
        raise ParameterError(message)
    return {name: response[name] for name in names}


def read_poll(item: Poll, response: Any) -> str:
    """Return the chosen option.

    Parameters
    ----------
    item : Poll
        The item answered.
    response : object
        An option id.

    Returns
    -------
    chosen : str
        The id.

    Raises
    ------
    ParameterError
        If it is not one of the options.
    """
    if not isinstance(response, str) or response not in [option.id for option in item.options]:
        raise ParameterError("the answer is not one of this question's options; choose one that is shown")
    return response
