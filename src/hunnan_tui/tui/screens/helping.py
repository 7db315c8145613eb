"""The dialogs that tell: which keys work here, and what is wrong in the file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.content import Content
from textual.screen import Screen

from hunnan_tui.errors import Problem
from hunnan_tui.text import display_line
from hunnan_tui.tui import summary
from hunnan_tui.tui.commands import live_commands, run


async def help_with_keys(screen: Screen[Any]) -> None:
    """Show the keys that work on a screen, and do what is chosen; in a worker of it."""
    commands = list(live_commands(screen))
    options = [(str(n), summary.command(each)) for n, each in enumerate(commands)]
    chosen = await _choice(screen, "Keys", options)
    if chosen is not None:
        await run(screen.app, commands[chosen])


async def tell_problems(screen: Screen[Any], problems: Sequence[Problem]) -> None:
    """Show what is wrong, and the whole of the line that is chosen; in a worker too."""
    if not problems:
        screen.notify("Nothing is wrong in the file", markup=False)
        return
    lines = [display_line(str(each)) for each in problems]
    options = [(str(n), Content(line)) for n, line in enumerate(lines)]
    title = f"{len(problems):,} problems of the file"
    chosen = await _choice(screen, title, options)
    if chosen is not None:  # a line may be longer than the screen
        screen.notify(lines[chosen], timeout=30, markup=False)


async def _choice(
    screen: Screen[Any], title: str, options: Sequence[tuple[str, Content]]
) -> int | None:
    from hunnan_tui.tui.screens.choose import Choose

    chosen = await screen.app.push_screen_wait(Choose(title, options))
    return None if chosen is None else int(chosen)
