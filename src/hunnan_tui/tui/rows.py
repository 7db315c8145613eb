"""Projects as the rows of the list."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from rich.cells import cell_len

from hunnan_tui.amounts import short
from hunnan_tui.model import Stage
from hunnan_tui.query import Index, Query
from hunnan_tui.text import display_line
from hunnan_tui.tui.columns import SHORT_STAGE, Row, Span, fit

_LONGEST = 400
"""Characters of a name that a row can need."""


class RowMaker:
    """Makes the row of a key, for one state of the screen."""

    def __init__(self, index: Index, query: Query, drafted: Collection[str]) -> None:
        """Take what rows show.

        Args:
            index: The projects.
            query: What is highlighted in their names.
            drafted: The keys of the projects with a half-written note.
        """
        self._index = index
        self._dataset = index.dataset
        self._query = query
        self._drafted = drafted

    def __call__(self, key: str) -> Row:
        project = self._dataset.projects[key]
        stage = self._dataset.stages.get(project.stage)
        long = stage.name if stage else project.stage
        amount = "" if project.investment is None else short(project.investment)
        found = self._found(key)
        return Row(
            name=_name(project.name),
            name_zh=_name(project.name_zh),
            stage=_name(long),
            stage_short=_short_stage(project.stage, long),
            amount=amount,
            tagged=bool(project.tags),
            noted=bool(project.notes),
            draft=key in self._drafted,
            found=found.get("name", ()),
            found_zh=found.get("name_zh", ()),
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
