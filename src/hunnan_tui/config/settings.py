"""The user's settings: theme, author, saved views. Loading never writes.

They are one TOML file, written by hand or by the program. What the program adds leaves
the rest of the file as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import tomli

from hunnan_tui.core.errors import Problem
from hunnan_tui.core.language import N_, _
from hunnan_tui.core.names import Names
from hunnan_tui.core.text import fold
from hunnan_tui.files.io import read_regular

if TYPE_CHECKING:  # the first screen does not wait for them
    from hunnan_tui.config.key_settings import KeySetting
    from hunnan_tui.config.user_commands import UserCommand
    from hunnan_tui.core.model import View

FILE = "config.toml"
SILENT_DAYS = 90
_MOST_DAYS = 100_000
LARGEST = 4_000_000
"""Bytes of the file."""

PLACEHOLDERS = ("date", "project")
"""What stands in braces in a template, and is filled in."""
_IN_BRACES = re.compile(r"\{(\w+)\}")
LONGEST = 60
"""Characters of a key or a name that a message shows."""
_EXPECTED: Mapping[type, str] = {
    str: N_("a text in quotes"),
    bool: N_("true or false, without quotes"),
    int: N_("a whole number, without quotes"),
}
_T = TypeVar("_T")
_U = TypeVar("_U")
ValuePath = tuple[str | int, ...]


class Mistake(NamedTuple):
    """What is wrong in the settings, before its line is known."""

    path: ValuePath
    """The way to the value: `("views", 0, "query")`."""
    message: str
    hint: str = ""


_Mistakes = list[Mistake]


class Settings(NamedTuple):
    """What the user has set."""

    path: Path | None = None
    """Where it is kept; None keeps nothing."""
    theme: str = ""
    author: str = ""
    """Who writes the notes."""
    ascii: bool = False
    """Whether the screen is drawn in signs of ASCII."""
    read_only: bool = False
    """Whether nothing is written into datasets and notes files."""
    mouse: bool = True
    """Whether the app takes the mouse from the terminal."""
    animation: bool = True
    """Whether anything on the screen moves by itself."""
    kitty_keys: bool | None = None
    """Whether the terminal is asked for the kitty keyboard protocol; None: as it is."""
    views: tuple[View, ...] = ()
    templates: tuple[tuple[str, str], ...] = ()
    """Names and texts to begin notes with, besides those that come with the program."""
    silent_days: int = SILENT_DAYS
    """Days without news after which a watched project is something to look after."""
    language: str = ""
    """The language of the interface, such as `zh`; empty for that of the system."""
    names: str = ""
    """Which names are shown: zh, en or both; empty for those of the language."""
    keys: tuple[KeySetting, ...] = ()
    """Keys of commands in place of those that they have."""
    commands: tuple[UserCommand, ...] = ()
    """Programs that keys run on projects."""
    problems: tuple[Problem, ...] = ()
    """What is wrong in the file; the rest of it is used."""


KEYS = tuple(key for key in Settings._fields if key not in ("path", "problems"))
"""What the file can set."""


def load_settings(folder: Path | None) -> Settings:
    """Load the settings; anything wrong becomes one of the `problems`, never an error."""
    if folder is None:
        return Settings()
    path, text = folder / FILE, b""
    try:
        text = read_regular(path, LARGEST)
        record = tomli.loads(text.decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings(path)
    except (OSError, ValueError, RecursionError) as error:
        from hunnan_tui.config.settings_problems import explain_unused  # as below

        return Settings(path, problems=explain_unused(error, text, path))
    mistakes: _Mistakes = []
    settings = _parse_settings(record, mistakes)._replace(path=path)
    if not mistakes:
        return settings
    # almost no file has any
    from hunnan_tui.config.settings_problems import locate_mistakes

    return settings._replace(problems=locate_mistakes(mistakes, text, path))


def explain_read_only(settings: Settings) -> str:
    """Return why nothing is to be changed, as the settings have it; empty if it may be."""
    if not settings.read_only:
        return ""
    return _("{file} says read_only = true").format(file=FILE)


def _parse_settings(record: Mapping[str, Any], mistakes: _Mistakes) -> Settings:
    check_keys(record, KEYS, (), mistakes)
    return Settings(
        theme=get_value(record, "theme", str, "", mistakes),
        author=get_value(record, "author", str, "", mistakes),
        ascii=get_value(record, "ascii", bool, False, mistakes),
        read_only=get_value(record, "read_only", bool, False, mistakes),
        mouse=get_value(record, "mouse", bool, True, mistakes),
        animation=get_value(record, "animation", bool, True, mistakes),
        kitty_keys=get_value(record, "kitty_keys", bool, None, mistakes),
        views=_parse_views(record, mistakes),
        templates=_parse_templates(record, mistakes),
        silent_days=_get_days(record, mistakes),
        language=get_value(record, "language", str, "", mistakes),
        names=_get_names(record, mistakes),
        keys=_parse_keys(record, mistakes),
        commands=_parse_commands(record, mistakes),
    )


def check_keys(
    record: Mapping[str, Any],
    keys: Sequence[str],
    path: ValuePath,
    mistakes: _Mistakes,
) -> None:
    """Add the keys of a table that nothing reads to the mistakes."""
    if all(key in keys for key in record):
        return
    from hunnan_tui.config.settings_problems import explain_unknown_key

    mistakes += (
        explain_unknown_key(key, value, keys, path)
        for key, value in record.items()
        if key not in keys
    )


def get_value(
    record: Mapping[str, Any],
    key: str,
    type: type[_T],
    usual: _U,
    mistakes: _Mistakes,
    path: ValuePath = (),
) -> _T | _U:
    """Return the value of a key; the usual one where it is absent or of another type."""
    if key not in record:
        return usual
    value = record[key]
    if value.__class__ is type:
        found: _T = value
        return found
    from hunnan_tui.core.toml_values import name_type

    wrong = _("{key} is {type}").format(key=key, type=name_type(value))
    mistakes.append(
        Mistake(
            (*path, key),
            wrong,
            _("it should be {expected}").format(expected=_(_EXPECTED[type])),
        )
    )
    return usual


def _get_names(record: Mapping[str, Any], mistakes: _Mistakes) -> str:
    names = get_value(record, "names", str, "", mistakes)
    if names in ("", *Names):
        return names
    hint = _("there is {names}").format(names=", ".join(Names))
    mistakes.append(
        Mistake(
            ("names",),
            _("there are no names {names!r}").format(names=names[:LONGEST]),
            hint,
        )
    )
    return ""


def _get_days(record: Mapping[str, Any], mistakes: _Mistakes) -> int:
    days = get_value(record, "silent_days", int, SILENT_DAYS, mistakes)
    if 1 < days < _MOST_DAYS:
        return days
    hint = _("it should be from 2 to {most_days}").format(most_days=_MOST_DAYS - 1)
    mistakes.append(Mistake(("silent_days",), _("silent_days is out of range"), hint))
    return SILENT_DAYS


def _parse_keys(
    record: Mapping[str, Any], mistakes: _Mistakes
) -> tuple[KeySetting, ...]:
    if "keys" not in record:
        return ()
    from hunnan_tui.config.key_settings import parse_key_settings

    return parse_key_settings(record["keys"], mistakes)


def _parse_commands(
    record: Mapping[str, Any], mistakes: _Mistakes
) -> tuple[UserCommand, ...]:
    if "commands" not in record:
        return ()
    from hunnan_tui.config.user_commands import parse_user_commands

    return parse_user_commands(record["commands"], mistakes)


def _parse_views(record: Mapping[str, Any], mistakes: _Mistakes) -> tuple[View, ...]:
    if "views" not in record:
        return ()
    from hunnan_tui.core.model import View

    tables = _iterate_tables(record, "views", "query", mistakes)
    return tuple(View(name, query) for _, name, query in tables)


def _parse_templates(
    record: Mapping[str, Any], mistakes: _Mistakes
) -> tuple[tuple[str, str], ...]:
    templates = []
    for path, name, text in _iterate_tables(record, "templates", "text", mistakes):
        if not text:
            hint = _("it is left out: write its text")
            mistakes.append(Mistake(path, _("one of the templates has no text"), hint))
            continue
        templates.append((name, text))
        unknown = set(_IN_BRACES.findall(text)).difference(PLACEHOLDERS)
        if unknown:
            from hunnan_tui.config.settings_problems import explain_placeholders

            mistakes += explain_placeholders(unknown, PLACEHOLDERS, (*path, "text"))
    return tuple(templates)


def _iterate_tables(
    record: Mapping[str, Any], key: str, text_key: str, mistakes: _Mistakes
) -> Iterator[tuple[ValuePath, str, str]]:
    """Yield the path, the name and the text of each table of a list that has a name."""
    tables = record.get(key, ())
    if not isinstance(tables, list | tuple):
        hint = _("write [[{key}]] above each of them").format(key=key)
        mistakes.append(
            Mistake((key,), _("{key} is no list of tables").format(key=key), hint)
        )
        return
    names = set()
    for number, table in enumerate(tables):
        path = (key, number)
        if not isinstance(table, dict):
            hint = _("write [[{key}]] above each of them").format(key=key)
            mistakes.append(
                Mistake(path, _("one of the {key} is no table").format(key=key), hint)
            )
            continue
        check_keys(table, ("name", text_key), path, mistakes)
        known = len(mistakes)
        name = get_value(table, "name", str, "", mistakes, path).strip()
        text = get_value(table, text_key, str, "", mistakes, path)
        if name and fold(name) in names:
            wrong = _("two of the {key} have the name {name!r}").format(
                key=key, name=name[:LONGEST]
            )
            mistakes.append(Mistake((*path, "name"), wrong, _("rename one of them")))
        names.add(fold(name))
        if name:
            yield path, name, text
        elif len(mistakes) == known:
            hint = _("it is left out: write its name")
            mistakes.append(
                Mistake(path, _("one of the {key} has no name").format(key=key), hint)
            )
