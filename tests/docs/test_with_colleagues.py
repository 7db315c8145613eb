"""The page for a team is followed to the letter, in fresh folders."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, read_blocks

PAGE = ROOT / "docs" / "with-colleagues.md"
_EXITS = re.compile(r"\s+# exits with (\d+)$")


@pytest.mark.posix
def test_a_team_gets_from_nothing_to_a_shared_file(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    program = programs / "hunnan-tui"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m hunnan_tui "$@"\n')
    program.chmod(0o755)
    environ = {
        **os.environ,
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("STATE", "CONFIG")},
        **{f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("CACHE", "DATA")},
    }
    folder, said = tmp_path / "team", {}
    folder.mkdir()
    commands = [
        line
        for block in read_blocks(PAGE, "console")
        for line in block.text.splitlines()
        if line.strip()
    ]
    assert len(commands) > 30
    for line in commands:
        command = _EXITS.sub("", line)
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
            continue
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=folder,
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
    shown = said["hunnan-tui show aecc-gas-turbine-base"]
    assert all(
        words in shown for words in ("visited", "watch", "Met the manager", "李")
    )
    blamed = said["hunnan-tui blame aecc-gas-turbine-base"].splitlines()
    (stage,) = [line for line in blamed if line.endswith("Stage: operating")]
    assert "\tAnn\t" in stage
    assert "AECC" in said["hunnan-tui list -q 'by:李 noted:-7d..'"]
