"""Turns an executed lesson into its page: the light page, or Voilà's own front end for other widgets."""

from __future__ import annotations

import asyncio
import json
from copy import deepcopy
from typing import Any

from jinja2 import Environment
from markupsafe import Markup
from voila.exporter import VoilaExporter
from voila.paths import collect_template_paths
from voila.utils import get_page_config

from bonemets_teach.server.course import Course, Entry
from bonemets_teach.server.execution import WIDGET_VIEW, Executed, uses_only_anywidgets
from bonemets_teach.server.markdown import LessonMarkdown
from bonemets_teach.server.notebook import sections
from bonemets_teach.server.page_language import language_context
from bonemets_teach.server.pages import TEMPLATES
from bonemets_teach.server.static_files import static_url
from bonemets_teach.server.widget_code import WidgetCode

__all__ = ["LessonPages"]


class _Exporter(VoilaExporter):
    """Voilà's exporter with our templates first."""

    @property
    def environment(self) -> Environment:
        environment: Environment = super().environment
        environment.autoescape = self.template_name == "bonemets"
        return environment


class LessonPages:
    """Renders lessons.

    Parameters
    ----------
    voila : Voila
        The server, for Voilà's own front end.
    base_url : str
        Path of the server, with slashes at both ends.
    course : Course
        The lessons.
    code : WidgetCode
        Takes the widgets' modules and style sheets.
    """

    def __init__(self, voila: Any, base_url: str, course: Course, code: WidgetCode) -> None:
        self._voila = voila
        self._base_url = base_url
        self._course = course
        self._code = code
        self._markdown = LessonMarkdown(base_url, course)

    def render(self, entry: Entry, executed: Executed, kernel_id: str, token: str) -> tuple[str, bool]:
        """Render one page in the language spoken now; may run in a thread.

        Parameters
        ----------
        entry : Entry
            The lesson.
        executed : Executed
            Its notebook after execution.
        kernel_id, token : str
            What the page needs to talk to its kernel and to end it.

        Returns
        -------
        html : str
            The whole page.
        light : bool
            Whether it is the light page.
        """
        light = uses_only_anywidgets(executed)
        models = self._models(executed) if light else {}
        page = {
            "base": self._base_url,
            "kernel": kernel_id,
            "token": token,
            "lesson": entry.id,
            "models": models,
        }
        before, after = self._course.neighbors(entry.id)
        context = {
            "entry": entry,
            **language_context(),
            "before": before,
            "after": after,
            "base_url": self._base_url,
            "static": lambda name: static_url(self._base_url, name),
            "page_data": Markup(json.dumps(page).replace("<", "\\u003c")),  # noqa: S704 - JSON without "<"
            "styles": sorted({m["state"]["_css_url"] for m in models.values() if "_css_url" in m["state"]}),
            "modules": sorted({m["state"]["_esm_url"] for m in models.values() if "_esm_url" in m["state"]}),
            "markdown": lambda source: Markup(self._markdown.render(source)),  # noqa: S704 - the author's text
            "sections": sections,
            "widget_view": WIDGET_VIEW,
        }
        notebook = executed.notebook
        html = asyncio.run(
            self._light(notebook, context) if light else self._fallback(notebook, kernel_id, context)
        )
        return html, light

    def _models(self, executed: Executed) -> dict[str, Any]:
        """Return the anywidgets' states as the page starts with them."""
        return {
            model: {"state": self._code.take_out(state), "buffers": executed.buffers.get(model, [])}
            for model, state in executed.states.items()
            if state.get("_model_module") == "anywidget"
        }

    async def _light(self, notebook: Any, context: dict[str, Any]) -> str:
        exporter = _Exporter(
            template_paths=[
                str(TEMPLATES / "bonemets"),
                *collect_template_paths(["voila", "nbconvert"], "base"),
            ],
            template_name="bonemets",
            extra_template_basedirs=[str(TEMPLATES)],
            base_url=self._base_url,
            config=self._voila.config,
        )
        return await _join(exporter, notebook, {}, context)

    async def _fallback(self, notebook: Any, kernel_id: str, context: dict[str, Any]) -> str:
        exporter = _Exporter(
            template_paths=[
                str(TEMPLATES / "fallback"),
                *collect_template_paths(["voila", "nbconvert"], "lab"),
            ],
            template_name="lab",
            base_url=self._base_url,
            config=self._voila.config,
            contents_manager=_NoInlining(),
            exclude_input=True,
            exclude_output_prompt=True,
            exclude_input_prompt=True,
        )
        page_config = get_page_config(
            base_url=self._base_url,
            settings={"mathjax_url": f"{self._base_url}static/no-mathjax.js", "mathjax_config": "none"},
            log=self._voila.log,
            voila_configuration=self._voila.voila_configuration,
        )
        page_config = deepcopy(page_config) | {"jupyterLabTheme": "light"}
        resources = {
            "base_url": self._base_url,
            "theme": "light",
            "template": "lab",
            "page_config": page_config,
        }
        resources["metadata"] = {"name": context["entry"].title}
        context |= {
            "frontend": "voila",
            "main_js": "voila.js",
            "page_config": page_config,
            "kernel_start": lambda _nb: kernel_id,
            "cell_generator": lambda nb, _kernel: nb.cells,
            "progressive_rendering": False,
        }
        return await _join(exporter, notebook, resources, context)


class _NoInlining:
    """Stands for Voilà's contents manager, which would read any file below the root into the page."""

    def file_exists(self, _path: str) -> bool:
        return False


async def _join(
    exporter: VoilaExporter, notebook: Any, resources: dict[str, Any], context: dict[str, Any]
) -> str:
    page_config = context.pop("page_config", {})
    parts = exporter.generate_from_notebook_node(
        notebook, resources=resources, extra_context=context, page_config=page_config
    )
    return "".join([part async for part, _ in parts])
