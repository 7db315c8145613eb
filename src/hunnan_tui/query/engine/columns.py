"""Columns over the projects of a dataset, each made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from threading import RLock
from typing import Any, TypeVar

from hunnan_tui.core.model import Dataset, Project, ProjectCollection
from hunnan_tui.query.engine.cooperative import long_list

_STEP = 5_000
"""Values that are made at a time."""
T = TypeVar("T")
Maker = Callable[[Dataset, Project], T]


@dataclass(frozen=True, slots=True)
class Column:
    """One column, and what it is made with when projects change."""

    make: Callable[..., Any]
    """Takes the dataset and a project, or the values of other columns."""
    sources: tuple[Hashable, ...]
    """The columns that it is made from; none: from the projects."""
    values: list[Any]


@dataclass(frozen=True, slots=True)
class Packed:
    """A column whose values are known, but have to be unpacked."""

    make: Callable[..., Any]
    sources: tuple[Hashable, ...]
    unpack: Callable[[], list[Any]]


class Columns:
    """One value per project and column, in the order of the file."""

    def __init__(
        self,
        dataset: Dataset,
        made: Mapping[Hashable, Column | Packed] | None = None,
    ) -> None:
        """Take a dataset, and the columns that were made of its projects elsewhere."""
        self.dataset = dataset
        self.keys = long_list(dataset.projects, len(dataset.projects))
        self.lineage = object()
        """The same for all columns that `updated` has made of one another."""
        self._columns: dict[Hashable, Column | Packed] = dict(made or {})
        self._unpacking = RLock()

    def __len__(self) -> int:
        return len(self.keys)

    def place(self, key: str) -> int | None:
        """Return where a project stands in the file; None if there is none."""
        projects = self.dataset.projects
        if isinstance(projects, ProjectCollection):  # without a search
            return projects.index_of(key)
        return self.keys.index(key) if key in projects else None

    def has(self, name: Hashable) -> bool:
        """Return whether a column was made."""
        return name in self._columns

    def get(self, name: Hashable) -> list[Any]:
        """Return a column that was made; KeyError if it was not."""
        column = self._columns[name]
        if isinstance(column, Packed):
            with self._unpacking:  # another thread may have begun with it
                return self._unpacked(name)
        return column.values

    def _unpacked(self, name: Hashable) -> list[Any]:
        column = self._columns[name]
        if isinstance(column, Packed):
            column = Column(column.make, column.sources, column.unpack())
            self._columns[name] = column
        return column.values

    def lists(self) -> list[list[Any]]:
        """Return the values of the columns that have been made, and the keys."""
        made = [each.values for each in self._columns.values() if type(each) is Column]
        return [self.keys, *made]

    def make(self, makers: Mapping[Hashable, Maker[Any]]) -> None:
        """Make columns from the projects, all that are missing in one pass.

        Args:
            makers: What gives a project's value, by the name of the column.
        """
        missing = {name: make for name, make in makers.items() if not self.has(name)}
        made: list[tuple[Maker[Any], list[Any], dict[Any, Any]]]
        made = [(make, [], {}) for make in missing.values()]
        for project in self.dataset.projects.values() if missing else ():
            for make, values, known in made:
                values.append(_shared(make(self.dataset, project), known))
        for name, (make, values, _) in zip(missing, made, strict=True):
            self._columns[name] = Column(make, (), values)

    def derive(
        self, name: Hashable, sources: tuple[Hashable, ...], make: Callable[..., T]
    ) -> list[T]:
        """Return a column that is made from others.

        Args:
            name: What the column is kept under.
            sources: The columns that it is made from; they have been made.
            make: Takes their values; the same for the same name.
        """
        for _ in self.deriving(name, sources, make):
            pass
        return self.get(name)

    def deriving(
        self, name: Hashable, sources: tuple[Hashable, ...], make: Callable[..., Any]
    ) -> Iterator[None]:
        """Do what `derive` does, some milliseconds at a time."""
        if self.has(name):
            return
        lists, values = [self.get(source) for source in sources], list[Any]()
        for start in range(0, len(self), _STEP):
            values += map(make, *(each[start : start + _STEP] for each in lists))
            yield
        if not self.has(name):
            self._columns[name] = Column(make, sources, values)

    def updated(self, dataset: Dataset, changed: Collection[str]) -> Columns:
        """Return the columns of a dataset of which some projects differ from this one.

        Projects may have been added behind the others; with any other change of their
        order, or of what they refer to, all is made anew.
        """
        new = Columns(dataset)
        old = self.dataset
        if (
            new.keys[: len(self)] != self.keys
            or dataset.sources != old.sources
            or dataset.stages != old.stages
            or dataset.industries != old.industries
        ):
            return new
        new.lineage = self.lineage
        places = [
            place
            for place, key in enumerate(islice(new.keys, len(self)))
            if key in changed
        ]
        edited = [dataset.projects[new.keys[place]] for place in places]
        added = [dataset.projects[key] for key in islice(new.keys, len(self), None)]
        # another thread may be making a column
        for name, column in list(self._columns.items()):
            follow = partial(self._followed, name, new, places, edited, added)
            new._columns[name] = (
                Packed(column.make, column.sources, follow)
                if isinstance(column, Packed)
                else Column(column.make, column.sources, follow())
            )
        return new

    def _followed(
        self,
        name: Hashable,
        new: Columns,
        places: list[int],
        edited: list[Project],
        added: list[Project],
    ) -> list[Any]:
        """Return the values of a column as new columns have them."""
        column = self._columns[name]
        if column.sources:
            lists = [new.get(source) for source in column.sources]
            fresh = [column.make(*(each[n] for each in lists)) for n in places]
            behind = range(len(self), len(new))
            more = [column.make(*(each[n] for each in lists)) for n in behind]
        else:
            fresh = [column.make(new.dataset, project) for project in edited]
            more = [column.make(new.dataset, project) for project in added]
        return _patched(self.get(name), places, fresh, more)


def _shared(value: T, known: dict[Any, Any]) -> T:
    """Return the value of a list that is the same: most projects share their values."""
    return known.setdefault(value, value) if type(value) is tuple else value


def _patched(
    values: list[Any], places: list[int], fresh: list[Any], more: list[Any]
) -> list[Any]:
    """Return values with some replaced and some added; the very list if all is the same.

    What was made of a list is then known to be right still.
    """
    if not more and fresh == [values[place] for place in places]:
        return values
    patched = [*values, *more]
    for place, value in zip(places, fresh, strict=True):
        patched[place] = value
    return patched
