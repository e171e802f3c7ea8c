"""Renders the pages that need no kernel: home, models and messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import jinja2

from bonemets_teach.content.language import speaking, tr
from bonemets_teach.server.course import Course
from bonemets_teach.server.instructor_items import CHART, chart_points
from bonemets_teach.server.numbers import with_exponent
from bonemets_teach.server.page_language import language_context
from bonemets_teach.server.static_files import static_url

__all__ = ["TEMPLATES", "Pages"]

TEMPLATES: Final = Path(__file__).resolve().parent / "templates"


class Pages:
    """The kernel-free pages.

    Parameters
    ----------
    base_url : str
        Path of the server, with slashes at both ends.
    course : Course
        The lessons.
    """

    def __init__(self, base_url: str, course: Course) -> None:
        self._base_url = base_url
        self._course = course
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(TEMPLATES / "bonemets"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            undefined=jinja2.StrictUndefined,
        )

    def context(self) -> dict[str, Any]:
        """Return what every template may use.

        Returns
        -------
        context : dict
            ``base_url``, ``static``, and what `page_language.language_context` gives.
        """
        static = {"base_url": self._base_url, "static": lambda name: static_url(self._base_url, name)}
        return static | language_context()

    def home(self, language: str = "en") -> str:
        """Render the course map.

        Parameters
        ----------
        language : str, default "en"
            Language of the page.

        Returns
        -------
        html : str
            The same for every learner; the page itself fetches the progress.
        """
        lessons = [(entry, self._course.notebook(entry) is not None) for entry in self._course.entries]
        with speaking(language):
            return self._environment.get_template("home.html.j2").render(lessons=lessons, **self.context())

    def review(self, player: dict[str, Any], language: str = "en") -> str:
        """Render the page of reviews.

        Parameters
        ----------
        player : dict
            ``_esm_url`` and ``_css_url`` of the quiz player.
        language : str, default "en"
            Language of the header; the page itself is English.

        Returns
        -------
        html : str
            The same for every learner; the page itself fetches what belongs to one.
        """
        with speaking(language):
            return self._environment.get_template("review.html.j2").render(player=player, **self.context())

    def models(self, cards: list[dict[str, Any]], language: str = "en") -> str:
        """Render the page about the models.

        Parameters
        ----------
        cards : list of dict
            As `lessons.model_cards.cards_for_page` gives them, with "kinds": how many numbers are of each kind.
        language : str, default "en"
            Language of the header; the page itself is English.

        Returns
        -------
        html : str
            The same for everybody.
        """
        template = self._environment.get_template("models.html.j2")
        with speaking(language):
            return template.render(cards=cards, number=with_exponent, **self.context())

    def instructor_token(self, *, wrong: bool) -> str:
        """Render the page that asks for the instructor's token.

        Parameters
        ----------
        wrong : bool
            Whether another one was sent before.

        Returns
        -------
        html : str
            A form.
        """
        template = self._environment.get_template("instructor_token.html.j2")
        return template.render(wrong=wrong, **self.context())

    def instructor_items(self, report: dict[str, Any]) -> str:
        """Render the page about the questions.

        Parameters
        ----------
        report : dict
            From `instructor_items.ItemsReport.get`.

        Returns
        -------
        html : str
            Aggregates only.
        """
        places = {
            (item["item"], item["version"]): number for number, item in enumerate(report["items"], start=1)
        }
        return self._environment.get_template("instructor_items.html.j2").render(
            report=report,
            numbers=places,
            titles={entry.id: entry.title for entry in self._course.entries},
            points=chart_points(report["items"]),
            chart=CHART,
            **self.context(),
        )

    def message(self, status: int, notice: dict[str, Any], language: str = "en") -> str:
        """Render a page that says what happened.

        Parameters
        ----------
        status : int
            HTTP status.
        notice : dict
            ``title``, ``text``, perhaps ``reference`` and ``retry_s``.
        language : str, default "en"
            Language of the page.

        Returns
        -------
        html : str
            With a way home.
        """
        template = self._environment.get_template("message.html.j2")
        with speaking(language):
            said = notice | {"title": tr(notice["title"]), "text": tr(notice["text"])}
            return template.render(status=status, notice=said, **self.context())
