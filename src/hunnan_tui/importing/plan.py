"""What an import into a dataset will do: decided before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from hunnan_tui.importing.base import find_import_ids, read_base
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.destination import Destination
from hunnan_tui.importing.merge import MergePlan, plan_merge
from hunnan_tui.importing.merge_values import Record
from hunnan_tui.importing.new_dataset import (
    IMPORT_NOTE,
    TableSource,
    make_industry,
    make_own_fields,
    make_records,
    make_source_id,
    make_stage,
)
from hunnan_tui.importing.prepare import Prepared


class Entry(NamedTuple):
    """A table of the dataset that is no project: one of `[[sources]]`, say."""

    name: str
    """Of the list: sources, industries, stages, fields."""
    new: Record
    old: Record | None = None
    """What it is now; None for one that is added."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What an import into a dataset will do."""

    merge: MergePlan
    entries: tuple[Entry, ...]
    """What is written besides projects; none if nothing is."""
    table: TableSource
    records: Sequence[Record]
    """The projects of the table."""
    has_base: bool
    """Whether it is known what the last import wrote."""

    @property
    def count(self) -> int:
        """How many projects change or are new."""
        changed = sum(bool(project.changes) for project in self.merge.changed)
        return changed + len(self.merge.new)

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to write."""
        return not self.entries


class Planner:
    """A table that has been read for a dataset."""

    def __init__(
        self,
        prepared: Prepared,
        converter: Converter,
        destination: Destination,
        today: date,
    ) -> None:
        """Read a table, and what its last import wrote.

        Args:
            prepared: The table and its map.
            converter: What reads its projects.
            destination: The dataset.
            today: The day of the import.

        Raises:
            TableError: The table cannot be read.
        """
        self._prepared, self._converter = prepared, converter
        ids = find_import_ids(destination.sources)
        last, base = read_base(prepared.map_path, ids)
        self._base = base if last else None
        source = ids[last] if last else _choose_source_id(prepared.path, destination)
        self._table = TableSource.make(prepared.path, prepared.map, today, source)
        # what is the same three times is held once
        projects = tuple(map(self._share, destination.projects))
        self._destination = replace(destination, projects=projects)
        self._records = list(map(self._share, make_records(converter, source)))

    def _share(self, record: Record) -> Record:
        """Return what the last import wrote, if that is the same; else a record itself."""
        known = (self._base or {}).get(record.get("import_key", ""))
        return known if known is not None and known == record else record

    def plan(self, same: Mapping[str, str] | None = None) -> ImportPlan:
        """Return what becomes of the dataset.

        Args:
            same: The ids of projects of the dataset by the keys of those of the table
                that the user says they are.
        """
        merge = plan_merge(self._base, self._records, self._destination.projects, same)
        entries = _plan_entries(
            merge, self._prepared, self._converter, self._destination, self._table
        )
        return ImportPlan(
            merge, tuple(entries), self._table, self._records, self._base is not None
        )


def _choose_source_id(path: Path, destination: Destination) -> str:
    """Return the id of the source that a table is: its own, or one that is free."""
    starts = (f"{path.name},", f"{path.name};")
    for source in destination.sources:
        note = source.get("note")
        if isinstance(note, str) and note.startswith(starts):
            return str(source["id"])
    known = {source["id"] for source in destination.sources}
    name = free = make_source_id(path)
    number = 2
    while free in known:
        free, number = f"{name}-{number}", number + 1
    return free


def _plan_entries(
    merge: MergePlan,
    prepared: Prepared,
    converter: Converter,
    destination: Destination,
    table: TableSource,
) -> Iterator[Entry]:
    if not merge.has_news or not (merge.changed or merge.new or merge.gone):
        return
    values = [
        *merge.new,
        *({c.key: c.new for c in project.changes} for project in merge.changed),
    ]
    named = _find_named(values)
    for name, words, make, entries in (
        ("industries", converter.industries, make_industry, destination.industries),
        ("stages", converter.stages, make_stage, destination.stages),
    ):
        known = {entry["id"] for entry in entries}
        for term_id in named[name]:
            if term_id not in known:
                yield Entry(name, make(term_id, words.get(term_id, term_id)))
    known = {entry["id"] for entry in destination.fields}
    keys = {key for value in values for key in value}
    for field in make_own_fields(prepared.map):
        if field["id"] in keys and field["id"] not in known:
            yield Entry("fields", field)
    sources = {entry["id"]: entry for entry in destination.sources}
    for source in named["sources"]:
        if source not in sources and source != table.id:
            yield Entry("sources", {"id": source, "title": source})
    yield _renew_source(table, sources.get(table.id))


def _renew_source(table: TableSource, old: Record | None) -> Entry:
    """Return the source of a table as it is now; its title may be the user's own."""
    if old is None:
        return Entry("sources", table.values)
    note = old.get("note")
    if isinstance(note, str) and IMPORT_NOTE.search(note):
        note = IMPORT_NOTE.sub(lambda _: table.note, note)
    else:
        note = table.note
    return Entry("sources", {**old, "date": table.day, "note": note}, old)


def _find_named(values: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, None]]:
    """Return the ids of industries, stages and sources that values name."""
    named: dict[str, dict[str, None]] = {"industries": {}, "stages": {}, "sources": {}}
    for value in values:
        named["industries"].update(dict.fromkeys(value.get("industries") or ()))
        named["sources"].update(dict.fromkeys(value.get("sources") or ()))
        if stage := value.get("stage"):
            named["stages"][stage] = None
        for key in ("facts", "events"):
            for item in value.get(key) or ():
                if isinstance(source := item.get("source"), str):
                    named["sources"][source] = None
                if isinstance(stage := item.get("stage"), str):
                    named["stages"][stage] = None
    return named
