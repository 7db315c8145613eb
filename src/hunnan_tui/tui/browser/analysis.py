"""The keys of the screens that count: coverage, pipeline, matrix, board, timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hunnan_tui.core.text import display_line
from hunnan_tui.query.engine.index import Index
from hunnan_tui.tui.browser.base import ActingScreen
from hunnan_tui.tui.presenters import facets

if TYPE_CHECKING:
    from hunnan_tui.tui.pages.results import PageResult


class AnalysingScreen(ActingScreen):
    """Opens the screens that count what is shown."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p",
            "pipeline",
            "Pipeline and coverage",
            key_display="p",
            id="pipeline.open",
            tooltip="What was published and what is itemised; how far projects are",
            show=False,
        ),
        Binding(
            "m",
            "matrix",
            "Industries by stage",
            key_display="m",
            id="matrix.open",
            tooltip="How many projects, or how much, at each stage of each industry",
            show=False,
        ),
        Binding(
            "b",
            "board",
            "Board by stage",
            key_display="b",
            id="board.open",
            tooltip="The projects as cards, a column for each stage",
            show=False,
        ),
        Binding(
            "W",
            "timeline",
            "Timeline",
            key_display="W",
            id="timeline.open",
            tooltip="What happened when, the latest first",
            show=False,
        ),
    ]

    _choice: facets.Choice = frozenset()

    def action_pipeline(self) -> None:
        from hunnan_tui.tui.pages.pipeline import PipelinePage

        if self._is_reading():
            return
        page = PipelinePage(self._index_apart(), self._shown_mask(), self._scope())
        self.app.push_screen(page, self._follow_page)

    def action_matrix(self) -> None:
        from hunnan_tui.tui.pages.matrix import MatrixPage

        if not self._is_reading():
            page = MatrixPage(self._index_apart(), self._shown_mask(), self._scope())
            self.app.push_screen(page, self._follow_page)

    def action_board(self) -> None:
        from hunnan_tui.tui.pages.board import BoardPage

        if not self._is_reading():
            page = BoardPage(self._index_apart(), self._shown_mask(), self._scope())
            self.app.push_screen(page, self._follow_page)

    def action_timeline(self) -> None:
        from hunnan_tui.tui.pages.timeline import TimelinePage

        if not self._is_reading():
            page = TimelinePage(self._index_apart(), self._shown_mask(), self._scope())
            self.app.push_screen(page, self._follow_page)

    def _follow_page(self, result: PageResult | None) -> None:
        from hunnan_tui.tui.pages.results import GoToProject, NarrowList

        match result:
            case NarrowList(query):
                self._narrow(query)
            case GoToProject(key) if key in self.projects:
                self.go_to(key)

    def _shown_mask(self) -> int:
        """Return the projects that the list shows, as one number."""
        found = self._index.mask(self._query, wait=False)
        return facets.lets_through(self._index, found, self._choice)

    def _index_apart(self) -> Index:
        """Return an index for another thread: one is for one thread at a time."""
        return self._index.updated(self._workspace.dataset, ())

    def _scope(self) -> str:
        """Return how the shown projects were chosen, in words."""
        labels = facets.Labels(self._index)
        parts = [labels.of(facet, value) for facet, value in sorted(self._choice)]
        if words := self._query.text.strip():
            parts.insert(0, words)
        return display_line(" · ".join(parts)[:200])
