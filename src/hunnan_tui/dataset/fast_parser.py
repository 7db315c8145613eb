"""Parses the block of an ordinary project, several times faster than `parser`.

In most blocks of a large file, each line is a valid key with a value on one line. One
pattern splits such a block; texts are used as they are, and other values are parsed
once and cached. All other blocks are left to `parser.read_project`, which returns an
equal project for those that are read here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import tomli

from hunnan_tui.core.errors import DataError
from hunnan_tui.core.model import Annotations, Project
from hunnan_tui.dataset.annotation_checks import check_annotations
from hunnan_tui.dataset.annotations import ANNOTATION_KEYS, parse_annotations
from hunnan_tui.dataset.parser import decode, take_generic
from hunnan_tui.dataset.schema import (
    Faults,
    ValuePath,
    ValueReader,
    WrongTypeError,
    check_integers,
    read_text,
    write_other_value,
)
from hunnan_tui.dataset.tables import PROJECT

_HEADER = "[[projects]]\n"
_ILLEGAL = r"\x00-\x08\x0a-\x1f\x7f"
"""Characters that `tomli` rejects in texts and comments."""
_LINE = re.compile(
    rf"""^(?:
        ([A-Za-z0-9_-]+)[ \t]*=[ \t]*        # a key, and
        (?: "([^"\\{_ILLEGAL}]*)"[ \t]*      # a text without escapes,
          | ([^"\n][^\n]*) )                 # or anything else in this line;
        | [ \t]*(?:\#[^{_ILLEGAL}]*)?        # or a comment, or nothing
    )$""",
    re.MULTILINE | re.VERBOSE,
)
_VALUES = 10_000
"""Size of the cache of parsed values."""
_NOTHING = Annotations()


def read_plain(block: bytes) -> Project | None:
    """Return the project of a block, keyed by its id; None if the block is not plain."""
    try:
        lines = decode(block)
    except DataError:
        return None
    if not lines.startswith(_HEADER):
        return None
    lines = lines[len(_HEADER) :]
    pairs = _LINE.findall(lines)
    if len(pairs) != lines.count("\n") + 1:
        return None
    values: dict[str, Any] = {}
    own: dict[str, str] = {}
    count = 0
    for key, plain, other in pairs:
        if not key:
            continue
        count += 1
        read = PROJECT.get(key)
        if not other and (read is read_text or read is None):
            (own if read is None else values)[key] = plain
            continue
        value = _read_value(key, other or f'"{plain}"')
        if value is None:
            return None
        (own if read is None else values)[key] = value
    if len(values) + len(own) != count:  # a duplicate key
        return None
    if not values.get("id") or not values.get("name", "").strip():
        return None
    record = {key: values.pop(key) for key in ANNOTATION_KEYS if key in values}
    annotations = _NOTHING
    if record:
        annotations = parse_annotations(record)
        faults: Faults = []
        check_annotations(record, annotations.locked, (), faults)
        if faults:
            return None
    generic = take_generic(values)
    return Project(
        key=values["id"],
        annotations=annotations,
        values=generic,
        other=tuple(own.items()),
        **values,
    )


def _read_other(value: Any, path: ValuePath, faults: Faults) -> str:
    """Read the value of a key that the schema does not know."""
    check_integers(value, path, faults)
    return write_other_value(value)


@lru_cache(_VALUES)
def _read_value(key: str, written: str) -> Any:
    """Parse a value as written in the file; None if anything is wrong with it."""
    read: ValueReader = PROJECT.get(key, _read_other)
    faults: Faults = []
    try:
        value = read(tomli.loads(f"x={written}")["x"], (), faults)
    except (ValueError, RecursionError, WrongTypeError):
        return None
    return None if faults else value
