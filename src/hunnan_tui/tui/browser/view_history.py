"""Changes of the saved views, which undo and redo take back and make again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.tui.browser.base import Browser

if TYPE_CHECKING:
    from hunnan_tui.config.saved_views import ViewEdit


class _Step(NamedTuple):
    label: str
    edit: ViewEdit
    after: int
    """The transaction that was the last one when the views were changed."""


class ViewHistory:
    """Keeps the changes in one order with those of the dataset."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._done: list[_Step] = []
        self._undone: list[_Step] = []

    def change(self, label: str, make: Callable[[Settings], ViewEdit]) -> str:
        """Change the views.

        Args:
            label: What is done, for the undo history.
            make: Makes the change.

        Returns:
            Why it was not made; empty if it was.
        """
        try:
            edit = make(self._browser.settings)
        except HunnanError as error:
            return str(error)
        self._browser.settings = edit.settings
        if edit.before != edit.after:
            after = self._browser.workspace.last_undoable
            self._done.append(_Step(label, edit, after))
            self._undone.clear()
        return ""

    def undo(self) -> str | None:
        """Take the last change back, if nothing else was changed since.

        Returns:
            Its label; None where another change is the last one.
        """
        return self._step(self._done, self._undone)

    def redo(self) -> str | None:
        """Make the change again that was taken back last; the result is as of `undo`."""
        return self._step(self._undone, self._done)

    def _step(self, source: list[_Step], target: list[_Step]) -> str | None:
        browser = self._browser
        if not source or source[-1].after != browser.workspace.last_undoable:
            return None
        from hunnan_tui.config.saved_views import restore_views

        step = source.pop()
        try:
            edit = restore_views(browser.settings, step.edit)
        except HunnanError as error:
            browser.notify(str(error), severity="error")
            return ""
        browser.settings = edit.settings
        target.append(step._replace(edit=edit))
        return step.label
