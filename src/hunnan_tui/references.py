"""What a dataset refers to: whether it is there, and an address one that can be opened."""

from __future__ import annotations

from collections.abc import Mapping

from hunnan_tui.errors import Level
from hunnan_tui.model import Dataset, Project
from hunnan_tui.schema import Fault, Faults, Path


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
        faults.append(_unknown(project.stage, dataset.stages, (*path, "stage")))
    for nth, event in enumerate(project.events):
        here = (*path, "events", nth)
        if event.stage and event.stage not in dataset.stages:
            faults.append(_unknown(event.stage, dataset.stages, (*here, "stage")))
        if event.source and event.source not in dataset.sources:
            faults.append(_unknown(event.source, dataset.sources, (*here, "source")))
    for nth, fact in enumerate(project.facts):
        if fact.source and fact.source not in dataset.sources:
            here = (*path, "facts", nth, "source")
            faults.append(_unknown(fact.source, dataset.sources, here))


def _resolve(
    ids: tuple[str, ...], known: Mapping[str, object], path: Path, faults: Faults
) -> None:
    for place, each in enumerate(ids):
        if each not in known:
            faults.append(_unknown(each, known, (*path, place)))


def _unknown(id: str, known: Mapping[str, object], path: Path) -> Fault:
    from difflib import get_close_matches

    near = get_close_matches(id, known, n=1) if len(known) < 10_000 else []
    names = [part for part in path if isinstance(part, str)]
    hint = f"did you mean {near[0]!r}?" if near else "nothing in the file has that id"
    return Fault(path, Level.WARNING, f"unknown {names[-1]}: {id!r}", hint)
