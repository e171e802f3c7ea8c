"""Serves the course: one Voilà process with its own pages, a pool of kernels and a fork server."""

import sys

# Jupyter's event schemas would load a grammar of all internet addresses: seconds of each start, and nothing is checked by it.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
