"""Checks of the annotations in a file; each wrong value is reported at its line.

`annotations.parse_annotations` uses what is valid and leaves the rest as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from hunnan_tui.core.errors import Level
from hunnan_tui.core.language import N_, _
from hunnan_tui.dataset.schema import (
    Fault,
    Faults,
    Readers,
    ValuePath,
    WrongTypeError,
    read_day,
    read_table,
    read_text,
)

EARLIEST_FOLLOW_UP = date(1900, 1, 1)
"""An earlier follow-up is reported as a probable mistake."""

_LOCKED = N_("it is shown as written and cannot be edited here")


def _read_time(value: Any, path: ValuePath, faults: Faults) -> date:
    """Read when a note was written: a day may stand without a time."""
    if not isinstance(value, date):
        raise WrongTypeError(
            _("a day with or without a time: 2026-11-23T09:12:00+08:00")
        )
    return value


def _read_since(value: Any, path: ValuePath, faults: Faults) -> str:
    if isinstance(value, datetime):
        raise WrongTypeError(_('a day, or a year or month as a text: "2023-03"'))
    return read_day(value, path, faults)


def _read_state(value: Any, path: ValuePath, faults: Faults) -> str:
    state = read_text(value, path, faults)
    if state not in ("open", "met"):
        message = _("unknown state {state!r}").format(state=state)
        faults.append(Fault(path, Level.WARNING, message, _("open or met")))
    return state


_NEED: Readers = {
    "kind": read_text,
    "what": read_text,
    "state": _read_state,
    "since": _read_since,
    "owner": read_text,
}
_NOTE: Readers = {"at": _read_time, "by": read_text, "text": read_text}


def check_annotations(
    record: Mapping[str, Any],
    locked: Mapping[str, str],
    path: ValuePath,
    faults: Faults,
) -> None:
    """Check a project's tags, follow-up, needs and notes.

    Args:
        record: The project's table.
        locked: The keys that cannot be used, each with the reason.
        path: The path of the table.
        faults: Receives the problems.
    """
    for key in locked:
        for value_path in _find_wrong(key, record[key], (*path, key)):
            faults.append(Fault(value_path, Level.ERROR, locked[key], _(_LOCKED)))
    follow_up = record.get("follow_up")
    if type(follow_up) is date and follow_up < EARLIEST_FOLLOW_UP:
        message = _("a follow-up before {year}: {follow_up}").format(
            year=EARLIEST_FOLLOW_UP.year, follow_up=follow_up
        )
        hint = _("is the year right?")
        faults.append(Fault((*path, "follow_up"), Level.WARNING, message, hint))
    _check_tables(record.get("needs"), _NEED, "kind", (*path, "needs"), faults)
    _check_tables(record.get("notes"), _NOTE, "text", (*path, "notes"), faults)


def _find_wrong(key: str, value: object, path: ValuePath) -> list[ValuePath]:
    """Return the path of each value of the wrong type, or of the key itself."""
    if not isinstance(value, list):
        return [path]
    expected = str if key == "tags" else dict
    return [
        (*path, index)
        for index, value in enumerate(value)
        if not isinstance(value, expected)
    ]


def _check_tables(
    values: object, fields: Readers, required: str, path: ValuePath, faults: Faults
) -> None:
    for index, value in enumerate(values if isinstance(values, list) else ()):
        value_path = (*path, index)
        if isinstance(value, dict):
            read_table(value, fields, value_path, faults)
            if required not in value:
                faults.append(
                    Fault(
                        value_path,
                        Level.ERROR,
                        _("no {required}").format(required=required),
                        _(_LOCKED),
                    )
                )
