"""What others have changed: since the last visit, and while the dataset is open."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from hunnan_tui.core.counts import format_count
from hunnan_tui.core.errors import Problem
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.background.scheduling import VISITS
from hunnan_tui.tui.browser.base import Browser, Handler

if TYPE_CHECKING:
    from hunnan_tui.analysis.diff import Difference
    from hunnan_tui.storage.known_steps import KnownSteps


_MOST_PARTS = 50
"""Changes of a file that are listed; a program may write it every second for days."""
_MOST_AUTHORS = 3
"""Authors of commits that a message names."""


class Changes:
    """Tells what others have changed, and lists it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.since_last_visit: Difference | None = None
        """What others have changed since the last visit."""
        self._outside: list[Difference] = []
        """What they have changed since the start, the latest last."""
        self._known: KnownSteps | None = None
        """The transactions of the user that have been seen in the file."""
        self.handlers: Mapping[str, Handler] = {"changes.open": self.open}

    def open(self) -> None:
        """Show what others have changed, with what there was before."""
        from hunnan_tui.tui.pages.changes import ChangesPage

        browser = self._browser
        if browser.is_loading():
            return
        parts = self._list_parts()
        if not parts:
            text = _("Nobody has changed anything since your last visit")
            browser.notify(text)
            return
        page = ChangesPage(parts, browser.projects)
        browser.pages.open(page, lambda: page.use(self._list_parts(), browser.projects))

    def _list_parts(self) -> list[tuple[str, Difference]]:
        parts = [(_("While it was open"), part) for part in reversed(self._outside)]
        if self.since_last_visit:
            parts.append((_("Since your last visit"), self.since_last_visit))
        return parts

    def report_last_visit(self) -> None:
        """Say what others have changed since the last visit, if anything."""
        self._browser.run(self._report_last_visit, VISITS)

    async def _report_last_visit(self) -> None:
        from hunnan_tui.analysis.change_summary import summarize_changes
        from hunnan_tui.analysis.diff import compare_datasets
        from hunnan_tui.storage.known_steps import list_known_steps
        from hunnan_tui.storage.last_seen import load_last_seen

        browser = self._browser
        workspace = browser.workspace
        folder, store, log = browser.paths.last_seen, workspace.store, workspace.log
        self._known = await asyncio.to_thread(list_known_steps, log)
        while True:
            dataset = workspace.dataset
            before = await asyncio.to_thread(load_last_seen, folder, store, log)
            if workspace.dataset is dataset:
                break  # no edit was made meanwhile that only one of them has
        changes = summarize_changes(before, dataset) if before is not None else ""
        if before is None or not changes:
            return
        self.since_last_visit = await asyncio.to_thread(
            compare_datasets, before, dataset, own=True
        )
        self._show_news()
        text = _("Since your last visit: {changes}. {key} lists it")
        browser.notify(
            text.format(changes=changes, key=name_key("changes.open")), timeout=10
        )

    def report_outside(
        self, before: Dataset, known: Collection[Problem], messages: Collection[str]
    ) -> None:
        """Say what others have changed in the file, which has been read anew.

        Args:
            before: The dataset before.
            known: What was wrong with the file before.
            messages: What the reader must know of it besides.
        """
        workspace = self._browser.workspace
        report = partial(
            self._report_outside,
            (before, workspace.dataset),
            (known, workspace.problems),
            messages,
        )
        self._browser.run(report, VISITS)

    async def _report_outside(
        self,
        datasets: tuple[Dataset, Dataset],
        problems: tuple[Collection[Problem], Collection[Problem]],
        messages: Collection[str],
    ) -> None:
        from hunnan_tui.analysis.change_summary import summarize_changes
        from hunnan_tui.analysis.diff import compare_datasets

        before, after = datasets
        before = await asyncio.to_thread(self._replay_own_edits, before)
        changes = summarize_changes(before, after, *problems)
        difference = None
        if isinstance(before.projects, dict) and isinstance(after.projects, dict):
            difference = await asyncio.to_thread(
                compare_datasets, before, after, own=True
            )  # those of a large file are not all in memory: they are only counted
        if difference:
            self._keep(difference)
            self._show_news()
        text = await asyncio.to_thread(self._describe_arrival)
        text = text.format(changes=changes or _("read anew"))
        if difference:
            text = _("{text}. {key} lists it").format(
                text=text, key=name_key("changes.open")
            )
        self._browser.notify(display_line(text), timeout=10)
        self._browser.warn(messages)

    def _keep(self, difference: Difference) -> None:
        from hunnan_tui.analysis.news import make_lasting

        before = self._outside[-1] if self._outside else None
        self._outside.append(make_lasting(difference, before))
        del self._outside[:-_MOST_PARTS]

    def _describe_arrival(self) -> str:
        """Return how a message of changes begins: that git has brought them, or others."""
        from hunnan_tui.versions.arrivals import find_arrival
        from hunnan_tui.versions.program import GitError

        path = self._browser.workspace.store.members[0].path
        arrival = None
        if not self._browser.app.is_web:
            with suppress(GitError):
                arrival = find_arrival(path)
        if arrival is None:
            return _("Changed outside: {changes}")
        count = format_count(arrival.commits, "commit")
        text = _("git {how}: {commits} by {authors}: {changes}")
        authors = ", ".join(map(display_line, arrival.authors[:_MOST_AUTHORS]))
        # what is a name must not be taken for a place of a text
        authors = authors.replace("{", "{{").replace("}", "}}")
        return text.format(
            how=arrival.how, commits=count, authors=authors, changes="{changes}"
        )

    def _replay_own_edits(self, before: Dataset) -> Dataset:
        """Return a dataset with what the user has edited in other windows meanwhile."""
        from hunnan_tui.core.apply_changes import replay
        from hunnan_tui.storage.known_steps import find_edits_since, list_known_steps

        log, known = self._browser.workspace.log, self._known
        self._known = list_known_steps(log)
        if known is None:
            return before
        return replay(before, find_edits_since(log, known, elsewhere=True))

    def _show_news(self) -> None:
        from hunnan_tui.analysis.news import collect_news

        parts = [difference for _title, difference in self._list_parts()]
        self._browser.show_news(collect_news(parts))
