"""Derived columns: what predicates, sort orders and counts are computed from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from hunnan_tui.core.fields import Kind
from hunnan_tui.core.names import is_sorted_by_pinyin
from hunnan_tui.core.parts import FIELD as PART_OF
from hunnan_tui.core.parts import Tree, arrange_parts
from hunnan_tui.query.engine import texts
from hunnan_tui.query.engine.base_columns import BASE_COLUMNS, PINYIN
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import iterate_in_steps
from hunnan_tui.query.engine.dated import (
    Days,
    find_days,
    find_latest_note,
    find_latest_update,
    parse_days,
)
from hunnan_tui.query.engine.news import News
from hunnan_tui.query.engine.own_columns import OwnColumns
from hunnan_tui.query.engine.sums import Sums
from hunnan_tui.query.engine.vocabulary import Vocabulary
from hunnan_tui.query.language.fields import FIELDS, get_kind, is_of_schema

if TYPE_CHECKING:
    from decimal import Decimal

_DERIVED_KINDS = (Kind.TEXT, Kind.DATE)
"""Kinds of fields that have a derived column of their own."""


class DerivedColumns:
    """The columns of a dataset by field, each computed on first use."""

    def __init__(
        self, columns: Columns, previous: DerivedColumns | None = None
    ) -> None:
        """Take the columns, and what may be reused from their previous version."""
        self.columns = columns
        self.dataset = columns.dataset
        self.count = len(columns)
        self.everything = (1 << self.count) - 1
        self.is_hurried = False
        """Whether work that takes seconds is skipped."""
        self.is_incomplete = False
        """Whether any work was skipped since this was last set to False."""
        self.find_news: Callable[[], News] = previous.find_news if previous else News
        """Returns what others have changed."""
        last = previous.own if previous else None
        self.own: OwnColumns = OwnColumns(columns, get_base, last)
        self._sums = previous.last_sums if previous else None
        self._parts = previous.last_parts if previous else None
        self._spellings: Counter[str] | None = None
        self._primed_parts: Tree[int] | None = None
        self._vocabularies: dict[Hashable, Vocabulary] = {}
        # an edit changes few of them
        self._previous: dict[Hashable, Vocabulary] = (
            previous.get_vocabularies() if previous else {}
        )

    @property
    def has_pinyin(self) -> bool:
        """Whether the pinyin of all projects is known."""
        return self.columns.has(PINYIN)

    @property
    def last_sums(self) -> Sums | None:
        """The last result of `get_sums`, for the next version."""
        return self._sums

    @property
    def last_parts(self) -> PartTree | None:
        """The last tree of `compute_parts`, for the next version."""
        return self._parts

    def get_vocabularies(self) -> dict[Hashable, Vocabulary]:
        """Return the vocabularies so far, for the next version."""
        return {**self._previous, **self._vocabularies}

    def get_kind(self, field: str) -> Kind:
        """Return the kind of a field of a parsed query."""
        return get_kind(field) if is_of_schema(field) else self.own.get_kind(field)

    def get_noun(self, field: str) -> str:
        """Return what a project without a field lacks."""
        if is_of_schema(field):
            return FIELDS[field].noun or field
        own = self.own.get(field)
        return own.field.noun if own else field

    def list_ordered_values(self, field: str) -> list[str]:
        """Return the values of a field in the order that the dataset gives them.

        Empty for a field whose values it gives no order.
        """
        if field == "industry":
            return list(self.dataset.industries)
        if field == "stage":
            return list(self.dataset.stages)
        own = None if is_of_schema(field) else self.own.get(field)
        return list(own.choices) if own else []

    def get_vocabulary(self, field: str) -> Vocabulary:
        """Return the values of a field with the projects of each."""
        if not is_of_schema(field):
            return self._build_vocabulary(field, field, self.own.get_values(field))
        return self._build_vocabulary(field, field, self._get_base(("values", field)))

    def get_first_values(self, field: str) -> Vocabulary:
        """Return the vocabulary of the first value of each project in a field."""
        if is_of_schema(field):
            self._get_base(("values", field))
            source: Hashable = ("values", field)
        else:
            source = self.own.derive_values(field)
        column = self.columns.derive(
            ("first", source), (source,), lambda values: values[:1]
        )
        return self._build_vocabulary(("first", field), field, column)

    def _build_vocabulary(
        self, name: Hashable, field: str, column: list[tuple[str, ...]]
    ) -> Vocabulary:
        vocabulary = self._vocabularies.get(name)
        if vocabulary is None:
            order = self.list_ordered_values(field)
            vocabulary = Vocabulary(self.dataset, field, column, order)
            previous = self._previous.get(name)
            if (
                previous is not None
                and previous.column is vocabulary.column
                and previous.order == vocabulary.order
            ):
                if field == PART_OF:  # its labels are names, which may have changed
                    vocabulary.share_positions(previous)
                else:
                    vocabulary = previous
            self._vocabularies[name] = vocabulary
        return vocabulary

    def prepare(self) -> None:
        """Compute all base columns in one pass."""
        self.columns.build(BASE_COLUMNS)

    def _get_base(self, name: Hashable) -> list[Any]:
        """Return a base column."""
        return get_base(self.columns, name)

    def get_haystacks(self) -> list[bytes]:
        """Return the folded text of each project, in UTF-8."""
        return self._get_base("haystack")

    def get_texts(self, field: str) -> list[str]:
        """Return the folded texts of a field, each between line breaks."""
        if not is_of_schema(field):
            return self.own.get_folded(field)
        return self.columns.derive(*self._find_derivation(field))

    def prepare_field(self, field: str) -> Iterator[None]:
        """Compute the column of a field, in steps of some milliseconds."""
        if not is_of_schema(field):
            yield from self.own.prepare(field)
        elif get_kind(field) in _DERIVED_KINDS:
            yield from self.columns.derive_steps(*self._find_derivation(field))

    def is_ready(self, field: str) -> bool:
        """Return whether `prepare_field` has nothing to do."""
        if not is_of_schema(field):
            return self.own.is_ready(field)
        return get_kind(field) not in _DERIVED_KINDS or self.columns.has(
            _make_column_name(field)
        )

    def _find_derivation(
        self, field: str
    ) -> tuple[Hashable, tuple[Hashable, ...], Callable[..., Any]]:
        """Return name, sources and function of the column of a text or date field."""
        name = _make_column_name(field)
        if get_kind(field) is Kind.DATE:
            stored = ("value", field)
            if stored in BASE_COLUMNS:
                self._get_base(stored)
                return name, (stored,), parse_days
            self._get_base("dates")
            return name, ("dates",), partial(find_days, field)
        if field == "need":
            self._get_base("needs")
            return name, ("needs",), texts.wrap_lines
        self.get_haystacks()
        return name, ("haystack",), partial(texts.extract_lines, field)

    def iterate_lines(self, field: str) -> Iterator[str]:
        """Yield the folded texts of a field for each project, one a line; nothing is cached."""
        return map(partial(texts.extract_field, field), self.get_haystacks())

    def get_pinyin(self) -> list[str] | None:
        """Return the pinyin of each project; None if it is unknown and `is_hurried`.

        The first call takes some seconds for 100,000 projects.
        """
        if self.is_hurried and not self.has_pinyin:
            self.is_incomplete = True
            return None
        return self.compute_pinyin()

    def compute_pinyin(self) -> list[str]:
        """Return the pinyin of each project, computing it if needed."""
        self.get_haystacks()
        return self.columns.derive(
            PINYIN, ("haystack",), partial(texts.extract_pinyin, "")
        )

    def get_days(self, field: str) -> list[tuple[Days, ...]]:
        """Return the days of each project in a date field."""
        if not is_of_schema(field):
            return self.own.get_days(field)
        return self.columns.derive(*self._find_derivation(field))

    def get_latest_updates(self) -> list[Days | None]:
        """Return the days of the latest update of each project."""
        self._get_base("dates")
        return self.columns.derive("latest", ("dates",), find_latest_update)

    def get_latest_notes(self) -> list[timedelta | None]:
        """Return the time of the latest note of each project."""
        self._get_base("dates")
        return self.columns.derive("latest-note", ("dates",), find_latest_note)

    def get_numbers(self, field: str) -> list[int | Decimal | None]:
        """Return the values of a numeric field."""
        if not is_of_schema(field):
            return self.own.get_numbers(field)
        return self._get_base(("value", field))

    def get_amounts(self, *, dollars: bool = False) -> list[int | None]:
        """Return the investment of each project, in the currency of the dataset or dollars."""
        return self._get_base(("value", "investment_usd" if dollars else "invest"))

    def get_sums(self) -> Sums:
        """Return the sums of the investments."""
        amounts = self.get_amounts()
        if self._sums is None or self._sums.amounts is not amounts:
            self._sums = Sums(amounts)
        return self._sums

    def get_parts(self) -> Tree[int]:
        """Return the indexes of the projects that are parts, and of their wholes."""
        if self._parts is None and self._primed_parts is not None:
            return self._primed_parts
        return self.compute_parts()

    def compute_parts(self) -> Tree[int]:
        """Return the result of `get_parts`, from the column and not from a cache."""
        column = self._get_base(("values", PART_OF))
        if self._parts is None or not self._parts.is_of(column, self.columns):
            self._parts = PartTree(column, self.columns)
        return self._parts.tree

    def has_sort_texts(self, field: str) -> bool:
        """Return whether `get_sort_texts` needs no pinyin."""
        if field == "name":
            if not is_sorted_by_pinyin():
                return True
            field = texts.BY_PINYIN
        needs_pinyin = field in texts.MAKE_SORT_KEY
        return not needs_pinyin or self.columns.has(("sorts", field))

    def get_open_need_flags(self) -> list[bool]:
        """Return whether each project has an open need."""
        return self._get_base("needy")

    def get_sort_texts(self, field: str) -> list[str]:
        """Return the sort keys of a text field."""
        if field not in texts.MAKE_SORT_KEY:
            return self.get_texts(field)
        self.get_haystacks()
        make_key = texts.MAKE_SORT_KEY[field]
        return self.columns.derive(("sorts", field), ("haystack",), make_key)

    def count_spellings(self) -> Counter[str]:
        """Return the number of projects for each spelling of a tag."""
        if self._spellings is None:
            column = iterate_in_steps(self._get_base("spellings"))
            self._spellings = Counter(chain.from_iterable(column))
        return self._spellings

    def prime(self, spellings: Mapping[str, int], parts: Tree[int]) -> None:
        """Set the results of `count_spellings` and of `get_parts`."""
        self._spellings = Counter(spellings)
        self._primed_parts = parts


class PartTree:
    """The projects that are parts, and their wholes, by their indexes."""

    def __init__(self, column: list[tuple[str, ...]], columns: Columns) -> None:
        """Take the ids of the wholes, and the columns that know all keys."""
        self._column = column
        self._count = len(columns)
        links = {
            index: values[0]
            for index, values in enumerate(iterate_in_steps(column))
            if values
        }
        linked_keys = set(links.values())
        positions = (
            {
                key: index
                for index, key in enumerate(iterate_in_steps(columns.keys))
                if key in linked_keys
            }
            if linked_keys
            else {}
        )
        self.tree = arrange_parts(
            {
                index: positions[whole]
                for index, whole in links.items()
                if whole in positions
            }
        )

    def is_of(self, column: list[tuple[str, ...]], columns: Columns) -> bool:
        """Return whether it is that of a column; projects are only ever appended."""
        return self._column is column and self._count == len(columns)


def _make_column_name(field: str) -> Hashable:
    return ("days" if get_kind(field) is Kind.DATE else "text", field)


def get_base(columns: Columns, name: Hashable) -> list[Any]:
    """Return a base column, built on first use."""
    if not columns.has(name):
        if isinstance(columns.dataset.projects, dict):
            columns.build({name: BASE_COLUMNS[name]})
        else:
            columns.build(BASE_COLUMNS)  # projects are parsed from the file: do it once
    return columns.get(name)
