"""The commands of facts: edit one, move to a stage, add a project."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from hunnan_tui.core.cell_width import fit
from hunnan_tui.core.changes import Edit, Transaction
from hunnan_tui.core.counts import format_count
from hunnan_tui.core.fact_changes import DATASET, AddProject, AddSource, ChangeFacts
from hunnan_tui.core.keys_in_use import name_key
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Project, Stage
from hunnan_tui.core.names import name_briefly, name_term
from hunnan_tui.core.text import display_line
from hunnan_tui.tui.browser.base import Browser, Handler
from hunnan_tui.tui.browser.editing import Editing
from hunnan_tui.tui.browser.notes import Notes
from hunnan_tui.tui.browser.planning import Planning

if TYPE_CHECKING:
    from hunnan_tui.analysis.fact_edits import FactText
    from hunnan_tui.tui.dialogs.fact_forms import FactForms
    from hunnan_tui.tui.dialogs.form import Form
    from hunnan_tui.tui.dialogs.form_row import Typed
    from hunnan_tui.tui.dialogs.source_form import SourceChoices

_NOT_FACTS = ("source ", "related ", "part ", "whole ")
"""How the names of lines in the detail begin that lead elsewhere."""
_LABEL_WIDTH = 22
"""Cells of the label of a fact, where one is chosen."""
_ADD, _MOVE = "projects.add", "stage.move"
"""The kinds of unfinished forms; that of a fact is its name."""


class Facts:
    """Edits what projects state."""

    def __init__(
        self, browser: Browser, editing: Editing, notes: Notes, planning: Planning
    ) -> None:
        self._browser = browser
        self._editing = editing
        self._notes = notes
        self._planning = planning
        self._last_source = ""
        """The id of the source that was chosen last."""
        self._unfinished: dict[tuple[str, ...], Typed] = {}
        """What was typed into forms that were left, by kind and projects."""
        self.handlers: Mapping[str, Handler] = {
            "notes.edit": self.edit_here,
            "facts.edit": self.edit,
            "stage.move": self.move,
            "projects.add": self.add,
        }

    async def edit_here(self) -> None:
        """Edit the fact under the cursor of the detail; elsewhere a note."""
        name = self._get_focused_name()
        if name == "follow-up":
            self._planning.set_follow_up()
        elif name.startswith("need "):
            self._planning.edit_needs()
        elif name:
            await self.edit()
        else:
            await self._notes.edit()

    async def edit(self) -> None:
        """Edit the fact under the cursor of the detail, or one that is chosen."""
        from hunnan_tui.tui.dialogs.fact_forms import list_fact_texts

        browser = self._browser
        project = browser.require_current()
        if project is None or not self._can_edit([project]):
            return
        facts = list_fact_texts(project, browser.workspace.dataset)
        name = self._get_focused_name()
        fact = next((item for item in facts if _is_named(item, name)), None)
        fact = fact or await self._choose_fact(project, facts)
        if fact is not None:
            await self.ask_fact(project, fact)

    async def ask_fact(
        self, project: Project, fact: FactText, typed: Typed | None = None
    ) -> None:
        """Ask for a fact, and change it.

        Args:
            project: The project as it is shown.
            fact: The fact.
            typed: What was typed before.
        """
        from hunnan_tui.analysis.fact_edits import find_item_source, make_steps

        browser = self._browser
        forms = self._make_forms([project])
        chosen = find_item_source(fact.name, project)
        sources = forms.make_sources([project], self._last_source, chosen)
        form = forms.make_fact(fact, project, sources)
        answer = await self._ask(form, f"fact {fact.name}", [project], typed)
        if answer is None:
            return
        source = sources.resolve(answer["source"])
        texts = {key: text for key, text in answer.items() if key != "source"}
        dataset = browser.workspace.narrow_dataset([project.key])
        today = browser.now().date()
        steps = make_steps(fact.name, texts, project, dataset, today, source)
        if not steps:
            browser.notify(_("Nothing was changed"))
            return
        edits = [Edit(project.key, ChangeFacts(steps))]
        label = _("change {fact}").format(fact=fact.label.lower())
        if self._apply(label, edits, sources, source):
            browser.notify(
                _("Done: {label}. {undo} takes it back").format(
                    label=label, undo=name_key("edit.undo")
                )
            )
        else:
            self._keep((f"fact {fact.name}", project.key), answer)

    async def move(self) -> None:
        """Ask for a stage, and move the marked projects there, or the current one."""
        targets = await asyncio.to_thread(self._browser.get_targets)
        if self._browser.has_targets(targets) and self._can_edit(targets):
            await self.ask_move(targets)

    async def ask_move(
        self, targets: Sequence[Project], typed: Typed | None = None
    ) -> None:
        """Ask where projects go and since when, and move them there."""
        from hunnan_tui.core.fact_origin import move_to_stage
        from hunnan_tui.core.typed_facts import clean_typed, read_day, resolve_term

        browser = self._browser
        keys = [project.key for project in targets]
        stages = browser.workspace.narrow_dataset(keys).stages
        if not stages:
            browser.notify(_("The file defines no stages: add [[stages]] to it first"))
            return
        forms = self._make_forms(targets)
        sources = forms.make_sources(targets, self._last_source)
        form = forms.make_move(targets, _find_next_stage(targets, stages), sources)
        answer = await self._ask(form, _MOVE, targets, typed)
        if answer is None:
            return
        stage = stages[resolve_term(answer["stage"], stages, "stage").id]
        day = read_day(answer["stage_date"], browser.now().date())
        what, source = clean_typed(answer["what"]), sources.resolve(answer["source"])
        going = [
            project
            for project in targets
            if (project.stage, project.stage_date) != (stage.id, day)
        ]
        if not going:
            text = _("Already at {stage} since {day}")
            browser.notify(text.format(stage=display_line(name_term(stage)), day=day))
            return

        def make_edits() -> list[Edit]:
            return [
                Edit(
                    project.key,
                    move_to_stage(project, stage, day, what, source, stages),
                )
                for project in going
            ]

        # very many take seconds
        edits = await asyncio.to_thread(make_edits)
        label = _("move to {name}").format(name=name_term(stage))
        if len(going) > 1:
            label = _("{label} on {projects}").format(
                label=label, projects=format_count(len(going), "project")
            )
        if not self._apply(label, edits, sources, source):
            self._keep((_MOVE, *(project.key for project in targets)), answer)
        elif len(going) == 1:
            text = _("Done: {label}, {day}. {undo} takes it back")
            browser.notify(
                text.format(label=label, day=day, undo=name_key("edit.undo"))
            )

    async def add(self) -> None:
        """Ask for a new project, add it and go to it."""
        if not self._browser.is_loading() and self._can_edit(()):
            await self.ask_project()

    async def ask_project(self, typed: Typed | None = None) -> None:
        """Ask for a new project, with what was typed before, and add it."""
        from hunnan_tui.analysis.fact_edits import make_record

        browser = self._browser
        dataset = browser.workspace.narrow_dataset(())
        forms = self._make_forms(())
        sources = forms.make_sources((), self._last_source)
        districts = list(browser.index.get_labels("district"))
        usual = districts[0] if len(districts) == 1 else ""
        form = forms.make_project(sources, districts, usual)
        answer = await self._ask(form, _ADD, (), typed)
        if answer is None:
            return
        source = sources.resolve(answer["source"])
        texts = {key: text for key, text in answer.items() if key != "source"}
        record = make_record(texts, dataset, browser.now().date(), source)
        key: str = record["id"]
        edits = [Edit(key, AddProject(record))]
        label = _("add {name}").format(name=record["name"])
        if self._apply(label, edits, sources, source):
            file = browser.workspace.store.default_file  # as the filter names it
            text = _("Added: {name}. {undo} takes it back")
            if file:
                text = _("Added to {file}: {name}. {undo} takes it back")
            browser.go_to(key)
            name = display_line(record["name"])
            browser.notify(
                text.format(
                    name=name, file=display_line(file), undo=name_key("edit.undo")
                )
            )
        else:
            self._keep((_ADD,), answer)

    async def resume(self, kind: str, projects: Sequence[Project], typed: str) -> None:
        """Open a form again that was open when the app was killed.

        Args:
            kind: The kind of the form, as it was saved.
            projects: What it is about.
            typed: Its texts, as JSON.
        """
        from hunnan_tui.tui.dialogs.fact_forms import list_fact_texts

        texts = read_typed_texts(typed)
        if not self._can_edit(projects):
            self._keep((kind, *(project.key for project in projects)), texts)
        elif kind == _ADD:
            await self.ask_project(texts)
        elif not projects:
            return  # another version has left something else
        elif kind == _MOVE:
            await self.ask_move(projects, texts)
        else:
            facts = list_fact_texts(projects[0], self._browser.workspace.dataset)
            name = kind.removeprefix("fact ")
            fact = next((item for item in facts if item.name == name), None)
            if fact is not None:
                await self.ask_fact(projects[0], fact, texts)

    async def _ask(
        self,
        form: Form,
        kind: str,
        projects: Sequence[Project],
        typed: Typed | None,
    ) -> Typed | None:
        """Show a form; what was typed into the same one before is in it again."""
        from hunnan_tui.tui.dialogs.form import FormDialog

        browser = self._browser
        name = (kind, *(project.key for project in projects))
        before = typed or self._unfinished.pop(name, None)
        dialog = FormDialog(
            form,
            typed=before,
            problem=_("Taken up again: what was not saved") if before else "",
            keep=browser.make_dialog_saver(kind, projects),
        )
        answer: Typed | None = await browser.app.push_screen_wait(dialog)
        browser.dialog_states.discard()
        if answer is None and dialog.is_changed:
            self._keep(name, dialog.typed)
        return answer

    def _keep(self, name: tuple[str, ...], typed: Typed) -> None:
        """Keep what was typed for when the same form is opened again."""
        self._unfinished[name] = typed
        text = _("What was typed is kept: the same key takes it up again")
        self._browser.notify(text)

    def _apply(
        self, label: str, edits: Sequence[Edit], sources: SourceChoices, source: str
    ) -> bool:
        """Make edits, with the source that they name if it is new."""
        self._last_source = source
        added = [
            Edit(DATASET, AddSource(record))
            for name, record in sources.added.items()
            if name == source
        ]
        return self._editing.submit(Transaction(label, (*added, *edits)))

    def _can_edit(self, projects: Sequence[Project]) -> bool:
        """Return whether facts can be edited; if not, say why."""
        if self._editing.is_busy():
            return False
        store = self._browser.workspace.store
        reason = store.explain_no_facts([project.key for project in projects])
        locked = (project.locked for project in projects[:1])
        reason = reason or next(filter(None, locked), "")
        if reason:
            self._browser.warn([_("Not edited: {reason}").format(reason=reason)])
        return not reason

    def _make_forms(self, projects: Sequence[Project]) -> FactForms:
        from hunnan_tui.tui.dialogs.fact_forms import FactForms

        browser = self._browser
        dataset = browser.workspace.narrow_dataset(each.key for each in projects)
        return FactForms(dataset, browser.copy_index(), browser.now().date())

    def _get_focused_name(self) -> str:
        """Return the fact under the cursor of the detail; empty if there is none."""
        name = self._browser.focused_fact
        is_elsewhere = name.startswith(_NOT_FACTS)
        return "" if is_elsewhere else name.removeprefix("key ")

    async def _choose_fact(
        self, project: Project, facts: Sequence[FactText]
    ) -> FactText | None:
        from hunnan_tui.tui.dialogs.choose import ChooseDialog

        options = [(fact.name, _describe_fact(fact)) for fact in facts]
        title = _("Edit which fact of {project}?")
        title = title.format(project=name_briefly(project))
        name = await self._browser.app.push_screen_wait(ChooseDialog(title, options))
        return next((fact for fact in facts if fact.name == name), None)


def read_typed_texts(typed: str) -> dict[str, str]:
    """Return the texts of a form from their JSON; none if it is damaged."""
    try:
        texts = json.loads(typed)
    except ValueError:
        return {}
    if not isinstance(texts, dict):
        return {}
    return {key: text for key, text in texts.items() if isinstance(text, str)}


def _is_named(fact: FactText, name: str) -> bool:
    is_first_party = name == "party 0" and fact.name == "party new"
    return bool(name) and (fact.name == name or is_first_party)


def _describe_fact(fact: FactText) -> Content:
    text = display_line(fact.text[:200])
    return Content.assemble(
        (f"{fit(display_line(fact.label[:200]), _LABEL_WIDTH)}  ", "$foreground-muted"),
        (text, "") if text else (_("not stated"), "$foreground-muted"),
    )


def _find_next_stage(
    projects: Sequence[Project], stages: Mapping[str, Stage]
) -> Stage | None:
    """Return the stage behind the one that all projects are at, if they are at one."""
    order = list(stages)
    now = {project.stage for project in projects}
    if len(now) != 1:
        return None
    (stage,) = now
    following = order.index(stage) + 1 if stage in stages else len(order)
    return stages[order[following]] if following < len(order) else None
