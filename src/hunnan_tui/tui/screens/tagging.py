"""The keys of tags."""

from __future__ import annotations

from textual import work

from hunnan_tui.edits import AddTags, RemoveTags
from hunnan_tui.model import WATCH
from hunnan_tui.tui import facets
from hunnan_tui.tui.screens.acting import ActingScreen


class TaggingScreen(ActingScreen):
    """Tags the marked projects, or the current one."""

    @work
    async def action_edit_tags(self) -> None:
        targets = self._targets()
        if targets:
            from hunnan_tui.tui.asking_tags import ask_tags

            tags = facets.Labels(self._index).tags_in_use()
            asked = await ask_tags(self.app, targets, tags)
            if asked is not None:
                self._change(asked.label, targets, asked.changes)

    def action_watch(self) -> None:
        targets = self._targets()
        if all(project.has_tag(WATCH) for project in targets):
            self._change(f"untag {WATCH}", targets, [RemoveTags((WATCH,))])
        else:
            self._change(f"tag {WATCH}", targets, [AddTags((WATCH,))])
