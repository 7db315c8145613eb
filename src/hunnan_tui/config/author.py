"""The default author of notes: the user's name in git."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

from hunnan_tui.core.text import UNSAFE

PATIENCE = 2.0
"""Seconds that git gets."""
_LONGEST = 100


@cache
def read_git_author(folder: Path) -> str:
    """Return `user.name` of git as it is set for a folder; empty if there is none."""
    try:
        done = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - where git is, is the user's
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        output = done.stdout.decode()
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    name = " ".join(UNSAFE.sub("", output).split())
    return name if done.returncode == 0 and len(name) <= _LONGEST else ""
