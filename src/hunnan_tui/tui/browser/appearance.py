"""The commands that choose colours and names, and keep the choice in the settings."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.names import Names, next_names, set_names
from hunnan_tui.tui.browser.base import Browser, Handler

_NAMES = {
    Names.ZH: N_("Chinese names"),
    Names.EN: N_("English names"),
    Names.BOTH: N_("Chinese and English names"),
}


class Appearance:
    """Chooses a theme, and which names are shown."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.handlers: Mapping[str, Handler] = {
            "app.theme": self.choose_theme,
            "app.names": self.switch_names,
        }

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

    def switch_names(self) -> None:
        """Show the next names everywhere from now on, also at the next start."""
        from hunnan_tui.config.save_setting import save_setting

        browser, names = self._browser, next_names()
        set_names(names)
        browser.show()
        if browser.waits_for_pinyin:  # it had no use before
            browser.preparation.start()
        browser.pages.renew(is_forced=True)
        shown = _(_NAMES[names])
        try:
            browser.settings = save_setting(browser.settings, "names", names.value)
        except HunnanError as error:
            text = _("{names} for now: {why}").format(names=shown, why=error)
            browser.notify(text, severity="warning")
            return
        browser.notify(shown)
