"""Separates the options of a command line from its words.

argparse takes everything that begins with a dash for an option. Here the word behind an
option is its value, whatever it begins with, and a word may begin with a dash too where a
command takes text.
"""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator, Sequence
from typing import Any, NoReturn

from hunnan_tui.cli.first_word import END
from hunnan_tui.cli.output import UsageError, write
from hunnan_tui.core.counts import bracket
from hunnan_tui.core.language import _

_MISTYPED = re.compile(r"--[A-Za-z][\w-]*(=.*)?|-[A-Za-z]", re.DOTALL)
"""A word that is more likely a mistyped option than a text."""
_QUERY_SIGNS = re.compile(r'[:<>=#"(]')

_Option = tuple[str, argparse.Action, str | None]
"""Its name as typed, its action, and its value if that is joined to it."""


class Parser(argparse.ArgumentParser):
    """Parses the options of one command and leaves its words alone."""

    def __init__(self, *, takes_text: bool = False, **settings: Any) -> None:
        """Make a parser.

        Args:
            takes_text: Whether the words of the command can begin with a dash.
            settings: As argparse takes them.
        """
        self._takes_text = takes_text
        self._options: dict[str, argparse.Action] = {}
        super().__init__(allow_abbrev=False, add_help=False, **settings)
        # the words of argparse itself are messages of ours
        self.add_argument(
            "-h", "--help", action="help", help=_("show this help message and exit")
        )

    def format_help(self) -> str:
        title = _("options:")
        return super().format_help().replace("\noptions:\n", f"\n{title}\n", 1)

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        action = super().add_argument(*names, **settings)
        self._options |= dict.fromkeys(action.option_strings, action)
        return action

    def error(self, message: str) -> NoReturn:
        raise UsageError(message + bracket(self.format_usage().strip()))

    def _print_message(self, message: str, _file: Any = None) -> None:
        write(message)  # only help comes here, and help is data

    def parse(self, typed: Sequence[str]) -> argparse.Namespace:
        """Return the values of the options, and the other words as `words`."""
        flags, values, words = self._split(list(typed))
        files = values.pop("file", None)
        # argparse would drop a value of --
        args = self.parse_args(flags)
        for dest, value in values.items():
            setattr(args, dest, value)
        args.words = words
        args.files = files or []
        return args

    def _split(self, typed: list[str]) -> tuple[list[str], dict[str, Any], list[str]]:
        """Return flags, values and words."""
        flags: list[str] = []
        values: dict[str, Any] = {}
        words: list[str] = []
        typed_values: dict[str, tuple[str, object]] = {}
        while typed:
            word = typed.pop(0)
            if word == END:
                words += typed
                break
            options = list(self._read_options(word))
            if not options:
                words.append(self._check_word(word))
            for name, action, joined in options:
                if action.dest in ("help", "version"):
                    return [name], {}, []
                value = self._take_value(name, action, joined, typed)
                if action.dest == "file":  # the one that can be named several times
                    values.setdefault("file", []).append(value)
                    continue
                if value is None:
                    flags.append(name)
                else:
                    values[action.dest] = value
                text = name if value is None else f"{name} {value}"
                value_set = action.const if value is None else value
                first_text, first_value = typed_values.setdefault(
                    action.dest, (text, value_set)
                )
                if first_value != value_set:
                    self.error(
                        _("{first_text} and {text} contradict each other").format(
                            first_text=first_text, text=text
                        )
                    )
        return flags, values, words

    def _read_options(self, word: str) -> Iterator[_Option]:
        """Yield the options in a word; nothing if it is no option."""
        name, equals, value = word.partition("=")
        if name in self._options:
            yield name, self._options[name], value if equals else None
            return
        if not re.match("-[^-]", word):
            return
        flags: list[_Option] = []
        for index, letter in enumerate(word[1:], 2):
            name = f"-{letter}"
            action = self._options.get(name)
            if action is None:
                return
            if action.nargs != 0:
                if word[index:] and not self._is_joined(name, word[index:]):
                    return
                yield from flags
                yield name, action, word[index:].removeprefix("=") or None
                return
            flags.append((name, action, None))
        yield from flags

    def _is_joined(self, name: str, value: str) -> bool:
        """Return whether letters are a value, as in `-qVALUE`, and not a text."""
        if not self._takes_text or value.startswith("="):
            return True
        if name == "-q":
            return _QUERY_SIGNS.search(value) is not None
        return value.endswith(".toml") or os.path.exists(value)  # noqa: PTH110 - cheap

    def _take_value(
        self, name: str, action: argparse.Action, joined: str | None, typed: list[str]
    ) -> str | None:
        """Return the value of an option, joined to it or taken from `typed`."""
        if action.nargs == 0:
            if joined is not None:
                self.error(_("{name} takes no value").format(name=name))
            return None
        if joined is not None:
            value = joined
        elif typed and typed[0] != END and not self._is_option(typed[0]):
            value = typed.pop(0)
        else:
            what = action.metavar or "value"
            hint = (
                _("; write {name}={typed} if that is it").format(
                    name=name, typed=typed[0]
                )
                if typed
                else ""
            )
            self.error(
                _("{name} needs its {what}{hint}").format(
                    name=name, what=what, hint=hint
                )
            )
        if not value and action.dest != "query":  # an empty query finds everything
            self.error(
                _("{name} needs its {text}: it is empty").format(
                    name=name, text=action.metavar or "value"
                )
            )
        if action.choices is not None and value not in action.choices:
            self.error(
                _("{name} is one of {choices}, not {value!r}").format(
                    name=name, choices=", ".join(action.choices), value=value
                )
            )
        return value

    def _is_option(self, word: str) -> bool:
        return word.partition("=")[0] in self._options

    def _check_word(self, word: str) -> str:
        """Return a word of the command; UsageError if it looks like an option."""
        if word == "-" or not word.startswith("-"):
            return word
        if not self._takes_text or _MISTYPED.fullmatch(word):
            self.error(
                _("There is no option {word}; behind {end} it is no option").format(
                    word=word, end=END
                )
            )
        return word
