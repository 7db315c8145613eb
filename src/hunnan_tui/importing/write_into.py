"""A plan of an import to edits of the dataset, and to the base of the next import."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from hunnan_tui.core.changes import AddTags, Edit, Transaction
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import SaveError
from hunnan_tui.core.fact_changes import (
    DATASET,
    AddProject,
    ChangeFacts,
    SetEntry,
    SetFact,
)
from hunnan_tui.core.language import _
from hunnan_tui.importing.base import write_base
from hunnan_tui.importing.new_dataset import spool_projects
from hunnan_tui.importing.plan import ImportPlan


def make_transaction(plan: ImportPlan, tag_gone: str = "") -> Transaction:
    """Return the edits of an import, made and undone as one.

    Args:
        plan: What the import does.
        tag_gone: A tag for what is gone from the table; none if empty.
    """
    count = format_count(plan.count, "project")
    label = _("import {name}: {count}").format(name=plan.table.file.name, count=count)
    return Transaction(label, tuple(_make_edits(plan, tag_gone)))


def _make_edits(plan: ImportPlan, tag_gone: str) -> Iterator[Edit]:
    for name, new, old in plan.entries:
        yield Edit(DATASET, SetEntry(name, new["id"], old, new))
    for project in plan.merge.changed:
        steps = tuple(SetFact(*change) for change in project.changes)
        if steps:
            yield Edit(project.id, ChangeFacts(steps))
    for record in plan.merge.new:
        yield Edit(record["id"], AddProject(record))
    if tag_gone:
        for record in plan.merge.gone:
            yield Edit(record["id"], AddTags((tag_gone,)))


def keep_base(plan: ImportPlan, map_path: Path) -> str:
    """Keep what an import writes, before it is written; return why that cannot be."""
    taken = {project.key for project in plan.merge.taken}
    records = (record for record in plan.records if record["import_key"] not in taken)
    with tempfile.TemporaryFile() as spool:
        spool_projects(records, spool)
        try:
            write_base(map_path, plan.table.import_id, spool)
        except SaveError as error:
            return str(error)
    return ""
