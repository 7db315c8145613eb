"""The tables `[[commands]]` of the settings: programs that the user runs on projects.

Whether there are such keys is for the app to say, which knows them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from hunnan_tui.config.settings import (
    LONGEST,
    Mistake,
    ValuePath,
    check_keys,
    get_value,
)
from hunnan_tui.config.settings_problems import explain_placeholders
from hunnan_tui.core.errors import HunnanError
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.text import display_line
from hunnan_tui.core.toml_values import name_type

WORDS = ("id", "name", "url", "file")
"""What stands in braces in an argument, and is filled in."""
IN_BRACES = re.compile(r"\{(\w+)\}")
_KEYS = ("title", "run", "key", "suspend")
_HINT = N_('write the program and its arguments, as in run = ["xdg-open", "{url}"]')
_MOST = 100
"""Commands that are read."""


class UserCommand(NamedTuple):
    """A program that runs on a project."""

    title: str
    arguments: tuple[str, ...]
    """The program and its arguments, with words in braces."""
    key: str
    """The key as the user has written it; the app's name of it once that is known."""
    suspend: bool = False
    """Whether the program gets the terminal until it ends."""
    path: ValuePath = ()
    """Where it stands in the file."""


def parse_user_commands(
    tables: object, mistakes: list[Mistake]
) -> tuple[UserCommand, ...]:
    """Return the commands that can be run.

    Args:
        tables: The value of `commands`.
        mistakes: Gets what is wrong in it.
    """
    hint = _("write [[commands]] above each of them")
    if not isinstance(tables, list):
        mistakes.append(
            Mistake(("commands",), _("commands is no list of tables"), hint)
        )
        return ()
    commands = []
    for number, table in enumerate(tables):
        path: ValuePath = ("commands", number)
        if number == _MOST:
            message = _("there are more than {most} commands").format(most=_MOST)
            mistakes.append(Mistake(path, message, _("the others are left out")))
            break
        if not isinstance(table, dict):
            mistakes.append(Mistake(path, _("one of the commands is no table"), hint))
        elif command := _parse_command(table, path, mistakes):
            commands.append(command)
    return tuple(commands)


def _parse_command(
    table: Mapping[str, Any], path: ValuePath, mistakes: list[Mistake]
) -> UserCommand | None:
    """Return a command; None if it has no title or nothing that can be run."""
    check_keys(table, _KEYS, path, mistakes)
    known = len(mistakes)
    title = display_line(get_value(table, "title", str, "", mistakes, path)).strip()
    if not title and len(mistakes) == known:
        hint = _("it is left out: write its title")
        mistakes.append(Mistake(path, _("one of the commands has no title"), hint))
    arguments = _parse_arguments(table, path, mistakes)
    known = len(mistakes)
    key = get_value(table, "key", str, "", mistakes, path).strip()
    if not key and len(mistakes) == known:
        hint = _('it is left out: write its key, as in key = "ctrl+o"')
        mistakes.append(Mistake(path, _("one of the commands has no key"), hint))
    if not title or not arguments or not key:
        return None
    unknown = set(IN_BRACES.findall(" ".join(arguments))).difference(WORDS)
    mistakes += explain_placeholders(unknown, WORDS, (*path, "run"))
    return UserCommand(
        title[:LONGEST],
        arguments,
        key,
        get_value(table, "suspend", bool, False, mistakes, path),
        path,
    )


def _parse_arguments(
    table: Mapping[str, Any], path: ValuePath, mistakes: list[Mistake]
) -> tuple[str, ...]:
    """Return the program and its arguments; nothing if they cannot be used."""
    if "run" not in table:
        mistakes.append(Mistake(path, _("one of the commands runs nothing"), _(_HINT)))
        return ()
    run, here = table["run"], (*path, "run")
    if not isinstance(run, list):
        wrong = _("run is {type}").format(type=name_type(run))
        mistakes.append(
            Mistake(here, wrong, _("no shell reads it: {hint}").format(hint=_(_HINT)))
        )
    elif not run or not all(isinstance(argument, str) for argument in run):
        wrong = _("run is empty") if not run else _("run has something that is no text")
        mistakes.append(Mistake(here, wrong, _(_HINT)))
    elif not run[0].strip() or IN_BRACES.search(run[0]):
        wrong = _("run does not begin with a program")  # data does not choose it
        mistakes.append(Mistake(here, wrong, _(_HINT)))
    elif any("\0" in argument for argument in run):
        mistakes.append(Mistake(here, _("run has a NUL character"), _("remove it")))
    else:
        return tuple(run)
    return ()


class UnfilledError(HunnanError):
    """A word in braces has no value that can be used for a project; says which."""


def fill_arguments(command: UserCommand, values: Mapping[str, str]) -> list[str]:
    """Return the program and its arguments for a project.

    Args:
        command: The command.
        values: What stands for each of `WORDS`; empty for what the project has not.

    Raises:
        UnfilledError: A value is missing, or would be taken for an option.
    """
    program, *arguments = command.arguments

    def fill(match: re.Match[str]) -> str:
        word = match[1]
        if word not in values:
            return match[0]
        value = values[word]
        if not value:
            raise UnfilledError(_("it has no {word}").format(word=word))
        if match.start() == 0 and value.startswith("-"):
            # the program would take what somebody wrote into the data for an option
            text = _("its {word} begins with -, which would be an option")
            raise UnfilledError(text.format(word=word))
        return value

    return [program, *(IN_BRACES.sub(fill, argument) for argument in arguments)]
