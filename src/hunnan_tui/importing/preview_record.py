"""What an import found, as plain values."""

from __future__ import annotations

from typing import Any

from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.import_map import TARGET_KEYS
from hunnan_tui.importing.prepare import Prepared


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
