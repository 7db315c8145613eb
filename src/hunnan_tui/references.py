"""What a dataset refers to: whether it is there, and an address one that can be opened."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.errors import Level
from hunnan_tui.model import Dataset, Project
from hunnan_tui.schema import Fault, Faults, Path

_COMPARED = 50_000
"""Ids that are compared for what was meant; faults behind these get no suggestion."""


def resolve_tables(dataset: Dataset, faults: Faults) -> None:
    """Note what announcements refer to in vain, and sources without a web address."""
    for place, announcement in enumerate(dataset.announcements.values()):
        path = ("announcements", place)
        _resolve(announcement.sources, dataset.sources, (*path, "sources"), faults)
        _resolve(announcement.names, dataset.projects, (*path, "names"), faults)
    for place, source in enumerate(dataset.sources.values()):
        if source.url and not source.url.startswith(("http://", "https://")):
            hint = "only http and https addresses can be opened"
            here = ("sources", place, "url")
            faults.append(Fault(here, Level.WARNING, "not a web address", hint))


def resolve_project(
    project: Project, dataset: Dataset, place: int, faults: Faults
) -> None:
    """Note what a project refers to and the dataset does not have."""
    path: Path = ("projects", place)
    _resolve(project.sources, dataset.sources, (*path, "sources"), faults)
    _resolve(project.industries, dataset.industries, (*path, "industries"), faults)
    if project.stage and project.stage not in dataset.stages:
        _note_unknown(project.stage, dataset.stages, (*path, "stage"), faults)
    for nth, event in enumerate(project.events):
        here = (*path, "events", nth)
        if event.stage and event.stage not in dataset.stages:
            _note_unknown(event.stage, dataset.stages, (*here, "stage"), faults)
        if event.source and event.source not in dataset.sources:
            _note_unknown(event.source, dataset.sources, (*here, "source"), faults)
    for nth, fact in enumerate(project.facts):
        if fact.source and fact.source not in dataset.sources:
            here = (*path, "facts", nth, "source")
            _note_unknown(fact.source, dataset.sources, here, faults)


def _resolve(
    ids: tuple[str, ...], known: Mapping[str, object], path: Path, faults: Faults
) -> None:
    for place, each in enumerate(ids):
        if each not in known:
            _note_unknown(each, known, (*path, place), faults)


def _note_unknown(
    id: str, known: Mapping[str, object], path: Path, faults: Faults
) -> None:
    near = []
    if (len(faults) + 1) * len(known) <= _COMPARED:
        from difflib import get_close_matches

        near = get_close_matches(id, known, n=1)
    names = [part for part in path if isinstance(part, str)]
    hint = f"did you mean {near[0]!r}?" if near else "nothing in the file has that id"
    message = f"unknown {names[-1]}: {id!r}"
    faults.append(Fault(path, Level.WARNING, message, hint))
