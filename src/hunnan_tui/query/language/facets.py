"""The fields of which each value is listed and counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.query.text.folding import search_fold

VALUES: dict[str, Callable[[Dataset, Project], Iterable[str]]] = {
    "industry": lambda _, p: dict.fromkeys(p.industries),
    "stage": lambda _, p: (p.stage,) if p.stage else (),
    "district": lambda _, p: (p.district,) if p.district else (),
    "basis": lambda _, p: dict.fromkeys(
        basis for basis in (p.industries_basis, *(f.basis for f in p.facts)) if basis
    ),
    "tag": lambda _, p: dict.fromkeys(search_fold(tag) for tag in p.tags),
    "source": lambda _, p: dict.fromkeys(p.sources),
    "source_kind": lambda dataset, p: dict.fromkeys(
        source.kind
        for key in p.sources
        if (source := dataset.sources.get(key)) and source.kind
    ),
}
"""The values under which a project is listed and counted, each once."""


def values_of(field: str) -> Callable[[Dataset, Project], tuple[str, ...]]:
    """Return the function that gives a project's values in a field."""
    getter = VALUES[field]
    return lambda dataset, project: tuple(getter(dataset, project))
