"""The instructor's page: who may see it, and what it shows."""

from __future__ import annotations

import asyncio
import html
import re
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tornado import web
from tornado.httpclient import AsyncHTTPClient
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders
from tornado.testing import bind_unused_port

from bonemets_teach.errors import ContentError, ParameterError
from bonemets_teach.server import instructor_handlers, instructor_items
from bonemets_teach.server.course import load_course
from bonemets_teach.server.instructor_access import is_from_this_computer, is_token
from bonemets_teach.server.instructor_handlers import InstructorItemsHandler
from bonemets_teach.server.instructor_items import ItemsReport, chart_points
from bonemets_teach.server.pages import Pages
from bonemets_teach.server.settings import ServeSettings

TOKEN = "correct-horse-battery"
OPTIONS = [
    {"id": "a", "text": "Osteo<clast>", "is_key": True, "share": 0.6, "mean_rest": 0.71, "functioning": True},
    {"id": "b", "text": "Tumor cell", "is_key": False, "share": 0.37, "mean_rest": None, "functioning": True},
    {"id": "c", "text": "Nobody", "is_key": False, "share": 0.03, "mean_rest": None, "functioning": False},
]


def _item(**changes: Any) -> dict[str, Any]:
    return {
        "item": "bm.x.one", "version": 2, "title": "Who digs?", "lesson": "bone-remodeling", "n": 42, "difficulty": 0.6,
        "discrimination": 0.31, "upper_lower": -0.05, "options": OPTIONS, "functioning_distractors": 1, "median_s": 21.4,
        "certainty_right": 2.5, "certainty_wrong": None, "unstable": False, "flags": ["Is the key right?"],
        "omitted": 3, "not_reached": 1,
    } | changes  # fmt: skip


REPORT = {
    "problem": None,
    "items": [
        _item(),
        _item(item="bm.x.two", title="Second", discrimination=None, n=12, unstable=True, flags=[], options=[]),
    ],
    "lessons": [
        {
            "lesson": "bone-remodeling", "items": 2,
            "reliability": {"value": 0.7, "standard_error": 0.09, "learners": 30, "items": 2},
        }
    ],
    "too_few": 3,
}  # fmt: skip


class Stub:
    """Stands in for the statistics."""

    def __init__(self, report: Any) -> None:
        self.report = report

    async def get(self) -> Any:
        """Return the report, or raise it."""
        if isinstance(self.report, Exception):
            raise self.report
        return self.report


def _ask(
    token: str = "", *, report: Any = REPORT, headers: dict[str, str] | None = None, body: str | None = None
) -> Any:
    """Send one request to a server with nothing but the page."""

    async def run() -> Any:
        app = SimpleNamespace(
            settings_=SimpleNamespace(instructor_token=token), pages=Pages("/", load_course()),
            items_report=Stub(report), pages_served=Counter(),
        )  # fmt: skip
        routes = [(r"/instructor/items", InstructorItemsHandler)]
        server = HTTPServer(
            web.Application(routes, bonemets_app=app, log_function=lambda _: None), xheaders=True
        )
        socket, port = bind_unused_port()
        server.add_sockets([socket])
        try:
            return await AsyncHTTPClient().fetch(
                f"http://127.0.0.1:{port}/instructor/items", raise_error=False, method="GET" if body is None else "POST",
                body=body, headers=headers or {},
            )  # fmt: skip
        finally:
            server.stop()
            await server.close_all_connections()

    return asyncio.run(run())


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a wrong token be answered at once."""
    monkeypatch.setattr(instructor_handlers, "_WRONG_TOKEN_S", 0.0)


def test_it_opens_on_this_computer() -> None:
    """Without any token."""
    answer = _ask()

    assert answer.code == 200
    assert "How the questions do" in answer.body.decode()
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("headers", [
    {"X-Real-Ip": "127.0.0.1"}, {"X-Forwarded-For": "127.0.0.1"}, {"Forwarded": "for=127.0.0.1"}, {"Via": "1.1 proxy"},
    {"Host": "teaching.example.org"}, {"Host": "127.0.0.1.evil.example"}, {"Host": "10.0.0.4:8866"}, {"Host": "a:b:c"},
])  # fmt: skip
def test_what_came_through_a_proxy_or_by_another_name_is_kept_out(headers: dict[str, str]) -> None:
    """Also if it says that it comes from here; no number of the report is in the answer."""
    answer = _ask(headers=headers)

    assert answer.code == 403 or (answer.code == 400 and headers == {"Host": "a:b:c"})
    assert b"Who digs?" not in answer.body
    assert b"token" not in answer.body.lower() or b"--instructor-token" in answer.body


def test_from_elsewhere_the_token_is_asked_for_and_opens_it() -> None:
    """A wrong one is told in words, next to the field."""
    outside = {"X-Forwarded-For": "10.0.0.9"}

    form = _ask(TOKEN, headers=outside)
    wrong = _ask(TOKEN, headers=outside, body="token=correct-horse")
    right = _ask(TOKEN, headers=outside, body=f"token={TOKEN}")

    assert (form.code, wrong.code, right.code) == (403, 403, 200)
    assert b'type="password"' in form.body
    assert b"That is not the token" in wrong.body
    assert b"Who digs?" in right.body
    assert TOKEN.encode() not in right.body


@pytest.mark.parametrize("body", ["", "token=", "token=%00", "other=x"])
def test_without_a_token_set_none_opens_it(body: str) -> None:
    """Not even an empty one."""
    assert _ask("", headers={"X-Forwarded-For": "10.0.0.9"}, body=body).code == 403


def test_another_sites_form_can_not_post() -> None:
    """Its origin is not ours."""
    assert _ask(TOKEN, headers={"Origin": "https://evil.example"}, body=f"token={TOKEN}").code == 403


@pytest.mark.parametrize(("address", "host", "local"), [
    ("127.0.0.1", "localhost:8866", True), ("::1", "[::1]:8866", True), ("127.0.0.1", "127.0.0.1", True),
    ("::ffff:127.0.0.1", "127.0.0.1", True), ("10.1.2.3", "localhost", False), ("192.168.0.2", "localhost", False),
    ("127.0.0.1", "", False), ("127.0.0.1", "[", False), ("", "localhost", False), ("::ffff:10.0.0.1", "localhost", False),
])  # fmt: skip
def test_addresses_of_this_computer_are_known(address: str, host: str, local: bool) -> None:
    """Old and new addresses; both the sender's and the name that was asked for must be local."""
    request = SimpleNamespace(headers=HTTPHeaders({"Host": host}), host=host, remote_ip=address)

    assert is_from_this_computer(request) is local


def test_a_token_is_compared_whole() -> None:
    """Letters of all scripts; an empty token lets nobody in."""
    assert is_token("pässwörd-lang", "pässwörd-lang")
    assert not is_token("pässwörd", "pässwörd-lang")
    assert not is_token("", "")


def test_a_short_token_is_refused_and_a_long_one_not_shown() -> None:
    """Twelve characters at least; it does not stand in a listing of the settings."""
    with pytest.raises(ParameterError, match="at least 12"):
        ServeSettings(instructor_token=TOKEN[:11])
    assert TOKEN not in repr(ServeSettings(instructor_token=TOKEN))


def test_every_number_of_the_chart_stands_in_a_table() -> None:
    """The chart has a title, words, and a row for each point."""
    page = html.unescape(_ask().body.decode())

    assert len(re.findall(r'class="bm-chart-(?:point|asked)"', page)) == 1
    assert 'role="img" aria-labelledby="chart-title chart-words"' in page
    row = re.search(r"<tr><td>1</td>.*?</tr>", page, re.DOTALL)[0]
    assert re.findall(r"<td>(.*?)</td>", row) == ["1", "42", "0.60", "+0.31", "−0.05", "21 s", "2.5", "–"]
    assert "12 (unstable)" in page
    assert "KR-20 0.70 (standard error 0.09)" in page
    assert "3 more have answers of fewer learners" in page
    assert "in exams 3 left it out, 1 did not reach it" in page


def test_texts_of_options_are_only_letters() -> None:
    """Markup in an option is shown, not run."""
    assert b"Osteo&lt;clast&gt;" in _ask().body


def test_before_there_are_answers_it_says_so() -> None:
    """An empty log, or one that can't be read."""
    report = {"problem": "The disk is full.", "items": [], "lessons": [], "too_few": 0}

    page = _ask(report=report).body.decode()

    assert "Numbers appear here when 10 learners" in page
    assert "The disk is full." in page


def test_a_failure_is_told_without_its_inside() -> None:
    """The page says what to do; the log has the rest."""
    answer = _ask(report=ContentError("secret path /x"))

    assert answer.code == 503
    assert b"secret path" not in answer.body
    assert answer.headers["Retry-After"] == "60"


def test_numbers_of_near_points_do_not_lie_on_one_another() -> None:
    """Ten questions of the same difficulty and discrimination."""
    points = chart_points([_item(difficulty=0.5 + n / 1000, discrimination=0.4) for n in range(10)])

    places = {(point["label_x"], point["label_y"]) for point in points}
    assert len(places) == 10
    assert chart_points([_item(discrimination=-1.0)])[0]["y"] <= 16 + 260


def test_statistics_are_worked_out_once_a_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two who ask at a time share one run of another process."""
    script = f"import json, pathlib; p = pathlib.Path({str(tmp_path)!r}) / 'runs'; p.open('a').write('x'); print(json.dumps({{'n': 1}}))"
    monkeypatch.setattr(instructor_items, "_COMMAND", (instructor_items.sys.executable, "-c", script))

    async def run() -> list[dict[str, Any]]:
        report = ItemsReport(tmp_path)
        return [*await asyncio.gather(report.get(), report.get()), await report.get()]

    assert asyncio.run(run()) == [{"n": 1}] * 3
    assert (tmp_path / "runs").read_text() == "x"


def test_a_process_that_fails_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to see why."""
    monkeypatch.setattr(
        instructor_items, "_COMMAND", (instructor_items.sys.executable, "-c", "raise SystemExit(3)")
    )

    with pytest.raises(ContentError, match="run bonemets-teach stats to see why"):
        asyncio.run(ItemsReport(None).get())
