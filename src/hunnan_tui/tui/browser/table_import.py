"""The command that brings a table into the open dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from hunnan_tui.core.changes import Transaction
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.editing import Editing

if TYPE_CHECKING:
    from hunnan_tui.tui.pages.results import PageResult


class TableImport:
    """Asks for a table, shows what becomes of it, and makes the edits."""

    def __init__(self, browser: Browser, editing: Editing) -> None:
        self._browser, self._editing = browser, editing
        self._last_path = ""
        """The table that was asked for last."""
        self.handlers: Mapping[str, Handler] = {"file.import": self.ask}

    def ask(self) -> None:
        """Ask for a table."""
        from hunnan_tui.tui.dialogs.path import PathDialog

        browser = self._browser
        if not browser.is_loading():
            dialog = PathDialog(
                _("Import a table"),
                self._last_path,
                _("path of a workbook, CSV or JSON"),
            )
            browser.app.push_screen(dialog, self._open)

    def _open(self, path: str | None) -> None:
        from hunnan_tui.tui.pages.import_table import ImportPage

        if path is None:
            return
        self._last_path = path
        browser = self._browser
        store = browser.workspace.store
        reason = store.explain_no_facts()
        if len(store.members) > 1:
            reason = _("several files are open: open the one that it belongs to alone")
        page = ImportPage(path, store.path, why_only_new=reason)
        browser.app.push_screen(page, self._follow)

    def _follow(self, result: PageResult | None) -> None:
        from hunnan_tui.storage.edit_json import parse_edit
        from hunnan_tui.tui.pages.results import WriteImport

        if isinstance(result, WriteImport):
            edits = tuple(map(parse_edit, result.edits))
            done = self._editing.submit(Transaction(result.label, edits))
            if done:
                text = _("Done: {label}. {undo} takes it back")
                self._browser.notify(
                    text.format(label=result.label, undo=name_key("edit.undo"))
                )
            self._browser.warn(filter(None, [result.warning]))
