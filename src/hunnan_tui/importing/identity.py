"""What is the same project: keys, ids, and rows that give one project twice."""

from __future__ import annotations

import re
from array import array
from collections.abc import Mapping
from typing import NamedTuple

from hunnan_tui.importing.import_map import ImportMap
from hunnan_tui.importing.table import BETWEEN, Cell, Row, to_text
from hunnan_tui.importing.text_cells import (
    clean_text,
    hash_key,
    join_key,
    make_slug,
)

_LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+)?e\+?[0-9]{2}", re.IGNORECASE)
_EXACT = 10**15
"""Whole numbers from here on have lost digits in a spreadsheet."""


class Identity(NamedTuple):
    """What a project is known by."""

    key: str
    id: str
    is_of_code: bool
    """Whether the table has a code for it."""


class LostDigitsError(ValueError):
    """A code that a spreadsheet has turned into a rounded number."""


class Identifier:
    """Makes keys and ids of rows, by a map."""

    def __init__(self, import_map: ImportMap, columns: Mapping[str, int]) -> None:
        self._key_columns = [columns[label] for label in import_map.key]
        self._id_labels = [
            label for label, t in import_map.columns.items() if t.kind == "id"
        ]
        self.id_column = columns[self._id_labels[0]] if self._id_labels else None
        self._form = import_map.id
        self._empty = {word.casefold() for word in import_map.empty}

    def identify(self, row: Row, name: str, code: str) -> Identity:
        """Return what a row's project is known by.

        Args:
            row: The row.
            name: The name of the project.
            code: The text of its code, cleaned; empty if there is none.

        Raises:
            LostDigitsError: Its code is not what it was.
        """
        texts = [
            self._make_key_text(row.get_cell(column)) for column in self._key_columns
        ]
        key = join_key(texts) if any(texts) else join_key((name,))
        if self.id_column is None:
            return Identity(key, hash_key(key), is_of_code=False)
        cell = row.get_cell(self.id_column)
        if _has_lost_digits(cell):
            raise LostDigitsError(to_text(cell))
        if not code or self._form == "hash":
            return Identity(key, hash_key(key), is_of_code=bool(code))
        slug = code if self._form == "exact" else make_slug(code)
        return Identity(key, slug or hash_key(key), is_of_code=True)

    def _make_key_text(self, cell: Cell) -> str:
        text = to_text(cell).replace(BETWEEN, "; ")
        text = clean_text(text).text
        return "" if text.casefold() in self._empty else text


def _has_lost_digits(cell: Cell) -> bool:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return abs(cell) >= _EXACT
    text = to_text(cell)
    return len(text) < 30 and _LOST_DIGITS.fullmatch(text.strip()) is not None


class SeenRows:
    """The projects so far: as numbers, since a table can have a million."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._ids: dict[int, int] = {}
        self._rows, self._cells = array("q"), array("q")

    def find(self, key: str) -> tuple[int, int] | None:
        """Return the row of a project and a sum of its cells, if it was there."""
        position = self._places.get(hash(key))
        return (
            None if position is None else (self._rows[position], self._cells[position])
        )

    def find_id(self, id: str) -> int | None:
        """Return the row of the project with an id, if there is one."""
        position = self._ids.get(hash(id))
        return None if position is None else self._rows[position]

    def add(self, identity: Identity, row: int, cells: int) -> None:
        """Take note of a project."""
        position = len(self._rows)
        self._places[hash(identity.key)] = self._ids[hash(identity.id)] = position
        self._rows.append(row)
        self._cells.append(cells)
