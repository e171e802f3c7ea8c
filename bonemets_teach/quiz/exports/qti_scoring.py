"""Collects the parts of a QTI 2.1 item: responses, interactions, scoring and feedback."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree  # type: ignore[import-untyped]

from bonemets_teach.quiz.exports.qti_markup import QTI, add, add_inline, base, variable
from bonemets_teach.quiz.exports.question import Answer, Question
from bonemets_teach.quiz.exports.words import rich, safe_name

__all__ = ["Parts", "identifier"]


def identifier(name: str) -> str:
    """Return an id of the bank as an identifier of QTI, which begins with a letter.

    Parameters
    ----------
    name : str
        Id of an option.

    Returns
    -------
    name : str
        With a letter before it.
    """
    return f"o-{safe_name(name)}"


class Parts:
    """The parts of one item, in the order in which the format wants them.

    Parameters
    ----------
    question : Question
        The question.

    Attributes
    ----------
    responses, interactions : list of Element
        Declarations, and what the learner uses.
    processing : Element
        Rules that set the score and choose the feedback.
    feedback : list of (str, str)
        Identifier and HTML.
    """

    def __init__(self, question: Question) -> None:
        self.question = question
        self.responses: list[etree._Element] = []
        self.interactions: list[etree._Element] = []
        self.processing = etree.Element(f"{{{QTI}}}responseProcessing")
        self.feedback: list[tuple[str, str]] = []

    def respond(self, name: str, cardinality: str, kind: str, right: Iterable[str]) -> etree._Element:
        """Declare a response with its right values and return the declaration."""
        attributes = {"identifier": name, "cardinality": cardinality, "baseType": kind}
        declared = etree.Element(f"{{{QTI}}}responseDeclaration", attributes)
        correct = add(declared, "correctResponse")
        for value in right:
            add(correct, "value", value)
        self.responses.append(declared)
        return declared

    def interact(
        self, kind: str, words: str = "", /, name: str = "RESPONSE", **attributes: str
    ) -> etree._Element:
        """Add an interaction; the first one asks the question, ``words`` come after it."""
        node = etree.Element(f"{{{QTI}}}{kind}", {"responseIdentifier": name, **attributes})
        prompt = add(node, "prompt")
        if not self.interactions:
            add_inline(prompt, self.question.lead_in)
        if words:
            add(prompt, "span", f" {words}" if len(prompt) or prompt.text else words)
        self.interactions.append(node)
        return node

    def set_score(self, branch: etree._Element) -> None:
        """Give all points."""
        base(add(branch, "setOutcomeValue", identifier="SCORE"), "float", f"{self.question.points}")

    def score_right(self, name: str, place: etree._Element | None = None) -> None:
        """Give all points for the right response."""
        condition = add(self.processing if place is None else place, "responseCondition")
        branch = add(condition, "responseIf")
        match = add(branch, "match")
        variable(match, [name])
        add(match, "correct", identifier=name)
        self.set_score(branch)

    def score_mapped(self, name: str) -> None:
        """Give the points that the response's mapping says."""
        add(add(self.processing, "setOutcomeValue", identifier="SCORE"), "mapResponse", identifier=name)

    def feed(self, branch: etree._Element, name: str, markup: str) -> None:
        """Show a feedback in a branch."""
        chosen = add(add(branch, "setOutcomeValue", identifier="FEEDBACK"), "multiple")
        variable(chosen, ["FEEDBACK"])
        base(chosen, "identifier", name)
        self.feedback.append((name, markup))

    def always(self, name: str, markup: str) -> None:
        """Show a feedback to every answer."""
        self.feed(self.processing, name, markup)

    def feed_pair(self, name: str, pair: str, markup: str) -> None:
        """Show a feedback if the response holds a pair."""
        branch = add(add(self.processing, "responseCondition"), "responseIf")
        member = add(branch, "member")
        base(member, "directedPair", pair)
        variable(member, ["RESPONSE"])
        self.feed(branch, name, markup)

    def feed_chosen(self, name: str, answers: Iterable[Answer], place: etree._Element | None = None) -> None:
        """Show the feedback of each chosen answer, whose identifier is that of the answer."""
        rule = add(self.processing if place is None else place, "setOutcomeValue", identifier="FEEDBACK")
        chosen = add(rule, "multiple")
        variable(chosen, ["FEEDBACK", name])
        for answer in answers:
            mark = "Right" if answer.right else "Not right"
            words = f"{mark}: {rich(answer.text, inline=True)}. {rich(answer.feedback, inline=True)}"
            self.feedback.append((identifier(answer.id), f"<p>{words}</p>"))
