"""Columns of the fields of the user's own, each derived from what the projects state."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import TYPE_CHECKING, Any

from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.text import fold
from hunnan_tui.query.engine.base_columns import OWN
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import iterate_in_steps
from hunnan_tui.query.engine.dated import Days, parse_days
from hunnan_tui.query.engine.texts import wrap_lines

if TYPE_CHECKING:
    from decimal import Decimal

    from hunnan_tui.core.own_fields import OwnField, OwnFields

_FEW = 5_000
"""Projects whose fields are found in some milliseconds."""
Derivation = tuple[Hashable, tuple[Hashable, ...], Callable[..., Any]]
"""The name of a column, its sources, and what computes it."""


class OwnColumns:
    """The fields of the user's own, and their columns, each computed on first use."""

    def __init__(
        self,
        columns: Columns,
        get_base: Callable[[Columns, Hashable], list[Any]],
        previous: OwnColumns | None = None,
    ) -> None:
        """Take the columns.

        Args:
            columns: The columns of the projects.
            get_base: Returns a base column of them. No method of whoever holds this: with
                a cycle the lists of every version would stay until they are collected.
            previous: Those of the last version, whose fields may still be the same.
        """
        self._columns = columns
        self._find_base = get_base
        self._fields: OwnFields | None = None
        self._source: list[Any] | None = None
        """The column that the fields were found in, now or in the last version."""
        self._last = previous.last_fields if previous else None

    def _get_rows(self) -> list[Any]:
        """Return what each project states of the user's own."""
        return self._find_base(self._columns, OWN)

    @property
    def last_fields(self) -> tuple[OwnFields, list[Any], object] | None:
        """The fields that were found last, with all that they depend on."""
        if self._fields is None or self._source is None:
            return self._last
        dataset = self._columns.dataset
        return self._fields, self._source, (dataset.fields, dataset.currency)

    @property
    def fields(self) -> OwnFields:
        """The fields of the user's own."""
        if self._fields is None:
            from hunnan_tui.core.own_fields import (
                derive_from_rows,  # most queries name none of them
            )

            rows, dataset = self._get_rows(), self._columns.dataset
            basis = (dataset.fields, dataset.currency)
            if self._last and self._last[1] is rows and self._last[2] == basis:
                self._fields = self._last[0]
            else:
                in_steps = iterate_in_steps(rows)
                self._fields = derive_from_rows(in_steps, *basis)
            self._source = rows
        return self._fields

    def find_known(self) -> OwnFields | None:
        """Return the fields if that takes no time: found already, or of few projects."""
        if self._fields is None and self._last is not None:
            is_same = self._columns.has(OWN) and self._get_rows() is self._last[1]
            if is_same or len(self._columns) <= _FEW:
                return self.fields
        return self._fields

    def get(self, name: str) -> OwnField | None:
        """Return the field with an id; None if there is none any more."""
        return self.fields.get(name)

    def get_kind(self, name: str) -> Kind:
        """Return the kind of a field; that of a lost one is text."""
        own = self.get(name)
        return own.field.kind if own else Kind.TEXT

    def find_derivation(self, name: str) -> Derivation:
        """Return how the column is derived that a field is compared by."""
        own = self.get(name)
        self._get_rows()
        if own is None:
            return ("own-nothing",), (OWN,), _fold_nothing
        reader = own.reader
        if reader.kind in NUMERIC:
            return ("own-numbers", reader), (OWN,), reader.pick_number
        if reader.kind is Kind.DATE:
            return ("own-days", reader), (OWN,), lambda row: _find_days(reader, row)
        return ("own-folded", reader), (OWN,), lambda row: _fold(reader, row)

    def derive_values(self, name: str) -> Hashable:
        """Compute the texts of each project in a field; return the name of the column."""
        self._get_rows()
        own = self.get(name)
        column: Hashable = ("own-texts", own.reader if own else None)
        pick = own.reader.pick_texts if own else _pick_nothing
        self._columns.derive(column, (OWN,), pick)
        return column

    def get_values(self, name: str) -> list[tuple[str, ...]]:
        """Return the texts of each project in a field."""
        return self._columns.get(self.derive_values(name))

    def get_numbers(self, name: str) -> list[int | Decimal | None]:
        """Return the number of each project in a field; None where there is none."""
        if self.get_kind(name) not in NUMERIC:
            return [None] * len(self._columns)
        return self._columns.derive(*self.find_derivation(name))

    def get_folded(self, name: str) -> list[str]:
        """Return the folded texts of a field, each between line breaks."""
        own = self.get(name)
        if own is None:
            return self._columns.derive(*self.find_derivation(name))
        reader = own.reader
        self._get_rows()
        return self._columns.derive(
            ("own-folded", reader), (OWN,), lambda row: _fold(reader, row)
        )

    def get_days(self, name: str) -> list[tuple[Days, ...]]:
        """Return the days of each project in a field."""
        if self.get_kind(name) is not Kind.DATE:
            return [()] * len(self._columns)
        return self._columns.derive(*self.find_derivation(name))

    def prepare(self, name: str) -> Iterator[None]:
        """Compute the column that a field is compared by, in steps."""
        yield from self._columns.derive_steps(*self.find_derivation(name))

    def is_ready(self, name: str) -> bool:
        """Return whether `prepare` has nothing to do."""
        return self._fields is not None and self._columns.has(
            self.find_derivation(name)[0]
        )


def _fold(reader: Any, row: tuple[str, ...]) -> str:
    return wrap_lines("\n".join(filter(None, map(fold, reader.pick_texts(row)))))


def _fold_nothing(_: tuple[str, ...]) -> str:
    return ""


def _pick_nothing(_: tuple[str, ...]) -> tuple[str, ...]:
    return ()


def _find_days(reader: Any, row: tuple[str, ...]) -> tuple[Days, ...]:
    return tuple(
        dict.fromkeys(
            day for text in reader.pick_dates(row) for day in parse_days(text)
        )
    )
