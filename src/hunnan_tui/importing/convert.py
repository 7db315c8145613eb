"""Rows of a table to projects, by a map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from hunnan_tui.core.errors import Level
from hunnan_tui.core.formulas import restore
from hunnan_tui.core.language import _, ngettext
from hunnan_tui.importing import vocabulary, words
from hunnan_tui.importing.cell_readers import CellReader, CellReaders, ProjectDraft
from hunnan_tui.importing.checks import AmountCheck, SectionCheck
from hunnan_tui.importing.exported import is_exported
from hunnan_tui.importing.identity import (
    Identifier,
    Identity,
    LostDigitsError,
    SeenRows,
)
from hunnan_tui.importing.import_map import LEFT_OUT, ImportMap, Target
from hunnan_tui.importing.layout import Body, Layout, Section, read_bodies
from hunnan_tui.importing.map_checks import check_map
from hunnan_tui.importing.problems import ProblemList, SkippedRow
from hunnan_tui.importing.table import BETWEEN, Cell, RawTable, Row
from hunnan_tui.importing.text_cells import clean_text, has_tags, strip_tags
from hunnan_tui.importing.word_lists import WordList

_PROGRESS_STEP = 1_000
_MOST_SKIPPED = 1_000
_BLANKS = 8
"""Blanks that a cell which says nothing may have around its word."""
_HTML_SAMPLE = 500
"""Rows from which it is told whether a column is HTML."""
_LINES_OF_LOST_QUOTE = 20
"""Line breaks in a cell of CSV with as many delimiters: a quote is missing."""


class Imported(NamedTuple):
    """One project of a table: values for the keys of a project in the file."""

    id: str
    key: str
    """What it is known by the next time."""
    row: int
    values: Mapping[str, Any]


class Converter:
    """Reads the projects of a table, once; what is to be told stands here then."""

    def __init__(self, table: RawTable, layout: Layout, import_map: ImportMap) -> None:
        """Take a table and its map.

        Raises:
            TableError: The map names a column that is not there, or leaves questions
                open.
        """
        check_map(layout, import_map)
        self._table, self._layout, self._map = table, layout, import_map
        self.problems = ProblemList(table)
        self.skipped: list[SkippedRow] = []
        self.skipped_count = 0
        self.count = 0
        """The projects so far."""
        self.tell_progress: Callable[[int], None] = _ignore
        """Called now and then with the number of projects so far."""
        self._numbers = {label: n for n, label in enumerate(layout.labels) if label}
        self._named = frozenset(self._numbers.values())
        self._nameless: dict[int, tuple[int, int]] = {}
        exact = import_map.id == "exact"
        self._stages = WordList(import_map.stages, exact=exact)
        self._industries = WordList(import_map.industries, exact=exact)
        self._readers = CellReaders(
            import_map.decimal,
            import_map.stated_currency,
            self._stages,
            self._industries,
            self._numbers,
        )
        self._columns: list[tuple[int, Target, CellReader]] = [
            (self._numbers[label], target, self._readers.make_reader(target))
            for label, target in import_map.columns.items()
            if target.to != LEFT_OUT
        ]
        self._compared = [number for number, *_ in self._columns]
        self._has_industry = any(t.kind == "industry" for _, t, _ in self._columns)
        self._has_stage = any(t.kind == "stage" for _, t, _ in self._columns)
        self._identifier = Identifier(import_map, self._numbers)
        self._seen = SeenRows()
        self._empty = {word.casefold() for word in import_map.empty}
        self._longest_empty = max(map(len, self._empty), default=0) + _BLANKS
        self._fill = [
            self._numbers[x] for x in import_map.fill_down if x in self._numbers
        ]
        self._filled: dict[int, Cell] = {}
        self._sections, self._amounts = SectionCheck(), AmountCheck()
        self._merged: dict[str, Imported] = {}
        self._html: set[int] = set()
        self.is_export = is_exported(layout.labels, is_json=bool(table.names))
        """Whether this program has written the table: it cites sources of its own."""

    @property
    def stages(self) -> dict[str, str]:
        """The first word of each stage in use by its id, in the order of the map."""
        return self._stages.get_names()

    @property
    def industries(self) -> dict[str, str]:
        """The first word of each industry in use by its id."""
        return self._industries.get_names()

    @property
    def has_left_out(self) -> bool:
        """Whether rows are missing that should have become projects."""
        return bool(self.problems.counts[Level.ERROR])

    def convert_projects(self) -> Iterator[Imported]:
        """Yield the projects of the table."""
        self._tell_unmapped()
        for broken in self._table.broken:
            self._tell_broken(broken.number, broken.reason)
        names = [n for n, target, _ in self._columns if target.kind == "name"]
        self._html = self._find_html(names)
        for body in read_bodies(self._table, self._layout, names):
            if isinstance(body, SkippedRow):
                self._skip(body)
            elif isinstance(body, Section):
                self._sections.add_section(body)
            elif (project := self._read(body)) is not None:
                if self._map.duplicates == "merge":
                    self._merged[project.key] = project
                else:
                    yield project
        yield from self._merged.values()
        self._tell_nameless()
        self._sections.tell(self.problems)
        column = self._find_number("investment")
        if column is not None:
            self._amounts.tell(self.problems, column)

    def _tell_unmapped(self) -> None:
        """Tell of columns that have come since the map was written."""
        row = self._layout.header[-1] if self._layout.header else 0
        for label, number in self._numbers.items():
            if label not in self._map.columns:
                message = _(
                    "a column that the map does not name: {label}: left out"
                ).format(label=label)
                hint = _("add it to [columns] of the map")
                self.problems.add(row, number, Level.WARNING, message, hint)

    def _tell_broken(self, row: int, reason: str) -> None:
        what, _, why = reason.partition(": ")
        self.problems.add(row, None, Level.ERROR, what, why)

    def _skip(self, skipped: SkippedRow) -> None:
        # a title above the header is no row that is missing
        header = self._layout.header
        self.skipped_count += not header or skipped.row > header[-1]
        if skipped.why == _("no name"):
            self.problems.add(
                skipped.row, None, Level.WARNING, _("a row without a name")
            )
        if len(self.skipped) < _MOST_SKIPPED:
            self.skipped.append(skipped)

    def _read(self, body: Body) -> Imported | None:
        draft = ProjectDraft(body.row)
        cells = self._fill_down(body.row)
        width, longest, html = len(cells), self._longest_empty, self._html
        for number, target, read in self._columns:
            cell = cells[number] if number < width else None
            if cell is None:
                continue
            draft.column = number
            if type(cell) is str:
                if len(cell) <= longest and cell.strip().casefold() in self._empty:
                    _tell_empty(cell, target, draft)
                    continue
                if self.is_export:
                    cell = restore(cell)
                # nothing to be seen to in most: nothing hidden, private or damaged
                if cell.isprintable() and "\ufffd" not in cell and number not in html:
                    cell = cell.strip()
                else:
                    cell = self._clean(cell, draft)
                    if not cell:
                        continue
            read(cell, target, draft)
        if len(body.row.cells) > len(self._named):
            self._note_nameless(body.row)
        self._add_section(body.section, draft)
        return self._finish(body, draft)

    def _fill_down(self, row: Row) -> Sequence[Cell]:
        """Return the cells of a row, what is written once for several filled in."""
        if not self._fill:
            return row.cells
        cells = list(row.cells)
        cells += [None] * (max(self._fill) + 1 - len(cells))
        for number in self._fill:
            if cells[number] is None:
                cells[number] = self._filled.get(number)
            else:
                self._filled[number] = cells[number]
        return cells

    def _add_section(self, section: Section | None, draft: ProjectDraft) -> None:
        """Let the heading above a row say its industry or stage."""
        if section is None or not section.name:
            return
        bare = section.name.removesuffix("项目").removesuffix("类")
        if stage := vocabulary.find_stage(bare):
            if not self._has_stage:
                draft.values["stage"] = (
                    self._stages.assign_id(bare, is_stage=True)[0] or stage
                )
        elif not self._has_industry:
            self._readers.add_industry(section.name, draft)

    def _clean(self, text: str, draft: ProjectDraft) -> str:
        parts = [clean_text(part) for part in text.split(BETWEEN)]
        hidden = [character for part in parts for character in part.hidden]
        messages = []
        if hidden:
            names = ", ".join(
                dict.fromkeys(f"U+{ord(character):04X}" for character in hidden)
            )
            removed = ngettext(
                "one character that cannot be seen was removed: {names}",
                "{count} characters that cannot be seen were removed: {names}",
                len(hidden),
            )
            messages.append(removed.format(count=len(hidden), names=names))
        if any(part.has_private for part in parts):
            messages.append(_("a private-use character is kept"))
        if messages:
            draft.tell(Level.NOTE, "; ".join(messages))
        if any(part.is_damaged for part in parts):
            message = _("a replacement character: the text was damaged before")
            draft.tell(Level.WARNING, message)
        if self._table.delimiter and _swallows_rows(text, self._table.delimiter):
            message = _("a cell of {count} lines").format(count=text.count(chr(10)) + 1)
            draft.tell(Level.WARNING, message, _("is a quote missing?"))
        texts = [part.text for part in parts]
        if draft.column in self._html:
            texts = list(map(strip_tags, texts))
        return BETWEEN.join(filter(None, texts))

    def _finish(self, body: Body, draft: ProjectDraft) -> Imported | None:
        row, values = body.row, draft.values
        name = values.get("name", "")
        if not name:
            self._leave_out(row.number, None, Level.ERROR, _("no name"))
            return None
        column = self._identifier.id_column
        try:
            identity = self._identifier.identify(row, name, values.pop("id", ""))
        except LostDigitsError as error:
            message = _("{error}: a code that has lost digits in a spreadsheet").format(
                error=error
            )
            hint = _("format the column as text where the table is made")
            self._leave_out(row.number, column, Level.ERROR, message, hint=hint)
            return None
        width = len(row.cells)
        compared = [row.cells[n] if n < width else None for n in self._compared]
        cells = hash(tuple(compared))
        if (before := self._seen.find(identity.key)) is not None:
            self._add_again(body, draft, identity, cells, before)
            return None
        if (other := self._seen.find_id(identity.id)) is not None:
            message = _("the id {id!r} is that of row {other} already").format(
                id=identity.id, other=other
            )
            self._leave_out(row.number, column, Level.ERROR, message)
            return None
        if column is not None and not identity.is_of_code:
            self.problems.add(
                row.number, column, Level.WARNING, _("no code: known by its name")
            )
        self._seen.add(identity, row.number, cells)
        draft.tell_problems(self.problems)
        self.count += 1
        if self.count % _PROGRESS_STEP == 0:
            self.tell_progress(self.count)
        amount = values.get("investment")
        if len(values) == 1 and len(self._columns) > 2:
            column = self._find_number("name")
            message = _("a name and nothing else: taken as a project")
            self.problems.add(row.number, column, Level.WARNING, message)
        if amount:
            self._amounts.add(row.number, amount)
        self._sections.add_project(body.section, amount)
        return Imported(identity.id, identity.key, row.number, values)

    def _add_again(
        self,
        body: Body,
        draft: ProjectDraft,
        identity: Identity,
        cells: int,
        before: tuple[int, int],
    ) -> None:
        row, (first, first_cells) = body.row.number, before
        column = self._identifier.id_column
        if column is None:
            column = self._find_number("name")
        if cells == first_cells:
            message = _("the same project as in row {first}: left out").format(
                first=first
            )
            why = _("the same as row {first}").format(first=first)
            self._leave_out(row, column, Level.WARNING, message, why)
        elif self._map.duplicates == "first":
            message = _("a second row of {id}, after row {first}: left out").format(
                id=identity.id, first=first
            )
            self._leave_out(row, column, Level.WARNING, message)
        elif self._map.duplicates == "merge":
            self._merged[identity.key] = _merge(
                self._merged[identity.key], draft.values
            )
        else:
            what = (
                identity.id
                if not identity.is_of_code
                else body.row.get_cell(column or 0)
            )
            message = _(
                "a second row of {what}, with other facts than row {first}"
            ).format(what=what, first=first)
            hint = _('add a column to the key, or say duplicates = "merge" in the map')
            why = _("{what} stands in row {first} already").format(
                what=what, first=first
            )
            self._leave_out(row, column, Level.ERROR, message, why, hint)

    def _leave_out(
        self,
        row: int,
        column: int | None,
        level: Level,
        message: str,
        why: str = "",
        hint: str = "",
    ) -> None:
        self.problems.add(row, column, level, message, hint)
        self._skip(SkippedRow(row, why or message))

    def _find_number(self, kind: str) -> int | None:
        numbers = (n for n, target, _ in self._columns if target.kind == kind)
        return next(numbers, None)

    def _note_nameless(self, row: Row) -> None:
        """Take note of cells that stand under no heading."""
        for number, cell in enumerate(row.cells):
            if cell is not None and number not in self._named:
                first, count = self._nameless.get(number, (row.number, 0))
                self._nameless[number] = first, count + 1

    def _tell_nameless(self) -> None:
        for number, (row, count) in self._nameless.items():
            cells = (
                "a cell"
                if count == 1
                else _("from here on {count:,} cells").format(count=count)
            )
            message = _("{cells} under no heading: left out").format(cells=cells)
            hint = _("give the column a heading")
            self.problems.add(row, number, Level.WARNING, message, hint)

    def _find_html(self, names: list[int]) -> set[int]:
        """Return the columns in which over a fifth of the cells has tags."""
        tagged: dict[int, int] = {}
        count = 0
        for body in read_bodies(self._table, self._layout, names):
            if isinstance(body, Body):
                count += 1
                for number, cell in enumerate(body.row.cells):
                    if isinstance(cell, str) and "<" in cell and has_tags(cell):
                        tagged[number] = tagged.get(number, 0) + 1
            if count >= _HTML_SAMPLE:
                break
        return {number for number, cells in tagged.items() if cells * 5 > count}


def _ignore(_: int) -> None:
    """Tell nobody."""


def _tell_empty(text: str, target: Target, draft: ProjectDraft) -> None:
    """Tell of a word such as TBD in a column of dates or amounts."""
    if target.kind in ("events", "period", "investment") and len(text.strip()) > 1:
        what = "amount" if target.kind == "investment" else "date"
        draft.tell(
            Level.NOTE,
            _("{text}: no {what}, left out").format(text=text.strip(), what=what),
        )


def _swallows_rows(text: str, delimiter: str) -> bool:
    lines = text.count("\n")
    return lines >= _LINES_OF_LOST_QUOTE and text.count(delimiter) >= lines


def _merge(project: Imported, values: Mapping[str, Any]) -> Imported:
    """Return a project with what a second row adds to it."""
    merged = dict(project.values)
    for key, value in values.items():
        known = merged.get(key)
        if known is None:
            merged[key] = value
        elif isinstance(known, list):
            merged[key] = known + [item for item in value if item not in known]
    return project._replace(values=merged)


def find_stage_names(id: str, word: str) -> tuple[str, str]:
    """Return the names of a stage in English and Chinese; the second may be empty."""
    name, name_zh = words.STAGE_NAMES.get(id, (word, ""))
    # English that says it in other words is what its readers know
    return (word if word.isascii() and word != id else name), name_zh
