"""The copy menu: a part of a project for the clipboard or for a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from textual.app import App
from textual.content import Content

from hunnan_tui.analysis.citation import find_link, format_citation, format_names
from hunnan_tui.analysis.provenance import Evidence
from hunnan_tui.config.paths import expand_path, get_current_folder
from hunnan_tui.core.cell_width import pad
from hunnan_tui.core.filled_fields import ALL
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.names import name_briefly
from hunnan_tui.core.text import display, display_line
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.path import PathDialog

_PREVIEW = 200
_FILE_SUFFIXES = {"text": ".txt", "markdown": ".md", "citation": ".txt"}
"""The texts that can be written to a file, and the suffix of its name."""


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """The text that was chosen."""

    what: str
    """As in "Copied …"."""
    text: str
    path: Path | None = None
    """The file to write it to; None: the clipboard."""


@dataclass(frozen=True, slots=True)
class _Form:
    label: str
    what: str
    make: Callable[[], str]


async def ask_what_to_copy(
    app: App[Any],
    project: Project,
    dataset: Dataset,
    facts: Sequence[Evidence],
    today: date,
    filled: frozenset[str] = ALL,
) -> CopyRequest | None:
    """Ask what to copy, and where to; return None when cancelled.

    Args:
        app: The app that asks.
        project: The project to copy from.
        dataset: The dataset that its ids refer to.
        facts: The facts to cite; none: the whole project.
        today: The day of the copy.
        filled: The fields that the dataset fills.
    """
    forms = _list_forms(project, dataset, facts, today, filled)
    texts = {name: form.make() for name, form in forms.items()}
    options = [
        (name, _format_option(form, texts[name]))
        for name, form in forms.items()
        if texts[name]
    ]
    options += [
        (
            f"file {name}",
            Content(_("Write to a file: {what}").format(what=forms[name].what)),
        )
        for name in _FILE_SUFFIXES
    ]
    chosen = await app.push_screen_wait(
        ChooseDialog(_("Copy of {name}").format(name=name_briefly(project)), options)
    )
    if chosen is None:
        return None
    to_file, _blank, form_name = chosen.rpartition(" ")
    form, text = forms[form_name], texts[form_name]
    if not to_file:
        return CopyRequest(form.what, text)
    name = _suggest_file_name(project) + _FILE_SUFFIXES[form_name]
    typed = await app.push_screen_wait(
        PathDialog(_("Write to which file?"), name, is_new=True)
    )
    if typed is None:
        return None
    return CopyRequest(form.what, text, expand_path(typed, get_current_folder()))


def _list_forms(
    project: Project,
    dataset: Dataset,
    facts: Sequence[Evidence],
    today: date,
    filled: frozenset[str],
) -> Mapping[str, _Form]:
    def make_row() -> str:
        from hunnan_tui.export.formats.delimited import write_tsv
        from hunnan_tui.export.selection import Selection

        selection = Selection(dataset, (project.key,), today)
        return list(write_tsv(selection))[1].rstrip("\r\n")

    def make_text() -> str:
        from hunnan_tui.analysis.project_text import format_project

        return format_project(project, dataset, filled=filled)

    def make_markdown() -> str:
        from hunnan_tui.export.documents.project_page import make_project_page
        from hunnan_tui.export.formats.markdown import render_markdown

        return "".join(render_markdown(make_project_page(project, dataset, filled)))

    return {
        "name": _Form(_("Name"), _("the name"), lambda: display_line(project.name)),
        "names": _Form(_("Both names"), _("both names"), lambda: format_names(project)),
        "row": _Form(_("Row, tab separated"), _("the row"), make_row),
        "link": _Form(_("Link"), _("the link"), lambda: find_link(project, dataset)),
        "citation": _Form(
            _("Citation"),
            _("the citation"),
            lambda: format_citation(project, dataset, facts),
        ),
        "text": _Form(_("Whole card as text"), _("the card as text"), make_text),
        "markdown": _Form(
            _("Whole card as Markdown"), _("the card as Markdown"), make_markdown
        ),
    }


def _format_option(form: _Form, text: str) -> Content:
    start = display(text[:_PREVIEW]).replace("\n", " ").replace("\t", " · ")
    return Content.assemble(
        (pad(form.label, 24), "bold"), (start[:90], "$foreground-muted")
    )


def _suggest_file_name(project: Project) -> str:
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in project.key)
    return safe.strip("-")[:80] or "project"
