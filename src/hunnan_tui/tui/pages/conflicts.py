"""The conflicts that git left in the file, decided one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display, display_line
from hunnan_tui.merging.conflicted import Conflicted, write_decided
from hunnan_tui.merging.resolve import Side
from hunnan_tui.tui.pages.list_page import (
    ListPage,
    PageRow,
    make_blank_row,
    make_heading_row,
)
from hunnan_tui.tui.pages.row_text import mute

_LONGEST = 2_000
"""Characters of a side that are shown."""


class ConflictsPage(ListPage):
    """Lists conflicts with both sides; `enter` takes the side under the cursor."""

    HEADING = N_("Conflicts")
    CUTS_ROWS = False
    HAS_PROJECTS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("o", "take('ours')", N_("Ours"), id="conflicts.ours"),
        Binding("t", "take('theirs')", N_("Theirs"), id="conflicts.theirs"),
        Binding(
            "w",
            "write",
            N_("Write"),
            id="conflicts.write",
            tooltip=N_("Write what was decided into the file"),
        ),
    ]

    def __init__(
        self,
        conflicted: Conflicted,
        sides: Mapping[Side, str],
        follow: Callable[[int], None],
    ) -> None:
        """Create the page.

        Args:
            conflicted: The file.
            sides: Who made each side, and when, as far as that is known.
            follow: Called with the number of conflicts left, when the file is written.
        """
        super().__init__()
        self._conflicted = conflicted
        self._sides = sides
        self._follow = follow
        self._decided: dict[int, Side] = {}
        self._places: list[int] = []
        """The conflict of each row."""

    def on_mount(self) -> None:
        self._draw()

    def _draw(self) -> None:
        hunks = self._conflicted.hunks
        left = len(hunks) - len(self._decided)
        what = format_count(left, "conflict")
        if left:
            hint = _("{what} to decide: enter takes a side, {write} writes").format(
                what=what, write=name_key("conflicts.write")
            )
        else:
            hint = _("All is decided: {write} writes it").format(
                write=name_key("conflicts.write")
            )
        self.set_header(display_line(self._conflicted.path.name), mute(hint))
        self._places = []
        self.show_rows(self._make_rows())

    def _make_rows(self) -> Iterator[PageRow]:
        for notice in self._conflicted.notices:
            yield self._place(0, PageRow(mute(display_line(notice))))
        if not self._conflicted.hunks:
            merged = _("What git left is no conflict in meaning: all is merged")
            yield self._place(0, PageRow(Content(merged), self.action_write))
        for index, hunk in enumerate(self._conflicted.hunks):
            if index:
                yield self._place(index, make_blank_row())
            about = display_line(self._conflicted.describe(index))
            yield self._place(index, make_heading_row(f"{index + 1} · {about}"))
            if hunk.base is not None and self._conflicted.knows_base:
                before = Content.assemble(
                    mute(_("before: ")), mute(_format_side(hunk.base))
                )
                yield self._place(index, PageRow(before))
            for side, text, label in (
                ("ours", hunk.ours, hunk.ours_label),
                ("theirs", hunk.theirs, hunk.theirs_label),
            ):
                yield self._place(index, self._make_side(index, side, text, label))  # type: ignore[arg-type]

    def _make_side(self, index: int, side: Side, text: bytes, label: str) -> PageRow:
        is_taken = self._decided.get(index) == side
        who = self._sides.get(side, "") or ("" if label == side else label)
        name = {"ours": _("ours"), "theirs": _("theirs")}[side]
        content = Content.assemble(
            "[x] " if is_taken else "[ ] ",
            (name, "bold"),
            mute(f" {display_line(who)}".rstrip()),
            "\n    ",
            _format_side(text).replace("\n", "\n    "),
        )
        return PageRow(content, partial(self._decide, index, side))

    def _place(self, index: int, row: PageRow) -> PageRow:
        self._places.append(index)
        return row

    def _decide(self, index: int, side: Side) -> None:
        self._decided[index] = side
        self._draw()
        self.action_section(1)  # on to the next one

    def action_take(self, side: Side) -> None:
        highlighted = self._list.highlighted
        if highlighted is not None and self._conflicted.hunks:
            self._decide(self._places[highlighted], side)

    def action_write(self) -> None:
        if self._conflicted.hunks and not self._decided:
            text = _(
                "Nothing is decided yet: {ours} takes ours, {theirs} theirs"
            ).format(
                ours=name_key("conflicts.ours"), theirs=name_key("conflicts.theirs")
            )
            self.notify(text, markup=False)
            return
        self._write()

    @work
    async def _write(self) -> None:
        try:
            left = await asyncio.to_thread(
                write_decided, self._conflicted, dict(self._decided)
            )
        except HunnanError as error:
            self.notify(str(error), severity="error", timeout=15, markup=False)
            return
        self.dismiss(None)
        self._follow(left)


def _format_side(text: bytes) -> str:
    """Return the lines of a side as they are shown."""
    shown = display(text.decode("utf-8", "replace")[:_LONGEST]).strip()
    return shown or _("nothing")
