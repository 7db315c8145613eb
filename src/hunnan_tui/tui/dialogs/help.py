"""The dialog that lists the keys of a screen."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from hunnan_tui.tui.dialogs.palette import list_commands, run_command
from hunnan_tui.tui.presenters import summary


async def show_key_help(screen: Screen[Any]) -> None:
    """List the keys that work on a screen, and run the chosen command; in a worker."""
    # not with the first screen
    from hunnan_tui.tui.dialogs.choose import ChooseDialog

    commands = list(list_commands(screen))
    options = [
        (str(n), summary.format_command(item)) for n, item in enumerate(commands)
    ]
    chosen = await screen.app.push_screen_wait(ChooseDialog("Keys", options))
    if chosen is not None:
        await run_command(screen.app, commands[int(chosen)])
