"""What can be copied of a project: its names, a link, a citation.

All of it is cleaned: it may be pasted into a terminal.
"""

from __future__ import annotations

from collections.abc import Sequence

from hunnan_tui.analysis.field_text import NOT_IN_FILE, NOT_STATED, format_basis
from hunnan_tui.analysis.provenance import (
    OWN,
    Evidence,
    collect_evidence,
)
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset, Project, Source
from hunnan_tui.core.text import display_line
from hunnan_tui.core.urls import explain_unopenable

_KINDS = {"copy": N_("a copy on another site"), "reference": N_("a reference page")}
"""Kinds of source that a citation must mention."""


def format_names(project: Project) -> str:
    """Return a project's names, the Chinese one in brackets."""
    if not project.name_zh or project.name_zh == project.name:
        return _clean_line(project.name)
    return f"{_clean_line(project.name)} ({_clean_line(project.name_zh)})"


def find_link(project: Project, dataset: Dataset) -> str:
    """Return the first URL of a project's sources that can be opened, or nothing."""
    sources = (dataset.sources.get(name) for name in project.sources)
    urls = (source.url for source in sources if source and source.url)
    return next((url for url in urls if not explain_unopenable(url)), "")


def format_source(source: Source) -> str:
    """Return a source as it is cited: who, what, when, where."""
    about = [
        _clean_line(source.publisher),
        f"“{_clean_line(source.title)}”",
        _clean_line(source.date) or _("undated"),
        _(_KINDS.get(source.kind, "")),
        _clean_line(source.url),
    ]
    if archive := source.archive:
        about.append(_("archived at {archive}").format(archive=_clean_line(archive)))
    return ", ".join(filter(None, about))


def format_citation(
    project: Project, dataset: Dataset, facts: Sequence[Evidence] = ()
) -> str:
    """Return a citation of a project: its facts and their sources, a line each.

    Args:
        project: The project.
        dataset: What has the sources.
        facts: What is cited; the stage and the amount if none is given.
    """
    if not facts:
        main = collect_evidence(project, dataset)[:2]
        facts = [fact for fact in main if fact.text]
    statement = "; ".join(map(_format_fact, facts))
    lines = [format_names(project) + (f": {statement}" if statement else "")]
    named = dict.fromkeys(name for fact in facts for name in fact.sources)
    for name in named or dict.fromkeys(project.sources):
        source = dataset.sources.get(name)
        text = (
            format_source(source) if source else f"{_clean_line(name)} {_(NOT_IN_FILE)}"
        )
        lines.append(_("Source: {text}").format(text=text))
    if len(lines) == 1:
        lines.append(_("Source: none is named"))
    title = _clean_line(dataset.title or dataset.title_zh)
    if title:
        state = (
            _(", state of {updated}").format(updated=_clean_line(dataset.updated))
            if dataset.updated
            else ""
        )
        lines.append(_("From: {title}{state}").format(title=title, state=state))
    return "\n".join(lines)


def _format_fact(fact: Evidence) -> str:
    text = f"{_clean_line(fact.label)} {_clean_line(fact.text) or _(NOT_STATED)}"
    if fact.date and fact.label != fact.date:
        text += f", {_clean_line(fact.date)}"
    if fact.quote:
        text += f" (“{_clean_line(fact.quote)}”)"
    return text + (_(" (own note)") if fact.basis == OWN else format_basis(fact.basis))


def _clean_line(text: str) -> str:
    return " ".join(display_line(text).split())
