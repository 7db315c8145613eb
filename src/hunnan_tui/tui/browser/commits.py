"""What commits changed in a project: read from git beside the screen, when it is asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from textual.css.query import NoMatches
from textual.screen import Screen

from hunnan_tui.core.model import Project
from hunnan_tui.storage.workspace import Workspace
from hunnan_tui.tui.background.scheduling import COMMITS, switch_often

if TYPE_CHECKING:
    from hunnan_tui.versions.changes import CommitChanges

_KEPT = 30
"""Projects whose commits are kept."""
MOST = 100
"""Commits of a project that are listed."""


class ProjectCommits:
    """The commits of the projects that were looked at."""

    def __init__(
        self,
        workspace: Workspace,
        screen: Screen[None],
        lock: asyncio.Lock,
        show: Callable[[], None],
    ) -> None:
        """Prepare to read.

        Args:
            workspace: The open dataset.
            screen: Owns the worker.
            lock: Held by work that can wait.
            show: Called when commits are known.
        """
        self._workspace = workspace
        self._screen = screen
        self._lock = lock
        self._show = show
        self._known: dict[str, Sequence[CommitChanges]] = {}
        self._wanted = ""
        self._is_reading = False
        self._has_no_history: set[Path] = set()

    def forget(self) -> None:
        """Read again what is asked for next: there may be other commits."""
        self._known.clear()

    def find(self, project: Project) -> Sequence[CommitChanges] | None:
        """Return the commits of a project, the newest first; None until they are known.

        None as well where there is no git, and for a reader in a browser, who is given
        nothing but the file as it is.
        """
        path = self._find_file(project)
        if path is None or path in self._has_no_history or self._screen.app.is_web:
            return None
        if project.key in self._known:
            return self._known[project.key]
        self._wanted = project.key
        if not self._is_reading:
            self._is_reading = True
            self._screen.run_worker(self._read_wanted(), group=COMMITS)
        return None

    def _find_file(self, project: Project) -> Path | None:
        stores = self._workspace.store.members
        if len(stores) == 1:
            return stores[0].path
        named = [each.path for each in stores if each.path.name == project.origin.file]
        return named[0] if len(named) == 1 else None

    async def _read_wanted(self) -> None:
        """Read the commits of the project that was asked for last."""
        try:
            async with self._lock:
                while self._wanted:
                    key, self._wanted = self._wanted, ""
                    project = self._workspace.dataset.projects.get(key)
                    path = self._find_file(project) if project else None
                    if project is None or path is None:
                        continue
                    with switch_often():
                        found = await asyncio.to_thread(_read, path, project.id)
                    if found is None:
                        self._has_no_history.add(path)
                        return
                    while len(self._known) >= _KEPT:
                        del self._known[next(iter(self._known))]
                    self._known[key] = found
        finally:
            self._is_reading = False
        with suppress(NoMatches):  # the screen is being taken apart
            self._show()


def _read(path: Path, id: str) -> Sequence[CommitChanges] | None:
    """Return the commits of a project; None if the file has no history."""
    from hunnan_tui.versions.changes import list_changes
    from hunnan_tui.versions.history import read_versions
    from hunnan_tui.versions.program import GitError

    try:
        return tuple(islice(list_changes(read_versions(path, id)), MOST))
    except GitError:
        return None
