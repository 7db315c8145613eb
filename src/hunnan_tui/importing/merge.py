"""What a table changes in a dataset: a plan of values, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from hunnan_tui.core.language import _
from hunnan_tui.importing.merge_values import (
    Change,
    Conflict,
    Record,
    merge_records,
)
from hunnan_tui.importing.text_cells import fold_key, join_key

_MOST_GONE = 5
"""One in so many may be gone."""
_FEWEST_MATCHED = 2
"""One in so many must be there already."""


class ChangedProject(NamedTuple):
    """A project of the file that the table says something else of."""

    id: str
    name: str
    changes: tuple[Change, ...]
    conflicts: tuple[Conflict, ...]


class TakenId(NamedTuple):
    """A row whose project would get the id of another one: it is left out."""

    id: str
    key: str
    name: str
    other: str
    """By what the project that has the id is known."""


class Alike(NamedTuple):
    """Two projects that may be one: another code, the same name and party."""

    key: str
    """That of the table's."""
    new_id: str
    id: str
    """That of the file's."""
    name: str


@dataclass(frozen=True, slots=True)
class MergePlan:
    """What becomes of a dataset, as values."""

    changed: tuple[ChangedProject, ...] = ()
    """With changes, or with conflicts alone."""
    new: tuple[Record, ...] = ()
    gone: tuple[Record, ...] = ()
    """What is in the file of the last import, and no longer in the table."""
    removed: tuple[str, ...] = ()
    """Names of what the user has taken out of the file: it stays out."""
    alike: tuple[Alike, ...] = ()
    taken: tuple[TakenId, ...] = ()
    matched: int = 0
    unchanged: int = 0
    """How many of the table are in the file as the table has them."""
    in_base: int = 0
    """How many the last import wrote that are still in the file."""
    in_table: int = 0
    in_file: int = 0
    has_news: bool = False
    """Whether the table says anything else than the last import did."""

    @property
    def conflicts(self) -> int:
        """How many values both sides have changed."""
        return sum(len(project.conflicts) for project in self.changed)

    @property
    def why_many(self) -> str:
        """Why this looks like another table, or an empty text."""
        if len(self.gone) * _MOST_GONE > self.in_base:
            return _("{count:,} of {in_base:,} projects are gone from it").format(
                count=len(self.gone), in_base=self.in_base
            )
        if self.in_file and self.matched * _FEWEST_MATCHED < self.in_table:
            return _("only {matched:,} of its {in_table:,} projects are known").format(
                matched=self.matched, in_table=self.in_table
            )
        return ""


def plan_merge(
    base: Mapping[str, Record] | None,
    table: Sequence[Record],
    file: Sequence[Record],
    same: Mapping[str, str] | None = None,
) -> MergePlan:
    """Return what a table changes in a dataset.

    Args:
        base: What the last import wrote, by import key; None if that is not known.
        table: The projects of the table as the file would have them.
        file: The projects of the dataset.
        same: The ids of projects of the file that the user says are those of the table
            with these import keys.
    """
    known = _Known(file, same or {})
    changed: list[ChangedProject] = []
    new: list[Record] = []
    taken: list[TakenId] = []
    removed: list[str] = []
    matched: set[str] = set()
    unchanged = 0
    has_news = base is None
    for record in table:
        key = record["import_key"]
        before = base.get(key) if base is not None else None
        has_news = has_news or before is None or _says_else(before, record)
        there = known.find(record)
        if there is None:
            if before is not None:
                removed.append(record["name"])
            elif (other := known.by_id.get(record["id"])) is not None:
                other_key = other.get("import_key") or other.get("name", "")
                taken.append(TakenId(record["id"], key, record["name"], str(other_key)))
            else:
                new.append(record)
            continue
        matched.add(there["id"])
        merge = merge_records(before, record, there)
        changes = merge.changes
        if there.get("import_key") != key:
            changes = (*changes, Change("import_key", there.get("import_key"), key))
        if changes or merge.conflicts:
            name = str(there.get("name", there["id"]))
            changed.append(ChangedProject(there["id"], name, changes, merge.conflicts))
        else:
            unchanged += 1
    keys = {record["import_key"] for record in table}
    own = _list_of_this_table(base, file, matched)
    gone = [record for record in own if record["id"] not in matched]
    if base is not None:
        has_news = has_news or not base.keys() <= keys
    return MergePlan(
        tuple(changed),
        tuple(new),
        tuple(gone),
        tuple(removed),
        tuple(
            _find_alike(new, [record for record in file if record["id"] not in matched])
        ),
        tuple(taken),
        len(matched),
        unchanged,
        len(own),
        len(table),
        len(file),
        has_news,
    )


class _Known:
    """The projects of the file, found as the table names them."""

    def __init__(self, file: Sequence[Record], same: Mapping[str, str]) -> None:
        self.by_id = {record["id"]: record for record in file}
        self._same = same
        self._by_key: dict[str, Record] = {}
        for record in file:
            if isinstance(key := record.get("import_key"), str):
                self._by_key.setdefault(key, record)

    def find(self, record: Record) -> Record | None:
        """Return the project of the file that a project of the table is."""
        key = record["import_key"]
        if key in self._same:
            return self.by_id.get(self._same[key])
        if (there := self._by_key.get(key)) is not None:
            return there
        # written by hand, or exported: its id is that of the code
        there = self.by_id.get(record["id"])
        return there if there is not None and "import_key" not in there else None


def _says_else(before: Record, now: Record) -> bool:
    merge = merge_records(before, now, before)
    return bool(merge.changes or merge.conflicts)


def _list_of_this_table(
    base: Mapping[str, Record] | None, file: Sequence[Record], matched: set[str]
) -> list[Record]:
    """Return the projects of the file that the last import of the table wrote."""
    imported = [record for record in file if isinstance(record.get("import_key"), str)]
    if base is not None:
        return [
            record
            for record in imported
            if record["import_key"] in base or record["id"] in matched
        ]
    # those that cite what most of the known ones cite
    cited: dict[str, int] = {}
    count = 0
    for record in imported:
        if record["id"] in matched:
            count += 1
            for source in _get_sources(record):
                cited[source] = cited.get(source, 0) + 1
    common = {source for source, number in cited.items() if number * 2 > count}
    return [
        record for record in imported if not common.isdisjoint(_get_sources(record))
    ]


def _get_sources(record: Record) -> list[str]:
    value = record.get("sources")
    return (
        [item for item in value if isinstance(item, str)]
        if isinstance(value, list)
        else []
    )


def _find_alike(new: Iterable[Record], others: Iterable[Record]) -> Iterable[Alike]:
    by_name: dict[str, list[Record]] = {}
    for record in others:
        for name in (record.get("name"), record.get("name_zh")):
            if isinstance(name, str) and name:
                by_name.setdefault(fold_key(name), []).append(record)
    for record in new:
        parties = _get_first_party(record)
        for other in by_name.get(fold_key(record["name"]), ()):
            if _get_first_party(other) == parties:
                yield Alike(
                    record["import_key"], record["id"], other["id"], record["name"]
                )
                break


def _get_first_party(record: Record) -> str:
    parties: Any = record.get("parties")
    if isinstance(parties, list) and parties and isinstance(parties[0], dict):
        return join_key((str(parties[0].get("name", "")),))
    return ""
