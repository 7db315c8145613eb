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
from hunnan_tui.core.counts import bracket, format_line
from hunnan_tui.core.labels import name_dataset
from hunnan_tui.core.language import N_, _, is_chinese
from hunnan_tui.core.model import Dataset, Project, Source
from hunnan_tui.core.names import name_project
from hunnan_tui.core.text import display_line
from hunnan_tui.core.urls import explain_unopenable

_KINDS = {"copy": N_("a copy on another site"), "reference": N_("a reference page")}
"""Kinds of source that a citation must mention."""


def format_names(project: Project) -> str:
    """Return a project's names, the Chinese one in brackets."""
    if is_chinese():
        return _clean_line(name_project(project))
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


def format_gb_source(source: Source, read_by: str = "") -> str:
    """Return a source as GB/T 7714 has it: `单位. 标题[EB/OL]. (日期)[引用日期]. 网址`.

    Args:
        source: The source.
        read_by: The day by which its page had been read; empty if that is unknown.
    """
    head = format_gb_head(source, read_by)
    about = [f"{head}{_clean_line(source.url)}" if source.url else head.rstrip(" .")]
    if source.archive:
        about.append(
            _("archived at {archive}").format(archive=_clean_line(source.archive))
        )
    if source.kind in _KINDS:
        about.append(_(_KINDS[source.kind]))
    return "；".join(about)


def format_gb_head(source: Source, read_by: str = "") -> str:
    """Return what GB/T 7714 has before the address of a source, with the blank."""
    publisher, title = _clean_line(source.publisher), _clean_line(source.title)
    mark = "[EB/OL]" if source.url else "[Z]"
    text = f"{publisher}. {title}{mark}. " if publisher else f"{title}{mark}. "
    date = _clean_line(source.date)
    read = f"[{_clean_line(read_by)}]" if read_by and source.url else ""
    if date:
        return f"{text}({date}){read}. "
    return f"{text}{read}. " if read else text


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
    statement = _("; ").join(map(_format_fact, facts))
    names = format_names(project)
    lines = [format_line(names, statement) if statement else names]
    named = dict.fromkeys(name for fact in facts for name in fact.sources)
    for name in named or dict.fromkeys(project.sources):
        source = dataset.sources.get(name)
        text = (
            format_source(source) if source else f"{_clean_line(name)} {_(NOT_IN_FILE)}"
        )
        lines.append(_("Source: {text}").format(text=text))
    if len(lines) == 1:
        lines.append(_("Source: none is named"))
    title = _clean_line(name_dataset(dataset))
    if title:
        state = (
            _(", state of {updated}").format(updated=_clean_line(dataset.updated))
            if dataset.updated
            else ""
        )
        lines.append(_("From: {title}{state}").format(title=title, state=state))
    return "\n".join(lines)


def _cite(source: Source, dataset: Dataset) -> str:
    """Return a source in the form of the language in use."""
    if is_chinese():
        return format_gb_source(source, dataset.updated)
    return format_source(source)


def _format_fact(fact: Evidence) -> str:
    text = f"{_clean_line(fact.label)} {_clean_line(fact.text) or _(NOT_STATED)}"
    if fact.date and fact.label != fact.date:
        text += _(", {date}").format(date=_clean_line(fact.date))
    if fact.quote:
        text += bracket(f"“{_clean_line(fact.quote)}”")
    return text + (_(" (own note)") if fact.basis == OWN else format_basis(fact.basis))


def _clean_line(text: str) -> str:
    return " ".join(display_line(text).split())
