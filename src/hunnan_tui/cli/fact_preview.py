"""What edits of facts would change, as lines of text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hunnan_tui.core.changes import Edit
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.fact_changes import (
    AddProject,
    AddSource,
    ChangeFacts,
    FactConflictError,
    FactsEditor,
    Rewrite,
    SetEntry,
    format_plain,
)
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.language import _
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
        elif isinstance(change, SetEntry):
            yield display_line(format_line(change.id, format_plain(change.new)))


def _name(project: str, key: str) -> str:
    field = BY_KEY.get(key)
    return display_line(format_line(project, field.label if field else key))


def _format_changes(change: ChangeFacts, project: Project) -> Iterator[str]:
    for step in change.steps:
        if isinstance(step, Rewrite):
            yield format_line(
                _name(project.key, step.key), f"{step.old!r} -> {step.new!r}"
            )
    facts = FactsEditor(project)
    before = FactsEditor(project)
    try:
        change.apply_to(facts)
    except FactConflictError as error:
        yield format_line(project.key, str(error))
        return
    for key, plain in facts.changed.items():
        old, new = format_plain(before.get(key)), format_plain(plain)
        text = f"{old or _('not stated')} -> {new or _('not stated')}"
        yield display_line(format_line(_name(project.key, key), text))
