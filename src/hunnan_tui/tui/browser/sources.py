"""The commands of sources: where a fact comes from, citations, related projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project, Source
from hunnan_tui.core.names import name_briefly
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.export import Export

if TYPE_CHECKING:
    from hunnan_tui.analysis.provenance import Evidence
    from hunnan_tui.tui.pages.related import RelatedPage, RelatedRow


class Sources:
    """Shows where facts come from, and copies them."""

    def __init__(self, browser: Browser, export: Export) -> None:
        self._browser = browser
        self._export = export
        self.handlers: Mapping[str, Handler] = {
            "sources.show": self.show,
            "sources.open": self.open,
            "share.copy": self.copy,
            "share.cite": self.copy_citation,
            "projects.related": self.show_related,
        }

    async def show(self) -> None:
        """Show what the fact under the cursor rests on."""
        from hunnan_tui.tui.dialogs.provenance import SourceDialog

        browser = self._browser
        project = browser.require_current()
        if project is None:
            return
        fact = self._find_fact(project)
        dialog = SourceDialog(project, browser.workspace.dataset, fact)
        answer = await browser.app.push_screen_wait(dialog)
        if answer == "open":
            await self._open(fact.sources)
        elif answer == "copy":
            await self._copy_citation(project, [fact])

    async def open(self) -> None:
        """Open a source of the fact under the cursor; else one of the project."""
        from hunnan_tui.analysis.project_text import collect_sources

        project = self._browser.require_current()
        if project is not None:
            focused = self._find_focused(project)
            sources = focused[0].sources if focused else ()
            await self._open(sources or collect_sources(project))

    async def _open(self, names: Sequence[str]) -> None:
        """Open one of some sources, after its address was shown."""
        from hunnan_tui.tui.dialogs.provenance import ask_address

        browser = self._browser
        known = browser.workspace.dataset.sources
        sources: list[Source] = [known[name] for name in names if name in known]
        url = await ask_address(browser.app, sources)
        if url:
            browser.app.open_url(url)

    async def copy(self) -> None:
        """Ask what to copy of the project, and copy it or write it to a file."""
        from hunnan_tui.tui.dialogs.copy import ask_what_to_copy

        browser = self._browser
        project = browser.require_current()
        if project is None:
            return
        today = browser.now().date()
        facts = self._find_focused(project)
        dataset = browser.workspace.dataset
        copied = await ask_what_to_copy(
            browser.app, project, dataset, facts, today, browser.filled_fields
        )
        if copied is None:
            return
        if copied.path is None:
            await self.copy_text(copied.text, copied.what)
        else:
            text = copied.text.rstrip("\n") + "\n"
            await self._export.write(copied.path, text.encode)

    async def copy_citation(self) -> None:
        """Copy the citation of the fact under the cursor, or of the project."""
        project = self._browser.require_current()
        if project is not None:
            await self._copy_citation(project, self._find_focused(project))

    async def _copy_citation(self, project: Project, facts: Sequence[Evidence]) -> None:
        from hunnan_tui.analysis.citation import format_citation

        text = format_citation(project, self._browser.workspace.dataset, facts)
        await self.copy_text(text, _("the citation"))

    async def copy_text(self, text: str, name: str) -> None:
        """Copy a text, and say so; `name` says in the message what it is."""
        from hunnan_tui.tui.terminal.clipboard import copy_text

        how = await copy_text(self._browser.app, text)
        text = _("Copied {what} {how}").format(what=name, how=how)
        self._browser.notify(text)

    async def show_related(self) -> None:
        """Show the related projects, to go to one of them."""
        from hunnan_tui.tui.pages.related import RelatedPage

        browser = self._browser
        project = browser.require_current()
        if project is None or browser.is_loading():
            return
        rows = await self._find_related(project)
        if not rows:
            browser.notify(
                _("No other project has its parties, place, sources or announcements")
            )
            return
        page = RelatedPage(name_briefly(project) or project.key, rows)
        renew = partial(self._renew_related, page, project.key)
        browser.pages.open(page, lambda: browser.run(renew))

    async def _renew_related(self, page: RelatedPage, key: str) -> None:
        project = self._browser.projects.get(key)
        if project is not None:
            page.use(await self._find_related(project))

    async def _find_related(self, project: Project) -> list[RelatedRow]:
        from hunnan_tui.tui.pages.related import RelatedRow, format_reasons

        browser = self._browser
        return [
            RelatedRow(
                related.key,
                name_briefly(browser.projects[related.key]) or related.key,
                format_reasons(related.reasons),
            )
            for related in await browser.related.wait_for(project)
        ]

    def _find_focused(self, project: Project) -> list[Evidence]:
        """Return the fact under the cursor when the detail has the focus."""
        name = self._browser.focused_fact
        kind, _blank, source = name.partition(" ")
        if kind == "source":
            from hunnan_tui.analysis.provenance import describe_source

            return [describe_source(source, project, self._browser.workspace.dataset)]
        if kind == "key":
            from hunnan_tui.analysis.provenance import describe_key

            return [describe_key(source, project)]
        facts = self._list_facts(project)
        return [fact for fact in facts if name and fact.name == name]

    def _find_fact(self, project: Project) -> Evidence:
        """Return the fact under the cursor; else the amount, else the stage."""
        stage, amount, *_others = self._list_facts(project)
        focused = self._find_focused(project)
        return focused[0] if focused else amount if amount.text else stage

    def _list_facts(self, project: Project) -> list[Evidence]:
        from hunnan_tui.analysis.provenance import collect_evidence

        return collect_evidence(project, self._browser.workspace.dataset)
