"""Compares two states of a dataset, project by project."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from hunnan_tui.core.fields import GETTERS, SCHEMA_KEYS
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.plain_values import is_identical
from hunnan_tui.core.text import fold

OWN = ("tags", "follow_up", "needs", "notes")
"""The annotations of a project; compared only on request."""
FACTS = (*(name for name in SCHEMA_KEYS if name not in OWN), "other", "faulty")
"""All other fields of a project."""

_HEAD = (
    "title",
    "title_zh",
    "currency",
    "updated",
    "industries",
    "stages",
    "views",
    "fields",
)
Ranks = Mapping[str, int]

STEP = 1_000
"""Projects between two reports of progress."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A project in both datasets."""

    old: Project
    new: Project
    fields: tuple[str, ...] = ()
    """The fields that differ, in the order of the schema."""
    steps: int | None = None
    """The number of stages it moved by; None if it did not move or it is unknown."""

    @property
    def moved(self) -> bool:
        """Whether its stage changed."""
        return "stage" in self.fields

    @property
    def revalued(self) -> bool:
        """Whether its investment changed."""
        return "investment" in self.fields

    @property
    def gain(self) -> int | None:
        """The increase of its investment; None unless both datasets state one."""
        if self.old.investment is None or self.new.investment is None:
            return None
        return self.new.investment - self.old.investment


@dataclass(frozen=True, slots=True)
class Entries:
    """Ids of sources or announcements."""

    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.changed)


@dataclass(frozen=True, slots=True)
class Difference:
    """The differences between two datasets; projects in the order of their file."""

    old: Dataset
    new: Dataset
    added: tuple[Project, ...] = ()
    gone: tuple[Project, ...] = ()
    renamed: tuple[Pair, ...] = ()
    """Projects with the same name under another id, probably renamed."""
    changed: tuple[Pair, ...] = ()
    sources: Entries = Entries()
    announcements: Entries = Entries()
    head: tuple[str, ...] = ()
    """Other differences: title, currency, date, industries, stages, views."""

    def __bool__(self) -> bool:
        """Whether anything differs."""
        projects = self.added or self.gone or self.renamed or self.changed
        return bool(projects or self.sources or self.announcements or self.head)

    def select(self, old: Collection[str], new: Collection[str]) -> Difference:
        """Return only the differences of some projects.

        Args:
            old: The keys of the projects in the old dataset that count.
            new: Those in the new one; either is enough.
        """

        def counts(pair: Pair) -> bool:
            return pair.old.key in old or pair.new.key in new

        return Difference(
            self.old,
            self.new,
            tuple(project for project in self.added if project.key in new),
            tuple(project for project in self.gone if project.key in old),
            tuple(filter(counts, self.renamed)),
            tuple(filter(counts, self.changed)),
        )


def compare_datasets(
    old: Dataset,
    new: Dataset,
    *,
    own: bool = False,
    tell: Callable[[float], None] | None = None,
) -> Difference:
    """Return the differences between two datasets; projects are matched by id.

    Args:
        old: The earlier state.
        new: The later one.
        own: Whether tags, notes, needs and follow-ups count too.
        tell: Called now and then with how much has been compared, from 0 to 1; may
            raise to end it.
    """
    fields = (*FACTS, *OWN) if own else FACTS
    pair = partial(_compare_pair, (_rank_stages(new), _rank_stages(old)), fields)
    # a large file is read lazily: read each project only once
    changed = []
    gone = []
    is_same_text = _make_text_comparison(old, new)
    for index, key in enumerate(old.projects, 1):
        if tell and not index % STEP:
            tell(index / len(old.projects))
        if is_same_text(key):
            continue
        before, after = old.projects[key], new.projects.get(key)
        if after is None:
            gone.append(before)
        elif after is before:
            continue  # as most projects of a file that was read again
        elif (different := pair(before, after)).fields:
            changed.append(different)
    added = [new.projects[key] for key in new.projects if key not in old.projects]
    renamed = [pair(*projects) for projects in _find_renamed(gone, added)]
    known = {pair.old.key for pair in renamed}, {pair.new.key for pair in renamed}
    return Difference(
        old,
        new,
        tuple(project for project in added if project.key not in known[1]),
        tuple(project for project in gone if project.key not in known[0]),
        tuple(replace(pair, fields=_exclude_id(pair.fields)) for pair in renamed),
        tuple(changed),
        _compare_entries(old.sources, new.sources),
        _compare_entries(old.announcements, new.announcements),
        tuple(name for name in _HEAD if _get_head(old, name) != _get_head(new, name)),
    )


def _make_text_comparison(old: Dataset, new: Dataset) -> Callable[[str], bool]:
    """Return what says whether a project is written alike in two large files."""
    from hunnan_tui.dataset.lazy_projects import LazyProjects  # small ones have none

    before, after = old.projects, new.projects
    if (
        not isinstance(before, LazyProjects)
        or not isinstance(after, LazyProjects)
        or old.currency != new.currency  # an amount that is a text may name it
    ):
        return lambda _: False

    def is_same_text(key: str) -> bool:
        text = before.find_text(key)
        return text is not None and text == after.find_text(key)

    return is_same_text


def _compare_pair(
    ranks: Iterable[Ranks], fields: Iterable[str], before: Project, after: Project
) -> Pair:
    differing = tuple(
        name
        for name in fields
        if _differs(name, _get_value(before, name), _get_value(after, name))
    )
    steps = (
        _count_stage_steps(ranks, before.stage, after.stage)
        if "stage" in differing
        else None
    )
    return Pair(before, after, differing, steps)


def _get_value(project: Project, name: str) -> object:
    """Return the value of a field, or of `other` or `faulty`."""
    stored_value = GETTERS.get(name)
    return stored_value(project) if stored_value else getattr(project, name)


def _differs(name: str, before: object, after: object) -> bool:
    """Return whether a value changed; notes and needs can hold any TOML value."""
    return (
        before != after
        if name not in ("notes", "needs")
        else not is_identical(before, after)
    )


def _exclude_id(fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in fields if name != "id")


def _rank_stages(dataset: Dataset) -> Ranks:
    """Return the index of each stage in the order of stages."""
    return {stage: rank for rank, stage in enumerate(dataset.stages)}


def _count_stage_steps(ranks: Iterable[Ranks], before: str, after: str) -> int | None:
    """Return the number of stages between two, in the first order that has both."""
    for known in ranks:
        if before in known and after in known:
            return known[after] - known[before]
    return None


def _find_renamed(
    gone: Iterable[Project], added: Iterable[Project]
) -> list[tuple[Project, Project]]:
    """Return pairs of a removed and an added project that share a unique name."""
    matches: dict[str, tuple[Project, Project]] = {}
    taken: set[str] = set()
    ways: tuple[Callable[[Project], str], ...] = (
        lambda project: fold(project.name),
        lambda project: fold(project.name_zh),
    )
    for name in ways:
        before = _index_by_unique(
            name, (project for project in gone if project.key not in matches)
        )
        after = _index_by_unique(
            name, (project for project in added if project.key not in taken)
        )
        for text, project in before.items():
            if text in after:
                matches[project.key] = project, after[text]
                taken.add(after[text].key)
    return [matches[project.key] for project in gone if project.key in matches]


def _index_by_unique(
    name: Callable[[Project], str], projects: Iterable[Project]
) -> dict[str, Project]:
    known: dict[str, list[Project]] = {}
    for project in projects:
        known.setdefault(name(project), []).append(project)
    return {text: same[0] for text, same in known.items() if text and len(same) == 1}


def _get_head(dataset: Dataset, name: str) -> Any:
    value = getattr(dataset, name)
    return list(value.items()) if isinstance(value, Mapping) else value


def _compare_entries(old: Mapping[str, Any], new: Mapping[str, Any]) -> Entries:
    return Entries(
        tuple(key for key in new if key not in old),
        tuple(key for key in old if key not in new),
        tuple(key for key in old if key in new and old[key] != new[key]),
    )
