"""Prints the manual page, from what is declared of the commands: what --help reads too.

    python docs/make_man.py > hunnan-tui.1

Every build puts it into the wheel, where pipx and packagers find it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from hunnan_tui import __version__
from hunnan_tui.cli.catalog import COMMANDS, OPEN
from hunnan_tui.cli.command import Command, Option
from hunnan_tui.cli.help import EXIT_STATUS, WHICH_DATA, WORDS
from hunnan_tui.config.environment import VARIABLES


def make_page() -> str:
    """Return the page, in the macros of man(7)."""
    lines = [
        f'.TH HUNNAN\\-TUI 1 "" "hunnan\\-tui {__version__}" "User Commands"',
        *(".SH NAME", f"hunnan\\-tui \\- {_escape(OPEN.summary)}"),
        *(".SH SYNOPSIS", *_write_synopsis()),
        *(".SH DESCRIPTION", *_write_paragraphs((WHICH_DATA, WORDS))),
        *(".SH OPTIONS", *_write_options(OPEN.all_options)),
        ".SH COMMANDS",
        "The options of the app that say which dataset, notes and language, and how "
        "names are shown, go for every command that works on a dataset.",
    ]
    for command in COMMANDS:
        lines += _write_command(command)
    lines += [".SH ENVIRONMENT"]
    for name, meaning in VARIABLES.items():
        lines += [".TP", f"\\fB{name}\\fR", _escape(meaning)]
    lines += [".SH EXIT STATUS", *_write_paragraphs((EXIT_STATUS,))]
    lines += [".SH EXAMPLES", *_write_examples(OPEN)]
    return "\n".join(lines) + "\n"


def _write_synopsis() -> Iterator[str]:
    yield f"\\fBhunnan\\-tui\\fR [options] {_escape(OPEN.usage)}"
    yield ".br"
    yield "\\fBhunnan\\-tui\\fR \\fICOMMAND\\fR [options] ..."


def _write_command(command: Command) -> Iterator[str]:
    yield f'.SS "{_escape(f"{command.name} {command.usage}".strip())}"'
    summary = command.summary
    yield from _write_paragraphs((f"{summary[0].upper()}{summary[1:]}.",))
    yield from _write_options(command.options)
    yield from _write_paragraphs(command.details)
    yield from _write_examples(command)


def _write_options(options: Iterable[Option]) -> Iterator[str]:
    for option in options:
        value = f" \\fI{_escape(option.value_name)}\\fR" if option.value_name else ""
        yield ".TP"
        yield ", ".join(f"\\fB{_escape(flag)}\\fR{value}" for flag in option.flags)
        choices = f": {', '.join(option.choices)}" if option.choices else ""
        yield _escape(f"{option.help}{choices}")


def _write_paragraphs(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for paragraph in text.split("\n\n"):
            yield ".PP"
            yield from map(_escape, paragraph.split("\n"))


def _write_examples(command: Command) -> Iterator[str]:
    yield from (".PP", ".RS", ".nf")
    for example in command.examples:
        yield _escape(f"hunnan-tui {example}".rstrip())
    yield from (".fi", ".RE")


def _escape(text: str) -> str:
    """Return a line of text as one in which man(7) finds nothing to do."""
    text = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    text = text.replace('"', "\\(dq").replace("^", "\\(ha").replace("~", "\\(ti")
    return f"\\&{text}" if text.startswith(".") else text


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(make_page())
