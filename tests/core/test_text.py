from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hunnan_tui.core.text import (
    UNSAFE,
    display,
    display_line,
    fold,
)


@given(st.text())
def test_shown_text_has_nothing_that_a_terminal_obeys(text: str) -> None:
    assert not UNSAFE.search(display(text))
    assert not UNSAFE.search(display_line(text))
    assert "\n" not in display_line(text)


@given(st.text())
def test_showing_and_folding_twice_is_showing_and_folding_once(text: str) -> None:
    assert display(display(text)) == display(text)
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("浑南 [x]", "浑南 [x]"),
        ("a\x1b[31mb", "a␛[31mb"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("a\x9bb", "a⟨U+009B⟩b"),
        ("one\r\ntwo", "one⏎two"),
        ("tab\there", "tab here"),
        ("👨‍👩‍👧", "👨‍👩‍👧"),
    ],
)
def test_controls_show_as_marks(text: str, shown: str) -> None:
    assert display_line(text) == shown
