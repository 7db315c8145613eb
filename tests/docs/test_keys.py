"""The keys page has every key of the main screen."""

from __future__ import annotations

from textual.binding import Binding

from hunnan_tui.tui.browser.screen import BrowserScreen
from hunnan_tui.tui.widgets.project_list import ProjectList
from tests.docs.pages import ROOT, read_codes, read_prose

PAGE = ROOT / "docs" / "keys.md"
_SIGNS = {
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "equals_sign": "=",
    "number_sign": "#",
    "exclamation_mark": "!",
    "colon": ":",
    "question_mark": "?",
    "full_stop": ".",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "escape": "esc",
    "shift+left": "shift+←",
    "shift+right": "shift+→",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def test_every_key_is_explained() -> None:
    codes = set(read_codes(read_prose(PAGE)))
    classes = (*BrowserScreen.__mro__, *ProjectList.__mro__)
    bindings = [
        binding
        for each in classes
        if each.__module__.startswith("hunnan_tui")
        for binding in each.__dict__.get("BINDINGS", ())
        if isinstance(binding, Binding)
    ]
    assert len(bindings) > 50
    for binding in bindings:
        for key in binding.key.split(","):
            if "bracket" in key and key not in _SIGNS:
                continue  # the twins of another keyboard
            assert _SIGNS.get(key, key) in codes, binding
