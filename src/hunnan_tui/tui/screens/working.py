"""The keys of what there is to do, and what has changed since the last visit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hunnan_tui.edits import NO_PROJECT, AddNote, AddTags, Change, Edit
from hunnan_tui.model import Note, Project
from hunnan_tui.tui.screens.noting import NotingScreen
from hunnan_tui.tui.screens.planning import PlanningScreen
from hunnan_tui.tui.screens.tagging import TaggingScreen
from hunnan_tui.unfinished import Begun

if TYPE_CHECKING:
    from hunnan_tui.analysis.difference import Difference
    from hunnan_tui.tui.screens.agenda import Target


class WorkingScreen(TaggingScreen, NotingScreen, PlanningScreen):
    """Opens the page of what there is to do."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "M",
            "agenda",
            "My work",
            id="work.open",
            tooltip="Follow-ups, open needs, drafts, silence, changes by others",
            show=False,
        ),
    ]

    _since: Difference | None = None
    """What others have changed since the last visit."""

    def action_agenda(self) -> None:
        from hunnan_tui.tui.screens.agenda import AgendaPage

        if self._is_reading():
            return
        page = AgendaPage(
            self._index.updated(self._workspace.dataset, ()),  # for another thread
            self._now().date(),
            self._settings.silent_days,
            tuple(self._workspace.drafts.all()),
            self._since,
        )
        self.app.push_screen(page, self._take_up)

    def _take_up_unfinished(self) -> None:
        """Open the dialog again that was open when the app was killed."""
        begun = self._unfinished.take_up()
        if begun is None:
            return
        projects = [self.projects[key] for key in begun.keys if key in self.projects]
        if projects:
            self.notify("Taken up again: what was not saved", markup=False)
            self._take_up_dialog(begun, projects)
        else:
            self._tell(self._workspace.refuse(_as_edits(begun), NO_PROJECT))

    @work(group="since")
    async def _tell_since(self) -> None:
        """Say what others have changed since the last visit, if anything."""
        from hunnan_tui.news import news
        from hunnan_tui.seen import last_seen

        dataset = self._workspace.dataset
        before = await asyncio.to_thread(
            last_seen, self._places.seen, self._workspace.store
        )
        if before is None:
            return
        told = news(before, dataset)
        if not told:
            return
        from hunnan_tui.analysis.difference import difference

        self._since = await asyncio.to_thread(difference, before, dataset, own=True)
        self.notify(
            f"Since your last visit: {told}. M shows it", timeout=10, markup=False
        )

    def _take_up_dialog(self, begun: Begun, projects: Sequence[Project]) -> None:
        match begun.kind:
            case "tags.edit":
                self._edit_tags(projects, begun)
            case "plan.follow-up":
                self._ask_follow_up(projects, begun.typed)
            case "plan.needs":
                self._ask_needs(projects, begun.typed)

    def _take_up(self, target: Target | None) -> None:
        from hunnan_tui.tui.screens.agenda import GoTo, Narrow, Resume

        match target:
            case GoTo(key) if key in self.projects:
                self.go_to(key)
            case Narrow(query):
                self._narrow(query)
            case Resume(draft) if draft.key in self.projects:
                self.go_to(draft.key)
                self._resume(draft)
            case Resume(draft):
                self._rehome(draft)


def _as_edits(begun: Begun) -> list[Edit]:
    """Return what a dialog held as edits: what was typed last becomes a note."""
    changes: list[Change] = [AddNote(Note(begun.typed))] if begun.typed.strip() else []
    if begun.add:
        changes.append(AddTags(begun.add))
    return [Edit(key, change) for key in begun.keys for change in changes]
