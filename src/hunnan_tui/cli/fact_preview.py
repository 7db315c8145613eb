"""What edits of facts would change, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.fact_changes import (
    AddProject,
    AddSource,
    ChangeFacts,
    FactConflictError,
    FactsEditor,
    format_plain,
)
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display_line
from hunnan_tui.dataset.new_tables import format_table


def format_edits(edits: Iterable[Edit], dataset: Dataset) -> Iterator[str]:
    """Yield a line for each fact that edits change, `a: Stage: planned -> signed`.

    A project or a source that is added comes as the table that would be written.
    """
    for edit in edits:
        change = edit.change
        if isinstance(change, ChangeFacts):
            yield from _format_changes(change, dataset.projects[edit.key])
        elif isinstance(change, AddProject | AddSource):
            name = "projects" if isinstance(change, AddProject) else "sources"
            text = format_table(name, change.record, b"\n").decode()
            yield from map(display_line, text.splitlines())


def _format_changes(change: ChangeFacts, project: Project) -> Iterator[str]:
    facts = FactsEditor(project)
    before = FactsEditor(project)
    try:
        change.apply_to(facts)
    except FactConflictError as error:
        yield f"{project.key}: {error}"
        return
    for key, plain in facts.changed.items():
        field = BY_KEY.get(key)
        old, new = format_plain(before.get(key)), format_plain(plain)
        yield display_line(
            f"{project.key}: {field.name if field else key}: "
            f"{old or 'not stated'} -> {new or 'not stated'}"
        )
