"""Follows a page to the letter: its `console` blocks, in a fresh folder."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.docs.pages import read_blocks

_EXITS = re.compile(r"\s+# exits with (\d+)$")


def follow_page(page: Path, folder: Path, *, work: str) -> dict[str, str]:
    """Run every line of a page's `console` blocks, and return what each printed.

    Nothing of the user's is read or written. `work` names the folder below `folder` in
    which the lines run; it may be there.
    """
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "hunnan-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hunnan_tui "$@"\n')
    program.chmod(0o755)
    environ = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("STATE", "CONFIG")},
        **{f"XDG_{kind}_HOME": str(folder / kind) for kind in ("CACHE", "DATA")},
    }
    here, said = folder / work, {}
    here.mkdir(exist_ok=True)
    for line in read_lines(page):
        command = _EXITS.sub("", line)
        if command.startswith("cd "):
            here = here / command.removeprefix("cd ")
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=here,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        expected = _EXITS.search(line)
        assert done.returncode == int(expected[1] if expected else 0), (
            f"{command}\n{done.stdout}{done.stderr}"
        )
        said[command] = done.stdout
    return said


def read_lines(page: Path) -> list[str]:
    """Return the lines of a page's `console` blocks."""
    blocks = read_blocks(page, "console")
    lines = [line for block in blocks for line in block.text.splitlines()]
    return [line for line in lines if line.strip()]
