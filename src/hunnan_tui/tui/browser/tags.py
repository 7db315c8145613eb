"""The keys of tags."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hunnan_tui.config.dialog_state import DialogState
from hunnan_tui.core.changes import AddTags, Change, RemoveTags
from hunnan_tui.core.model import WATCH, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.text.folding import search_fold
from hunnan_tui.tui.browser.base import MANY, ActingScreen
from hunnan_tui.tui.presenters import facets


class TaggingScreen(ActingScreen):
    """Tags the marked projects, or the current one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "full_stop",
            "repeat_tags",
            "Tag again",
            key_display=".",
            id="tags.repeat",
            tooltip="Do here what was done to tags last",
            show=False,
        ),
        Binding(
            "T",
            "manage_tags",
            "All tags",
            id="tags.manage",
            tooltip="Rename, merge or delete a tag everywhere",
            show=False,
        ),
    ]

    _last_tags: tuple[str, Sequence[Change]] | None = None
    """What was done to tags last, and what it is called."""

    @work
    async def action_edit_tags(self) -> None:
        targets = await asyncio.to_thread(self._targets)
        if self._has_any(targets):
            self._edit_tags(targets)

    @work
    async def _edit_tags(
        self, targets: Sequence[Project], state: DialogState | None = None
    ) -> None:
        from hunnan_tui.tui.dialogs.tag_dialogs import ask_tags

        keep = self._keeper("tags.edit", targets)
        asked = await ask_tags(self.app, targets, self._tags_in_use(), keep, state)
        if asked is not None:
            self._tag(asked.label, targets, asked.changes)
        self._dialog_states.discard()

    def action_watch(self) -> None:
        if len(self._marked) > MANY:
            self._watch_many()
        else:
            self._watch(self._targets())

    @work(group="many")
    async def _watch_many(self) -> None:
        """Read very many projects beside the screen before they are tagged."""
        self._watch(await asyncio.to_thread(self._targets))

    def _watch(self, targets: Sequence[Project]) -> None:
        if not self._has_any(targets):
            return
        if all(project.has_tag(WATCH) for project in targets):
            self._tag(f"untag {WATCH}", targets, [RemoveTags((WATCH,))])
        else:
            self._tag(f"tag {WATCH}", targets, [AddTags((WATCH,))])

    def action_repeat_tags(self) -> None:
        targets = self._targets()
        if self._last_tags is None:
            self.notify("No tag was changed yet: t or w does", markup=False)
        elif self._has_any(targets):
            label, changes = self._last_tags
            if self._change(label, targets, changes) and len(targets) == 1:
                self.notify(f"Again: {label}. u takes it back", markup=False)

    def action_manage_tags(self) -> None:
        from hunnan_tui.tui.dialogs.tag_manager import TagManager

        if not self._is_reading():
            manager = TagManager(self._tags_in_use, self._rename_tag)
            self.app.push_screen(manager, self._list_tagged)

    def _tag(
        self, label: str, targets: Sequence[Project], changes: Sequence[Change]
    ) -> None:
        self._last_tags = (label, changes)
        self._change(label, targets, changes)

    def _tags_in_use(self) -> Mapping[str, int]:
        return facets.Labels(self._index).tags_in_use()

    def _rename_tag(self, old: str, new: str) -> str:
        """Give a tag another name everywhere, or take it away; say how it went."""
        having = self._index.having("tag", [search_fold(old)])
        keys = self._index.listed(having)
        having_it = [p for p in map(self.projects.__getitem__, keys) if p.has_tag(old)]
        own = [
            project
            for project in having_it
            if any(
                fold(tag) == fold(old) and tag != new
                for tag in project.annotations.tags
            )
        ]
        kept = sum(_is_among(old, p.readonly_annotations.tags) for p in having_it)
        changes: list[Change] = [RemoveTags((old,))]
        label = f"delete tag {old}"
        if new:
            changes.append(AddTags((new,)))
            merges = fold(old) != fold(new) and new in self._tags_in_use()
            label = (
                f"{'merge' if merges else 'rename'} tag {old} {'in' * merges}to {new}"
            )
        if own and not self._change(label, own, changes):
            return "Nothing was changed"
        if len(own) > MANY:
            return ""
        count = "1 project" if len(own) == 1 else f"{len(own):,} projects"
        said = f"{label}: {count}" if own else f"No project has the tag {old} any more"
        if kept and not own:
            said = "Nothing to change"
        stays = f"; on {kept:,} it stands in the dataset, which is not written to"
        return said + (stays if kept else "")

    def _list_tagged(self, query: str | None) -> None:
        if query is not None:
            self._narrow(query)


def _is_among(tag: str, tags: Sequence[str]) -> bool:
    return fold(tag) in map(fold, tags)
