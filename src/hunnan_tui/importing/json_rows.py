"""JSON and JSON lines to a table: a column for each key, lists of objects spread out."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from hunnan_tui.importing.encodings import Decoded
from hunnan_tui.importing.table import Broken, Cell, Row, Table, TableError, clean_cell

BETWEEN = "\x1f"
"""Stands between the values of a list in one cell."""
_DEEPEST = 6


def read_json(decoded: Decoded, file: str) -> Table:
    """Read a list of objects, an object that holds one, or an object a line.

    Raises:
        TableError: There is none of these in it.
    """
    text = decoded.text.removeprefix("\ufeff")
    broken: list[Broken] = []
    records: list[tuple[int, Mapping[str, Any]]] = []
    for number, value in _values(text, file):
        if isinstance(value, Mapping):
            records.append((number, value))
        else:
            reason = str(value) if isinstance(value, Exception) else "not an object"
            broken.append(Broken(number, reason))
    if not records:
        raise TableError(f"{file}: no list of objects (one for each project) in it")
    columns: dict[str, None] = {}
    flat = []
    for number, record in records:
        cells: dict[str, Cell] = {}
        _flatten(record, "", cells, 0)
        flat.append((number, cells))
        columns.update(dict.fromkeys(cells))
    names = tuple(columns)
    rows = tuple(Row(number, tuple(cells.get(name) for name in names)) for number, cells in flat)
    return Table(file, rows, encoding=decoded.encoding, names=names, broken=tuple(broken))


def _values(text: str, file: str) -> Iterator[tuple[int, object]]:
    try:
        whole = _parse(text)
    except (ValueError, RecursionError):
        whole = None
    if isinstance(whole, list):
        yield from enumerate(whole, 1)
        return
    if isinstance(whole, Mapping):
        lists = [value for value in whole.values() if _is_list_of_objects(value)]
        yield from enumerate(max(lists, key=len) if lists else [whole], 1)
        return
    if text.lstrip().startswith("["):
        raise TableError(f"{file}: not valid JSON: {_why(text)}")
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, _parse(line)
            except (ValueError, RecursionError) as error:
                yield number, ValueError(f"not JSON: {error}")


def _parse(text: str) -> Any:
    return json.loads(text, parse_float=Decimal, object_pairs_hook=_unique)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return made


def _why(text: str) -> str:
    try:
        _parse(text)
    except (ValueError, RecursionError) as error:
        return str(error) or "nested too deep"
    return ""


def _is_list_of_objects(value: object) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _flatten(record: Mapping[str, Any], prefix: str, cells: dict[str, Cell], depth: int) -> None:
    for key, value in record.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping) and depth < _DEEPEST:
            _flatten(value, f"{name}.", cells, depth + 1)
        elif isinstance(value, list) and _is_list_of_objects(value):
            parts: dict[str, list[str]] = {}
            for each in value:
                if isinstance(each, Mapping):
                    inner: dict[str, Cell] = {}
                    _flatten(each, "", inner, depth + 1)
                    for part, cell in inner.items():
                        if cell is not None:
                            parts.setdefault(part, []).append(str(cell))
            for part, texts in parts.items():
                cells[f"{name}[].{part}"] = BETWEEN.join(texts)
        elif isinstance(value, list):
            texts = [str(each) for each in value if each is not None]
            if texts:
                cells[name] = BETWEEN.join(texts)
        else:
            cells[name] = clean_cell(value)
