"""Which handler answers which address below the base URL."""

from __future__ import annotations

from typing import Any, Final

from bonemets_teach.server.file_handlers import AssetHandler, StaticHandler, WidgetCodeHandler
from bonemets_teach.server.handlers import (
    HealthHandler,
    HomeHandler,
    LessonHandler,
    MetricsHandler,
    ModelsHandler,
)
from bonemets_teach.server.instructor_handlers import InstructorItemsHandler
from bonemets_teach.server.kernel_handlers import (
    CloseHandler,
    IgnoredHandler,
    KernelModelHandler,
    KernelSocket,
    KernelStateHandler,
)
from bonemets_teach.server.learner_handlers import EraseHandler, ExportHandler, ProgressHandler, ResumeHandler
from bonemets_teach.server.review_handlers import (
    DueHandler,
    ReviewMessageHandler,
    ReviewOverviewHandler,
    ReviewPageHandler,
    ReviewRateHandler,
    TestEndHandler,
)

__all__ = ["routes"]

_KERNEL: Final = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


def routes() -> list[tuple[str, Any]]:
    """Return our addresses.

    Returns
    -------
    routes : list of (pattern, handler)
        Patterns without the base URL.
    """
    return [
        (r"/", HomeHandler),
        (r"/lesson/([a-z0-9-]+)", LessonHandler),
        (r"/models", ModelsHandler),
        (r"/review", ReviewPageHandler),
        (r"/instructor/items", InstructorItemsHandler),
        (r"/healthz", HealthHandler),
        (r"/metrics", MetricsHandler),
        (r"/static/([a-z.]+)", StaticHandler),
        (r"/widget/([0-9a-f]{20}\.(?:js|css))", WidgetCodeHandler),
        (r"/assets/(.+)", AssetHandler),
        (r"/api/progress", ProgressHandler),
        (r"/api/resume", ResumeHandler),
        (r"/api/me/export", ExportHandler),
        (r"/api/me/erase", EraseHandler),
        (r"/api/review", ReviewOverviewHandler),
        (r"/api/review/due", DueHandler),
        (r"/api/review/message", ReviewMessageHandler),
        (r"/api/review/rate", ReviewRateHandler),
        (r"/api/review/end", TestEndHandler),
        (rf"/api/lesson/state/{_KERNEL}", KernelStateHandler),
        (rf"/api/lesson/close/{_KERNEL}", CloseHandler),
        (rf"/api/kernels/{_KERNEL}/channels", KernelSocket),
        (rf"/api/kernels/{_KERNEL}", KernelModelHandler),
        (r"/voila/api/shutdown/(.*)", IgnoredHandler),
    ]
