"""`source`: adds a source."""

from __future__ import annotations

from argparse import Namespace
from datetime import date

from hunnan_tui.analysis.new_project import make_id
from hunnan_tui.cli.edit_session import EditSession
from hunnan_tui.cli.output import UsageError, check_utf8, write
from hunnan_tui.core.changes import Edit
from hunnan_tui.core.fact_changes import DATASET, AddSource
from hunnan_tui.core.fact_values import Plain, dump_day
from hunnan_tui.core.language import _
from hunnan_tui.core.model import Dataset
from hunnan_tui.core.typed_facts import clean_typed, read_address, read_day, read_id


def add_source(args: Namespace) -> int:
    """Add a source, which projects can then name."""
    title = clean_typed(check_utf8(args.title or ""))
    if not title:
        raise UsageError(_("A source has a title: give it with --title"))
    session = EditSession(args)
    session.check_facts()
    record: dict[str, Plain] = {"id": "", "title": title}
    if args.publisher:
        record["publisher"] = clean_typed(check_utf8(args.publisher))
    if args.date:
        today = date.today()  # noqa: DTZ011 - the reader's day
        record["date"] = dump_day(read_day(args.date, today))
    for name in ("url", "archive"):
        if typed := getattr(args, name):
            record[name] = read_address(check_utf8(typed))
    if args.kind:
        record["kind"] = args.kind
    if args.note:
        record["note"] = clean_typed(check_utf8(args.note))
    if not args.force:
        _refuse_known_address(record.get("url", ""), session.dataset)
    key = record["id"] = _choose_id(args.id, record, session.dataset)
    edit = Edit(DATASET, AddSource(record))
    code = session.change_facts(_("add the source {key}").format(key=key), [edit])
    if code == 0 and not args.dry_run:
        write(f"{key}\n")
    return code


def _choose_id(typed: str | None, record: dict[str, Plain], dataset: Dataset) -> str:
    if typed is not None:
        key = read_id(typed)
        if key in dataset.sources:
            raise UsageError(_("The id {key!r} is taken").format(key=key))
        return key
    by = record.get("publisher") or record["title"]
    day = str(record.get("date", "")).replace("-", "")
    if source_id := make_id(f"{by} {day}", dataset.sources):
        return source_id
    raise UsageError(_("No id can be made of it: give one with --id"))


def _refuse_known_address(url: str, dataset: Dataset) -> None:
    for source in dataset.sources.values():
        if url and source.url.rstrip("/") == url.rstrip("/"):
            raise UsageError(
                _(
                    "The source {id} has this address already; --force adds another"
                ).format(id=source.id)
            )
