"""The command that commits the file: never unless it is asked for, and it sends nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser, Handler


class Commit:
    """Shows what a commit would say, and makes it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.handlers: Mapping[str, Handler] = {"file.commit": self.ask}

    async def ask(self) -> None:
        """Show the message, and commit the file alone if that is wanted."""
        from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
        from hunnan_tui.versions.commit import commit_file, make_message

        browser = self._browser
        stores = browser.workspace.store.members
        if browser.is_loading() or browser.refuses_edits():
            return
        if len(stores) > 1:
            browser.notify(_("Several files are open: open the one alone"))
            return
        if browser.workspace.status.unsaved:
            browser.notify(
                _("Not all is saved yet: {save} saves").format(
                    save=name_key("file.save")
                )
            )
            return
        store = stores[0]
        path = store.target
        try:
            message = await asyncio.to_thread(make_message, path)
            if not message:
                browser.notify(_("Nothing has changed since the last commit"))
                return
            title = _("Commit {name}?").format(name=path.name)
            dialog = ConfirmDialog(
                title, message, yes=_("Commit"), no=_("Not now"), is_asked_for=True
            )
            if not await browser.app.push_screen_wait(dialog):
                return
            commit = await asyncio.to_thread(commit_file, path, message)
        except HunnanError as error:
            why = display_line(str(error))
            browser.warn([_("Not committed: {why}").format(why=why)])
            return
        browser.commits.forget()
        browser.show_detail()
        text = _("Committed as {commit}; git push sends it to the others")
        browser.notify(text.format(commit=commit), timeout=10)
