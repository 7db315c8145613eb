"""Projects as a dataset of their own: with its industries and stages, and their sources.

Keys unknown to the schema come along as text; a value that could not be read becomes a
comment, so that the new file has no errors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.fields import IN_CURRENCY
from hunnan_tui.core.model import (
    Annotations,
    DeclaredField,
    Industry,
    Project,
    Source,
    Stage,
)
from hunnan_tui.core.money import is_amount
from hunnan_tui.core.text import UNSAFE
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS, diff_annotations
from hunnan_tui.dataset.toml.writer import format_key, format_pair
from hunnan_tui.export.documents.totals import list_cited_sources
from hunnan_tui.export.list_formats import build_record
from hunnan_tui.export.sanitize import clean_line
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
    yield _format_stated(
        about | {"currency": dataset.currency, "updated": dataset.updated}
    )
    for industry in dataset.industries.values():
        yield _format_table("industries", industry)
    for stage in dataset.stages.values():
        yield _format_table("stages", stage)
    for field in dataset.fields.values():
        yield _format_table("fields", field)
    for name in list_cited_sources(selection):
        if source := dataset.sources.get(name):
            yield _format_table("sources", source)
    for project in selection.projects:
        yield from _format_project(project, own=selection.own)


def _format_table(table: str, value: Industry | Stage | Source | DeclaredField) -> str:
    return f"\n[[{table}]]\n{_format_stated(value._asdict())}"


def _format_project(project: Project, *, own: bool) -> Iterator[str]:
    yield "\n[[projects]]\n"
    for key, text in project.faulty:
        yield f"# not readable as written: {clean_line(f'{key} = {text}')}\n"
    values = {
        key: value
        for key, value in build_record(project).items()
        if key not in ANNOTATION_KEYS and not _is_faulty(project, key)
    }
    for key in ("file", "currency") if project.origin.file else ():
        values.pop(key, None)  # they are of the program, not of the file
    for key in ("file", "currency") if project.origin.file else ():
        values.pop(key, None)  # they are of the program, not of the file
    if project.origin.currency:
        _word_amounts(values, project.origin.currency)
    # the ids of the new file are unique, also where those of the old one are not
    for event in values.get("events", ()):
        event.setdefault("what", "")
    name = project.name if project.name.strip() else "-"
    yield _format_stated(
        {"id": "", "name": ""} | values | {"id": project.key, "name": name}
    )
    if not own:
        return
    added = Annotations(project.tags, project.follow_up, project.needs, project.notes)
    raw = diff_annotations({}, _NOTHING, added)
    notes = raw.pop("notes", [])
    yield _format_pairs(raw)
    for note in notes:
        yield f"\n[[projects.notes]]\n{_format_pairs(note)}"


def _word_amounts(values: dict[str, Any], currency: str) -> None:
    """Make texts of amounts in another currency: the new file states one for all."""
    amounts = {
        key: value
        for key, value in values.items()
        if key in IN_CURRENCY and isinstance(value, int)
    }
    for key, amount in amounts.items():
        del values[key]
        if key == "investment":
            worded = f"{amount:,} {currency}"
            stated = values.get("investment_text", "")
            values["investment_text"] = f"{stated} ({worded})" if stated else worded
        else:
            values[f"{key}_text"] = f"{amount:,} {currency}"


def _is_faulty(project: Project, key: str) -> bool:
    return any(key == name for name, _ in project.faulty)


def _format_stated(table: Mapping[str, Any]) -> str:
    """Return the pairs of a table but those with an empty text or list."""
    stated = {key: value for key, value in table.items() if value not in ("", ())}
    return _format_pairs(stated)


def _format_pairs(table: Mapping[str, Any]) -> str:
    """Return the pairs of a table, each on a line of its own."""
    written = (
        f"{format_key(_make_writable(key)).decode()} = {value:_}\n"
        if is_amount(value)
        else format_pair(
            _make_writable(key), _make_writable(value, key), _NEWLINE
        ).decode()
        for key, value in table.items()
    )
    return UNSAFE.sub(_escape, "".join(written))


def _make_writable(value: Any, key: str = "") -> Any:
    """Return a value that TOML can hold, with full dates as dates."""
    if isinstance(value, str):
        if key in _DAYS and len(value) == len("2023-03-08") and is_partial(value):
            return date.fromisoformat(value)
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, Mapping):
        return {
            _make_writable(name): _make_writable(part, name)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [_make_writable(item) for item in value]
    return value


def _escape(match: re.Match[str]) -> str:
    """Return a character that a terminal could obey as an escape; it is always in quotes."""
    code = ord(match[0])
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
