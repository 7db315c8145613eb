"""The detail pane: one project as a card that scrolls."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from hunnan_tui.model import Dataset, Project
from hunnan_tui.tui.card import Styles, card


class ProjectDetail(VerticalScroll):
    """Shows one project, from its names down to its sources."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "detail--title",
        "detail--heading",
        "detail--label",
        "detail--muted",
        "detail--tag",
        "detail--warning",
    }
    DEFAULT_CSS = """
    ProjectDetail {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & > #card { width: 1fr; height: auto; }
        & > .detail--title { color: $text; text-style: bold; }
        & > .detail--heading { color: $text-primary; text-style: bold; }
        & > .detail--label { color: $text-muted; }
        & > .detail--muted { color: $text-muted; }
        & > .detail--tag { color: $text-accent; text-style: bold; }
        & > .detail--warning { color: $text-warning; text-style: bold; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j", "scroll_down", "Scroll down", show=False, id="detail.down"),
        Binding("k", "scroll_up", "Scroll up", show=False, id="detail.up"),
        Binding("ctrl+d", "page_down", "Page down", show=False, id="detail.page-down"),
        Binding("ctrl+u", "page_up", "Page up", show=False, id="detail.page-up"),
        Binding("g", "scroll_home", "Top", show=False, id="detail.top"),
        Binding("G", "scroll_end", "Bottom", show=False, id="detail.bottom"),
    ]

    _card = query_one("#card", Static)

    def compose(self) -> ComposeResult:
        yield Static(Text(), id="card", markup=False)

    def show(
        self,
        project: Project | None,
        dataset: Dataset,
        *,
        draft: str = "",
        reasons: Iterable[str] = (),
        keep_place: bool = False,
    ) -> None:
        """Show a project, or that there is none; scrolls up but for the same one."""
        if project is None:
            empty = Text("No project is highlighted", style=self._styles().muted)
            self._card.update(empty)
        else:
            self._card.update(
                card(project, dataset, self._styles(), draft=draft, reasons=reasons)
            )
        if not keep_place:
            self.scroll_home(animate=False)

    def _styles(self) -> Styles:
        style = self.get_component_rich_style
        return Styles(
            title=style("detail--title"),
            heading=style("detail--heading"),
            label=style("detail--label"),
            muted=style("detail--muted"),
            tag=style("detail--tag"),
            warning=style("detail--warning"),
        )
