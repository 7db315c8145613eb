"""What a project states in fields of the user's own, in words.

Only what `[[fields]]` says is needed for it: no other project is read.
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from hunnan_tui.core.computed_values import is_own_knowledge
from hunnan_tui.core.fields import Kind
from hunnan_tui.core.model import USER, Dataset, DeclaredField, Project
from hunnan_tui.core.money import add_unit, format_lossless, name_unit
from hunnan_tui.core.own_fields import KINDS, find_declared_names, match_declared
from hunnan_tui.core.own_rows import split_list
from hunnan_tui.core.own_values import OwnReader, normalize_name


class OwnText(NamedTuple):
    """One value of a field of the user's own."""

    name: str
    """What the field is called: its name in `[[fields]]`, else the key or the label."""
    text: str
    id: str
    """The same for all names of one field."""
    basis: str = ""
    """`USER` for what a reader knows without a source; else empty."""


def describe_own_keys(project: Project, dataset: Dataset) -> list[OwnText]:
    """Return what a project states under keys that the schema does not know."""
    return [
        describe_own_value(key, "; ".join(split_list(written)), dataset)._replace(
            basis=USER if is_own_knowledge(project, key) else ""
        )
        for key, written in project.other
    ]


def describe_own_value(name: str, text: str, dataset: Dataset) -> OwnText:
    """Return what a key or a label is called, and its value as people read it.

    An amount that is declared to be one has its currency; others are as written.
    """
    field = _find_declared(name, dataset)
    if field is None:
        return OwnText(name, text, normalize_name(name) or name)
    kind = KINDS.get(field.type, Kind.TEXT)
    reader = OwnReader(kind, frozenset((name,)), field.unit, dataset.currency)
    value = reader.read(name, text)
    if kind is Kind.AMOUNT and isinstance(value, int):
        text = add_unit(format_lossless(value), name_unit(dataset.currency))
    elif kind is Kind.NUMBER and value is not None and field.unit not in text:
        text = f"{text} {field.unit}"
    shown = field.name or field.name_zh or field.id
    return OwnText(shown, text, normalize_name(field.id))


def _find_declared(name: str, dataset: Dataset) -> DeclaredField | None:
    if not dataset.fields:
        return None
    names = _list_names(tuple(dataset.fields.values()))
    return dataset.fields.get(match_declared(name, names))


@lru_cache(maxsize=4)
def _list_names(declared: tuple[DeclaredField, ...]) -> MappingProxyType[str, str]:
    fields = {field.id: field for field in declared}
    return MappingProxyType(find_declared_names(fields))
