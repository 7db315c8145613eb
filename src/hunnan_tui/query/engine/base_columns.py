"""Base columns, computed from the projects; all other columns are derived from them.

They can be packed as plain values for the cache, so that a large file need not be parsed
at every start.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import chain
from sys import intern
from typing import Any

from hunnan_tui.core.fields import FIELDS as PROJECT_FIELDS
from hunnan_tui.core.fields import GENERIC, IN_CURRENCY, NUMERIC, Field, Kind
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.engine import texts
from hunnan_tui.query.engine.columns import Column, Getter, Packed
from hunnan_tui.query.engine.dated import Dates, collect_dates
from hunnan_tui.query.language.facets import FACET_GETTERS, make_facet_getter
from hunnan_tui.query.text.folding import decode_text, encode_text

_VALUE_FIELDS = tuple(
    field
    for field in PROJECT_FIELDS.values()
    if field.kind in NUMERIC or (field.kind is Kind.DATE and field in GENERIC)
)
"""Fields that have a column of their stored values."""


def _make_value_getter(field: Field) -> Getter[Any]:
    if field.key in IN_CURRENCY:
        # amounts of different currencies are neither added nor compared
        return lambda _, project: (
            None if project.origin.currency else field.get_stored_value(project)
        )
    return lambda _, project: field.get_stored_value(project)


def _collect_own_values(_: Dataset, project: Project) -> tuple[str, ...]:
    from hunnan_tui.core.own_rows import collect_own_values  # few queries need them

    return collect_own_values(project)


OWN: Hashable = "own"
"""The column of what projects state in fields of the user's own."""

BASE_COLUMNS: Mapping[Hashable, Getter[Any]] = {
    "haystack": texts.make_haystack,
    "needs": texts.fold_needs,
    "needy": lambda _, p: any(need.state == "open" for need in p.needs),
    "dates": collect_dates,
    **{("value", field.id): _make_value_getter(field) for field in _VALUE_FIELDS},
    "spellings": lambda _, p: p.tags,
    OWN: _collect_own_values,
    **{("values", field): make_facet_getter(field) for field in FACET_GETTERS},
}

PINYIN: Hashable = ("said", "")
"""The pinyin of each project, derived from its text; caches know it by this name."""

CACHED_COLUMNS = (*BASE_COLUMNS, PINYIN)
"""The columns in a cache: all that are slow to compute."""


def compute_row(dataset: Dataset, project: Project) -> list[Any]:
    """Return the values of a project in `CACHED_COLUMNS`."""
    values = [compute(dataset, project) for compute in BASE_COLUMNS.values()]
    return [*values, texts.extract_pinyin("", values[0])]


def make_columns(values: Mapping[Hashable, list[Any]]) -> dict[Hashable, Column]:
    """Return `CACHED_COLUMNS` with their values."""
    columns = {
        name: Column(compute, (), values[name])
        for name, compute in BASE_COLUMNS.items()
    }
    columns[PINYIN] = Column(
        partial(texts.extract_pinyin, ""), ("haystack",), values[PINYIN]
    )
    return columns


def make_packed_columns(
    unpack: Callable[[Hashable], list[Any]],
) -> dict[Hashable, Packed]:
    """Return packed `CACHED_COLUMNS`; `unpack` returns the values of one by its name."""
    columns = {
        name: Packed(compute, (), partial(unpack, name))
        for name, compute in BASE_COLUMNS.items()
    }
    source = ("haystack",)
    columns[PINYIN] = Packed(
        partial(texts.extract_pinyin, ""), source, partial(unpack, PINYIN)
    )
    return columns


def pack_column(values: Sequence[Any]) -> Any:
    """Return a column as plain values, dictionary-encoded where values repeat."""
    if values and type(values[0]) is bytes:
        return list(map(decode_text, values))
    if values and values.count(values[0]) == len(values):
        return {"all": values[0], "count": len(values)}
    positions: dict[Any, int] = {}
    indexes = [positions.setdefault(value, len(positions)) for value in values]
    if len(positions) > len(values) // 2:
        return list(values)
    return {"of": list(positions), "at": indexes}


def unpack_columns(columns: list[Any]) -> dict[Hashable, list[Any]]:
    """Return columns by name.

    Args:
        columns: The packed columns, in the order of `CACHED_COLUMNS`.
    """
    return {
        name: unpack_column(name, column)
        for name, column in zip(CACHED_COLUMNS, columns, strict=True)
    }


def unpack_column(name: Hashable, column: Any) -> list[Any]:
    """Return the values of a column that `pack_column` packed."""
    convert = _CONVERTERS.get(name, _return_unchanged)
    if isinstance(column, dict) and "all" in column:
        return [convert(column["all"])] * column["count"]
    if isinstance(column, dict):
        distinct = list(map(convert, column["of"]))
        return [distinct[index] for index in column["at"]]
    return column if convert is _return_unchanged else list(map(convert, column))


def _return_unchanged(value: Any) -> Any:
    return value


@lru_cache(maxsize=20_000)
def _intern(values: Any) -> Any:
    """Return one object for equal values, unless they were last met long ago."""
    return values


def _intern_strings(values: list[str]) -> tuple[str, ...]:
    interned: tuple[str, ...] = _intern(tuple(values))
    return interned


def _make_row(values: list[str]) -> tuple[str, ...]:
    """Return a row of own values, its names interned: many projects have the same."""
    names = map(intern, values[::2])
    return tuple(chain.from_iterable(zip(names, values[1::2], strict=True)))


def _make_dates(values: list[Any]) -> Dates:
    stage, stage_date, events, reported, notes, follow_up = values
    return Dates(
        intern(stage),
        intern(stage_date),
        _intern(tuple([_intern_strings(event) for event in events])),
        _intern_strings(reported),
        _intern_strings(notes),
        follow_up,
    )


_CONVERTERS: Mapping[Hashable, Callable[[Any], Any]] = {
    "haystack": encode_text,
    "dates": _make_dates,
    "spellings": _intern_strings,
    OWN: _make_row,
    **{("values", field): _intern_strings for field in FACET_GETTERS},
}
"""Converts the values of a column from JSON."""
