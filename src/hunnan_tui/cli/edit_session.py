"""An open dataset, and the change that a command makes to it."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from hunnan_tui.cli.key_names import name_keys_of
from hunnan_tui.cli.open_dataset import READING, OpenDataset, open_for_edits
from hunnan_tui.cli.output import say, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import (
    choose_projects,
    find_project,
    locate_files,
    report_file_problems,
)
from hunnan_tui.config.settings import explain_read_only, load_settings
from hunnan_tui.core.apply_changes import DatasetEditor, apply_edits, explain_lock
from hunnan_tui.core.changes import AnyChange, Change, Edit, Transaction
from hunnan_tui.core.counts import format_count, format_line
from hunnan_tui.core.errors import HunnanError, SaveError
from hunnan_tui.core.fact_changes import DATASET
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import (
    Dataset,
    Note,
    Project,
)
from hunnan_tui.core.progress import Working
from hunnan_tui.core.text import fold
from hunnan_tui.storage import open_workspace

Changes = Callable[[Project], Iterable[AnyChange]]
"""Returns the changes to a project."""


class EditSession:
    """An open dataset that a command changes once."""

    def __init__(self, args: Namespace) -> None:
        self.args = args
        self._is_dry_run = args.dry_run
        self._refused = False
        files = locate_files(args)
        self.settings = load_settings(files.paths.config)
        name_keys_of(self.settings)
        for problem in self.settings.problems:
            say(str(problem))
        self.files = files.lock(explain_read_only(self.settings))
        if self._is_dry_run:
            with Working(READING):
                store, loaded, _unused = open_workspace.open_store(self.files)
            self._opened = OpenDataset(loaded.dataset, loaded.problems)
        else:
            self._workspace, self._opened, messages = open_for_edits(args, self.files)
            for message in messages:
                say(message)
            store = self._workspace.store
        self.dataset: Dataset = self._opened.dataset
        report_file_problems(self._opened.problems)
        self.path: Path = store.path
        self._why_read_only = store.explain_read_only()
        self._store = store
        self._keys: list[str] = []
        """The projects that the command names."""
        self._why_readonly = _("it stands in {path}, which is not written to").format(
            path=store.path
        )

    def choose_projects(
        self, count: int = 1, most: int | None = None
    ) -> tuple[Sequence[Project], list[str]]:
        """Return the projects that the command names, and its other words.

        Args:
            count: The fewest words that must be left.
            most: The most.
        """
        projects, words = choose_projects(self.args, self._opened, self.path, count)
        self._keys = [project.key for project in projects]
        if most is not None and len(words) > most:
            raise make_usage_error(self.args.command, _("Too many words"))
        return projects, words

    def find_project(self, id: str) -> Project:
        return find_project(self.dataset, id, self.path)

    def refuse(self, project: Project, why: str) -> None:
        """Say why a project stays as it is; the others are changed."""
        say(format_line(project.key, why))
        self._refused = True

    def refuse_readonly(self, project: Project, what: str) -> None:
        self.refuse(
            project,
            _("{what} cannot be changed: {why_readonly}").format(
                what=what, why_readonly=self._why_readonly
            ),
        )

    def refuse_readonly_tags(self, project: Project, tags: Iterable[str]) -> None:
        """Say which tags cannot be removed from a project."""
        unwanted = set(map(fold, tags))
        for tag in project.readonly_annotations.tags:
            if fold(tag) in unwanted:
                self.refuse_readonly(project, _("the tag {tag}").format(tag=tag))

    def change_note(
        self, label: str, project: Project, note: Note, change: Change
    ) -> int:
        """Change a note of a project, save it, and return the exit status."""
        if (
            note in project.readonly_annotations.notes
            and note not in project.annotations.notes
        ):
            self.refuse_readonly(project, _("the note"))
            return SaveError.exit_code
        return self.change(label, [project], lambda _: [change])

    def change(self, label: str, projects: Sequence[Project], changes: Changes) -> int:
        """Change projects, save them, and return the exit status.

        Args:
            label: What is done, for messages and the undo list.
            projects: The projects.
            changes: Returns the changes to each of them.

        Raises:
            SaveError: The dataset is read-only or could not be saved.
        """
        if self._why_read_only:
            raise SaveError(
                _("Not saved: {why_read_only}").format(
                    why_read_only=self._why_read_only
                )
            )
        return self._make(
            label,
            [
                Edit(project.key, change)
                for project in projects
                for change in changes(project)
                if self._can_change(project, change)
            ],
        )

    def change_facts(self, label: str, edits: Sequence[Edit]) -> int:
        """Make edits of facts in one step, save them, and return the exit status.

        A dry run prints what would change.

        Raises:
            SaveError: The facts cannot be written, or could not be saved.
        """
        self.check_facts()
        edits = self._sign(edits)
        if self._is_dry_run:
            from hunnan_tui.cli.fact_preview import format_edits

            write("".join(f"{line}\n" for line in format_edits(edits, self.dataset)))
        return self._make(label, edits)

    def _sign(self, edits: Sequence[Edit]) -> Sequence[Edit]:
        """Return edits whose new events have the user's name."""
        from hunnan_tui.core.fact_changes import ChangeFacts
        from hunnan_tui.core.fact_origin import sign_events

        return [
            replace(edit, change=sign_events(edit.change, self.author))
            if isinstance(edit.change, ChangeFacts)
            else edit
            for edit in edits
        ]

    @cached_property
    def author(self) -> str:
        """Who writes: what the settings say, else git."""
        from hunnan_tui.config.author import read_git_author

        return self.settings.author or read_git_author(self.path.absolute().parent)

    def check_facts(self) -> None:
        """Raise SaveError if the facts of the dataset cannot be written."""
        if reason := self._store.explain_no_facts(self._keys):
            raise SaveError(_("Not saved: {reason}").format(reason=reason))

    @property
    def narrow_dataset(self) -> Dataset:
        """The dataset with only the terms that the edited projects can refer to."""
        return self._store.narrow_dataset(self.dataset, self._keys)

    def _make(self, label: str, edits: Sequence[Edit]) -> int:
        with Working(N_("Changing projects")):
            changed = {edit.key for edit in apply_edits(self.dataset, edits).undo}
        transaction = Transaction(
            label, tuple(edit for edit in edits if edit.key in changed)
        )
        if not self._is_dry_run:
            self._save(transaction)
        would = _("would change ") if self._is_dry_run else ""
        what = format_count(len(changed - {DATASET}), "project")
        if changed == {DATASET}:
            what = format_count(len(edits), "entry", "entries")
        if changed:
            say(format_line(label, f"{would}{what}"))
        elif not self._refused:
            say(_("{label}: nothing to change").format(label=label))
        return SaveError.exit_code if self._refused else 0

    def _can_change(self, project: Project, change: AnyChange) -> bool:
        why = explain_lock(project, change.field)
        if why:
            self.refuse(project, why)
        return not why

    def _save(self, transaction: Transaction) -> None:
        """Save a transaction, and before it what was recovered: it builds on that."""
        workspace = self._workspace
        waiting = workspace.count_waiting()
        try:
            with Working(N_("Changing projects")):
                workspace.apply(transaction)
            for message in workspace.last_refused:
                say(message)
            with Working(N_("Saving")):
                report = workspace.save_now()
        except KeyboardInterrupt:
            workspace.give_up(waiting)
            why = _("Stopped: {path} has all of the change, or nothing of it")
            say(why.format(path=self.path))
            raise
        except HunnanError as error:
            consequence = _("the change is kept and saved with the next one")
            if workspace.journal_problem:
                consequence = workspace.journal_problem
            raise SaveError(f"{error}; {consequence}") from error
        finally:
            workspace.close()
        for message in report.messages:
            say(message)
        self._refused |= not _is_applied(transaction, workspace.dataset)


def _is_applied(transaction: Transaction, dataset: Dataset) -> bool:
    """Return whether a dataset has a transaction: making it again would change nothing."""
    editor = DatasetEditor(dataset)
    for edit in transaction.edits:
        effect = editor.apply(edit)
        if effect is None or effect.conflict:
            return False
    known = dataset.projects
    return editor.dataset.sources == dataset.sources and all(
        key in known and project == known[key]
        for key, project in editor.projects.items()
    )
