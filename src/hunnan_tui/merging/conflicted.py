"""A file in which git left conflicts: what is to be decided, and by whom each side is."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.language import _
from hunnan_tui.files.atomic import replace_file
from hunnan_tui.files.reading import read_file
from hunnan_tui.merging.merge import CannotMergeError, Conflict
from hunnan_tui.merging.resolve import (
    Hunk,
    Side,
    UnclearMarkersError,
    find_hunks,
    merge_again,
    take_side,
)
from hunnan_tui.versions.program import GitError, run_git

_THEIRS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REBASE_HEAD", "REVERT_HEAD", "stash@{0}")
"""What git calls the other side, one of them at a time."""


class Conflicted(NamedTuple):
    """A file with conflicts."""

    path: Path
    before: bytes
    """Its text as git left it."""
    text: bytes
    """The same, with what is no conflict in meaning merged."""
    hunks: tuple[Hunk, ...]
    conflicts: Mapping[int, Conflict]
    """What each is about, by its line."""
    notices: tuple[str, ...]
    knows_base: bool = False
    """Whether the markers say what both sides started from."""

    @property
    def our_side(self) -> bytes:
        """The text with our side everywhere."""
        everywhere = range(len(self.hunks))
        return take_side(self.text, self.hunks, dict.fromkeys(everywhere, "ours"))

    def describe(self, index: int) -> str:
        """Return what a conflict is about: `stage of projects aecc-base`."""
        conflict = self.conflicts.get(self.hunks[index].line)
        if conflict is None or not (conflict.key or conflict.id):
            return _("some lines")
        entry = f"{conflict.table} {conflict.id}".strip()
        return f"{conflict.key} · {entry}" if conflict.key else entry


def read_conflicted(path: Path) -> Conflicted | None:
    """Return the conflicts that git left in a file.

    None where there are none, and where they cannot be told apart: a marker was removed
    by hand, or a side is no TOML.

    Raises:
        DataError: The file cannot be read.
    """
    before = read_file(path)
    if b"<<<<<<<" not in before:
        return None
    with suppress(UnclearMarkersError, CannotMergeError):
        found = find_hunks(before)
        if not found:
            return None
        base = find_base(path)
        merged = merge_again(before, base)
        hunks = tuple(find_hunks(merged.text))
        conflicts = {conflict.line: conflict for conflict in merged.conflicts}
        return Conflicted(
            path,
            before,
            merged.text,
            hunks,
            conflicts,
            tuple(merged.notices),
            bool(base) or any(hunk.base is not None for hunk in found),
        )
    return None


def find_base(path: Path) -> bytes:
    """Return what both sides of a conflict started from, as git has it; empty if not."""
    path = path.resolve()
    with suppress(GitError):
        return run_git(["cat-file", "blob", f":1:./{path.name}"], path.parent)
    return b""


def write_decided(conflicted: Conflicted, sides: Mapping[int, Side]) -> int:
    """Write what was decided; return how many conflicts are left in the file.

    Raises:
        SaveError: The file has changed meanwhile, or could not be written.
    """
    text = take_side(conflicted.text, conflicted.hunks, sides)

    def make(found: bytes) -> bytes:
        if found != conflicted.before:
            raise SaveError(_("The file was changed meanwhile: look at it again"))
        return text

    replace_file(conflicted.path, make)
    return len(conflicted.hunks) - len(sides)


def describe_sides(path: Path) -> Mapping[Side, str]:
    """Return who made the last commit of each side, and when, as far as git knows."""
    path = path.resolve()
    described: dict[Side, str] = {}
    with suppress(GitError):
        described["ours"] = _describe_commit("HEAD", path)
    for name in _THEIRS:
        with suppress(GitError):
            described["theirs"] = _describe_commit(name, path)
            break
    return described


def _describe_commit(name: str, path: Path) -> str:
    words = ["log", "-1", "--format=%an · %ad · %s", "--date=format:%Y-%m-%d %H:%M"]
    run_git(["rev-parse", "--verify", "--quiet", f"{name}^{{commit}}"], path.parent)
    output = run_git([*words, name, "--", path.name], path.parent)
    return output.decode("utf-8", "replace").strip()
