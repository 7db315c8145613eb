"""The errors of the program; each message says what the user can do."""

# no annotations from __future__: a named tuple would compile each of them at the start
from enum import StrEnum
from typing import NamedTuple

from hunnan_tui.core.language import N_, _, is_chinese, ngettext, ngettext_noop


class Level(StrEnum):
    """The severity of a problem."""

    ERROR = "error"
    """Cannot be used: the entry, or the whole file."""
    WARNING = "warning"
    """Usable, and probably wrong."""
    NOTE = "note"
    """Worth a look."""


_LEVELS = {
    Level.ERROR: N_("error"),
    Level.WARNING: N_("warning"),
    Level.NOTE: N_("note on the data"),
}
_COUNTED = {
    Level.ERROR: ngettext_noop("{count:,} error", "{count:,} errors"),
    Level.WARNING: ngettext_noop("{count:,} warning", "{count:,} warnings"),
    Level.NOTE: ngettext_noop("{count:,} note", "{count:,} notes"),
}


def name_level(level: Level) -> str:
    """Return what people call a level: `warning`."""
    return _(_LEVELS[level]) if is_chinese() else level.value


def count_level(level: Level, count: int) -> str:
    """Return how many problems of a level there are: `2 warnings`."""
    return ngettext(*_COUNTED[level], count).format(count=count)


class Problem(NamedTuple):
    """One problem of a file; its text form is `FILE:LINE:COLUMN: message (hint)`."""

    level: Level
    message: str
    hint: str = ""
    file: str = ""
    line: int = 0
    """From 1; 0 when the problem is that of the whole file."""
    column: int = 0
    """From 1, in characters."""

    def __str__(self) -> str:
        location = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        level = name_level(self.level)
        if not self.hint:
            text = _("{place}: {level}: {message}")
            return text.format(place=location, level=level, message=self.message)
        text = _("{place}: {level}: {message} ({hint})")
        return text.format(
            place=location, level=level, message=self.message, hint=self.hint
        )


class MissingNameProblem(Problem):
    """A project has no name: right in a notes file, which names its projects by id."""

    __slots__ = ()


class HunnanError(Exception):
    """Base of all errors that are reported to the user in one line."""

    exit_code = 2
    """What the command line exits with (the dataset format's section on errors)."""


class DataError(HunnanError):
    """A dataset cannot be read; `problems` holds every reason."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class SaveError(HunnanError):
    """An edit could not be saved; the file is unchanged."""

    exit_code = 3


class EditRefusedError(SaveError):
    """An edit would damage the layout or content of the text."""


class NoSuchProjectError(HunnanError):
    """No project has the id that was asked for."""

    exit_code = 4
