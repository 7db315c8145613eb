"""The keys that each table of the file can have, and the reader of each."""

# no annotations from __future__: this is on the way to the first screen
from collections.abc import Mapping

from hunnan_tui.core import model
from hunnan_tui.core.fields import BY_KEY, Field, Kind
from hunnan_tui.dataset.schema import (
    Readers,
    ValueReader,
    build_choice_reader,
    build_tables_reader,
    keep_value,
    read_amount,
    read_currency,
    read_day,
    read_number,
    read_text,
    read_texts,
)

INDUSTRY: Readers = {
    "id": read_text,
    "name": read_text,
    "name_zh": read_text,
    "definition": read_text,
    "definition_basis": build_choice_reader("stated", "own"),
}
STAGE: Readers = {"id": read_text, "name": read_text, "name_zh": read_text}
SOURCE: Readers = {
    "id": read_text,
    "title": read_text,
    "publisher": read_text,
    "date": read_day,
    "url": read_text,
    "kind": build_choice_reader("official", "media", "copy", "reference"),
    "note": read_text,
    "archive": read_text,
    "copy_of": read_text,
}
_MEASURE = build_choice_reader(*model.MEASURES)
_BREAKDOWN: Readers = {
    "label": read_text,
    "projects": read_number,
    "investment": read_amount,
    "measure": _MEASURE,
}
ANNOUNCEMENT: Readers = {
    "id": read_text,
    "statement": read_text,
    "scope": read_text,
    "date": read_day,
    "projects": read_number,
    "investment": read_amount,
    "investment_usd": read_amount,
    "measure": _MEASURE,
    "sources": read_texts,
    "names": read_texts,
    "breakdown": build_tables_reader(model.Breakdown, _BREAKDOWN, "label"),
    "caveat": read_text,
}
_PARTY: Readers = {"name": read_text, "role": read_text}
_FACT: Readers = {
    "label": read_text,
    "value": read_text,
    "source": read_text,
    "basis": build_choice_reader("stated", "inferred", "user"),
}
_EVENT: Readers = {
    "date": read_day,
    "what": read_text,
    "stage": read_text,
    "source": read_text,
    "basis": build_choice_reader("stated", "user"),
    "by": read_text,
}
_BY_KIND: Mapping[Kind, ValueReader] = {
    Kind.AMOUNT: read_amount,
    Kind.DATE: read_day,
    Kind.NUMBER: read_number,
}
"""The readers of fields with one value, by kind; all other kinds are text."""
_TABLES: Readers = {
    "parties": build_tables_reader(model.Party, _PARTY, "name"),
    "facts": build_tables_reader(model.Fact, _FACT, "label"),
    "events": build_tables_reader(model.Event, _EVENT, "what"),
}
"""The readers of fields whose values are tables."""


def get_reader(field: Field) -> ValueReader:
    """Return the reader of a field of a project."""
    if field.is_annotation:
        return keep_value
    if field.key in _TABLES:
        return _TABLES[field.key]
    if field.choices:
        return build_choice_reader(*field.choices)
    return read_texts if field.is_list else _BY_KIND.get(field.kind, read_text)


PROJECT: Readers = {key: get_reader(field) for key, field in BY_KEY.items()}
DECLARED_FIELD: Readers = {
    "id": read_text,
    "name": read_text,
    "name_zh": read_text,
    "type": build_choice_reader(*model.FIELD_TYPES),
    "unit": read_text,
    "choices": read_texts,
}
VIEW: Readers = {"name": read_text, "query": read_text}
DATASET: Readers = {
    "title": read_text,
    "title_zh": read_text,
    "currency": read_currency,
    "updated": read_day,
}
TOP: Readers = dict.fromkeys(
    (
        "format",
        "dataset",
        "industries",
        "stages",
        "sources",
        "announcements",
        "views",
        "fields",
        "projects",
    ),
    keep_value,
)
