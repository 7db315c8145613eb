"""The dialog that tells which keys work here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content
from textual.screen import Screen

from hunnan_tui.tui.dialogs.palette import list_commands, run
from hunnan_tui.tui.presenters import summary


async def show_key_help(screen: Screen[Any]) -> None:
    """Show the keys that work on a screen, and do what is chosen; in a worker of it."""
    commands = list(list_commands(screen))
    options = [(str(n), summary.command(each)) for n, each in enumerate(commands)]
    chosen = await _choice(screen, "Keys", options)
    if chosen is not None:
        await run(screen.app, commands[chosen])


async def _choice(
    screen: Screen[Any], title: str, options: Sequence[tuple[str, Content]]
) -> int | None:
    from hunnan_tui.tui.dialogs.choose import ChooseDialog

    chosen = await screen.app.push_screen_wait(ChooseDialog(title, options))
    return None if chosen is None else int(chosen)
