"""A small dataset by hand, and folders of its own for the program."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.terminal import PROGRAM, Terminal

TEXT = """\
# a comment by hand
[[projects]]
id = "a"
name = "甲"   # kept
tags = ["first"]

[[projects]]
id = "b"
name = "B"
"""

OpenTerminal = Callable[..., Terminal]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "data" / "projects.toml"
    file.parent.mkdir()
    file.write_text(TEXT)
    return file


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    folders = {
        f"XDG_{name}_HOME": str(tmp_path / name.lower())
        for name in ("CONFIG", "STATE", "CACHE", "DATA")
    }
    # neither the size nor the make of the terminal that the tests are run in
    of_it = ("COLUMNS", "LINES", "TERM_PROGRAM", "LC_TERMINAL", "VSCODE_", "ITERM_")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(of_it)}
    return {**kept, "TERM": "xterm-256color", **folders}


@pytest.fixture
def terminal(path: Path, environ: dict[str, str]) -> Iterator[OpenTerminal]:
    """Open the app on the dataset; its main screen is there when this returns."""
    opened: list[Terminal] = []

    def make(
        *command: str, controlling: bool = True, first: str = "Quit", **variables: str
    ) -> Terminal:
        terminal = Terminal(
            command or (*PROGRAM, str(path)),
            environ | variables,
            controlling=controlling,
            fresh=first != "Quit",  # what it shows while it loads is looked at
        )
        opened.append(terminal)
        terminal.shows(first)
        return terminal

    yield make
    for each in opened:
        each.close()
