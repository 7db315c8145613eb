"""`tag`: adds, removes and renames tags."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable

from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.core.changes import (
    AddTags,
    Change,
    RemoveTags,
    clean_tag,
    has_other_spelling,
)
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.core.text import fold


def add_tags(args: Namespace) -> int:
    """Add tags to projects."""
    session = EditSession(args)
    projects, words = session.choose_projects()
    spellings: dict[str, str] = {}
    for tag in map(clean_tag, words):
        spellings.setdefault(fold(tag), tag)
    tags = tuple(spellings.values())

    def list_changes(project: Project) -> Iterable[Change]:
        new = tuple(tag for tag in tags if not project.has_tag(tag))
        return [AddTags(new)] if new else []

    return session.change(
        _("tag {tags}").format(tags=", ".join(tags)), projects, list_changes
    )


def remove_tags(args: Namespace) -> int:
    """Remove tags from projects."""
    session = EditSession(args)
    projects, words = session.choose_projects()

    def list_changes(project: Project) -> Iterable[Change]:
        session.refuse_readonly_tags(project, words)
        return [RemoveTags(tuple(words))]

    return session.change(
        _("untag {words}").format(words=", ".join(words)), projects, list_changes
    )


def rename_tag(args: Namespace) -> int:
    """Rename a tag on all projects."""
    if len(args.words) != 2:
        raise make_usage_error(args.command, _("Which tag, and its new name?"))
    old, new = args.words[0], clean_tag(args.words[1])
    session = EditSession(args)
    projects = [
        project for project in session.dataset.projects.values() if project.has_tag(old)
    ]

    def list_changes(project: Project) -> Iterable[Change]:
        session.refuse_readonly_tags(project, [old])
        if has_other_spelling(project.annotations.tags, old, new):
            return [RemoveTags((old,)), AddTags((new,))]
        return []

    return session.change(
        _("rename tag {old} to {new}").format(old=old, new=new), projects, list_changes
    )
