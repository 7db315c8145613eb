"""`agenda`: prints what there is to do."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from hunnan_tui.analysis.agenda import AgendaSection, build_agenda
from hunnan_tui.analysis.diff import Difference, compare_datasets
from hunnan_tui.analysis.diff_text import DiffLine, build_sections
from hunnan_tui.analysis.field_text import NOT_IN_FILE
from hunnan_tui.cli.document_output import (
    make_table,
    make_title,
    name_project,
    print_document,
    print_json,
)
from hunnan_tui.cli.output import say
from hunnan_tui.cli.selection import find_mask, locate_files, report_problems
from hunnan_tui.config.paths import find_paths
from hunnan_tui.config.settings import load_settings
from hunnan_tui.core.counts import bracket, format_line
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.export.documents.model import (
    Bullets,
    Document,
    DocumentBlock,
    Heading,
    Paragraph,
)
from hunnan_tui.query.engine.index import Index
from hunnan_tui.storage.drafts import Draft
from hunnan_tui.storage.losses import Offer, format_annotations
from hunnan_tui.storage.unfinished import read_unfinished


def print_agenda(args: Namespace) -> int:
    """Print what is due, open, half-written, lost or changed."""
    files = locate_files(args)
    unfinished = read_unfinished(files)
    report_problems(unfinished.problems, files.path)
    for message in unfinished.messages:
        say(message)
    dataset, today = unfinished.dataset, date.today()  # noqa: DTZ011 - the reader's day
    index = Index(dataset)
    mask = find_mask(index, args.query, _("the agenda is in the order of its days"))
    days = load_settings(find_paths(os.environ).config).silent_days
    sections = build_agenda(
        index, today, days, mask=mask, most=None, owner=args.owner or ""
    )
    drafts, offers, since = unfinished.drafts, unfinished.offers, None
    if unfinished.last_seen is not None:
        since = compare_datasets(unfinished.last_seen, dataset, own=True)
    if args.query:
        keys = set(index.list_keys(mask))
        drafts = [draft for draft in drafts if draft.key in keys]
        offers = [offer for offer in offers if offer.key in keys]
        since = since.select((), keys) if since else None
    if args.format == "json":
        print_json(_make_record(today, sections, drafts, offers, since))
        return 0
    blocks = tuple(_list_blocks(dataset, sections, drafts, offers, since))
    if not blocks:
        blocks = (Paragraph((_("Nothing is due, open or half-written."),)),)
    title = make_title(_("My work, {day:%A} {day}").format(day=today), args.query)
    print_document(args, Document(title, blocks))
    return 0


def _list_blocks(
    dataset: Dataset,
    sections: Sequence[AgendaSection],
    drafts: Collection[Draft],
    offers: Collection[Offer],
    since: Difference | None,
) -> Iterator[DocumentBlock]:
    own_header = (_("Id"), _("Project"), _("Text"))
    if drafts:
        title = _("Half-written notes ({count:,})").format(count=len(drafts))
        yield Heading(2, (title,))
        yield make_table(
            own_header,
            (
                (draft.key, _name_of(dataset, draft.key), _join_lines(draft.text))
                for draft in drafts
            ),
        )
    if offers:
        title = _("Gone from the file, kept aside ({count:,})")
        yield Heading(2, (title.format(count=len(offers)),))
        yield make_table(
            own_header,
            (
                (
                    offer.key,
                    _name_of(dataset, offer.key),
                    _join_lines(format_annotations(offer.annotations)),
                )
                for offer in offers
            ),
        )
    for section in sections:
        yield Heading(2, (f"{section.title}{bracket(f'{section.projects:,}')}",))
        rows = (
            (task.key, _name_of(dataset, task.key), task.when, task.what)
            for task in section.tasks
        )
        yield make_table((_("Id"), _("Project"), _("When"), _("What")), rows)
    if since:
        parts = list(build_sections(since))
        count = len(_list_changes(since))
        title = _("Changed since your last visit ({count:,})").format(count=count)
        yield Heading(2, (title,))
        yield Bullets(
            tuple(
                (format_line(part.title, _join_changes(line)),)
                for part in parts
                for line in part.lines
            )
        )


def _join_changes(line: DiffLine) -> str:
    """Return what a line is of, and what differs, with what there was before."""
    return format_line(line.what, _("; ").join(line.more)) if line.more else line.what


def _list_changes(since: Difference) -> list[tuple[str, str, str]]:
    """Return the id, the name and the change of each project that differs."""
    changes = [(each.key, name_project(each), "new") for each in since.added]
    changes += [
        (pair.new.key, name_project(pair.new), ", ".join(pair.fields) or "id")
        for pair in (*since.renamed, *since.changed)
    ]
    changes += [(each.key, name_project(each), "gone") for each in since.gone]
    return changes


def _name_of(dataset: Dataset, key: str) -> str:
    project = dataset.projects.get(key)
    return name_project(project) if project else NOT_IN_FILE


def _join_lines(text: str) -> str:
    return " ".join(text.split())


def _make_record(
    today: date,
    sections: Sequence[AgendaSection],
    drafts: Collection[Draft],
    offers: Collection[Offer],
    since: Difference | None,
) -> dict[str, Any]:
    return {
        "today": str(today),
        "drafts": [
            {
                "id": draft.key,
                "at": draft.at.isoformat() if draft.at else None,
                "text": draft.text,
            }
            for draft in drafts
        ],
        "kept_aside": [
            {"id": offer.key, "text": format_annotations(offer.annotations)}
            for offer in offers
        ],
        "sections": [
            {
                "title": section.title,
                "query": section.query,
                "tasks": [
                    {
                        "id": task.key,
                        "name": task.name,
                        "when": task.when or None,
                        "what": task.what or None,
                    }
                    for task in section.tasks
                ],
            }
            for section in sections
        ],
        "changed": [
            {"id": key, "name": name, "change": change}
            for key, name, change in (_list_changes(since) if since else ())
        ],
    }
