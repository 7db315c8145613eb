"""`python -m hunnan_tui.importing.app_process`: an import for the app, beside its keys.

A request comes in as one line of JSON; lines of JSON go out: `{"progress": 2000}` now and
then, and at last `{"found": {...}}` or `{"error": "..."}`. Nothing is written unless the
request says so.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from hunnan_tui.config.language import choose_language
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.files.new_file import write_file
from hunnan_tui.importing.decisions import Decision, decide, rewrite_map
from hunnan_tui.importing.destination import prepare_into, read_destination
from hunnan_tui.importing.differences import (
    count_differences,
    format_differences,
)
from hunnan_tui.importing.layout import Body, read_bodies
from hunnan_tui.importing.plan import Planner
from hunnan_tui.importing.prepare import Prepared, QuestionError, prepare
from hunnan_tui.importing.preview_record import make_preview_record
from hunnan_tui.importing.table import to_text
from hunnan_tui.importing.write_into import keep_base, make_transaction
from hunnan_tui.importing.write_new import write_new
from hunnan_tui.storage.edit_json import dump_edit

_SAMPLE = 300
"""Rows from which the values of a column are shown."""
_SHOWN = 12
_LONGEST = 200


def run_request(request: Mapping[str, Any]) -> dict[str, Any]:
    """Do what the app asks for.

    Args:
        request: `table`; `data`, the open dataset if it can be written; `sheet` and
            `map` where they are known; `decisions`, each a table, a name and values.
            `language` is that of the app. `write` is empty for a preview, `into` to
            keep the map and the base of what the app then writes, or `new` to make the
            dataset `target`.

    Raises:
        HunnanError: The table is refused, or something cannot be written.
    """
    path, data = Path(request["table"]), request.get("data", "")
    write = request.get("write", "")
    destination = read_destination(Path(data)) if data and write != "new" else None
    map_path = Path(request["map"]) if request.get("map") else None
    sheet = request.get("sheet", "")
    if destination is None:
        prepared = prepare(path, sheet=sheet, map_path=map_path)
    else:
        prepared = prepare_into(path, destination, sheet=sheet, map_path=map_path)
    text = prepared.map_text
    if not prepared.is_new_map:
        text = prepared.map_path.read_text("utf-8")
    for table, name, values in request.get("decisions", ()):
        decision = Decision(table, name, values)
        import_map = decide(prepared.map, decision)
        text = rewrite_map(text, import_map, decision)
        prepared = replace(prepared, map=import_map)
    questions = prepared.map.questions
    converter = prepared.make_converter(despite_questions=bool(questions))
    converter.tell_progress = _tell_progress
    if write and not questions and text != _read_map_text(prepared):
        write_file(prepared.map_path, text.encode("utf-8", "replace"), force=True)
    today = date.today()  # noqa: DTZ011 - the reader's day
    answer: dict[str, Any] = {"map": str(prepared.map_path)}
    if write == "new" and not questions:
        new = write_new(prepared, converter, Path(request["target"]), today)
        answer["warning"] = new.problem
    elif destination is not None:
        planner = Planner(prepared, converter, destination, today)
        answer |= _make_plan(planner, prepared, keep=write == "into" and not questions)
    else:
        for _ in converter.convert_projects():
            pass
    answer["preview"] = make_preview_record(prepared, converter)
    if not write:
        answer["values"] = _sample_values(prepared)
    return answer


def _read_map_text(prepared: Prepared) -> str:
    return "" if prepared.is_new_map else prepared.map_path.read_text("utf-8")


def _make_plan(planner: Planner, prepared: Prepared, *, keep: bool) -> dict[str, Any]:
    plan = planner.plan()
    answer: dict[str, Any] = {
        "counts": count_differences(plan.merge),
        "differences": list(format_differences(plan)),
        "why_many": plan.merge.why_many,
        "is_nothing": plan.is_nothing,
    }
    if keep and not plan.is_nothing:
        answer["warning"] = keep_base(plan, prepared.map_path)
        transaction = make_transaction(plan)
        answer["label"] = transaction.label
        answer["edits"] = [dump_edit(edit) for edit in transaction.edits]
    return answer


def _sample_values(prepared: Prepared) -> dict[str, list[str]]:
    """Return some values of each column, each once."""
    bodies = (
        body
        for body in read_bodies(prepared.table, prepared.layout)
        if isinstance(body, Body)
    )
    values: dict[str, dict[str, None]] = {
        label: {} for label in prepared.layout.labels if label
    }
    for body in islice(bodies, _SAMPLE):
        for label, cell in zip(prepared.layout.labels, body.row.cells, strict=False):
            if label and cell is not None and len(values[label]) < _SHOWN:
                values[label][to_text(cell)[:_LONGEST]] = None
    return {label: list(texts) for label, texts in values.items()}


def _tell_progress(count: int) -> None:
    _write({"progress": count})


def _write(answer: Mapping[str, Any]) -> None:
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Answer one request."""
    request = json.loads(sys.stdin.buffer.readline())
    language = request.get("language")
    choose_language(["--lang", language] if language else (), os.environ)
    try:
        answer = run_request(request)
    except QuestionError as error:
        _write({"found": {"sheets": list(error.sheets)}})
        return error.exit_code
    except HunnanError as error:
        _write({"error": str(error)})
        return error.exit_code
    _write({"found": answer})
    return 0


if __name__ == "__main__":
    sys.exit(main())
