"""The columns that are made from the projects; all others are made from these.

They can be written as plain values and read again, so that a large file need not be read
for them each time.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import lru_cache, partial
from sys import intern
from typing import Any

from hunnan_tui.core.fields import FIELDS as PROJECT_FIELDS
from hunnan_tui.core.fields import GENERIC, NUMERIC, Field, Kind
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.engine import texts
from hunnan_tui.query.engine.columns import Column, Maker, Packed
from hunnan_tui.query.engine.dated import Dates, dates_of
from hunnan_tui.query.language.facets import FACET_GETTERS, make_facet_getter
from hunnan_tui.query.text.folding import decode_text, encode_text

VALUED = tuple(
    field
    for field in PROJECT_FIELDS.values()
    if field.kind in NUMERIC or (field.kind is Kind.DATE and field in GENERIC)
)
"""The fields of which each has a column with its values as they are."""


def _value_of(field: Field) -> Maker[Any]:
    return lambda _, project: field.stored_value(project)


STATED: Mapping[Hashable, Maker[Any]] = {
    "haystack": texts.haystack,
    "needs": texts.needs,
    "needy": lambda _, p: any(need.state == "open" for need in p.needs),
    "dates": dates_of,
    **{("value", field.id): _value_of(field) for field in VALUED},
    "spellings": lambda _, p: p.tags,
    **{("values", field): make_facet_getter(field) for field in FACET_GETTERS},
}

SAID: Hashable = ("said", "")
"""The column of how the Chinese of each project sounds; made from its text."""

SURVEYED = (*STATED, SAID)
"""What is kept of a large file: all that takes long to make."""


def surveyed(dataset: Dataset, project: Project) -> list[Any]:
    """Return a project's value in each column of `SURVEYED`."""
    values = [make(dataset, project) for make in STATED.values()]
    return [*values, texts.said("", values[0])]


def columns_of(values: Mapping[Hashable, list[Any]]) -> dict[Hashable, Column]:
    """Return the columns of `SURVEYED` with their values."""
    columns = {name: Column(make, (), values[name]) for name, make in STATED.items()}
    columns[SAID] = Column(partial(texts.said, ""), ("haystack",), values[SAID])
    return columns


def packed_columns(
    unpack: Callable[[Hashable], list[Any]],
) -> dict[Hashable, Packed]:
    """Return the columns of `SURVEYED`; `unpack` gives the values of one by its name."""
    made = {
        name: Packed(make, (), partial(unpack, name)) for name, make in STATED.items()
    }
    source = ("haystack",)
    made[SAID] = Packed(partial(texts.said, ""), source, partial(unpack, SAID))
    return made


def packed(values: Sequence[Any]) -> Any:
    """Return a column as plain values: each different one once, where they repeat."""
    if values and type(values[0]) is bytes:
        return list(map(decode_text, values))
    places: dict[Any, int] = {}
    at = [places.setdefault(value, len(places)) for value in values]
    if len(places) > len(values) // 2:
        return list(values)
    return {"of": list(places), "at": at}


def unpacked(columns: list[Any]) -> dict[Hashable, list[Any]]:
    """Return columns by name.

    Args:
        columns: What `packed` gave for each of `SURVEYED`, in its order.
    """
    return {
        name: unpacked_column(name, column)
        for name, column in zip(SURVEYED, columns, strict=True)
    }


def unpacked_column(name: Hashable, column: Any) -> list[Any]:
    """Return what `packed` was given for one of `SURVEYED`."""
    made = _MADE.get(name, _as_it_is)
    if isinstance(column, dict):
        different = list(map(made, column["of"]))
        return [different[place] for place in column["at"]]
    return column if made is _as_it_is else list(map(made, column))


def _as_it_is(value: Any) -> Any:
    return value


@lru_cache(maxsize=20_000)
def _shared(values: Any) -> Any:
    """Return the same object for what is equal, as far as it was seen lately."""
    return values


def _strings(values: list[str]) -> tuple[str, ...]:
    shared: tuple[str, ...] = _shared(tuple(values))
    return shared


def _dates(said: list[Any]) -> Dates:
    stage, stage_date, events, reported, notes, follow_up = said
    return Dates(
        intern(stage),
        intern(stage_date),
        _shared(tuple([_strings(each) for each in events])),
        _strings(reported),
        _strings(notes),
        follow_up,
    )


_MADE: Mapping[Hashable, Callable[[Any], Any]] = {
    "haystack": encode_text,
    "dates": _dates,
    "spellings": _strings,
    **{("values", field): _strings for field in FACET_GETTERS},
}
"""What makes a value of a column from what JSON has for it."""
