"""What an import changes in a dataset, as text for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from hunnan_tui.analysis.diff_text import format_change
from hunnan_tui.core.counts import bracket, format_count, join_names, join_words
from hunnan_tui.core.fields import BY_KEY
from hunnan_tui.core.language import _, is_chinese
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
        (
            _("{sum:,} changed").format(
                sum=sum(bool(project.changes) for project in merge.changed)
            ),
            True,
        ),
        (_("{count:,} new").format(count=len(merge.new)), True),
        (_("{count:,} gone").format(count=len(merge.gone)), True),
        (conflicts, bool(merge.conflicts)),
        (_("{unchanged:,} unchanged").format(unchanged=merge.unchanged), True),
        (
            _("{count:,} that you have removed").format(count=len(merge.removed)),
            bool(merge.removed),
        ),
    )
    return join_words(text for text, is_told in counts if is_told)


def format_differences(plan: ImportPlan) -> Iterator[str]:
    """Yield the lines of what an import changes, each cleaned."""
    merge = plan.merge
    yield count_differences(merge)
    changed = [project for project in merge.changed if project.changes]
    yield from _format_section(_("Changed"), changed, _format_changed)
    yield from _format_section(_("New"), merge.new, _format_named)
    yield from _format_section(
        _("Gone from the table: kept"), merge.gone, _format_named
    )
    clashes = [project for project in merge.changed if project.conflicts]
    yield from _format_section(
        _("Changed here and in the table: yours is kept"), clashes, _format_conflicts
    )
    yield from _format_section(
        _("Perhaps the same: added as new ones"), merge.alike, _format_alike
    )
    yield from _format_section(
        _("Left out: the id is taken"), merge.taken, _format_taken
    )


def _format_section(title: str, items: Any, form: Any) -> Iterator[str]:
    if not items:
        return
    yield ""
    yield title + bracket(f"{len(items):,}")
    for item in items[:_MOST_LISTED]:
        yield from (f"  {display_line(line)}" for line in form(item))
    if len(items) > _MOST_LISTED:
        yield _("  … and {count:,} more").format(count=len(items) - _MOST_LISTED)


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
        was = _(", before {before}").format(before=before) if before else ""
        name = key.replace("_", " ")
        if is_chinese() and key in BY_KEY:
            name = BY_KEY[key].label
        yield _("    {name}: here {ours}, in the table {theirs}{was}").format(
            name=name, ours=texts[0], theirs=texts[1], was=was
        )


def _format_named(record: Mapping[str, Any]) -> Iterator[str]:
    yield f"{record.get('name', '')} [{record['id']}]"


def _format_alike(alike: Any) -> Iterator[str]:
    yield _("{name} [{new_id}] and [{id}]: the same name and party").format(
        name=alike.name, new_id=alike.new_id, id=alike.id
    )


def _format_taken(taken: Any) -> Iterator[str]:
    yield _("{name} [{id}]: known by another key, {other}").format(
        name=taken.name, id=taken.id, other=taken.other
    )


def _list_values(value: Any, key: str) -> tuple[str, ...]:
    """Return a plain value as texts, one for each element of a list."""
    if isinstance(value, list):
        return tuple(text for item in value for text in _list_values(item, key))
    if isinstance(value, dict):
        texts = (text for part in value.values() for text in _list_values(part, key))
        return (join_names(texts),)
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
