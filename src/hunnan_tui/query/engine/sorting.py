"""Sort orders of the projects."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import is_, itemgetter
from typing import Any

from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.core.names import is_sorted_by_pinyin
from hunnan_tui.query.engine import bitmask, groups
from hunnan_tui.query.engine.cooperative import build_list, iterate_in_steps, pause
from hunnan_tui.query.engine.derived_columns import DerivedColumns
from hunnan_tui.query.engine.texts import BY_PINYIN, WORD_FIELDS
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import GROUP_OF, is_of_schema

BY_INVESTMENT = (SortKey("invest", descending=True),)
"""The default order of a list."""

_BUCKET_SORT_MIN = 200_000
"""Number of projects from which they are sorted in buckets."""
_BUCKETS = 1_000
"""Number of buckets; one of a million projects is sorted in a millisecond."""


class Orders:
    """The sort orders of a dataset, each computed once."""

    def __init__(self, derived: DerivedColumns, previous: Orders | None = None) -> None:
        """Take the columns, and reuse those previous orders that are still valid."""
        self._derived_columns = derived
        self._orders: dict[tuple[SortKey, ...], Sequence[int]] = {}
        self._keys: dict[tuple[SortKey, ...], list[str]] = {}
        self._sources: dict[tuple[SortKey, ...], list[list[Any]]] = {}
        self._pickers: dict[tuple[SortKey, ...], itemgetter[Any]] = {}
        if previous is not None:
            previous.copy_to(self)

    def sort_keys(self, mask: int, sort: tuple[SortKey, ...]) -> Sequence[str]:
        """Return the keys of the projects in a mask, sorted."""
        sort = _follow_names(sort or BY_INVESTMENT)
        order = self._get_order(sort)
        if mask == self._derived_columns.everything:
            return self._keys[sort]
        flags = bitmask.to_flags(mask, len(order))
        if len(order) < 2:  # `itemgetter` returns no tuple for one index
            return list(compress(self._keys[sort], flags))
        if sort not in self._pickers:
            self._pickers[sort] = itemgetter(*order)
        return list(compress(self._keys[sort], self._pickers[sort](flags)))

    def get_positions(self, sort: tuple[SortKey, ...] = ()) -> Sequence[int]:
        """Return the indexes of all projects, sorted."""
        return self._get_order(_follow_names(sort or BY_INVESTMENT))

    def filter_by_mask(self, mask: int, sort: tuple[SortKey, ...]) -> Iterator[int]:
        """Return the indexes of the projects in a mask one by one, sorted."""
        order = self.get_positions(sort)
        if mask == self._derived_columns.everything:
            return iter(order)
        flags = bitmask.to_flags(mask, len(order))
        return compress(order, map(flags.__getitem__, order))

    def prime(self, positions: Sequence[int]) -> None:
        """Set the order `BY_INVESTMENT` to the indexes of all projects."""
        keys = self._derived_columns.columns.keys
        self._orders[BY_INVESTMENT] = positions
        in_order = map(keys.__getitem__, positions)
        self._keys[BY_INVESTMENT] = build_list(in_order, len(positions))

    def get_lists(self) -> list[list[str]]:
        """Return the keys in each order that was computed."""
        return list(self._keys.values())

    def copy_to(self, new: Orders) -> None:
        """Copy the orders to a new object for which they are still valid."""
        for sort, order in list(self._orders.items()):
            sources = self._sources.get(sort) or self._list_source_columns(sort)
            new.adopt(sort, sources, order, self._keys[sort])

    def adopt(
        self,
        sort: tuple[SortKey, ...],
        sources: list[list[Any]],
        order: Sequence[int],
        keys: list[str],
    ) -> None:
        """Adopt an order if its source columns are still the same lists."""
        current = self._list_source_columns(sort)
        if all(map(is_, sources, current)):
            self._orders[sort], self._keys[sort] = order, keys
            self._sources[sort] = current

    def _get_order(self, sort: tuple[SortKey, ...]) -> Sequence[int]:
        order = self._orders.get(sort)
        if order is None:
            positions: Sequence[int] = range(self._derived_columns.count)
            for key in reversed(sort):  # sorting is stable: the first key comes last
                positions = self._sort_by(key, positions)
            # a list would take four times the memory
            order = positions if isinstance(positions, array) else array("L", positions)
            self._orders[sort] = order
            keys = self._derived_columns.columns.keys
            self._keys[sort] = build_list(map(keys.__getitem__, order), len(order))
            self._sources[sort] = self._list_source_columns(sort)
        return order

    def _list_source_columns(self, sort: tuple[SortKey, ...]) -> list[list[Any]]:
        return [_get_source_column(self._derived_columns, key.field) for key in sort]

    def _sort_by(self, key: SortKey, order: Sequence[int]) -> Sequence[int]:
        """Return indexes sorted by one field, those without a value last."""
        values = get_sort_values(self._derived_columns, key.field)
        if len(order) >= _BUCKET_SORT_MIN:
            return _sort_in_buckets(order, values, descending=key.descending)
        with_value = [position for position in order if values[position] is not None]
        with_value.sort(key=values.__getitem__, reverse=key.descending)
        return with_value + [position for position in order if values[position] is None]


def _follow_names(sort: tuple[SortKey, ...]) -> tuple[SortKey, ...]:
    """Return an order in which names stand as they are shown: by pinyin, if Chinese."""
    if not is_sorted_by_pinyin() or all(key.field != "name" for key in sort):
        return sort
    return tuple(
        SortKey(BY_PINYIN, key.descending) if key.field == "name" else key
        for key in sort
    )


def _sort_in_buckets(
    order: Sequence[int], values: Sequence[Any], *, descending: bool
) -> array[int]:
    """Return indexes sorted stably by their values, those without a value last.

    No other thread runs while a list is sorted, so it is sorted in small buckets.
    """
    some = {values[position] for position in order[:: len(order) // _BUCKETS]}
    borders = sorted(some - {None})
    buckets = [array("L") for _ in range(len(borders) + 1)]
    without_value = array("L")
    for position in iterate_in_steps(order):
        value = values[position]
        bucket = (
            without_value if value is None else buckets[bisect_right(borders, value)]
        )
        bucket.append(position)
    in_order = array("L")
    for bucket in reversed(buckets) if descending else buckets:
        pause()
        in_order.extend(sorted(bucket, key=values.__getitem__, reverse=descending))
    return in_order + without_value


def _get_source_column(derived: DerivedColumns, field: str) -> list[Any]:
    """Return the source column of an order by a field."""
    if field.startswith(GROUP_OF):
        return derived.get_first_values(field.removeprefix(GROUP_OF)).column
    if field == BY_PINYIN:
        return derived.get_sort_texts(field)
    kind = derived.get_kind(field)
    if not is_of_schema(field) and kind is Kind.TEXT:
        return derived.get_texts(field)
    if kind is Kind.STAGE or field == "industry":
        return derived.get_vocabulary(field).column
    if kind is Kind.DATE and field != "noted":
        return derived.get_days(field)
    if _is_plain_choice(derived, field):
        return derived.get_vocabulary(field).column
    return (
        derived.get_latest_updates()
        if kind is Kind.AGE
        else get_sort_values(derived, field)
    )


def get_sort_values(derived: DerivedColumns, field: str) -> list[Any]:
    """Return the sort keys of the projects in a field; None for those without a value."""
    if field.startswith(GROUP_OF):
        return _rank_groups(derived, field.removeprefix(GROUP_OF))
    if field == BY_PINYIN:
        return [text or None for text in derived.get_sort_texts(field)]
    kind = derived.get_kind(field)
    if kind in NUMERIC:
        return derived.get_numbers(field)
    if kind is Kind.STAGE:
        order = derived.list_ordered_values(field)
        ranks = {value: rank for rank, value in enumerate(order)}
        stages = derived.get_vocabulary(field).column
        return [
            ranks.get(values[0], len(ranks)) if values else None for values in stages
        ]
    if kind is Kind.AGE:
        return [-days[1] if days else None for days in derived.get_latest_updates()]
    if field == "noted":
        return derived.get_latest_notes()
    if kind is Kind.DATE:
        return [max(days) if days else None for days in derived.get_days(field)]
    if field == "industry":
        return _rank_industries(derived)
    if _is_plain_choice(derived, field):
        return [values or None for values in derived.get_vocabulary(field).column]
    return [text or None for text in derived.get_sort_texts(field)]


def _is_plain_choice(derived: DerivedColumns, field: str) -> bool:
    """Return whether a field is a choice that plain words are not searched in."""
    if not is_of_schema(field):
        return derived.get_kind(field) is Kind.CHOICE
    return field in FACET_GETTERS and field not in WORD_FIELDS


def _rank_groups(derived: DerivedColumns, field: str) -> list[Any]:
    ranks = groups.rank_values(derived, field)
    column = derived.get_first_values(field).column
    return [ranks[values[0]] if values else None for values in column]


def _rank_industries(derived: DerivedColumns) -> list[Any]:
    ranks = {values: rank for rank, values in enumerate(derived.dataset.industries)}
    column = derived.get_vocabulary("industry").column
    return [ranks.get(values[0], len(ranks)) if values else None for values in column]
