"""Asks for the path of a file, and completes it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from hunnan_tui.config.path_completion import (
    PathOffer,
    find_common_start,
    list_paths,
)
from hunnan_tui.config.paths import expand_path, get_current_folder
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import UNSAFE, display_line
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.dialogs.base import DialogFrame, DialogList, KeyHints
from hunnan_tui.tui.dialogs.prompt import PromptDialog
from hunnan_tui.tui.widgets.text_field import TextField

PATH_LENGTH = 4_096
"""Characters of a path at most."""
_ROWS = 8
"""Lines of the list of files."""
_CHROME_HEIGHT = 9
"""Lines of the screen that are not for the list."""


class PathDialog(WorkerOwner, PromptDialog):
    """Returns a path as it is typed; one that is to be read exists."""

    GIVES_UP: ClassVar[str] = "cancel"
    """A folder that does not answer keeps nobody here."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "take",
            N_("choose"),
            id="prompt.take",
            tooltip=N_("Take this file"),
        ),
        Binding("tab", "complete", N_("complete"), id="path.complete", priority=True),
        Binding("down", "move('cursor_down')", N_("down"), show=False, id="path.down"),
        Binding("up", "move('cursor_up')", N_("up"), show=False, id="path.up"),
    ]

    def __init__(
        self,
        title: str,
        text: str = "",
        placeholder: str = "",
        *,
        suffixes: Collection[str] = (),
        is_new: bool = False,
    ) -> None:
        """Ask.

        Args:
            title: What the file is for.
            text: The path at first.
            placeholder: What to type, shown while the line is empty.
            suffixes: The suffixes of the files that are offered; none: all files.
            is_new: Whether the file is going to be written, and need not be there.
        """
        super().__init__(title, UNSAFE.sub("", text), placeholder, length=PATH_LENGTH)
        self._suffixes, self._is_new = suffixes, is_new
        self._folder = get_current_folder()
        self._offers: Sequence[PathOffer] = ()
        self._listed: str | None = None
        """The text whose offers are shown."""

    def compose(self) -> ComposeResult:
        self.field = TextField(
            self._text,
            placeholder=self._placeholder,
            max_length=PATH_LENGTH,
            compact=True,
        )
        self.list = DialogList()
        yield DialogFrame(
            self._title,
            self.field,
            self.list,
            KeyHints("prompt.take", "path.complete", "prompt.cancel"),
        )

    def on_mount(self) -> None:
        super().on_mount()
        self.list.styles.height = max(
            1, min(_ROWS, self.app.size.height - _CHROME_HEIGHT)
        )
        self.watch(self.field, "value", self._follow_typing)

    @property
    def is_settled(self) -> bool:
        """Whether the list is that of what is typed: `tab` takes it from there."""
        return self._listed == self.field.value

    def _follow_typing(self) -> None:
        self.query_one(KeyHints).show_message("")
        self._list_files(self.field.value)

    @work(group="paths", exclusive=True)
    async def _list_files(self, typed: str) -> None:
        """Show what the path can go on with; a thread reads the folder."""
        try:
            if not self.app.is_web:  # which is told nothing of the server's folders
                offers = await asyncio.to_thread(
                    list_paths, typed, self._folder, self._suffixes
                )
                self._show(offers)
        finally:
            self._listed = self.field.value

    def _show(self, offers: Sequence[PathOffer]) -> None:
        self._offers = offers
        options = [Option(Content(display_line(offer.name))) for offer in offers]
        if not options:
            nothing = Content.styled(_("Nothing here begins so"), "$foreground-muted")
            options = [Option(nothing, disabled=True)]
        self.list.set_options(options)
        self.list.highlighted = None

    @property
    def _highlighted(self) -> PathOffer | None:
        index = self.list.highlighted
        return None if index is None or not self._offers else self._offers[index]

    def action_move(self, movement: str) -> None:
        if self._offers:
            getattr(self.list, f"action_{movement}")()

    def action_complete(self) -> None:
        """Take the highlighted name; without one what all of them begin with."""
        offer = self._highlighted
        if offer is not None:
            self._put(offer.text)
        elif self._offers:
            self._put(find_common_start(self.field.value, self._offers))

    async def action_take(self) -> None:
        """Go into a folder; take a file."""
        offer = self._highlighted
        if offer is not None:
            self._put(offer.text)
            if offer.is_folder:
                return
        await super().action_take()

    async def explain_refusal(self, text: str) -> str:
        if self.app.is_web:  # its name is all that is taken of it
            return ""
        return await asyncio.to_thread(self._explain, text)

    def _explain(self, typed: str) -> str:
        """Return why a path cannot be taken; empty if it can."""
        path = expand_path(typed, self._folder)
        try:
            if path.is_dir():
                return _("That is a folder: choose a file in it")
            target = path.parent if self._is_new else path
            if target.exists():
                return ""
        except (OSError, ValueError) as error:
            return str(error)
        text = _("There is no such folder: {path}") if self._is_new else ""
        text = text or _("There is no such file: {path}")
        return text.format(path=target)

    def _put(self, text: str) -> None:
        self.field.value = text
        self.field.cursor_position = len(text)

    @on(OptionList.OptionSelected)
    def _take_clicked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        self._put(self._offers[message.option_index].text)
