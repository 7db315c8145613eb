"""The fields of which each value is listed and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hunnan_tui.core.fields import Field, Kind, arrange
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.language.fields import FIELDS

Getter = Callable[[Dataset, Project], Iterable[str]]

_LISTED = (Kind.CHOICE, Kind.STAGE, Kind.TAG)
"""Kinds of fields that have few values."""
_SPECIAL: Mapping[str, Getter] = {
    "basis": lambda _, p: dict.fromkeys(
        basis for basis in (p.industries_basis, *(f.basis for f in p.facts)) if basis
    ),
    "tag": lambda _, p: dict.fromkeys(fold(tag) for tag in p.tags),
    "source": lambda _, p: dict.fromkeys(p.sources),
}
"""What gives other values than the field has, or those of a field of text."""


def _getter_of(field: Field) -> Getter:
    if field.is_list:
        return lambda dataset, p: dict.fromkeys(field.value(p, dataset))
    return lambda dataset, p: filter(None, (field.value(p, dataset),))


_FIRST = ("industry", "stage", "district", "basis", "tag")
VALUES: Mapping[str, Getter] = {
    field.id: _SPECIAL.get(field.id) or _getter_of(field)
    for field in arrange(FIELDS.values(), _FIRST)
    if field.kind in _LISTED or field.id in _SPECIAL
}
"""The values under which a project is listed and counted, each once."""


def values_of(field: str) -> Callable[[Dataset, Project], tuple[str, ...]]:
    """Return the function that gives a project's values in a field."""
    getter = VALUES[field]
    return lambda dataset, project: tuple(getter(dataset, project))
