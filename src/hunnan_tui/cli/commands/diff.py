"""The command `diff`: what differs between two datasets."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from hunnan_tui.analysis.diff import (
    Difference,
    Entries,
    Pair,
    compare_datasets,
)
from hunnan_tui.analysis.diff_text import DiffLine, build_sections, format_counts
from hunnan_tui.cli import output
from hunnan_tui.cli.open_dataset import OpenDataset, open_file
from hunnan_tui.cli.output import UsageError, say, write
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.cli.selection import refuse_arrangement, report_problems, resolve_data
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.progress import Working
from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import build_record, to_json
from hunnan_tui.query.engine.index import Index

DIFFERENT = 1
"""The exit status when something differs."""


def print_diff(args: Namespace) -> int:
    """Print what differs between two datasets; the exit status says whether anything does."""
    if args.files or args.notes or args.city:
        raise make_usage_error(args.command, _("diff reads OLD and NEW only"))
    if len(args.words) != 2:
        raise make_usage_error(args.command, _("Name two datasets"))
    old, new = (_open_file(args, word) for word in args.words)
    with Working(N_("Comparing projects")):
        changes = compare_datasets(old.dataset, new.dataset, own=args.own)
    if args.query:
        changes = changes.select(*_find_keys(args.query, old.index, new.index))
    output.use_utf8()
    for text in _FORMATTERS[args.format](changes, *args.words):
        write(text)
    return DIFFERENT if changes else 0


def _open_file(args: Namespace, name: str) -> OpenDataset:
    path = Path(resolve_data(name))
    opened = open_file(args, path)
    report_problems(opened.problems, path)
    return opened


def _find_keys(text: str, *indexes: Index) -> list[set[str]]:
    """Return the keys that a query finds in each of the datasets.

    A value known to only one of them is no error: it finds nothing in the other.

    Raises:
        UsageError: The query makes no sense in any of them.
    """
    today = date.today()  # noqa: DTZ011 - the reader's day
    queries = [index.parse(text, today=today) for index in indexes]
    messages = [{str(problem): None for problem in query.problems} for query in queries]
    shared = [
        message
        for message in messages[0]
        if all(message in others for others in messages)
    ]
    if all(query.has_error for query in queries):
        raise UsageError("; ".join(shared or messages[0]))
    for query in queries:
        refuse_arrangement(query, (), _("differences are sorted by their kind"))
    for problem in shared:
        say(problem)
    pairs = zip(indexes, queries, strict=True)
    return [set(index.find_keys(query)) for index, query in pairs]


def _format_text(difference: Difference, old: str, new: str) -> Iterator[str]:
    yield f"{_name_dataset(old, difference.old)} → {_name_dataset(new, difference.new)}\n"
    yield f"{format_counts(difference)}\n"
    for section in build_sections(difference):
        yield f"\n{section.title} ({len(section.lines):,})\n"
        for line in section.lines:
            first, rest = _split_details(line)
            yield f"  {_format_title(line)}{first}\n"
            yield from (f"      {display_line(text)}\n" for text in rest)


def _split_details(line: DiffLine) -> tuple[str, tuple[str, ...]]:
    """Return the text behind the name, and the lines below it."""
    if len(line.more) != 1:
        return "", line.more
    return f": {display_line(line.more[0])}", ()


def _format_title(line: DiffLine) -> str:
    about = f" [{line.id}]" if line.id else ""
    return display_line(line.what + about)


def _name_dataset(path: str, dataset: Dataset) -> str:
    day = bracket(dataset.updated) if dataset.updated else ""
    return display_line(path + day)


def _format_markdown(difference: Difference, old: str, new: str) -> Iterator[str]:
    from hunnan_tui.export.formats.markdown import escape_markdown

    title = (
        f"{_name_dataset(old, difference.old)} → {_name_dataset(new, difference.new)}"
    )
    yield f"# {escape_markdown(title)}\n\n{escape_markdown(format_counts(difference))}\n"
    for section in build_sections(difference):
        yield f"\n## {escape_markdown(section.title)} ({len(section.lines):,})\n\n"
        for line in section.lines:
            about = f" ({escape_markdown(line.id)})" if line.id else ""
            yield f"- **{escape_markdown(line.what) or '–'}**{about}\n"
            yield from (f"  - {escape_markdown(text)}\n" for text in line.more)


def _format_json(difference: Difference, old: str, new: str) -> Iterator[str]:
    values: dict[str, Any] = {
        "old": {"file": old, "updated": difference.old.updated},
        "new": {"file": new, "updated": difference.new.updated},
        "stage_moves": [
            _record_move(pair) for pair in _list_pairs(difference) if pair.moved
        ],
        "values": [
            _record_value(pair) for pair in _list_pairs(difference) if pair.revalued
        ],
        "added": [build_record(project) for project in difference.added],
        "gone": [build_record(project) for project in difference.gone],
        "renamed": [_record_changes(pair) for pair in difference.renamed],
        "changed": [_record_changes(pair) for pair in difference.changed],
        "announcements": _record_entries(difference.announcements),
        "sources": _record_entries(difference.sources),
        "dataset": list(difference.head),
    }
    yield to_json(values, ascii=output.is_terminal(), indent=2) + "\n"


def _list_pairs(difference: Difference) -> Iterable[Pair]:
    return (*difference.renamed, *difference.changed)


def _record_move(pair: Pair) -> dict[str, Any]:
    return _record_identity(pair) | {
        "old": pair.old.stage,
        "new": pair.new.stage,
        "steps": pair.steps,
    }


def _record_value(pair: Pair) -> dict[str, Any]:
    return _record_identity(pair) | {
        "old": pair.old.investment,
        "new": pair.new.investment,
        "gain": pair.gain,
    }


def _record_changes(pair: Pair) -> dict[str, Any]:
    before, after = build_record(pair.old), build_record(pair.new)
    changes = {
        name: {"old": before.get(name), "new": after.get(name)}
        for name in pair.fields
        if name not in ("other", "faulty")
    }
    for name in {"other", "faulty"} & {*pair.fields}:
        old, new = dict(getattr(pair.old, name)), dict(getattr(pair.new, name))
        changes |= {
            key: {"old": old.get(key), "new": new.get(key)}
            for key in dict.fromkeys((*old, *new))
            if old.get(key) != new.get(key)
        }
    return _record_identity(pair) | {"changes": changes}


def _record_identity(pair: Pair) -> dict[str, Any]:
    about = {"id": pair.new.id or pair.new.key, "name": pair.new.name}
    if pair.old.key != pair.new.key:
        about["old_id"] = pair.old.id or pair.old.key
    return about


def _record_entries(entries: Entries) -> dict[str, list[str]]:
    return {
        "added": list(entries.new),
        "gone": list(entries.gone),
        "changed": list(entries.changed),
    }


_FORMATTERS = {"text": _format_text, "json": _format_json, "md": _format_markdown}
"""The functions that format a difference, by `--format`."""
