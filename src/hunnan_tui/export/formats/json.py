"""Projects as JSON: the keys and ids of the file, in the order of the schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hunnan_tui.dataset.annotations import ANNOTATION_KEYS
from hunnan_tui.export.columns import COLUMNS, as_text
from hunnan_tui.export.list_formats import record, to_json
from hunnan_tui.export.selection import Selection


def json_lines(selection: Selection) -> Iterator[str]:
    """Yield an object for each project, without a line end."""
    for each in _records(selection):
        yield to_json(each)


def json_list(selection: Selection) -> Iterator[str]:
    """Yield the parts of a list of all objects, an object on a line."""
    before = "[\n"
    for line in json_lines(selection):
        yield before + line
        before = ",\n"
    yield "\n]\n" if before == ",\n" else "[]\n"


def _records(selection: Selection) -> Iterator[dict[str, Any]]:
    for project in selection.projects:
        plain = record(project)
        if selection.columns:
            computed = {
                name: as_text(cell)
                for name in selection.columns
                if not hasattr(project, name)
                and (cell := COLUMNS[name].value(project, selection.dataset))
            }
            plain = {
                name: value
                for name in selection.columns
                if (value := {**plain, **computed}.get(name)) is not None
            }
        elif not selection.own:
            plain = {key: plain[key] for key in plain if key not in ANNOTATION_KEYS}
        yield plain
