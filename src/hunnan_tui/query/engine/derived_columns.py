"""The columns that terms are compared with."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from itertools import chain
from typing import Any

from hunnan_tui.core.fields import Kind
from hunnan_tui.query.engine import texts
from hunnan_tui.query.engine.base_columns import SAID, STATED
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import in_steps
from hunnan_tui.query.engine.dated import (
    Days,
    days_of,
    days_of_text,
    latest_note,
    latest_word,
)
from hunnan_tui.query.engine.sums import Sums
from hunnan_tui.query.engine.vocabulary import Vocabulary
from hunnan_tui.query.language.fields import kind_of

_DERIVED = (Kind.TEXT, Kind.DATE)
"""Kinds of fields of which each has a column of its own, made when it is asked for."""


class Tables:
    """What the projects of a dataset say, by field."""

    def __init__(self, columns: Columns, old: Tables | None = None) -> None:
        """Take the columns, and what was made of those that are the same as before."""
        self.columns = columns
        self.dataset = columns.dataset
        self.count = len(columns)
        self.everything = (1 << self.count) - 1
        self.is_hurried = False
        """Whether what takes seconds is left out."""
        self.is_incomplete = False
        """Whether something was left out since this was last set to False."""
        self._sums = old.last_sums if old else None
        self._spellings: Counter[str] | None = None
        self._vocabularies: dict[Hashable, Vocabulary] = {}
        # an edit leaves most of them as they were
        self._before: dict[Hashable, Vocabulary] = old.vocabularies() if old else {}

    @property
    def has_pinyin(self) -> bool:
        """Return whether it is known how the Chinese sounds."""
        return self.columns.has(SAID)

    @property
    def last_sums(self) -> Sums | None:
        """What `sums` gave, for the next tables."""
        return self._sums

    def vocabularies(self) -> dict[Hashable, Vocabulary]:
        """Return those that were made, for the next tables."""
        return {**self._before, **self._vocabularies}

    def vocabulary(self, field: str) -> Vocabulary:
        """Return the values of a field and the projects of each."""
        return self._vocabulary(field, field, self._stated(("values", field)))

    def first_values(self, field: str) -> Vocabulary:
        """Return the values of a field as if each project had but its first one."""
        self._stated(("values", field))
        name = ("first", field)
        column = self.columns.derive(name, (("values", field),), lambda each: each[:1])
        return self._vocabulary(name, field, column)

    def _vocabulary(
        self, name: Hashable, field: str, column: list[tuple[str, ...]]
    ) -> Vocabulary:
        known = self._vocabularies.get(name)
        if known is None:
            known = Vocabulary(self.dataset, field, column)
            before = self._before.get(name)
            if before is not None and before.column is known.column:
                known = before
            self._vocabularies[name] = known
        return known

    def prepare(self) -> None:
        """Make all that is made from the projects, in one pass."""
        self.columns.make(STATED)

    def _stated(self, name: Hashable) -> list[Any]:
        """Return a column that is made from the projects."""
        if not self.columns.has(name):
            if isinstance(self.dataset.projects, dict):
                self.columns.make({name: STATED[name]})
            else:
                self.prepare()  # the projects are read from the file: once is enough
        return self.columns.get(name)

    def haystacks(self) -> list[bytes]:
        """Return all text of each project, folded, in UTF-8."""
        return self._stated("haystack")

    def texts(self, field: str) -> list[str]:
        """Return the texts of a field, folded, each between line breaks."""
        return self.columns.derive(*self._derived(field))

    def readying(self, field: str) -> Iterator[None]:
        """Make what terms of a field are compared with, some milliseconds at a time."""
        if kind_of(field) in _DERIVED:
            yield from self.columns.deriving(*self._derived(field))

    def is_ready(self, field: str) -> bool:
        """Return whether a term of a field can be compared at once."""
        return kind_of(field) not in _DERIVED or self.columns.has(_name_of(field))

    def _derived(
        self, field: str
    ) -> tuple[Hashable, tuple[Hashable, ...], Callable[..., Any]]:
        """Return the column of a field of text or dates: its name, of what, and how."""
        name = _name_of(field)
        if kind_of(field) is Kind.DATE:
            stored = ("value", field)
            if stored in STATED:
                self._stated(stored)
                return name, (stored,), days_of_text
            self._stated("dates")
            return name, ("dates",), partial(days_of, field)
        if field == "need":
            self._stated("needs")
            return name, ("needs",), texts.with_ends
        self.haystacks()
        return name, ("haystack",), partial(texts.lines_of, field)

    def lines(self, field: str) -> Iterator[str]:
        """Yield the texts of a field, folded, one a line, without keeping them."""
        return map(partial(texts.taken_out, field), self.haystacks())

    def said(self) -> list[str] | None:
        """Return how the Chinese of each project sounds.

        It takes some seconds for 100,000 projects when it is first asked for; None
        while nobody may wait for that.
        """
        if self.is_hurried and not self.has_pinyin:
            self.is_incomplete = True
            return None
        return self.work_out_pinyin()

    def work_out_pinyin(self) -> list[str]:
        """Return what `said` gives, however long it takes."""
        self.haystacks()
        return self.columns.derive(SAID, ("haystack",), partial(texts.said, ""))

    def days(self, field: str) -> list[tuple[Days, ...]]:
        """Return the days that each project states in a field of dates."""
        return self.columns.derive(*self._derived(field))

    def latest(self) -> list[Days | None]:
        """Return when there was last something new about each project."""
        self._stated("dates")
        return self.columns.derive("latest", ("dates",), latest_word)

    def latest_notes(self) -> list[timedelta | None]:
        """Return when the latest note of each project was written."""
        self._stated("dates")
        return self.columns.derive("latest-note", ("dates",), latest_note)

    def numbers(self, field: str) -> list[int | None]:
        """Return what each project states in a field of numbers or amounts."""
        return self._stated(("value", field))

    def amounts(self, *, dollars: bool = False) -> list[int | None]:
        """Return the investment of each project, in the dataset's currency or dollars."""
        return self.numbers("investment_usd" if dollars else "invest")

    def sums(self) -> Sums:
        """Return what adds up amounts."""
        amounts = self.amounts()
        if self._sums is None or self._sums.amounts is not amounts:
            self._sums = Sums(amounts)
        return self._sums

    def has_sort_texts(self, field: str) -> bool:
        """Return whether `sort_texts` answers at once."""
        return field != "name_zh" or self.columns.has(("sorts", field))

    def needy(self) -> list[bool]:
        """Return whether each project waits for something."""
        return self._stated("needy")

    def sort_texts(self, field: str) -> list[str]:
        """Return what each project is sorted by in a field of text."""
        if field not in ("name", "name_zh"):
            return self.texts(field)
        self.haystacks()
        make = texts.name_to_sort if field == "name" else texts.chinese_to_sort
        return self.columns.derive(("sorts", field), ("haystack",), make)

    def spellings(self) -> Counter[str]:
        """Return how often each tag is written in each way."""
        if self._spellings is None:
            column = in_steps(self._stated("spellings"))
            self._spellings = Counter(chain.from_iterable(column))
        return self._spellings

    def prime(self, spellings: Mapping[str, int]) -> None:
        """Take what `spellings` gives."""
        self._spellings = Counter(spellings)


def _name_of(field: str) -> Hashable:
    return ("days" if kind_of(field) is Kind.DATE else "text", field)
