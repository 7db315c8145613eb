"""The dialog that lists the keys of a screen in groups, and what its signs mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Protocol, runtime_checkable

from textual.content import Content
from textual.screen import Screen

from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.language import N_, _
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

    DEFAULT_CSS = """
    HelpDialog DialogList > .option-list--option-disabled { color: $foreground; }
    """
    PLACEHOLDER: ClassVar[str] = N_("A key, or what it does")

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
        super().__init__(_("Keys"), options)
        self._commands = commands
        signs = [(sign, _(meaning)) for sign, meaning in SIGNS]
        self._lines = {
            f"line {number} of {title}": line
            for title, lines in ((_("Signs"), signs), (_("Data"), data))
            for number, line in enumerate(lines)
        }
        """Labels and texts that cannot be chosen, by the ids of their rows."""
        self._headings = {
            row: Content.assemble((pad(label, 12), "bold"), " ", text)
            for row, (label, text) in self._lines.items()
        }
        """The rows that cannot be chosen, by their ids."""

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        """Return all in groups, or what a text names: a key, a name, what is said."""
        if not typed:
            rows = self._list_groups()
            return rows, next(n for n, row in enumerate(rows) if row.isdecimal())
        needle = fold(typed).strip()
        commands = self._commands
        named = [matches_within(needle, fold(each.name)) for each in commands]
        said = [matches_within(needle, fold(each.help)) for each in commands]
        by_key = [each.has_key(typed) for each in commands]
        rows = list(
            dict.fromkeys(
                str(n)
                for matches in (by_key, named, said)
                for n, is_match in enumerate(matches)
                if is_match
            )
        )
        first = 0 if rows else None
        rows += (
            row
            for row, (label, text) in self._lines.items()
            if typed.strip() == label or matches_within(needle, fold(f"{label} {text}"))
        )
        return rows, first

    def format_row(self, row: str) -> Content:
        return self._headings[row] if row in self._headings else super().format_row(row)

    def is_heading(self, row: str) -> bool:
        return row in self._headings

    def action_move(self, movement: str) -> None:
        """Move the cursor; behind the last command go on to the signs and the data."""
        shown = self.list
        is_down = movement in ("cursor_down", "page_down")
        chosen = [n for n, row in enumerate(self._rows) if row.isdecimal()]
        is_last = bool(chosen) and shown.highlighted == chosen[-1]
        if is_down and is_last and shown.scroll_offset.y < shown.max_scroll_y:
            lines = 1 if movement == "cursor_down" else shown.size.height
            shown.scroll_relative(y=lines, animate=False)
            return
        super().action_move(movement)
        if chosen and shown.highlighted == chosen[0]:
            shown.scroll_home(animate=False)  # with the title of its group

    def show_rows(self, highlighted: int | None = None) -> None:
        super().show_rows(highlighted)
        if not self._rows:
            typed = self.input.value
            self.hint.show_message(
                _("No key or command like “{typed}”").format(typed=typed)
            )

    def _list_groups(self) -> list[str]:
        numbers = {id(command): str(n) for n, command in enumerate(self._commands)}
        rows: list[str] = []
        for title, members in group_commands(self._commands).items():
            rows += self._add_heading(title)
            rows += (numbers[id(command)] for command in members)
        for line in self._lines:
            title = line.partition(" of ")[2]
            if f"group {title}" not in rows:
                rows += self._add_heading(title)
            rows.append(line)
        return rows

    def _add_heading(self, title: str) -> list[str]:
        """Return the rows of a heading: a blank line above it, but for the first."""
        blank, row = f"above {title}", f"group {title}"
        self._headings[blank] = Content(" ")
        is_first = len(self._headings) == len(self._lines) + 1
        self._headings[row] = Content.styled(_(title), "bold $text-primary")
        return [row] if is_first else [blank, row]
