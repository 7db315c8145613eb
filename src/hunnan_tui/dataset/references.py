"""Checks of references between the entries of a dataset, and of the file as a whole.

Unknown ids and unusable addresses; malformed ids, stages out of order, projects of one
name, unused sources, amounts without a currency.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hunnan_tui.core.dates import get_first_day, get_last_day, is_partial
from hunnan_tui.core.errors import Level
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Announcement, Dataset, Project
from hunnan_tui.core.parts import FIELD as PART_OF
from hunnan_tui.core.parts import find_cycles, get_whole
from hunnan_tui.core.text import fold
from hunnan_tui.dataset.schema import (
    Fault,
    Faults,
    ValuePath,
    check_id,
)

if TYPE_CHECKING:
    from hunnan_tui.dataset.own_field_checks import OwnFieldChecker

_COMPARED = 50_000
"""Ids that are compared for what was meant; faults behind these get no suggestion."""


class ReferenceChecker:
    """Checks the projects of a dataset one by one, then the dataset as a whole."""

    def __init__(self, dataset: Dataset) -> None:
        """Take the entries that projects refer to; the projects may be missing yet."""
        self._dataset = dataset
        self.currency = dataset.currency
        """The currency of the dataset."""
        self._ranks = {stage: rank for rank, stage in enumerate(dataset.stages)}
        self._used: set[str] = set()
        """The sources that something refers to."""
        self._names = array("q")
        """The hash of each name: eight bytes for each project of a large file."""
        self._has_amounts = False
        self._parts: dict[str, tuple[int, str]] = {}
        """The index of each part by its key, and what it is part of."""

    @cached_property
    def _own_fields(self) -> OwnFieldChecker:
        from hunnan_tui.dataset.own_field_checks import (
            OwnFieldChecker,  # few files have such fields
        )

        return OwnFieldChecker(self._dataset)

    def check_project(self, project: Project, index: int, faults: Faults) -> None:
        """Check a project; call this for all projects, in their order."""
        self.check_alone(project, index, faults)
        has_amount = project.investment is not None
        self.record_uses(iterate_sources(project), has_amount=has_amount)
        self._names.append(hash(fold(project.name)))
        if whole := get_whole(project):
            self.record_part(project.key, index, whole)

    def record_uses(self, sources: Iterable[str], *, has_amount: bool = False) -> None:
        """Record which sources are used, and whether any amount is stated."""
        self._used.update(sources)
        self._has_amounts = self._has_amounts or has_amount

    def record_part(self, key: str, index: int, whole: str) -> None:
        """Record what a project is part of: the id that it names."""
        self._parts[key] = index, whole

    def check_alone(self, project: Project, index: int, faults: Faults) -> None:
        """Check a project without regard to others."""
        dataset = self._dataset
        path: ValuePath = ("projects", index)
        check_id(project.id, (*path, "id"), faults)
        _check_ids(project.sources, dataset.sources, (*path, "sources"), faults)
        _check_ids(
            project.industries, dataset.industries, (*path, "industries"), faults
        )
        if project.stage and project.stage not in dataset.stages:
            _report_unknown(project.stage, dataset.stages, (*path, "stage"), faults)
        for nth, event in enumerate(project.events):
            item_path = (*path, "events", nth)
            if event.stage and event.stage not in dataset.stages:
                _report_unknown(
                    event.stage, dataset.stages, (*item_path, "stage"), faults
                )
            if event.source and event.source not in dataset.sources:
                _report_unknown(
                    event.source, dataset.sources, (*item_path, "source"), faults
                )
        for nth, fact in enumerate(project.facts):
            if fact.source and fact.source not in dataset.sources:
                item_path = (*path, "facts", nth, "source")
                _report_unknown(fact.source, dataset.sources, item_path, faults)
        if project.user_facts:
            _check_user_facts(project, path, faults)
        if project.events:
            self._check_order(project, path, faults)
        if project.other or dataset.fields:
            self._own_fields.check_project(project, path, faults)

    def check_whole(
        self, dataset: Dataset, record: Mapping[str, Any], faults: Faults
    ) -> None:
        """Check the other tables, and all projects together.

        Args:
            dataset: The dataset, with the projects that have been looked at.
            record: What it was read from: the tables beside the projects.
            faults: Receives the problems.
        """
        indexes = _index_ids(record, "announcements")
        for key, announcement in dataset.announcements.items():
            item_path: ValuePath = ("announcements", indexes[key])
            _check_ids(
                announcement.sources, dataset.sources, (*item_path, "sources"), faults
            )
            _check_ids(
                announcement.names, dataset.projects, (*item_path, "names"), faults
            )
            has_amount = _has_amount(announcement)
            self.record_uses(announcement.sources, has_amount=has_amount)
        self.record_uses(source.copy_of for source in dataset.sources.values())
        indexes = _index_ids(record, "sources")
        for key, source in dataset.sources.items():
            item_path = ("sources", indexes[key])
            if source.url and not source.url.startswith(("http://", "https://")):
                message = _("not a web address")
                hint = _("only http and https addresses can be opened")
                faults.append(Fault((*item_path, "url"), Level.WARNING, message, hint))
            if source.copy_of == key:
                hint = _("name the source that it is a copy of, or leave the key out")
                item = (*item_path, "copy_of")
                faults.append(Fault(item, Level.WARNING, _("a copy of itself"), hint))
            elif source.copy_of and source.copy_of not in dataset.sources:
                _report_unknown(
                    source.copy_of, dataset.sources, (*item_path, "copy_of"), faults
                )
            if key not in self._used:
                message = _("nothing uses the source {key!r}").format(key=key)
                hint = _("name it where it belongs, or take it out")
                faults.append(Fault((*item_path, "id"), Level.NOTE, message, hint))
        if dataset.fields:
            self._own_fields.check_declared(_index_ids(record, "fields"), faults)
        self._check_currency(record, faults)
        self._check_names(dataset, faults)
        self._check_parts(dataset, faults)

    def _check_order(self, project: Project, path: ValuePath, faults: Faults) -> None:
        """Report each stage that is dated later than a stage behind it."""
        reached = sorted(self._iterate_dated_stages(project), key=lambda item: -item[0])
        earliest: tuple[date, str, str] | None = None  # of the later stages
        level: tuple[date, str, str] | None = None  # of those and the current one
        rank = -1
        for number, stage, dated, way in reached:
            if number != rank:
                earliest, rank = level, number
            if earliest is not None and get_first_day(dated) > earliest[0]:
                _day, later, day = earliest
                message = _(
                    "{stage!r} is dated {dated}, after {later!r} of {day}"
                ).format(stage=stage, dated=dated, later=later, day=day)
                hint = _("stages are reached in the order in which the file lists them")
                faults.append(Fault((*path, *way), Level.WARNING, message, hint))
            if level is None or get_last_day(dated) < level[0]:
                level = get_last_day(dated), stage, dated

    def _iterate_dated_stages(
        self, project: Project
    ) -> Iterator[tuple[int, str, str, ValuePath]]:
        """Yield the rank, the name, the date and the way to it of each dated stage."""
        dated: list[tuple[str, str, ValuePath]] = [
            (event.stage, event.date, ("events", nth, "date"))
            for nth, event in enumerate(project.events)
        ]
        dated.append((project.stage, project.stage_date, ("stage_date",)))
        for stage, day, way in dated:
            rank = self._ranks.get(stage)
            if rank is not None and is_partial(day):
                yield rank, stage, day, way

    def _check_currency(self, record: Mapping[str, Any], faults: Faults) -> None:
        about = record.get("dataset")
        currency = about.get("currency", "") if isinstance(about, dict) else ""
        if self._has_amounts and currency == "":
            message = _("no currency is stated: amounts are shown without one")
            hint = _('write currency = "CNY", say, in [dataset]')
            faults.append(Fault(("dataset",), Level.NOTE, message, hint))

    def _check_names(self, dataset: Dataset, faults: Faults) -> None:
        ordered = sorted(self._names)
        repeated = {one for one, other in pairwise(ordered) if one == other}
        if not repeated:
            return
        firsts: dict[str, str] = {}
        for index, key in enumerate(dataset.projects):
            if self._names[index] not in repeated:
                continue
            name = dataset.projects[key].name
            first = firsts.setdefault(fold(name), key)
            if first != key:
                item_path = ("projects", index, "name")
                message = _("{first!r} has the name {name!r} too").format(
                    first=first, name=name
                )
                hint = _("are they one project?")
                faults.append(Fault(item_path, Level.NOTE, message, hint))

    def _check_parts(self, dataset: Dataset, faults: Faults) -> None:
        links = {
            key: whole
            for key, (_, whole) in self._parts.items()
            if whole in dataset.projects
        }
        in_cycles = find_cycles(links) if links else ()
        for key, (index, whole) in self._parts.items():
            path: ValuePath = ("projects", index, PART_OF)
            if key not in links:
                _report_unknown(whole, dataset.projects, path, faults)
            elif key in in_cycles:
                way = (
                    "itself"
                    if whole == key
                    else _("{whole!r}, and that of it").format(whole=whole)
                )
                hint = _(
                    "it counts as part of nothing: name what contains it, or take it out"
                )
                faults.append(
                    Fault(path, Level.WARNING, _("part of {way}").format(way=way), hint)
                )


def iterate_sources(project: Project) -> Iterator[str]:
    """Yield the id of each source that a project refers to, wherever it does."""
    yield from project.sources
    yield from (event.source for event in project.events)
    yield from (fact.source for fact in project.facts)


def _check_user_facts(project: Project, path: ValuePath, faults: Faults) -> None:
    from hunnan_tui.core.fact_values import dump_fact  # most projects have none

    for nth, key in enumerate(project.user_facts):
        if dump_fact(project, key) is None:
            message = _("the project states no {key!r}").format(key=key)
            hint = _("user_facts names keys whose value no source states")
            faults.append(Fault((*path, "user_facts", nth), Level.NOTE, message, hint))


def _has_amount(announcement: Announcement) -> bool:
    amounts = (part.investment for part in announcement.breakdown)
    return any(item is not None for item in (announcement.investment, *amounts))


def _index_ids(record: Mapping[str, Any], name: str) -> dict[str, int]:
    """Return the first index of each id in a list of tables."""
    indexes: dict[str, int] = {}
    tables = record.get(name)
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        key = table.get("id") if isinstance(table, dict) else None
        if isinstance(key, str):
            indexes.setdefault(key, index)
    return indexes


def _check_ids(
    ids: tuple[str, ...], known: Mapping[str, object], path: ValuePath, faults: Faults
) -> None:
    for index, item in enumerate(ids):
        if item not in known:
            _report_unknown(item, known, (*path, index), faults)


def _report_unknown(
    id: str, known: Mapping[str, object], path: ValuePath, faults: Faults
) -> None:
    near = []
    if (len(faults) + 1) * len(known) <= _COMPARED:
        from difflib import get_close_matches

        near = get_close_matches(id, known, n=1)
    names = [part for part in path if isinstance(part, str)]
    hint = (
        _("did you mean {near!r}?").format(near=near[0])
        if near
        else _("nothing in the file has that id")
    )
    message = _("unknown {kind}: {id!r}").format(kind=names[-1], id=id)
    faults.append(Fault(path, Level.WARNING, message, hint))
