"""The script and the style of the quiz player, for the widget and for pages without a kernel."""

from __future__ import annotations

from typing import Final

from bonemets_teach.widgets._static import module, style

__all__ = ["quiz_module", "quiz_style"]

_SCRIPTS: Final = (
    "dom.js", "quiz_keep.js", "quiz_parts.js", "quiz_rows.js", "quiz_spot.js", "quiz_task.js", "quiz_case.js",
    "quiz_concord.js", "quiz_words.js", "quiz_choices.js", "quiz_certainty.js", "quiz_item.js", "quiz_list.js",
    "quiz_summary.js", "quiz_exam.js", "quiz_exam_desk.js", "quiz_pictures.js", "quiz_keys.js", "quiz_outbox.js",
    "quiz_card.js", "quiz.js",
)  # fmt: skip


def quiz_module() -> str:
    """Return the player as one ES module.

    Returns
    -------
    source : str
        Its default export has ``render({model, el})``, which returns a function that takes the player away.
        ``model`` needs no more than ``on("msg:custom", run)``, ``off`` and ``send(message)``; ``run`` is called
        with a message and a list of DataViews.
    """
    return module(*_SCRIPTS)


def quiz_style() -> str:
    """Return the style sheet of the player.

    Returns
    -------
    css : str
        With the tokens in front.
    """
    return style("quiz.css", "quiz_cases.css", "quiz_exam.css")
