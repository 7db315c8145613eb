"""The keys of what there is to do, and what has changed since the last visit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from hunnan_tui.config.dialog_state import DialogState
from hunnan_tui.core.changes import (
    PROJECT_GONE,
    AddNote,
    AddTags,
    Change,
    Edit,
)
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.model import Note, Project
from hunnan_tui.tui.browser.notes import NotingScreen
from hunnan_tui.tui.browser.planning import PlanningScreen
from hunnan_tui.tui.browser.tags import TaggingScreen

if TYPE_CHECKING:
    from hunnan_tui.analysis.diff import Difference
    from hunnan_tui.storage.losses import Offer
    from hunnan_tui.tui.pages.results import PageResult


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
        Binding(
            "B",
            "put_back",
            "Put back",
            key_display="B",
            id="edit.put-back",
            tooltip="Put back what you wrote and an older version of the file took away",
            show=False,
        ),
    ]

    _since: Difference | None = None
    """What others have changed since the last visit."""

    def action_agenda(self) -> None:
        from hunnan_tui.tui.pages.agenda import AgendaPage

        if self._is_reading():
            return
        page = AgendaPage(
            self._index.updated(self._workspace.dataset, ()),  # for another thread
            self._now().date(),
            self._settings.silent_days,
            tuple(self._workspace.drafts.list_all()),
            self._since,
            partial(self._workspace.losses.list_offers, self._workspace.dataset),
        )
        self.app.push_screen(page, self._take_up)

    @work(group="put-back", exclusive=True)
    async def action_put_back(self) -> None:
        if self._is_reading():
            return
        losses, dataset = self._workspace.losses, self._workspace.dataset
        try:
            offers = await asyncio.to_thread(losses.list_offers, dataset)
        except HunnanError as error:
            self._tell([str(error)])
            return
        here = [offer for offer in offers if offer.key in self.projects]
        if here:
            self._put_back(here)
        elif offers:
            text = "What is kept was on projects that are gone: M shows it"
            self.notify(text, markup=False)
        else:
            text = "The file has everything that you wrote: nothing to put back"
            self.notify(text, markup=False)

    def _put_back(self, offers: Sequence[Offer], onto: str = "") -> None:
        """Put back what is kept aside, in one step."""
        if self._is_busy():
            return
        step = self._workspace.losses.make_transaction(offers, onto)
        if self._make(step):
            self._drop(offers)
            self.notify(f"Done: {step.label}. u takes it back", markup=False)

    def _drop(self, offers: Sequence[Offer], *, unwanted: bool = False) -> None:
        try:
            self._workspace.losses.discard(offers, unwanted=unwanted)
        except HunnanError as error:
            self._tell([str(error)])

    @work
    async def _decide(self, offer: Offer) -> None:
        """Ask what becomes of something that is kept aside."""
        from hunnan_tui.storage.losses import format_annotations
        from hunnan_tui.tui.dialogs.note_dialogs import ask_about_lost, ask_about_orphan

        project, current = self.projects.get(offer.key), self._current_project
        if project is not None:
            answer = await ask_about_lost(self.app, project)
        else:
            answer = await ask_about_orphan(self.app, offer.key, current)
        if answer == "back":
            self._put_back([offer])
        elif answer == "here" and current is not None:
            self._put_back([offer], onto=current.key)
        elif answer == "copy":
            self.app.copy_to_clipboard(format_annotations(offer.annotations))
            self.notify("Copied; it is still kept", markup=False)
        elif answer == "forget":
            self._drop([offer], unwanted=True)
            self.notify("It is kept no longer", markup=False)

    def _take_up_unfinished(self) -> None:
        """Open the dialog again that was open when the app was killed."""
        state = self._dialog_states.restore()
        if state is None:
            return
        projects = [self.projects[key] for key in state.keys if key in self.projects]
        if projects:
            self.notify("Taken up again: what was not saved", markup=False)
            self._take_up_dialog(state, projects)
        else:
            self._tell(self._workspace.refuse(_as_edits(state), PROJECT_GONE))

    @work(group="since")
    async def _tell_since(self) -> None:
        """Say what others have changed since the last visit, if anything."""
        from hunnan_tui.analysis.change_summary import news
        from hunnan_tui.storage.last_seen import load_last_seen

        dataset = self._workspace.dataset
        before = await asyncio.to_thread(
            load_last_seen, self._paths.last_seen, self._workspace.store
        )
        if before is None:
            return
        told = news(before, dataset)
        if not told:
            return
        from hunnan_tui.analysis.diff import difference

        self._since = await asyncio.to_thread(difference, before, dataset, own=True)
        self.notify(
            f"Since your last visit: {told}. M shows it", timeout=10, markup=False
        )

    def _take_up_dialog(self, state: DialogState, projects: Sequence[Project]) -> None:
        match state.kind:
            case "tags.edit":
                self._edit_tags(projects, state)
            case "plan.follow-up":
                self._ask_follow_up(projects, state.typed)
            case "plan.needs":
                self._ask_needs(projects, state.typed)

    def _take_up(self, target: PageResult | None) -> None:
        from hunnan_tui.tui.pages.results import (
            GoToProject,
            NarrowList,
            RestoreOffer,
            ResumeDraft,
        )

        match target:
            case GoToProject(key) if key in self.projects:
                self.go_to(key)
            case NarrowList(query):
                self._narrow(query)
            case ResumeDraft(draft) if draft.key in self.projects:
                self.go_to(draft.key)
                self._resume(draft)
            case ResumeDraft(draft):
                self._rehome(draft)
            case RestoreOffer(offer):
                self._decide(offer)


def _as_edits(state: DialogState) -> list[Edit]:
    """Return what a dialog held as edits: what was typed last becomes a note."""
    changes: list[Change] = [AddNote(Note(state.typed))] if state.typed.strip() else []
    if state.add:
        changes.append(AddTags(state.add))
    return [Edit(key, change) for key in state.keys for change in changes]
