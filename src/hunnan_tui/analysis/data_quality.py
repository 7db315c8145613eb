"""Data quality: how complete, recent and well sourced the projects are.

Every figure is counted by a query, so that the list can show its projects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hunnan_tui.core import fields as core_fields
from hunnan_tui.core.fields import arrange
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import N_, _
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.formatter import quote_if_needed


@dataclass(frozen=True, slots=True)
class Tally:
    """The number and investment of the projects that match a query."""

    label: str
    query: str
    """The query, as typed in the filter bar."""
    projects: int
    investment: int = 0


_INFERS = "(no:industry OR basis:inferred)"
_FIRST = ("invest", "stage_date", "party", "place", "industry", "name_zh", "stage")
FIELDS = {
    field.id: (field.gap_name, _INFERS if field.id == "industry" else f"no:{field.id}")
    for field in arrange(core_fields.FIELDS.values(), _FIRST)
    if field.gap_name
}
"""What a complete project states, all of the same weight, and what finds those that
do not. A project of which any fact is inferred counts as one that infers."""

SILENCES = (
    (N_("up to 90 days"), "age<=90d"),
    (N_("91 to 180 days"), "age>90d age<=180d"),
    (N_("181 to 365 days"), "age>180d age<=365d"),
    (N_("more than a year"), "age>365d"),
    (N_("undated"), "no:age"),
)
"""Ranges of time since the last news; each project is in exactly one."""

_FIRST_HAND = ("official", "media")
"""Kinds of primary sources; all others repeat them."""

POOREST = 30
"""Projects that are listed as the least complete."""
STRAYS = 50
"""Unknown sources that are listed."""


@dataclass(frozen=True, slots=True)
class Health:
    """The data quality of some projects."""

    projects: int
    fields: tuple[str, ...]
    """The labels of `FIELDS` that some project of the dataset states."""
    unfilled: tuple[str, ...]
    """The labels of the others: nobody collects them here."""
    complete: tuple[int, ...]
    """The number of projects that state none, one, two, ... all of `fields`."""
    missing: tuple[Tally, ...]
    """The missing fields, most frequent first."""
    silent: tuple[Tally, ...]
    sourcing: tuple[Tally, ...]
    unknown_sources: tuple[Tally, ...]
    """Ids of sources that the file does not describe, most used first."""
    poorest: tuple[tuple[str, tuple[str, ...]], ...]
    """The keys of the least complete projects, with the labels of missing fields."""

    @property
    def share(self) -> float:
        """The stated share of all `fields` of all projects, from 0 to 1."""
        stated = sum(count * number for number, count in enumerate(self.complete))
        total = len(self.fields) * self.projects
        return stated / total if total else 0.0


def measure_health(index: Index, mask: int, today: date) -> Health:
    """Return the data quality of the projects of a mask.

    Args:
        index: What finds projects; nobody else uses it meanwhile.
        mask: Which projects.
        today: The day from which silence is counted back.
    """

    def find(query: str) -> int:
        return mask & index.compute_mask(index.parse(query, today=today))

    def tally(label: str, query: str) -> Tally:
        counted = index.count_mask(find(query), ()).all
        return Tally(label, query, counted.projects, counted.investment)

    fields = _list_fields(index)
    lacks = {label: find(query) for label, query in fields}
    missing = [tally(*field) for field in fields]
    levels = _count_missing(mask, lacks.values())
    return Health(
        mask.bit_count(),
        tuple(lacks),
        tuple(name for name in _list_names() if name not in lacks),
        tuple(level.bit_count() for level in levels),
        tuple(sorted(missing, key=lambda tally: -tally.projects)),
        tuple(tally(_(label), query) for label, query in SILENCES),
        tuple(tally(*query) for query in _measure_sourcing(index)),
        tuple(tally(*query) for query in _find_unknown_sources(index, mask)),
        tuple(_find_poorest(index, levels, lacks)),
    )


def _list_names() -> list[str]:
    """Return what the fields of a complete project are called."""
    return [_(label) for label, _query in FIELDS.values()]


def _list_fields(index: Index) -> list[tuple[str, str]]:
    """Return the labels and queries of the fields that the dataset fills."""
    unfilled = ALL - index.filled_fields
    filled = [
        (_(label), query)
        for name, (label, query) in FIELDS.items()
        if name not in unfilled
    ]
    if "inferred" in index.get_labels("basis"):
        return filled
    # a value that no project has would be reported as a mistake in the query
    return [(label, query.replace(_INFERS, "no:industry")) for label, query in filled]


def _count_missing(mask: int, missing: Iterable[int]) -> list[int]:
    """Return masks of the projects that state none, one, two, ... of the fields."""
    levels = [mask]
    for lacks in missing:
        lacking = [level & lacks for level in levels] + [0]
        raised = [0] + [level & ~lacks for level in levels]
        levels = [low | high for low, high in zip(lacking, raised, strict=True)]
    return levels


def _find_poorest(
    index: Index, levels: Sequence[int], lacks: Mapping[str, int]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the least complete projects, the largest investments first."""
    left = POOREST
    for level in levels[:-1]:
        keys = index.list_keys(level)[:left] if level else []
        without = (
            {label: set(index.list_keys(level & mask)) for label, mask in lacks.items()}
            if keys
            else {}
        )
        for key in keys:
            yield (
                key,
                tuple(label for label, lacking in without.items() if key in lacking),
            )
        left -= len(keys)


def _measure_sourcing(index: Index) -> tuple[tuple[str, str], ...]:
    known = [kind for kind in _FIRST_HAND if kind in index.get_labels("source_kind")]
    others = f" -source_kind:{','.join(known)}" if known else ""
    return (
        (_("no source"), "no:source"),
        (_("only copies and reference works"), f"has:source{others}"),
    )


def _find_unknown_sources(index: Index, mask: int) -> list[tuple[str, str]]:
    """Return the ids that the file does not describe, with queries for their projects."""
    counts = index.count_mask(mask, ("source",)).facets["source"]
    strays = [key for key in counts if key and key not in index.dataset.sources]
    strays.sort(key=lambda key: (-counts[key].projects, key))
    return [(key, f"source={quote_if_needed(key)}") for key in strays[:STRAYS]]
