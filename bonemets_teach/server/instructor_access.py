"""Who may see the instructor's pages: whoever sits at this computer, or knows the token."""

from __future__ import annotations

import hmac
import ipaddress
from typing import Final
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

__all__ = ["is_from_this_computer", "is_token"]

# The server believes these headers about who asks, so a request with one of them proves nothing.
_FORWARDED: Final = (
    "X-Real-Ip",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Scheme",
    "Forwarded",
    "Via",
)


def is_from_this_computer(request: HTTPServerRequest) -> bool:
    """Tell whether a request comes straight from a program on this computer.

    Parameters
    ----------
    request : HTTPServerRequest
        The request.

    Returns
    -------
    local : bool
        False for anything that a proxy has passed on, and for addresses that only lead here by name: a proxy on this
        computer that lessons work through keeps the name that was asked for.
    """
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        asked = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return False
    return _is_loopback(request.remote_ip or "") and _is_loopback(asked)


def _is_loopback(name: str) -> bool:
    if name == "localhost":
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_loopback


def is_token(given: str, wanted: str) -> bool:
    """Tell whether somebody knows the token.

    Parameters
    ----------
    given : str
        What was sent.
    wanted : str
        The token; "" lets nobody in.

    Returns
    -------
    known : bool
        Compared in a time that tells nothing.
    """
    return bool(wanted) and hmac.compare_digest(given.encode(), wanted.encode())
