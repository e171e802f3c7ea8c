"""Scripts, styles and pictures are cached by their hash, and nothing else is served."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bonemets_teach.server.static_files import BUNDLES, bundle


def test_addresses_with_a_hash_may_be_kept_for_ever(served: Any) -> None:
    """What the home page links to is immutable."""
    url = re.search(r'href="(/static/page\.css\?v=\w+)"', served.ask().text)[1]

    assert "immutable" in served.ask(url).headers["cache-control"]


def test_an_outdated_hash_is_not_kept_for_ever(served: Any) -> None:
    """An address from an older version gets the new file, but not for ever."""
    assert served.ask("static/page.css?v=0123456789ab").headers["cache-control"] == "no-cache"


def test_an_unchanged_file_is_not_sent_again(served: Any) -> None:
    """A conditional request is answered with 304."""
    tag = served.ask("static/host.js").headers["etag"]

    assert served.ask("static/host.js", headers={"If-None-Match": tag}).status == 304


def test_the_host_script_is_small() -> None:
    """The whole front end of the light page stays below 28 kB, the words of other languages aside."""
    assert len(bundle("host.js")) < 28_000


@pytest.mark.parametrize("name", sorted(BUNDLES))
def test_scripts_and_styles_name_no_host(name: str) -> None:
    """No script or style sheet asks another host for anything."""
    hosts = re.findall(r"https?://(?!www\.w3\.org)[\w.]+", bundle(name).decode())

    assert hosts == []


@pytest.mark.parametrize(
    "path",
    ["assets/../pyproject.toml", "assets/%2e%2e/pyproject.toml", "assets/evidence/claims.yaml", "static/host.py",
     "voila/files/README.md", "voila/static/../app.py", "voila/templates/lab/static/../index.html.j2", "widget/0.js"],
)  # fmt: skip
def test_other_files_are_not_served(served: Any, path: str) -> None:
    """Nothing outside the scripts, styles and pictures can be read."""
    assert served.ask(path).status == 404
