"""A database is not put where its locks do not hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bonemets_teach.progress import Attempt, open_log
from bonemets_teach.progress.folder import default_folder, network_filesystem


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "fuse.sshfs", "fuse", "9p", "lustre"])
def test_a_shared_file_system_is_refused_in_words(
    tmp_path: Path, kind: str, make_attempt: Callable[..., Attempt]
) -> None:
    """The message names folder and kind and the way out; nothing is written; the lesson works."""
    mounts = tmp_path / "mounts"
    home = tmp_path / "home"
    mounts.write_text(f"/dev/root / ext4 rw 0 0\nserver:/home {home} {kind} rw 0 0\n")
    log = open_log(home / "bonemets", mounts=mounts)
    assert log.problem is not None
    for words in (str(home), kind, "BONEMETS_DATA"):
        assert words in log.problem
    assert not home.exists()
    assert not log.record(make_attempt(log.learner("a" * 32)))


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("/ nfs4\n{0} ext4", None),
        ("{0} nfs4\n{0} ext4", None),
        ("/ ext4\n{0}-other nfs4", None),
        ("{0} fuseblk", None),
        ("/ nfs4", "nfs4"),
        ("", None),
        ("garbage\n\n\\x", None),
    ],
)
def test_the_nearest_mount_decides(tmp_path: Path, table: str, expected: str | None) -> None:
    """The longest, and of equal ones the latest, mount point that holds the folder counts."""
    mounts = tmp_path / "mounts"
    folder = tmp_path / "data"
    lines = [f"dev {line}" for line in table.format(folder).splitlines()]
    mounts.write_text("\n".join(lines))
    assert network_filesystem(folder / "deep", mounts) == expected


def test_blanks_in_mount_points_are_read(tmp_path: Path) -> None:
    """The table writes a blank as backslash 040."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path}/my\\040data nfs rw 0 0\n")
    assert network_filesystem(tmp_path / "my data", mounts) == "nfs"


def test_a_link_to_a_shared_file_system_is_followed(tmp_path: Path) -> None:
    """What counts is where the folder really is."""
    (tmp_path / "link").symlink_to(tmp_path / "shared")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"server:/x {tmp_path}/shared nfs rw 0 0\n")
    assert network_filesystem(tmp_path / "link" / "x", mounts) == "nfs"


def test_a_system_without_a_table_of_mounts_is_taken_as_local(tmp_path: Path) -> None:
    """Where there is no such file, nothing is refused."""
    assert network_filesystem(tmp_path, tmp_path / "missing") is None


def test_the_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """BONEMETS_DATA wins over the user's data folder."""
    monkeypatch.setenv("BONEMETS_DATA", str(tmp_path))
    assert default_folder() == tmp_path
    monkeypatch.setenv("BONEMETS_DATA", " ")
    assert default_folder().name == "bonemets"
