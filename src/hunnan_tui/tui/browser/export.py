"""The command of export."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hunnan_tui.config.paths import expand_path, get_current_folder
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.presenters import facets

if TYPE_CHECKING:
    from hunnan_tui.tui.presenters.export_options import ExportOptions, ExportRequest

_ANNOUNCED = 5_000
"""Projects from which on writing takes a while, and is announced."""


class Export:
    """Writes what is shown to a file."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._last_request: ExportRequest | None = None
        """What was exported last."""
        self.handlers: Mapping[str, Handler] = {"share.export": self.export}

    async def export(self) -> None:
        """Ask what to write, and write it."""
        from hunnan_tui.tui.dialogs.export import ExportDialog
        from hunnan_tui.tui.presenters.export_options import (
            KINDS,
            PICTURE,
            ExportRequest,
            describe_left_out,
            encode_screenshot,
            suggest_file_name,
        )

        browser = self._browser
        if browser.is_loading():
            return
        options, last = self._build_options(), self._last_request or ExportRequest()
        paths = [store.path for store in browser.workspace.store.members]
        dataset_name = "+".join(path.stem for path in paths)
        name = suggest_file_name(
            dataset_name, browser.view.name, options.export_date, KINDS[last.kind]
        )
        suggestion = replace(last, marked=bool(options.marked), path=name)
        app = browser.app
        folder, problem = get_current_folder(), ""
        while True:  # until it is written, or given up: a mistyped path is not lost
            dialog = ExportDialog(options, suggestion, folder, problem)
            request = await app.push_screen_wait(dialog)
            if request is None:
                return
            suggestion = self._last_request = request
            is_picture = request.kind == PICTURE
            svg = encode_screenshot(app.export_screenshot()) if is_picture else b""
            path = expand_path(request.path, folder)
            left_out = describe_left_out(options, request)
            make = partial(_encode, options, request, svg)
            problem = await self._try_to_write(path, make, left_out)
            if not problem:
                return

    async def write(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write a file in a thread, and say how that went; ask before replacing one.

        Args:
            path: The file.
            make: Makes its content, in the thread.
        """
        if problem := await self._try_to_write(path, make):
            self._browser.notify(problem, severity="error", timeout=15)

    async def _try_to_write(
        self, path: Path, make: Callable[[], bytes], left_out: str = ""
    ) -> str:
        """Write a file, and say so; return why it was not written, else nothing.

        Args:
            path: The file.
            make: Makes its content, in a thread.
            left_out: What of the reader's own is not in it.
        """
        from hunnan_tui.files.new_file import ExistsError, format_size, write_file

        browser = self._browser
        if browser.app.is_web:
            await self._deliver(path.name, make)
            return ""
        store = browser.workspace.store
        protected = [
            path
            for member in store.members
            for path in (member.path, member.notes)
            if path
        ]

        def write(force: bool) -> int:
            content = make()
            write_file(path, content, force=force, keep=protected)
            return len(content)

        if len(browser.shown_keys) >= _ANNOUNCED:
            browser.notify(_("Writing {name}").format(name=path.name))
        try:
            try:
                length = await asyncio.to_thread(write, False)
            except ExistsError:
                question = ConfirmDialog(
                    _("Replace the file?"),
                    str(path),
                    yes=_("Replace it"),
                    no=_("Keep it"),
                )
                if not await browser.app.push_screen_wait(question):
                    return _("Nothing is written: {path} stays").format(path=path)
                length = await asyncio.to_thread(write, True)
        except HunnanError as error:
            return str(error)
        text = _("Written: {path}, {size}").format(
            path=display_line(str(path)), size=format_size(length)
        )
        if left_out:
            text = _("{done}, without your {what}").format(done=text, what=left_out)
        browser.notify(text, timeout=10)
        return ""

    async def _deliver(self, name: str, make: Callable[[], bytes]) -> None:
        """Hand a file to the reader's browser; nothing is written here."""
        from hunnan_tui.tui.terminal.served import deliver_file

        browser = self._browser
        try:
            content = await asyncio.to_thread(make)
        except HunnanError as error:
            browser.notify(str(error), severity="error", timeout=15)
            return
        deliver_file(browser.app, name, content)
        text = _("Handed to the browser: {name}").format(name=display_line(name))
        browser.notify(text, timeout=10)

    def _build_options(self) -> ExportOptions:
        """Return what can be exported."""
        from hunnan_tui.export.columns import AS_LISTED
        from hunnan_tui.tui.presenters.export_options import ExportOptions
        from hunnan_tui.tui.presenters.list_fields import select_filled

        browser = self._browser
        labels = facets.FacetLabels(browser.index)
        choices = (
            format_line(facet, labels.get_label(facet, value))
            for facet, value in sorted(browser.choice)
        )
        marked = browser.panes.list.marked
        return ExportOptions(
            dataset=browser.workspace.dataset,
            shown=tuple(browser.shown_keys),
            marked=tuple(key for key in browser.shown_keys if key in marked),
            fields=browser.fields or select_filled(AS_LISTED, browser.filled_fields),
            query=browser.query.text,
            choices=_("; ").join(choices),
            export_date=browser.now().date(),
            find_own_fields=browser.index.find_own_fields,
        )


def _encode(options: ExportOptions, request: ExportRequest, picture: bytes) -> bytes:
    """Return the content of the file."""
    from hunnan_tui.tui.presenters.export_options import encode_export

    return picture or encode_export(options, request)
