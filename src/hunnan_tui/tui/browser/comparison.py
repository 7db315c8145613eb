"""The keys of comparison, data health and difference."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hunnan_tui.tui.browser.base import ActingScreen
from hunnan_tui.tui.presenters import facets

if TYPE_CHECKING:
    from hunnan_tui.tui.pages.results import PageResult


class ComparingScreen(ActingScreen):
    """Compares projects and datasets."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "c",
            "compare_marked",
            "Compare the marked",
            id="compare.projects",
            tooltip="Two to four marked projects side by side",
            show=False,
        ),
        Binding(
            "H",
            "health",
            "Data health",
            id="health.open",
            tooltip="What is not stated, how old the news is, which sources are weak",
            show=False,
        ),
        Binding(
            "D",
            "compare_files",
            "Compare with another file…",
            id="difference.open",
            tooltip="What is new, gone or changed since an older file, or in a newer one",
            show=False,
        ),
    ]

    _choice: facets.Choice = frozenset()
    _other_path = ""
    """The file that was compared with last."""

    def action_compare_marked(self) -> None:
        from hunnan_tui.analysis.comparison import FEWEST, MOST
        from hunnan_tui.tui.pages.comparison import ComparisonPage

        marked = self._marked.intersection(self._shown) if self._marked else ()
        if not FEWEST <= len(marked) <= MOST:
            now = f"{len(marked):,} of the shown are marked" if marked else "none is"
            self.notify(
                f"Mark {FEWEST} to {MOST} projects with space to compare them; {now}",
                markup=False,
            )
            return
        page = ComparisonPage(self._visible_marks(), self._workspace.dataset)
        self.app.push_screen(page, self._follow)

    def action_health(self) -> None:
        from hunnan_tui.tui.pages.data_quality import DataQualityPage

        if self._is_reading():
            return
        found = self._index.mask(self._query, wait=False)
        shown = facets.lets_through(self._index, found, self._choice)
        # the page counts in a thread, and an index is for one thread at a time
        index = self._index.updated(self._workspace.dataset, ())
        page = DataQualityPage(
            index, shown, self._now().date(), self._workspace.problems
        )
        self.app.push_screen(page, self._follow)

    def action_compare_files(self) -> None:
        from hunnan_tui.tui.pages.diff import PathDialog

        if not self._is_reading():
            self.app.push_screen(PathDialog(self._other_path), self._compare_with)

    def _compare_with(self, path: str | None) -> None:
        from hunnan_tui.tui.pages.diff import DiffPage

        if path is None:
            return
        self._other_path = path
        workspace = self._workspace
        page = DiffPage(workspace.dataset, workspace.store.path.name, path)
        self.app.push_screen(page, self._follow)

    def _follow(self, result: PageResult | None) -> None:
        from hunnan_tui.tui.pages.results import GoToProject, NarrowList

        match result:
            case NarrowList(query):
                self._narrow(query)
            case GoToProject(key) if key in self.projects:
                self.go_to(key)
