"""The projects of a dataset, ready to be searched, sorted and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from hunnan_tui.model import Dataset
from hunnan_tui.query import masks
from hunnan_tui.query.columns import Columns
from hunnan_tui.query.counts import FacetCounts, count
from hunnan_tui.query.evaluate import Evaluator
from hunnan_tui.query.order import Orders
from hunnan_tui.query.syntax import Query
from hunnan_tui.query.tables import Tables


class Index:
    """What is found in one dataset, at any size as fast as one types.

    Nothing is made before it is first asked for. One thread at a time may use an index.
    """

    def __init__(self, dataset: Dataset, columns: Columns | None = None) -> None:
        self.dataset = dataset
        self._tables = Tables(columns or Columns(dataset))
        self._evaluator = Evaluator(self._tables)
        self._orders = Orders(self._tables)

    def updated(self, dataset: Dataset, changed: Collection[str]) -> Index:
        """Return the index of a dataset in which some projects have changed."""
        return Index(dataset, self._tables.columns.updated(dataset, changed))

    def keys(self, query: Query) -> list[str]:
        """Return the keys of the projects that match, in the order of the query."""
        return self._orders.sorted(self._evaluator.mask(query.node), query.sort)

    def counts(self, keys: Iterable[str]) -> FacetCounts:
        """Count projects under each industry, stage, district, tag and source."""
        wanted = set(keys)
        flags = (key in wanted for key in self._tables.columns.keys)
        return count(self._tables, masks.from_flags(flags))
