"""The first screen: the panes and the first projects, until the dataset is loaded."""

from __future__ import annotations

from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from hunnan_tui.core.dates import is_long_ago
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.money import format_qualified, is_amount
from hunnan_tui.dataset.preview import Preview
from hunnan_tui.tui.presenters.list_columns import HEARD_BY, USUAL_FIELDS, ListRow
from hunnan_tui.tui.presenters.list_layout import ListLayout
from hunnan_tui.tui.presenters.names import (
    clean_name,
    measure_stage_width,
    shorten_stage,
)
from hunnan_tui.tui.presenters.pane_widths import PaneWidths
from hunnan_tui.tui.terminal.whole_characters import keep_characters_whole
from hunnan_tui.tui.widgets.pane_row import PaneRow
from hunnan_tui.tui.widgets.project_list import ProjectList

_FACETS = {
    "industry": N_("Industries"),
    "stage": N_("Stages"),
    "tag": N_("Tags"),
    "source": N_("Sources"),
}
"""What may stand first in the pane on the left, by field."""


class OpeningScreen(Screen[None]):
    """The list where it will stay; its cursor moves already."""

    # the lines are as high as on the main screen, or the list would jump
    DEFAULT_CSS = """
    OpeningScreen {
        & > .line { height: 1; padding: 0 1; text-wrap: nowrap; }
        & > #opening { background: $panel; }
        & > #filter { color: $text-muted; }
        & > #keys { background: $footer-background; }
    }
    """

    class Shown(Message):
        """The list is drawn."""

    def __init__(
        self, glance: Preview, current: str, today: date, widths: PaneWidths
    ) -> None:
        """Take what is shown, the id under the cursor, the day, and widths of panes."""
        super().__init__()
        keep_characters_whole(self)
        self._widths = widths
        self._today = today
        self._glance = glance
        self._current = current

    def compose(self) -> ComposeResult:
        title = clean_name(self._glance.title or _("Projects"))
        title_line = Content.assemble((title, "bold"), "   ", _("opening…"))
        yield Static(title_line, id="opening", classes="line")
        yield Static("/", id="filter", classes="line")
        facets, projects = Static(id="facets"), ProjectList(id="projects")
        yield PaneRow(facets, projects, Static(id="detail"), id="panes")
        yield Static(id="keys", classes="line")

    def on_mount(self) -> None:
        filled = self._glance.filled_fields
        titles = (_(title) for field, title in _FACETS.items() if field in filled)
        facets, title = self.query_one("#facets"), next(titles, "")
        facets.border_title = f"1 {title}"
        facets.set_class(not title, "-empty")
        self.query_one("#detail").border_title = "3 " + _("Detail")
        known = len(self._glance) if self._glance.is_whole else 0
        self.query_one(PaneRow).show(self._widths, known)
        projects = self.query_one(ProjectList)
        projects.border_title = "2 " + _("Projects")
        projects.make_row = self._make_row
        usual = (field for field in USUAL_FIELDS if field in filled)
        has_age = not filled.isdisjoint(HEARD_BY)  # it takes its room already
        projects.arrangement = ListLayout(
            default_fields=(*usual, "age") if has_age else tuple(usual),
            stage_width=measure_stage_width(self._glance.stages),
            sort=("invest", True),
        )
        projects.focus()
        keys = [str(row) for row in range(len(self._glance))]
        projects.show(keys, current=str(self._glance.find_row(self._current)))

    def on_screen_resume(self) -> None:
        # the screen is drawn after this event; waiting for a refresh costs a frame
        self.call_later(self.post_message, self.Shown())

    @property
    def current(self) -> str:
        """The id under the cursor."""
        row = self.query_one(ProjectList).current
        name = self._glance.get_project(int(row)).get("id") if row else None
        return name if isinstance(name, str) else self._current

    def _make_row(self, key: str) -> ListRow:
        project = self._glance.get_project(int(key))

        def get_text(field: str) -> str:
            value = project.get(field)
            return value if isinstance(value, str) else ""

        stage = get_text("stage")
        long = self._glance.get_stage_name(stage)
        investment = project.get("investment")
        stage_date = clean_name(str(project.get("stage_date", "")))
        return ListRow(
            name=clean_name(get_text("name") or get_text("id")),
            name_zh=clean_name(get_text("name_zh")),
            stage=clean_name(long),
            stage_short=shorten_stage(stage, long),
            amount=format_qualified(
                investment if is_amount(investment) else None,
                get_text("investment_qualifier"),
            ),
            stage_date=stage_date,
            is_stale=is_long_ago(stage_date, self._today),
            tagged=bool(project.get("tags")),
            noted=bool(project.get("notes")),
            depth=self._glance.get_depth(int(key)),
            age=" ",
        )
