"""The differences between the open dataset and another file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.core.cell_width import cut
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import N_, _, ngettext
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.background.diff_loader import DiffLoader, DiffReport
from hunnan_tui.tui.background.scheduling import CONTENT, StoppedError
from hunnan_tui.tui.pages.diff_rows import make_diff_rows
from hunnan_tui.tui.pages.list_page import ListPage, PageRow

_MAX_LENGTH = 400
"""Characters of a text that are shown."""
_FILE_NAME_WIDTH = 40
"""Cells of the name of a file."""


class DiffPage(ListPage):
    """Lists differences; `enter` goes to the project."""

    HEADING = N_("Differences")
    CUTS_ROWS = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "own",
            N_("Own notes too"),
            id="difference.annotations",
            tooltip=N_("Compare tags, notes and plans as well, or no longer"),
        ),
        Binding(
            "s",
            "swap",
            N_("Swap"),
            id="difference.swap",
            tooltip=N_("Take the other file for the later one, or for the earlier one"),
        ),
    ]

    def __init__(
        self,
        dataset: Dataset,
        name: str,
        path: str,
        cache: Path | None,
        text: bytes | None = None,
    ) -> None:
        """Create the page.

        Args:
            dataset: The open dataset.
            name: The name of its file.
            path: The path of the other file, as it was typed; or what the text is called.
            cache: The folder of the caches of large files; None to use none.
            text: The text of the other version, if it is in no file.
        """
        super().__init__()
        self._cache, self._text = cache, text
        self._dataset = dataset
        self._file_name = name
        self._path = path
        self._other: Dataset | None = None
        self._is_own = False
        self._other_is_later = False
        self._differing = DiffLoader(self._show_subtitle, self._cache)

    def on_mount(self) -> None:
        self._read()

    def on_unmount(self) -> None:
        self._differing.stop()

    @work(exclusive=True, group=CONTENT)
    async def _read(self) -> None:
        try:
            if self._text is None:
                other = await self._differing.read(self._path)
            else:
                other = await self._differing.parse(self._text, self._path)
        except StoppedError:
            return
        except HunnanError as error:
            self._show_error(str(error))
            return
        self._other = other
        self._other_is_later = other.updated > self._dataset.updated
        await self._compare(other)

    def _compare_again(self) -> None:
        if self._other is not None:
            self._differing.stop()
            self._differing = DiffLoader(self._show_subtitle, self._cache)
            self._compare_anew(self._other)

    @work(exclusive=True, group=CONTENT)
    async def _compare_anew(self, other: Dataset) -> None:
        await self._compare(other)

    async def _compare(self, other: Dataset) -> None:
        old, new = other, self._dataset
        if self._other_is_later:
            old, new = new, old
        differing = self._differing
        try:
            report = await differing.compare(old, new, own=self._is_own)
        except StoppedError:
            return
        differing.stop()
        self._show_subtitle(report.counts)
        self.show_rows(self._make_rows(report))

    def _show_subtitle(self, subtitle: str) -> None:
        path = Path(self._path if self._text is None else self._path.replace("/", "∕"))
        is_namesake = path.name == self._file_name and path.parent.name
        other = f"{path.parent.name}/{path.name}" if is_namesake else path.name
        names = [self._describe_file(other, self._other)]
        names.append(self._describe_file(self._file_name, self._dataset))
        if self._other_is_later:
            names.reverse()
        if self._is_own:
            subtitle = _("with tags, notes and plans") + f" · {subtitle}"
        self.set_header(
            " → ".join(names), Content.styled(subtitle, "$foreground-muted")
        )

    def _show_error(self, message: str) -> None:
        first, *rest = message.splitlines() or [""]
        more = ""
        if rest:
            more = ngettext(
                " … and {count:,} problem more",
                " … and {count:,} problems more",
                len(rest),
            ).format(count=len(rest))
        self.set_header(
            _("No comparison"),
            Content.styled(display_line(first[:_MAX_LENGTH] + more), "$text-error"),
            Content(_("esc goes back")),
        )

    @staticmethod
    def _describe_file(name: str, dataset: Dataset | None) -> str:
        name = cut(display_line(name), _FILE_NAME_WIDTH)
        if dataset is None or not dataset.updated:
            return name
        return name + bracket(display_line(dataset.updated))

    def _make_rows(self, report: DiffReport) -> Iterator[PageRow]:
        if not report.difference:
            yield PageRow(Content(_("Nothing differs.")))
        yield from make_diff_rows(
            report.sections, self._dataset.projects, self._notify_unknown
        )

    def _notify_unknown(self) -> None:
        self.notify(_("That is no project of the open dataset"), markup=False)

    def action_own(self) -> None:
        self._is_own = not self._is_own
        self._compare_again()

    def action_swap(self) -> None:
        self._other_is_later = not self._other_is_later
        self._compare_again()
