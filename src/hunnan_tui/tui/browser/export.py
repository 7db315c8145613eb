"""The keys of export."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hunnan_tui.config.paths import expand_path, get_current_folder
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import View
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import ActingScreen
from hunnan_tui.tui.dialogs.confirm import ConfirmDialog
from hunnan_tui.tui.presenters import facets

if TYPE_CHECKING:
    from hunnan_tui.tui.presenters.export_options import Offer, Wish

_LONG = 5_000
"""Projects from which on writing takes a while, and is announced."""


class SharingScreen(ActingScreen):
    """Exports what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "x",
            "export",
            "Export",
            id="share.export",
            tooltip="Write the projects shown, or a briefing on them, to a file",
            show=False,
        ),
    ]
    _view: View
    """The view that was picked last."""
    _choice: facets.Choice
    _wished: Wish | None = None
    """What was exported last."""

    @work
    async def action_export(self) -> None:
        from hunnan_tui.tui.dialogs.export import ExportDialog
        from hunnan_tui.tui.presenters.export_options import (
            KINDS,
            PICTURE,
            Wish,
            file_name,
            picture,
            written,
        )

        if not self._workspace.is_complete:
            self.notify("The file is still being read: try again", markup=False)
            return
        offer, before = self._exportable(), self._wished or Wish()
        name = file_name(
            self._workspace.store.path.stem,
            self._view.name,
            offer.made,
            KINDS[before.kind],
        )
        first = replace(before, marked=bool(offer.marked), path=name)
        folder = get_current_folder()
        wish = await self.app.push_screen_wait(ExportDialog(offer, first, folder))
        if wish is None:
            return
        self._wished = wish
        is_picture = wish.kind == PICTURE
        svg = picture(self.app.export_screenshot()) if is_picture else b""
        path = expand_path(wish.path, folder)
        await self._write_export(path, lambda: svg or written(offer, wish))

    async def _write_export(self, path: Path, make: Callable[[], bytes]) -> None:
        """Write a file beside the screen, and say what has become of it."""
        from hunnan_tui.files.new_file import ExistsError, size, write_file

        store = self._workspace.store
        keep = [each for each in (store.path, store.notes) if each]

        def write(force: bool) -> int:
            text = make()
            write_file(path, text, force=force, keep=keep)
            return len(text)

        if len(self._shown) >= _LONG:
            self.notify(f"Writing {path.name}", markup=False)
        try:
            try:
                length = await asyncio.to_thread(write, False)
            except ExistsError:
                question = ConfirmDialog(
                    "Replace the file?", str(path), yes="Replace it", no="Keep it"
                )
                if not await self.app.push_screen_wait(question):
                    return
                length = await asyncio.to_thread(write, True)
        except HunnanError as error:
            self.notify(str(error), severity="error", timeout=15, markup=False)
            return
        text = f"Written: {display_line(str(path))}, {size(length)}"
        self.notify(text, timeout=10, markup=False)

    def _exportable(self) -> Offer:
        from hunnan_tui.tui.presenters.export_options import Offer

        labels = facets.Labels(self._index)
        chosen = (
            f"{facet}: {labels.of(facet, v)}" for facet, v in sorted(self._choice)
        )
        return Offer(
            dataset=self._workspace.dataset,
            shown=tuple(self._shown),
            marked=tuple(key for key in self._shown if key in self._marked),
            fields=self._fields,
            query=self._query.text,
            choices="; ".join(chosen),
            made=self._now().date(),
        )
