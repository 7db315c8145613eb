"""The commands that open the pages of analysis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from hunnan_tui.core.language import _
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser, Handler

if TYPE_CHECKING:
    from hunnan_tui.query.engine.index import Index
    from hunnan_tui.tui.pages.comparison import ComparisonPage


class Analysis:
    """Opens the pages that count and compare, and goes where they lead."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._other_path = ""
        """The file that was compared with last."""
        self.handlers: Mapping[str, Handler] = {
            "pipeline.open": self.open_pipeline,
            "matrix.open": self.open_matrix,
            "board.open": self.open_board,
            "timeline.open": self.open_timeline,
            "compare.projects": self.compare_marked,
            "health.open": self.open_data_quality,
            "difference.open": self.compare_files,
        }

    def open_pipeline(self) -> None:
        """Show how far the shown projects are."""
        from hunnan_tui.tui.pages.pipeline import PipelinePage

        browser = self._browser
        if not browser.is_loading():
            page = PipelinePage(*self._read_shown())
            browser.pages.open(page, lambda: page.use(*self._read_shown()))

    def open_matrix(self) -> None:
        """Show the shown projects by industry and stage."""
        from hunnan_tui.tui.pages.matrix import MatrixPage

        browser = self._browser
        if not browser.is_loading():
            page = MatrixPage(*self._read_shown())
            browser.pages.open(page, lambda: page.use(*self._read_shown()))

    def open_board(self) -> None:
        """Show the shown projects as cards, a column for each stage."""
        from hunnan_tui.tui.pages.board import BoardPage

        browser = self._browser
        if not browser.is_loading():
            page = BoardPage(*self._read_shown())
            browser.pages.open(page, lambda: page.use(*self._read_shown()))

    def open_timeline(self) -> None:
        """Show what happened to the shown projects, the latest first."""
        from hunnan_tui.tui.pages.timeline import TimelinePage

        browser = self._browser
        if not browser.is_loading():
            page = TimelinePage(*self._read_shown())
            browser.pages.open(page, lambda: page.use(*self._read_shown()))

    def compare_marked(self) -> None:
        """Show the marked projects side by side."""
        from hunnan_tui.analysis.comparison import FEWEST, MOST
        from hunnan_tui.tui.pages.comparison import ComparisonPage

        browser = self._browser
        marked = browser.panes.list.marked.intersection(browser.shown_keys)
        if not FEWEST <= len(marked) <= MOST:
            text = _(
                "Mark {least} to {most} projects with space to compare them; none is"
            )
            if marked:
                text = _(
                    "Mark {least} to {most} projects with space to compare them;"
                    " {count:,} of the shown are marked"
                )
            text = text.format(least=FEWEST, most=MOST, count=len(marked))
            browser.notify(text)
            return
        projects = browser.visible_marks
        page = ComparisonPage(
            projects, browser.workspace.dataset, browser.filled_fields
        )
        keys = [project.key for project in projects]
        browser.pages.open(page, lambda: self._compare_again(page, keys))

    def _compare_again(self, page: ComparisonPage, keys: Sequence[str]) -> None:
        """Compare projects as they are now, without those that are gone."""
        browser = self._browser
        projects = [browser.projects[key] for key in keys if key in browser.projects]
        if projects:
            page.use(projects, browser.workspace.dataset, browser.filled_fields)

    def open_data_quality(self) -> None:
        """Show what the shown projects lack."""
        from hunnan_tui.tui.pages.data_quality import DataQualityPage

        browser = self._browser
        if not browser.is_loading():
            page = DataQualityPage(
                browser.copy_index(),
                browser.get_shown_mask(),
                browser.now().date(),
                browser.workspace.problems,
            )
            browser.pages.open(
                page,
                lambda: page.use(
                    browser.copy_index(),
                    browser.get_shown_mask(),
                    browser.workspace.problems,
                ),
            )

    async def compare_files(self) -> None:
        """Ask for another file or an earlier version, and show what differs."""
        from hunnan_tui.tui.browser.versions import choose_version
        from hunnan_tui.tui.dialogs.path import PathDialog

        browser = self._browser
        if browser.is_loading():
            return
        version = await choose_version(browser)
        if version is not None and version.name:
            self._compare_with(version.name, version.text)
        elif version is not None:
            dialog = PathDialog(
                _("Compare with another file"),
                self._other_path,
                _("path of a dataset, older or newer"),
                suffixes=(".toml",),
            )
            browser.app.push_screen(dialog, self._compare_with)

    def _compare_with(self, path: str | None, text: bytes | None = None) -> None:
        from hunnan_tui.tui.pages.diff import DiffPage

        if path is None:
            return
        if text is None:
            self._other_path = path
        browser = self._browser
        workspace = browser.workspace
        stores = workspace.store.members
        names = " + ".join(store.path.name for store in stores)
        page = DiffPage(workspace.dataset, names, path, stores[0].cache, text)
        browser.pages.open(page)

    def _read_shown(self) -> tuple[Index, int, str]:
        """Return an index, the projects that the list shows, and how they were chosen."""
        browser = self._browser
        index, mask = browser.copy_index(), browser.get_shown_mask()
        return index, mask, self._describe_scope()

    def _describe_scope(self) -> str:
        """Return how the shown projects were chosen, in words."""
        words = self._browser.query.text.strip()
        parts = [words, *self._browser.list_choice_labels()]
        return display_line(" · ".join(filter(None, parts))[:200])
