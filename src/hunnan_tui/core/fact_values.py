"""Facts of a project as plain TOML values, and the other way round.

A plain value is what the file has under a key: texts, integers, days, lists of texts or of
tables; None for a key that is absent. What the schema does not know is kept as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.fields import BY_KEY, Field, Kind
from hunnan_tui.core.model import Event, Fact, Industry, Party, Project, Source, Stage
from hunnan_tui.core.money import INTEGERS
from hunnan_tui.core.toml_values import format_toml_value

Plain = Any
"""A plain TOML value, or None for a key that is absent."""
Record = Mapping[str, Plain]
"""A table as plain values, by key."""

TABLES: Mapping[str, type[Party | Fact | Event]] = MappingProxyType(
    {"parties": Party, "facts": Fact, "events": Event}
)
"""The fields whose values are lists of tables, and what one table becomes."""

AMOUNT_KEYS = tuple(key for key, f in BY_KEY.items() if f.kind is Kind.AMOUNT)
"""The keys that hold amounts."""

_DAY = len("2026-03-08")


def is_fact(key: str) -> bool:
    """Return whether a key of a project is a fact: all but its id and annotations."""
    field = BY_KEY.get(key)
    return key != "id" and not (field and field.is_annotation)


def is_list(key: str) -> bool:
    """Return whether a key of the schema takes a list."""
    field = BY_KEY.get(key)
    return field is not None and field.is_list


def dump_day(day: str) -> date | str:
    """Return a partial date as the file has it: a day without quotes."""
    is_day = len(day) == _DAY and is_partial(day)
    return date.fromisoformat(day) if is_day else day


def read_fact(key: str, plain: Plain) -> Any:
    """Return a plain value as the model has it, so that equal facts are equal values.

    A value that its field cannot take, and one of an unknown key, becomes its text.
    """
    field = BY_KEY.get(key)
    if field is None:
        return None if plain is None else format_toml_value(plain)
    if plain is None:
        return _get_empty_value(field)
    if field.is_list:
        item = dict if key in TABLES else str
        if isinstance(plain, list) and all(isinstance(part, item) for part in plain):
            return tuple(read_item(key, part) for part in plain)
    elif field.kind is Kind.DATE:
        if isinstance(plain, date | str):
            return _read_day(plain)
    elif field.kind in (Kind.NUMBER, Kind.AMOUNT):
        if type(plain) is int and plain >= 0 and plain in INTEGERS:
            return plain
    elif isinstance(plain, str):
        return plain
    return format_toml_value(plain)


def read_item(key: str, plain: Plain) -> Any:
    """Return an element of a list as the model has it."""
    make = TABLES.get(key)
    if make is None or not isinstance(plain, Mapping):
        return plain
    return make(**{make._fields[0]: "", **_read_texts(plain, make._fields)})


def dump_item(key: str, item: Any) -> Plain:
    """Return an element of a list as a plain value."""
    make = TABLES.get(key)
    if make is None or not isinstance(item, tuple):
        return item
    names = ("date", *(n for n in make._fields if n != "date"))
    values = ((name, getattr(item, name, "")) for name in names)
    return {
        name: dump_day(value) if name == "date" else value
        for name, value in values
        if value
    }


def dump_fact(project: Project, key: str) -> Plain:
    """Return the plain value of a project's key: what an edit of it starts from.

    It is a text where the field cannot take what is written, or where the schema does
    not know the key.
    """
    faulty = dict(project.faulty)
    if key in faulty:
        return faulty[key]
    field = BY_KEY.get(key)
    if field is None:
        return dict(project.other).get(key)
    value = field.get_stored_value(project)
    if value in ("", (), None):
        return None
    if field.is_list:
        return [dump_item(key, item) for item in value]
    return dump_day(value) if field.kind is Kind.DATE else value


def with_fact(project: Project, key: str, plain: Plain) -> Project:
    """Return a project that has another plain value under a key."""
    field = BY_KEY.get(key)
    if field is None:
        other = dict(project.other)
        if plain is None:
            other.pop(key, None)
        else:
            other[key] = format_toml_value(plain)
        return project._replace(other=tuple(other.items()))
    faulty = tuple(item for item in project.faulty if item[0] != key)
    value = read_fact(key, plain)
    if not _is_of_field(field, value):
        faulty = (*faulty, (key, value))
        value = _get_empty_value(field)
    if key == "name" and not value.strip():
        value = project.name_zh or project.id  # as the parser names it
    if key in Project._fields:
        return project._replace(**{key: value}, faulty=faulty)
    values = {name: value for name, value in project.values.items() if name != key}
    if plain is not None:
        values[key] = value
    return project._replace(values=MappingProxyType(values), faulty=faulty)


def make_project(key: str, record: Record) -> Project:
    """Return the project of a table of facts."""
    project = Project(key, key, record.get("name") or key)
    for name, plain in record.items():
        if name != "id":
            project = with_fact(project, name, plain)
    return project


def make_source(record: Record) -> Source:
    """Return the source of a table."""
    values = _read_texts(record, Source._fields)
    return Source(**{"title": values["id"], **values})


def make_industry(record: Record) -> Industry:
    """Return the industry of a table."""
    return Industry(**{"name": record["id"], **_read_texts(record, Industry._fields)})


def make_stage(record: Record) -> Stage:
    """Return the stage of a table."""
    return Stage(**{"name": record["id"], **_read_texts(record, Stage._fields)})


def _read_texts(record: Record, names: Collection[str]) -> dict[str, str]:
    """Return the texts and the dates of a table under some names."""
    return {
        name: _read_day(value) if name == "date" else str(value)
        for name, value in record.items()
        if name in names and isinstance(value, str | date)
    }


def _read_day(plain: date | str) -> str:
    return plain if isinstance(plain, str) else plain.isoformat()[:_DAY]


def _get_empty_value(field: Field) -> Any:
    if field.is_list:
        return ()
    return None if field.kind in (Kind.NUMBER, Kind.AMOUNT) else ""


def _is_of_field(field: Field, value: Any) -> bool:
    if field.kind in (Kind.NUMBER, Kind.AMOUNT):
        return value is None or isinstance(value, int)
    return isinstance(value, tuple) == field.is_list
