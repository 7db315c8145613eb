"""Compares a few projects side by side, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from hunnan_tui.analysis.field_text import (
    NOT_IN_FILE,
    Items,
    format_event,
    format_fact,
    format_field,
    format_investment,
)
from hunnan_tui.analysis.project_text import sort_events
from hunnan_tui.core.fields import BY_KEY, FIELDS, Field, arrange
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import fold

if TYPE_CHECKING:
    from hunnan_tui.analysis.own_text import OwnText

FEWEST, MOST = 2, 4
"""The fewest and the most projects that are compared."""

DETAIL_LABELS = {
    "investment_usd": N_("in dollars"),
    "investment_text": N_("as worded"),
    "basis": N_("basis"),
}
"""Labels of fields that follow the one that they detail."""
_ELSEWHERE = ("id", "investment_qualifier", "fact", "event", "source")
"""Fields without a row, or with special rows."""
_FIELDS = arrange(
    (
        field
        for field in BY_KEY.values()
        if not (field.id in _ELSEWHERE or field.is_internal)
    ),
    (
        *("name", "name_zh", "stage", "stage_date"),
        *("invest", "investment_usd", "investment_text"),
        *("industry", "basis", "party", "district", "place"),
    ),
    ("summary", "caveat", "tag", "due", "need", "note"),
)
_BEHIND = _FIELDS.index(FIELDS["caveat"])
"""The index of the first field that follows facts and events."""
_ALWAYS = ("stage", "invest", "industry", "party", "district", "source")
"""Fields whose rows are shown even if none of the compared states them."""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One field of all compared projects."""

    label: str
    values: tuple[Items, ...]
    """The values of each project."""

    @property
    def differs(self) -> bool:
        """Whether the projects state different values, ignoring order and case."""
        return len({tuple(sorted(map(fold, items))) for items in self.values}) > 1


def compare_projects(
    projects: Sequence[Project], dataset: Dataset, filled: frozenset[str] = ALL
) -> tuple[ComparisonRow, ...]:
    """Return the rows of a comparison.

    Facts stand in a row for each label. A row of which no project states anything is
    left out, unless it is one that people look for.

    Args:
        projects: The projects.
        dataset: What their ids refer to.
        filled: The fields that the dataset fills: nobody looks for others.
    """
    rows = _build_rows(projects, dataset)
    always = {FIELDS[field].label for field in _ALWAYS if field in filled}
    return tuple(
        row for row in rows if any(row.values) or row.label in {_("Name"), *always}
    )


def _build_rows(
    projects: Sequence[Project], dataset: Dataset
) -> Iterator[ComparisonRow]:
    for field in _FIELDS[:_BEHIND]:
        yield _build_row(field, projects, dataset)
    yield from _build_own_rows(projects, dataset)
    events = (sort_events(project.events) for project in projects)
    yield ComparisonRow(
        _("Events"), tuple(tuple(format_event(e, dataset) for e in es) for es in events)
    )
    for field in _FIELDS[_BEHIND:]:
        yield _build_row(field, projects, dataset)
    yield ComparisonRow(
        _("Sources"), tuple(_format_sources(project, dataset) for project in projects)
    )


def _build_row(
    field: Field, projects: Sequence[Project], dataset: Dataset
) -> ComparisonRow:
    label = _(DETAIL_LABELS[field.id]) if field.id in DETAIL_LABELS else field.label
    return ComparisonRow(
        label, tuple(_format_field(project, field.key, dataset) for project in projects)
    )


def _format_field(project: Project, field: str, dataset: Dataset) -> Items:
    if field == "investment":
        text = format_investment(project, dataset)
        return (text,) if text else ()
    return format_field(project, field, dataset)


def _build_own_rows(
    projects: Sequence[Project], dataset: Dataset
) -> Iterator[ComparisonRow]:
    """Yield a row for each field of the user's own: keys first, then labels of facts."""
    from hunnan_tui.analysis.own_text import describe_own_keys, describe_own_value

    stated: list[list[OwnText]] = [
        [
            *describe_own_keys(project, dataset),
            *(
                describe_own_value(fact.label, format_fact(fact), dataset)
                for fact in project.facts
            ),
        ]
        for project in projects
    ]
    names: dict[str, str] = {}
    for own in chain.from_iterable(stated):
        names.setdefault(own.id, own.name)
    for field, name in names.items():
        values = (
            tuple(own.text for own in texts if own.id == field) for texts in stated
        )
        yield ComparisonRow(name, tuple(values))


def _format_sources(project: Project, dataset: Dataset) -> Items:
    return tuple(_format_source(key, dataset) for key in project.sources)


def _format_source(key: str, dataset: Dataset) -> str:
    source = dataset.sources.get(key)
    if source is None:
        return f"{key} {_(NOT_IN_FILE)}"
    return " · ".join(filter(None, (source.title, source.publisher, source.date)))
