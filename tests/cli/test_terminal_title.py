"""The title of the terminal says what is open, and is given back."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from hunnan_tui.cli.terminal_title import show_title


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (["a/浑南.toml"], "浑南.toml"),
        (["one.toml", "two.toml"], "one.toml, two.toml"),
        (["x" * 200 + ".toml"], "x" * 59 + "…"),
    ],
)
def test_the_title_is_what_is_open_and_goes(
    names: list[str], shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "__stderr__", terminal)
    with show_title([Path(name) for name in names], {"TERM": "xterm-256color"}):
        assert terminal.getvalue() == f"\x1b[22;2t\x1b]2;{shown} - hunnan-tui\x07"
    assert terminal.getvalue().endswith("\x1b[23;2t")


def test_a_name_cannot_end_the_title(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "__stderr__", terminal)
    with show_title([Path("a\x07\x1b]0;b\x9c.toml")], {"TERM": "xterm"}):
        pass
    title = terminal.getvalue().partition("\x1b]2;")[2].partition("\x07")[0]
    assert title.endswith(" - hunnan-tui")
    assert not {"\x1b", "\x9c"} & {*title}


@pytest.mark.parametrize("term", ["linux", "vt220", "dumb"])
def test_where_there_is_no_window_nothing_is_written(
    term: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "__stderr__", terminal)
    with show_title([Path("a.toml")], {"TERM": term}):
        pass
    assert terminal.getvalue() == ""
