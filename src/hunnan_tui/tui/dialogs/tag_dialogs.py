"""Asks for tags: opens a dialog and returns the changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from textual.app import App

from hunnan_tui.config.dialog_state import DialogState, SaveDialogState
from hunnan_tui.core.changes import AddTags, Change, RemoveTags
from hunnan_tui.core.counts import join_words
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.tui.dialogs.tag_editor import TagEditor, TagResult
from hunnan_tui.tui.presenters.summary import describe_projects


@dataclass(frozen=True, slots=True)
class TagChanges:
    """Changes of tags, and their label in the undo history."""

    label: str
    changes: Sequence[Change]


async def ask_tags(
    app: App[Any],
    projects: Sequence[Project],
    in_use: Mapping[str, int],
    keep: SaveDialogState,
    state: DialogState | None = None,
) -> TagChanges | None:
    """Ask for the tags of projects; return None when nothing changes."""
    current_tags = [frozenset(project.tags) for project in projects]
    editor = TagEditor(
        _("Tags of {projects}").format(projects=describe_projects(projects)),
        in_use,
        current_tags,
        initial=TagResult(state.add, state.remove) if state else None,
        typed=state.typed if state else "",
        keep=keep,
    )
    result = await app.push_screen_wait(editor)
    if result is None:
        return None
    changes: list[Change] = []
    if result.add:
        changes.append(AddTags(result.add))
    if result.remove:
        changes.append(RemoveTags(result.remove))
    tagged, untagged = _("tag {tag}"), _("untag {tag}")
    words = [tagged.format(tag=tag) for tag in result.add]
    words += [untagged.format(tag=tag) for tag in result.remove]
    return TagChanges(join_words(words), changes)
