"""`init`: begins a dataset, by options or by questions on a terminal."""

from __future__ import annotations

import shlex
import sys
from argparse import Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path

from hunnan_tui.cli import output
from hunnan_tui.cli.output import UsageError, are_terminals, say
from hunnan_tui.cli.parser import make_usage_error
from hunnan_tui.config.paths import find_packaged_dataset
from hunnan_tui.core.counts import format_line
from hunnan_tui.core.language import _, is_chinese
from hunnan_tui.core.text import display_line, display_path
from hunnan_tui.dataset.new_dataset import (
    NewDataset,
    NewDatasetError,
    clean_line,
    format_new_dataset,
    parse_currency,
    suggest_dataset,
)
from hunnan_tui.dataset.starting_sets import SETS
from hunnan_tui.files.new_file import ExistsError, format_size
from hunnan_tui.files.reading import read_file
from hunnan_tui.storage.create_dataset import create_dataset, is_without_content

USUAL_NAME = "projects.toml"
"""The dataset that commands find in the current folder by themselves."""


def begin_dataset(args: Namespace) -> int:
    """Write a new dataset, or with `--dry-run` print it."""
    if len([*args.words, *filter(None, [args.output])]) > 1:
        raise make_usage_error(args.command, _("One file"))
    path = _choose_path(args)
    if not args.dry_run and path.exists() and not is_without_content(path):
        raise ExistsError(
            _("{path} is there already, and stays as it is: name a new file").format(
                path=display_path(path)
            )
        )
    if args.copy:
        return _copy_packaged(args, path)
    new = _read_options(args)
    if not args.yes and _is_somebody_there():
        new = _ask(args, new, path)
    text = format_new_dataset(new, date.today())  # noqa: DTZ011 - the reader's day
    if args.dry_run:
        output.write(text.decode())
        return 0
    return _create(path, text)


def _copy_packaged(args: Namespace, path: Path) -> int:
    """Begin with the dataset that comes with the program."""
    options = [
        name for name in ("title", "district", "currency", "set") if getattr(args, name)
    ]
    if options:
        raise UsageError(
            _("--copy takes the data as it is, without --{options}").format(
                options=options[0]
            )
        )
    text = read_file(find_packaged_dataset())
    if args.dry_run:
        output.write(text.decode())
        return 0
    return _create(path, text)


def _create(path: Path, text: bytes) -> int:
    create_dataset(path, text)
    say(
        _("{path}: a new dataset, {size}").format(
            path=display_path(path), size=format_size(len(text))
        )
    )
    say(
        _("next: hunnan-tui {path}, where A adds a project").format(
            path=shlex.quote(str(path))
        )
    )
    return 0


def _is_somebody_there() -> bool:
    return are_terminals(sys.stdin, sys.stderr)


def _choose_path(args: Namespace) -> Path:
    path = Path(args.output or (args.words[0] if args.words else USUAL_NAME))
    if path.is_dir():
        raise UsageError(
            _("{path} is a folder: name a file in it").format(path=display_path(path))
        )
    if path.suffix.casefold() != ".toml":
        better = path.with_suffix(".toml")
        message = _("A dataset ends in .toml: hunnan-tui init {better}").format(
            better=shlex.quote(str(better))
        )
        if path.suffix:
            message += _("; a table is read by `hunnan-tui import`")
        raise UsageError(message)
    return path


def _read_options(args: Namespace) -> NewDataset:
    """Return what the options tell, the rest as usual."""
    new = suggest_dataset("zh" if is_chinese() else args.lang or output.get_locale())
    if args.lang is not None:
        new = new._replace(language="zh" if is_chinese() else "en")
    if args.set is not None:
        new = new._replace(set_name=args.set, currency=SETS[args.set].currency)
    for name, read in _READERS.items():
        typed = getattr(args, name)
        if typed is None:
            continue
        try:
            new = new._replace(**{name: read(output.check_utf8(typed))})
        except NewDatasetError as error:
            raise UsageError(format_line(f"--{name}", str(error))) from error
    return new


_READERS: dict[str, Callable[[str], str]] = {
    "title": clean_line,
    "district": clean_line,
    "currency": parse_currency,
}
"""How the text of an option or an answer is read."""


def _ask(args: Namespace, new: NewDataset, path: Path) -> NewDataset:
    """Ask for what no option tells; enter takes what stands in brackets."""
    say(
        _("A new dataset in {path}. Enter takes what is in brackets.").format(
            path=display_path(path)
        )
    )
    if args.set is None:
        names = list(SETS)
        for number, (name, words) in enumerate(SETS.items(), 1):
            say(f"  {number}  {name}: {words.label}")

        def choose(typed: str) -> str:
            if typed in SETS:
                return typed
            if typed.isdecimal() and 0 < int(typed) <= len(names):
                return names[int(typed) - 1]
            raise NewDatasetError(
                _("Type a number from 1 to {count}").format(count=len(names))
            )

        usual = str(names.index(new.set_name) + 1)
        name = _ask_one(_("Begin with"), usual, choose)
        new = new._replace(set_name=name)
        if args.currency is None:
            new = new._replace(currency=SETS[name].currency)
    if args.district is None:
        district = _ask_one(_("District or place"), "", clean_line, none="any")
        new = new._replace(district=district)
    if args.title is None:
        new = new._replace(title=_ask_one(_("Title"), new.full_title, clean_line))
    if args.currency is None:
        currency = _ask_one(
            _("Currency"), new.currency, parse_currency, none=_("none yet")
        )
        new = new._replace(currency=currency)
    return new


def _ask_one(
    question: str, usual: str, read: Callable[[str], str], none: str = ""
) -> str:
    """Ask until the answer can be read; KeyboardInterrupt where input ends."""
    while True:
        sys.stderr.write(f"{question} [{display_line(usual or none)}]: ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:  # nobody answers any more: nothing is written
            say("")
            raise KeyboardInterrupt
        try:
            return read(output.check_utf8(line).strip() or usual)
        except (NewDatasetError, UsageError) as error:
            say(f"  {error}")
