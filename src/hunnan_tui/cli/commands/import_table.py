"""The command that makes a dataset of a table, or brings one into a dataset."""

from __future__ import annotations

import shlex
from argparse import Namespace
from datetime import date
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.import_preview import format_preview
from hunnan_tui.cli.import_talk import (
    LEFT_OUT,
    READING_TABLE,
    keep_map,
    tell_no_base,
    tell_problems,
)
from hunnan_tui.cli.output import UsageError, say
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.core.counts import format_count, format_line, join_words
from hunnan_tui.core.language import _
from hunnan_tui.core.progress import Working, tell_done
from hunnan_tui.export.list_formats import to_json
from hunnan_tui.files.new_file import format_size, write_file
from hunnan_tui.importing.convert import Converter
from hunnan_tui.importing.prepare import Prepared, prepare
from hunnan_tui.importing.preview_record import make_preview_record
from hunnan_tui.importing.write_new import NewDataset, write_new


def import_table(args: Namespace) -> int:
    """Make a dataset of a table, or say what would become of it."""
    if len(args.words) != 1:
        raise make_usage_error(
            args.command, _("Which table?") if not args.words else _("One table")
        )
    path = Path(args.words[0])
    _check_options(args)
    target = Path(args.output) if args.output else None
    if target and target.exists():
        raise UsageError(
            _(
                "{target} is there already: name a new file, or bring the table into "
                "it with --into {target2}"
            ).format(target=target, target2=shlex.quote(str(target)))
        )
    is_dataset = path.suffix.casefold() == ".toml"
    if args.into and not is_dataset:
        from hunnan_tui.cli.import_into import import_into

        return import_into(args, path, Path(args.into))
    if is_dataset:
        if args.into:
            raise UsageError(
                _(
                    "{path} is a dataset already: export it as JSON, and import that"
                ).format(path=path)
            )
        return _copy_dataset(path, target, dry_run=args.dry_run)
    return _import_new(args, path, target)


def _check_options(args: Namespace) -> None:
    if args.output and args.into:
        raise UsageError(_("Either a new file with -o, or a dataset with --into"))
    for option in ("yes", "many", "tag_gone"):
        if getattr(args, option) and not args.into:
            name = option.replace("_", "-")
            raise UsageError(_("--{name} goes with --into DATA").format(name=name))


def _import_new(args: Namespace, path: Path, target: Path | None) -> int:
    with Working(READING_TABLE):
        prepared = prepare(
            path,
            sheet=args.sheet or "",
            encoding=args.encoding or "",
            map_path=Path(args.map) if args.map else None,
        )
        questions = prepared.map.questions
        converter = prepared.make_converter(despite_questions=bool(questions))
        converter.tell_progress = tell_done
        is_written = bool(target and not questions and not args.dry_run)
        new = NewDataset(0)
        if target and is_written:
            today = date.today()  # noqa: DTZ011 - the reader's day
            new = write_new(prepared, converter, target, today)
        else:
            for _ in converter.convert_projects():
                pass
    is_written = is_written and bool(converter.count)
    if args.json:
        record = make_preview_record(prepared, converter)
        output.write(to_json(record, indent=2) + "\n")
    elif not is_written:
        lines = format_preview(prepared, converter, output.get_terminal_width())
        output.write("".join(f"{line}\n" for line in lines))
    tell_problems(converter)
    if not args.dry_run:
        keep_map(prepared)
    if is_written and target:
        count = format_count(converter.count, "project")
        say(format_line(str(target), join_words((count, format_size(new.length)))))
        tell_no_base(new.problem)
    _tell_next(args, prepared, converter, target, is_written=is_written)
    return LEFT_OUT if questions or converter.has_left_out else 0


def _copy_dataset(path: Path, target: Path | None, *, dry_run: bool) -> int:
    """Make a copy of what is a dataset already."""
    from hunnan_tui.dataset.parser import parse
    from hunnan_tui.files.reading import read_file

    text = read_file(path)
    projects = parse(text, str(path)).dataset.projects
    count = format_count(len(projects), "project")
    say(
        _("{path}: it is a dataset already, with {count}: nothing to convert").format(
            path=path, count=count
        )
    )
    if target is None or dry_run:
        say(_("next: hunnan-tui {path}").format(path=shlex.quote(str(path))))
        return 0
    write_file(target, text)
    say(format_line(str(target), join_words((count, format_size(len(text))))))
    say(_("next: hunnan-tui {target}").format(target=shlex.quote(str(target))))
    return 0


def _tell_next(
    args: Namespace,
    prepared: Prepared,
    converter: Converter,
    target: Path | None,
    *,
    is_written: bool,
) -> None:
    questions = prepared.map.questions
    for question in questions:
        say(_("question: {question}").format(question=question))
    new = target or _find_free_name(prepared.path)
    again = ["hunnan-tui", "import", str(prepared.path)]
    for option in ("sheet", "map", "encoding"):
        if value := getattr(args, option):
            again += [f"--{option}", value]
    again += ["-o", str(new)]
    if questions:
        say(
            _("Decide what is ? in {map_path}, then: {again}").format(
                map_path=prepared.map_path, again=shlex.join(again)
            )
        )
    elif is_written:
        say(_("next: hunnan-tui {new}").format(new=shlex.quote(str(new))))
    elif not converter.count:
        say(_("There is no project in it: nothing to do"))
    else:
        say(_("next: {again}").format(again=shlex.join(again)))


def _find_free_name(path: Path) -> Path:
    """Return a name for a dataset that nothing has yet."""
    name, number = path.with_suffix(".toml"), 2
    while name.exists():
        name = path.with_name(f"{path.stem}-{number}.toml")
        number += 1
    return name
