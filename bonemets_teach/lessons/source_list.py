"""The list at the end of a lesson: each cited claim with its source, its confidence and its words."""

from __future__ import annotations

from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Final

from bonemets_teach.content import assets_folder
from bonemets_teach.content.language import language, tr
from bonemets_teach.errors import ContentError
from bonemets_teach.evidence import Claim, terms_in
from bonemets_teach.evidence.claims import CLAIMS_FILE, read_claims
from bonemets_teach.lessons.catalog import CourseEntry
from bonemets_teach.lessons.materials import cited_claims, notebook_text

__all__ = ["kept_sources_html", "sources_html"]

_CONFIDENCE: Final = {
    "verified": "checked against the source",
    "partly-verified": "main numbers checked against the source",
    "recalled": "not yet checked against the source",
    "computed": "computed from the stated formula",
}


def sources_html(entry: CourseEntry) -> str:
    """Return the sources and the glossary of a lesson as HTML.

    Parameters
    ----------
    entry : CourseEntry
        A lesson with a notebook.

    Returns
    -------
    html : str
        A numbered list, one entry with an anchor for each cited claim, and the terms used. A claim that
        can't be read leaves a sentence in its place, never an error.
    """
    # The good claims are enough here; what is wrong with the others is named by the content check.
    path = assets_folder() / "evidence" / CLAIMS_FILE
    known = _good_claims(path, path.stat().st_mtime_ns if path.exists() else 0)
    items = "\n".join(_source(known[key]) if key in known else _missing(key) for key in cited_claims(entry))
    listed = f'<ol class="bm-sources">\n{items}\n</ol>' if items else "<p>This lesson cites no source.</p>"
    return f'<div class="bm-source-list">{listed}\n{_glossary(entry)}</div>'


def kept_sources_html(entry: CourseEntry) -> str:
    """Return the same as `sources_html`, as it was when first asked for: the evidence takes a kernel 6 MB to read.

    Parameters
    ----------
    entry : CourseEntry
        A lesson with a notebook.

    Returns
    -------
    html : str
        Kept as long as the process and its forks live; in another language marked as English, which it is.
    """
    if language() == "en":
        return _kept(entry)
    mark = f'<p class="bm-in-language" lang="{language()}">{tr("in English")}</p>'
    return f'<div lang="en">{mark}{_kept(entry)}</div>'


@cache
def _kept(entry: CourseEntry) -> str:
    return sources_html(entry)


@lru_cache(maxsize=1)
def _good_claims(path: Path, changed_ns: int) -> dict[str, Claim]:  # noqa: ARG001 - part of the key
    return read_claims(path)[0]


def _source(claim: Claim) -> str:
    checked = f", {claim.checked_on:%Y-%m-%d}" if claim.checked_on else ""
    note = f' <span class="bm-source-note">{escape(claim.note)}</span>' if claim.note else ""
    return (
        f'<li id="claim-{escape(claim.key)}"><span class="bm-source-claim">{escape(claim.claim)}</span> '
        f"<cite>{escape(claim.citation)}</cite> "
        f'<span class="bm-confidence bm-confidence-{claim.confidence}">{_CONFIDENCE[claim.confidence]}{checked}</span>{note}</li>'
    )


def _missing(key: str) -> str:
    return f'<li id="claim-{escape(key)}">This source can\'t be read at the moment.</li>'


def _glossary(entry: CourseEntry) -> str:
    try:
        terms = terms_in(notebook_text(entry.notebook)) if entry.notebook else ()
    except ContentError:
        return ""
    if not terms:
        return ""
    rows = "\n".join(f"<dt>{escape(term.term)}</dt><dd>{escape(term.short)}</dd>" for term in terms)
    return f'<details class="bm-glossary"><summary>Words used in this lesson</summary><dl>\n{rows}\n</dl></details>'
