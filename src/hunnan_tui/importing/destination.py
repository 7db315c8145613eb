"""The dataset that a table is imported into, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomli

from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.dataset.parser import decode, parse
from hunnan_tui.dataset.toml.scanner import has_blocks
from hunnan_tui.files.reading import read_file
from hunnan_tui.importing.base import find_import_ids, find_known_map
from hunnan_tui.importing.import_map import FIELDS, Target
from hunnan_tui.importing.merge_values import Record
from hunnan_tui.importing.prepare import Prepared, map_path_of, prepare
from hunnan_tui.importing.table import TableError
from hunnan_tui.importing.text_cells import fold_key


@dataclass(frozen=True, slots=True)
class Destination:
    """A dataset as its file has it."""

    path: Path
    projects: Sequence[Record]
    """Those that have an id."""
    currency: str
    sources: Sequence[Record]
    industries: Sequence[Record]
    stages: Sequence[Record]
    fields: Sequence[Record]


def read_destination(path: Path) -> Destination:
    """Read the dataset that a table is imported into.

    Raises:
        DataError: It cannot be read.
        TableError: Nothing can be written into it.
    """
    if not path.exists():
        raise TableError(
            _("{path}: there is no such file (make a new one with -o)").format(
                path=path
            )
        )
    text = read_file(path)
    try:
        record = tomli.loads(decode(text))
    except (ValueError, RecursionError):
        parse(text, str(path))  # says where, and what to do
        raise
    if record.get("projects") and not has_blocks(text):
        raise TableError(
            _(
                "{path}: its projects are not [[projects]] tables, so nothing can be "
                "written into it (write each as [[projects]])"
            ).format(path=path)
        )
    about = record.get("dataset")
    currency = about.get("currency") if isinstance(about, dict) else None
    return Destination(
        path,
        _list_tables(record, "projects"),
        currency.strip().upper() if isinstance(currency, str) else "",
        _list_tables(record, "sources"),
        _list_tables(record, "industries"),
        _list_tables(record, "stages"),
        _list_tables(record, "fields"),
    )


def _list_tables(record: Mapping[str, Any], name: str) -> tuple[Record, ...]:
    value = record.get(name)
    if not isinstance(value, list):
        return ()
    return tuple(
        item
        for item in value
        if isinstance(item, dict) and isinstance(item.get("id"), str)
    )


def adapt_map(prepared: Prepared, destination: Destination) -> Prepared:
    """Return a table whose map fits a dataset: its stages and industries are those.

    A map that is the user's own is taken as it is, but for one of an export.

    Raises:
        TableError: Its amounts are in another currency.
    """
    import_map = prepared.map
    if prepared.is_new_map or prepared.is_export:
        import_map = replace(
            import_map,
            stages=_adopt_ids(import_map.stages, destination.stages),
            industries=_adopt_ids(import_map.industries, destination.industries),
            columns=_adopt_fields(import_map.columns, destination.fields),
        )
    stated = import_map.stated_currency
    if stated and destination.currency and stated != destination.currency:
        raise TableError(
            _(
                "{name}: its amounts are in {stated}, those of {path} in {currency} "
                "(say the currency in the map if that is wrong: currency = "
                "{currency!r})"
            ).format(
                name=prepared.path.name,
                stated=stated,
                path=destination.path,
                currency=destination.currency,
            )
        )
    if destination.currency:
        import_map = replace(import_map, currency=destination.currency)
    return replace(prepared, map=import_map)


def _adopt_ids(ids: Mapping[str, str], entries: Iterable[Record]) -> dict[str, str]:
    """Return the ids of words, those of the dataset where it has the word."""
    known = _index_names(entries)
    return {word: known.get(fold_key(word), to) for word, to in ids.items()}


def _adopt_fields(
    columns: Mapping[str, Target], fields: Iterable[Record]
) -> dict[str, Target]:
    """Return what becomes of columns, fields of one's own those of the dataset."""
    known = _index_names(fields)
    return {
        label: target
        if target.kind in FIELDS
        else replace(target, to=known.get(fold_key(target.to), target.to))
        for label, target in columns.items()
    }


def _index_names(entries: Iterable[Record]) -> dict[str, str]:
    known: dict[str, str] = {}
    for entry in entries:
        for text in (entry["id"], entry.get("name"), entry.get("name_zh")):
            if isinstance(text, str) and text:
                known.setdefault(fold_key(text), entry["id"])
    return known


def prepare_into(
    path: Path,
    destination: Destination,
    *,
    sheet: str = "",
    encoding: str = "",
    map_path: Path | None = None,
) -> Prepared:
    """Read a table for a dataset.

    Its map is the one that is named, its own, or that of the last import into the
    dataset, if this is a table of that kind.

    Raises:
        TableError: It cannot be imported, or not into this dataset.
        QuestionError: Several sheets may be meant.
    """
    if map_path is None and (known := _find_last_map(path, destination)):
        try:
            prepared = prepare(path, sheet=sheet, encoding=encoding, map_path=known)
        except HunnanError:
            pass  # of another kind: the guess says what is wrong with it
        else:
            named = set(prepared.map.columns)
            if len(named.intersection(prepared.layout.labels)) * 2 >= len(named):
                return adapt_map(prepared, destination)
    prepared = prepare(path, sheet=sheet, encoding=encoding, map_path=map_path)
    return adapt_map(prepared, destination)


def _find_last_map(path: Path, destination: Destination) -> Path | None:
    """Return the map of the last import into a dataset, for a table without one."""
    if map_path_of(path).exists():
        return None
    folders = dict.fromkeys((path.parent, destination.path.parent))
    return find_known_map(folders, find_import_ids(destination.sources))
