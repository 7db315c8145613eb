"""Projects as a dataset of their own: with its industries and stages, and their sources.

What the schema does not know comes along as text; a value that could not be read is
told in a comment, so that the new file has no error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.model import (
    Annotations,
    Industry,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.money import is_amount
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS, diff_annotations
from hunnan_tui.dataset.toml.writer import format_key, format_pair
from hunnan_tui.export.documents.totals import cited
from hunnan_tui.export.list_formats import record
from hunnan_tui.export.sanitize import one_line
from hunnan_tui.export.selection import Selection

FORMAT = 1
_NEWLINE = b"\n"
_DAYS = {"updated", "date", "stage_date"}
_NOTHING = Annotations()
_SURROGATE = re.compile("[\ud800-\udfff]")


def write_dataset(selection: Selection) -> Iterator[str]:
    """Yield the text of the dataset, table by table."""
    dataset = selection.dataset
    yield f"format = {FORMAT}\n\n[dataset]\n"
    about = {"title": dataset.title, "title_zh": dataset.title_zh}
    yield _stated(about | {"currency": dataset.currency, "updated": dataset.updated})
    for industry in dataset.industries.values():
        yield _named("industries", industry)
    for stage in dataset.stages.values():
        yield _named("stages", stage)
    for name in cited(selection):
        if source := dataset.sources.get(name):
            yield _named("sources", source)
    for project in selection.projects:
        yield from _project(project, own=selection.own)


def _named(table: str, value: Industry | Stage | Source) -> str:
    return f"\n[[{table}]]\n{_stated(value._asdict())}"


def _project(project: Project, *, own: bool) -> Iterator[str]:
    yield "\n[[projects]]\n"
    for key, text in project.faulty:
        yield f"# not readable as written: {one_line(f'{key} = {text}')}\n"
    values = {
        key: value
        for key, value in record(project).items()
        if key not in ANNOTATION_KEYS and not _is_faulty(project, key)
    }
    # the ids of the new file are unique, also where those of the old one are not
    for event in values.get("events", ()):
        event.setdefault("what", "")
    name = project.name if project.name.strip() else "-"
    yield _stated({"id": "", "name": ""} | values | {"id": project.key, "name": name})
    if not own:
        return
    added = Annotations(project.tags, project.follow_up, project.needs, project.notes)
    raw = diff_annotations({}, _NOTHING, added)
    notes = raw.pop("notes", [])
    yield _pairs(raw)
    for note in notes:
        yield f"\n[[projects.notes]]\n{_pairs(note)}"


def _is_faulty(project: Project, key: str) -> bool:
    return any(key == name for name, _ in project.faulty)


def _stated(table: Mapping[str, Any]) -> str:
    """Return the keys of a table that say something."""
    return _pairs({key: value for key, value in table.items() if value != ""})


def _pairs(table: Mapping[str, Any]) -> str:
    """Return the keys of a table, each on a line of its own."""
    written = (
        f"{format_key(_writable(key)).decode()} = {value:_}\n"
        if is_amount(value)
        else format_pair(_writable(key), _writable(value, key), _NEWLINE).decode()
        for key, value in table.items()
    )
    return UNSAFE.sub(_escaped, "".join(written))


def _writable(value: Any, key: str = "") -> Any:
    """Return a value that TOML can hold, with full dates as dates."""
    if isinstance(value, str):
        if key in _DAYS and len(value) == len("2023-03-08") and is_partial(value):
            return date.fromisoformat(value)
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {_writable(name): _writable(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_writable(each) for each in value]
    return value


def _escaped(match: re.Match[str]) -> str:
    """Return what a terminal could obey as an escape; it only stands in quotes."""
    code = ord(match[0])
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
