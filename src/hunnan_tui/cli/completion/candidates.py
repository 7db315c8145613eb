"""What can stand at the cursor of a command line, as the catalogue declares it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hunnan_tui.cli.catalog import BY_NAME, COMMANDS, FIRST_WORDS, GROUPS, OPEN
from hunnan_tui.cli.command import Command, Option
from hunnan_tui.cli.completion.files import list_files
from hunnan_tui.cli.first_word import END, find_first_word
from hunnan_tui.core.language import _

DATASET = ".toml"


class Candidate(NamedTuple):
    """A word that can stand at the cursor."""

    value: str
    help: str = ""
    is_whole: bool = True
    """Whether the word is complete: else more is typed on to it."""
    is_path: bool = False
    """Whether it is a path, in which `~` is the home folder."""


class Typed(NamedTuple):
    """A command line as far as it is typed."""

    command: Command
    words: list[str]
    """Its words without the command's name, options and their values."""
    options: list[tuple[Option, str]]
    """Its options, each with its value."""
    pending: Option | None = None
    """The option whose value stands at the cursor."""
    is_ended: bool = False
    """Whether nothing more can be an option."""
    group: str = ""
    """The first word of a command of two, if the second is not typed yet."""

    @property
    def has_query(self) -> bool:
        """Whether a query takes the place of ids."""
        return any("--query" in option.flags for option, _ in self.options)


def list_candidates(words: Sequence[str], current: str) -> Iterator[Candidate]:
    """Yield what can stand at the cursor and begins with what is typed there.

    Args:
        words: The words before it, without the program.
        current: The beginning of the word at the cursor.
    """
    typed = read_typed(words)
    before = ""
    pending = typed.pending
    if pending is None and not typed.is_ended and current.startswith("-"):
        flag, equals, value = current.partition("=")
        if not equals:
            yield from _keep(_list_flags(typed), current)
            return
        pending, before, current = _find_option(typed.command, flag), flag + "=", value
        if pending is None or not pending.takes_value:
            return
    if pending is not None:
        found = _list_option_values(pending, typed, current)
    else:
        found = _list_words(typed, current)
    for each in _keep(found, current):
        yield each._replace(value=before + each.value)


def read_typed(words: Sequence[str]) -> Typed:
    """Return the command, the options and the other words of a line."""
    command, rest, group = _find_command(list(words))
    others: list[str] = []
    options: list[tuple[Option, str]] = []
    pending: Option | None = None
    for index, word in enumerate(rest):
        if pending is not None:
            options.append((pending, word))
            pending = None
            continue
        if word == END:
            return Typed(command, others + rest[index + 1 :], options, None, True)
        flag, equals, value = word.partition("=")
        option = _find_option(command, flag)
        if option is None:
            others.append(word)
        elif equals or not option.takes_value:
            options.append((option, value))
        else:
            pending = option
    return Typed(command, others, options, pending, False, group)


def _find_command(words: list[str]) -> tuple[Command, list[str], str]:
    """Return the command, the words without its name, and an unfinished group."""
    first = find_first_word(words)
    if first is None or words[first] not in FIRST_WORDS:
        return OPEN, words, ""
    name = words.pop(first)
    if name not in GROUPS:
        return BY_NAME[name], words, ""
    second = find_first_word(words[first:])
    if second is None:
        return OPEN, words, name
    command = BY_NAME.get(f"{name} {words.pop(first + second)}", OPEN)
    return command, words, ""


def _find_option(command: Command, flag: str) -> Option | None:
    return next((each for each in command.all_options if flag in each.flags), None)


def _keep(candidates: Iterator[Candidate], current: str) -> Iterator[Candidate]:
    return (each for each in candidates if each.value.startswith(current))


def _list_flags(typed: Typed) -> Iterator[Candidate]:
    used = {flag for option, _ in typed.options for flag in option.flags}
    for option in typed.command.all_options:
        if "--file" in option.flags or used.isdisjoint(option.flags):
            for flag in option.flags:
                yield Candidate(flag, _(option.help))
    yield Candidate("--help", _("show how it is used"))
    yield Candidate("--version", _("print the version"))


def _list_option_values(
    option: Option, typed: Typed, current: str
) -> Iterator[Candidate]:
    from hunnan_tui.cli.completion import values  # needs the dataset

    if option.choices is not None:
        yield from map(Candidate, option.choices)
    elif option.value_name == "QUERY":
        yield from values.complete_query(typed, current)
    elif option.value_name == "NAMES":
        yield from values.complete_columns(current)
    elif "--view" in option.flags:
        yield from values.list_views(typed)
    elif "--source" in option.flags:
        yield from values.list_sources(typed)
    elif option.value_name == "ID" and typed.command is OPEN:
        yield from values.list_ids(typed)
    elif option.value_name == "TAG":
        yield from values.list_tags(typed)
    elif option.value_name == "DATA":
        yield from _list_paths(current, DATASET)
    elif option.value_name in ("FILE", "NEW"):
        yield from _list_paths(current, DATASET if "--notes" in option.flags else "")


def _list_words(typed: Typed, current: str) -> Iterator[Candidate]:
    """Yield what a word of a command can be."""
    if typed.group:
        for command in COMMANDS:
            if command.group == typed.group:
                yield Candidate(command.name.split()[1], _(command.summary))
        return
    command = typed.command
    if command is OPEN and not typed.words:
        yield from _list_first_words()
    names = re.findall(r"[A-Z][A-Z=]*", command.usage)
    if command.takes_id and typed.has_query:
        names.remove("ID")
    number = len(typed.words)
    name = names[number] if number < len(names) else ""
    if "..." in command.usage:  # the last but DATA can be repeated
        words = [each for each in names if each != "DATA"] or ["DATA"]
        name = words[min(number, len(words) - 1)]
    yield from _list_named(name, typed, current)
    fewest, _unused = command.count_words(has_query=typed.has_query)
    if command.reads_dataset and number >= fewest and name not in ("DATA", "OLD"):
        yield from _list_paths(current, DATASET)


def _list_first_words() -> Iterator[Candidate]:
    for name in FIRST_WORDS:
        if name in GROUPS:
            seconds = (each.name.split()[1] for each in COMMANDS if each.group == name)
            yield Candidate(name, ", ".join(seconds))
        else:
            yield Candidate(name, _(BY_NAME[name].summary))


def _list_named(name: str, typed: Typed, current: str) -> Iterator[Candidate]:
    """Yield what stands for a name of a command's usage."""
    from hunnan_tui.cli.completion import values  # needs the dataset

    command = typed.command
    if name == "ID":
        yield from values.list_ids(typed)
    elif name == "TAG" or command.group == "tag":
        yield from values.list_tags(typed)
    elif name == "STAGE":
        yield from values.list_stages(typed)
    elif name == "AT":
        yield from values.list_notes(typed)
    elif name == "KIND":
        yield from values.list_need_kinds(typed)
    elif name == "FIELD=VALUE":
        yield from values.complete_pair(typed, current)
    elif name == "SHELL":
        from hunnan_tui.cli.completion.scripts import SCRIPTS

        yield from map(Candidate, SCRIPTS)
    elif name == "TABLE" or (name == "FILE" and command.takes_output):
        yield from _list_paths(current)
    elif name in ("DATA", "FILE", "BASE", "OURS", "THEIRS", "OLD", "NEW"):
        yield from _list_paths(current, DATASET)


def _list_paths(current: str, ending: str = "") -> Iterator[Candidate]:
    for path in list_files(current, ending):
        yield Candidate(path, "", is_whole=not path.endswith("/"), is_path=True)
