"""Starts the server from the command line and stops it cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
import webbrowser
from pathlib import Path
from typing import Any

from tornado.netutil import bind_sockets

from bonemets_teach.server.app import BonemetsVoila
from bonemets_teach.server.course import Course
from bonemets_teach.server.fork_client import ForkServerError
from bonemets_teach.server.key_filling import fill_keys
from bonemets_teach.server.settings import ServeSettings, default_max_kernels

__all__ = ["serve"]

_PORT_PROBLEM = 2


def serve(
    port: int = 8866,
    host: str = "127.0.0.1",
    *,
    browser: bool = False,
    course: Course | None = None,
    **options: Any,
) -> int:
    """Serve the course until it is stopped by Ctrl-C or SIGTERM.

    Parameters
    ----------
    port : int
        TCP port, 0 for any free one.
    host : str
        Address to listen on.
    browser : bool
        Whether to open the home page in a browser.
    course : Course or None
        Another course than the package's.
    **options
        Other fields of `settings.ServeSettings`: ``base_url``, ``data``, ``max_kernels`` (None: as many as fit
        into memory), ``ready``...

    Returns
    -------
    code : int
        0 when stopped, 2 if the port can't be had.

    Raises
    ------
    ParameterError
        If an option is outside its range.
    """
    if options.get("max_kernels") is None:
        options["max_kernels"] = default_max_kernels()
    if isinstance(options.get("data"), str):
        options["data"] = Path(options["data"])
    settings = ServeSettings(port=port, host=host, **options)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s", stream=sys.stderr)
    # Jupyter gives Tornado its ping times in ms where seconds are meant; the warning about that helps nobody.
    logging.getLogger("tornado.general").setLevel(logging.ERROR)
    try:
        sockets = bind_sockets(settings.port, settings.host)
    except OSError as error:
        _say(_port_problem(error, settings))
        return _PORT_PROBLEM
    _allow_many_files()
    app = BonemetsVoila.prepare(settings, course)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_run(app, sockets, browser=browser))
    return 0


def _port_problem(error: OSError, settings: ServeSettings) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {settings.port} on {settings.host} is taken by another program. "
            f"Choose another one: bonemets-teach serve --port {min(settings.port + 1, 65535)}"
        )
    if error.errno == errno.EACCES:
        return f"Port {settings.port} may not be used by this account. Choose one above 1023 with --port."
    reason = error.strerror or error
    return f"Can't listen on {settings.host}, port {settings.port}: {reason}. Check --host and --port."


async def _run(app: BonemetsVoila, sockets: list[socket.socket], *, browser: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(number, stop.set)
    await app.open(sockets)
    try:
        address = _address(app.settings_.host, sockets[0].getsockname()[1], app.settings_.base_url)
        announcing = asyncio.create_task(_announce(app, address, browser=browser))
        await stop.wait()
        announcing.cancel()
        _say("Stopping: ending all lessons.")
    finally:
        await app.close()


async def _announce(app: BonemetsVoila, address: str, *, browser: bool) -> None:
    _say(f"The course is open at {address}  (Ctrl-C stops it)")
    if app.log_of_attempts.problem:
        _say(app.log_of_attempts.problem)
    if browser:
        await asyncio.to_thread(webbrowser.open, address)
    _say("Preparing the lessons; one opened before that is done takes some seconds longer.")
    try:
        await app.ready()
    except ForkServerError as error:
        _say(f"Lessons can't be opened yet: {error}. The home page works.")
    else:
        _say("The lessons are ready.")
        await fill_keys()


def _address(host: str, port: int, base_url: str) -> str:
    shown = {"": "127.0.0.1", "0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104 - only shown
    return f"http://{f'[{shown}]' if ':' in shown and '[' not in shown else shown}:{port}{base_url}"


def _allow_many_files() -> None:
    """Raise the limit of open files: each kernel needs about fifteen."""
    try:
        import resource  # noqa: PLC0415 - not on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65536 if hard == resource.RLIM_INFINITY else min(hard, 65536)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
