"""Columns over the projects of a dataset, each computed on first use."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import RLock
from typing import Any, TypeVar

from hunnan_tui.core.model import Dataset, Project, ProjectCollection
from hunnan_tui.query.engine.cooperative import build_list

_STEP = 5_000
"""Values that are computed in one step."""
T = TypeVar("T")
Getter = Callable[[Dataset, Project], T]


@dataclass(frozen=True, slots=True)
class Column:
    """A column, and how to recompute its values when projects change."""

    compute: Callable[..., Any]
    """Takes the dataset and a project, or the values of the source columns."""
    sources: tuple[Hashable, ...]
    """The columns that it is derived from; none for a base column."""
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """A column whose values are unpacked on first use."""

    compute: Callable[..., Any]
    sources: tuple[Hashable, ...]
    unpack: Callable[[], list[Any]]


class Columns:
    """One value per project and column, in the order of the file."""

    def __init__(
        self,
        dataset: Dataset,
        columns: Mapping[Hashable, Column | Packed] | None = None,
    ) -> None:
        """Take a dataset, and columns of its projects that are known already."""
        self.dataset = dataset
        self.keys = build_list(dataset.projects, len(dataset.projects))
        self.lineage = object()
        """One object for all columns that `update` derived from each other."""
        self._columns: dict[Hashable, Column | Packed] = dict(columns or {})
        self._unpacking = RLock()

    def __len__(self) -> int:
        return len(self.keys)

    def find_index(self, key: str) -> int | None:
        """Return the index of a project in the file; None if there is none."""
        projects = self.dataset.projects
        if isinstance(projects, ProjectCollection):  # without a search
            return projects.find_index(key)
        return self.keys.index(key) if key in projects else None

    def has(self, name: Hashable) -> bool:
        """Return whether a column has been computed."""
        return name in self._columns

    def get(self, name: Hashable) -> list[Any]:
        """Return a column; KeyError if it has not been computed."""
        column = self._columns[name]
        if isinstance(column, Packed):
            with self._unpacking:  # another thread may be unpacking it
                return self._unpack(name)
        return column.values

    def _unpack(self, name: Hashable) -> list[Any]:
        column = self._columns[name]
        if isinstance(column, Packed):
            column = Column(column.compute, column.sources, column.unpack())
            self._columns[name] = column
        return column.values

    def get_value_lists(self) -> list[list[Any]]:
        """Return the keys, and the values of all columns that are not packed."""
        columns = [
            column.values for column in self._columns.values() if type(column) is Column
        ]
        return [self.keys, *columns]

    def build(self, getters: Mapping[Hashable, Getter[Any]]) -> None:
        """Compute missing base columns in one pass over the projects.

        Args:
            getters: What computes the value of a project, by the name of the column.
        """
        missing = {
            name: compute for name, compute in getters.items() if not self.has(name)
        }
        columns: list[tuple[Getter[Any], list[Any], dict[Any, Any]]]
        columns = [(compute, [], {}) for compute in missing.values()]
        for project in self.dataset.projects.values() if missing else ():
            for compute, values, shared in columns:
                values.append(_intern(compute(self.dataset, project), shared))
        for name, (compute, values, _) in zip(missing, columns, strict=True):
            self._columns[name] = Column(compute, (), values)

    def derive(
        self, name: Hashable, sources: tuple[Hashable, ...], compute: Callable[..., T]
    ) -> list[T]:
        """Return a derived column, computing it if needed.

        Args:
            name: The name of the column.
            sources: The columns that it is derived from, already computed.
            compute: Takes their values; must depend on `name` alone.
        """
        for _ in self.derive_steps(name, sources, compute):
            pass
        return self.get(name)

    def derive_steps(
        self, name: Hashable, sources: tuple[Hashable, ...], compute: Callable[..., Any]
    ) -> Iterator[None]:
        """Compute a derived column like `derive`, in steps of some milliseconds."""
        if self.has(name):
            return
        lists, values = [self.get(source) for source in sources], list[Any]()
        for start in range(0, len(self), _STEP):
            values += map(
                compute,
                *(column_values[start : start + _STEP] for column_values in lists),
            )
            yield
        if not self.has(name):
            self._columns[name] = Column(compute, sources, values)

    def update(self, dataset: Dataset, changed_keys: Collection[str]) -> Columns:
        """Return the columns of a later version of the dataset.

        Projects may have been appended. After any other change of their order, or of
        what they refer to, nothing is reused.
        """
        new = Columns(dataset)
        previous = self.dataset
        if (
            new.keys[: len(self)] != self.keys
            or dataset.sources != previous.sources
            or dataset.stages != previous.stages
            or dataset.industries != previous.industries
        ):
            return new
        new.lineage = self.lineage
        positions = [
            position
            for position, key in enumerate(islice(new.keys, len(self)))
            if key in changed_keys
        ]
        edited = [dataset.projects[new.keys[position]] for position in positions]
        added = [dataset.projects[key] for key in islice(new.keys, len(self), None)]
        # another thread may be adding a column
        for name, column in list(self._columns.items()):
            compute_values = partial(
                self._update_values, name, new, positions, edited, added
            )
            new._columns[name] = (
                Packed(column.compute, column.sources, compute_values)
                if isinstance(column, Packed)
                else Column(column.compute, column.sources, compute_values())
            )
        return new

    def _update_values(
        self,
        name: Hashable,
        new: Columns,
        positions: list[int],
        edited: list[Project],
        added: list[Project],
    ) -> list[Any]:
        """Return the values of a column for new columns."""
        column = self._columns[name]
        if column.sources:
            lists = [new.get(source) for source in column.sources]
            replacements = [
                column.compute(*(column_values[i] for column_values in lists))
                for i in positions
            ]
            new_indexes = range(len(self), len(new))
            additions = [
                column.compute(*(column_values[i] for column_values in lists))
                for i in new_indexes
            ]
        else:
            replacements = [column.compute(new.dataset, project) for project in edited]
            additions = [column.compute(new.dataset, project) for project in added]
        return _patch(self.get(name), positions, replacements, additions)


def _intern(value: T, interned: dict[Any, Any]) -> T:
    """Return an equal tuple that was met before: most projects share their values."""
    return interned.setdefault(value, value) if type(value) is tuple else value


def _patch(
    values: list[Any],
    positions: list[int],
    replacements: list[Any],
    additions: list[Any],
) -> list[Any]:
    """Return values with some replaced and some appended.

    If nothing differs it is the same list, so that what was derived from it stays valid.
    """
    if not additions and replacements == [values[position] for position in positions]:
        return values
    patched = [*values, *additions]
    for position, value in zip(positions, replacements, strict=True):
        patched[position] = value
    return patched
