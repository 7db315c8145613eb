"""The commands of needs and follow-ups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from hunnan_tui.core.changes import Change, ChangeNeed, SetFollowUp
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Need, Project
from hunnan_tui.core.schema_values import name_value
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.editing import Editing
from hunnan_tui.tui.browser.target import get_target
from hunnan_tui.tui.presenters.summary import describe_projects

if TYPE_CHECKING:
    from hunnan_tui.tui.dialogs.follow_up import FollowUpDay


class Planning:
    """Plans the work on the marked projects, or on the current one."""

    def __init__(self, browser: Browser, editing: Editing) -> None:
        self._browser = browser
        self._editing = editing
        self.handlers: Mapping[str, Handler] = {
            "plan.follow-up": self.set_follow_up,
            "plan.needs": self.edit_needs,
            "plan.met": self.meet_need,
        }

    def set_follow_up(self) -> None:
        """Ask for the day of the follow-up."""
        targets = self._browser.get_targets()
        if self._browser.has_targets(targets):
            self.ask_follow_up(targets)

    def ask_follow_up(self, targets: Sequence[Project], typed: str = "") -> None:
        """Open the dialog of the follow-up, with what was typed there before."""
        from hunnan_tui.tui.dialogs.follow_up import FollowUpDialog

        browser = self._browser
        dialog = FollowUpDialog(
            describe_projects(targets),
            {project.follow_up for project in targets},
            browser.now().date(),
            typed=typed,
            keep=browser.make_dialog_saver("plan.follow-up", targets),
        )
        browser.app.push_screen(dialog, partial(self._follow_up, targets))

    def _follow_up(
        self, targets: Sequence[Project], answer: FollowUpDay | None
    ) -> None:
        self._browser.dialog_states.discard()
        if answer is not None:
            label = _("follow up {text}").format(text=answer.day or _("no more"))
            self._editing.edit(label, targets, [SetFollowUp(answer.day)])

    def edit_needs(self) -> None:
        """Show the needs, to add, change or remove them."""
        targets = self._browser.get_targets()
        if self._browser.has_targets(targets):
            self.ask_needs(targets)

    def ask_needs(self, targets: Sequence[Project], typed: str = "") -> None:
        """Open the dialog of the needs, with what was typed there before."""
        from hunnan_tui.tui.dialogs.needs import NeedsDialog

        browser = self._browser
        # several projects have different needs: one can only be added to all of them
        project = targets[0] if len(targets) == 1 else None
        dialog = NeedsDialog(
            _("Needs of {projects}").format(projects=describe_projects(targets)),
            project.annotations.needs if project else (),
            partial(self._change_needs, targets),
            browser.now().date(),
            readonly=project.readonly_annotations.needs if project else (),
            typed=typed,
            keep=browser.make_dialog_saver("plan.needs", targets),
        )
        browser.app.push_screen(dialog, self._close_needs)

    async def meet_need(self) -> None:
        """Say that the open need is met; of several, ask which."""
        project = self._browser.require_current()
        if project is None:
            return
        needs = [need for need in project.annotations.needs if need.state == "open"]
        if not needs:
            name = describe_projects([project])
            text = _("No need of {name} is open that can be changed here")
            self._browser.notify(text.format(name=name))
            return
        need = needs[0] if len(needs) == 1 else await self._choose_need(project, needs)
        if need is not None:
            change = ChangeNeed(need, need._replace(state="met"))
            label = _("need {kind} {after}")
            kind = name_value(need.kind)
            label = label.format(kind=kind, after=name_value("met"))
            is_met = self._editing.edit(label, [project], [change])
            if is_met and get_target() is None:
                text = _("Met: {need}. {undo} takes it back")
                self._browser.notify(text.format(need=kind, undo=name_key("edit.undo")))

    async def _choose_need(
        self, project: Project, needs: Sequence[Need]
    ) -> Need | None:
        from textual.content import Content

        from hunnan_tui.analysis.field_text import format_need_subject
        from hunnan_tui.core.text import display_line
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        options = [
            (str(number), Content(display_line(format_need_subject(need)[:300])))
            for number, need in enumerate(needs)
        ]
        title = _("Which need of {name} is met?")
        title = title.format(name=describe_projects([project]))
        chosen = await self._browser.app.push_screen_wait(ChooseDialog(title, options))
        return None if chosen is None else needs[int(chosen)]

    def _change_needs(
        self, targets: Sequence[Project], label: str, change: Change
    ) -> Sequence[Need]:
        """Change the needs; return those of the project, if it is one."""
        self._editing.edit(label, targets, [change])
        if len(targets) > 1:
            return ()
        project = self._browser.projects.get(targets[0].key)
        return project.annotations.needs if project else ()

    def _close_needs(self, query: str | None) -> None:
        self._browser.dialog_states.discard()
        if query is not None:
            self._browser.narrow(query)
