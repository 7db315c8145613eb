"""The main screen: puts the groups of commands together, and passes messages to them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingsMap, BindingType
from textual.screen import Screen

from hunnan_tui.config.paths import Paths
from hunnan_tui.config.session import Session, remember
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.core.parts import FIELD as PART_OF
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.background.scheduling import COPY, VISITS
from hunnan_tui.tui.background.worker_lifetime import WorkerOwner
from hunnan_tui.tui.browser.agenda import Agenda
from hunnan_tui.tui.browser.analysis import Analysis
from hunnan_tui.tui.browser.appearance import Appearance
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.commands import COMMANDS, BrowserCommand
from hunnan_tui.tui.browser.commit import Commit
from hunnan_tui.tui.browser.conflicts import Conflicts
from hunnan_tui.tui.browser.editing import Editing
from hunnan_tui.tui.browser.export import Export
from hunnan_tui.tui.browser.facts import Facts
from hunnan_tui.tui.browser.filtering import Filtering
from hunnan_tui.tui.browser.layout import Layout
from hunnan_tui.tui.browser.navigation import Navigation
from hunnan_tui.tui.browser.news import Changes
from hunnan_tui.tui.browser.notes import Notes
from hunnan_tui.tui.browser.planning import Planning
from hunnan_tui.tui.browser.saving import POLL_SECONDS, FileSync
from hunnan_tui.tui.browser.sources import Sources
from hunnan_tui.tui.browser.table_import import TableImport
from hunnan_tui.tui.browser.tags import Tags
from hunnan_tui.tui.browser.views import Views
from hunnan_tui.tui.terminal.whole_characters import keep_characters_whole
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.facet_list import FacetList
from hunnan_tui.tui.widgets.filter_bar import FilterBar, FilterInput
from hunnan_tui.tui.widgets.pane_row import PaneRow
from hunnan_tui.tui.widgets.project_list import ProjectList

if TYPE_CHECKING:
    from pathlib import Path

    from hunnan_tui.tui.background.dataset_loader import DatasetLoader
    from hunnan_tui.tui.dialogs.palette import PaletteTarget

START_DELAY = 0.3
"""Seconds after which the work begins that the first screen does not wait for."""
_COMMANDS = {command.id: command for command in COMMANDS}
_ACTS = (
    *("tags.", "notes.", "plan.", "facts.", "stage.", "edit."),
    *("projects.add", "file.import"),
)
"""How the ids of the commands begin that write into the dataset."""


def make_binding(command: BrowserCommand) -> Binding:
    """Return Textual's binding of a command."""
    return Binding(
        command.keys,
        command.app_action or f"command({command.id!r})",
        command.name,
        show=command.in_footer,
        key_display=command.key_display,
        priority=command.takes_over_input,
        tooltip=command.help,
        id=command.id,
    )


class BrowserScreen(WorkerOwner, Screen[None]):
    """Industries, projects and one project's detail, below a filter bar."""

    BINDINGS: ClassVar[list[BindingType]] = [*map(make_binding, COMMANDS)]

    def __init__(
        self,
        workspace: Workspace,
        session: Session,
        now: Callable[[], datetime],
        fail: Callable[[HunnanError], None],
        messages: Sequence[str] = (),
        settings: Settings | None = None,
        paths: Paths | None = None,
        loader: DatasetLoader | None = None,
        conflicted: Path | None = None,
    ) -> None:
        """Prepare to show a dataset.

        Args:
            workspace: The open dataset.
            session: Where it was left.
            now: The time.
            fail: Ends the app, when the rest of the file cannot be read.
            messages: What the reader must know.
            settings: What the user has set.
            paths: The folders of the user.
            loader: Loads the rest of the file, where that has begun.
            conflicted: The file in which git left conflicts, if one side is shown.
        """
        super().__init__()
        keep_characters_whole(self)
        self._messages = messages
        self._is_conflicted = conflicted is not None
        self.browser = browser = Browser(
            self,
            workspace,
            session,
            now,
            settings or Settings(),
            paths or Paths(),
            loader.latest[1] if loader and loader.latest else None,
        )
        self.files = FileSync(browser, loader, fail)
        self.editing = Editing(browser, self.files)
        self._filtering = Filtering(browser)
        self._views = Views(browser, self.editing.view_history)
        self._navigation = Navigation(browser)
        self._layout = Layout(browser)
        self._analysis = Analysis(browser)
        self._tags = Tags(browser, self.editing)
        self._notes = Notes(browser, self.editing)
        self._planning = Planning(browser, self.editing)
        self._facts = Facts(browser, self.editing, self._notes, self._planning)
        self._changes = Changes(browser)
        self.files.report_outside = self._changes.report_outside
        self._agenda = Agenda(
            browser,
            self.editing,
            tags=self._tags,
            notes=self._notes,
            planning=self._planning,
            facts=self._facts,
            changes=self._changes,
        )
        self._commit = Commit(browser)
        self._conflicts = Conflicts(browser, conflicted)
        self._table_import = TableImport(browser, self.editing)
        self._export = Export(browser)
        self._sources = Sources(browser, self._export)
        self._appearance = Appearance(browser)
        commands: Mapping[str, BrowserCommand] = {}
        own_handlers: Mapping[str, Handler] = {}
        if browser.settings.commands:
            from hunnan_tui.tui.browser.user_commands import UserCommands

            own = UserCommands(browser)
            commands = {command.id: command for command in own.commands}
            own_handlers = own.handlers
            own_keys = BindingsMap(map(make_binding, own.commands))
            self._bindings = BindingsMap.merge([self._bindings, own_keys])
            browser.pages.own_commands = own.commands
            browser.pages.own_keys = own.keys
        self._commands = {**_COMMANDS, **commands}
        self.handlers: Mapping[str, Handler] = {
            **self.files.handlers,
            **self.editing.handlers,
            **self._filtering.handlers,
            **self._views.handlers,
            **self._navigation.handlers,
            **self._layout.handlers,
            **self._analysis.handlers,
            **self._tags.handlers,
            **self._notes.handlers,
            **self._planning.handlers,
            **self._facts.handlers,
            **self._agenda.handlers,
            **self._changes.handlers,
            **self._table_import.handlers,
            **self._commit.handlers,
            **self._conflicts.handlers,
            **self._export.handlers,
            **self._sources.handlers,
            **self._appearance.handlers,
            **own_handlers,
        }
        """What runs each command."""
        if workspace.store.locked:
            self.handlers = {
                name: self._refuse if name.startswith(_ACTS) else handler
                for name, handler in self.handlers.items()
            }
        browser.pages.run_command = self.action_command

    def compose(self) -> ComposeResult:
        yield from self.browser.panes.compose()

    def on_mount(self) -> None:
        browser = self.browser
        browser.panes.draw_titles()
        browser.panes.list.focus()
        browser.show()
        browser.panes.draw_saved()
        browser.warn(self._messages)
        self.files.start()
        if browser.workspace.is_complete:
            self.set_timer(START_DELAY, browser.preparation.start)
            self.set_timer(START_DELAY, self._changes.report_last_visit)
            self.set_timer(START_DELAY, self.files.report_losses)
            self.set_timer(START_DELAY, self._report_copies)
            if not browser.workspace.store.locked:
                self._agenda.reopen_dialog()
        self.set_interval(POLL_SECONDS, self.files.poll)
        if self._is_conflicted:
            self.action_command("file.conflicts")

    def _report_copies(self) -> None:
        from hunnan_tui.tui.browser.copies import report_copies

        self.browser.run(partial(report_copies, self.browser), VISITS)

    def on_unmount(self) -> None:
        self.files.stop()
        self.browser.related.stop()

    def action_command(self, command_id: str) -> None:
        """Run a command; an asynchronous one in a worker of its group."""
        handler, command = self.handlers[command_id], self._commands[command_id]
        if command.is_local and self.app.is_web:
            text = _("Not in a browser: {command}")
            self.browser.notify(text.format(command=_(command.name)))
            return
        if iscoroutinefunction(handler):
            self.browser.run(
                handler, command.worker_group, is_exclusive=command.is_exclusive
            )
        else:
            handler()

    def _refuse(self) -> None:
        self.browser.refuses_edits()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the signs that open the filter bar to it while it is typed in."""
        is_text = action == "command" and parameters[0] in Filtering.OPENS_BAR
        return not (is_text and self.browser.panes.bar.is_open)

    def action_copy_text(self) -> None:
        """Copy what the mouse has selected, as everything else is copied."""
        selected = self.get_selected_text()
        if selected is None:
            raise SkipAction
        copy = partial(self._sources.copy_text, selected, _("the selection"))
        self.browser.run(copy, COPY)

    @property
    def session(self) -> Session:
        """Where the reader is."""
        return self.browser.session

    @property
    def projects(self) -> Mapping[str, Project]:
        """All projects by key."""
        return self.browser.projects

    @property
    def is_settled(self) -> bool:
        """Whether the screen shows what is typed in the filter bar."""
        return self._filtering.is_settled

    def find_named(self, typed: str) -> Sequence[str]:
        """Return the keys of the projects that have all the words in their names."""
        return self._filtering.find_named(typed)

    def go_to(self, key: str) -> None:
        """Put the cursor on a project; the filter goes if it hides it."""
        self.browser.recent = remember(self.browser.recent, key)
        self.browser.go_to(key)

    def describe_data(self) -> Sequence[tuple[str, str]]:
        """Return what the help says of the data in use."""
        from hunnan_tui.tui.presenters.data_facts import describe_data

        workspace = self.browser.workspace
        return describe_data(
            workspace.dataset,
            [store.path for store in workspace.store.members],
            notes=workspace.store.describe_destination(),
            problems=len(workspace.problems),
            settings=self.browser.settings.path,
        )

    def list_targets(self) -> Sequence[PaletteTarget]:
        """Return what the palette can jump to."""
        from hunnan_tui.tui.browser.targets import list_targets

        return list(list_targets(self.browser, self._appearance.use_theme))

    @on(FilterBar.Changed)
    def _follow_filter(self, message: FilterBar.Changed) -> None:
        self._filtering.follow(message.text)

    @on(FilterBar.Remembered)
    def _remember_query(self, message: FilterBar.Remembered) -> None:
        self._filtering.remember(message.text)

    @on(FilterInput.ExamplesRequested)
    def _show_examples(self) -> None:
        self.browser.run(self._filtering.show_examples)

    @on(FilterBar.Submitted)
    @on(FilterBar.Left)
    def _leave_bar(self) -> None:
        self._filtering.leave_bar()

    @on(events.DescendantBlur)
    def _find_rest(self) -> None:
        self._filtering.find_rest()

    @on(events.DescendantFocus)
    def _uncover_pane(self) -> None:
        self._navigation.uncover()

    @on(FilterBar.ChipRemoved)
    def _remove_choice(self, message: FilterBar.ChipRemoved) -> None:
        self.browser.choose(self.browser.choice - {message.id})

    @on(FacetList.Chosen)
    def _follow_choice(self, message: FacetList.Chosen) -> None:
        before = self.browser.choice
        if message.value is None:
            others = (chosen for chosen in before if chosen[0] != message.facet)
            choice = frozenset(others)
        elif message.is_toggled:
            choice = before ^ {(message.facet, message.value)}
        else:
            choice = before | {(message.facet, message.value)}
        if choice != before:
            self.browser.choose(choice)
        if message.is_final:
            self._navigation.close_facets()
        elif choice == before:  # `enter` does not take back what is chosen, it goes on
            self._navigation.focus_pane(1)

    @on(ProjectList.Highlighted)
    def _follow_highlight(self, message: ProjectList.Highlighted) -> None:
        self.browser.follow_cursor(message.key)

    @on(ProjectList.Selected)
    def _open_detail(self, message: ProjectList.Selected) -> None:
        self.browser.recent = remember(self.browser.recent, message.key)
        self._navigation.open_detail()

    @on(ProjectList.Marked)
    def _follow_marks(self) -> None:
        self.browser.panes.draw_counts()

    @on(ProjectList.SortRequested)
    def _sort_by_title(self, message: ProjectList.SortRequested) -> None:
        self._views.sort_by(message.field)

    @on(PaneRow.WidthsChanged)
    def _set_widths(self, message: PaneRow.WidthsChanged) -> None:
        self.browser.set_widths(message.widths)

    @on(ProjectDetail.Opened)
    def _follow_opened(self, message: ProjectDetail.Opened) -> None:
        kind, _, name = message.name.partition(" ")
        if kind in ("related", "part"):
            self.browser.go_to(name)
        elif kind == PART_OF and (whole := self.browser.find_whole()):
            self.browser.go_to(whole)
        elif kind == "source":
            self.action_command("sources.open")
        elif message.name:
            self.action_command("sources.show")
