"""The facets: fields whose values are listed and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hunnan_tui.core.computed_values import collect_bases
from hunnan_tui.core.fields import Field, Kind, arrange
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold
from hunnan_tui.query.language.fields import FIELDS

FacetGetter = Callable[[Dataset, Project], Iterable[str]]

FACET_KINDS = (Kind.CHOICE, Kind.STAGE, Kind.TAG)
"""Kinds of fields with few distinct values."""
_SPECIAL: Mapping[str, FacetGetter] = {
    "basis": lambda _, p: collect_bases(p),
    "tag": lambda _, p: dict.fromkeys(fold(tag) for tag in p.tags),
    "source": lambda _, p: dict.fromkeys(p.sources),
}
"""Getters of values that differ from those of the field, or of a text field."""


def _make_getter(field: Field) -> FacetGetter:
    if field.is_list:
        return lambda dataset, p: dict.fromkeys(field.get_value(p, dataset))
    return lambda dataset, p: filter(None, (field.get_value(p, dataset),))


_FIRST = ("industry", "stage", "district", "basis", "tag")
FACET_GETTERS: Mapping[str, FacetGetter] = {
    field.id: _SPECIAL.get(field.id) or _make_getter(field)
    for field in arrange(FIELDS.values(), _FIRST)
    if field.kind in FACET_KINDS or field.id in _SPECIAL
}
"""For each facet, what gets the distinct values of a project."""


def make_facet_getter(field: str) -> Callable[[Dataset, Project], tuple[str, ...]]:
    """Return a function that returns the values of a project in a facet."""
    getter = FACET_GETTERS[field]
    return lambda dataset, project: tuple(getter(dataset, project))
