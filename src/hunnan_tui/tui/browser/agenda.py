"""The commands of what there is to do, and of what was lost or left unfinished."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from hunnan_tui.config.dialog_state import DialogState
from hunnan_tui.core.changes import PROJECT_GONE, AddNote, AddTags, Change, Edit
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Note
from hunnan_tui.tui.browser.authors import find_author
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.editing import Editing
from hunnan_tui.tui.browser.facts import Facts, read_typed_texts
from hunnan_tui.tui.browser.news import Changes
from hunnan_tui.tui.browser.notes import Notes
from hunnan_tui.tui.browser.planning import Planning
from hunnan_tui.tui.browser.tags import Tags

if TYPE_CHECKING:
    from hunnan_tui.storage.drafts import Draft
    from hunnan_tui.storage.losses import Offer
    from hunnan_tui.tui.pages.agenda import AgendaPage


class Agenda:
    """Opens the page of what there is to do, and restores what was lost."""

    def __init__(
        self,
        browser: Browser,
        editing: Editing,
        *,
        tags: Tags,
        notes: Notes,
        planning: Planning,
        facts: Facts,
        changes: Changes,
    ) -> None:
        self._browser = browser
        self._editing = editing
        self._tags = tags
        self._notes = notes
        self._planning = planning
        self._facts = facts
        self._changes = changes
        self.handlers: Mapping[str, Handler] = {
            "work.open": self.open,
            "edit.put-back": self.put_back_all,
        }

    def open(self) -> None:
        """Open the page of what there is to do."""
        from hunnan_tui.tui.pages.agenda import AgendaPage

        browser = self._browser
        if browser.is_loading():
            return
        workspace = browser.workspace
        page = AgendaPage(
            browser.copy_index(),
            browser.now().date(),
            browser.settings.silent_days,
            tuple(workspace.drafts.list_all()),
            self._changes.since_last_visit,
            lambda: workspace.losses.list_offers(workspace.dataset),
            owner=find_author(browser),
            resume=lambda draft: browser.run(partial(self._resume, page, draft)),
            restore=lambda offer: browser.run(partial(self._restore, page, offer)),
        )
        browser.pages.open(page, partial(self._renew, page))

    def _renew(self, page: AgendaPage) -> None:
        browser = self._browser
        drafts = tuple(browser.workspace.drafts.list_all())
        page.use(browser.copy_index(), drafts)

    async def _resume(self, page: AgendaPage, draft: Draft) -> None:
        if self._browser.refuses_edits():
            return
        if draft.key in self._browser.projects:
            await self._notes.resume(draft)
        else:
            await self._notes.rehome(draft)
        self._renew(page)

    async def _restore(self, page: AgendaPage, offer: Offer) -> None:
        if self._browser.refuses_edits():
            return
        await self._decide(offer)
        self._renew(page)

    async def put_back_all(self) -> None:
        """Put back what the reader wrote and an older version of the file lacks."""
        browser = self._browser
        if browser.is_loading():
            return
        losses, dataset = browser.workspace.losses, browser.workspace.dataset
        try:
            offers = await asyncio.to_thread(losses.list_offers, dataset)
        except HunnanError as error:
            browser.warn([str(error)])
            return
        usable = [offer for offer in offers if offer.key in browser.projects]
        if usable:
            self._put_back(usable)
        elif offers:
            browser.notify(
                _("What is kept was on projects that are gone: {work} shows it").format(
                    work=name_key("work.open")
                )
            )
        else:
            browser.notify(
                _("The file has everything that you wrote: nothing to put back")
            )

    def _put_back(self, offers: Sequence[Offer], onto: str = "") -> None:
        """Put back what is kept aside, in one transaction.

        Args:
            offers: What is kept aside.
            onto: The key of the project that gets it; empty: the one it was on.
        """
        if self._editing.is_busy():
            return
        transaction = self._browser.workspace.losses.make_transaction(offers, onto)
        if self._editing.apply(transaction):
            self._drop(offers)
            text = _("Done: {label}. {undo} takes it back")
            self._browser.notify(
                text.format(label=transaction.label, undo=name_key("edit.undo"))
            )

    def _drop(self, offers: Sequence[Offer], *, unwanted: bool = False) -> None:
        try:
            self._browser.workspace.losses.discard(offers, unwanted=unwanted)
        except HunnanError as error:
            self._browser.warn([str(error)])

    async def _decide(self, offer: Offer) -> None:
        """Ask what to do with something that is kept aside."""
        from hunnan_tui.storage.losses import format_annotations
        from hunnan_tui.tui.dialogs.note_dialogs import ask_about_lost, ask_about_orphan

        browser = self._browser
        project, current = browser.projects.get(offer.key), browser.current_project
        if project is not None:
            answer = await ask_about_lost(browser.app, project)
        else:
            answer = await ask_about_orphan(browser.app, offer.key, current)
        if answer == "back":
            self._put_back([offer])
        elif answer == "here" and current is not None:
            self._put_back([offer], onto=current.key)
        elif answer == "copy":
            browser.app.copy_to_clipboard(format_annotations(offer.annotations))
            browser.notify(_("Copied; it is still kept"))
        elif answer == "forget":
            self._drop([offer], unwanted=True)
            browser.notify(_("It is kept no longer"))

    def reopen_dialog(self) -> None:
        """Open the dialog again that was open when the app was killed."""
        browser = self._browser
        state = browser.dialog_states.restore()
        if state is None:
            return
        projects = [
            browser.projects[key] for key in state.keys if key in browser.projects
        ]
        if not projects and state.keys:
            browser.warn(browser.workspace.refuse(_make_edits(state), _(PROJECT_GONE)))
            return
        browser.notify(_("Taken up again: what was not saved"))
        match state.kind:
            case "tags.edit":
                browser.run(partial(self._tags.ask_tags, projects, state))
            case "plan.follow-up":
                self._planning.ask_follow_up(projects, state.typed)
            case "plan.needs":
                self._planning.ask_needs(projects, state.typed)
            case kind:
                resume = partial(self._facts.resume, kind, projects, state.typed)
                browser.run(resume)


def _make_edits(state: DialogState) -> list[Edit]:
    """Return the edits of a dialog; the text in its field becomes a note."""
    text = state.typed
    if texts := read_typed_texts(text):
        text = "\n".join(f"{key}: {typed}" for key, typed in texts.items() if typed)
    changes: list[Change] = [AddNote(Note(text))] if text.strip() else []
    if state.add:
        changes.append(AddTags(state.add))
    return [Edit(key, change) for key in state.keys for change in changes]
