"""The pages over the main screen: the acts on their projects, and the way there and back.

A page says which project is under its cursor, and the commands of the list act on it. Who
goes from a page to the list takes the way back along: the page as it stands, and what the
list showed before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from textual.binding import Binding

from hunnan_tui.core.language import _
from hunnan_tui.tui.browser.commands import COMMANDS, BrowserCommand
from hunnan_tui.tui.browser.state import Place
from hunnan_tui.tui.browser.target import acting_on

if TYPE_CHECKING:
    from hunnan_tui.core.model import Dataset
    from hunnan_tui.tui.browser.base import Browser
    from hunnan_tui.tui.pages.base import Page
    from hunnan_tui.tui.pages.results import PageResult

ON_PROJECTS: Final = (
    *("tags.edit", "tags.watch", "tags.repeat"),
    *("notes.add", "notes.edit", "notes.editor", "notes.delete"),
    *("plan.follow-up", "plan.needs", "plan.met"),
    *("stage.move", "facts.edit"),
    *("sources.show", "sources.open", "share.copy", "share.cite"),
    "projects.related",
)
"""The commands that act on the project under the cursor of a page."""
ON_HISTORY: Final = ("edit.undo", "edit.redo", "app.names")
"""Those that need no project."""
_TAUGHT: Final = ("plan.follow-up", "plan.needs", "plan.met", "tags.watch")
"""Those that the footers of pages name besides those of the list."""
_LONGEST_WAY = 20
"""Steps that lead back."""
_NAMED = 3
"""Pages of the way that are named."""


class _Step:
    """A step from pages to the list."""

    def __init__(self, pages: Sequence[Page], before: Place) -> None:
        """Take the pages, the lowest first, and what the list showed below them."""
        self.pages = pages
        self.before = before
        self.arrival = before
        """What the list showed then."""


class OpenPages:
    """Opens pages, follows where they lead, and finds the way back."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.run_command: Callable[[str], None] = lambda _: None
        """Runs a command of the main screen, by its id."""
        self.own_commands: Sequence[BrowserCommand] = ()
        """The commands of the user's own."""
        self.own_keys: Mapping[str, str] = {}
        """Their keys, by their ids."""
        self._renewals: dict[Page, Callable[[], object]] = {}
        """Shows the projects as they are now on a page."""
        self._drawn: dict[Page, Dataset] = {}
        """What each page shows."""
        self._steps: list[_Step] = []
        self._kept = 0

    @property
    def way_to_list(self) -> str:
        """The pages that led to the list, in words; empty for none."""
        return self._name_way()

    def _name_way(self, *open_pages: Page) -> str:
        pages = [page for step in self._steps for page in step.pages]
        names = [_(page.HEADING) for page in (*pages, *open_pages)]
        return " › ".join(["…"] * (len(names) > _NAMED) + names[-_NAMED:])

    def open(self, page: Page, renew: Callable[[], object] = lambda: None) -> None:
        """Open a page.

        Args:
            page: The page.
            renew: Lets it show the projects as they are now.
        """
        keys = self.own_keys
        own = [name for name, key in keys.items() if not page.uses_key(key)]
        acts = {*ON_PROJECTS, *ON_HISTORY, *own} if page.HAS_PROJECTS else set()
        page.way = self._name_way(*self._list_open())
        page.keep = partial(self._keep, page)
        page.offer_acts(
            [
                Binding(
                    command.keys,
                    f"act({command.id!r})",
                    command.name,
                    show=command.in_footer or command.id in _TAUGHT,
                    key_display=command.key_display,
                    tooltip=command.help,
                    id=command.id,
                )
                for command in (*COMMANDS, *self.own_commands)
                if command.id in acts
            ],
            acts.difference(ON_HISTORY),
            partial(self._act, page),
        )
        self._renewals[page] = renew
        self._drawn[page] = self._browser.workspace.dataset
        self._push(page)

    def renew(self, *, is_forced: bool = False) -> None:
        """Show the projects as they are now on all pages that are open.

        Args:
            is_forced: Whether those too are drawn whose projects are the same.
        """
        dataset = self._browser.workspace.dataset
        for page in self._list_open():
            if is_forced or self._drawn[page] is not dataset:
                self._drawn[page] = dataset
                self._renewals[page]()

    def go_back(self) -> bool:
        """Go one step back, to the pages that led to the list; return whether there are any.

        Where the reader has asked for something else since, that is taken back first.
        """
        if not self._steps:
            return False
        step = self._steps[-1]
        if not step.arrival.asks_same_as(self._browser.place):
            self._browser.return_to(step.arrival)
            return True
        self._steps.pop()
        self._browser.return_to(step.before)
        for page in step.pages:
            self._browser.app.uninstall_screen(page)
            self._push(page)
        self.renew()
        return True

    def forget_way(self) -> None:
        """Forget the way back: the reader has begun anew."""
        steps, self._steps = self._steps, []
        for step in steps:
            self._close(step.pages)

    def _keep(self, page: Page) -> None:
        """Let a page stay as it is when it is closed; Textual removes others."""
        self._kept += 1
        self._browser.app.install_screen(page, f"page-{self._kept}")

    def _push(self, page: Page) -> None:
        self._browser.app.push_screen(page, partial(self._follow, page))

    def _act(self, page: Page, command: str) -> None:
        """Run a command on the project under the cursor of a page."""
        key = page.current_key
        if command in ON_HISTORY:
            self.run_command(command)
        elif not key:
            self._browser.notify(page.explain_no_project())
        elif key not in self._browser.projects:
            self._browser.notify(_("This project is no longer in the file"))
        else:
            with acting_on(key):
                self.run_command(command)

    def _follow(self, page: Page, result: PageResult | None) -> None:
        """Go where a page was left for: to a project, or to a part of the list."""
        from hunnan_tui.tui.pages.results import GoToProject, NarrowList

        browser = self._browser
        before, below = browser.place, self._list_open()
        match result:
            case NarrowList(query):
                go = partial(browser.narrow, query)
            case GoToProject(key) if key in browser.projects:
                go = partial(browser.go_to, key)
            case None:
                del self._renewals[page], self._drawn[page]
                return
            case _:
                self._close([page])
                return
        for under in reversed(below):
            self._keep(under)
            browser.app.pop_screen()
        # what is shown names the way, so the way is there before
        step = _Step((*below, page), before)
        self._steps.append(step)
        go()
        step.arrival = browser.place
        while len(self._steps) > _LONGEST_WAY:
            self._close(self._steps.pop(0).pages)

    def _list_open(self) -> list[Page]:
        stack = self._browser.app.screen_stack
        return [screen for screen in stack if screen in self._renewals]

    def _close(self, pages: Sequence[Page]) -> None:
        for page in pages:
            del self._renewals[page], self._drawn[page]
            self._browser.app.uninstall_screen(page)
            page.remove()
