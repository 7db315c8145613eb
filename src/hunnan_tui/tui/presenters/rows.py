"""Projects as the rows of the list."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from hunnan_tui.core.computed_values import find_latest_update
from hunnan_tui.core.dates import format_age, is_long_ago
from hunnan_tui.core.labels import name_stage
from hunnan_tui.core.model import Project
from hunnan_tui.core.names import name_briefly, split_names
from hunnan_tui.export.list_formats import format_short_investment
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.fields import is_of_schema
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.presenters import list_fields
from hunnan_tui.tui.presenters.list_columns import ListRow, TextSpan, format_due_day
from hunnan_tui.tui.presenters.names import clean_name, shorten_stage

_CACHED = 1_000
"""Rows that are cached: those near the cursor are drawn often."""


class RowBuilder:
    """Builds and caches the rows of one state of the screen."""

    def __init__(
        self,
        index: Index,
        query: Query,
        drafted: Collection[str],
        columns: Sequence[str],
        today: date,
        places: Mapping[str, tuple[str, int]],
        sort_field: str = "",
    ) -> None:
        """Take what rows show.

        Args:
            index: The projects.
            query: What is highlighted in their names.
            drafted: The keys of the projects with a half-written note.
            columns: The fields to show instead of the usual ones; empty: as usual.
            today: What an age is counted to.
            places: What parts stand under in the list, and how deep.
            sort_field: What the reader has the list sorted by; empty: as usual.
        """
        self._index = index
        self._dataset = index.dataset
        self._query = query
        self._drafted = drafted
        self._columns = columns
        self._sort_field = "" if sort_field in ("", "name") else sort_field
        has_own = not all(map(is_of_schema, filter(None, (*columns, sort_field))))
        self._own_fields = index.find_own_fields() if has_own else None
        self._today = today
        self._places = places
        self._rows: dict[str, ListRow] = {}

    def __call__(self, key: str) -> ListRow:
        row = self._rows.get(key)
        if row is None:
            if len(self._rows) > _CACHED:
                self._rows.clear()
            row = self._rows[key] = self._build_row(key)
        return row

    def get_name(self, key: str) -> str:
        """Return the name of a project as the list has it."""
        project = self._dataset.projects[key]
        name = split_names(project)[0]
        if project.origin.file and project.key != project.id:
            name += f" ({project.origin.file})"  # another file has the id too
        return clean_name(name)

    def _build_row(self, key: str) -> ListRow:
        project = self._dataset.projects[key]
        stage = short = name_stage(project.stage, self._dataset)
        if known := self._dataset.stages.get(project.stage):
            short = name_briefly(known)
        spans = self._find_matches(key)
        first, second = split_names(project)
        is_chinese_first = first != project.name
        found = spans.get("name", ()), spans.get("name_zh", ())
        if second == project.name_zh and "name_zh" in self._columns:
            second = ""
        day, heard = project.follow_up, find_latest_update(project, self._dataset)
        return ListRow(
            name=self.get_name(key),
            name_zh=clean_name(second),
            stage=clean_name(stage),
            stage_short=shorten_stage(project.stage, short),
            amount=format_short_investment(project),
            stage_date=clean_name(project.stage_date),
            is_stale=is_long_ago(project.stage_date, self._today),
            tagged=bool(project.tags),
            noted=bool(project.notes),
            draft=key in self._drafted,
            found=found[is_chinese_first],
            found_zh=found[not is_chinese_first],
            depth=self._places.get(key, ("", 0))[1],
            due=format_due_day(day, self._today) if day else "",
            is_due=day is not None and day <= self._today,
            file=clean_name(project.origin.file),
            age=format_age(heard, self._today) if heard else "",
            more=tuple(self._format(field, project) for field in self._columns),
            sort_text=self._format(self._sort_field, project)
            if self._sort_field
            else "",
        )

    def _format(self, field: str, project: Project) -> str:
        if field == "due" and field not in self._columns:
            day = project.follow_up
            return format_due_day(day, self._today) if day else " "
        return list_fields.format_cell(
            field, project, self._dataset, self._today, self._own_fields
        )

    def _find_matches(self, key: str) -> dict[str, tuple[TextSpan, ...]]:
        """Return the spans that the query matches in the names, by field."""
        if self._query.is_empty:
            return {}
        return {
            match.field: match.spans
            for match in self._index.find_matches(self._query, key, names=True)
            # places count the characters of the text, not those of its marks
            if clean_name(match.text) == match.text
        }
