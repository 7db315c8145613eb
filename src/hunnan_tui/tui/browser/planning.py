"""The keys of needs and follow-ups."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from hunnan_tui.core.changes import Change, SetFollowUp
from hunnan_tui.core.model import Need, Project
from hunnan_tui.tui.browser.base import ActingScreen

if TYPE_CHECKING:
    from hunnan_tui.tui.dialogs.follow_up import FollowUpDay


class PlanningScreen(ActingScreen):
    """Plans the work on projects."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "follow_up",
            "Follow-up",
            key_display="a",
            id="plan.follow-up",
            tooltip="Set the day to come back to the project, or to the marked ones",
            show=False,
        ),
        Binding(
            "N",
            "needs",
            "Needs",
            key_display="N",
            id="plan.needs",
            tooltip="What it waits for: energy, labour, transport; open or met",
            show=False,
        ),
    ]

    def action_follow_up(self) -> None:
        targets = self._targets()
        if self._has_any(targets):
            self._ask_follow_up(targets)

    def _ask_follow_up(self, targets: Sequence[Project], typed: str = "") -> None:
        from hunnan_tui.tui.dialogs.follow_up import FollowUpDialog

        former = {each.follow_up for each in targets}
        keep = self._keeper("plan.follow-up", targets)
        dialog = FollowUpDialog(
            _named(targets), former, self._now().date(), typed=typed, keep=keep
        )
        self.app.push_screen(dialog, partial(self._follow_up, targets))

    def _follow_up(self, targets: Sequence[Project], typed: FollowUpDay | None) -> None:
        self._dialog_states.discard()
        if typed is not None:
            label = f"follow up {typed.day or 'no more'}"
            self._change(label, targets, [SetFollowUp(typed.day)])

    def action_needs(self) -> None:
        targets = self._targets()
        if self._has_any(targets):
            self._ask_needs(targets)

    def _ask_needs(self, targets: Sequence[Project], typed: str = "") -> None:
        from hunnan_tui.tui.dialogs.needs import NeedsDialog

        # of several projects the needs differ: there one can be added to all of them
        one = targets[0] if len(targets) == 1 else None
        dialog = NeedsDialog(
            f"Needs of {_named(targets)}",
            one.annotations.needs if one else (),
            partial(self._change_needs, targets),
            self._now().date(),
            fixed=one.readonly_annotations.needs if one else (),
            typed=typed,
            keep=self._keeper("plan.needs", targets),
        )
        self.app.push_screen(dialog, self._list_needs)

    def _change_needs(
        self, targets: Sequence[Project], label: str, change: Change
    ) -> Sequence[Need]:
        self._change(label, targets, [change])
        if len(targets) > 1:
            return ()
        project = self.projects.get(targets[0].key)
        return project.annotations.needs if project else ()

    def _list_needs(self, query: str | None) -> None:
        self._dialog_states.discard()
        if query is not None:
            self._narrow(query)


def _named(projects: Sequence[Project]) -> str:
    return projects[0].name if len(projects) == 1 else f"{len(projects):,} projects"
