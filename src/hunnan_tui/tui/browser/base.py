"""What the main screen shows and acts on, and the one way to change it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import work

from hunnan_tui.config.dialog_state import DialogState, DialogStates, SaveDialogState
from hunnan_tui.config.paths import Paths
from hunnan_tui.config.settings import Settings
from hunnan_tui.core.changes import Change, Edit, Transaction
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Project
from hunnan_tui.query.engine.index import Index
from hunnan_tui.query.language.query import Query
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.browser.saving import FilingScreen
from hunnan_tui.tui.presenters import list_fields

if TYPE_CHECKING:
    from hunnan_tui.tui.background.dataset_loader import Reading

MANY = 1_000
"""Projects above which a step is made beside the screen."""

_T = TypeVar("_T")


class ActingScreen(FilingScreen):
    """The state that keys act on; each group of keys is a child, `browser` has all.

    Only `browser` changes what is shown, and `filtering` what is asked for; the other
    groups read it, and ask for changes through `_change`, `_narrow` and `go_to`.
    """

    _query: Query
    """What the filter bar asks for: the last text of it without an error."""
    _index: Index
    _columns: tuple[str, ...] = ()
    """The fields that were picked as columns; those in the query go before them."""

    def __init__(
        self,
        workspace: Workspace,
        now: Callable[[], datetime],
        settings: Settings,
        paths: Paths,
        reading: Reading | None = None,
    ) -> None:
        super().__init__(workspace, reading)
        self._paths = paths
        self._dialog_states = DialogStates(paths.dialogs, workspace.store.path)
        self._now = now
        self._settings = settings
        self._shown: Sequence[str] = ()
        """The keys of the projects in the list, in its order."""
        self._current: str | None = None
        """The key under the cursor."""
        self._making = ""
        """What is being done to very many projects at the moment."""
        self._told: set[str] = set()
        """Why a crash could lose something, as far as the reader knows it."""

    def _keeper(self, kind: str, projects: Sequence[Project]) -> SaveDialogState:
        """Return what keeps how a dialog on projects stands: typed, added, removed."""
        keys = tuple(project.key for project in projects)

        def keep(
            typed: str, add: Sequence[str] = (), remove: Sequence[str] = (), /
        ) -> None:
            self._dialog_states.save(
                DialogState(kind, keys, typed, tuple(add), tuple(remove))
            )

        return keep

    def _show(self) -> None:
        """Show what the query and the choice let through; the cursor stays."""
        raise NotImplementedError

    def _narrow(self, query: str) -> None:
        """Add terms to what is typed in the filter bar, and show what is left."""
        raise NotImplementedError

    def _ask(self, query: str) -> None:
        """Put another query into the filter bar, and show what it lets through."""
        raise NotImplementedError

    def go_to(self, key: str) -> None:
        """Put the cursor on a project; the filter goes if it hides it."""
        raise NotImplementedError

    @property
    def projects(self) -> Mapping[str, Project]:
        """All projects by key."""
        return self._workspace.dataset.projects

    @property
    def _fields(self) -> tuple[str, ...]:
        """The fields behind the name in the list; empty: the usual ones."""
        return (
            list_fields.known(self._query.show) if self._query.show else self._columns
        )

    @property
    def _current_project(self) -> Project | None:
        """The project under the cursor, also in a burst of keys that moved it."""
        raise NotImplementedError

    @property
    def _marked(self) -> frozenset[str]:
        """The keys of the marked projects, also of those that the filter hides."""
        raise NotImplementedError

    def _is_reading(self) -> bool:
        """Return whether the file is still being read, and say so."""
        if self._workspace.is_complete:
            return False
        self.notify("The file is still being read", markup=False)
        return True

    def _visible_marks(self) -> list[Project]:
        """Return the marked projects that the filter shows, in the list's order."""
        if not self._marked:
            return []
        return [self.projects[key] for key in self._shown if key in self._marked]

    def _targets(self) -> list[Project]:
        """Return what a key acts on: the visible marks, else the current project."""
        current = self._current_project
        return self._visible_marks() or ([current] if current else [])

    def _has_any(self, targets: Sequence[Project]) -> bool:
        """Return whether there is something to act on; if not, say so."""
        if not targets:
            self._say_none()
        return bool(targets)

    def _say_none(self) -> None:
        hidden = "No project is in the list: 0 shows all"
        text = hidden if self.projects else "There is no project in the file"
        self.notify(text, markup=False)

    def _project_at_hand(self) -> Project | None:
        """Return the project under the cursor; say so if there is none."""
        project = self._current_project
        if project is None:
            self._say_none()
        return project

    def _change(
        self, label: str, projects: Sequence[Project], changes: Sequence[Change]
    ) -> bool:
        """Make one step of changes to each of the projects; the only way to edit.

        What cannot be done is kept as a draft or aside, and told.

        Returns:
            Whether nothing stood in the way.
        """
        if len(projects) != 1:
            label += f" on {len(projects):,} projects"
        edits = tuple(
            Edit(project.key, change) for project in projects for change in changes
        )
        step = Transaction(label, edits)
        if self._is_busy():
            self._change_later(step)
            return False
        return self._make(step)

    @work(group="later")
    async def _change_later(self, step: Transaction) -> None:
        """Make a step as soon as the one on very many projects is made."""
        while self._making:
            await asyncio.sleep(0.05)
        if self._make(step):
            self._workspace.discard_drafts(step)

    def _make(self, step: Transaction) -> bool:
        """Make a step; return whether nothing stood in the way."""
        if len({edit.key for edit in step.edits}) > MANY:
            self._change_many(step)
            return True
        try:
            changed = self._workspace.apply(step)
        except HunnanError as error:
            self._refuse(step, str(error))
            return False
        refused = self._workspace.last_refused
        self._tell(refused)
        self._tell_done(step.label, changed)
        if changed:
            self._show_made(changed)
        return not refused

    def _refuse(self, step: Transaction, reason: str) -> None:
        """Say why a step is not made, and where what it would have written is kept."""
        self._tell(self._workspace.refuse(step.edits, reason))

    @work(group="many")
    async def _change_many(self, step: Transaction) -> None:
        """Make a step on very many projects beside the screen."""
        try:
            await self._beside(partial(self._workspace.apply, step), step.label)
        except HunnanError as error:
            self._refuse(step, str(error))
        else:
            self._tell(self._workspace.last_refused)
            self._tell_done(step.label, self._workspace.last_changed)

    def _tell_done(self, label: str, changed: Collection[str]) -> None:
        if len(changed) > 1:
            self.notify(f"Done: {label}. u takes it back", markup=False)

    def _is_busy(self) -> bool:
        """Return whether a step on very many projects is being made, and say so."""
        if self._making:
            self.notify(f"Wait a moment: {self._making}", markup=False)
        return bool(self._making)

    async def _beside(self, make: Callable[[], _T], label: str) -> _T:
        """Let a thread make a step; until it is done no other is made or saved."""
        self._making = label
        try:
            async with self._file:
                made = await asyncio.to_thread(make)
                changed = self._workspace.last_changed
                index = await asyncio.to_thread(
                    self._index.updated, self._workspace.dataset, changed
                )
            self._use_index(index)
        finally:
            self._making = ""
        self._save_made()
        return made

    def action_undo(self) -> None:
        self._step_history(self._workspace.undo, "Taken back", "Nothing to undo")

    def action_redo(self) -> None:
        self._step_history(self._workspace.redo, "Made again", "Nothing to redo")

    def _step_history(self, step: Callable[[], str], done: str, empty: str) -> None:
        if self._is_busy():
            return
        if len(self._workspace.last_changed) > MANY:
            self._step_history_many(step, done, empty)
            return
        label = step()
        self._tell_stepped(label, done, empty)
        if label:
            self._show_made(self._workspace.last_changed)

    def _tell_stepped(self, label: str, done: str, empty: str) -> None:
        refused = self._workspace.last_refused
        self._tell(refused)
        if label or not refused:
            self.notify(f"{done}: {label}" if label else empty, markup=False)

    @work(group="many")
    async def _step_history_many(
        self, step: Callable[[], str], done: str, empty: str
    ) -> None:
        label = await self._beside(step, done.lower())
        self._tell_stepped(label, done, empty)

    def _show_made(self, changed: Collection[str]) -> None:
        """Show a step that has been made, and that it is not in the file yet; save it."""
        self._show_changed(changed)
        self._save_made()

    def _save_made(self) -> None:
        """Say that a step is not in the file yet, and save it."""
        self._show_saved()
        workspace = self._workspace
        problems = (
            workspace.journal_problem,
            workspace.drafts.problem,
            workspace.log_problem,
        )
        unsafe = {*problems} - {""}
        self._tell(unsafe - self._told)
        self._told |= unsafe
        self._save()
