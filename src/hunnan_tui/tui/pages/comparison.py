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

from hunnan_tui.analysis.comparison import Row, compare
from hunnan_tui.analysis.field_text import Items
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display
from hunnan_tui.tui.pages.base import Page, PageHeader
from hunnan_tui.tui.pages.results import GoToProject
from hunnan_tui.tui.presenters.card import NOT_STATED
from hunnan_tui.tui.widgets.footer import KeyFooter

_LABEL = 18
"""Cells of the labels, with the sign before them."""
_LEAST = 24
"""Cells that a project has at least; those for which there is no room come by `→`."""
_LINES = 2
"""Lines of a name above its column."""
_LONGEST = 2_000
"""Characters of a value that are shown; all of it is in the detail."""
_AROUND = 3
"""Cells at the sides: blanks and the bar of the scroll."""
_BETWEEN = " │ "
DIFFERS = "●"


class ComparisonPage(Page):
    """Gives the key of the project to go to."""

    DEFAULT_CSS = """
    ComparisonPage {
        & #names { height: auto; padding: 0 1; }
        & VerticalScroll { height: 1fr; scrollbar-size-vertical: 1; }
        & #rows { height: auto; padding: 0 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "right,l", "column(1)", "Next project", key_display="→", id="compare.next"
        ),
        Binding(
            "left,h", "column(-1)", "Project before", show=False, id="compare.previous"
        ),
        Binding(
            "enter", "go", "Go to it", id="compare.go", tooltip="Show it in the list"
        ),
        Binding(
            "d",
            "only_differing",
            "Only differences",
            id="compare.differences",
            tooltip="Show only the rows that differ, or all again",
        ),
        Binding("j,down", "scroll('down')", "Down", show=False, id="compare.down"),
        Binding("k,up", "scroll('up')", "Up", show=False, id="compare.up"),
        Binding(
            "pagedown,ctrl+d",
            "scroll('page_down')",
            "Page down",
            show=False,
            id="compare.page-down",
        ),
        Binding(
            "pageup,ctrl+u",
            "scroll('page_up')",
            "Page up",
            show=False,
            id="compare.page-up",
        ),
        Binding("g,home", "scroll('home')", "Top", show=False, id="compare.top"),
        Binding("G,end", "scroll('end')", "Bottom", show=False, id="compare.bottom"),
    ]
    AUTO_FOCUS = ""

    _names = query_one("#names", Static)
    _body = query_one("#rows", Static)
    _scroll = query_one(VerticalScroll)

    def __init__(self, projects: Sequence[Project], dataset: Dataset) -> None:
        super().__init__()
        self._projects = projects
        self._rows = compare(projects, dataset)
        self._current = 0
        self._first = 0
        """The first project that is in sight."""
        self._only_differing = False

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
        room = max(_LEAST, self.size.width - _AROUND - _LABEL)
        count = max(1, min(len(self._projects), room // _LEAST))
        self._first = max(
            self._current - count + 1,
            min(self._first, self._current, len(self._projects) - count),
        )
        places = range(self._first, self._first + count)
        width = room // count - len(_BETWEEN)
        differing = sum(row.differs for row in self._rows)
        said = f"{differing} of {len(self._rows)} rows differ ({DIFFERS})"
        if self._only_differing:
            said += ", only these are shown"
        if count < len(self._projects):
            said += f" · {places[0] + 1} to {places[-1] + 1}, ← → for the others"
        self.set_header(
            f"Compare · {len(self._projects)} projects",
            Content.styled(said, "$foreground-muted"),
        )
        names = [self._heading(place, width) for place in places]
        self._names.update(_joined([[Content("")], *names], width))
        shown = [row for row in self._rows if row.differs or not self._only_differing]
        lines = [self._row(row, places, width) for row in shown]
        none = Content("They state the same in every row")
        self._body.update(Content("\n").join(lines) if lines else none)

    def _heading(self, place: int, width: int) -> list[Content]:
        is_current = place == self._current
        project = self._projects[place]
        text = ("▸ " if is_current else "") + (project.name or project.key)
        lines = _wrapped(text, width, _LINES)
        style = "bold $text-primary" if is_current else "bold"
        return [line.stylize(style) for line in lines]

    def _row(self, row: Row, places: Sequence[int], width: int) -> Content:
        sign = DIFFERS if row.differs else " "
        label = [
            line.stylize("$text-warning" if row.differs else "$text-muted")
            for line in _wrapped(f"{sign} {row.label}", _LABEL - 1, _LINES)
        ]
        cells = [_cell(row.values[place], width) for place in places]
        return _joined([label, *cells], width)


def _cell(items: Items, width: int) -> list[Content]:
    if not items:
        return [Content.styled(NOT_STATED, "$text-muted")]
    lines: list[Content] = []
    for item in items:
        text = item if len(item) <= _LONGEST else f"{item[:_LONGEST]}…"
        begin = "· " if len(items) > 1 else ""
        lines += _wrapped(begin + text, width)
    return lines


def _wrapped(text: str, width: int, most: int = 0) -> list[Content]:
    """Return a text in lines of so many cells, at most so many if there is a limit."""
    clean = display(text[: _LONGEST + 3]).replace("\t", " ").strip("\n")
    lines = Content(clean).wrap(width) or [Content("")]
    if most and len(lines) > most:
        last = lines[most - 1].plain + "…"
        lines = [*lines[: most - 1], Content(last).truncate(width, ellipsis=True)]
    return lines


def _joined(columns: Sequence[Sequence[Content]], width: int) -> Content:
    """Return columns of lines side by side: the labels, then the projects."""
    height = max(map(len, columns))
    return Content("\n").join(list(_lines(columns, width, height)))


def _lines(
    columns: Sequence[Sequence[Content]], width: int, height: int
) -> Iterator[Content]:
    bar = Content.styled(_BETWEEN, "$foreground-muted")
    for number in range(height):
        parts = [
            (column[number] if number < len(column) else Content(""))
            for column in columns
        ]
        label, *cells = (
            part.pad_right(max(0, (width if place else _LABEL) - part.cell_length))
            for place, part in enumerate(parts)
        )
        yield Content("").join([label, bar.join(cells)])
