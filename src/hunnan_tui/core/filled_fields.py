"""Which fields a dataset fills: what none of its projects states takes no room."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from hunnan_tui.core.fields import FIELDS
from hunnan_tui.core.model import Project

GETTERS = {
    name: attrgetter(FIELDS[name].key)
    for name in (
        *("stage", "stage_date", "invest", "industry"),
        *("party", "district", "place", "source", "name_zh", "summary"),
    )
}
"""The fields that lists, pages and documents show of each project, and their values."""

ALL = frozenset(GETTERS)
"""What a dataset is taken to fill as long as it is not read to its end."""


def find_filled_fields(projects: Iterable[Project]) -> frozenset[str]:
    """Return which of the fields in `GETTERS` some project states.

    It looks at no more projects than it needs: at all of them for a field without value.
    """
    missing = dict(GETTERS)
    for project in projects:
        for name in [name for name, get in missing.items() if _is_stated(get(project))]:
            del missing[name]
        if not missing:
            break
    return ALL - missing.keys()


def _is_stated(value: object) -> bool:
    return value is not None and value not in ("", ())
