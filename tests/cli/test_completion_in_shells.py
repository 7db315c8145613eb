"""Tab in real shells: the program gets what was completed, and nothing else is run."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.hostile_values import HOSTILE, write_dataset

pytestmark = pytest.mark.posix

PATIENCE = 60.0
"""Seconds in which anything that is waited for must come; far more than it takes."""
SEPARATOR = "\x1f"
"""What stands behind each argument in the file that shells write them to."""

BASH = r"""
PS1='READY> '
eval "$(hunnan-tui completion bash)"
hunnan-tui() { printf '%s\037' "$@" >> typed; echo >> typed; }
"""
ZSH = r"""
PS1='READY> '
source <(hunnan-tui completion zsh)
hunnan-tui() { printf '%s\037' "$@" >> typed; echo >> typed; }
"""
FISH = r"""
set -g fish_greeting
function fish_prompt; printf 'READY> '; end
hunnan-tui completion fish | source
function hunnan-tui; printf '%s\037' $argv >> typed; echo >> typed; end
"""
SHELLS = {
    "bash": (("bash", "--noprofile", "--rcfile", ".bashrc", "-i"), ".bashrc", BASH),
    "zsh": (("zsh", "-i"), ".zshrc", ZSH),
    "fish": (("fish", "-i", "-C", "source .start.fish"), ".start.fish", FISH),
}
VALUES = [f"{chr(ord('a') + n)}{value}" for n, value in enumerate(HOSTILE)]
"""Told apart by their first letters."""


class Shell:
    """An interactive shell, and what it has run the program with."""

    def __init__(self, name: str, folder: Path) -> None:
        from tests.faults.terminal import Terminal  # Windows lacks what it needs

        command, file, setup = SHELLS[name]
        (folder / file).write_text(setup)
        self._typed = folder / "typed"
        programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        own = {"PATH": programs, "HOME": str(folder), "ZDOTDIR": str(folder)}
        environ = os.environ | own | {"LC_ALL": "C.UTF-8", "TERM": "xterm"}
        self.terminal = Terminal(command, environ)

    def start(self) -> None:
        """Wait until it takes lines."""
        self._wait(lambda: b"READY> " in self.terminal.output)

    def type(self, line: str) -> list[str]:
        """Type a line, in which a tab completes, and enter; return the arguments."""
        count = len(self._read())
        self.terminal.type(f"{line}\r")
        self._wait(lambda: len(self._read()) > count)
        return self._read()[-1]

    def _read(self) -> list[list[str]]:
        if not self._typed.exists():
            return []
        *lines, _ = self._typed.read_text("utf-8").split("\n")
        return [line.split(SEPARATOR)[:-1] for line in lines]

    def _wait(self, is_done: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_done():
            assert time.monotonic() < end, self.terminal.output.decode()
            self.terminal.read(0.05)


@pytest.fixture(params=SHELLS)
def shell(request: pytest.FixtureRequest, home: Path) -> Iterator[Shell]:
    if shutil.which(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    write_dataset(home, VALUES)
    (home / "two words.csv").touch()
    opened = Shell(request.param, home)
    try:
        opened.start()
        yield opened
    finally:
        opened.terminal.close()


def test_what_tab_completes_is_what_the_program_gets(shell: Shell, home: Path) -> None:
    for line, words in {
        "hunnan-tui sho\t": ["show"],
        "hunnan-tui tag rem\t": ["tag", "remove"],
        "hunnan-tui list --form\tjsonl": ["list", "--format", "jsonl"],
        "hunnan-tui list --format=tab\t": ["list", "--format=table"],
        "hunnan-tui list -q is:wat\t": ["list", "-q", "is:watched"],
        "hunnan-tui list -q 'id:x is:wat\t": ["list", "-q", "id:x is:watched"],
        "hunnan-tui import two\t": ["import", "two words.csv"],
        "hunnan-tui list -f proj\t": ["list", "-f", "projects.toml"],
    }.items():
        assert shell.type(line) == words, line
    for value in VALUES:
        assert shell.type(f"hunnan-tui show {value[0]}\t") == ["show", value]
    there = {each.name for each in home.iterdir()} - {"typed", "projects.toml"}
    assert not [name for name in there if "ran" in name]
