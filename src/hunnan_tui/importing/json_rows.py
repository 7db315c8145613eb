"""JSON and JSON lines as a table: a column for each key, lists of objects spread out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from hunnan_tui.core.language import _
from hunnan_tui.importing.delimited import open_text
from hunnan_tui.importing.encodings import Encoding
from hunnan_tui.importing.exported import TELLING_KEYS, is_exported_record
from hunnan_tui.importing.table import (
    BETWEEN,
    MOST_COLUMNS,
    MOST_ROWS,
    BrokenRecord,
    Cell,
    RawTable,
    Row,
    TableError,
    clean_cell,
    to_text,
)

_DEEPEST = 6
"""Objects within objects whose keys become columns; deeper ones stay as JSON."""
_LONGEST_INTEGER = 40


def read_json(path: Path, encoding: Encoding) -> RawTable:
    """Read a list of objects, an object that holds one, or an object a line.

    Raises:
        TableError: There is none of these in it.
    """
    with open_text(path, encoding.name) as file:
        text = file.read().removeprefix("\ufeff")
    broken: list[BrokenRecord] = []
    records: list[tuple[int, Mapping[str, Any]]] = []
    for number, value in _iterate_values(text, path.name):
        if isinstance(value, Mapping):
            records.append((number, value))
        else:
            is_fault = isinstance(value, Exception)
            reason = str(value) if is_fault else _("not an object, so no project")
            broken.append(BrokenRecord(number, reason))
    if not records:
        raise TableError(
            _(
                "{name}: no list of objects in it (a project is an object, as "
                '[{{"name": …}}, …], or one on each line)'
            ).format(name=path.name)
        )
    is_own = all(is_exported_record(record) for _, record in records) and any(
        key in TELLING_KEYS for _, record in records for key in record
    )
    columns: dict[str, None] = {}
    flat: list[tuple[int, dict[str, Cell]]] = []
    for number, record in records:
        cells: dict[str, Cell] = {}
        if is_own:
            cells = {key: _make_whole_cell(value) for key, value in record.items()}
        else:
            _flatten(record, "", cells, 0)
        flat.append((number, cells))
        # a key that is empty in all objects is no column
        filled = (name for name, cell in cells.items() if cell is not None)
        columns.update(dict.fromkeys(filled))
    names = tuple(columns)
    if len(names) > MOST_COLUMNS or len(flat) > MOST_ROWS:
        raise TableError(
            _(
                "{name}: more than {most_rows:,} objects or {most_columns} keys are "
                "not read (cut it into parts)"
            ).format(name=path.name, most_rows=MOST_ROWS, most_columns=MOST_COLUMNS)
        )
    rows = tuple(
        Row(number, tuple(cells.get(name) for name in names)) for number, cells in flat
    )
    return RawTable(
        path.name,
        rows,
        encoding=encoding.name,
        names=names,
        broken=tuple(broken),
        doubtful_words=encoding.doubtful_words,
    )


def _iterate_values(text: str, file: str) -> Iterator[tuple[int, object]]:
    try:
        whole = _parse(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list):
        yield from enumerate(whole, 1)
        return
    if isinstance(whole, Mapping):
        lists = [value for value in whole.values() if _is_list_of_objects(value)]
        longest: Sequence[object] = max(lists, key=len) if lists else [whole]
        yield from enumerate(longest, 1)
        return
    if text.lstrip().startswith("["):
        raise TableError(
            _("{file}: not valid JSON: {fault}").format(
                file=file, fault=_find_fault(text)
            )
        )
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _parse(line)
            except (ValueError, RecursionError) as error:
                yield (
                    number,
                    ValueError(
                        _("not JSON: {text}").format(text=error or "nested too deep")
                    ),
                )


def _parse(text: str) -> Any:
    return json.loads(
        text,
        parse_float=Decimal,
        parse_int=_parse_integer,
        object_pairs_hook=_refuse_duplicates,
    )


def _parse_integer(text: str) -> int | str:
    return int(text) if len(text) <= _LONGEST_INTEGER else text


def _refuse_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for key, value in pairs:
        if key in record:
            raise ValueError(
                _("the key {key!r} stands twice in one object").format(key=key)
            )
        record[key] = value
    return record


def _find_fault(text: str) -> str:
    try:
        _parse(text)
    except (ValueError, RecursionError) as error:
        return str(error) or _("nested too deep")
    return ""


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(item, Mapping) for item in value)


def _make_whole_cell(value: object) -> Cell:
    """Return a value of an own export as a cell: a list stays what it is, as JSON."""
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    return clean_cell(value)


def _flatten(
    record: Mapping[str, Any], prefix: str, cells: dict[str, Cell], depth: int
) -> None:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            if depth < _DEEPEST:
                _flatten(value, f"{name}.", cells, depth + 1)
            else:
                cells[name] = _make_whole_cell(value)
        elif isinstance(value, list) and _is_list_of_objects(value):
            for part, texts in _spread(value, depth).items():
                cells[f"{name}[].{part}"] = BETWEEN.join(texts)
        elif isinstance(value, list):
            texts = [to_text(clean_cell(item)) for item in value]
            cells[name] = BETWEEN.join(filter(None, texts)) or None
        else:
            cells[name] = clean_cell(value)


def _spread(objects: Sequence[object], depth: int) -> dict[str, list[str]]:
    """Return the texts of each key of the objects of a list."""
    parts: dict[str, list[str]] = {}
    for item in objects:
        if isinstance(item, Mapping):
            inner: dict[str, Cell] = {}
            _flatten(item, "", inner, depth + 1)
            for part, cell in inner.items():
                if cell is not None:
                    parts.setdefault(part, []).append(to_text(cell))
    return parts
