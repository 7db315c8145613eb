"""Two to four projects side by side: a row for each field, marked where they differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from hunnan_tui.analysis.comparison import ComparisonRow, compare_projects
from hunnan_tui.analysis.field_text import NOT_STATED, Items
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.pages.row_text import wrap
from hunnan_tui.tui.widgets.footer import KeyFooter

_LABEL_WIDTH = 18
"""Cells of the labels, with the sign before them."""
_MIN_COLUMN_WIDTH = 24
"""Cells of a project at least; projects without room are reached by `→`."""
_MAX_HEADING_LINES = 2
"""Lines of a name or a label."""
_MAX_LENGTH = 2_000
"""Characters of a value that are shown; the detail has all of it."""
_MARGIN = 3
"""Cells at the sides: padding and scrollbar."""
_SEPARATOR = " │ "
DIFFERS = "●"


class ComparisonPage(Page):
    """Shows projects side by side; `enter` goes to the current one."""

    HEADING = N_("Compare")
    DEFAULT_CSS = """
    ComparisonPage {
        & #names { height: auto; padding: 0 1; }
        & VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
        & #rows { height: auto; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,l",
            "column(1)",
            N_("Next project"),
            key_display="→",
            id="compare.next",
        ),
        Binding(
            "left,h",
            "column(-1)",
            N_("Project before"),
            show=False,
            id="compare.previous",
        ),
        Binding(
            "enter",
            "go",
            N_("Go to it"),
            id="compare.go",
            tooltip=N_("Show it in the list"),
        ),
        Binding(
            "d",
            "only_differing",
            N_("Only differences"),
            id="compare.differences",
            tooltip=N_("Show only the rows that differ, or all again"),
        ),
        Binding("j,down", "scroll('down')", N_("Down"), show=False, id="compare.down"),
        Binding("k,up", "scroll('up')", N_("Up"), show=False, id="compare.up"),
        Binding(
            "pagedown,ctrl+d",
            "scroll('page_down')",
            N_("Page down"),
            show=False,
            id="compare.page-down",
        ),
        Binding(
            "pageup,ctrl+u",
            "scroll('page_up')",
            N_("Page up"),
            show=False,
            id="compare.page-up",
        ),
        Binding("g,home", "scroll('home')", N_("Top"), show=False, id="compare.top"),
        Binding(
            "G,end", "scroll('end')", N_("Bottom"), show=False, id="compare.bottom"
        ),
    ]
    AUTO_FOCUS = ""

    _names = query_one("#names", Static)
    _body = query_one("#rows", Static)
    _scroll = query_one(VerticalScroll)

    def __init__(
        self,
        projects: Sequence[Project],
        dataset: Dataset,
        filled: frozenset[str] = ALL,
    ) -> None:
        super().__init__()
        self._projects = projects
        self._rows = compare_projects(projects, dataset, filled)
        self._current = 0
        self._first = 0
        """The index of the first visible project."""
        self._only_differing = False

    @property
    def current_key(self) -> str:
        return self._projects[self._current].key

    def use(
        self, projects: Sequence[Project], dataset: Dataset, filled: frozenset[str]
    ) -> None:
        """Show the projects as they are now; the cursor stays on its project."""
        current = self.current_key
        keys = [project.key for project in projects]
        self._projects = projects
        self._rows = compare_projects(projects, dataset, filled)
        if current in keys:
            self._current = keys.index(current)
        self._current = min(self._current, len(projects) - 1)
        self._show()

    def compose(self) -> ComposeResult:
        yield PageHeader()
        yield Static(id="names", markup=False)
        with VerticalScroll(can_focus=False):
            yield Static(id="rows", markup=False)
        yield KeyFooter()

    def on_resize(self) -> None:
        self._show()

    def action_column(self, by: int) -> None:
        self._current = max(0, min(self._current + by, len(self._projects) - 1))
        self._show()

    def action_only_differing(self) -> None:
        self._only_differing = not self._only_differing
        self._scroll.scroll_home(animate=False)
        self._show()

    def action_scroll(self, where: str) -> None:
        getattr(self._scroll, f"scroll_{where}")(animate=False)

    def action_go(self) -> None:
        self.dismiss(GoToProject(self._projects[self._current].key))

    def _show(self) -> None:
        room = max(_MIN_COLUMN_WIDTH, self.size.width - _MARGIN - _LABEL_WIDTH)
        count = max(1, min(len(self._projects), room // _MIN_COLUMN_WIDTH))
        self._first = max(
            self._current - count + 1,
            min(self._first, self._current, len(self._projects) - count),
        )
        indexes = range(self._first, self._first + count)
        width = room // count - len(_SEPARATOR)
        differing = sum(row.differs for row in self._rows)
        text = _("{count} of {all} rows differ ({sign})")
        if self._only_differing:
            text = _("{count} of {all} rows differ ({sign}), only these are shown")
        subtitle = text.format(count=differing, all=len(self._rows), sign=DIFFERS)
        if count < len(self._projects):
            more = _(" · {first} to {last}, ← → for the others")
            subtitle += more.format(first=indexes[0] + 1, last=indexes[-1] + 1)
        projects = format_count(len(self._projects), "project")
        self.set_header(
            f"{_(self.HEADING)} · {projects}",
            Content.styled(subtitle, "$foreground-muted"),
        )
        names = [self._format_name(index, width) for index in indexes]
        self._names.update(_join_columns([[Content("")], *names], width))
        shown = [row for row in self._rows if row.differs or not self._only_differing]
        lines = [self._format_row(row, indexes, width) for row in shown]
        empty = Content(_("They state the same in every row"))
        self._body.update(Content("\n").join(lines) if lines else empty)
        self.follow_cursor()

    def _format_name(self, index: int, width: int) -> list[Content]:
        is_current = index == self._current
        project = self._projects[index]
        text = ("▸ " if is_current else "") + (name_briefly(project) or project.key)
        lines = _wrap_cleaned(text, width, _MAX_HEADING_LINES)
        style = "bold $text-primary" if is_current else "bold"
        return [line.stylize(style) for line in lines]

    def _format_row(
        self, row: ComparisonRow, indexes: Sequence[int], width: int
    ) -> Content:
        sign = DIFFERS if row.differs else " "
        label = [
            line.stylize("$text-warning" if row.differs else "$foreground-muted")
            for line in _wrap_cleaned(
                f"{sign} {row.label}", _LABEL_WIDTH - 1, _MAX_HEADING_LINES
            )
        ]
        cells = [_format_items(row.values[index], width) for index in indexes]
        return _join_columns([label, *cells], width)


def _format_items(items: Items, width: int) -> list[Content]:
    if not items:
        return [Content.styled(_(NOT_STATED), "$foreground-muted")]
    lines: list[Content] = []
    for item in items:
        text = item if len(item) <= _MAX_LENGTH else f"{item[:_MAX_LENGTH]}…"
        bullet = "· " if len(items) > 1 else ""
        lines += _wrap_cleaned(bullet + text, width)
    return lines


def _wrap_cleaned(text: str, width: int, max_lines: int = 0) -> list[Content]:
    """Return a text in lines of a width; 0: without a limit of their number."""
    clean = display(text[: _MAX_LENGTH + 3]).replace("\t", " ").strip("\n")
    lines = [Content(line) for line in wrap(clean, width)]
    if max_lines and len(lines) > max_lines:
        last = lines[max_lines - 1].plain + "…"
        lines = [*lines[: max_lines - 1], Content(last).truncate(width, ellipsis=True)]
    return lines


def _join_columns(columns: Sequence[Sequence[Content]], width: int) -> Content:
    """Return columns of lines side by side: labels first, then projects."""
    height = max(map(len, columns))
    return Content("\n").join(list(_join_lines(columns, width, height)))


def _join_lines(
    columns: Sequence[Sequence[Content]], width: int, height: int
) -> Iterator[Content]:
    bar = Content.styled(_SEPARATOR, "$foreground-muted")
    for number in range(height):
        parts = [
            (column[number] if number < len(column) else Content(""))
            for column in columns
        ]
        label, *cells = (
            part.pad_right(
                max(0, (width if index else _LABEL_WIDTH) - part.cell_length)
            )
            for index, part in enumerate(parts)
        )
        yield Content("").join([label, bar.join(cells)])
