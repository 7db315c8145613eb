"""Each command of the main screen is declared once, and is run by one group."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from inspect import iscoroutinefunction
from pathlib import Path

from hunnan_tui.tui.background.scheduling import ACTION, HOLDS_KEYS
from hunnan_tui.tui.browser.commands import COMMANDS
from hunnan_tui.tui.browser.screen import BrowserScreen
from tests.tui.app_host import WIDE, OpenApp, settle


def test_ids_and_keys_are_declared_once() -> None:
    ids = Counter(command.id for command in COMMANDS)
    keys = Counter(key for command in COMMANDS for key in command.keys.split(","))
    assert set(ids.values()) == {1}
    assert set(keys.values()) == {1}


def test_what_a_command_does_fits_a_line_of_the_help() -> None:
    """A dialog has 100 columns at most, 14 of them for the key."""
    for command in COMMANDS:
        assert len(f"{command.name}  {command.help}") <= 82, command.id


async def test_each_command_has_one_handler(shipped: Path, open_app: OpenApp) -> None:
    app = open_app(shipped)
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        screen = app.screen
        assert isinstance(screen, BrowserScreen)
        declared = {command.id for command in COMMANDS if not command.app_action}
        assert set(screen.handlers) == declared
        for command in COMMANDS:
            if command.worker_group != ACTION:
                assert iscoroutinefunction(screen.handlers[command.id]), command.id


def test_keys_wait_for_every_command_but_a_reload() -> None:
    beside = {
        command.id for command in COMMANDS if command.worker_group not in HOLDS_KEYS
    }
    assert beside == {"file.reload"}


def test_the_declaration_needs_no_terminal() -> None:
    code = (
        "import sys, hunnan_tui.tui.browser.commands as commands;"
        "assert commands.COMMANDS; assert not {'textual', 'rich'} & {*sys.modules}"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
