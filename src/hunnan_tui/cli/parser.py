"""Turns what was typed into a command and its arguments."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from typing import Any, NoReturn

from hunnan_tui.cli.catalog import BY_NAME, COMMANDS, FIRST_WORDS, GROUPS, OPEN
from hunnan_tui.cli.command import Command, Option
from hunnan_tui.cli.first_word import find_first_word
from hunnan_tui.cli.options import Parser
from hunnan_tui.cli.output import UsageError, write
from hunnan_tui.core.cell_width import wrap_cells
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.language import N_, _

_EMPTY_DATA = N_("DATA is empty: name a file")
_DATASET_FILE = re.compile(r"/dev/.+|.+\.toml", re.IGNORECASE | re.DOTALL)
"""A last word that is the dataset even where another word could stand there."""


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, prog: str) -> None:
        # to ask for the terminal's width would import compression and more
        super().__init__(prog, width=90)

    def add_usage(
        self, usage: Any, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        if prefix is None:
            prefix = _("usage: ")
        super().add_usage(usage, actions, groups, prefix)

    def _split_lines(self, text: str, width: int) -> list[str]:
        if text.isascii():
            return super()._split_lines(text, width)
        return wrap_cells(text, width)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if text.isascii() or "\n" in text:
            return super()._fill_text(text, width, indent)
        return "\n".join(indent + line for line in wrap_cells(text, width))


def _describe(command: Command) -> str:
    """Return the summary of a command as a sentence."""
    summary = _(command.summary)
    return _("{sentence}.").format(sentence=f"{summary[0].upper()}{summary[1:]}")


class _CommandParser(Parser):
    """Parses the arguments of one command."""

    def __init__(self, command: Command) -> None:
        program = f"hunnan-tui {command.name}".strip()
        super().__init__(
            takes_text=command.takes_text,
            prog=program,
            usage=_("{program} [options] {words}").format(
                program=program, words=command.usage
            ),
            description=_describe(command),
            formatter_class=_HelpFormatter,
        )
        self._command = command
        for option in command.all_options:
            _add_option(self, option)
        self.add_argument(
            "-V",
            "--version",
            action=_PrintVersion,
            nargs=0,
            help=_("print the version"),
        )

    def format_help(self) -> str:
        from hunnan_tui.cli.help import describe_command

        self.epilog = describe_command(self._command)
        return super().format_help()


class _PrintVersion(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from hunnan_tui.cli.version import describe_version

        write(describe_version() + "\n")
        parser.exit()


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Parse a command line.

    A first word that is no command is the path of a dataset; options may stand before
    the command.

    Args:
        argv: What was typed after the program's name.

    Returns:
        The `command`, the `words` that follow it without datasets, the datasets as
        `files`, and the value of each option.

    Raises:
        UsageError: It makes no sense; the message ends with the usage.
        SystemExit: Help or the version was asked for, and has been printed.
    """
    command, rest = _split_command(argv)
    args = _CommandParser(command).parse(rest)
    args.command = command
    _take_data(args)
    return args


def make_usage_error(command: Command, message: str) -> UsageError:
    """Return an error for words that a command cannot take; it ends with the usage."""
    usage = _CommandParser(command).format_usage().strip()
    return UsageError(message + bracket(usage))


def _split_command(argv: Sequence[str]) -> tuple[Command, list[str]]:
    """Return the command, and what was typed without its name."""
    rest = list(argv)
    index = find_first_word(rest)
    if index is None or rest[index] not in FIRST_WORDS:
        return OPEN, rest
    word = rest.pop(index)
    if word not in GROUPS:
        return BY_NAME[word], rest
    following = find_first_word(rest[index:])
    second = "" if following is None else rest[index + following]
    command = BY_NAME.get(f"{word} {second}")
    if following is None or command is None:
        _refuse_group(word, second, rest)
    del rest[index + following]
    return command, rest


def _refuse_group(group: str, second: str, rest: Sequence[str]) -> NoReturn:
    """Print the help of a group if it is asked for, else raise UsageError."""
    from hunnan_tui.cli.help import describe_group

    names = ",".join(
        command.name.split()[1] for command in COMMANDS if command.group == group
    )
    parser = Parser(
        prog=f"hunnan-tui {group}",
        usage=f"hunnan-tui {group} {{{names}}} ...",
        epilog=describe_group(group),
        formatter_class=_HelpFormatter,
    )
    parser.parse_known_args(rest)  # --help ends here
    parser.error(
        _("{group} knows no {second!r}").format(group=group, second=second)
        if second
        else _("{group} what?").format(group=group)
    )


def _take_data(args: argparse.Namespace) -> None:
    """Make the words that name datasets, the last ones, the values of `files`."""
    command: Command = args.command
    words: list[str] = args.words
    if command.reads_words:
        if "" in words:
            raise make_usage_error(command, _(_EMPTY_DATA))
        return
    has_query = getattr(args, "query", None) is not None
    has_output = getattr(args, "output", None) is not None
    fewest, most = command.count_words(has_query=has_query, has_output=has_output)
    is_one_more = len(words) == most + 1
    is_file = (
        fewest < len(words) <= most
        and _DATASET_FILE.fullmatch(words[-1]) is not None
        and not (command.takes_pairs and "=" in words[-1])
    )
    if not args.files and (is_one_more or is_file):
        _take_file(args)
    elif not args.files:  # several, each of which must be a dataset by its name
        while len(words) > most and _DATASET_FILE.fullmatch(words[-1]):
            _take_file(args)
    if len(words) > most:
        message = _("Too many words")
        if not command.is_edit:
            message = _("Name datasets only: a path that ends in .toml, or behind -f")
        raise make_usage_error(command, message)


def _take_file(args: argparse.Namespace) -> None:
    """Make the last word the first of the datasets."""
    args.files.insert(0, args.words.pop())
    if not args.files[0]:
        raise make_usage_error(args.command, _(_EMPTY_DATA))


def _add_option(parser: Parser, option: Option) -> None:
    settings: dict[str, Any] = {"help": _(option.help), "default": option.default}
    if option.dest:
        settings["dest"] = option.dest
    if option.takes_value:
        settings["metavar"] = option.value_name
    else:
        settings |= {"action": "store_const", "const": option.sets}
    if option.choices is not None:
        settings["choices"] = option.choices
        settings["help"] += _(": {choices}").format(choices="%(choices)s")
    parser.add_argument(*option.flags, **settings)
