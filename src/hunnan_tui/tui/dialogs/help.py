"""The dialog that lists the keys of a screen in groups, and what its signs mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from textual.content import Content
from textual.screen import Screen

from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.language import _
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.choices import matches_within
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.palette import list_commands, run_command
from hunnan_tui.tui.presenters import summary
from hunnan_tui.tui.presenters.commands import SIGNS, CommandEntry, group_commands


@runtime_checkable
class DescribesData(Protocol):
    """A screen that knows the data in use."""

    def describe_data(self) -> Sequence[tuple[str, str]]:
        """Return labels and texts."""


async def show_key_help(screen: Screen[Any]) -> None:
    """List the keys that work on a screen, and run the chosen command; in a worker."""
    commands = list(list_commands(screen))
    screens = reversed(screen.app.screen_stack)
    data = next((each for each in screens if isinstance(each, DescribesData)), None)
    dialog = HelpDialog(commands, data.describe_data() if data else ())
    chosen = await screen.app.push_screen_wait(dialog)
    if chosen is not None:
        await run_command(screen.app, commands[int(chosen)])


class HelpDialog(ChooseDialog):
    """Returns the index of the chosen command as a text."""

    PLACEHOLDER: ClassVar[str] = "A key, or what it does"

    def __init__(
        self,
        commands: Sequence[CommandEntry],
        data: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Offer commands.

        Args:
            commands: Those that work.
            data: Labels and texts on the data in use.
        """
        options = [
            (str(n), summary.format_command(item)) for n, item in enumerate(commands)
        ]
        super().__init__("Keys", options)
        self._commands, self._data = commands, data
        self._headings: dict[str, Content] = {}
        """The rows that cannot be chosen, by their ids."""

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        """Return all commands in groups, or those that a text names, keys first."""
        if not typed:
            rows = self._list_groups()
            return rows, next(n for n, row in enumerate(rows) if row.isdecimal())
        by_key = [
            str(n) for n, each in enumerate(self._commands) if each.has_key(typed)
        ]
        needle = fold(typed)
        others = [
            str(n)
            for n, each in enumerate(self._commands)
            if matches_within(needle, fold(f"{each.name} {each.help}"))
        ]
        rows = list(dict.fromkeys([*by_key, *others]))
        return rows, 0 if rows else None

    def format_row(self, row: str) -> Content:
        return self._headings[row] if row in self._headings else super().format_row(row)

    def is_heading(self, row: str) -> bool:
        return row in self._headings

    def show_rows(self, highlighted: int | None = None) -> None:
        super().show_rows(highlighted)
        if not self._rows:
            typed = self.input.value
            self.hint.show_message(f"No key or command like “{typed}”")

    def _list_groups(self) -> list[str]:
        numbers = {id(command): str(n) for n, command in enumerate(self._commands)}
        rows: list[str] = []
        for title, members in group_commands(self._commands).items():
            rows += self._add_heading(title)
            rows += (numbers[id(command)] for command in members)
        for title, lines in ((_("Signs"), SIGNS), (_("Data"), self._data)):
            rows += self._add_heading(title) if lines else []
            for number, (label, text) in enumerate(lines):
                row = f"line {number} of {title}"
                self._headings[row] = Content.assemble(
                    (pad(label, 12), "bold"), " ", text
                )
                rows.append(row)
        return rows

    def _add_heading(self, title: str) -> list[str]:
        """Return the rows of a heading: a blank line above it, but for the first."""
        blank, row = f"above {title}", f"group {title}"
        self._headings[blank] = Content(" ")
        is_first = len(self._headings) == 1
        self._headings[row] = Content.styled(title, "bold $text-primary")
        return [row] if is_first else [blank, row]
