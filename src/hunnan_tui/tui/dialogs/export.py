"""The export dialog: which projects, in which format, to which file."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Label, Static

from hunnan_tui.config.path_completion import (
    PathOffer,
    find_common_start,
    list_paths,
)
from hunnan_tui.config.paths import expand_path
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import N_, _, pgettext
from hunnan_tui.core.text import UNSAFE, display_line
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.dialogs.base import Dialog, DialogFrame, KeyHints
from hunnan_tui.tui.dialogs.picker import PickerInput
from hunnan_tui.tui.presenters.export_options import (
    KINDS,
    PICTURE,
    ExportOptions,
    ExportRequest,
    build_preview,
    describe_left_out,
    replace_suffix,
)
from hunnan_tui.tui.widgets.inline_select import InlineSelect

_CHROME_HEIGHT = 16
"""Lines of the screen that are not for the preview."""
_PATH_LENGTH = 1_000
_OFFERED = 12
"""Names of files and folders that are shown in one line."""


class ExportDialog(WorkerOwner, Dialog[ExportRequest | None]):
    """Returns what to write; the dialog itself writes nothing."""

    DEFAULT_CSS = """
    ExportDialog {
        & Horizontal { height: 1; }
        & Label { width: 12; }
        & PickerInput { width: 1fr; background: $surface-lighten-1; }
        & #left-out { display: none; height: auto; max-height: 2; padding-left: 12;
            color: $text-warning; }
        & #folder { height: 1; padding-left: 12; color: $text-muted;
            text-wrap: nowrap; text-overflow: ellipsis; }
        & #preview { margin: 1 0; color: $text-muted; text-wrap: nowrap;
            text-overflow: ellipsis; background: $panel; }
    }
    """
    AUTO_FOCUS = "#kind"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "write",
            N_("write"),
            id="export.write",
            tooltip=N_("Write the file"),
        ),
        Binding("right,space", "turn(1)", N_("change"), id="export.change"),
        Binding("left", "turn(-1)", N_("change back"), show=False, id="export.back"),
        Binding("down", "app.focus_next", N_("next line"), id="export.down"),
        Binding(
            "up", "app.focus_previous", N_("line before"), show=False, id="export.up"
        ),
        Binding("tab", "complete", N_("complete"), id="export.complete"),
        Binding(
            "escape",
            "cancel",
            N_("cancel"),
            id="export.cancel",
            tooltip=N_("Write none"),
        ),
    ]

    def __init__(
        self,
        options: ExportOptions,
        request: ExportRequest,
        folder: Path,
        problem: str = "",
    ) -> None:
        """Ask.

        Args:
            options: What can be exported.
            request: The choices at first.
            folder: The folder of a relative path.
            problem: Why the file could not be written, if that was tried.
        """
        super().__init__()
        self._options = options
        self._request = request
        self._folder = folder
        self._problem = problem
        self._last_path = request.path

    def compose(self) -> ComposeResult:
        options, request = self._options, self._request
        shown = format_count(len(options.shown), "project")
        what = [("shown", _("{projects} shown").format(projects=shown))]
        if options.marked:
            marked = format_count(len(options.marked), "project")
            text = _("{projects} marked, of those shown").format(projects=marked)
            what.append(("marked", text))
        kinds = [(name, _(kind.label)) for name, kind in KINDS.items()]
        columns = [("listed", _("as in the list")), ("all", _("all"))]
        own = [("no", _("without tags, needs and notes")), ("yes", _("with them"))]
        yield DialogFrame(
            _("Export"),
            InlineSelect(
                pgettext("which projects to export", "What"),
                what,
                id="what",
                value="marked" if request.marked else "shown",
            ),
            InlineSelect(_("Format"), kinds, id="kind", value=request.kind),
            InlineSelect(
                _("Columns"),
                columns,
                id="columns",
                value="all" if request.all_columns else "listed",
            ),
            InlineSelect(
                _("Yours"), own, id="own", value="yes" if request.own else "no"
            ),
            Static(id="left-out", markup=False),
            Horizontal(
                Label(_("File")),
                PickerInput(request.path, compact=True, max_length=_PATH_LENGTH),
            ),
            Static(id="folder", markup=False),
            Static(id="preview", markup=False),
            KeyHints(
                "export.write",
                "export.change",
                "export.down",
                "export.complete",
                "export.cancel",
            ),
        )

    def on_mount(self) -> None:
        self.query_one("#preview").styles.height = max(
            1, min(12, self.app.size.height - _CHROME_HEIGHT)
        )
        self._update()
        if self._problem:
            self.query_one(KeyHints).show_message(self._problem)
            self.query_one(Input).focus()

    @property
    def request(self) -> ExportRequest:
        """The current choices."""

        def get_choice(id: str) -> str:
            return self.query_one(f"#{id}", InlineSelect).value

        path = UNSAFE.sub("", self.query_one(Input).value).strip()
        return ExportRequest(
            kind=get_choice("kind"),
            marked=get_choice("what") == "marked",
            all_columns=get_choice("columns") == "all",
            own=get_choice("own") == "yes",
            path=path,
        )

    def action_write(self) -> None:
        request = self.request
        if not request.path:
            self.query_one(KeyHints).show_message(_("Type the name of the file"))
            self.query_one(Input).focus()
        else:
            self.close(request)

    def action_turn(self, by: int) -> None:
        if isinstance(self.focused, InlineSelect):
            self.focused.cycle(by)

    async def action_complete(self) -> None:
        """Complete the path; elsewhere, or where nothing fits, go to the next line."""
        field = self.query_one(Input)
        typed = field.value
        # a browser is told nothing of the folders of the server
        if field.has_focus and field.cursor_at_end and not self.app.is_web:
            offers = await asyncio.to_thread(list_paths, typed, self._folder)
            completed = find_common_start(typed, offers)
            if completed != typed:
                field.value = completed
                field.cursor_position = len(completed)
            if offers:
                self._show_offers(offers)
                return
        self.focus_next()

    def _show_offers(self, offers: Sequence[PathOffer]) -> None:
        """Show in the line of the folder what the path can go on with."""
        names = "  ".join(display_line(offer.name) for offer in offers[:_OFFERED])
        self.query_one("#folder", Static).update(Content(names))

    def action_cancel(self) -> None:
        self.close(None)

    @on(InlineSelect.Changed)
    def _follow_choice(self) -> None:
        request = self.request
        path = replace_suffix(
            request.path, KINDS[self._request.kind], KINDS[request.kind]
        )
        self._request = replace(request, path=path)
        with self.prevent(Input.Changed):
            self.query_one(Input).value = path
        self._update()

    @on(Input.Changed)
    def _follow_path(self) -> None:
        path = self.query_one(Input).value
        if path != self._last_path:  # a field reports what it held at first, too
            self.query_one(KeyHints).show_message("")
            self._show_folder()
        self._last_path = path

    def _update(self) -> None:
        """Disable what does not apply to the format, and update folder and preview."""
        request = self.request
        form = KINDS[request.kind].format
        whole = "" if form and form.has_columns else _("whole projects")
        nothing = _("the screen") if request.kind == PICTURE else ""
        self.query_one("#what", InlineSelect).disable(nothing)
        self.query_one("#columns", InlineSelect).disable(nothing or whole)
        self.query_one("#own", InlineSelect).disable(nothing)
        self._show_folder()
        self._show_preview(request)

    def _show_folder(self) -> None:
        folder = expand_path(self.request.path, self._folder).parent
        if self.app.is_web:
            self.query_one("#folder", Static).update(_("goes to your browser"))
            return
        self.query_one("#folder", Static).update(
            Content(_("in {folder}").format(folder=display_line(str(folder))))
        )

    @work(group="preview", exclusive=True)
    async def _show_preview(self, request: ExportRequest) -> None:
        """Show the first lines of the file; they are made in a thread."""
        try:
            lines = await asyncio.to_thread(build_preview, self._options, request)
        except HunnanError as error:
            lines = [display_line(str(error))]
        self.query_one("#preview", Static).update(Content("\n".join(lines)))
        left_out = await asyncio.to_thread(describe_left_out, self._options, request)
        line = self.query_one("#left-out", Static)
        line.display = bool(left_out)
        text = _("Left out: {what} of yours").format(what=left_out)
        line.update(Content(text))
