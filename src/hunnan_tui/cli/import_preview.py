"""What an import found, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import align_rows
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.import_map import TARGET_KEYS, Target
from hunnan_tui.importing.prepare import Prepared

_SHOWN_SKIPPED = 20
"""Rows left out that a preview names one by one."""


def format_preview(
    prepared: Prepared, converter: Converter, width: int | None
) -> Iterator[str]:
    """Yield the lines of a preview.

    Args:
        prepared: The table and its map.
        converter: What has read the projects.
        width: Cells of a line; None cuts nothing.
    """
    yield from align_rows([*_describe_table(prepared, converter)], (), width)
    yield ""
    notes = prepared.notes
    rows = [("column", "becomes", "why: values" if notes else "")]
    for label, target in prepared.map.columns.items():
        rows.append(
            (
                display_line(label),
                display_line(_describe_target(target)),
                display_line(notes.get(label, "")),
            )
        )
    yield from align_rows(rows, (), width)
    for name, ids in (
        ("stage", prepared.map.stages),
        ("industry", prepared.map.industries),
    ):
        if ids:
            yield ""
            words = [(display_line(word), display_line(to)) for word, to in ids.items()]
            yield from align_rows([(name, "id"), *words], (), width)
    if converter.skipped:
        yield ""
        shown = converter.skipped[:_SHOWN_SKIPPED]
        rows_left = [(str(row), display_line(why)) for row, why in shown]
        yield from align_rows([("row", "no project, because"), *rows_left], (0,), width)
        if (more := converter.skipped_count - len(shown)) > 0:
            yield f"… and {more:,} more"


def _describe_table(
    prepared: Prepared, converter: Converter
) -> Iterator[tuple[str, str]]:
    table, import_map = prepared.table, prepared.map
    yield "table", display_line(table.file)
    if table.sheet:
        yield "sheet", display_line(table.sheet)
    if table.encoding:
        yield "encoding", table.encoding
    if table.delimiter:
        yield "delimiter", {"\t": "tab"}.get(table.delimiter, table.delimiter)
    if prepared.layout.header:
        yield "header", f"row {', '.join(map(str, prepared.layout.header))}"
    if import_map.title:
        yield "title", display_line(import_map.title)
    yield "currency", import_map.stated_currency or "not known"
    yield "key", display_line(", ".join(import_map.key))
    if import_map.fill_down:
        yield "filled down", display_line(", ".join(import_map.fill_down))
    yield "projects", f"{converter.count:,}"
    if converter.skipped_count:
        yield "rows left out", f"{converter.skipped_count:,}"


def _describe_target(target: Target) -> str:
    """Return what becomes of a column: `investment in 万元`."""
    text = "left out" if target.to == "-" else target.to
    if target.unit:
        text += f" in {target.unit}"
    if target.dates not in ("", "ymd"):
        text += f" ({target.dates})"
    return text


def make_preview_record(prepared: Prepared, converter: Converter) -> dict[str, Any]:
    """Return what was found as plain values."""
    table, import_map, layout = prepared.table, prepared.map, prepared.layout
    problems = converter.problems
    return {
        "file": table.file,
        "sheet": table.sheet,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "header": list(layout.header),
        "title": import_map.title,
        "currency": import_map.stated_currency,
        "key": list(import_map.key),
        "columns": {
            label: {
                **{
                    name: value
                    for name in TARGET_KEYS
                    if (value := getattr(target, name))
                },
                "why": prepared.notes.get(label, ""),
            }
            for label, target in import_map.columns.items()
        },
        "stages": dict(import_map.stages),
        "industries": dict(import_map.industries),
        "questions": list(import_map.questions),
        "projects": converter.count,
        "skipped": [{"row": row, "why": why} for row, why in converter.skipped],
        "skipped_count": converter.skipped_count,
        "problems": [
            {
                "at": problem.address,
                "level": problem.level.value,
                "message": problem.message,
                "hint": problem.hint,
            }
            for problem in problems.problems
        ],
        "problem_counts": {
            level.value: count for level, count in problems.counts.items()
        },
    }
