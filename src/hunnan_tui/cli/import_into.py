"""A table into a dataset that is there: the differences, a question, one step."""

from __future__ import annotations

import os
import shlex
import sys
from argparse import Namespace
from datetime import date
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.import_talk import (
    LEFT_OUT,
    READING_TABLE,
    keep_map,
    tell_no_base,
    tell_problems,
)
from hunnan_tui.cli.output import UsageError, say
from hunnan_tui.config.settings import explain_read_only, load_settings
from hunnan_tui.core.changes import clean_tag
from hunnan_tui.core.errors import HunnanError, SaveError
from hunnan_tui.core.language import _
from hunnan_tui.core.progress import Working, tell_done
from hunnan_tui.core.text import display_line
from hunnan_tui.export.list_formats import to_json
from hunnan_tui.importing.base import drop_old_bases
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.destination import prepare_into, read_destination
from hunnan_tui.importing.differences import (
    count_differences,
    format_differences,
    make_differences_record,
)
from hunnan_tui.importing.plan import ImportPlan, Planner
from hunnan_tui.importing.prepare import Prepared, map_path_of
from hunnan_tui.importing.preview_record import make_preview_record
from hunnan_tui.importing.write_into import keep_base, make_transaction
from hunnan_tui.storage.open_workspace import find_files, open_workspace

_YES = ("y", "yes", "是", "好")


def import_into(args: Namespace, path: Path, target: Path) -> int:
    """Bring a table into a dataset, three ways by field; return the exit status."""
    tag = clean_tag(args.tag_gone) if args.tag_gone else ""
    with Working(READING_TABLE):
        prepared, converter, planner = _read(args, path, target)
        plan = planner.plan()
    questions = prepared.map.questions
    _show(args, plan, prepared, converter)
    tell_problems(converter)
    if not args.map and prepared.map_path != map_path_of(path):
        say(
            _("Read by {map_path}, the map of its last import").format(
                map_path=prepared.map_path
            )
        )
    if not args.dry_run:
        keep_map(prepared)
    for question in questions:
        say(_("question: {question}").format(question=question))
    if questions:
        again = shlex.join(["hunnan-tui", *sys.argv[1:]])
        say(
            _("Decide what is ? in {map_path}, then: {again}").format(
                map_path=prepared.map_path, again=again
            )
        )
        return LEFT_OUT
    if plan.merge.why_many and not args.many:
        raise UsageError(
            _(
                "{name}: {why_many}: is it another table? (say --many if it is right)"
            ).format(name=path.name, why_many=plan.merge.why_many)
        )
    if plan.is_nothing:
        say(_("{target}: nothing to do").format(target=target))
    elif args.dry_run:
        say(_("{target}: nothing written").format(target=target))
    else:
        plan = _ask(args, plan, planner, target)
        if not _write(plan, prepared.map_path, target, tag):
            return SaveError.exit_code
    has_left = converter.has_left_out or plan.merge.taken
    return LEFT_OUT if has_left or plan.merge.conflicts else 0


def _read(
    args: Namespace, path: Path, target: Path
) -> tuple[Prepared, Converter, Planner]:
    """Read the dataset and the table; only the planner keeps what they hold."""
    destination = read_destination(target)
    prepared = prepare_into(
        path,
        destination,
        sheet=args.sheet or "",
        encoding=args.encoding or "",
        map_path=Path(args.map) if args.map else None,
    )
    is_open = bool(prepared.map.questions)
    converter = prepared.make_converter(despite_questions=is_open)
    converter.tell_progress = tell_done
    today = date.today()  # noqa: DTZ011 - the reader's day
    return prepared, converter, Planner(prepared, converter, destination, today)


def _show(
    args: Namespace, plan: ImportPlan, prepared: Prepared, converter: Converter
) -> None:
    if args.json:
        table = make_preview_record(prepared, converter)
        found = make_differences_record(plan)
        found |= {key: table[key] for key in ("questions", "skipped", "problems")}
        output.write(to_json(found, indent=2) + "\n")
    else:
        output.write("".join(f"{line}\n" for line in format_differences(plan)))
    output.flush()


def _ask(
    args: Namespace,
    plan: ImportPlan,
    planner: Planner,
    target: Path,
) -> ImportPlan:
    """Ask whether to write, and what is the same; return the plan that is written.

    Raises:
        UsageError: There is nobody to ask, or the answer is no.
    """
    if args.yes:
        return plan
    if not _can_ask():
        raise UsageError(
            _("Nothing written: there is no terminal to ask on (say --yes)")
        )
    same: dict[str, str] = {}
    for alike in plan.merge.alike:
        question = _("Is {name} [{new_id}] the same as [{id}]?").format(
            name=alike.name, new_id=alike.new_id, id=alike.id
        )
        if alike.id not in same.values() and _confirm(question):
            same[alike.key] = alike.id
    if same:
        plan = planner.plan(same)
        say(count_differences(plan.merge))
    if not _confirm(_("Write this into {target}?").format(target=target)):
        raise UsageError(_("Nothing written"))
    return plan


def _can_ask() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr and sys.stderr.isatty())


def _confirm(question: str) -> bool:
    sys.stderr.write(f"{display_line(question)} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().casefold() in _YES


def _write(plan: ImportPlan, map_path: Path, target: Path, tag: str) -> bool:
    """Write what a plan says as one step; return whether all of it is in the file.

    Raises:
        SaveError: Nothing was written.
    """
    files = find_files(str(target), None, os.environ, Path.cwd())
    files = files.lock(explain_read_only(load_settings(files.paths.config)))
    workspace, messages = open_workspace(files)
    for message in messages:
        say(message)
    if reason := workspace.store.explain_no_facts():
        workspace.close()
        raise SaveError(_("Not imported: {reason}").format(reason=reason))
    transaction = make_transaction(plan, tag)
    problem = keep_base(plan, map_path)
    try:
        workspace.apply(transaction)
        refused = workspace.last_refused
        report = workspace.save_now()
    except HunnanError as error:
        consequence = _("the import is kept and saved with the next change")
        raise SaveError(
            f"{error}; {workspace.journal_problem or consequence}"
        ) from error
    finally:
        workspace.close()
    for message in (*refused, *report.messages):
        say(message)
    drop_old_bases(map_path, plan.table.import_id)
    tell_no_base(problem)
    say(
        _("{target}: {differences}; u in the app takes it back").format(
            target=target, differences=count_differences(plan.merge)
        )
    )
    return not (refused or report.messages)
