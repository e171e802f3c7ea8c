"""The list at the end of a lesson: each cited claim with its source, its confidence and its words."""

from __future__ import annotations

from html import escape
from typing import Final

from bonemets_teach.content import assets_folder
from bonemets_teach.content.language import language, tr
from bonemets_teach.errors import ContentError
from bonemets_teach.evidence import Claim, terms_in
from bonemets_teach.evidence.claims import CLAIMS_FILE, read_claims
from bonemets_teach.lessons.catalog import CourseEntry
from bonemets_teach.lessons.materials import cited_claims, notebook_text

__all__ = ["sources_html"]

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
    known, _ = read_claims(assets_folder() / "evidence" / CLAIMS_FILE)
    items = "\n".join(_source(known[key]) if key in known else _missing(key) for key in cited_claims(entry))
    listed = (
        f'{_mark()}<ol class="bm-sources"{_lang()}>\n{items}\n</ol>'
        if items
        else f"<p>{tr('This lesson cites no source.')}</p>"
    )
    return f'<div class="bm-source-list">{listed}\n{_glossary(entry)}</div>'


def _lang() -> str:
    # Claims and terms stand in the language of their sources' readers so far.
    return "" if language() == "en" else ' lang="en"'


def _mark() -> str:
    return "" if language() == "en" else f'<p class="bm-in-language">{tr("in English")}</p>'


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
    return f'<details class="bm-glossary"><summary>{tr("Words used in this lesson")}</summary><dl{_lang()}>\n{rows}\n</dl></details>'
