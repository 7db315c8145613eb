"""Which fields a dataset fills: what none of its projects states takes no room."""

from __future__ import annotations

from collections.abc import Iterable

from hunnan_tui.core import fields
from hunnan_tui.core.model import Project

GETTERS = {
    name: fields.GETTERS[field.key]
    for name, field in fields.FIELDS.items()
    if field.key and field.is_queried and not field.is_annotation
    if name not in ("id", "name")
}
"""The fields that somebody has to state in the file, and what gives their values."""

ALL = frozenset(GETTERS)
"""What is taken to be filled where nobody has looked."""

EXPECTED = frozenset(
    (
        "stage",
        "stage_date",
        "invest",
        "industry",
        "party",
        "district",
        "place",
        "source",
    )
)
"""Those that texts and tables have a place for also where a project does not state them."""


def find_filled_fields(
    projects: Iterable[Project], wanted: frozenset[str] = EXPECTED
) -> frozenset[str]:
    """Return which of the wanted fields some project states.

    It looks at no more projects than it needs: at all of them for a field without value.
    """
    missing = {name: GETTERS[name] for name in wanted}
    for project in projects:
        for name in [name for name, get in missing.items() if _is_stated(get(project))]:
            del missing[name]
        if not missing:
            break
    return wanted - missing.keys()


def _is_stated(value: object) -> bool:
    return value is not None and value not in ("", ())
