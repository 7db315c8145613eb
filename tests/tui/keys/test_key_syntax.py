"""What people write for a key, and what terminals send."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.tui.keys.key_syntax import explain_unsent, find_key, suggest_key
from hunnan_tui.tui.keys.table import list_keys
from hunnan_tui.tui.presenters.key_names import display_key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("x", "x"),
        ("X", "X"),
        ("shift+x", "X"),
        ("ctrl+n", "ctrl+n"),
        ("Ctrl+N", "ctrl+n"),
        ("^n", "ctrl+n"),
        ("?", "question_mark"),
        ("？", "question_mark"),
        ("question_mark", "question_mark"),
        ("+", "plus"),
        (" ", "space"),
        ("space", "space"),
        ("esc", "escape"),
        ("PageDown", "pagedown"),
        ("pgdn", "pagedown"),
        ("↑", "up"),
        ("f6", "f6"),
        ("shift+up", "shift+up"),
        ("shift+ctrl+up", "ctrl+shift+up"),
        ("é", "é"),
        ("中", None),
        ("foo", None),
        ("ctl+x", None),
        ("a+b", None),
        ("f99", None),
        ("<any>", None),
    ],
)
def test_a_key_is_found_as_people_write_it(text: str, key: str | None) -> None:
    assert find_key(text) == key


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ctl+x", "ctrl+x"), ("escpe", "escape"), ("pagedwn", "pagedown"), ("zzzz", "")],
)
def test_a_mistyped_key_has_a_suggestion(typed: str, meant: str) -> None:
    assert suggest_key(typed) == meant


@pytest.mark.parametrize(
    "key", ["ctrl+shift+n", "ctrl+enter", "ctrl+1", "shift+enter", "super+x"]
)
def test_what_only_some_terminals_send_is_told_unless_they_do(key: str) -> None:
    told = explain_unsent(key, has_kitty_keys=False)
    assert told is not None
    assert "kitty_keys" in told[1]
    assert explain_unsent(key, has_kitty_keys=True) is None


@pytest.mark.parametrize("key", ["ctrl+i", "ctrl+m", "ctrl+left_square_bracket"])
def test_what_no_terminal_tells_apart_is_told_always(key: str) -> None:
    assert explain_unsent(key, has_kitty_keys=True) is not None


def test_terminals_send_every_key_of_the_program() -> None:
    for entry in list_keys():
        if entry.id:
            for key in entry.keys:
                assert explain_unsent(key, has_kitty_keys=False) is None, entry


def test_what_is_shown_of_a_key_can_be_written_for_it() -> None:
    for entry in list_keys():
        for key in entry.keys if entry.id else ():
            assert find_key(display_key(key)) == key, key


@given(st.text(max_size=20))
def test_any_text_is_a_key_or_none(text: str) -> None:
    key = find_key(text)
    suggest_key(text)
    if key is not None:
        assert find_key(display_key(key)) == key or not text.isascii()
        explain_unsent(key, has_kitty_keys=False)
