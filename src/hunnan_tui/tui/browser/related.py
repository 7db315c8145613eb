"""Finds the related projects, beside the screen where that takes a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual.css.query import NoMatches
from textual.screen import Screen
from textual.worker import Worker

from hunnan_tui.core.model import Project
from hunnan_tui.tui.background.scheduling import (
    RELATED,
    StoppedError,
    switch_often,
    wait_until_idle,
)
from hunnan_tui.tui.browser.state import BrowserState

if TYPE_CHECKING:
    from hunnan_tui.analysis.related import Related, Relations

_LARGE = 1_000
"""Projects from which on finding out who is related takes a thread."""


class RelatedProjects:
    """The relations between all projects, as far as they are known."""

    def __init__(
        self,
        state: BrowserState,
        screen: Screen[None],
        lock: asyncio.Lock,
        show: Callable[[], None],
    ) -> None:
        """Prepare to look for relations.

        Args:
            state: Has the projects.
            screen: Owns the worker.
            lock: Held by work that can wait.
            show: Called when the relations are known.
        """
        self._state = state
        self._screen = screen
        self._lock = lock
        self._show = show
        self._relations: Relations | None = None
        self._worker: Worker[None] | None = None
        self._is_stopped = False

    def stop(self) -> None:
        """End the work in the thread as soon as possible."""
        self._is_stopped = True

    def find(self, project: Project) -> Sequence[Related]:
        """Return the related projects; none while they are still being looked for."""
        state = self._state
        if not state.workspace.is_complete:
            return ()
        if not self._is_known():
            self._begin()
        if self._relations is None or not self._is_known():
            return ()
        return self._relations.find_related(project, state.workspace.dataset)

    async def wait_for(self, project: Project) -> Sequence[Related]:
        """Return the related projects, however long it takes to find them."""
        related = self.find(project)
        if self._worker is not None and not self._worker.is_finished:
            await self._worker.wait()
            related = self.find(project)
        return related

    def _is_known(self) -> bool:
        relations = self._relations
        return relations is not None and relations.matches_index(self._state.index)

    def _begin(self) -> None:
        from hunnan_tui.analysis.related import Relations

        if len(self._state.projects) < _LARGE:
            self._relations = Relations(self._state.index)
        elif self._worker is None or self._worker.is_finished:
            self._worker = self._screen.run_worker(self._find, group=RELATED)

    async def _find(self) -> None:
        from hunnan_tui.analysis.related import Relations

        def raise_if_stopped() -> None:
            if self._is_stopped:
                raise StoppedError

        rest = partial(wait_until_idle, raise_if_stopped)
        async with self._lock:
            with suppress(StoppedError), switch_often():
                self._relations = await asyncio.to_thread(
                    Relations, self._state.index, rest
                )
                with suppress(NoMatches):  # the screen is being taken apart
                    self._show()
