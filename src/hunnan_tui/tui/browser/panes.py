"""The panes of the main screen: makes their widgets, and draws the state into them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from textual.app import ComposeResult
from textual.content import Content

from hunnan_tui.config.views import name_view
from hunnan_tui.core.errors import Level
from hunnan_tui.core.language import _
from hunnan_tui.core.names import name_term
from hunnan_tui.core.text import display_line, display_path
from hunnan_tui.query.language.query import Query
from hunnan_tui.tui.browser.state import BrowserState
from hunnan_tui.tui.presenters import facets, header, list_fields, orders, summary
from hunnan_tui.tui.presenters.card import TABS
from hunnan_tui.tui.presenters.card_parts import CardSubject
from hunnan_tui.tui.presenters.list_layout import ListLayout
from hunnan_tui.tui.presenters.list_lines import GroupHeading
from hunnan_tui.tui.presenters.names import measure_stage_width
from hunnan_tui.tui.presenters.rows import RowBuilder
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.filter_bar import FilterBar
from hunnan_tui.tui.widgets.footer import KeyFooter
from hunnan_tui.tui.widgets.pane_row import PaneRow
from hunnan_tui.tui.widgets.project_list import ProjectList
from hunnan_tui.tui.widgets.status_line import StatusLine


class Panes:
    """The widgets of the main screen."""

    def __init__(self, state: BrowserState, history: Sequence[str]) -> None:
        """Make the widgets; `history` are the queries of earlier, the newest last."""
        self._state = state
        self.status = StatusLine()
        self._counts: list[header.HeaderPart] = []
        self._saved = header.HeaderPart("")
        self.bar = FilterBar(state.query.text, history=history)
        self.facets = FacetList(id="facets")
        self.list = ProjectList(id="projects")
        self.detail = ProjectDetail(id="detail")
        self.row = PaneRow(self.facets, self.list, self.detail, id="panes")

    def compose(self) -> ComposeResult:
        """Yield the widgets, from top to bottom."""
        yield self.status
        yield self.bar
        yield self.row
        yield KeyFooter()

    def draw_titles(self) -> None:
        """Draw what does not change."""
        self.detail.border_title = Content("3 " + _("Detail"))
        self.draw_widths()

    def draw_widths(self) -> None:
        """Give the panes the widths that the reader has set."""
        self.row.show(self._state.widths, len(self._state.projects))

    def draw_list(
        self, headings: Iterable[GroupHeading], *, waits_for_pinyin: bool
    ) -> None:
        """Draw the list of projects, with headings between them.

        Args:
            headings: The headings of the groups.
            waits_for_pinyin: Whether the list is not in its order yet.
        """
        state = self._state
        dataset = state.workspace.dataset
        if not state.shown_keys:
            self.list.empty_message = summary.explain_empty_list(
                dataset, state.query.text, state.list_choice_labels()
            )
        builder = self.make_row_builder()
        self.list.make_row, self.list.get_name = builder, builder.get_name
        columns = (
            list_fields.find_column(field, state.index) for field in state.fields
        )
        first_key = (state.active_sort or (orders.DEFAULT,))[0]
        self.list.arrangement = ListLayout(
            tuple(filter(None, columns)),
            state.default_fields,
            measure_stage_width(map(name_term, dataset.stages.values())),
            (first_key.field, first_key.descending),
            list_fields.find_sort_column(state.sort_field, state.index),
        )
        title = self._list_title(waits_for_pinyin=waits_for_pinyin)
        self.list.border_title = Content(title)
        first = state.shown_keys[0] if state.shown_keys else None
        self.list.show(
            state.shown_keys,
            current=state.cursor_target or first,
            headings=tuple(headings),
        )

    def _list_title(self, *, waits_for_pinyin: bool) -> str:
        state = self._state
        name = display_line(name_view(state.view))
        if name and state.query.text != state.view.query:
            name += "*"  # it has been changed since it was picked
        order = orders.format_order(state.active_sort, state.index)
        if waits_for_pinyin:
            order = _("sorting by pinyin…")
        elif not state.active_sort and "invest" not in state.filled_fields:
            order = ""  # it is that of the file
        title = "2 " + _("Projects")
        if state.way:
            title += f" ‹ {state.way}"
        return " · ".join(filter(None, (title, name, order)))

    def make_row_builder(self) -> RowBuilder:
        """Return what makes the rows of the list as the state is now."""
        state = self._state
        return RowBuilder(
            state.index,
            state.query,
            state.find_drafted_keys(),
            state.fields,
            state.now().date(),
            state.places,
            state.sort_field,
        )

    def draw_counts(self) -> None:
        """Draw how much is in the list, and how much of it is marked."""
        state, marked = self._state, self.list.marked
        visible = marked.intersection(state.shown_keys) if marked else ()
        dataset = state.workspace.dataset
        self._counts = [
            header.build_title(dataset),
            *header.build_counts(
                dataset,
                state.totals,
                marked=len(marked),
                marked_shown=len(visible),
                read=state.loaded_share,
                has_amounts="invest" in state.filled_fields,
            ),
        ]
        self._draw_header()

    def draw_saved(self) -> None:
        """Draw whether everything is in the file."""
        workspace = self._state.workspace
        store = workspace.store
        # it looks at the file: too slow for each letter of a filter
        self._saved = header.build_saved(
            workspace.status, store.explain_read_only(), store.describe_destination()
        )
        self._draw_header()

    def _draw_header(self) -> None:
        state, counts, saved = self._state, self._counts, self._saved
        status, problems = state.workspace.status, state.workspace.problems
        count = sum(problem.level is not Level.NOTE for problem in problems)
        unreadable = state.read_error
        for store in state.workspace.store.members:  # its folder says nothing new
            unreadable = unreadable.replace(display_path(store.path), store.path.name)

        def arrange(width: int) -> Content:
            alerts = header.build_alerts(status, count, unreadable, width)
            return header.arrange_header([*alerts, *counts], saved, width)

        self.status.show(arrange)

    def draw_choice(self, typed: Query) -> None:
        """Draw the facets, and the chips of what is chosen in them.

        Args:
            typed: What is in the filter bar, with what is wrong in it.
        """
        state = self._state
        self.draw_widths()
        labels = facets.FacetLabels(state.index)
        sections = facets.build_sections(
            state.index, state.matches, state.choice, labels, state.filled_fields
        )
        has_amounts = "invest" in state.filled_fields
        self.facets.show(sections, state.choice, has_amounts=has_amounts)
        self.facets.set_class(not sections, "-empty")
        chips = [(chosen, labels.get_label(*chosen)) for chosen in sorted(state.choice)]
        hint = summary.format_hint(typed.problems, typed.text)
        self.bar.show_chips(chips, hint, is_required=typed.has_error)

    @property
    def shows_history(self) -> bool:
        """Whether the detail is on the tab of what has changed."""
        return TABS[self.detail.tab] == "history"

    def draw_detail(self, get_subject: Callable[[], CardSubject | None]) -> None:
        """Draw the current project; `get_subject` is called when there is time for it."""
        self.detail.show(self._state.current_key, get_subject)
