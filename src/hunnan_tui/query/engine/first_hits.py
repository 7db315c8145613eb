"""The first hits of a query, to be shown before all of them are found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import perf_counter

from hunnan_tui.query.engine import bitmask
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.engine.evaluator import Evaluator, Predicate
from hunnan_tui.query.engine.sorting import Orders
from hunnan_tui.query.language.query import Query


class FirstHits:
    """Finds the first matches in an order, testing as few projects as possible."""

    def __init__(
        self, derived: DerivedColumns, evaluator: Evaluator, orders: Orders
    ) -> None:
        """Find in the columns and orders of an index."""
        self._derived, self._evaluator, self._orders = derived, evaluator, orders

    def is_fast(self, query: Query) -> bool:
        """Return whether all of this is fast, and in the order of `Index.find_keys`."""
        if not query.sort and self._derived.get_parts():
            return False  # where a part stands depends on all that is found
        is_sorted = all(self._derived.has_sort_texts(key.field) for key in query.sort)
        return is_sorted and self._evaluator.is_ready(query.node)

    def find_first(
        self, query: Query, within: int, count: int, seconds: float
    ) -> list[str]:
        """Return the first projects that match, in the order of the query.

        Args:
            query: The query.
            within: The mask of the projects to search.
            count: The most keys to return.
            seconds: The time limit, after which fewer are returned.
        """
        matches, within = self._make_predicate(query, within)
        positions = self._orders.filter_by_mask(within, query.sort)
        return self._collect(positions, matches, count, seconds)

    def find_around(
        self,
        query: Query,
        within: int,
        key: str,
        line: int,
        count: int,
        seconds: float,
    ) -> tuple[list[str], list[str]]:
        """Return the matches before a project, and those from it on.

        Both are in the order of the query; the project itself need not match.

        Args:
            query: The query.
            within: The mask of the projects to search.
            key: The project; it must be one of the dataset.
            line: The number of matches before it; more if too few follow.
            count: The number of matches in total.
            seconds: The time limit, after which fewer are returned.
        """
        matches, within = self._make_predicate(query, within)
        order = self._orders.get_positions(query.sort)
        flags = bitmask.to_flags(within, len(order))
        start = order.index(self._derived.columns.find_index(key))

        def iterate_positions(ranks: range) -> Iterator[int]:
            return filter(flags.__getitem__, map(order.__getitem__, ranks))

        upwards = iterate_positions(range(start - 1, -1, -1))
        downwards = iterate_positions(range(start, len(order)))
        above = self._collect(upwards, matches, line, seconds / 3)
        below = self._collect(downwards, matches, count - len(above), seconds / 3)
        pause = count - len(above) - len(below)
        above += self._collect(upwards, matches, pause, seconds / 3)
        return above[::-1], below

    def has(self, query: Query, within: int, key: str) -> bool:
        """Return whether a project is in a mask and matches, testing no other."""
        position = self._derived.columns.find_index(key)
        if position is None or not within >> position & 1:
            return False
        return bool(self._evaluator.make_predicate(query.node)(position))

    def _make_predicate(self, query: Query, within: int) -> tuple[Predicate, int]:
        """Return a predicate for a query, and the mask of the candidates."""
        self._derived.is_hurried = True
        matches = self._evaluator.make_predicate(query.node)
        return matches, within & self._evaluator.find_candidates(query.node)

    def _collect(
        self, positions: Iterable[int], matches: Predicate, count: int, seconds: float
    ) -> list[str]:
        """Return the keys of the first matches, until there are enough or time is up."""
        if count <= 0:
            return []
        deadline = perf_counter() + seconds
        keys, hits = self._derived.columns.keys, list[str]()
        for number, position in enumerate(positions, 1):
            if matches(position):
                hits.append(keys[position])
            if len(hits) >= count or (not number % 64 and perf_counter() > deadline):
                break
        return hits
