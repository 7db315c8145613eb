"""Projects as the rows of the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache

from rich.cells import cell_len

from hunnan_tui.model import Stage
from hunnan_tui.query import Index, Query
from hunnan_tui.report import investment
from hunnan_tui.text import display_line
from hunnan_tui.tui import fields
from hunnan_tui.tui.columns import SHORT_STAGE, Row, Span, fit

_KEPT = 1_000
"""Rows that are kept: those around the cursor are drawn again and again."""
_LONGEST = 400
"""Characters of a name that a row can need."""


class RowMaker:
    """Makes the row of a key, for one state of the screen."""

    def __init__(
        self,
        index: Index,
        query: Query,
        drafted: Collection[str],
        columns: Sequence[str],
        today: date,
    ) -> None:
        """Take what rows show.

        Args:
            index: The projects.
            query: What is highlighted in their names.
            drafted: The keys of the projects with a half-written note.
            columns: The fields to show instead of the usual ones; empty: as usual.
            today: What an age is counted to.
        """
        self._index = index
        self._dataset = index.dataset
        self._query = query
        self._drafted = drafted
        self._columns = columns
        self._today = today
        self._made: dict[str, Row] = {}

    def __call__(self, key: str) -> Row:
        row = self._made.get(key)
        if row is None:
            if len(self._made) > _KEPT:
                self._made.clear()
            row = self._made[key] = self._row(key)
        return row

    def _row(self, key: str) -> Row:
        project = self._dataset.projects[key]
        stage = self._dataset.stages.get(project.stage)
        long = stage.name if stage else project.stage
        found = self._found(key)
        return Row(
            name=_name(project.name),
            name_zh="" if "name_zh" in self._columns else _name(project.name_zh),
            stage=_name(long),
            stage_short=_short_stage(project.stage, long),
            amount=investment(project),
            tagged=bool(project.tags),
            noted=bool(project.notes),
            draft=key in self._drafted,
            found=found.get("name", ()),
            found_zh=found.get("name_zh", ()),
            more=tuple(
                fields.text(each, project, self._dataset, self._today)
                for each in self._columns
            ),
        )

    def _found(self, key: str) -> dict[str, tuple[Span, ...]]:
        """Return what the query matched in the names, by name."""
        if self._query.is_empty:
            return {}
        return {
            match.field: match.spans
            for match in self._index.why(self._query, key)
            # places count the characters of the text, not those of its marks
            if match.field in ("name", "name_zh") and _name(match.text) == match.text
        }


def stage_width(stages: Collection[Stage]) -> int:
    """Return the cells of the longest stage, as far as a column can be wide."""
    return min(18, max((cell_len(_name(each.name)) for each in stages), default=0))


def _name(text: str) -> str:
    return display_line(text[:_LONGEST])


@lru_cache(maxsize=256)
def _short_stage(stage: str, name: str) -> str:
    """Return a stage in a few cells: its name if it fits, else its id, cut."""
    if cell_len(name) <= SHORT_STAGE:
        return _name(name)
    word = _name(stage).capitalize()
    if cell_len(word) <= SHORT_STAGE:
        return word
    return fit(word, SHORT_STAGE - 1).rstrip("…") + "."
