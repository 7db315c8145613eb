"""The order in which projects are listed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import is_, itemgetter
from typing import Any

from hunnan_tui.core.fields import NUMERIC, Kind
from hunnan_tui.query.engine import bitmask, groups
from hunnan_tui.query.engine.cooperative import in_steps, long_list, rest
from hunnan_tui.query.engine.derived_columns import Tables
from hunnan_tui.query.engine.texts import ANYWHERE
from hunnan_tui.query.language.ast import SortKey
from hunnan_tui.query.language.facets import FACET_GETTERS
from hunnan_tui.query.language.fields import GROUP_OF, kind_of

BY_INVESTMENT = (SortKey("invest", descending=True),)
"""How projects are listed when nothing else is asked for."""

_VERY_MANY = 200_000
"""Places from which on they are sorted in parts."""
_PARTS = 1_000
"""How many they are; of a million, one is sorted in a millisecond."""


class Orders:
    """The orders that were asked for: each is made once and kept."""

    def __init__(self, tables: Tables, old: Orders | None = None) -> None:
        """Take the columns, and the orders of before, as far as they are still right."""
        self._tables = tables
        self._orders: dict[tuple[SortKey, ...], Sequence[int]] = {}
        self._keys: dict[tuple[SortKey, ...], list[str]] = {}
        self._sources: dict[tuple[SortKey, ...], list[list[Any]]] = {}
        self._pickers: dict[tuple[SortKey, ...], itemgetter[Any]] = {}
        if old is not None:
            old.hand_over(self)

    def sorted(self, mask: int, sort: tuple[SortKey, ...]) -> Sequence[str]:
        """Return the keys of the projects in a mask, in an order."""
        sort = sort or BY_INVESTMENT
        order = self._order(sort)
        if mask == self._tables.everything:
            return self._keys[sort]
        flags = bitmask.to_flags(mask, len(order))
        if len(order) < 2:  # `itemgetter` gives no tuple for one place
            return list(compress(self._keys[sort], flags))
        if sort not in self._pickers:
            self._pickers[sort] = itemgetter(*order)
        return list(compress(self._keys[sort], self._pickers[sort](flags)))

    def places(self, sort: tuple[SortKey, ...] = ()) -> Sequence[int]:
        """Return the places of all projects, in an order."""
        return self._order(sort or BY_INVESTMENT)

    def within(self, mask: int, sort: tuple[SortKey, ...]) -> Iterator[int]:
        """Return the places of the projects in a mask, in an order, one by one."""
        order = self.places(sort)
        if mask == self._tables.everything:
            return iter(order)
        flags = bitmask.to_flags(mask, len(order))
        return compress(order, map(flags.__getitem__, order))

    def prime(self, places: Sequence[int]) -> None:
        """Take the places of all projects in the order `BY_INVESTMENT`."""
        keys = self._tables.columns.keys
        self._orders[BY_INVESTMENT] = places
        in_order = map(keys.__getitem__, places)
        self._keys[BY_INVESTMENT] = long_list(in_order, len(places))

    def lists(self) -> list[list[str]]:
        """Return the keys in each order that was made."""
        return list(self._keys.values())

    def hand_over(self, new: Orders) -> None:
        """Give the orders to new ones for which they are still right."""
        for sort, order in list(self._orders.items()):
            sources = self._sources.get(sort) or self._made_from(sort)
            new.take(sort, sources, order, self._keys[sort])

    def take(
        self,
        sort: tuple[SortKey, ...],
        sources: list[list[Any]],
        order: Sequence[int],
        keys: list[str],
    ) -> None:
        """Take an order if the columns that it was made from are still the same."""
        fresh = self._made_from(sort)
        if all(map(is_, sources, fresh)):
            self._orders[sort], self._keys[sort] = order, keys
            self._sources[sort] = fresh

    def _order(self, sort: tuple[SortKey, ...]) -> Sequence[int]:
        order = self._orders.get(sort)
        if order is None:
            places: Sequence[int] = range(self._tables.count)
            for key in reversed(sort):  # sorting is stable: the first key comes last
                places = self._by(key, places)
            # a list of very many numbers is four times as large
            order = places if isinstance(places, array) else array("L", places)
            self._orders[sort] = order
            keys = self._tables.columns.keys
            self._keys[sort] = long_list(map(keys.__getitem__, order), len(order))
            self._sources[sort] = self._made_from(sort)
        return order

    def _made_from(self, sort: tuple[SortKey, ...]) -> list[list[Any]]:
        return [_source(self._tables, key.field) for key in sort]

    def _by(self, key: SortKey, order: Sequence[int]) -> Sequence[int]:
        """Return places sorted by one field; those without a value stay last."""
        values = sort_values(self._tables, key.field)
        if len(order) >= _VERY_MANY:
            return _sorted_in_parts(order, values, descending=key.descending)
        stated = [place for place in order if values[place] is not None]
        stated.sort(key=values.__getitem__, reverse=key.descending)
        return stated + [place for place in order if values[place] is None]


def _sorted_in_parts(
    order: Sequence[int], values: Sequence[Any], *, descending: bool
) -> array[int]:
    """Return places by their values, equal ones as they come, those without one last.

    Nothing else can go on while a list is sorted, or a long one made: no part is long.
    """
    some = {values[place] for place in order[:: len(order) // _PARTS]}
    borders = sorted(some - {None})
    parts = [array("L") for _ in range(len(borders) + 1)]
    without = array("L")
    for place in in_steps(order):
        value = values[place]
        part = without if value is None else parts[bisect_right(borders, value)]
        part.append(place)
    in_order = array("L")
    for part in reversed(parts) if descending else parts:
        rest()
        in_order.extend(sorted(part, key=values.__getitem__, reverse=descending))
    return in_order + without


def _source(tables: Tables, field: str) -> list[Any]:
    """Return the column that an order by a field is made from."""
    if field.startswith(GROUP_OF):
        return tables.first_values(field.removeprefix(GROUP_OF)).column
    kind = kind_of(field)
    if kind is Kind.STAGE or field == "industry":
        return tables.vocabulary(field).column
    if kind is Kind.DATE and field != "noted":
        return tables.days(field)
    if _is_unworded(field):
        return tables.vocabulary(field).column
    return tables.latest() if kind is Kind.AGE else sort_values(tables, field)


def sort_values(tables: Tables, field: str) -> list[Any]:
    """Return what each project is sorted by in a field; None where it states nothing."""
    if field.startswith(GROUP_OF):
        return _group_ranks(tables, field.removeprefix(GROUP_OF))
    kind = kind_of(field)
    if kind in NUMERIC:
        return tables.numbers(field)
    if kind is Kind.STAGE:
        ranks = {stage: rank for rank, stage in enumerate(tables.dataset.stages)}
        stages = tables.vocabulary(field).column
        return [ranks.get(each[0], len(ranks)) if each else None for each in stages]
    if kind is Kind.AGE:
        return [-days[1] if days else None for days in tables.latest()]
    if field == "noted":
        return tables.latest_notes()
    if kind is Kind.DATE:
        return [max(days) if days else None for days in tables.days(field)]
    if field == "industry":
        return _ranked(tables)
    if _is_unworded(field):
        return [values or None for values in tables.vocabulary(field).column]
    return [text or None for text in tables.sort_texts(field)]


def _is_unworded(field: str) -> bool:
    """Return whether a choice is no part of the text in which words are searched."""
    return field in FACET_GETTERS and field not in ANYWHERE


def _group_ranks(tables: Tables, field: str) -> list[Any]:
    ranks = groups.ranks(tables, field)
    column = tables.first_values(field).column
    return [ranks[each[0]] if each else None for each in column]


def _ranked(tables: Tables) -> list[Any]:
    ranks = {each: rank for rank, each in enumerate(tables.dataset.industries)}
    column = tables.vocabulary("industry").column
    return [ranks.get(each[0], len(ranks)) if each else None for each in column]
