"""The theme is chosen by looking at it, and kept in the settings."""

from __future__ import annotations

from pathlib import Path

from hunnan_tui.config.settings import FILE
from hunnan_tui.tui.dialogs.theme_picker import ThemePicker
from tests.tui.app_host import WIDE, OpenApp, press, settle


async def test_a_theme_is_shown_under_the_cursor_and_kept_when_chosen(
    shipped: Path, open_app: OpenApp, tmp_path: Path
) -> None:
    app = open_app(shipped)
    config = tmp_path / "config" / FILE
    async with app.run_test(size=WIDE) as pilot:
        await settle(app, pilot)
        before = app.theme
        await press(app, pilot, "f8")
        assert isinstance(app.screen, ThemePicker)
        assert app.theme == before
        await press(app, pilot, "down")
        assert app.theme != before
        await press(app, pilot, "escape")
        assert app.theme == before
        assert not config.exists()
        await press(app, pilot, "f8", *"nord")
        assert app.theme == "nord"
        await press(app, pilot, "enter")
        assert app.theme == "nord"
        assert config.read_text() == 'theme = "nord"\n'
        await press(app, pilot, "colon", *"gruvbox", "enter")
        assert app.theme == "gruvbox"
        assert config.read_text() == 'theme = "gruvbox"\n'
        config.write_text("broken = \n")
        await press(app, pilot, "colon", *"dracula", "enter")
        assert app.theme == "dracula"
        assert config.read_text() == "broken = \n"
        assert any("is for now" in each.message for each in app._notifications)
