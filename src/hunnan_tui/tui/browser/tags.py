"""The commands of tags."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

from hunnan_tui.config.dialog_state import DialogState
from hunnan_tui.core.changes import AddTags, Change, RemoveTags, has_other_spelling
from hunnan_tui.core.counts import format_count, format_line
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import WATCH, Project
from hunnan_tui.core.text import fold
from hunnan_tui.tui.background.scheduling import BULK_EDIT
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.editing import BULK, Editing
from hunnan_tui.tui.browser.target import get_target
from hunnan_tui.tui.presenters import facets


class Tags:
    """Tags the marked projects, or the current one."""

    def __init__(self, browser: Browser, editing: Editing) -> None:
        self._browser = browser
        self._editing = editing
        self._last_change: tuple[str, Sequence[Change]] | None = None
        """The last change of tags, with its label."""
        self.handlers: Mapping[str, Handler] = {
            "tags.edit": self.edit,
            "tags.watch": self.watch,
            "tags.repeat": self.repeat,
            "tags.manage": self.manage,
        }

    async def edit(self) -> None:
        """Ask for the tags to add and to remove."""
        targets = await asyncio.to_thread(self._browser.get_targets)
        if self._browser.has_targets(targets):
            await self.ask_tags(targets)

    async def ask_tags(
        self, targets: Sequence[Project], state: DialogState | None = None
    ) -> None:
        """Open the tag editor, as it was left if its state is given."""
        from hunnan_tui.tui.dialogs.tag_dialogs import ask_tags

        browser = self._browser
        save_state = browser.make_dialog_saver("tags.edit", targets)
        edited = await ask_tags(
            browser.app, targets, self._count_tags(), save_state, state
        )
        if edited is not None:
            self._change(edited.label, targets, edited.changes)
        browser.dialog_states.discard()

    def watch(self) -> None:
        """Add the tag "watch", or remove it where all have it."""
        if len(self._browser.panes.list.marked) > BULK:
            self._browser.run(self._watch_bulk, BULK_EDIT)
        else:
            self._watch(self._browser.get_targets())

    async def _watch_bulk(self) -> None:
        """Read very many projects in a thread before they are tagged."""
        self._watch(await asyncio.to_thread(self._browser.get_targets))

    def _watch(self, targets: Sequence[Project]) -> None:
        if not self._browser.has_targets(targets):
            return
        if all(project.has_tag(WATCH) for project in targets):
            label = _("untag {tag}").format(tag=WATCH)
            self._change(label, targets, [RemoveTags((WATCH,))])
        else:
            label = _("tag {tag}").format(tag=WATCH)
            self._change(label, targets, [AddTags((WATCH,))])

    def repeat(self) -> None:
        """Make the last change of tags here too."""
        browser = self._browser
        targets = browser.get_targets()
        if self._last_change is None:
            browser.notify(
                _("No tag was changed yet: {tag} or {watch} does").format(
                    tag=name_key("tags.edit"), watch=name_key("tags.watch")
                )
            )
        elif browser.has_targets(targets):
            label, changes = self._last_change
            is_changed = self._editing.edit(label, targets, changes)
            if is_changed and len(targets) == 1 and get_target() is None:
                text = _("Again: {label}. {undo} takes it back")
                browser.notify(text.format(label=label, undo=name_key("edit.undo")))

    def manage(self) -> None:
        """Show all tags, to rename, merge or delete them."""
        from hunnan_tui.tui.dialogs.tag_manager import TagManager

        if not self._browser.is_loading():
            manager = TagManager(self._count_tags, self._rename)
            self._browser.app.push_screen(manager, self._narrow)

    def _narrow(self, query: str | None) -> None:
        if query is not None:
            self._browser.narrow(query)

    def _change(
        self, label: str, targets: Sequence[Project], changes: Sequence[Change]
    ) -> None:
        self._last_change = (label, changes)
        self._editing.edit(label, targets, changes)

    def _count_tags(self) -> Mapping[str, int]:
        return facets.FacetLabels(self._browser.index).count_tags()

    def _rename(self, old: str, new: str) -> str:
        """Rename a tag everywhere, or delete it if `new` is empty; say how it went."""
        tagged = self._find_tagged(old)
        targets = [
            project
            for project in tagged
            if has_other_spelling(project.annotations.tags, old, new)
        ]
        readonly_count = sum(
            _contains(project.readonly_annotations.tags, old) for project in tagged
        )
        changes: list[Change] = [RemoveTags((old,))]
        label = _("delete tag {old}")
        if new:
            changes.append(AddTags((new,)))
            merges = fold(old) != fold(new) and new in self._count_tags()
            label = _("rename tag {old} to {new}")
            if merges:
                label = _("merge tag {old} into {new}")
        label = label.format(old=old, new=new)
        if targets and not self._editing.edit(label, targets, changes):
            return _("Nothing was changed")
        if len(targets) > BULK:
            return ""
        if targets:
            message = format_line(label, format_count(len(targets), "project"))
        elif readonly_count:
            message = _("Nothing to change")
        else:
            message = _("No project has the tag {tag} any more").format(tag=old)
        if readonly_count:
            message = _(
                "{message}; on {count:,} it stands in the dataset,"
                " which is not written to"
            ).format(message=message, count=readonly_count)
        return message

    def _find_tagged(self, tag: str) -> list[Project]:
        index, projects = self._browser.index, self._browser.projects
        keys = index.list_keys(index.select_values("tag", [fold(tag)]))
        candidates = map(projects.__getitem__, keys)
        return [project for project in candidates if project.has_tag(tag)]


def _contains(tags: Sequence[str], tag: str) -> bool:
    return fold(tag) in map(fold, tags)
