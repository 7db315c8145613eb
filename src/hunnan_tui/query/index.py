"""The projects of a dataset, ready to be searched, sorted and counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from hunnan_tui.model import Dataset
from hunnan_tui.query import masks
from hunnan_tui.query.columns import Columns
from hunnan_tui.query.counts import FacetCounts, count
from hunnan_tui.query.evaluate import Evaluator
from hunnan_tui.query.hints import hints
from hunnan_tui.query.order import Orders
from hunnan_tui.query.parser import parse
from hunnan_tui.query.syntax import Query, QueryProblem
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

    @property
    def has_pinyin(self) -> bool:
        """Return whether `prepare_pinyin` has run."""
        return self._tables.has_pinyin

    def prepare_pinyin(self) -> None:
        """Find out how all Chinese names sound; may run in a thread of its own."""
        self._tables.work_out_pinyin()

    def keys(self, query: Query, *, wait: bool = True) -> list[str]:
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
        query = parse(text, today=today, stages=self.dataset.stages)
        problems = sorted(
            (*query.problems, *self.hints(query)), key=lambda each: each.column
        )
        return replace(query, problems=tuple(problems))

    def hints(self, query: Query) -> tuple[QueryProblem, ...]:
        """Return what only the data can say: unknown values, gaps, second meanings.

        An error among them means that the query can find nothing.
        """
        return tuple(hints(query, self._tables, self._evaluator))

    def counts(self, keys: Iterable[str]) -> FacetCounts:
        """Count projects under each industry, stage, district, tag and source."""
        wanted = set(keys)
        flags = (key in wanted for key in self._tables.columns.keys)
        return count(self._tables, masks.from_flags(flags))
