"""`stage`: moves projects to a stage."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from hunnan_tui.cli.commands.set import read_source
from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.output import check_utf8
from hunnan_tui.core.changes import Edit
from hunnan_tui.core.fact_origin import move_to_stage
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Stage
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.typed_facts import clean_typed, read_day, resolve_term


def move_projects(args: Namespace) -> int:
    """Move projects to a stage: the stage, its day, and the event that shows it."""
    session = EditSession(args)
    projects, words = session.choose_projects(most=1)
    session.check_facts()
    stages = session.narrow_dataset.stages
    found = resolve_term(check_utf8(words[0]), stages, "stage")
    stage = Stage(found.id, found.name, found.name_zh)
    today = date.today()  # noqa: DTZ011 - the reader's day
    day = read_day(args.date, today) if args.date else today.isoformat()
    what = clean_typed(check_utf8(args.what or ""))
    source = read_source(args, session.narrow_dataset)
    edits = []
    for project in projects:
        if project.locked:
            session.refuse(project, project.locked)
            continue
        change = move_to_stage(project, stage, day, what, source, stages)
        edits.append(Edit(project.key, change))
    return session.change_facts(
        _("move to {name}").format(name=name_briefly(stage)), edits
    )
