"""The dataset's schema, format 1: which key of which table takes which value.

Each table is a mapping from a key to its reader. Reading never stops at a
fault: the fault is noted with its path, and the other keys are read.
"""

# no annotations from __future__: a named tuple would compile each of them at the start
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from hunnan_tui.core.dates import is_partial
from hunnan_tui.core.errors import Level, Problem
from hunnan_tui.core.language import _
from hunnan_tui.core.money import INTEGERS
from hunnan_tui.core.toml_values import format_toml_value, name_type

ValuePath = tuple[str | int, ...]
"""The way to a value in the parsed file: `("projects", 3, "sources", 0)`."""

_ID = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_ID = 100
"""Characters of an id that a message names."""


class WrongTypeError(Exception):
    """A value that its field cannot take; the text says what it should be."""

    def __init__(self, expected: str, got: str = "") -> None:
        """Take what is expected, and what was found if the type does not show it."""
        super().__init__(expected)
        self.got = got


class Fault(NamedTuple):
    """A problem at a path of the parsed file, before its line is known."""

    path: ValuePath
    level: Level
    message: str
    hint: str = ""
    problem_type: type[Problem] = Problem
    """What it becomes when its line is known."""


class TableReading:
    """What was read from one table."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        """Keyword arguments for the value's class."""
        self.other: list[tuple[str, str]] = []
        """Unknown keys, as written."""
        self.faulty: list[tuple[str, str]] = []
        """Known keys with a wrong value, as written."""


Faults = list[Fault]
ValueReader = Callable[[Any, ValuePath, Faults], Any]
Readers = Mapping[str, ValueReader]


def read_table(
    record: Mapping[str, Any], fields: Readers, path: ValuePath, faults: Faults
) -> TableReading:
    """Read the keys of a table; what is wrong or unknown goes to faults as well."""
    reading = TableReading()
    values = reading.values
    for key, value in record.items():
        read = fields.get(key)
        if read is read_text and type(value) is str:  # most are: nothing can be wrong
            values[key] = value
            continue
        if read is None:
            reading.other.append((key, write_other_value(value)))
            if not is_project(path):
                faults.append(_report_unknown_key(key, fields, path))
            check_integers(value, (*path, key), faults)
            continue
        try:
            values[key] = read(value, (*path, key), faults)
        except WrongTypeError as wrong:
            reading.faulty.append((key, format_toml_value(value)))
            faults.append(
                Fault(
                    (*path, key),
                    Level.ERROR,
                    _("{key} is {type}").format(
                        key=key, type=wrong.got or name_type(value)
                    ),
                    _("it should be {wrong}").format(wrong=wrong),
                )
            )
    return reading


def is_project(path: ValuePath) -> bool:
    """Return whether a path leads to a project: its unknown keys are fields of its own."""
    return len(path) == 2 and path[0] == "projects"


def write_other_value(value: object) -> str:
    """Return the value of a key that the schema does not know; a text as it is."""
    return value if isinstance(value, str) else format_toml_value(value)


def _report_unknown_key(key: str, fields: Readers, path: ValuePath) -> Fault:
    from difflib import get_close_matches

    near = get_close_matches(key, fields, n=1)
    return Fault(
        (*path, key),
        Level.WARNING if near else Level.NOTE,
        _("unknown key {key!r}").format(key=key),
        _("did you mean {near!r}?").format(near=near[0]) if near else _("it is kept"),
    )


def check_integers(value: object, path: ValuePath, faults: Faults) -> None:
    """Note each integer within a value that has more bits than TOML allows."""
    if isinstance(value, dict):
        for key, item in value.items():
            check_integers(item, (*path, key), faults)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            check_integers(item, (*path, index), faults)
    elif type(value) is int and value not in INTEGERS:
        name = next((part for part in reversed(path) if isinstance(part, str)), "")
        hint = _("put it in quotes, or write fewer digits")
        faults.append(
            Fault(
                path,
                Level.ERROR,
                _("{name} is {type}").format(name=name, type=name_type(value)),
                hint,
            )
        )


def read_text(value: Any, path: ValuePath, faults: Faults) -> str:
    """Read a text."""
    if not isinstance(value, str):
        raise WrongTypeError(_("a text in quotes"))
    return value


def read_number(value: Any, path: ValuePath, faults: Faults) -> int:
    """Read a count."""
    if type(value) is not int or value not in INTEGERS:
        raise WrongTypeError(_("a whole number"))
    if value < 0:
        raise WrongTypeError(_("0 or more"), _("a negative number"))
    return value


def read_currency(value: Any, path: ValuePath, faults: Faults) -> str:
    """Read the code of a currency."""
    code = read_text(value, path, faults)
    if code and code != "CNY":
        # imported here because few files need it
        from hunnan_tui.core.currencies import CODES, find_code

        if code not in CODES:
            message = _("no currency has the code {code!r}").format(
                code=code[:_LONGEST_ID]
            )
            hint = _("write an ISO 4217 code, such as {text}").format(
                text=find_code(code, "") or "CNY"
            )
            faults.append(Fault(path, Level.WARNING, message, hint))
    return code


def check_id(id: str, path: ValuePath, faults: Faults) -> None:
    """Note an id that is not written as ids are."""
    if id and not _ID.fullmatch(id):
        message = _("the id {id!r} is not in kebab-case").format(id=id[:_LONGEST_ID])
        hint = _("lower-case letters and digits, in words joined by hyphens")
        faults.append(Fault(path, Level.NOTE, message, hint))


def read_amount(value: Any, path: ValuePath, faults: Faults) -> int:
    """Read an amount of money in whole units."""
    if type(value) is not int or value not in INTEGERS:
        raise WrongTypeError(_("an amount in whole units, without quotes or a point"))
    if value < 0:
        raise WrongTypeError(
            _("more than 0, or left out if none is stated"), "negative"
        )
    if value == 0:
        hint = _("leave the key out when no amount is stated")
        faults.append(Fault(path, Level.WARNING, _("an amount of 0"), hint))
    return value


def read_day(value: Any, path: ValuePath, faults: Faults) -> str:
    """Read a day, or a year or month as text; gives ISO text."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if not isinstance(value, str):
        raise WrongTypeError(_('a date: 2023-03-08, "2023-03" or "2023"'))
    if not is_partial(value):
        hint = _('write 2023-03-08, "2023-03" or "2023"')
        faults.append(
            Fault(
                path,
                Level.WARNING,
                _("no such date: {value!r}").format(value=value),
                hint,
            )
        )
    return value


def read_texts(value: Any, path: ValuePath, faults: Faults) -> tuple[str, ...]:
    """Read a list of texts."""
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise WrongTypeError(_("a list of texts"))
    return tuple(value)


def build_choice_reader(*words: str) -> ValueReader:
    """Return the reader that takes one of a few words."""

    def read(value: Any, path: ValuePath, faults: Faults) -> str:
        word = read_text(value, path, faults)
        if word not in words:
            hint = _("one of: {choices}").format(choices=", ".join(words))
            faults.append(
                Fault(
                    path,
                    Level.WARNING,
                    _("unknown word {word!r}").format(word=word),
                    hint,
                )
            )
        return word

    return read


def build_tables_reader(
    make: Callable[..., Any], fields: Readers, required: str
) -> ValueReader:
    """Return the reader that takes a list of tables, each with one required key."""

    def read(value: Any, path: ValuePath, faults: Faults) -> tuple[Any, ...]:
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            raise WrongTypeError(
                _("a list of tables, each with a {required}").format(required=required)
            )
        entries = []
        for index, record in enumerate(value):
            here = (*path, index)
            values = read_table(record, fields, here, faults).values
            if required not in values:
                values[required] = format_toml_value(record.get(required, ""))
                if required not in record:
                    faults.append(
                        Fault(
                            here,
                            Level.ERROR,
                            _("no {required}").format(required=required),
                        )
                    )
            entries.append(make(**values))
        return tuple(entries)

    return read


def keep_value(value: Any, path: ValuePath, faults: Faults) -> Any:
    """Take a value as it is: `annotations.parse_annotations` has the rules for these keys."""
    return value
