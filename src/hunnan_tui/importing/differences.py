"""What an import changes in a dataset, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hunnan_tui.analysis.diff_text import format_change
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.money import format_exact
from hunnan_tui.core.text import display_line
from hunnan_tui.importing.merge import MergePlan
from hunnan_tui.importing.plan import ImportPlan

_MOST_LISTED = 1_000
"""Projects of one kind that are listed one by one."""


def count_differences(merge: MergePlan) -> str:
    """Return what differs in one line: `3 changed, 1 new, 1 gone`."""
    conflicts = format_count(merge.conflicts, "conflict")
    counts = (
        (f"{sum(bool(project.changes) for project in merge.changed):,} changed", True),
        (f"{len(merge.new):,} new", True),
        (f"{len(merge.gone):,} gone", True),
        (conflicts, bool(merge.conflicts)),
        (f"{merge.unchanged:,} unchanged", True),
        (f"{len(merge.removed):,} that you have removed", bool(merge.removed)),
    )
    return ", ".join(text for text, is_told in counts if is_told)


def format_differences(plan: ImportPlan) -> Iterator[str]:
    """Yield the lines of what an import changes, each cleaned."""
    merge = plan.merge
    yield count_differences(merge)
    changed = [project for project in merge.changed if project.changes]
    yield from _format_section("Changed", changed, _format_changed)
    yield from _format_section("New", merge.new, _format_named)
    yield from _format_section("Gone from the table: kept", merge.gone, _format_named)
    clashes = [project for project in merge.changed if project.conflicts]
    yield from _format_section(
        "Changed here and in the table: yours is kept", clashes, _format_conflicts
    )
    yield from _format_section(
        "Perhaps the same: added as new ones", merge.alike, _format_alike
    )
    yield from _format_section("Left out: the id is taken", merge.taken, _format_taken)


def _format_section(title: str, items: Any, form: Any) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield f"{title} ({len(items):,})"
    for item in items[:_MOST_LISTED]:
        yield from (f"  {display_line(line)}" for line in form(item))
    if len(items) > _MOST_LISTED:
        yield f"  … and {len(items) - _MOST_LISTED:,} more"


def _format_changed(project: Any) -> Iterator[str]:
    yield f"{project.name} [{project.id}]"
    for change in project.changes:
        old, new = (_list_values(v, change.key) for v in (change.old, change.new))
        yield from (f"    {line}" for line in format_change(change.key, old, new))


def _format_conflicts(project: Any) -> Iterator[str]:
    yield f"{project.name} [{project.id}]"
    for key, base, table, file in project.conflicts:
        texts = ["; ".join(_list_values(side, key)) or "–" for side in (file, table)]
        before = "; ".join(_list_values(base, key))
        was = f", before {before}" if before else ""
        name = key.replace("_", " ")
        yield f"    {name}: here {texts[0]}, in the table {texts[1]}{was}"


def _format_named(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"{record.get('name', '')} [{record['id']}]"


def _format_alike(alike: Any) -> Iterator[str]:
    yield f"{alike.name} [{alike.new_id}] and [{alike.id}]: the same name and party"


def _format_taken(taken: Any) -> Iterator[str]:
    yield f"{taken.name} [{taken.id}]: known by another key, {taken.other}"


def _list_values(value: Any, key: str) -> tuple[str, ...]:
    """Return a plain value as texts, one for each element of a list."""
    if isinstance(value, list):
        return tuple(text for item in value for text in _list_values(item, key))
    if isinstance(value, dict):
        texts = (text for part in value.values() for text in _list_values(part, key))
        return (", ".join(texts),)
    if isinstance(value, int) and not isinstance(value, bool):
        return (format_exact(value),)
    return () if value is None else (str(value),)


def make_differences_record(plan: ImportPlan) -> dict[str, Any]:
    """Return what an import changes as plain values for JSON."""
    merge = plan.merge
    return {
        "changed": [
            {
                "id": project.id,
                "name": project.name,
                "changes": [
                    _make_plain(change._asdict()) for change in project.changes
                ],
            }
            for project in merge.changed
            if project.changes
        ],
        "new": _list_ids(merge.new),
        "gone": _list_ids(merge.gone),
        "conflicts": [
            {"id": project.id, "name": project.name, **_make_plain(conflict._asdict())}
            for project in merge.changed
            for conflict in project.conflicts
        ],
        "perhaps_same": [
            {"id": project.id, "new_id": project.new_id, "name": project.name}
            for project in merge.alike
        ],
        "taken": [
            {"id": project.id, "name": project.name, "other": project.other}
            for project in merge.taken
        ],
        "unchanged": merge.unchanged,
        "removed": list(merge.removed),
        "has_base": plan.has_base,
    }


def _list_ids(records: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    return [
        {"id": record["id"], "name": str(record.get("name", ""))} for record in records
    ]


def _make_plain(value: Any) -> Any:
    if isinstance(value, date):  # and datetime, which is one
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _make_plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_make_plain(item) for item in value]
    return value
