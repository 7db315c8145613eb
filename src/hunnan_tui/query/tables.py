"""The columns that terms are compared with."""

from __future__ import annotations

from collections import Counter
from itertools import chain

from hunnan_tui.query import pinyin, texts
from hunnan_tui.query.columns import Columns
from hunnan_tui.query.dated import Days, days_of, latest_word
from hunnan_tui.query.vocabulary import Vocabulary
from hunnan_tui.query.words import search_fold


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
        self._vocabularies: dict[str, Vocabulary] = {}
        # an edit leaves most of them as they were
        self._before: dict[str, Vocabulary] = old.vocabularies() if old else {}

    @property
    def has_pinyin(self) -> bool:
        """Return whether it is known how the Chinese sounds."""
        return self.columns.has(("said", ""))

    def vocabularies(self) -> dict[str, Vocabulary]:
        """Return those that were made, for the next tables."""
        return {**self._before, **self._vocabularies}

    def vocabulary(self, field: str) -> Vocabulary:
        """Return the values of a field and the projects of each."""
        known = self._vocabularies.get(field)
        if known is None:
            known = Vocabulary(self.columns, field)
            before = self._before.get(field)
            if before is not None and before.column is known.column:
                known = before
            self._vocabularies[field] = known
        return known

    def haystacks(self) -> list[str]:
        """Return all text of each project, folded."""
        return self.columns.get("haystack", texts.haystack)

    def texts(self, field: str) -> list[str]:
        """Return the texts of a field, folded, each between line breaks."""
        return self.columns.get(
            ("text", field), lambda dataset, p: texts.folded(dataset, p, field)
        )

    def said(self, field: str = "") -> list[str] | None:
        """Return how the Chinese of each project sounds, in one field or in all.

        It takes some seconds for 100,000 projects when it is first asked for; None
        while nobody may wait for that.
        """
        if self.is_hurried and not self.has_pinyin:
            self.is_incomplete = True
            return None
        return self.work_out_pinyin(field)

    def work_out_pinyin(self, field: str = "") -> list[str]:
        """Return what `said` gives, however long it takes."""
        return self.columns.get(
            ("said", field), lambda dataset, p: texts.said(dataset, p, field)
        )

    def days(self, field: str) -> list[tuple[Days, ...]]:
        """Return the days that each project states in a field of dates."""
        return self.columns.get(
            ("days", field), lambda dataset, p: days_of(dataset, p, field)
        )

    def latest(self) -> list[Days | None]:
        """Return when there was last something new about each project."""
        return self.columns.get("latest", latest_word)

    def amounts(self, *, dollars: bool = False) -> list[int | None]:
        """Return what each project costs, where a source says it."""
        return self.columns.get(
            ("amount", dollars),
            lambda _, p: p.investment_usd if dollars else p.investment,
        )

    def sort_texts(self, field: str) -> list[str]:
        """Return what each project is sorted by in a field of text."""
        if field == "name":
            return self.columns.get("name sorts", lambda _, p: search_fold(p.name))
        if field == "name_zh":
            return self.columns.get(
                "name_zh sorts", lambda _, p: pinyin.sort_key(p.name_zh)
            )
        return self.texts(field)

    def spellings(self) -> Counter[str]:
        """Return how often each tag is written in each way."""
        written = self.columns.get("spellings", lambda _, p: p.tags)
        return Counter(chain.from_iterable(written))
