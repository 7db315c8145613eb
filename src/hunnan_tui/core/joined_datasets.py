"""Several datasets shown as one: whose entry an id is, and where two disagree.

Projects keep their ids. Their keys are their ids too, but for an id that another file has
as well: `name:id`, with the name of the file. Nothing is added up that is in another
currency than the first file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import PurePath
from typing import NamedTuple, TypeVar

from hunnan_tui.core.counts import join_names
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.fields import Kind
from hunnan_tui.core.language import _
from hunnan_tui.core.model import UNSTATED, Announcement, Dataset, Origin, Project
from hunnan_tui.core.money import add_unit, format_exact
from hunnan_tui.core.parts import FIELD as PART_OF

_V = TypeVar("_V", bound=tuple[object, ...])
_NAMES = ("name", "name_zh", "definition", "type", "unit")
"""What two entries of one id can disagree in."""


class NamedDataset(NamedTuple):
    """One of several datasets."""

    name: str
    """What queries and people call its file."""
    path: str
    """Its file, for problems."""
    dataset: Dataset


def name_files(paths: Sequence[PurePath]) -> list[str]:
    """Return a short name for each file, all of them different.

    It is the name without its ending, with as many folders before it as it takes.
    """
    names = [path.with_suffix("").name or path.name for path in paths]
    for length in range(2, max((len(path.parts) for path in paths), default=0) + 1):
        repeated = {name for name in names if names.count(name) > 1}
        if not repeated:
            break
        names = [
            PurePath(*path.with_suffix("").parts[-length:]).as_posix()
            if name in repeated
            else name
            for name, path in zip(names, paths, strict=True)
        ]
    taken: list[str] = []
    for name in names:
        taken.append(_find_free(name, taken))
    return taken


def _find_free(name: str, taken: Container[str]) -> str:
    """Return a name, with a number behind it if it is taken."""
    if name not in taken:
        return name
    return next(numbered for n in count(2) if (numbered := f"{name}#{n}") not in taken)


def merge_orders(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """Return what two lists have, the order of the first before that of the second.

    What only the second has stands behind what it stands behind there.
    """
    known = set(first)
    anchor = next((item for item in second if item in known), None)
    if anchor is None:
        return [*first, *second]
    behind: dict[str | None, list[str]] = {}
    last: str | None = None
    for item in second:
        if item in known:
            last = item
        else:
            behind.setdefault(last, []).append(item)
    arranged: list[str] = []
    for item in first:
        if item == anchor:
            arranged += behind.get(None, ())
        arranged += (item, *behind.get(item, ()))
    return arranged


class JoinedDatasets:
    """Several datasets as one."""

    def __init__(self, members: Sequence[NamedDataset]) -> None:
        """Join datasets; the first one says what applies to all.

        Args:
            members: The datasets, of different names.
        """
        self._members = members
        self.keys: list[dict[str, str]] = []
        """The key of each project, by its key in its own dataset, for each of them."""
        self._origins = [self._make_origin(member) for member in members]
        self._sources: list[dict[str, str]] = []
        """The ids of sources that are another file's too, by what they are here."""
        self.problems = tuple(self._find_problems())
        self.dataset = self._join()

    def join_project(self, index: int, project: Project) -> Project:
        """Return a project of one of the datasets as the joined dataset has it."""
        keys, renamed = self.keys[index], self._sources[index]
        project = project._replace(
            key=keys.get(project.key, project.key), origin=self._origins[index]
        )
        whole = project.values.get(PART_OF)
        if isinstance(whole, str) and keys.get(whole, whole) != whole:
            values = {**project.values, PART_OF: keys[whole]}
            project = project._replace(values=values)
        return _rename_sources(project, renamed) if renamed else project

    def _make_origin(self, member: NamedDataset) -> Origin:
        own = member.dataset.currency
        if own == self._members[0].dataset.currency:
            return Origin(member.name)
        from hunnan_tui.core.own_fields import (
            derive_own_fields,  # files mostly have one currency
        )

        amounts = (
            each
            for each in derive_own_fields(member.dataset)
            if each.reader.kind is Kind.AMOUNT
        )
        names = frozenset(name for each in amounts for name in each.reader.names)
        return Origin(member.name, own or UNSTATED, names)

    def _join(self) -> Dataset:
        first = self._members[0].dataset
        datasets = [member.dataset for member in self._members]
        sources = dict(first.sources)
        for member in self._members:
            renamed: dict[str, str] = {}
            for key, source in member.dataset.sources.items():
                if sources.setdefault(key, source) != source:
                    renamed[key] = f"{member.name}:{key}"
                    sources[renamed[key]] = source._replace(id=renamed[key])
            self._sources.append(renamed)
        self._assign_keys()
        projects = {
            joined.key: joined
            for index, dataset in enumerate(datasets)
            for project in dataset.projects.values()
            for joined in (self.join_project(index, project),)
        }
        announcements: dict[str, Announcement] = {}
        for index, dataset in enumerate(datasets):
            for key, announcement in dataset.announcements.items():
                joined = self._join_announcement(index, announcement)
                if announcements.setdefault(key, joined) != joined:
                    announcements[f"{self._members[index].name}:{key}"] = joined
        views = {
            view.name: view for dataset in reversed(datasets) for view in dataset.views
        }
        order = dict.fromkeys(view.name for each in datasets for view in each.views)
        return first._replace(
            title=_join_texts(dataset.title for dataset in datasets),
            title_zh=_join_texts(dataset.title_zh for dataset in datasets),
            updated=min(dataset.updated for dataset in datasets),
            industries=_merge_entries([dataset.industries for dataset in datasets]),
            stages=_merge_entries([dataset.stages for dataset in datasets]),
            sources=sources,
            announcements=announcements,
            views=tuple(views[name] for name in order),
            projects=projects,
            fields=_merge_entries([dataset.fields for dataset in datasets]),
            files=tuple(member.name for member in self._members),
            other_currencies=tuple(
                dict.fromkeys(
                    origin.currency
                    for origin, dataset in zip(self._origins, datasets, strict=True)
                    if _has_amounts(origin, dataset)
                )
            ),
        )

    def _assign_keys(self) -> None:
        counts = Counter(
            key for member in self._members for key in member.dataset.projects
        )
        taken: set[str] = {key for key, number in counts.items() if number == 1}
        for member in self._members:
            keys: dict[str, str] = {}
            for key in member.dataset.projects:
                keys[key] = key
                if counts[key] > 1:
                    keys[key] = _find_free(f"{member.name}:{key}", taken)
                    taken.add(keys[key])
            self.keys.append(keys)

    def _join_announcement(
        self, index: int, announcement: Announcement
    ) -> Announcement:
        member, keys = self._members[index], self.keys[index]
        renamed = self._sources[index]
        joined = announcement._replace(
            names=tuple(keys.get(name, name) for name in announcement.names),
            sources=tuple(renamed.get(name, name) for name in announcement.sources),
        )
        own = member.dataset.currency
        if own == self._members[0].dataset.currency or joined.investment is None:
            return joined
        amount = add_unit(format_exact(joined.investment), own or UNSTATED)
        caveat = _("The amount is {amount}: of another currency than the rest.").format(
            amount=amount
        )
        return joined._replace(
            investment=None,
            breakdown=tuple(
                part._replace(investment=None) for part in joined.breakdown
            ),
            caveat=" ".join(filter(None, (joined.caveat, caveat))),
        )

    def _find_problems(self) -> Iterator[Problem]:
        first = self._members[0]
        seen: dict[tuple[str, str], tuple[NamedDataset, object]] = {}
        ids: dict[str, NamedDataset] = {}
        for member, origin in zip(self._members, self._origins, strict=True):
            yield from self._find_conflicts(member, seen)
            repeated = [key for key in member.dataset.projects if key in ids]
            if repeated:
                others = _(" and ").join(
                    dict.fromkeys(ids[key].path for key in repeated)
                )
                yield Problem(
                    Level.NOTE,
                    _("{ids} in {others} too").format(
                        ids=_list_ids(repeated), others=others
                    ),
                    _("its projects are told apart as {name}:{repeated}").format(
                        name=member.name, repeated=repeated[0]
                    ),
                    member.path,
                )
            ids |= dict.fromkeys(member.dataset.projects, member)
            own, main = member.dataset.currency, first.dataset.currency
            if _has_amounts(origin, member.dataset):
                yield Problem(
                    Level.WARNING,
                    _("amounts are in {own}, those of {path} in {main}").format(
                        own=own or _("no stated currency"),
                        path=first.path,
                        main=main or _("none"),
                    ),
                    _("they are shown as they are, and never added to the others"),
                    member.path,
                )

    def _find_conflicts(
        self,
        member: NamedDataset,
        seen: dict[tuple[str, str], tuple[NamedDataset, object]],
    ) -> Iterator[Problem]:
        tables: tuple[tuple[str, Mapping[str, object]], ...] = (
            ("industry", member.dataset.industries),
            ("stage", member.dataset.stages),
            ("field", member.dataset.fields),
        )
        for kind, entries in tables:
            for key, entry in entries.items():
                earlier, known = seen.setdefault((kind, key), (member, entry))
                if any(
                    getattr(entry, name, "")
                    and getattr(known, name, "")
                    and getattr(entry, name) != getattr(known, name)
                    for name in _NAMES
                ):
                    yield Problem(
                        Level.NOTE,
                        _("the {kind} {key!r} is another one than in {path}").format(
                            kind=_(kind), key=key, path=earlier.path
                        ),
                        _("that one is shown for both: give one of them another id"),
                        member.path,
                    )
        shared = [
            s for s in member.dataset.stages if s in self._members[0].dataset.stages
        ]
        order = [s for s in self._members[0].dataset.stages if s in set(shared)]
        if shared != order:
            yield Problem(
                Level.NOTE,
                _("the stages are in another order than in {path}").format(
                    path=self._members[0].path
                ),
                _("that order applies to both"),
                member.path,
            )


def _has_amounts(origin: Origin, dataset: Dataset) -> bool:
    """Return whether a dataset has amounts in another currency than the first one."""
    if not origin.currency:
        return False
    projects = dataset.projects.values()
    return bool(origin.amounts) or any(p.investment is not None for p in projects)


def _merge_entries(tables: Sequence[Mapping[str, _V]]) -> dict[str, _V]:
    order: list[str] = []
    merged: dict[str, _V] = {}
    for table in tables:
        order = merge_orders(order, list(table))
        merged = {**table, **merged}
    return {key: merged[key] for key in order}


def _join_texts(texts: Iterable[str]) -> str:
    return " + ".join(dict.fromkeys(filter(None, texts)))


def _list_ids(ids: Sequence[str]) -> str:
    """Return which ids are meant, and a verb: `the ids 'a', 'b' and 9 more are`."""
    named = join_names(map(repr, ids[:3]))
    more = _(" and {count:,} more").format(count=len(ids) - 3) if len(ids) > 3 else ""
    return (
        _("the ids {named}{more} are").format(named=named, more=more)
        if ids[1:]
        else _("the id {named} is").format(named=named)
    )


def _rename_sources(project: Project, renamed: Mapping[str, str]) -> Project:
    get: Callable[[str], str] = lambda name: renamed.get(name, name)  # noqa: E731
    return project._replace(
        sources=tuple(map(get, project.sources)),
        events=tuple(
            event._replace(source=get(event.source)) for event in project.events
        ),
        facts=tuple(fact._replace(source=get(fact.source)) for fact in project.facts),
    )
