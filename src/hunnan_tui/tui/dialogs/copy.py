"""The copy menu: what of a project is copied, or written to a file instead."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from textual.app import App
from textual.content import Content

from hunnan_tui.analysis.citation import both_names, citation, link
from hunnan_tui.analysis.provenance import Evidence
from hunnan_tui.config.paths import expand_path, get_current_folder
from hunnan_tui.core.model import Dataset, Project
from hunnan_tui.core.text import display, display_line
from hunnan_tui.tui.dialogs.choose import ChooseDialog
from hunnan_tui.tui.dialogs.prompt import PromptDialog

_PREVIEW = 200
_PATH_LENGTH = 1_000
_TO_FILE = {"text": ".txt", "markdown": ".md", "citation": ".txt"}
"""What can be written to a file, and how its name ends."""


@dataclass(frozen=True, slots=True)
class CopyRequest:
    """A text that was chosen."""

    what: str
    """As in "Copied …"."""
    text: str
    path: Path | None = None
    """The file that it is written to instead."""


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
) -> CopyRequest | None:
    """Let be chosen what to copy; None is "cancelled".

    Args:
        app: Where to ask.
        project: What is copied of.
        dataset: What its ids refer to.
        facts: What the citation is about; none: the project.
        today: The day of the copy.
    """
    forms = _forms(project, dataset, facts, today)
    texts = {name: form.make() for name, form in forms.items()}
    options = [
        (name, _option(form, texts[name]))
        for name, form in forms.items()
        if texts[name]
    ]
    options += [
        (f"file {name}", Content(f"Write to a file: {forms[name].what}"))
        for name in _TO_FILE
    ]
    chosen = await app.push_screen_wait(
        ChooseDialog(f"Copy of {project.name}", options)
    )
    if chosen is None:
        return None
    to_file, _, which = chosen.rpartition(" ")
    form, text = forms[which], texts[which]
    if not to_file:
        return CopyRequest(form.what, text)
    name = _file_name(project) + _TO_FILE[which]
    typed = await app.push_screen_wait(
        PromptDialog("Write to which file?", name, length=_PATH_LENGTH)
    )
    if typed is None:
        return None
    return CopyRequest(form.what, text, expand_path(typed, get_current_folder()))


def _forms(
    project: Project, dataset: Dataset, facts: Sequence[Evidence], today: date
) -> Mapping[str, _Form]:
    def row() -> str:
        from hunnan_tui.export.formats.delimited import write_tsv
        from hunnan_tui.export.selection import Selection

        selection = Selection(dataset, (project.key,), today)
        return list(write_tsv(selection))[1].rstrip("\r\n")

    def text() -> str:
        from hunnan_tui.analysis.project_text import prose

        return prose(project, dataset)

    def markdown() -> str:
        from hunnan_tui.export.documents.project_page import make_project_page
        from hunnan_tui.export.formats.markdown import render_markdown

        return "".join(render_markdown(make_project_page(project, dataset)))

    return {
        "name": _Form("Name", "the name", lambda: display_line(project.name)),
        "names": _Form("Both names", "both names", lambda: both_names(project)),
        "row": _Form("Row, tab separated", "the row", row),
        "link": _Form("Link", "the link", lambda: link(project, dataset)),
        "citation": _Form(
            "Citation", "the citation", lambda: citation(project, dataset, facts)
        ),
        "text": _Form("Whole card as text", "the card as text", text),
        "markdown": _Form("Whole card as Markdown", "the card as Markdown", markdown),
    }


def _option(form: _Form, text: str) -> Content:
    start = display(text[:_PREVIEW]).replace("\n", " ").replace("\t", " · ")
    return Content.assemble(
        (form.label.ljust(24), "bold"), (start[:90], "$foreground-muted")
    )


def _file_name(project: Project) -> str:
    safe = "".join(c if c.isalnum() or c in "-_" else "-" for c in project.key)
    return safe.strip("-")[:80] or "project"
