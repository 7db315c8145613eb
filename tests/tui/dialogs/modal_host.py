"""An app that holds one modal, and what the modals' tests ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from textual import events
from textual.app import App
from textual.screen import ModalScreen

from hunnan_tui.core.text import UNSAFE

HOSTILE = [
    pytest.param("[/x] [@click=app.quit]x[/] C:\\[tmp]\\ [bold", id="markup"),
    pytest.param("\x1b[31mred\x1b]0;title\x07 \u202eright to left", id="escapes"),
    pytest.param("中航发燃气轮机产业基地 👨‍👩‍👧‍👦 ❤️ 🇨🇳", id="wide"),
    pytest.param("\u0301\u0301\u0301" + "a\u0301" * 50, id="marks"),
    pytest.param("x" * 10_000, id="long"),
    pytest.param("汉" * 10_000, id="long wide"),
    pytest.param("one\r\ntwo\ttab\u2028three", id="lines"),
]


class ModalHost(App[None]):
    """Opens a modal at once and keeps what it returned."""

    def __init__(self, modal: ModalScreen[Any]) -> None:
        super().__init__()
        self.modal = modal
        self.results: list[Any] = []

    def on_mount(self) -> None:
        self.push_screen(self.modal, self.results.append)

    @property
    def shown(self) -> str:
        """What stands on the screen, row by row."""
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text for strip in strips)

    def is_clean(self) -> bool:
        """Whether nothing on the screen could be obeyed by a terminal."""
        return not any(UNSAFE.search(row) for row in self.shown.splitlines())

    def send(self, keys: Sequence[str]) -> None:
        """Send keys in a burst, as a terminal does with what was typed ahead."""
        for key in keys:
            self.post_message(events.Key(key, key if len(key) == 1 else None))
