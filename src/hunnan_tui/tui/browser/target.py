"""What commands act on: in the list, and on a page.

A command that a key of a page runs acts on the project that was under the page's cursor
when the key was pressed. It may ask for its target later, in a worker or a thread of its
own: a context variable goes there with it, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project
from hunnan_tui.core.parts import get_whole
from hunnan_tui.tui.browser.state import BrowserState

if TYPE_CHECKING:
    from textual.notifications import SeverityLevel

    from hunnan_tui.tui.browser.panes import Panes

_key: ContextVar[str | None] = ContextVar("target", default=None)


def get_target() -> str | None:
    """Return the key of the project that a page's command acts on; None in the list."""
    return _key.get()


@contextmanager
def acting_on(key: str) -> Iterator[None]:
    """Let commands that are started inside act on a project."""
    token = _key.set(key)
    try:
        yield
    finally:
        _key.reset(token)


class TargetedState(BrowserState):
    """The state of the main screen as commands see it that act on projects."""

    panes: Panes

    def notify(
        self,
        message: str,
        *,
        severity: SeverityLevel = "information",
        timeout: float | None = None,
    ) -> None:
        """Show a message, which is never markup."""
        raise NotImplementedError

    @property
    def current_project(self) -> Project | None:
        """The project under the cursor, also in a burst of keys that moved it."""
        return self.projects.get(self.panes.list.current or "")

    @property
    def visible_marks(self) -> list[Project]:
        """The marked projects that the filter shows, in the list's order."""
        marked = self.panes.list.marked
        if not marked:
            return []
        return [self.projects[key] for key in self.shown_keys if key in marked]

    def get_targets(self) -> list[Project]:
        """Return what a command acts on.

        On a page, that is the project under its cursor; in the list the visible marks,
        else the current project.
        """
        if (key := get_target()) is not None:
            return [self.projects[key]] if key in self.projects else []
        current = self.current_project
        return self.visible_marks or ([current] if current else [])

    @property
    def focused_fact(self) -> str:
        """The fact under the cursor of the detail; empty if that has not the focus."""
        detail = self.panes.detail
        is_here = detail.has_focus and get_target() is None
        return detail.current_fact if is_here else ""

    def find_whole(self) -> str:
        """Return the key of what the current project is part of; empty if of nothing."""
        project = self.current_project
        whole = get_whole(project) if project else ""
        return whole if whole in self.projects else ""

    def has_targets(self, targets: Sequence[Project]) -> bool:
        """Return whether there is something to act on; if not, say so."""
        if not targets:
            self._notify_of_none()
        return bool(targets)

    def require_current(self) -> Project | None:
        """Return the project under the cursor of list or page; say so if there is none."""
        key = get_target()
        project = self.current_project if key is None else self.projects.get(key)
        if project is None:
            self._notify_of_none()
        return project

    def _notify_of_none(self) -> None:
        text = _("There are no projects yet: {add} adds one").format(
            add=name_key("projects.add")
        )
        if self.projects:
            text = _("No project is in the list: {clear} shows all").format(
                clear=name_key("filter.clear")
            )
        self.notify(text)
