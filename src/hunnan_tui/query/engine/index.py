"""The index of a dataset: searches, sorts and counts its projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from hunnan_tui.core.fields import FIELDS, Field
from hunnan_tui.core.filled_fields import ALL, find_filled_fields
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.names import is_sorted_by_pinyin
from hunnan_tui.core.parts import FIELD as PART_OF
from hunnan_tui.core.parts import Tree, place_parts, put_under_wholes
from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.base_columns import BASE_COLUMNS, CACHED_COLUMNS
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import pause
from hunnan_tui.query.engine.counts import (
    FACETS,
    FacetCounts,
    count,
    find_not_added,
)
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.engine.evaluator import Evaluator
from hunnan_tui.query.engine.groups import Group, make_group_key, make_groups
from hunnan_tui.query.engine.news import News
from hunnan_tui.query.engine.sorting import BY_INVESTMENT, Orders
from hunnan_tui.query.engine.texts import BY_PINYIN
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import KEYWORDS, is_of_schema
from hunnan_tui.query.language.parser import parse
from hunnan_tui.query.language.query import Query, QueryProblem

if TYPE_CHECKING:
    from hunnan_tui.core.own_fields import OwnFields
    from hunnan_tui.query.engine.field_sums import FieldSum
    from hunnan_tui.query.engine.first_hits import FirstHits
    from hunnan_tui.query.engine.matches import Match


class Overview(NamedTuple):
    """What the first screen shows of a dataset."""

    positions: Sequence[int]
    """The indexes of all projects by investment; parts are not under their wholes."""
    counts: FacetCounts
    spellings: Mapping[str, int]
    parts: Tree[int] = ()
    """The indexes of the projects that are parts, and of their wholes."""


_MAX_COUNTS = 16
"""Facet counts that are cached, to return to a query and for other facets."""


class Index:
    """An index over one dataset, fast enough to search while typing at any size.

    Everything is computed on first use. Only one thread at a time may use an index.
    """

    def __init__(
        self,
        dataset: Dataset,
        columns: Columns | None = None,
        derived: DerivedColumns | None = None,
        orders: Orders | None = None,
    ) -> None:
        """Create an index; `update` passes what can be reused of a previous one."""
        self.dataset = dataset
        self._derived_columns = DerivedColumns(columns or Columns(dataset), derived)
        self._evaluator = Evaluator(self._derived_columns)
        self._orders = Orders(self._derived_columns, orders)
        self._counts: dict[tuple[int, tuple[str, ...]], FacetCounts] = {}
        self._filled: frozenset[str] | None = None

    def update(self, dataset: Dataset, changed: Collection[str]) -> Index:
        """Return the index of a later version of the dataset."""
        columns = self._derived_columns.columns.update(dataset, changed)
        index = Index(dataset, columns, self._derived_columns, self._orders)
        if self._filled is not None:
            added = (
                dataset.projects[key] for key in changed if key in dataset.projects
            )
            index._filled = self._filled | find_filled_fields(added, ALL)
        return index

    def use_news(self, find_news: Callable[[], News]) -> None:
        """Take what `is:new` and `is:changed` find from a function.

        It is called when a query first asks for it; later versions of the index keep it.
        """
        self._derived_columns.find_news = find_news
        self._evaluator = Evaluator(self._derived_columns)

    @property
    def columns(self) -> Columns:
        """The columns of the projects."""
        return self._derived_columns.columns

    def get_long_lists(self) -> list[list[Any]]:
        """Return its longest lists: each takes milliseconds to free."""
        return [
            *self._derived_columns.columns.get_value_lists(),
            *self._orders.get_lists(),
        ]

    @property
    def has_pinyin(self) -> bool:
        """Whether the pinyin of all projects is known."""
        return self._derived_columns.has_pinyin

    def prepare_pinyin(self) -> None:
        """Compute the pinyin of all projects; may run in a thread of its own."""
        self._derived_columns.compute_pinyin()
        self._derived_columns.get_sort_texts("name_zh")
        if is_sorted_by_pinyin():
            self._derived_columns.get_sort_texts(BY_PINYIN)

    def find_keys(self, query: Query, *, wait: bool = True) -> Sequence[str]:
        """Return the keys of the projects that match, in the order of the query.

        Args:
            query: The query.
            wait: Whether to compute the pinyin if it is not known; otherwise what only
                pinyin would find is missing.
        """
        self._derived_columns.is_hurried = not wait
        return self.list_keys(self._evaluator.compute_mask(query.node), query.sort)

    def parse(self, text: str, *, today: date) -> Query:
        """Parse a query, with all of its problems.

        Unlike `parser.parse` it knows the stages and adds the problems of `find_hints`.
        """
        stages, currency = self.dataset.stages, self.dataset.currency
        query = parse(
            text,
            today=today,
            stages=stages,
            currency=currency,
            find_own_fields=self.find_own_fields,
        )
        problems = sorted(
            (*query.problems, *self.find_hints(query)),
            key=lambda problem: problem.column,
        )
        return replace(query, problems=tuple(problems))

    def find_own_fields(self) -> OwnFields:
        """Return the fields of the user's own; found on first use, from all projects."""
        return self._derived_columns.own.fields

    @property
    def known_own_fields(self) -> OwnFields | None:
        """The fields of the user's own, if they were found already; it takes no time."""
        return self._derived_columns.own.find_known()

    def find_field(self, name: str) -> Field | None:
        """Return a field of a parsed query; None for one that is gone."""
        if is_of_schema(name):
            return FIELDS.get(name)
        own = self._derived_columns.own.get(name)
        return own.field if own else None

    def has_groups(self, name: str) -> bool:
        """Return whether a list can be grouped by a field, and its values be listed."""
        if name in FACET_GETTERS or is_of_schema(name) or name in KEYWORDS:
            return name in FACET_GETTERS
        own = self._derived_columns.own.get(name)
        return own is not None and own.has_groups

    def list_ordered_values(self, name: str) -> list[str]:
        """Return the values of a field in the order of the dataset; none if it has none."""
        return self._derived_columns.list_ordered_values(name)

    def find_hints(self, query: Query) -> tuple[QueryProblem, ...]:
        """Return the problems that depend on the data: unknown values, ambiguity, gaps."""
        if query.is_empty:
            return ()
        from hunnan_tui.query.engine.hints import find_hints

        return tuple(find_hints(query, self._derived_columns, self._evaluator))

    def find_matches(
        self, query: Query, key: str, *, names: bool = False
    ) -> list[Match]:
        """Return the texts of a project that a query matches.

        Args:
            query: The query.
            key: The project.
            names: Whether to return matches in its names only; otherwise they are first.
        """
        if query.is_empty:
            return []
        from hunnan_tui.query.engine.matches import find_matches, find_name_matches

        find = find_name_matches if names else find_matches
        return find(query.node, self.dataset, self.dataset.projects[key])

    def count_keys(
        self, keys: Iterable[str], facets: tuple[str, ...] = FACETS
    ) -> FacetCounts:
        """Count projects in total, and under the values of some facets."""
        wanted_keys = set(keys)
        flags = (key in wanted_keys for key in self._derived_columns.columns.keys)
        return self.count_mask(bitmask.from_flags(flags), facets)

    def get_labels(self, facet: str) -> Mapping[str, tuple[str, ...]]:
        """Return the values of a facet with the names of each."""
        return self._derived_columns.get_vocabulary(facet).labels

    @property
    def everything(self) -> int:
        """The mask of all projects."""
        return self._derived_columns.everything

    def compute_mask(self, query: Query, *, wait: bool = True) -> int:
        """Return the mask of the projects that match; `wait` as in `find_keys`."""
        self._derived_columns.is_hurried = not wait
        return self._evaluator.compute_mask(query.node)

    def compute_mask_in_steps(self, query: Query) -> Iterator[None]:
        """Compute the result of `compute_mask` in steps; it then returns at once."""
        self._derived_columns.is_hurried = True
        yield from self._evaluator.compute_mask_in_steps(query.node)

    @cached_property
    def first_hits(self) -> FirstHits:
        """Finds the first hits of a query, before all are found."""
        from hunnan_tui.query.engine.first_hits import FirstHits

        return FirstHits(self._derived_columns, self._evaluator, self._orders)

    def select_values(self, facet: str, values: Iterable[str]) -> int:
        """Return the mask of the projects with any of some values; "" means none."""
        vocabulary = self._derived_columns.get_vocabulary(facet)
        hits = 0
        for value in values:
            hits |= vocabulary.get_mask(value) if value else vocabulary.without
        return hits

    def list_keys(
        self, mask: int, sort: tuple[SortKey, ...] = (), group: str = ""
    ) -> Sequence[str]:
        """Return the keys of the projects in a mask, sorted and grouped.

        Unless an order is asked for, parts stand under their wholes.
        """
        places = self.place_parts(mask, sort, group)
        if group:
            sort = (make_group_key(group, sort), *(sort or BY_INVESTMENT))
        keys = self._orders.sort_keys(mask, sort)
        return put_under_wholes(keys, places) if places else keys

    def place_parts(
        self, mask: int, sort: tuple[SortKey, ...] = (), group: str = ""
    ) -> Mapping[str, tuple[str, int]]:
        """Return what each part stands under in the result of `list_keys`, and how deep."""
        tree = () if sort else self._derived_columns.get_parts()
        if not tree:
            return {}
        flags = bitmask.to_flags(mask, self._derived_columns.count)
        groups = self._derived_columns.get_first_values(group).column if group else None

        def get_group(position: int) -> tuple[str, ...] | None:
            if not flags[position]:
                return None
            return groups[position] if groups else ()

        keys = self.columns.keys
        places = place_parts(tree, get_group)
        return {
            keys[part]: (keys[above], depth) for part, (above, depth) in places.items()
        }

    def make_groups(
        self, mask: int, group: str, sort: tuple[SortKey, ...] = ()
    ) -> list[Group]:
        """Return the groups of the result of `list_keys`."""
        return make_groups(self._derived_columns, mask, make_group_key(group, sort))

    def iterate_tags(self, keys: Iterable[str]) -> Iterator[tuple[str, ...]]:
        """Yield the tags of projects, as they are spelled."""
        columns = self.columns
        columns.build({"spellings": BASE_COLUMNS["spellings"]})
        spellings = columns.get("spellings")
        for key in keys:
            position = columns.find_index(key)
            if position is not None:
                yield spellings[position]

    def find_parts(self, key: str) -> list[str]:
        """Return the keys of the projects that are part of one, in the order of the file."""
        if not self._derived_columns.get_parts():
            return []
        positions = self._derived_columns.get_vocabulary(PART_OF).get_positions(key)
        keys = self.columns.keys
        return [keys[position] for position in positions if keys[position] != key]

    def make_not_added_mask(self, mask: int) -> int:
        """Return the parts in a mask whose amounts its sum leaves out, as a mask."""
        parts = find_not_added(self._derived_columns, mask)
        return bitmask.from_positions(parts, self._derived_columns.count)

    def sum_fields(
        self, mask: int, names: Iterable[str], group: str = ""
    ) -> dict[str, list[FieldSum]]:
        """Return the result of `field_sums.sum_fields`."""
        from hunnan_tui.query.engine.field_sums import (
            sum_fields,  # few lists show such fields
        )

        return sum_fields(self._derived_columns, mask, names, group)

    def can_sort(self, sort: tuple[SortKey, ...]) -> bool:
        """Return whether an order needs no pinyin that is still unknown."""
        return all(self._derived_columns.has_sort_texts(key.field) for key in sort)

    def count_mask(self, mask: int, facets: tuple[str, ...]) -> FacetCounts:
        """Count the projects of a mask in total, and under the values of some facets."""
        known = self._counts.get((mask, facets))
        if known is None:
            while len(self._counts) >= _MAX_COUNTS:
                del self._counts[next(iter(self._counts))]
            known = count(self._derived_columns, mask, facets)
            self._counts[mask, facets] = known
        return known

    @property
    def filled_fields(self) -> frozenset[str]:
        """Which of the fields in `core.filled_fields` some project states."""
        if self._filled is None:
            projects = self.dataset.projects
            if isinstance(projects, dict):
                self._filled = find_filled_fields(projects.values(), ALL)
            else:  # each of them would have to be parsed
                self._filled = frozenset(filter(self._is_filled, ALL))
        return self._filled

    def _is_filled(self, field: str) -> bool:
        """Return whether counts of all projects show a value, or do not count it."""
        if field == "invest":
            return self.count_mask(self.everything, ()).all.stated is not None
        for (mask, facets), known in self._counts.items():
            if mask == self.everything and field in facets:
                return any(known.facets[field])
        if field in FACETS:
            vocabulary = self._derived_columns.get_vocabulary(field)
            return vocabulary.without != self.everything
        return True

    def iterate_lines(self, field: str) -> Iterator[str]:
        """Yield the folded texts of a field for each project, one a line.

        They come in the order of the file and are not cached.
        """
        return self._derived_columns.iterate_lines(field)

    @property
    def lineage(self) -> object:
        """One object for all indexes that `update` derived from each other."""
        return self._derived_columns.columns.lineage

    def prepare(self) -> None:
        """Compute all base columns; may take long."""
        self._derived_columns.prepare()

    def make_overview(self, facets: tuple[str, ...]) -> Overview:
        """Return what the first screen shows."""
        counts = self.count_mask(self.everything, facets)
        positions, parts = (
            self._orders.get_positions(),
            self._derived_columns.get_parts(),
        )
        return Overview(positions, counts, self.count_spellings(), parts)

    def prime(self, overview: Overview) -> None:
        """Set the results that an overview of the same projects contains."""
        self._orders.prime(overview.positions)
        self._derived_columns.prime(overview.spellings, overview.parts)
        counts = overview.counts
        self._counts[self.everything, tuple(counts.facets)] = counts
        self._counts[self.everything, ()] = FacetCounts(counts.all, {})

    def unpack(self) -> None:
        """Unpack all columns; may run in a thread of its own."""
        for name in CACHED_COLUMNS:
            pause()
            self._derived_columns.columns.get(name)
        self._derived_columns.compute_parts()
        count(self._derived_columns, self.everything)

    def count_spellings(self) -> Counter[str]:
        """Return the number of projects for each spelling of a tag."""
        return self._derived_columns.count_spellings()
