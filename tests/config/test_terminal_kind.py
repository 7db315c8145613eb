"""What the environment says of a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from hunnan_tui.config.settings import load_settings
from hunnan_tui.config.terminal_kind import (
    KITTY_KEYS,
    SwitchError,
    explain_undrawable,
    should_use_kitty_keys,
)

LOSING = [
    {"TERM_PROGRAM": "iTerm.app"},
    {"LC_TERMINAL": "iTerm2"},
    {"TERM_PROGRAM": "tmux", "LC_TERMINAL": "iTerm2"},
    {"TERM_PROGRAM": "tmux", "ITERM_SESSION_ID": "w0t0p0"},
    {"TERM_PROGRAM": "vscode"},
    {"VSCODE_IPC_HOOK_CLI": "/run/vscode.sock"},
    {"TERM": "screen-256color", "VSCODE_INJECTION": "1"},
]


@pytest.mark.parametrize("environ", LOSING)
def test_a_terminal_that_loses_text_is_not_asked_for_the_protocol(
    environ: dict[str, str],
) -> None:
    assert not should_use_kitty_keys(environ, None)


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"TERM": "xterm-kitty"},
        {"TERM_PROGRAM": "ghostty"},
        {"TERM_PROGRAM": "tmux", "TERM": "tmux-256color"},
        {"VSCODE_INJECTION": ""},
    ],
)
def test_any_other_terminal_is_asked(environ: dict[str, str]) -> None:
    assert should_use_kitty_keys(environ, None)


@pytest.mark.parametrize("environ", [*LOSING, {"TERM": "xterm-kitty"}])
@pytest.mark.parametrize(("typed", "wanted"), [("1", True), ("Off", False)])
def test_the_variable_and_the_setting_switch_it_either_way(
    environ: dict[str, str], typed: str, wanted: bool
) -> None:
    assert should_use_kitty_keys(environ | {KITTY_KEYS: typed}, None) is wanted
    assert should_use_kitty_keys(environ | {KITTY_KEYS: typed}, not wanted) is wanted
    assert should_use_kitty_keys(environ, wanted) is wanted
    assert should_use_kitty_keys(environ | {KITTY_KEYS: "auto"}, wanted) is wanted


def test_textuals_own_variable_still_turns_it_off() -> None:
    assert not should_use_kitty_keys({"TEXTUAL_DISABLE_KITTY_KEY": "1"}, None)
    assert should_use_kitty_keys({"TEXTUAL_DISABLE_KITTY_KEY": "1"}, True)


def test_a_switch_that_is_neither_on_nor_off_is_an_error() -> None:
    with pytest.raises(SwitchError, match="maybe"):
        should_use_kitty_keys({KITTY_KEYS: "maybe"}, None)


@pytest.mark.parametrize(
    ("written", "wanted"), [("true", True), ("false", False), ('"no"', None)]
)
def test_the_setting_is_read_and_a_wrong_one_is_a_problem(
    tmp_path: Path, written: str, wanted: bool | None
) -> None:
    (tmp_path / "config.toml").write_text(f"kitty_keys = {written}\n")
    settings = load_settings(tmp_path)
    assert settings.kitty_keys is wanted
    assert ("kitty_keys" in str(settings.problems)) == (wanted is None)


@pytest.mark.parametrize(
    "term", [None, "", " ", "dumb", "DUMB", "dumb-emacs-ansi", "unknown", "emacs"]
)
def test_some_terminals_cannot_be_drawn_on(term: str | None) -> None:
    assert explain_undrawable({} if term is None else {"TERM": term})


@pytest.mark.parametrize("term", ["xterm", "vt100", "xterm-ghostty", "eterm-color"])
def test_others_can_also_those_that_no_database_knows(term: str) -> None:
    assert not explain_undrawable({"TERM": term})
