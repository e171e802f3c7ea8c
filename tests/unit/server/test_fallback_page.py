"""A notebook with other widgets than ours gets Voilà's own front end."""

from __future__ import annotations

from typing import Any


def test_a_slider_of_ipywidgets_is_shown_by_voila(served: Any) -> None:
    """The server sees the widget and chooses the page, with our link home and our end of the kernel."""
    answer = served.ask("lesson/slider")

    assert "voila.js" in answer.text
    assert "fallback.js" in answer.text
    assert "A teaching model. Not for clinical use." in answer.text
    page = answer.page()
    assert served.ask(f"api/lesson/close/{page['kernel']}", method="POST", body=page["token"]).status == 204


def test_voilas_own_beacon_ends_nothing(served: Any, lesson: Any) -> None:
    """The stock address to end a kernel, which needs no token, does nothing."""
    kernel = lesson.page()["kernel"]

    served.ask(f"voila/api/shutdown/{kernel}", method="POST")

    assert served.ask(f"api/lesson/state/{kernel}").json()["alive"]
