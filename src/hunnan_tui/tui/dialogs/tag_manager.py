"""All tags of the dataset: rename, merge or delete one on every project."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.content import Content

from hunnan_tui.core.changes import TAG_LENGTH, TagError, clean_tag
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line, fold
from hunnan_tui.query.engine.choices import matches_within
from hunnan_tui.query.language.formatter import quote_if_needed
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.picker import PickerDialog
from hunnan_tui.tui.dialogs.prompt import PromptDialog

RenameTag = Callable[[str, str], str]
"""Renames a tag on all projects; an empty name removes it.

Returns what was done; empty when the change goes on in the background.
"""
CountTags = Callable[[], Mapping[str, int]]
"""Returns the number of projects of each tag, in its commonest spelling."""


class TagManager(PickerDialog[str | None]):
    """Changes tags at once; returns a query for the list, or None."""

    DEFAULT_CSS = """
    TagManager {
        & > DialogFrame { height: 70%; min-height: 12; max-height: 34; }
        & OptionList { height: 1fr; max-height: 100%; }
    }
    """
    EMPTY = N_("No tags yet: t on a project adds one")
    HINTS = (
        "tag-manager.list",
        "tag-manager.rename",
        "tag-manager.merge",
        "tag-manager.delete",
        "tag-manager.leave",
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "pick",
            N_("its projects"),
            id="tag-manager.list",
            tooltip=N_("List them"),
        ),
        Binding(
            "f2",
            "rename",
            N_("rename"),
            id="tag-manager.rename",
            tooltip=N_("Give the tag another name on all projects"),
            priority=True,
        ),
        Binding(
            "ctrl+g",
            "merge",
            N_("merge into…"),
            id="tag-manager.merge",
            tooltip=N_("Make the tag another one that is there"),
            priority=True,
        ),
        Binding(
            "ctrl+x",
            "delete",
            N_("delete"),
            id="tag-manager.delete",
            tooltip=N_("Take the tag off all projects; undo takes it back"),
            priority=True,
        ),
        Binding(
            "escape", "leave", N_("done"), id="tag-manager.leave", tooltip=N_("Close")
        ),
    ]

    def __init__(self, counts: CountTags, rename: RenameTag) -> None:
        super().__init__(_("Tags"))
        self._count_tags, self._rename = counts, rename
        self._counts: Mapping[str, int] = {}

    def on_mount(self) -> None:
        self._counts = self._count_tags()
        super().on_mount()

    def narrow(self, typed: str) -> tuple[Sequence[str], int | None]:
        needle = fold(typed)
        matches = [tag for tag in self._counts if matches_within(needle, fold(tag))]
        rows = sorted(matches, key=lambda tag: (-self._counts[tag], fold(tag)))
        return rows, 0 if rows else None

    def format_row(self, row: str) -> Content:
        name = display_line(row) if row.strip() else _("(blank)")
        return Content.assemble((f"{self._counts[row]:>7,}  ", "dim"), name)

    def pick(self, row: str | None) -> None:
        if row is None:
            self._explain_none()
        else:
            self.close(f"#{row}" if _is_plain(row) else f"tag={quote_if_needed(row)}")

    @work
    async def action_rename(self) -> None:
        old = self.highlighted
        if old is None:
            self._explain_none()
            return
        title = _("Rename {name}").format(name=old)
        prompt = PromptDialog(title, old, _("its new name"), length=TAG_LENGTH)
        new = await self.app.push_screen_wait(prompt)
        if new is None or new == old:
            return
        try:
            new = clean_tag(new)
        except TagError as error:
            self.hint.show_message(str(error))
            return
        existing = next((tag for tag in self._counts if fold(tag) == fold(new)), "")
        # merge into the spelling in use, but allow a change of only the spelling
        self._change(old, existing if existing and fold(existing) != fold(old) else new)

    @work
    async def action_merge(self) -> None:
        old = self.highlighted
        others = [tag for tag in self.narrow("")[0] if tag != old]
        if old is None or not others:
            self._explain_none(_("There is no other tag") if old else "")
            return
        options = [(tag, self.format_row(tag)) for tag in others]
        new = await self.app.push_screen_wait(
            ChooseDialog(_("Merge {tag} into").format(tag=old), options)
        )
        if new is not None:
            self._change(old, new)

    def action_delete(self) -> None:
        if self.highlighted is None:
            self._explain_none()
        else:
            self._change(self.highlighted, "")

    def _explain_none(self, reason: str = "") -> None:
        if not reason:
            reason = _("No tag is in use: {key} puts one on a project").format(
                key=name_key("tags.edit")
            )
            if self._counts:
                reason = _("No tag fits what is typed")
        self.hint.show_message(reason)

    def action_leave(self) -> None:
        if self.input.value:
            self.input.clear()
        else:
            self.close(None)

    def _change(self, old: str, new: str) -> None:
        outcome = self._rename(old, new)
        if not outcome:  # it goes on in the background
            self.close(None)
            return
        self._counts = self._count_tags()
        self.show_rows()
        matches = [n for n, row in enumerate(self._rows) if fold(row) == fold(new)]
        if matches:
            self.list.highlighted = matches[0]
        self.hint.show_message(outcome)


def _is_plain(tag: str) -> bool:
    """Return whether a tag needs no quotes after `#` in a query."""
    return all(char.isalnum() or char in "-_/" for char in tag)
