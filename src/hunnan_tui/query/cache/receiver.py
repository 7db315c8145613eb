"""Takes in the lines of a survey: the dataset and its index, as far as they are there."""

from __future__ import annotations

from array import array
from collections.abc import Hashable
from typing import Any

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.dataset.incremental import LoadProgress, read_top
from hunnan_tui.dataset.key_index import KeyIndex
from hunnan_tui.dataset.lazy_projects import BlockReader, LazyProjects
from hunnan_tui.dataset.parser import Parsed
from hunnan_tui.query.cache.checksums import BrokenSurveyError, parsed
from hunnan_tui.query.cache.packing import Survey
from hunnan_tui.query.cache.protocol import Sheet, problems_of
from hunnan_tui.query.engine.base_columns import (
    CACHED_COLUMNS,
    make_columns,
    unpack_columns,
)
from hunnan_tui.query.engine.columns import Columns
from hunnan_tui.query.engine.cooperative import build_list
from hunnan_tui.query.engine.index import Index


class Gathering:
    """What the lines of one survey have said so far about one text."""

    def __init__(self, text: bytes, heading: dict[str, Any]) -> None:
        """Take the text, and the heading of a survey of it.

        Raises:
            NotInBlocksError: It has to be parsed as a whole.
        """
        self._text = text
        self._heading = heading
        self._top = read_top(text)
        self.starts = array("Q")
        self._blocks = BlockReader(text, self.starts)
        self._places = KeyIndex([])
        self._annotated: dict[str, None] = {}
        self._made: dict[str, Project] = {}
        self._columns: dict[Hashable, list[Any]] = {name: [] for name in CACHED_COLUMNS}
        self._has_begun = False
        self.problems: tuple[Problem, ...] | None = None
        """Those of the whole file, when its last line has been taken."""

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, line: bytes) -> None:
        """Take the next line.

        Raises:
            BrokenSurveyError: It is damaged, or of another text.
        """
        said = parsed(line)
        if not self._has_begun:
            if said != self._heading:
                raise BrokenSurveyError
            self._has_begun = True
            return
        try:
            if "problems" in said:
                self.problems = problems_of(said["problems"])
            else:
                self._take(Sheet(**said))
        except (TypeError, ValueError, LookupError) as error:
            raise BrokenSurveyError from error  # of a version that says otherwise

    def part(self) -> LoadProgress:
        """Return what is known of the file so far."""
        share = (self._blocks.end or 0) / len(self._text)
        return LoadProgress(self._dataset(), share)

    def index(self, dataset: Dataset) -> Index:
        """Return the index of the dataset that `part` gave last."""
        count = len(self)
        values = {name: build_list(each, count) for name, each in self._columns.items()}
        return Index(dataset, Columns(dataset, make_columns(values)))

    def whole(self) -> Survey:
        """Return what the file holds.

        Raises:
            BrokenSurveyError: The last line has not been taken.
        """
        if self.problems is None:
            raise BrokenSurveyError
        dataset = self._dataset()
        # no more lines: nothing is copied
        index = Index(dataset, Columns(dataset, make_columns(self._columns)))
        parsed = Parsed(dataset, self.problems)
        return Survey(parsed, self.starts, index, self._places)

    def _dataset(self) -> Dataset:
        projects = LazyProjects(
            self._blocks, self._places, self._annotated, cache=self._made
        )
        return self._top._replace(projects=projects)

    def _take(self, sheet: Sheet) -> None:
        self._places.extend(sheet.keys)
        self._annotated.update(dict.fromkeys(sheet.annotated))
        for name, values in unpack_columns(sheet.columns).items():
            self._columns[name] += values
        self.starts.extend(sheet.starts)
        self._blocks.end = sheet.end
