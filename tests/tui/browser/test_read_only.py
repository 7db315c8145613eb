"""With nothing to be changed, each command that would is refused with one line."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.tui.browser.commands import COMMANDS
from hunnan_tui.tui.browser.screen import _ACTS
from tests.tui.app_host import OpenApp, press, settle


async def test_every_act_is_refused_and_nothing_is_opened(
    shipped: Path, open_app: OpenApp
) -> None:
    before = shipped.read_bytes()
    app = open_app(shipped)
    app.workspace.store.locked = "--read-only was given"
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(app, pilot)
        acts = [command for command in COMMANDS if command.id.startswith(_ACTS)]
        assert len(acts) > 15
        for command in acts:
            app.clear_notifications()
            await press(app, pilot, command.keys.split(",")[0])
            assert len(app.screen_stack) == 2, command.id
            (told,) = [each.message for each in app._notifications]
            assert told == "Nothing is changed: --read-only was given"
        assert not app.workspace.status.unsaved
    assert shipped.read_bytes() == before


async def test_an_act_that_reaches_the_workspace_is_refused_too(
    shipped: Path, open_app: OpenApp
) -> None:
    app = open_app(shipped)
    app.workspace.store.locked = "--read-only was given"
    async with app.run_test(size=(120, 36), notifications=True) as pilot:
        await settle(app, pilot)
        screen = app._browser
        assert screen is not None
        screen._tags.handlers["tags.watch"]()
        await settle(app, pilot)
        told = [each.message for each in app._notifications]
        assert any("--read-only was given" in message for message in told)
        assert not app.workspace.status.unsaved
