"""Values from the dataset in use: ids, tags, stages, and what a query can name."""

from __future__ import annotations

import re
from argparse import Namespace
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from hunnan_tui.cli.completion.candidates import DATASET, Candidate, Typed
from hunnan_tui.core.model import Dataset, Project

_LARGEST = 8_000_000
"""Bytes of a file up to which it is read while somebody waits for a completion."""
_UP_TO_VALUE = re.compile(r".*[\s:=<>#,]", re.DOTALL)
_NEEDS = ("energy", "labour", "transport")
_NEED_STATES = {"need meet": "open", "need reopen": "met"}
"""Which needs a command is about."""


def list_ids(typed: Typed) -> Iterator[Candidate]:
    """Yield the ids of the projects, each with its name."""
    dataset = _read_dataset(typed)
    for project in dataset.projects.values():
        # of several files the key tells apart what has one id
        name = project.key if dataset.files else project.id
        yield Candidate(name, project.name)


def list_tags(typed: Typed) -> Iterator[Candidate]:
    """Yield the tags in use, the most frequent first."""
    projects = _read_dataset(typed).projects.values()
    counts = Counter(tag for project in projects for tag in project.tags)
    for tag, count in counts.most_common():
        yield Candidate(tag, f"{count}")


def list_stages(typed: Typed) -> Iterator[Candidate]:
    """Yield the ids of the stages."""
    for stage in _read_dataset(typed).stages.values():
        yield Candidate(stage.id, stage.name)


def list_sources(typed: Typed) -> Iterator[Candidate]:
    """Yield the ids of the sources."""
    for key, source in _read_dataset(typed).sources.items():
        yield Candidate(key, source.title)


def list_need_kinds(typed: Typed) -> Iterator[Candidate]:
    """Yield kinds of needs: those of the project that is named, else all.

    For `need meet` only those that are open, for `need reopen` those that are met.
    """
    state = _NEED_STATES.get(typed.command.name, "")
    projects = _list_named_projects(typed) if state and not typed.has_query else ()
    if not projects:
        projects = list(_read_dataset(typed).projects.values())
    used = (
        need.kind
        for project in projects
        for need in project.needs
        if state in ("", need.state)
    )
    usual = () if state else _NEEDS
    yield from map(Candidate, dict.fromkeys((*usual, *used)))


def list_notes(typed: Typed) -> Iterator[Candidate]:
    """Yield the times of the notes of the project that is named, each with its text."""
    from hunnan_tui.cli.note_selection import list_note_names

    for project in _list_named_projects(typed):
        for name, note in zip(list_note_names(project), project.notes, strict=True):
            yield Candidate(name, note.text)


def _list_named_projects(typed: Typed) -> list[Project]:
    """Return the projects that the first word of a line names."""
    projects = _read_dataset(typed).projects.values()
    return [each for each in projects if typed.words[0] in (each.id, each.key)]


def list_views(typed: Typed) -> Iterator[Candidate]:
    """Yield the names of the views."""
    import os

    from hunnan_tui.config.paths import find_paths
    from hunnan_tui.config.settings import load_settings
    from hunnan_tui.config.views import AUTOMATIC

    saved = load_settings(find_paths(os.environ).config).views
    for view in (*saved, *_read_dataset(typed).views, *AUTOMATIC):
        yield Candidate(view.name, view.query)


def complete_query(typed: Typed, current: str) -> Iterator[Candidate]:
    """Yield queries that go on where one ends, as the app completes them."""
    from hunnan_tui.query.engine.completion import complete
    from hunnan_tui.query.engine.index import Index

    dataset = _read_dataset(typed)
    index = Index(dataset)
    # a value is looked for by its beginning alone: to read all Chinese names takes too
    # long while somebody waits
    sign = _UP_TO_VALUE.match(current)
    begun = sign[0] if sign else current
    for each in complete(begun, len(begun), index, index.everything):
        value = begun[: each.start] + each.insert
        yield Candidate(value, each.label, is_whole=not value.endswith(":"))


def complete_columns(current: str) -> Iterator[Candidate]:
    """Yield lists of columns with one more name."""
    from hunnan_tui.export.columns import COLUMNS

    before, comma, _ = current.rpartition(",")
    for name in COLUMNS:
        yield Candidate(f"{before}{comma}{name}", is_whole=False)


def complete_pair(typed: Typed, current: str) -> Iterator[Candidate]:
    """Yield fields with the sign that a value follows, and values that are few."""
    from hunnan_tui.core.fields import FIELDS

    name, equals, _ = current.partition("=")
    if equals:
        dataset = _read_dataset(typed)
        field = name.rstrip("+-")
        few = {"stage": dataset.stages, "industries": dataset.industries}
        for value in few.get(field, ()):
            yield Candidate(f"{name}={value}")
        return
    for known in FIELDS.values():
        if known.key and not known.is_annotation:
            yield Candidate(f"{known.key}=", known.name, is_whole=False)


def _read_dataset(typed: Typed) -> Dataset:
    """Return the dataset that the line names or finds; an empty one if it is too large."""
    from hunnan_tui.cli.selection import locate_files
    from hunnan_tui.storage.open_workspace import read_dataset

    def find(flag: str) -> list[str]:
        return [value for option, value in typed.options if flag in option.flags]

    named = find("--file") or [
        word for word in typed.words if word.casefold().endswith(DATASET)
    ]
    notes = find("--notes")
    args = Namespace(
        command=typed.command,
        words=[],
        files=named,
        notes=notes[-1] if notes else None,
        city=bool(find("--city")),
    )
    files = locate_files(args)
    if not all(map(_is_small, files.all_paths)):
        return Dataset()
    return read_dataset(files)[0]


def _is_small(path: Path) -> bool:
    """Return whether a file can be read at once: no pipe, which would be emptied."""
    return not path.exists() or (path.is_file() and path.stat().st_size <= _LARGEST)
