"""The command that chooses the colours, and keeps the choice in the settings."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.base import Browser, Handler


class Appearance:
    """Chooses a theme."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.handlers: Mapping[str, Handler] = {"app.theme": self.choose_theme}

    async def choose_theme(self) -> None:
        """Ask for a theme, each shown while the cursor is on it."""
        from hunnan_tui.tui.dialogs.theme_picker import ThemePicker

        app = self._browser.app
        picker = ThemePicker(sorted(app.available_themes), app.theme)
        theme = await app.push_screen_wait(picker)
        if theme is not None:
            self.use_theme(theme)

    def use_theme(self, theme: str) -> None:
        """Show a theme from now on, also at the next start."""
        from hunnan_tui.config.save_setting import save_setting

        browser = self._browser
        browser.app.theme = theme
        if browser.settings.theme == theme:
            return
        try:
            browser.settings = save_setting(browser.settings, "theme", theme)
        except HunnanError as error:
            text = _("{theme} is for now: {why}").format(theme=theme, why=error)
            browser.notify(text, severity="warning")
            return
        browser.notify(_("{theme} is kept in the settings").format(theme=theme))
