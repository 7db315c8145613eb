"""Whether git has just brought the file what others committed."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

from hunnan_tui.versions.program import run_git

_RECENT = 120
"""Seconds after which a pull is no longer the reason of a change."""
_BRINGS = ("pull", "merge", "rebase", "rebase (finish)", "am", "cherry-pick")


class Arrival(NamedTuple):
    """What a pull, a merge or a rebase has brought."""

    how: str
    """As in `pull`."""
    commits: int
    """Commits of the file."""
    authors: tuple[str, ...]
    """Whose they are, each once, the latest first."""


def find_arrival(path: Path, *, now: float | None = None) -> Arrival | None:
    """Return what git has brought into a file just now; None for nothing.

    Nothing is asked of another machine: git's own log of what it did is read.

    Args:
        path: The file.
        now: Seconds since 1970; None for those of the clock.

    Raises:
        GitError: There is no git, or no repository.
    """
    path = path.resolve()
    words = ["log", "-g", "-1", "--date=unix", "--format=%gd%x1f%gs", "HEAD"]
    when, _, what = _run(words, path).partition("\x1f")
    seconds = when.partition("{")[2].rstrip("}\n")
    current = time.time() if now is None else now
    if not seconds.isdecimal() or current - int(seconds) > _RECENT:
        return None
    how = what.split(":")[0].split()[0] if what.strip() else ""
    if how not in _BRINGS:
        return None
    words = ["log", "-z", "--format=%an", "--max-count=1000", "ORIG_HEAD..HEAD"]
    authors = [
        name for name in _run([*words, "--", path.name], path).split("\0") if name
    ]
    if not authors:
        return None
    return Arrival(how, len(authors), tuple(dict.fromkeys(map(str.strip, authors))))


def _run(words: list[str], path: Path) -> str:
    return run_git(words, path.parent).decode("utf-8", "replace")
