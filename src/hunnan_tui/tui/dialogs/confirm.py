"""A question with the answers yes and no."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Button, Static

from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints

_DETAIL_LENGTH = 5_000


class ConfirmDialog(Dialog[bool]):
    """Asks before something that cannot be undone, where `no` has the focus."""

    DEFAULT_CSS = """
    ConfirmDialog {
        & VerticalScroll { height: auto; max-height: 40vh; scrollbar-size-vertical: 1; }
        & VerticalScroll:focus { background-tint: $foreground 5%; }
        & Static { height: auto; }
        & Horizontal { height: 1; margin: 1 0; }
        & Button { min-width: 0; padding: 0 2; margin-right: 2; }
        & Button.-style-default:focus {
            color: $block-cursor-foreground;
            background: $block-cursor-background;
            text-style: none;
        }
    }
    """
    AUTO_FOCUS = "#no"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", N_("yes"), id="confirm.yes", tooltip=N_("Do it")),
        Binding(
            "n,escape",
            "answer(False)",
            N_("no"),
            id="confirm.no",
            tooltip=N_("Leave it"),
        ),
        Binding(
            "left,right", "app.focus_next", N_("move"), show=False, id="confirm.move"
        ),
    ]

    def __init__(
        self,
        question: str,
        detail: str = "",
        *,
        yes: str = "",
        no: str = "",
        is_asked_for: bool = False,
    ) -> None:
        """Ask.

        Args:
            question: One line, the title.
            detail: More about it, any number of lines.
            yes: The label of the button that does it.
            no: The label of the other one.
            is_asked_for: Whether `yes` has the focus: the reader has asked for it, and
                nothing is lost by it.
        """
        super().__init__()
        self._question = question
        self._detail = detail
        self._labels = yes or _("Yes"), no or _("No")
        self._is_asked_for = is_asked_for

    def compose(self) -> ComposeResult:
        yes, no = (Content(display(label)) for label in self._labels)
        detail = Content(display(self._detail[:_DETAIL_LENGTH]))
        yield DialogFrame(
            self._question,
            VerticalScroll(Static(detail), can_focus=False),
            Horizontal(
                Button(no, id="no", compact=True), Button(yes, id="yes", compact=True)
            ),
            KeyHints("confirm.yes", "confirm.no"),
        )

    def on_mount(self) -> None:
        if self._is_asked_for:
            self.set_focus(self.query_one("#yes"))

    def action_answer(self, answer: bool) -> None:
        self.close(answer)

    @on(Button.Pressed)
    def _answer(self, message: Button.Pressed) -> None:
        message.stop()
        self.action_answer(message.button.id == "yes")
