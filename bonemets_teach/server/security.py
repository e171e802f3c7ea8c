"""The headers that keep a page to this server, and the check that a request comes from one of its pages."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

__all__ = ["FALLBACK_POLICY", "HEADERS", "PAGE_POLICY", "is_same_origin"]


def _policy(script: str, style: str) -> str:
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src {script}",
            f"style-src {style}",
            "img-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self'",
            "worker-src 'self' blob:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        ]
    )


# style-src-attr: tables from Markdown align their columns with a style attribute.
PAGE_POLICY: Final = _policy("'self' blob:", "'self'") + "; style-src-attr 'unsafe-inline'"
# Voilà's own front end has inline scripts and compiles its JSON schemas with Function().
FALLBACK_POLICY: Final = _policy("'self' blob: 'unsafe-inline' 'unsafe-eval'", "'self' 'unsafe-inline'")

HEADERS: Final = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def is_same_origin(request: HTTPServerRequest, *, required: bool) -> bool:
    """Tell whether a request comes from a page of this server.

    Parameters
    ----------
    request : HTTPServerRequest
        The request.
    required : bool
        Whether a request without ``Origin`` is refused; browsers send it with every WebSocket and every POST.

    Returns
    -------
    same : bool
        True if ``Origin`` names the host that was asked.
    """
    origin = request.headers.get("Origin")
    if origin is None:
        return not required
    return urlsplit(origin).netloc.lower() == request.host.lower() != ""
