"""Content is found beside the package or inside it."""

from __future__ import annotations

import pytest

from bonemets_teach import content
from bonemets_teach.errors import ContentError


def test_the_three_folders_exist() -> None:
    """Notebooks, quizzes and assets are found."""
    assert content.notebooks_folder().is_dir()
    assert content.quizzes_folder().is_dir()
    assert content.assets_folder().is_dir()


def test_an_asset_is_found_by_its_path() -> None:
    """The path is below assets/."""
    assert content.asset("evidence/claims.yaml").is_file()


def test_a_missing_asset_is_named() -> None:
    """The message says which file and the way out."""
    with pytest.raises(ContentError, match=r"assets/no/such\.svg is missing; install the package again"):
        content.asset("no/such.svg")
