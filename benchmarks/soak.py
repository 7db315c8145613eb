"""What the app keeps while it is used: `python benchmarks/soak.py [DIALOGS [EDITS [KEYS]]]`.

Opens and leaves dialogs, edits the file from outside, presses keys; prints the memory after
the first hundred of each, and at the end. 5,000, 1,000 and 10,000 take some twenty minutes.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from synthetic import write
from terminal import Terminal

FIRST = 100
"""Rounds after which everything has been used once."""
DIALOGS = ("?", ":", "t", "n", "s", "f", "C", "x", "N", "a", "T", "i")
"""The keys that open them."""


def read_memory(pid: int) -> int:
    """Return the bytes that a process has in memory now."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024


def soak(terminal: Terminal, act: Callable[[int], None], count: int) -> tuple[int, int]:
    """Return the memory after the first rounds of an act, and after all."""
    first = 0
    for number in range(count):
        if number == FIRST:
            terminal.settle()
            first = read_memory(terminal.pid)
        act(number)
    terminal.settle()
    return first, read_memory(terminal.pid)


def main() -> None:
    """Use the app, and print a line for each kind of use."""
    given = list(map(int, sys.argv[1:]))
    counts = [*given, *(5_000, 1_000, 10_000)[len(given) :]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "soak.toml"
        write(174, path)
        homes = {f"XDG_{kind}_HOME": folder for kind in ("CONFIG", "STATE", "CACHE")}
        program = Path(sys.executable).with_name("hunnan-tui")
        terminal = Terminal([str(program), str(path)], {**os.environ, **homes})
        terminal.until("Synthetic")
        terminal.settle()

        def open_dialog(number: int) -> None:
            terminal.key(DIALOGS[number % len(DIALOGS)])
            terminal.key("\x1b")

        def edit_outside(number: int) -> None:
            text = path.read_text("utf-8")
            new = f"employ {number + 1} people"
            path.write_text(re.sub(r"employ \d+ people", new, text, count=1), "utf-8")
            terminal.settle(1.2)

        def press_key(number: int) -> None:
            terminal.key("jjkk/a\x1b\x1b[]"[number % 10])

        print("| what | rounds | after 100 | at the end | ratio |")
        print("| --- | --- | --- | --- | --- |")
        acts = {"dialogs": open_dialog, "edits": edit_outside, "keys": press_key}
        for (what, act), count in zip(acts.items(), counts, strict=True):
            if count <= FIRST:
                continue
            first, last = soak(terminal, act, count)
            ratio = last / first
            print(
                f"| {what} | {count:,} | {first >> 20} MB | {last >> 20} MB | {ratio:.2f} |"
            )
        terminal.leave("\x1b", "\x1b", "q")


if __name__ == "__main__":
    main()
