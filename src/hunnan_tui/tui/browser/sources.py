"""The keys of sources: tabs of the detail, where a fact comes from, related projects."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.actions import SkipAction
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.css.query import NoMatches
from textual.getters import query_one
from textual.worker import Worker

from hunnan_tui.core.model import Project, Source
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.background.scheduling import (
    StoppedError,
    in_small_slices,
    wait_for_quiet,
)
from hunnan_tui.tui.browser.export import SharingScreen
from hunnan_tui.tui.widgets.detail import ProjectDetail
from hunnan_tui.tui.widgets.project_list import ProjectList

if TYPE_CHECKING:
    from hunnan_tui.analysis.provenance import Evidence
    from hunnan_tui.analysis.related import Related, Relations

_LARGE = 1_000
"""Projects from which on finding out who is related takes a thread."""


class CitingScreen(SharingScreen):
    """Shows where facts come from, and copies them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "left_square_bracket,left_black_lenticular_bracket,left_corner_bracket",
            "tab(-1)",
            "Previous tab of the detail",
            key_display="[",
            id="detail.previous-tab",
            tooltip="Facts, sources, notes, history",
            show=False,
        ),
        Binding(
            "right_square_bracket,right_black_lenticular_bracket,right_corner_bracket",
            "tab(1)",
            "Next tab of the detail",
            key_display="]",
            id="detail.next-tab",
            tooltip="Facts, sources, notes, history",
            show=False,
        ),
        Binding(
            "less_than_sign,left_double_angle_bracket,left_angle_bracket",
            "neighbour(-1)",
            "Previous project",
            key_display="<",
            id="detail.previous",
            tooltip="Without leaving the detail",
            show=False,
        ),
        Binding(
            "greater_than_sign,right_double_angle_bracket,right_angle_bracket",
            "neighbour(1)",
            "Next project",
            key_display=">",
            id="detail.next",
            tooltip="Without leaving the detail",
            show=False,
        ),
        Binding(
            "i",
            "show_source",
            "Source of the fact",
            key_display="i",
            id="sources.show",
            tooltip="What the fact under the cursor rests on, with the quoted words",
            show=False,
        ),
        Binding(
            "o",
            "open_source",
            "Open the source",
            key_display="o",
            id="sources.open",
            tooltip="In the browser; the address is shown first",
            show=False,
        ),
        Binding(
            "y",
            "copy",
            "Copy…",
            key_display="y",
            id="share.copy",
            tooltip="Name, row, link, citation or the whole card",
            show=False,
        ),
        Binding(
            "Y",
            "copy_citation",
            "Copy the citation",
            key_display="Y",
            id="share.cite",
            tooltip="Of the fact under the cursor, or of the project",
            show=False,
        ),
        Binding(
            "R",
            "show_related",
            "Related projects",
            key_display="R",
            id="projects.related",
            tooltip="With the same party, place, source or announcement",
            show=False,
        ),
    ]

    _detail = query_one(ProjectDetail)
    _list = query_one(ProjectList)
    _relations: Relations | None = None
    _relating: Worker[None] | None = None
    _has_left = False

    def action_tab(self, by: int) -> None:
        self._detail.cycle_tab(by)

    def action_neighbour(self, by: int) -> None:
        self._list.action_move(by)

    @work
    async def action_show_source(self) -> None:
        from hunnan_tui.tui.dialogs.provenance import SourceDialog

        project = self._project_at_hand()
        if project is None:
            return
        fact = self._fact(project)
        dialog = SourceDialog(project, self._workspace.dataset, fact)
        wanted = await self.app.push_screen_wait(dialog)
        if wanted == "open":
            await self._open(fact.sources)
        elif wanted == "copy":
            await self._copy_citation(project, [fact])

    @work
    async def action_open_source(self) -> None:
        project = self._project_at_hand()
        if project is not None:
            await self._open(self._wanted_sources(project))

    @work
    async def action_copy(self) -> None:
        from hunnan_tui.tui.dialogs.copy import ask_what_to_copy

        project = self._project_at_hand()
        if project is None:
            return
        made = self._now().date()
        facts = self._focused(project)
        copied = await ask_what_to_copy(
            self.app, project, self._workspace.dataset, facts, made
        )
        if copied is None:
            return
        if copied.path is None:
            await self._copy(copied.text, copied.what)
        else:
            text = copied.text.rstrip("\n") + "\n"
            await self._write_export(copied.path, text.encode)

    @work
    async def action_copy_citation(self) -> None:
        project = self._project_at_hand()
        if project is not None:
            await self._copy_citation(project, self._focused(project))

    def action_copy_text(self) -> None:
        """Copy what the mouse has selected, as everything else is copied."""
        selected = self.get_selected_text()
        if selected is None:
            raise SkipAction
        self._copy_selected(selected)

    @work(group="copy")
    async def _copy_selected(self, text: str) -> None:
        await self._copy(text, "the selection")

    async def _copy_citation(self, project: Project, facts: Sequence[Evidence]) -> None:
        from hunnan_tui.analysis.citation import citation

        text = citation(project, self._workspace.dataset, facts)
        await self._copy(text, "the citation")

    async def _copy(self, text: str, what: str) -> None:
        from hunnan_tui.tui.terminal.clipboard import copy

        how = await copy(self.app, text)
        self.notify(f"Copied {what} {how}", markup=False)

    @work
    async def action_show_related(self) -> None:
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        project = self._project_at_hand()
        if project is None:
            return
        if not self._workspace.is_complete:
            self.notify("The file is still being read: try again", markup=False)
            return
        related = await self._related_in_time(project)
        if not related:
            self.notify(
                "No other project has its parties, place, sources or announcements",
                markup=False,
            )
            return
        options = [(each.key, self._related_option(each)) for each in related]
        title = f"{len(related):,} related to {project.name}"
        key = await self.app.push_screen_wait(ChooseDialog(title, options))
        if key is not None:
            self.go_to(key)

    def _related_option(self, related: Related) -> Content:
        name = display_line(self.projects[related.key].name[:200])
        reasons = "; ".join(
            f"{each.kind}: {display_line(each.text[:100])}" for each in related.reasons
        )
        return Content.assemble(
            (name, "bold"), "  ", (reasons[:300], "$foreground-muted")
        )

    @on(ProjectDetail.Opened)
    def _follow_opened(self, message: ProjectDetail.Opened) -> None:
        kind, _, name = message.name.partition(" ")
        if kind == "related":
            self.go_to(name)
        elif kind == "source":
            self.action_open_source()
        elif message.name:
            self.action_show_source()

    def _focused(self, project: Project) -> list[Evidence]:
        """Return the fact under the cursor when the detail has the focus."""
        name = self._detail.current_fact if self._detail.has_focus else ""
        kind, _, source = name.partition(" ")
        if kind == "source":
            from hunnan_tui.analysis.provenance import of_source

            return [of_source(source, project, self._workspace.dataset)]
        return [each for each in self._facts(project) if name and each.name == name]

    def _fact(self, project: Project) -> Evidence:
        """Return the fact under the cursor; else the amount, else the stage."""
        facts = self._facts(project)
        stage, amount = facts[0], facts[1]
        focused = self._focused(project)
        return focused[0] if focused else amount if amount.text else stage

    def _facts(self, project: Project) -> list[Evidence]:
        from hunnan_tui.analysis.provenance import evidence

        return evidence(project, self._workspace.dataset)

    def _wanted_sources(self, project: Project) -> Sequence[str]:
        """Return the sources of what is under the cursor; else all of the project."""
        from hunnan_tui.analysis.project_text import sources_of

        focused = self._focused(project)
        return (focused[0].sources if focused else ()) or sources_of(project)

    async def _open(self, names: Sequence[str]) -> None:
        """Open one of some sources, after its address was shown."""
        from hunnan_tui.tui.dialogs.provenance import ask_address

        known = self._workspace.dataset.sources
        sources: list[Source] = [known[name] for name in names if name in known]
        url = await ask_address(self.app, sources)
        if url:
            self.app.open_url(url)

    def _related(self, project: Project) -> Sequence[Related]:
        """Return the related projects; none yet while that is being found out."""
        if not self._workspace.is_complete:
            return ()
        relations, index = self._relations, self._index
        if relations is None or not relations.are_of(index):
            self._relate()
            relations = self._relations
        if relations is None or not relations.are_of(index):
            return ()
        return relations.of(project, self._workspace.dataset)

    def _relate(self) -> None:
        """Find out who is related, beside the screen where that takes a while."""
        from hunnan_tui.analysis.related import Relations

        if len(self.projects) < _LARGE:
            self._relations = Relations(self._index)
        elif self._relating is None or self._relating.is_finished:
            self._relating = self._relate_beside()

    @work(group="relate")
    async def _relate_beside(self) -> None:
        from hunnan_tui.analysis.related import Relations

        def look() -> None:
            if self._has_left:
                raise StoppedError

        rest = partial(wait_for_quiet, look)
        async with self._spare:
            with suppress(StoppedError), in_small_slices():
                self._relations = await asyncio.to_thread(Relations, self._index, rest)
                with suppress(NoMatches):  # the screen is being taken apart
                    self._show_detail()

    def on_unmount(self) -> None:
        self._has_left = True

    async def _related_in_time(self, project: Project) -> Sequence[Related]:
        """Return the related projects, however long it takes to find them."""
        related = self._related(project)
        if self._relating is not None and not self._relating.is_finished:
            await self._relating.wait()
            related = self._related(project)
        return related

    def _show_detail(self) -> None:
        """Show the current project in the detail."""
        raise NotImplementedError
