"""`follow`: sets the day to come back to projects."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from datetime import date

from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.output import UsageError
from hunnan_tui.core.changes import (
    Change,
    SetFollowUp,
)
from hunnan_tui.core.date_parser import parse_day
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project


def set_follow_up(args: Namespace) -> int:
    """Set the day to come back to projects, or remove it."""
    session = EditSession(args)
    projects, words = session.choose_projects(most=1)
    day = _parse_follow_up(words[0])

    def list_changes(project: Project) -> Iterable[Change]:
        if day is None and project.readonly_annotations.follow_up:
            session.refuse_readonly(project, _("its day to follow up"))
        return [SetFollowUp(day)]

    return session.change(
        _("follow up {text}").format(text=day or _("no more")), projects, list_changes
    )


def _parse_follow_up(word: str) -> date | None:
    if not word.strip():
        raise UsageError(_("Which day? Write fri, 下周五, +2w, 2026-12-01, or none"))
    try:
        return parse_day(word, date.today())  # noqa: DTZ011 - the reader's day
    except ValueError as error:
        raise UsageError(_("{error}, or none").format(error=error)) from error
