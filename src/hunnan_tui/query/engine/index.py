"""The projects of a dataset, ready to be searched, sorted and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

from hunnan_tui.core.model import Dataset
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.base_columns import SURVEYED
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import rest
from hunnan_tui.query.engine.counts import FACETS, FacetCounts, count
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.engine.evaluator import Evaluator, Test
from hunnan_tui.query.engine.groups import Group, group_key, grouped
from hunnan_tui.query.engine.sorting import BY_INVESTMENT, Orders
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.parser import parse
from hunnan_tui.query.language.query import Query, QueryProblem

if TYPE_CHECKING:
    from hunnan_tui.query.engine.matches import Match


class Overview(NamedTuple):
    """What is first shown of all projects of a dataset."""

    places: Sequence[int]
    """Of each project in the file, in the order of a list that nothing is asked of."""
    counts: FacetCounts
    spellings: Mapping[str, int]


_COUNTED = 16
"""Counts that are kept, for going back and for the other facets."""


class Index:
    """What is found in one dataset, at any size as fast as one types.

    Nothing is made before it is first asked for. One thread at a time may use an index.
    """

    def __init__(
        self,
        dataset: Dataset,
        columns: Columns | None = None,
        tables: Tables | None = None,
        orders: Orders | None = None,
    ) -> None:
        """Make an index; `updated` gives the columns, and what is before them."""
        self.dataset = dataset
        self._tables = Tables(columns or Columns(dataset), tables)
        self._evaluator = Evaluator(self._tables)
        self._orders = Orders(self._tables, orders)
        self._counted: dict[tuple[int, tuple[str, ...]], FacetCounts] = {}

    def updated(self, dataset: Dataset, changed: Collection[str]) -> Index:
        """Return the index of a dataset in which some projects have changed."""
        columns = self._tables.columns.updated(dataset, changed)
        return Index(dataset, columns, self._tables, self._orders)

    @property
    def columns(self) -> Columns:
        """What is known of each project."""
        return self._tables.columns

    def lists(self) -> list[list[Any]]:
        """Return the longest lists that it holds: to free one takes milliseconds."""
        return [*self._tables.columns.lists(), *self._orders.lists()]

    @property
    def has_pinyin(self) -> bool:
        """Return whether `prepare_pinyin` has run."""
        return self._tables.has_pinyin

    def prepare_pinyin(self) -> None:
        """Find out how all Chinese names sound; may run in a thread of its own."""
        self._tables.work_out_pinyin()
        self._tables.sort_texts("name_zh")

    def keys(self, query: Query, *, wait: bool = True) -> Sequence[str]:
        """Return the keys of the projects that match, in the order of the query.

        Args:
            query: What is searched.
            wait: Whether to work out pinyin now if that has not been done; else the
                names that only pinyin would find are left out until then.
        """
        self._tables.is_hurried = not wait
        return self._orders.sorted(self._evaluator.mask(query.node), query.sort)

    def parse(self, text: str, *, today: date) -> Query:
        """Read what was typed, with everything there is to say about it.

        Unlike `parse` it knows the stages, and adds what `hints` has to say.
        """
        stages, currency = self.dataset.stages, self.dataset.currency
        query = parse(text, today=today, stages=stages, currency=currency)
        problems = sorted(
            (*query.problems, *self.hints(query)), key=lambda each: each.column
        )
        return replace(query, problems=tuple(problems))

    def hints(self, query: Query) -> tuple[QueryProblem, ...]:
        """Return what only the data can say: unknown values, gaps, second meanings.

        An error among them means that the query can find nothing.
        """
        if query.is_empty:
            return ()
        from hunnan_tui.query.engine.hints import hints

        return tuple(hints(query, self._tables, self._evaluator))

    def why(self, query: Query, key: str, *, names: bool = False) -> list[Match]:
        """Return where the words of a query stand in a project.

        Args:
            query: What is searched.
            key: The project.
            names: Whether only the matches in its names are wanted; else they are first.
        """
        if query.is_empty:
            return []
        from hunnan_tui.query.engine.matches import why, why_in_names

        find = why_in_names if names else why
        return find(query.node, self.dataset, self.dataset.projects[key])

    def counts(
        self, keys: Iterable[str], facets: tuple[str, ...] = FACETS
    ) -> FacetCounts:
        """Count projects under each industry, stage, district, tag and source."""
        wanted = set(keys)
        flags = (key in wanted for key in self._tables.columns.keys)
        return self.counted(bitmask.from_flags(flags), facets)

    def labels(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """Return the values of a facet with the names of each."""
        return self._tables.vocabulary(facet).labels

    @property
    def everything(self) -> int:
        """All projects, as one number."""
        return self._tables.everything

    def mask(self, query: Query, *, wait: bool = True) -> int:
        """Return the projects that match, as one number; `wait` as in `keys`."""
        self._tables.is_hurried = not wait
        return self._evaluator.mask(query.node)

    def steps(self, query: Query) -> Iterator[None]:
        """Find out bit by bit what `mask` then returns at once, without waiting."""
        self._tables.is_hurried = True
        yield from self._evaluator.steps(query.node)

    def can_tell_first(self, query: Query) -> bool:
        """Return whether `first` and `has` need nothing that takes long to make."""
        return self.can_sort(query.sort) and self._evaluator.is_ready(query.node)

    def first(self, query: Query, within: int, count: int, seconds: float) -> list[str]:
        """Return the first projects that match, in the order of the query.

        Args:
            query: What is searched.
            within: The projects that are looked at.
            count: How many are wanted.
            seconds: After which the search ends with what has been found.
        """
        fits, within = self._tests(query, within)
        places = self._orders.within(within, query.sort)
        return self._found(places, fits, count, seconds)

    def _tests(self, query: Query, within: int) -> tuple[Test, int]:
        """Return what says of one place whether it matches, and where that may be."""
        self._tables.is_hurried = True
        fits = self._evaluator.test(query.node)
        return fits, within & self._evaluator.at_most(query.node)

    def _found(
        self, places: Iterable[int], fits: Test, count: int, seconds: float
    ) -> list[str]:
        """Return the keys of the first places that fit, if some are wanted."""
        if count <= 0:
            return []
        until = perf_counter() + seconds
        keys, found = self._tables.columns.keys, list[str]()
        for number, place in enumerate(places, 1):
            if fits(place):
                found.append(keys[place])
            if len(found) >= count or (not number % 64 and perf_counter() > until):
                break
        return found

    def around(
        self,
        query: Query,
        within: int,
        key: str,
        line: int,
        count: int,
        seconds: float,
    ) -> tuple[list[str], list[str]]:
        """Return the nearest projects that match, above one and from it on.

        Both in the order of the query; the project itself need not match.

        Args:
            query: What is searched.
            within: The projects that are looked at.
            key: The project; it must be one of the dataset.
            line: How many are wanted above it; more if those below come to an end.
            count: How many are wanted in all.
            seconds: After which the search ends with what has been found.
        """
        fits, within = self._tests(query, within)
        order = self._orders.places(query.sort)
        flags = bitmask.to_flags(within, len(order))
        start = order.index(self._tables.columns.place(key))

        def places(ranks: range) -> Iterator[int]:
            return filter(flags.__getitem__, map(order.__getitem__, ranks))

        upwards = places(range(start - 1, -1, -1))
        downwards = places(range(start, len(order)))
        above = self._found(upwards, fits, line, seconds / 3)
        below = self._found(downwards, fits, count - len(above), seconds / 3)
        rest = count - len(above) - len(below)
        above += self._found(upwards, fits, rest, seconds / 3)
        return above[::-1], below

    def has(self, query: Query, within: int, key: str) -> bool:
        """Return whether a project is among some, and matches; no other is looked at."""
        place = self._tables.columns.place(key)
        if place is None or not within >> place & 1:
            return False
        return bool(self._evaluator.test(query.node)(place))

    def having(self, facet: str, values: Iterable[str]) -> int:
        """Return the projects that have any of some values; "" stands for none."""
        vocabulary = self._tables.vocabulary(facet)
        found = 0
        for value in values:
            found |= vocabulary.mask(value) if value else vocabulary.without
        return found

    def listed(
        self, mask: int, sort: tuple[SortKey, ...] = (), group: str = ""
    ) -> Sequence[str]:
        """Return the keys of the projects in a mask, in an order, a group at a time."""
        if group:
            sort = (group_key(group, sort), *(sort or BY_INVESTMENT))
        return self._orders.sorted(mask, sort)

    def groups(
        self, mask: int, group: str, sort: tuple[SortKey, ...] = ()
    ) -> list[Group]:
        """Return the groups in which `listed` gives the projects of a mask."""
        return grouped(self._tables, mask, group_key(group, sort))

    def can_sort(self, sort: tuple[SortKey, ...]) -> bool:
        """Return whether an order needs no pinyin that `prepare_pinyin` has to make."""
        return all(self._tables.has_sort_texts(key.field) for key in sort)

    def counted(self, mask: int, facets: tuple[str, ...]) -> FacetCounts:
        """Count the projects in a mask as `counts` does, under some facets."""
        known = self._counted.get((mask, facets))
        if known is None:
            while len(self._counted) >= _COUNTED:
                del self._counted[next(iter(self._counted))]
            known = count(self._tables, mask, facets)
            self._counted[mask, facets] = known
        return known

    def lines(self, field: str) -> Iterator[str]:
        """Yield what each project says in a field, folded, a text a line.

        In the order of the file; nothing is kept of it.
        """
        return self._tables.lines(field)

    @property
    def lineage(self) -> object:
        """The same for all indexes that `updated` has made of one another."""
        return self._tables.columns.lineage

    def prepare(self) -> None:
        """Read all that queries need from the projects; may take long."""
        self._tables.prepare()

    def overview(self, facets: tuple[str, ...]) -> Overview:
        """Return what is first shown of all projects."""
        counts = self.counted(self.everything, facets)
        return Overview(self._orders.places(), counts, self.spellings())

    def prime(self, overview: Overview) -> None:
        """Take an overview of these projects that was made before."""
        self._orders.prime(overview.places)
        self._tables.prime(overview.spellings)
        counts = overview.counts
        self._counted[self.everything, tuple(counts.facets)] = counts
        self._counted[self.everything, ()] = FacetCounts(counts.all, {})

    def unpack(self) -> None:
        """Make ready what was packed; may run in a thread of its own."""
        for name in SURVEYED:
            rest()
            self._tables.columns.get(name)
        count(self._tables, self.everything)

    def spellings(self) -> Counter[str]:
        """Return every tag as it is written, with how many projects have it so."""
        return self._tables.spellings()
