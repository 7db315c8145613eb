"""Drives the app in tests: keys in, what is shown and saved out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tomli
from textual.pilot import Pilot
from textual.screen import ModalScreen

from hunnan_tui.tui.app import HunnanApp
from hunnan_tui.tui.widgets.filter_bar import FilterInput
from hunnan_tui.tui.widgets.project_list import ProjectList
from hunnan_tui.tui.widgets.status_line import StatusLine

OpenApp = Callable[..., HunnanApp]
WIDE = (104, 28)


async def settle(app: HunnanApp, pilot: Pilot[None]) -> None:
    """Wait until what was asked for is done and shown."""
    await pilot.pause()
    while app.holds_keys:
        await pilot.pause(0.01)
    # that of a dialog waits for an answer; one may have begun another
    while not isinstance(app.screen, ModalScreen):
        if all(worker.is_finished for worker in app.workers):
            break
        await app.workers.wait_for_complete()
    await pilot.pause()


async def press(app: HunnanApp, pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await settle(app, pilot)


async def type_filter(app: HunnanApp, pilot: Pilot[None], text: str) -> None:
    await press(app, pilot, "slash")
    app.screen.query_one(FilterInput).value = text
    await press(app, pilot, "enter")


def listed(app: HunnanApp) -> ProjectList:
    return app.screen_stack[1].query_one(ProjectList)


def status(app: HunnanApp) -> str:
    return app.screen_stack[1].query_one(StatusLine).render().plain


def project(path: Path, key: str) -> dict[str, Any]:
    projects = tomli.loads(path.read_text())["projects"]
    found: dict[str, Any] = next(each for each in projects if each["id"] == key)
    return found
